"""The auditor's questions about daily care: reviews, old copies, external documents, opinions asked for, receipts signed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.candidates.candidate import read_candidate as read_candidate
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.source import Source
from qmstool.parsing.yaml.records import is_date
from qmstool.register.copies import overdue_copies, recorded_item
from qmstool.register.opinions import opinions_behind
from qmstool.register.reviews import review_due
from qmstool.tables.opinions import opinions_summary
from qmstool.tables.registers import unit_name
from qmstool.verify import discrepancies as doubts
from qmstool.verify import kept_files as kept
from qmstool.verify.context import LOST_TEXT_SLUGS, NO_RELEASE, conclude, lacking_approval
from qmstool.verify.tags import released_files, tag_commands

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.circulation import HandedOut
    from qmstool.manual.model import Release
    from qmstool.register.status import DocumentStatus
    from qmstool.verify.context import Conclusion, VerificationContext
    from qmstool.verify.evidence import CollectedEvidence

LANGS: tuple[Lang, ...] = ("vi", "en")
ONE_BRANCH = Text(
    (
        "Nội dung đợt {n} chỉ còn nhánh «{branch}» giữ, xóa nhánh là mất. Hãy gắn thẻ: «{tag}», "
        "rồi «{push}»."
    ),
    (
        "Only the branch «{branch}» keeps texts of release {n}: delete it and they are lost. Tag "
        "them: «{tag}», then «{push}»."
    ),
)
NO_LIST = Text("chưa khai nơi nhận", "no distribution list")
NO_RECEIPT = Text(
    "Chưa có ghi nhận đã đọc theo từng lần sửa đổi.", "No acknowledgement by revision is recorded."
)


def answer_reviewed(case: VerificationContext) -> Conclusion:
    """Answer whether everything in force is reviewed in time."""
    held = [
        (case.manual.documents[each.key], each)
        for each in case.in_force
        if each.key in case.manual.documents
    ]
    due = {document.name: review_due(document, each, case.manual.config) for document, each in held}
    late = [name for name, day in due.items() if day and day < case.day]
    if late:
        return (
            "no",
            Text("Quá hạn xem xét: {names}.", "Review overdue: {names}.").fill(
                {"names": ", ".join(late)}
            ),
            (),
        )
    lacking = (
        Text("Có tài liệu không rõ hạn xem xét.", "Some document's review date is unknown.")
        if None in due.values()
        else None
    )
    return conclude(
        (),
        Text("Không tài liệu nào quá hạn xem xét.", "No review is overdue."),
        lacking if held else NO_RELEASE,
    )


def answer_obsolete(case: VerificationContext) -> Conclusion:
    """Answer whether obsolete text can be used by mistake: old texts are marked, and old paper has come back."""
    late = overdue_copies(case.manual, case.day)
    if late:
        count = str(sum(each.copy.count for each in late))
        return (
            "no",
            Text(
                "{n} bản giấy hết hiệu lực chưa thu hồi.",
                "Paper copies of old texts still out: {n}.",
            ).fill({"n": count}),
            (),
        )
    lost = [
        doubt
        for doubt in doubts.check_texts(case.releases, case.evidence)
        if doubt.slug in LOST_TEXT_SLUGS
    ]
    good = Text(
        "Bản cũ còn đọc được, có nhãn lỗi thời, không lẫn với bản hiện hành.",
        "Old texts are kept apart, marked, and still readable.",
    )
    return conclude(lost, good, _unkept(case) if case.releases else NO_RELEASE)


def _unkept(case: VerificationContext) -> Text | None:
    """What is lacking where only a branch, that anybody may delete, leads to the texts of a release: the tag to make."""
    told = []
    for each in case.releases:
        names = {case.evidence.loose.get(blob, "") for blob in released_files(each).values()} - {""}
        if names:
            tag, push = tag_commands(each.number, _frozen(each, case.evidence))
            told.append(
                ONE_BRANCH.fill(
                    {"n": str(each.number), "branch": min(names), "tag": tag, "push": push}
                )
            )
    return Text(*(" ".join(each.get(lang) for each in told) for lang in LANGS)) if told else None


def _frozen(each: Release, vault: CollectedEvidence) -> str:
    """The commit of the candidate that a release records."""
    paths = (
        proof.text("file")
        for proof in each.entry.entries("evidence")
        if proof.text("kind") == evidence.CANDIDATE
    )
    found = (
        read_candidate(Source(path, vault.files[path]))[0].commit[:10]
        for path in paths
        if path in vault.files
    )
    return next(found, "<commit>")


def answer_external(case: VerificationContext) -> Conclusion:
    """Answer whether the external documents were checked of late."""
    oldest = (case.day - timedelta(days=case.manual.config.external_recheck_days)).isoformat()
    checked = {
        each.number: each.entry.text("checked_on", UNKNOWN)
        for each in case.manual.externals.values()
    }
    stale = [number for number, day in checked.items() if is_date(day) and day < oldest]
    if stale:
        return (
            "no",
            Text("Đã lâu chưa rà soát: {names}.", "Not checked for long: {names}.").fill(
                {"names": ", ".join(stale)}
            ),
            (),
        )
    # A day to come is none on which anybody checked.
    unknown = not all(is_date(day) and day <= case.day.isoformat() for day in checked.values())
    lacking = (
        Text(
            "Có tài liệu bên ngoài chưa ghi ngày rà soát.",
            "Some external document was never checked.",
        )
        if unknown
        else None
    )
    return conclude(
        (),
        Text(
            "Mọi tài liệu bên ngoài đều được rà soát trong thời hạn.",
            "Every external document was checked within the limit.",
        ),
        lacking,
    )


def answer_asked(case: VerificationContext) -> Conclusion:
    """Answer whether units were asked before what is in force was signed, with the files that prove it."""
    heard = {each.number: opinions_behind(case.manual, each) for each in case.grounds}
    silent = [str(number) for number, found in heard.items() if found is None or not found.asked]
    lacking = Text(
        "Chưa ghi nhận lấy ý kiến ở đợt: {n}.", "No opinions are recorded for release: {n}."
    ).fill({"n": ", ".join(silent)})
    sums = {
        number: opinions_summary(case.manual, found, case.day) for number, found in heard.items()
    }
    told = Text(
        "; ".join(f"đợt {number}: {words.vi}" for number, words in sums.items()),
        "; ".join(f"release {number}: {words.en}" for number, words in sums.items()),
    )
    found = kept.check_kept_files(kept.opinion_files(case.manual), case.evidence)
    return conclude(
        found,
        Text(f"Đã lấy ý kiến: {told.vi}.", f"Asked: {told.en}."),
        lacking_approval(case) or (lacking if silent else None),
    )


def answer_known(case: VerificationContext) -> Conclusion:
    """Answer which text people knew: a signed receipt of the text in force for everyone on its distribution list."""
    found = kept.check_kept_files(kept.copy_files(case.manual), case.evidence)
    if not case.manual.copies:
        return conclude(found, NO_RECEIPT, NO_RECEIPT)
    missing = [place for each in case.in_force for place in _without_receipt(case, each)]
    names = Text(
        *(", ".join(f"{name} ({unit.get(lang)})" for name, unit in missing) for lang in LANGS)
    )
    lacking = Text(
        f"Chưa có ký nhận bản đang có hiệu lực: {names.vi}.",
        f"No receipt of the text in force: {names.en}.",
    )
    good = Text(
        "Mọi nơi nhận đã ký nhận bản đang có hiệu lực.",
        "Everyone on the lists signed for the text in force.",
    )
    return conclude(found, good, lacking if missing else None)


def _without_receipt(case: VerificationContext, standing: DocumentStatus) -> list[tuple[str, Text]]:
    """The document's name with each receiver that did not sign for its text; where nobody is to receive it, that is said."""
    document = case.manual.documents.get(standing.key)
    name = document.name if document else standing.key
    units = (
        dict.fromkeys(each.text("unit") for each in document.entry.entries("distribution"))
        if document
        else {}
    )
    signed = {
        each.unit.text
        for each in case.manual.copies
        if each.key == standing.key and _signed(case, standing, each)
    }
    if not units:
        return [(name, NO_LIST)]
    return [
        (name, Text(called, called))
        for unit in units
        if unit not in signed and (called := unit_name(case.manual, unit, "vi"))
    ]


def _signed(case: VerificationContext, standing: DocumentStatus, copy: HandedOut) -> bool:
    """Whether a copy bears the text in force and its receipt was signed by the day, with evidence."""
    item, today = recorded_item(case.manual, copy), case.day.isoformat()
    signed = (
        is_date(copy.received) and copy.received <= today and bool(copy.entry.entries("evidence"))
    )
    return (
        signed
        and item is not None
        and standing.item is not None
        and item.digest == standing.item.digest
    )
