"""List the auditor's questions, each with the function that answers it.

What goes in: a `VerificationContext`. «No» rests on discrepancies with places; «not evidenced» says
what is lacking. Nothing that nobody recorded is ever answered «yes».
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text, join_texts
from qmstool.manual.model import UNKNOWN
from qmstool.manual.named_evidence import key_evidence
from qmstool.manual.values import known_day
from qmstool.register.effect import signing_day
from qmstool.verify.approval import check_evidence, check_repeated, evidence_links
from qmstool.verify.chain import check_chain
from qmstool.verify.context import LOST_TEXT_SLUGS, NO_RELEASE, conclude, lacking_approval
from qmstool.verify.controls import (
    answer_asked,
    answer_external,
    answer_known,
    answer_obsolete,
    answer_reviewed,
)
from qmstool.verify.document_types import (
    check_heads,
    check_settings,
    config_of,
    is_numbered_beside,
)
from qmstool.verify.kept_files import check_kept_files
from qmstool.verify.links import chain_links, join_sentences, links_text
from qmstool.verify.records.acts import check_acts, check_approvals
from qmstool.verify.records.carried import check_carried
from qmstool.verify.records.sequence import check_dates, check_numbers
from qmstool.verify.revocations import check_revocations
from qmstool.verify.seals import check_recorders, check_seals, recorder_links
from qmstool.verify.signers import check_signers, signer_links
from qmstool.verify.texts import check_basis, check_codes, check_paths, check_texts
from qmstool.verify.witness import check_witness, witnessed_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qmstool.manual.releases import Release
    from qmstool.register.effect import Life
    from qmstool.verify.context import Conclusion, VerificationContext
    from qmstool.verify.discrepancies import Discrepancy

    Answer = Callable[[VerificationContext], Conclusion]

NO_WITNESS = Text(
    (
        "Các bản ghi nối tiếp đầy đủ, nhưng không có mã đối chứng giữ bên ngoài thì không biết "
        "được phần cuối có bị cắt hay không."
    ),
    (
        "The chain is whole, but without a witness code kept outside nobody can tell whether its "
        "tail was cut off."
    ),
)
NO_LOG = {
    "shallow": Text(
        "Bản sao thiếu lịch sử. Chạy: git fetch --unshallow",
        "The clone is shallow. Run: git fetch --unshallow",
    ),
    "none": Text("Chưa có lịch sử trong git.", "There is no git history."),
}

HISTORY_WHOLE = Text(
    "Lịch sử đầy đủ; xem «qmstool trail».", "The history is whole; see «qmstool trail»."
)
NO_RESTORE_TEST = Text(
    "Chưa ghi người quản trị và lần thử khôi phục.",
    "Neither administrator nor restore test is recorded.",
)
WHOLE_TO_WITNESS = Text(
    "Các bản ghi nối tiếp đầy đủ và khớp mã đối chứng của đợt {number}.",
    "The chain is whole and matches the witness code of release {number}.",
)
AFTER_WITNESS = Text(
    "Sau đợt {number} chỉ có niêm phong chứng minh các bản ghi: mã ấy không cho biết phần sau có "
    "bị cắt bớt hay không.",
    "After release {number} only seals bear the records out: that code does not tell whether "
    "anything behind it was cut off.",
)
EVIDENCE = Text("Bằng chứng: {kinds}.", "Evidence: {kinds}.")
NO_SELF_TEST = Text("Chưa có báo cáo tự kiểm của công cụ.", "No self-test report is recorded.")


def _bound(context: VerificationContext) -> Conclusion:
    in_force = _by_release(context)
    against = [
        *check_texts(context.releases, context.evidence),
        *check_heads(context.releases, context.evidence),
        *check_carried(
            context.releases,
            context.evidence.blobs,
            partial(config_of, collected=context.evidence),
        ),
        *check_paths(item for _, item in in_force),
        *check_codes(in_force),
        *check_numbers(context.releases, partial(is_numbered_beside, collected=context.evidence)),
        *_evidence(context, as_signed=True),
    ]
    good = Text(
        "Mọi nội dung đang có hiệu lực đều khớp mã kiểm tra đã ghi.",
        "Every text in force matches its recorded digest.",
    )
    return conclude(against, good, lacking_approval(context))


def _by_release(context: VerificationContext) -> Life:
    """What is in force of each document, what was recorded first in front."""
    entries = context.register.entries_in_force()
    return tuple(sorted(entries, key=lambda entry: entry[0].number))


def _evidence(context: VerificationContext, *, as_signed: bool) -> list[Discrepancy]:
    """What does not fit in the evidence: whether the text is as signed, or all the rest."""
    against = check_evidence(context.releases, context.evidence, context.manual.candidates)
    return [point for point in against if (point.slug == "not-as-signed") == as_signed]


def _approver(context: VerificationContext) -> Conclusion:
    lacking = None
    if any(not _names_signer(release) for release in context.acts):
        lacking = Text(
            "Có đợt ban hành không ghi người ký hoặc vai trò.",
            "Some release names no signer or no role.",
        )
    good = Text(
        "Vào ngày ký, người ký giữ vai trò được phép phê duyệt.",
        "On the day of signing, each signer held a role that may approve.",
    )
    against = [
        *check_signers(context.standings, context.evidence),
        *check_settings(context.releases, context.evidence),
        *check_approvals(context.releases),
    ]
    missing = [
        *signer_links(context.standings, context.evidence),
        *recorder_links(context.standings, context.evidence, context.manual.config),
    ]
    links = links_text(missing)
    lacking = join_sentences([lacking_approval(context), context.unproved, lacking, links])
    return conclude(against, good, lacking)


def _names_signer(release: Release) -> bool:
    signer = release.signer
    return signer is not None and UNKNOWN not in {signer.person, signer.role}


def _proof(context: VerificationContext) -> Conclusion:
    lacking = None
    if any(not evidence.kinds(release) for release in context.acts):
        lacking = Text("Có đợt ban hành chưa kèm bằng chứng.", "Some release has no evidence.")
    levels = dict.fromkeys(map(evidence.level, context.acts))
    good = EVIDENCE.fill({"kinds": join_texts("; ", levels)})
    against = [
        *_evidence(context, as_signed=False),
        *check_repeated(context.releases, context.manual.word_lists, context.evidence.signatures),
    ]
    links = links_text(evidence_links(context.releases, context.evidence, context.names))
    lacking = join_sentences([lacking_approval(context), context.unproved, lacking, links])
    return conclude(against, good, lacking)


def _whole(context: VerificationContext) -> Conclusion:
    lacking = None
    if not context.releases:
        lacking = NO_RELEASE
    else:
        unseen = NO_WITNESS if context.witness is None else None
        links = links_text(chain_links(context.standings, context.today))
        lacking = join_sentences([unseen, NO_LOG.get(context.evidence.extent), links])
    return conclude(_chain(context), _whole_as_witnessed(context), lacking)


def _whole_as_witnessed(context: VerificationContext) -> Text:
    """How far the witness reaches: of what came after its release it says nothing."""
    releases = context.releases
    number = witnessed_number(releases, context.evidence, context.witness or "")
    good = WHOLE_TO_WITNESS.fill({"number": str(number)})
    if not releases or releases[-1].number <= number:
        return good
    after = AFTER_WITNESS.fill({"number": str(number)})
    return join_texts(" ", [good, after])


def _chain(context: VerificationContext) -> Iterator[Discrepancy]:
    releases, collected, manual = context.releases, context.evidence, context.manual
    yield from check_chain(releases, collected, manual.problems)
    yield from check_acts(releases)
    yield from check_seals(context.standings)
    yield from check_recorders(context.standings, collected)
    yield from check_revocations(releases, collected, manual.revoked_keys)
    yield from check_basis(releases, collected)
    yield from check_kept_files(key_evidence(manual), collected)
    if context.witness is not None:
        yield from check_witness(releases, collected, context.witness)


def _approved_only(context: VerificationContext) -> Conclusion:
    texts = check_texts(context.grounds, context.evidence)
    lost = [discrepancy for discrepancy in texts if discrepancy.slug in LOST_TEXT_SLUGS]
    good = Text(
        "Trang chính dựng từ nội dung đã ban hành, không từ dự thảo.",
        "The site is made of released texts, not of drafts.",
    )
    return conclude(lost, good, lacking_approval(context))


def _effect(context: VerificationContext) -> Conclusion:
    lacking = None
    if not all(map(_days, context.acts)):
        lacking = Text(
            "Có đợt không rõ ngày hiệu lực hoặc ngày ghi nhận.", "Some release has an unknown date."
        )
    elif not all(map(signing_day, context.acts)):
        lacking = Text(
            "Có đợt không rõ ngày ký, nên không biết hiệu lực có trước khi ký hay không.",
            "Some release names no day of signing: nobody knows whether it took effect before.",
        )
    late = []
    for release in context.releases:
        days = _days(release)
        if days and days[0] < days[1]:
            late.append(str(release.number))
    good = Text(
        "Đủ hai mốc thời gian. Số đợt ghi nhận sau ngày hiệu lực: {n}.",
        "Both times are known. Recorded after taking effect: {n}.",
    ).fill({"n": ", ".join(late) or "0"})
    return conclude(
        check_dates(context.releases, context.today),
        good,
        lacking_approval(context) or context.unproved or lacking,
    )


def _days(release: Release) -> tuple[date, date] | None:
    """The days of effect and of recording; None where either is unknown."""
    effective, recorded = known_day(release.effective), known_day(release.recorded)
    return (effective, recorded) if effective and recorded else None


def _printed(context: VerificationContext) -> Conclusion:
    lacking = None
    if not context.in_force:
        lacking = NO_RELEASE
    elif not all(status.check_code for status in context.in_force):
        lacking = Text(
            "Có tài liệu đang có hiệu lực chưa có mã kiểm tra.",
            "Some document in force has no check code.",
        )
    good = Text(
        "Mỗi tài liệu đang có hiệu lực có mã kiểm tra để in.",
        "Every document in force has a check code to print.",
    )
    return conclude((), good, lacking)


def _trail(context: VerificationContext) -> Conclusion:
    return conclude((), HISTORY_WHOLE, NO_LOG.get(context.evidence.extent))


def _operation(_: VerificationContext) -> Conclusion:
    return "not-evidenced", NO_RESTORE_TEST, ()


def _tool(_: VerificationContext) -> Conclusion:
    return "not-evidenced", NO_SELF_TEST, ()


# The questions about the records themselves; the others are about daily care, and change without
# anybody touching a record.
RECORD_QUESTIONS = frozenset({"bound", "approver", "proof", "whole", "approved-only", "effect"})
QUESTIONS: tuple[tuple[str, Text, Answer], ...] = (
    (
        "bound",
        Text("Phê duyệt có gắn với đúng nội dung không?", "Is the approval bound to the text?"),
        _bound,
    ),
    (
        "approver",
        Text("Ai phê duyệt, và có thẩm quyền không?", "Who approved, and may they?"),
        _approver,
    ),
    ("proof", Text("Lấy gì chứng minh việc phê duyệt?", "What proves the approval?"), _proof),
    (
        "asked",
        Text("Các đơn vị liên quan đã được lấy ý kiến chưa?", "Were the units concerned asked?"),
        answer_asked,
    ),
    (
        "whole",
        Text("Lịch sử còn nguyên vẹn hay đã bị viết lại?", "Is history whole, and not rewritten?"),
        _whole,
    ),
    (
        "approved-only",
        Text(
            "Có đúng là mọi người chỉ thấy nội dung đã phê duyệt không?",
            "Do staff see only approved text?",
        ),
        _approved_only,
    ),
    ("effect", Text("Có hiệu lực từ khi nào?", "When did it take effect?"), _effect),
    (
        "operation",
        Text(
            "Ai quản trị hệ thống, lần thử khôi phục gần nhất là khi nào?",
            "Who administers it, and was a restore tried?",
        ),
        _operation,
    ),
    (
        "known",
        Text("Mọi người đã được phổ biến bản nào?", "Which text did people know?"),
        answer_known,
    ),
    (
        "printed",
        Text("Bản in có nhận ra được là bản nào không?", "Is a print identified?"),
        _printed,
    ),
    (
        "reviewed",
        Text("Có được xem xét đúng hạn không?", "Is it reviewed in time?"),
        answer_reviewed,
    ),
    (
        "obsolete",
        Text(
            "Bản lỗi thời có được để riêng cho khỏi dùng nhầm không?",
            "Is obsolete text kept from use by mistake?",
        ),
        answer_obsolete,
    ),
    (
        "external",
        Text("Tài liệu bên ngoài có còn đúng không?", "Are external documents current?"),
        answer_external,
    ),
    (
        "trail",
        Text("Có truy được ai làm gì, khi nào, vì sao?", "Can the trail be shown?"),
        _trail,
    ),
    ("tool", Text("Làm sao biết công cụ chạy đúng?", "How do you know the tool works?"), _tool),
)
