"""Check headings: numbers and levels out of order, and a page titled otherwise than its data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.parsing.titles import is_same_title
from qmstool.patterns import regex
from qmstool.rules.base.ambiguous_citations import ambiguous_citations
from qmstool.rules.base.file_answers import any_question
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from qmstool.parsing.markdown.headings import NamedHeading
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.text.prose_text import Writing

# Of a title and a heading, what stands below them belongs to the second.
TITLED = 2
# What a violation is about that is not out of order but said twice.
REPEATED = "repeated"
_DOTTED = regex(r"\d{1,3}(?:\.\d{1,3})*\Z")
# What goes on behind the number that was read: «1.2.B», «1.2a», «3. 2.».
_GOES_ON = regex(r"\.?[^\W\d_](?![^\W_])|\.\s*\d+\.?\s")
# One heading for several numbers: «12.2 - 12.3».
_RANGE_ENDS = regex(r"\.?\s*(?:[-–—]|to|đến)\s*(\d{1,3}(?:\.\d{1,3})*)\.?(?:\s|\Z)")

WHY = {
    "level": Text(
        "đang ở cấp {above} mà nhảy xuống cấp {level}; bớt dấu # ở đầu dòng",
        "it goes from level {above} down to level {level}; take # signs away",
    ),
    "under": Text(
        "số {number} nằm dưới mục {above}, không phải của mục ấy",
        "{number} stands under {above} and is not of it",
    ),
    "back": Text("số {number} đứng sau {above}", "{number} stands after {above}"),
    "gap": Text(
        "sau {above} đến ngay {number}, thiếu {missing}",
        "after {above} comes {number}; {missing} is missing",
    ),
}


@about
def doubled_heading(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a heading whose anchor an earlier one has: `duplicate-anchor` reports it."""
    doubled: set[tuple[str, int, int]] = set()
    for path, pairs in facts.doubtful_sections.doubled_anchors.items():
        doubled.update((path, heading.start, heading.end) for heading, _ in pairs)
    return lambda subject: subject.span_in_file in doubled


@about
def cited_number(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a missing number that somebody cites: `unknown-section` reports it there."""
    missing = facts.broken_references.get("unknown-section", ())
    cited = {dict(reference.values).get("number") for reference in missing}
    return lambda subject: subject.name in cited


@about
def cited_twice(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a heading that repeats a number which is cited: `ambiguous-section` reports it there."""
    places: set[tuple[str, int, int]] = set()
    meant = {id(citation.sections): citation.sections for citation in ambiguous_citations(facts)}
    for sections in meant.values():
        for section in sections[1:]:
            heading = section.heading
            places.add((section.file.path, heading.start, heading.end))
    return lambda subject: subject.name == REPEATED and subject.span_in_file in places


@any_question
def headings_out_of_order(writing: Writing) -> tuple[tuple[int, str, dict[str, str]], ...]:
    """Find which headings of a file are out of order, each with the cause and its values."""
    headings = writing.file.page.headings
    at = {id(heading): place for place, heading in enumerate(headings)}
    found = _out_of_order(headings)
    return tuple([(at[id(heading)], cause, values) for heading, cause, values in found])


@rule(
    "QMS028",
    "heading-order",
    Severity.INFO,
    title=Text("Tiêu đề không theo thứ tự", "A heading out of order"),
    message=Text(
        "Tiêu đề này không theo thứ tự: {why_vi}. Sửa cho khớp với các mục cạnh nó.",
        "This heading is out of order: {why_en}. Mend it to fit its neighbours.",
    ),
    hidden_by=(doubled_heading, cited_number, cited_twice),
    reads=(headings_out_of_order,),
)
def heading_order(facts: Facts) -> Iterator[Violation]:
    """Find headings whose level or number does not follow from those before them in the file.

    A number is compared with those under the same heading only: under another it may begin anew. A
    level that no heading of the file has is not missed where several do without it, nor a number
    that stands at another level.
    """
    for writing, found in facts.files.answers_to(headings_out_of_order):
        file = writing.file
        for at, cause, values in found:
            heading = file.page.headings[at]
            place = file.source.locate(heading.start, heading.end)
            missing = values["missing"].split(", ") if cause == "gap" else []
            repeats = cause == "back" and values["number"] == values["above"]
            name = REPEATED if repeats else ""
            subjects = [Subject(name, span_in_file=(file.path, heading.start, heading.end))]
            subjects += [Subject(number) for number in missing]
            why = bilingual(why=WHY[cause].fill(values))
            yield Violation(place, why, subjects=tuple(subjects))


def _out_of_order(
    headings: tuple[NamedHeading, ...],
) -> Iterator[tuple[NamedHeading, str, dict[str, str]]]:
    """Yield each heading out of order, with the cause, a key of `WHY`, and its values."""
    levels = Counter(heading.level for heading in headings)
    numbers = {heading.number for heading in headings}
    open_: list[NamedHeading] = []
    told: set[int] = set()  # where headings begin that have one of another section under them
    last_numbers: dict[tuple[int, str], str] = {}  # those under the headings open now
    for heading in headings:
        if open_ and _skips(open_[-1].level, heading.level, levels):
            yield heading, "level", {"above": str(open_[-1].level), "level": str(heading.level)}
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        above = open_[-1].number if open_ else None
        open_.append(heading)
        number = heading.number
        unread = number is not None and _GOES_ON.match(heading.text.partition(number)[2])
        below = heading.level if unread else heading.level + 1
        last_numbers = {key: last for key, last in last_numbers.items() if key[0] < below}
        if number is None or unread or not _DOTTED.match(number):
            continue
        within_another = above and _DOTTED.match(above) and not number.startswith(f"{above}.")
        if above and within_another and len(open_) > TITLED:
            over = open_[-2].start
            if over not in told:  # the others under it have the same cause
                yield heading, "under", {"number": number, "above": above}
            told.add(over)
            continue
        stem = number.rpartition(".")[0]
        last = last_numbers.get((heading.level, stem))
        range_ends = _RANGE_ENDS.match(heading.text.partition(number)[2])
        last_numbers[heading.level, stem] = range_ends[1] if range_ends else number
        if last is not None:
            for cause, values in _wrong_step(last, number, numbers):
                yield heading, cause, values


def _skips(above: int, level: int, levels: Mapping[int, int]) -> bool:
    """Whether a heading skips levels; `levels`: how many headings of each the file has."""
    skipped = range(above + 1, level)
    is_habit = levels[level] > 1 and not any(each in levels for each in skipped)
    return bool(skipped) and not is_habit


def _wrong_step(
    last: str, number: str, elsewhere: Collection[str | None]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is wrong where a number follows another of the same level and stem."""
    stem, _, own = number.rpartition(".")
    step = int(own) - int(last.rpartition(".")[2])
    values = {"number": number, "above": last}
    if step <= 0:
        yield "back", values
        return
    head = f"{stem}." if stem else ""
    between = [f"{head}{part}" for part in range(int(own) - step + 1, int(own))]
    missing = [part for part in between if part not in elsewhere]
    if missing:
        yield "gap", {**values, "missing": ", ".join(missing)}


@rule(
    "QMS029",
    "title-differs",
    Severity.INFO,
    title=Text("Tên trên trang khác tên đã khai", "A page titled otherwise than its document"),
    message=Text(
        (
            "Trang mở đầu bằng «{said}», nhưng tên đã khai ở đầu tệp (title) là «{title}». "
            "Sửa một trong hai chỗ."
        ),
        "The page opens with «{said}», but the title in its data is «{title}». Mend one of them.",
    ),
    on_request=True,
)
def title_differs(facts: Facts) -> Iterator[Violation]:
    """Find documents whose page opens with another title than their data; the code may be in it."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.title
        headings = document.files[0].page.headings
        if mark is None or not headings or headings[0].level != 1:
            continue
        if document is facts.manual.main:  # its first page opens with no title of its own
            continue
        heading = headings[0]
        if not is_same_title(heading.text, f"{document.code} {mark.text}"):
            place = document.files[0].source.locate(heading.start, heading.end)
            values = {"said": heading.text, "title": mark.text}
            yield Violation(place, values, None, (mark.location,))


RULES: tuple[Rule, ...] = (
    heading_order,
    title_differs,
)
