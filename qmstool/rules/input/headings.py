"""Rules on headings: numbers and levels that do not follow one another, and a page whose title is not the document's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.scanner import Heading

# A title and a heading: what stands below them belongs to the second.
TITLED = 2
_WORDS = re.compile(r"\w+")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})*\Z")
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


def heading_order(facts: Facts) -> Iterator[Violation]:
    """Headings whose level or number does not follow from the ones before them in the file."""
    cited = {dict(each.values).get("number") for each in facts.faulty.get("unknown-section", ())}
    for document in facts.manual.documents.values():
        for file in document.files:
            doubled = {each.start for each, _ in facts.lost.doubled.get(file.path, ())}
            for heading, cause, values in _out_of_order(file.page.headings):
                if heading.start not in doubled and not (
                    cause == "gap" and cited & set(values["missing"].split(", "))
                ):
                    why = WHY[cause].fill(values)
                    yield Violation(
                        file.source.locate(heading.start, heading.end),
                        {"why_vi": why.vi, "why_en": why.en},
                    )


def _out_of_order(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, str, dict[str, str]]]:
    open_: list[Heading] = []
    before: dict[tuple[int, str], str] = {}
    for heading in headings:
        if open_ and heading.level > open_[-1].level + 1:
            yield heading, "level", {"above": str(open_[-1].level), "level": str(heading.level)}
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        above = open_[-1].number if open_ else None
        open_.append(heading)
        number = heading.number
        if number is None or not _DOTTED.match(number):
            continue
        stem, _, own = number.rpartition(".")
        if (
            above
            and _DOTTED.match(above)
            and len(open_) > TITLED
            and not number.startswith(f"{above}.")
        ):
            yield heading, "under", {"number": number, "above": above}
            continue
        last = before.get((heading.level, stem))
        before[heading.level, stem] = number
        if last is None:
            continue
        step = int(own) - int(last.rpartition(".")[2])
        if step <= 0:
            yield heading, "back", {"number": number, "above": last}
        elif step > 1:
            head = f"{stem}." if stem else ""
            left = [f"{head}{each}" for each in range(int(own) - step + 1, int(own))]
            yield heading, "gap", {"number": number, "above": last, "missing": ", ".join(left)}


def title_differs(facts: Facts) -> Iterator[Violation]:
    """Documents whose page opens with another title than their data say; the code beside it is no part of it."""
    for document in facts.manual.documents.values():
        mark = document.record.get("title")
        headings = document.files[0].page.headings
        if mark is None or not headings or headings[0].level != 1:
            continue
        if mark.text in headings[0].text or headings[0].text in mark.text:
            continue
        if document is facts.manual.main:  # its first page opens with no title of its own
            continue
        said, title = (_bare(each, document.code) for each in (headings[0].text, mark.text))
        if said and title and said not in title and title not in said:
            place = document.files[0].source.locate(headings[0].start, headings[0].end)
            yield Violation(
                place, {"said": headings[0].text, "title": mark.text}, None, (mark.location,)
            )


def _bare(title: str, code: str) -> str:
    """The words of a title, folded, its document's code left out."""
    words, own = (" ".join(_WORDS.findall(fold_name(text))) for text in (title, code))
    return " ".join(f" {words} ".replace(f" {own} ", " ").split()) if own else words


W = Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS028", "heading-order", W,
        Text("Tiêu đề không theo thứ tự", "A heading out of order"),
        Text(
            "Tiêu đề này không theo thứ tự: {why_vi}. Sửa cho khớp với các mục cạnh nó.",
            "This heading is out of order: {why_en}. Mend it to fit its neighbours.",
        ),
        heading_order,
    ),
    Rule(
        "QMS029", "title-differs", W,
        Text("Tên trên trang khác tên đã khai", "A page titled otherwise than its document"),
        Text(
            (
                "Trang mở đầu bằng «{said}», nhưng tên đã khai ở đầu tệp (title) là «{title}». "
                "Sửa một trong hai chỗ."
            ),
            (
                "The page opens with «{said}», but the title in its data is «{title}». Mend one "
                "of them."
            ),
        ),
        title_differs,
    ),
)
