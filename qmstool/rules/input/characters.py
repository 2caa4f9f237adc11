"""Rules on single signs and on names of files: what an editor does not show, and a person overlooks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.source import SourceFile

ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffd\ue000-\uf8ff"
    "\U000f0000-\U0010fffd]+"
)
# Letters of other alphabets, by the one of ours that they look like: from old fonts (Ð) and other
# keyboards (Cyrillic, Greek).
ALIKE = str.maketrans(
    "ÐðƉАВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ĐđĐABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo"
)
OTHER = re.compile("[ÐðƉ\u0370-\u03ff\u0400-\u04ff]")
# A word in which such a letter stands beside one of ours.
FOREIGN = r"(?<!\w)(?=\w*[A-Za-zÀ-ÏÑ-ïñ-ỹ])(?=\w*[ÐðƉ\u0370-\u03ff\u0400-\u04ff])\w+"  # compiled only where there is one
OURS = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
THEIRS = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)
TAB = re.compile(r"^[^\t\n#]*(\t+)", re.MULTILINE)


def merge_places(source: SourceFile) -> Iterator[tuple[Location, Location]]:
    """Where two versions of a passage were left side by side: the opening and the closing marker."""
    if "<<<<<<<" not in source.text:
        return
    at = 0
    while (ours := OURS.search(source.text, at)) and (
        theirs := THEIRS.search(source.text, ours.end())
    ):
        yield source.locate(*ours.span()), source.locate(*theirs.span())
        at = theirs.end()


def merge_marker(facts: Facts) -> Iterator[Violation]:
    """Passages that git could not put together by itself, left as they were."""
    for source in facts.manual.sources.values():
        for ours, theirs in merge_places(source):
            yield Violation(ours, {}, None, (theirs,))


def tab_in_data(facts: Facts) -> Iterator[Violation]:
    """Tabs in data that could be read all the same; what cannot be read is told as such."""
    bodies = {
        file.path: file.body
        for document in facts.manual.documents.values()
        for file in document.files
    }
    for path, source in facts.manual.sources.items():
        end = bodies.get(path, len(source.text) if path.endswith(".yml") else 0)
        if end and "\t" in source.text[:end]:
            places = (source.locate(*found.span(1)) for found in TAB.finditer(source.text, 0, end))
            yield from (
                Violation(place)
                for place in places
                if place.line not in facts.lost.mended.get(path, ())
            )


def odd_character(facts: Facts) -> Iterator[Violation]:
    """Characters that nobody sees, that turn the order of reading, or that only one font knows."""
    for path, source in facts.manual.sources.items():
        text = source.text
        if not source.rare_bytes and not source.utf16:
            continue
        # What can be printed holds none of them; asking that first costs a tenth of a search.
        if "\ufffd" not in text and text.replace("\n", "").replace("\u00a0", "").isprintable():
            continue
        for found in ODD.finditer(text) if "not-utf8" not in source.flaws else ():
            char = found[0][0]
            name = unicodedata.name(char, "")
            values = {"sign": f"U+{ord(char):04X}" + (f" {name}" if name else "")}
            place = source.locate(*found.span())
            if place.line not in facts.lost.mended.get(path, ()):
                yield Violation(place, values)


def lookalike_letter(facts: Facts) -> Iterator[Violation]:
    """Letters of other alphabets that look like ours; within a citation that leads nowhere, or a code, that is told."""
    for path, source in facts.manual.sources.items():
        if not source.foreign or "not-utf8" in source.flaws:
            continue
        cited = [
            each.whole
            for group in facts.faulty.values()
            for each in group
            if each.file.path == path
        ]
        cited += [(each.start, each.end) for each in facts.miswritten.by_path.get(path, ())]
        for word in re.finditer(FOREIGN, source.text):
            ours = word[0].translate(ALIKE)
            if (
                ours == word[0]
                or OTHER.search(ours)
                or any(first < word.end() and word.start() < last for first, last in cited)
            ):
                continue
            yield Violation(source.locate(*word.span()), {"said": word[0]}, ours, fix=ours)


def case_clash(facts: Facts) -> Iterator[Violation]:
    """Files whose names differ in nothing but capitals or the way their accents are stored."""
    first: dict[str, str] = {}
    for path in sorted(facts.manual.paths):
        other = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            yield Violation(
                Location(path), {"path": path, "other": other}, None, (Location(other),)
            )


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS021", "merge-marker", E,
        Text("Hai bản sửa chưa được gộp", "Two versions left side by side"),
        Text(
            "Từ đây có hai bản của cùng một đoạn mà git chưa gộp được (các dòng <<<<<<< và "
            ">>>>>>>). Hãy chọn lời đúng và xóa "
            "các dòng ấy.",
            "From here on stand two versions of one passage that git could not put together "
            "(the lines <<<<<<< and >>>>>>>). "
            "Keep the right words and delete those lines.",
        ),
        merge_marker,
    ),
    Rule(
        "QMS022", "tab-in-data", W,
        Text("Phím Tab trong phần dữ liệu", "A tab in the data"),
        Text(
            (
                "Ở đây có phím Tab; nhìn như dấu cách nhưng có lúc làm hỏng cả tệp. Hãy thay "
                "bằng dấu cách."
            ),
            (
                "Here stands a tab. It looks like blanks and can break the whole file. Put "
                "blanks in its place."
            ),
        ),
        tab_in_data,
    ),
    Rule(
        "QMS023", "odd-character", W,
        Text("Ký tự lạ, không nhìn thấy", "A character that nobody sees"),
        Text(
            "Ở đây có ký tự {sign}: người đọc không thấy, hoặc mỗi máy hiện một kiểu (thường "
            "do chép từ PDF hay Word). Hãy xóa "
            "hoặc gõ lại.",
            "Here stands the character {sign}: readers do not see it, or see something else "
            "on another machine (text from PDF "
            "or Word). Delete it or type it anew.",
        ),
        odd_character,
    ),
    Rule(
        "QMS024", "case-clash", E,
        Text("Hai tệp chỉ khác nhau ở chữ hoa", "Two files that differ in capitals only"),
        Text(
            "«{path}» và «{other}» chỉ khác chữ hoa, chữ thường hoặc cách lưu dấu: trên máy "
            "Windows và Mac, tệp này đè mất tệp "
            "kia. Hãy đổi tên một tệp.",
            "«{path}» and «{other}» differ in capitals or stored accents only: on Windows "
            "and Mac one overwrites the other. "
            "Rename one of them.",
        ),
        case_clash,
    ),
    Rule(
        "QMS030", "lookalike-letter", W,
        Text("Chữ cái trông giống mà không phải", "A letter that only looks right"),
        Text(
            "Trong «{said}» có chữ cái của bộ chữ khác, trông giống chữ ta dùng (như Ð thay "
            "cho Đ): tìm kiếm không thấy, viện dẫn "
            "không thành. Hãy gõ lại.",
            "«{said}» holds a letter of another alphabet that looks like ours (such as Ð for "
            "Đ): searches miss it, and it cites "
            "nothing. Type it anew.",
        ),
        lookalike_letter,
    ),
)
