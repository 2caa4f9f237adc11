"""The auditor's questions of facts/domain.md §5, each with the function that answers it from a `Case`.

«No» rests on doubts with places; «not evidenced» says what is lacking. Nothing that nobody recorded is ever answered «yes».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.verify import approval, seals
from qmstool.verify import controls as upkeep
from qmstool.verify import discrepancies as doubts
from qmstool.verify import kept_files as kept
from qmstool.verify.context import LOST_TEXT_SLUGS, NO_RELEASE, conclude, lacking_approval

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.i18n import Lang
    from qmstool.manual.model import Release
    from qmstool.verify.context import Conclusion, VerificationContext
    from qmstool.verify.discrepancies import Discrepancy

LANGS: tuple[Lang, ...] = ("vi", "en")


def _bound(case: VerificationContext) -> Conclusion:
    found = [
        *doubts.check_texts(case.releases, case.evidence),
        *doubts.check_numbers(case.releases),
        *_of(case, "not-as-signed"),
    ]
    good = Text(
        "Mọi nội dung đang có hiệu lực đều khớp mã kiểm tra đã ghi.",
        "Every text in force matches its recorded digest.",
    )
    return conclude(found, good, lacking_approval(case))


def _of(case: VerificationContext, slug: str) -> list[Discrepancy]:
    return [
        doubt
        for doubt in approval.check_evidence(case.releases, case.evidence)
        if doubt.slug == slug
    ]


def _approver(case: VerificationContext) -> Conclusion:
    nameless = [
        each
        for each in case.grounds
        if _signer(each, "person") == UNKNOWN or _signer(each, "role") == UNKNOWN
    ]
    lacking = (
        Text(
            "Có đợt ban hành không ghi người ký hoặc vai trò.",
            "Some release names no signer or no role.",
        )
        if nameless
        else None
    )
    good = Text(
        "Vào ngày ký, người ký giữ vai trò được phép phê duyệt.",
        "On the day of signing, each signer held a role that may approve.",
    )
    return conclude(
        approval.check_signers(case.releases, case.evidence),
        good,
        lacking_approval(case) or lacking,
    )


def _signer(each: Release, name: str) -> str:
    signer = each.entry.entry("signer")
    return signer.text(name, UNKNOWN) if signer else UNKNOWN


def _proof(case: VerificationContext) -> Conclusion:
    found = [
        doubt
        for doubt in approval.check_evidence(case.releases, case.evidence)
        if doubt.slug != "not-as-signed"
    ]
    bare = [each for each in case.grounds if not evidence.kinds(each)]
    lacking = (
        Text("Có đợt ban hành chưa kèm bằng chứng.", "Some release has no evidence.")
        if bare
        else None
    )
    levels = dict.fromkeys(map(evidence.level, case.grounds))
    vi, en = ("; ".join(each.get(lang) for each in levels) for lang in LANGS)
    good = Text(f"Bằng chứng: {vi}.", f"Evidence: {en}.")
    return conclude(found, good, lacking_approval(case) or lacking)


def _whole(case: VerificationContext) -> Conclusion:
    found = [
        *doubts.check_chain(case.releases, case.evidence),
        *seals.check_seals(case.releases, case.evidence, case.trust, case.manual.revoked),
    ]
    found += [
        *seals.check_revocations(case.releases, case.evidence, case.manual.revoked),
        *doubts.check_basis(case.releases, case.evidence),
    ]
    found += kept.check_kept_files(kept.key_files(case.manual), case.evidence)
    if case.witness is not None:
        found += doubts.check_witness(case.releases, case.evidence, case.witness)
    lacking = None
    if not case.releases:
        lacking = NO_RELEASE
    elif case.witness is None:
        lacking = Text(
            "Các bản ghi nối tiếp đầy đủ, nhưng không có mã đối chứng giữ bên ngoài thì "
            "không biết được phần cuối có bị cắt hay "
            "không.",
            (
                "The chain is whole, but without a witness code kept outside nobody can tell "
                "whether its tail was cut off."
            ),
        )
    return conclude(
        found,
        Text(
            "Các bản ghi nối tiếp đầy đủ và khớp mã đối chứng.",
            "The chain is whole and matches the witness code.",
        ),
        lacking,
    )


def _approved_only(case: VerificationContext) -> Conclusion:
    lost = [
        doubt
        for doubt in doubts.check_texts(case.grounds, case.evidence)
        if doubt.slug in LOST_TEXT_SLUGS
    ]
    good = Text(
        "Trang chính dựng từ nội dung đã ban hành, không từ dự thảo.",
        "The site is made of released texts, not of drafts.",
    )
    return conclude(lost, good, lacking_approval(case))


def _effect(case: VerificationContext) -> Conclusion:
    undated = [each for each in case.grounds if UNKNOWN in {each.effective, each.recorded}]
    lacking = (
        Text(
            "Có đợt không rõ ngày hiệu lực hoặc ngày ghi nhận.", "Some release has an unknown date."
        )
        if undated
        else None
    )
    late = [
        str(each.number)
        for each in case.releases
        if UNKNOWN not in {each.effective, each.recorded} and each.effective < each.recorded
    ]
    good = Text(
        "Đủ hai mốc thời gian. Số đợt ghi nhận sau ngày hiệu lực: {n}.",
        "Both times are known. Recorded after taking effect: {n}.",
    )
    return conclude(
        doubts.check_dates(case.releases),
        good.fill({"n": ", ".join(late) or "0"}),
        lacking_approval(case) or lacking,
    )


def _printed(case: VerificationContext) -> Conclusion:
    bare = [each for each in case.in_force if not each.check_code]
    lacking = (
        Text(
            "Có tài liệu đang có hiệu lực chưa có mã kiểm tra.",
            "Some document in force has no check code.",
        )
        if bare
        else None
    )
    good = Text(
        "Mỗi tài liệu đang có hiệu lực có mã kiểm tra để in.",
        "Every document in force has a check code to print.",
    )
    return conclude((), good, lacking if case.in_force else NO_RELEASE)


def _trail(case: VerificationContext) -> Conclusion:
    lacking = {
        "whole": None,
        "shallow": Text(
            "Bản sao thiếu lịch sử. Chạy: git fetch --unshallow",
            "The clone is shallow. Run: git fetch --unshallow",
        ),
        "none": Text("Chưa có lịch sử trong git.", "There is no git history."),
    }[case.evidence.past]
    return conclude(
        (),
        Text("Lịch sử đầy đủ; xem «qmstool trail».", "The history is whole; see «qmstool trail»."),
        lacking,
    )


def _unrecorded(vi: str, en: str) -> Callable[[VerificationContext], Conclusion]:
    return lambda _: ("not-evidenced", Text(vi, en), ())


QUESTIONS: tuple[tuple[str, Text, Callable[[VerificationContext], Conclusion]], ...] = (
    ("bound", Text("Phê duyệt có gắn với đúng nội dung không?", "Is the approval bound to the text?"), _bound),
    ("approver", Text("Ai phê duyệt, và có thẩm quyền không?", "Who approved, and may they?"), _approver),
    ("proof", Text("Lấy gì chứng minh việc phê duyệt?", "What proves the approval?"), _proof),
    ("asked", Text("Các đơn vị liên quan đã được lấy ý kiến chưa?", "Were the units concerned asked?"), upkeep.answer_asked),
    ("whole", Text("Lịch sử còn nguyên vẹn hay đã bị viết lại?", "Is history whole, and not rewritten?"), _whole),
    ("approved-only", Text(
        "Có đúng là mọi người chỉ thấy nội dung đã phê duyệt không?",
        "Do staff see only approved text?",
    ), _approved_only),
    ("effect", Text("Có hiệu lực từ khi nào?", "When did it take effect?"), _effect),
    ("operation", Text(
        "Ai quản trị hệ thống, lần thử khôi phục gần nhất là khi nào?",
        "Who administers it, and was a restore tried?",
    ), _unrecorded(
        "Chưa ghi người quản trị và lần thử khôi phục.", "Neither administrator nor restore test is recorded.")),
    ("known", Text("Mọi người đã được phổ biến bản nào?", "Which text did people know?"), upkeep.answer_known),
    ("printed", Text("Bản in có nhận ra được là bản nào không?", "Is a print identified?"), _printed),
    ("reviewed", Text("Có được xem xét đúng hạn không?", "Is it reviewed in time?"), upkeep.answer_reviewed),
    ("obsolete", Text("Bản lỗi thời có được để riêng cho khỏi dùng nhầm không?", "Is obsolete text kept from use by mistake?"),
     upkeep.answer_obsolete),
    ("external", Text("Tài liệu bên ngoài có còn đúng không?", "Are external documents current?"), upkeep.answer_external),
    ("trail", Text("Có truy được ai làm gì, khi nào, vì sao?", "Can the trail be shown?"), _trail),
    ("tool", Text("Làm sao biết công cụ chạy đúng?", "How do you know the tool works?"), _unrecorded(
        "Chưa có báo cáo tự kiểm của công cụ.", "No self-test report is recorded.")),
)  # fmt: skip
