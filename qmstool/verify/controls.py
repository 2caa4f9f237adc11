"""Answer the auditor's questions about daily care.

These are reviews, old copies, external documents, opinions asked for, and receipts signed.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.i18n import Text, join_texts
from qmstool.manual.named_evidence import opinion_evidence, receipt_evidence, review_evidence
from qmstool.manual.values import known_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.copies import overdue_copies, recorded_item
from qmstool.register.opinions import opinions_behind
from qmstool.register.people import find_person, holds_any_role
from qmstool.register.readings import units_of_person
from qmstool.register.reviews import review_due
from qmstool.tables.opinions import opinions_summary
from qmstool.tables.registers import unit_name
from qmstool.verify.circulation import (
    check_copies,
    check_ends,
    check_opinions,
    check_people,
    is_evidenced,
    is_stranger,
    said_by_strangers,
)
from qmstool.verify.context import (
    LOST_TEXT_SLUGS,
    NO_RELEASE,
    OF_RELEASE,
    conclude,
    lacking_approval,
    nothing_to_answer,
)
from qmstool.verify.kept_files import check_kept_files
from qmstool.verify.links import join_sentences, name_some
from qmstool.verify.tags import frozen_commit, released_files, tag_commands
from qmstool.verify.texts import check_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import ControlledCopy, DocumentReview, Reading
    from qmstool.manual.model import Manual
    from qmstool.register.status import DocumentStatus
    from qmstool.verify.context import Conclusion, VerificationContext

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
NOTHING_IN_FORCE = Text("Không tài liệu nào đang có hiệu lực.", "No document is in force.")
ASKED = Text("Đã lấy ý kiến: {opinions}.", "Asked: {opinions}.")
BESIDE = Text("{name} ({unit})", "{name} ({unit})")
NOT_RECEIVED = Text(
    "Chưa có ký nhận bản đang có hiệu lực: {names}.", "No receipt of the text in force: {names}."
)
NO_LIST = Text("chưa khai nơi nhận", "no distribution list")
NO_RECEIPT = Text(
    "Chưa có ghi nhận đã đọc theo từng lần sửa đổi.", "No acknowledgement by revision is recorded."
)
REVIEW_OVERDUE = Text("Quá hạn xem xét: {names}.", "Review overdue: {names}.")
REVIEW_UNKNOWN = Text(
    "Có tài liệu không rõ hạn xem xét.", "Some document's review date is unknown."
)
REVIEWED = Text("Không tài liệu nào quá hạn xem xét.", "No review is overdue.")
# A review lies outside the chain, so it is recorded, and approves nothing.
REVIEWED_AS_RECORDED = Text(
    "Không tài liệu nào quá hạn xem xét; {n} tài liệu được ghi nhận đã xem xét, giữ nguyên (ghi "
    "nhận, không phải phê duyệt).",
    "No review is overdue; documents recorded as reviewed, standing as they are: {n} (recorded, no "
    "approval).",
)
OLD_PAPER = Text(
    "{n} bản giấy hết hiệu lực chưa thu hồi: {names_vi}.",
    "Paper copies of old texts still out, {n} in all: {names_en}.",
)
KEPT_APART = Text(
    "Bản cũ còn đọc được, có nhãn lỗi thời, không lẫn với bản hiện hành.",
    "Old texts are kept apart, marked, and still readable.",
)
NOT_CHECKED = Text("Đã lâu chưa rà soát: {names}.", "Not checked for long: {names}.")
NEVER_CHECKED = Text(
    "Có tài liệu bên ngoài chưa ghi ngày rà soát.", "Some external document was never checked."
)
NO_EXTERNALS = Text(
    "Sổ tay không ghi tài liệu bên ngoài nào.", "The manual registers no external document."
)
ALL_CHECKED = Text(
    "Mọi tài liệu bên ngoài đều được rà soát trong thời hạn.",
    "Every external document was checked within the limit.",
)
NO_OPINIONS = Text(
    "Chưa ghi nhận lấy ý kiến ở đợt: {n}.", "No opinions are recorded for release: {n}."
)
STRANGERS = Text(
    "Không có trong qms.yml, và không kèm bằng chứng: {names}. Hãy ghi vào people (đơn vị thì vào "
    "units) trong qms.yml, hoặc kèm bằng chứng.",
    "Not in qms.yml, and nothing proves it: {names}. Put them under people in qms.yml (units under "
    "units), or add evidence.",
)
ALL_RECEIVED = Text(
    "Mọi nơi nhận đã ký nhận, hoặc được ghi nhận đã đọc, bản đang có hiệu lực.",
    "Everyone on the lists signed for the text in force, or is recorded as having read it.",
)


def answer_reviewed(context: VerificationContext) -> Conclusion:
    """Answer whether everything in force is reviewed in time."""
    due = {}
    for status in context.in_force:
        document = context.manual.documents.get(status.key)
        if document:
            due[document.name] = review_due(document, status, context.manual.config)
    late = [name for name, day in due.items() if day and day < context.day]
    if late:
        overdue = REVIEW_OVERDUE.fill({"names": ", ".join(late)})
        why = join_sentences([overdue, _reviewed_by_strangers(context)])
        return "no", why or overdue, ()
    if not due and not context.releases:
        return nothing_to_answer(NO_RELEASE)
    if not due:
        return nothing_to_answer(NOTHING_IN_FORCE)
    good = REVIEWED
    recorded = sum(status.reviewed is not None for status in context.in_force)
    if recorded:
        good = REVIEWED_AS_RECORDED.fill({"n": str(recorded)})
    against = [
        *check_kept_files(review_evidence(context.manual), context.evidence),
        *check_people(context.manual, context.manual.reviews, context.today),
    ]
    unknown = REVIEW_UNKNOWN if None in due.values() else None
    return conclude(against, good, join_sentences([unknown, _reviewed_by_strangers(context)]))


def _reviewed_by_strangers(context: VerificationContext) -> Text | None:
    """Who would move a day of review, and is nobody whom the manual knows; None for nobody."""
    return _of_strangers(
        context,
        (
            review
            for status in context.in_force
            for review in context.reviews_of_texts.get(status.text, ())
            if review.outcome == "stands" and _is_last(review, status, context)
        ),
    )


def _is_last(review: DocumentReview, status: DocumentStatus, context: VerificationContext) -> bool:
    """Whether no later review, by the day asked about, is known to count."""
    day = known_day(review.date)
    return day is not None and (status.reviewed or day) <= day <= context.day


def _of_strangers(
    context: VerificationContext, said: Iterable[DocumentReview | Reading]
) -> Text | None:
    """Say which of those who are named nobody knows, and nothing proves; None for none."""
    config = context.manual.config
    names = [f"«{each.person}»" for each in said if is_stranger(each, config, context.evidence)]
    return STRANGERS.fill({"names": ", ".join(dict.fromkeys(names))}) if names else None


def answer_obsolete(context: VerificationContext) -> Conclusion:
    """Answer whether obsolete text can be used by mistake.

    Old texts are to be marked, and old paper to have come back.
    """
    late = overdue_copies(context.manual, context.day)
    if late:
        return "no", _old_paper(context.manual, [outstanding.copy for outstanding in late]), ()
    texts = check_texts(context.releases, context.evidence)
    lost = [discrepancy for discrepancy in texts if discrepancy.slug in LOST_TEXT_SLUGS]
    lacking = _kept_by_a_branch_alone(context) if context.releases else NO_RELEASE
    ends = check_ends(context.manual, context.today)
    return conclude((*lost, *ends), KEPT_APART, lacking)


def _old_paper(manual: Manual, copies: Sequence[ControlledCopy]) -> Text:
    """Say which copies are still out, and with whom."""

    def names(lang: Lang) -> str:
        units = [unit_name(manual, copy.unit.text, lang) for copy in copies]
        told = [f"{copy.document.text} ({unit})" for copy, unit in zip(copies, units, strict=True)]
        return name_some(list(dict.fromkeys(told)))

    count = str(sum(copy.count for copy in copies))
    return OLD_PAPER.fill({"n": count, "names_vi": names("vi"), "names_en": names("en")})


def _kept_by_a_branch_alone(context: VerificationContext) -> Text | None:
    """Which tags to make, where a branch that anybody may delete alone keeps texts of a release."""
    sentences = []
    for release in context.releases:
        branches = {
            context.evidence.loose_blobs.get(blob, "") for blob in released_files(release).values()
        }
        branches.discard("")
        if branches:
            tag, push = tag_commands(
                release.number, frozen_commit(release, context.manual)[:10] or "<commit>"
            )
            values = {"n": str(release.number), "branch": min(branches), "tag": tag, "push": push}
            sentences.append(ONE_BRANCH.fill(values))
    if not sentences:
        return None
    return join_texts(" ", sentences)


def answer_external(context: VerificationContext) -> Conclusion:
    """Answer whether the external documents were checked of late."""
    recheck = timedelta(days=context.manual.config.external_recheck_days)
    oldest = context.day - recheck
    if not context.manual.externals:
        return nothing_to_answer(NO_EXTERNALS)
    checked = {}
    for document in context.manual.externals.values():
        checked[document.number] = known_day(document.checked_on)
    stale = [number for number, day in checked.items() if day and day < oldest]
    if stale:
        return "no", NOT_CHECKED.fill({"names": ", ".join(stale)}), ()
    # A day to come is none on which anybody checked.
    if all(day and day <= context.day for day in checked.values()):
        return conclude((), ALL_CHECKED, None)
    return conclude((), ALL_CHECKED, NEVER_CHECKED)


def answer_asked(context: VerificationContext) -> Conclusion:
    """Answer whether units were asked before what is in force was signed, with proof kept."""
    silent = []
    asked = []
    for release in context.grounds:
        opinions = opinions_behind(context.manual, release)
        if opinions is None or not opinions.requests:
            silent.append(str(release.number))
        summary = opinions_summary(context.manual, opinions, context.day)
        asked.append(OF_RELEASE.fill({"number": str(release.number), "why": summary}))
    none = NO_OPINIONS.fill({"n": ", ".join(silent)}) if silent else None
    lacking = join_sentences([none, _opinions_of_strangers(context)])
    against = [
        *check_kept_files(opinion_evidence(context.manual), context.evidence),
        *check_opinions(context.manual, context.evidence, context.settings),
    ]
    return conclude(
        against,
        ASKED.fill({"opinions": join_texts("; ", asked)}),
        lacking_approval(context) or lacking,
    )


def _opinions_of_strangers(context: VerificationContext) -> Text | None:
    """Who is said to have given an opinion, written or reviewed, and is nobody; None for nobody."""
    names: dict[str, None] = {}
    for release in context.grounds:
        opinions = opinions_behind(context.manual, release)
        if opinions:
            settings = context.settings[release.number]
            names |= dict.fromkeys(said_by_strangers(opinions, settings, context.evidence))
    quoted = ", ".join(f"«{name}»" for name in names)
    return STRANGERS.fill({"names": quoted}) if names else None


def answer_known(context: VerificationContext) -> Conclusion:
    """Answer which text people knew.

    There is to be a signed receipt of the text in force for everyone on its distribution list.
    """
    against = [
        *check_kept_files(receipt_evidence(context.manual), context.evidence),
        *check_copies(context.manual, context.today),
        *check_people(context.manual, context.manual.readings, context.today),
    ]
    if not context.manual.copies and not context.manual.readings:
        return conclude(against, NO_RECEIPT, NO_RECEIPT)
    missing: list[tuple[str, Text]] = []
    for status in context.in_force:
        missing += _without_receipt(context, status)
    if not missing:
        return conclude(against, ALL_RECEIVED)
    names = [BESIDE.fill({"name": name, "unit": unit}) for name, unit in missing]
    lacking = NOT_RECEIVED.fill({"names": join_texts(", ", names)})
    return conclude(against, ALL_RECEIVED, join_sentences([lacking, _read_by_strangers(context)]))


def _read_by_strangers(context: VerificationContext) -> Text | None:
    """Who read a text in force, and is nobody whom the manual knows; None for nobody."""
    readings = map(partial(_readings_of, context), context.in_force)
    return _of_strangers(context, chain.from_iterable(readings))


def _readings_of(context: VerificationContext, status: DocumentStatus) -> Iterator[Reading]:
    """Yield who read the very text in force by the day."""
    for reading in context.readings_of_texts.get(status.text, ()):
        if reading.date is not None and reading.date.has_come(context.day):
            yield reading


def _without_receipt(
    context: VerificationContext, status: DocumentStatus
) -> list[tuple[str, Text]]:
    """The document's name with each receiver that did not sign for its text.

    Where nobody is to receive it, that is said.
    """
    document = context.manual.documents.get(status.key)
    name = document.name if document else status.key
    distribution = document.front_matter.distribution if document else ()
    units = dict.fromkeys(text_of(recipient.unit) for recipient in distribution)
    if not units:
        return [(name, NO_LIST)]
    signed = set()
    for copy in context.copies_of_documents.get(status.key, ()):
        if _is_signed(context, status, copy):
            signed.add(copy.unit.text)
    signed |= _units_that_read(context, status)
    called = [unit_name(context.manual, unit, "vi") for unit in units if unit not in signed]
    return [(name, Text(unit, unit)) for unit in called if unit]


def _units_that_read(context: VerificationContext, status: DocumentStatus) -> set[str]:
    """The units of whom somebody is recorded as having read the very text in force."""
    units = set()
    for reading in _readings_of(context, status):
        units |= _units_of(reading, context)
    return units


def _units_of(reading: Reading, context: VerificationContext) -> set[str]:
    """The units that somebody read for: those of his roles; where he has none, the one he names.

    None of somebody whom the manual does not know and nothing proves, or who held no role then.
    """
    config = context.manual.config
    day = known_day(reading.date)
    if day is None or is_stranger(reading, config, context.evidence):
        return set()
    person = find_person(config, reading.person)
    if person is None:
        return {text_of(reading.unit)}
    if not holds_any_role(person, day):
        return set()
    own = set(units_of_person(config, person, context.day)).intersection(config.units)
    return own or {text_of(reading.unit)}


def _is_signed(context: VerificationContext, status: DocumentStatus, copy: ControlledCopy) -> bool:
    """Whether a copy bears the text in force, and its receipt was signed by the day and proven."""
    if copy.received is None or not copy.received.has_come(context.day):
        return False
    item = recorded_item(context.manual, copy)
    if item is None or status.item is None:
        return False
    if not is_evidenced(copy.evidence, context.evidence):
        return False
    return item.digest == status.item.digest
