"""Check characters and names of files: what an editor does not show, and people overlook."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Violation
from qmstool.git.names import UNREADABLE, fold_path
from qmstool.i18n import Text
from qmstool.manual.releases import RELEASE_PATH
from qmstool.parsing.merge_markers import merge_places
from qmstool.parsing.spans import Spans
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import any_question
from qmstool.rules.base.hiders import mended_line
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.input.misread_encoding import misread_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.source import SourceFile
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.text.prose_text import Writing

# What nobody sees: controls, soft hyphens, blanks of no width, marks of direction, and characters
# of private use, which one font alone knows.
ODD = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]+"
)
# Letters of other alphabets, by the one of ours that they look like: from old fonts (Ð) and other
# keyboards (Cyrillic, Greek).
LOOKALIKES = str.maketrans(
    "ÐðƉАВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ĐđĐABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo"
)
FOREIGN_LETTER = regex("[ÐðƉ\u0370-\u03ff\u0400-\u04ff]")
# A word in which such a letter stands beside one of ours. Compiled only where there is one.
_MIXED_WORD = regex(r"(?<!\w)(?=\w*[A-Za-zÀ-ÏÑ-ïñ-ɏḀ-ỹ])(?=\w*[ÐðƉ\u0370-\u03ff\u0400-\u04ff])\w+")
TAB = regex(r"^[^\t\n#]*(\t+)", re.MULTILINE)


@rule(
    "QMS021",
    "merge-marker",
    Severity.ERROR,
    title=Text("Hai bản sửa chưa được gộp", "Two versions left side by side"),
    message=Text(
        (
            "Từ đây có hai bản của cùng một đoạn mà git chưa gộp được (các dòng <<<<<<< và "
            ">>>>>>>). Hãy chọn lời đúng và xóa các dòng ấy."
        ),
        (
            "From here on stand two versions of one passage that git could not put together "
            "(the lines <<<<<<< and >>>>>>>). Keep the right words and delete those lines."
        ),
    ),
)
def merge_marker(facts: Facts) -> Iterator[Violation]:
    """Find passages that git could not merge and left in two versions."""
    for path, source in facts.manual.sources.items():
        if RELEASE_PATH.fullmatch(path):
            continue  # two versions of a record are two decisions: `recorded-twice`
        for opening, closing in merge_places(source):
            yield Violation(opening, {}, None, (closing,))


@rule(
    "QMS022",
    "tab-in-data",
    Severity.WARNING,
    title=Text("Phím Tab trong phần dữ liệu", "A tab in the data"),
    message=Text(
        (
            "Ở đây có phím Tab; nhìn như dấu cách nhưng có lúc làm hỏng cả tệp. Hãy thay "
            "bằng dấu cách."
        ),
        (
            "Here stands a tab. It looks like blanks and can break the whole file. Put "
            "blanks in its place."
        ),
    ),
    hidden_by=(mended_line,),
)
def tab_in_data(facts: Facts) -> Iterator[Violation]:
    """Find tabs in data that could be read all the same; others are the cause of `broken-yaml`."""
    text_starts = {}
    for document in facts.manual.documents.values():
        for file in document.files:
            text_starts[file.path] = file.body
    for path, source in facts.manual.sources.items():
        if not source.holds("\t"):
            continue
        end = text_starts.get(path, len(source.text) if path.endswith(".yml") else 0)
        for tab in TAB.finditer(source.text, 0, end):
            place = source.locate(*tab.span(1))
            yield Violation(place)


@any_question
def odd_in_text(writing: Writing) -> tuple[tuple[int, int], ...]:
    """Find where the odd characters of a text stand."""
    return odd_characters(writing.file.source)


@rule(
    "QMS023",
    "odd-character",
    Severity.WARNING,
    title=Text("Ký tự lạ, không nhìn thấy", "A character that nobody sees"),
    message=Text(
        (
            "Ở đây có ký tự {sign}: người đọc không thấy, hoặc mỗi máy hiện một kiểu (thường "
            "do chép từ PDF hay Word). Hãy xóa hoặc gõ lại."
        ),
        (
            "Here stands the character {sign}: readers do not see it, or see something else "
            "on another machine (text from PDF or Word). Delete it or type it anew."
        ),
    ),
    hidden_by=(mended_line,),
    reads=(odd_in_text,),
)
def odd_character(facts: Facts) -> Iterator[Violation]:
    """Find characters that nobody sees, that turn the direction of reading, or of private use.

    Not within letters that were read byte by byte, which `misread_encoding` reports.
    """
    for source, found in facts.found_in_sources(odd_in_text, odd_characters):
        for start, end in found:
            yield Violation(source.locate(start, end), {"sign": _describe(source.text[start])})


def odd_characters(source: SourceFile) -> tuple[tuple[int, int], ...]:
    """Return where the odd characters of a file stand."""
    if "not-utf8" in source.flaws or not _may_hold_odd(source):
        return ()
    misread = Spans((each.start, each.end) for each in misread_letters(source))
    odd = [found.span() for found in ODD.finditer(source.text)]
    found = [span for span in odd if not misread.meets(*span)]
    return tuple(found)


def _may_hold_odd(source: SourceFile) -> bool:
    """Tell quickly whether a text may hold odd characters: most hold none."""
    if not source.rare_bytes and not source.utf16:
        return False
    # What can be printed holds none of them; asking that first costs a tenth of a search.
    plain = source.text.replace("\n", "").replace("\u00a0", "")
    return "\ufffd" in source.text or not plain.isprintable()


def _describe(char: str) -> str:
    code, name = f"U+{ord(char):04X}", unicodedata.name(char, "")
    return f"{code} {name}" if name else code


@rule(
    "QMS030",
    "lookalike-letter",
    Severity.WARNING,
    title=Text("Chữ cái trông giống mà không phải", "A letter that only looks right"),
    message=Text(
        (
            "Trong «{said}» có chữ cái của bộ chữ khác, trông giống chữ ta dùng (như Ð thay "
            "cho Đ): tìm kiếm không thấy, viện dẫn không thành. Hãy gõ lại."
        ),
        (
            "«{said}» holds a letter of another alphabet that looks like ours (such as Ð for "
            "Đ): searches miss it, and it cites nothing. Type it anew."
        ),
    ),
)
def lookalike_letter(facts: Facts) -> Iterator[Violation]:
    """Find letters of other alphabets that look like ours.

    Not within a broken reference or a misspelled code: there the reference itself is reported; nor
    within letters that were read byte by byte.
    """
    for path, source in facts.manual.sources.items():
        if not source.foreign or "not-utf8" in source.flaws:
            continue
        places = _reported_elsewhere(facts, path)
        places += [(each.start, each.end) for each in misread_letters(source)]
        reported = Spans(places)
        for word in _MIXED_WORD.finditer(source.text):
            ours = word[0].translate(LOOKALIKES)
            if ours == word[0] or FOREIGN_LETTER.search(ours):
                continue
            if not reported.meets(*word.span()):
                yield Violation(source.locate(*word.span()), {"said": word[0]}, ours, fix=ours)


def _reported_elsewhere(facts: Facts, path: str) -> list[tuple[int, int]]:
    """Return where a file has broken references and misspelled codes."""
    spans = []
    for group in facts.broken_references.values():
        spans += [reference.whole_span for reference in group if reference.file.path == path]
    for code in facts.misspelled_codes.by_path.get(path, ()):
        spans.append((code.start, code.end))
    return spans


@rule(
    "QMS024",
    "case-clash",
    Severity.ERROR,
    title=Text(
        "Hai tệp, hai thư mục chỉ khác nhau ở chữ hoa",
        "Two files or folders that differ in capitals only",
    ),
    message=Text(
        (
            "«{path}» và «{other}» chỉ khác chữ hoa, chữ thường hoặc cách lưu dấu: trên máy "
            "Windows và Mac chúng là một, tệp này đè hoặc lẫn vào tệp kia. Hãy đổi tên một bên."
        ),
        (
            "«{path}» and «{other}» differ in capitals or stored accents only: on Windows "
            "and Mac they are one, and files overwrite each other or mix. Rename one of them."
        ),
    ),
)
def case_clash(facts: Facts) -> Iterator[Violation]:
    """Find names that differ in nothing but capitals or the way their accents are stored.

    Of two folders it is told once, not for each file in them. What lies beside the manual counts
    too: on such a disk `Releases/` is the folder of the records.
    """
    first: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    beside = (each.path for each in facts.manual.beside)
    for path in sorted({*facts.manual.paths, *beside}):
        for name in _with_folders(path):
            other, file = first.setdefault(fold_path(name), (name, path))
            if other == name:
                continue
            if name not in told:
                told.add(name)
                values = {"path": name, "other": other}
                yield Violation(Location(path), values, None, (Location(file),))
            break


def _with_folders(path: str) -> Iterator[str]:
    """The folders that a file lies in, from the outermost on, and the file."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
    yield path


@rule(
    "QMS034",
    "name-not-text",
    Severity.ERROR,
    Text("Tên tệp không phải UTF-8", "A file's name that is not UTF-8"),
    Text(
        "Tên «{path}» có byte không phải chữ (ghi là �), thường do giải nén từ máy dùng bảng mã "
        "khác. Máy khác có thể không mở được, và không đường dẫn nào gọi đúng tên ấy. Hãy đổi tên "
        "tệp.",
        "The name «{path}» holds bytes that are no letters (shown as �), often from an archive "
        "made on a machine with another encoding. Other machines may not open it, and no link can "
        "name it. Rename the file.",
    ),
)
def name_not_text(facts: Facts) -> Iterator[Violation]:
    """Find files whose names are no UTF-8."""
    for path in sorted(facts.manual.paths):
        if UNREADABLE in path:
            yield Violation(Location(path), {"path": path})


# What Windows keeps for its devices, whatever ending stands behind; what it takes in no name.
_DEVICE = regex(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:[.:].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FORBIDDEN = regex(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')


@rule(
    "QMS040",
    "name-elsewhere",
    Severity.WARNING,
    Text("Tên tệp mà Windows không nhận", "A name that Windows does not take"),
    Text(
        "Windows không nhận tên «{name}» trong «{path}» (tên của thiết bị như con, aux, nul; có "
        'một trong các dấu < > : " | ? * \\; hoặc kết thúc bằng dấu chấm, dấu cách): ở đó không ai '
        "lấy được kho về. Hãy đổi tên.",
        "Windows does not take the name «{name}» in «{path}» (the name of a device as con, aux, "
        'nul; one of the signs < > : " | ? * \\ in it; or a dot or blank at its end): nobody there '
        "can get the repository. Rename it.",
    ),
)
def name_elsewhere(facts: Facts) -> Iterator[Violation]:
    """Find files and folders whose names no machine with Windows can hold."""
    for path in sorted(facts.manual.paths):
        for name in path.split("/"):
            if _DEVICE.fullmatch(name) or _FORBIDDEN.search(name):
                yield Violation(Location(path), {"path": path, "name": name})
                break


RULES: tuple[Rule, ...] = (
    merge_marker,
    tab_in_data,
    odd_character,
    case_clash,
    lookalike_letter,
    name_not_text,
    name_elsewhere,
)
