"""Find texts that were once read in a wrong encoding and saved so: «â€œ» for «“», «áº¡» for «ạ»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import any_question
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.source import SourceFile
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing

# What the bytes 80 to 9F are in Windows' table of Western letters; it lacks five of them.
_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# A letter of three or four bytes, each byte read as a letter of its own.
_MISREAD = regex(f"[á-ï][{_HIGH}\\x80-\\xbf]{{2}}|[ð-ô][{_HIGH}\\x80-\\xbf]{{3}}")
# «khá»…» looks like a misread letter too; nobody writes so three times in one file.
FEWEST = 3


class MisreadLetter(NamedTuple):
    """A letter that was read byte by byte: its place in the text, and what it was."""

    start: int
    end: int
    meant: str


@any_question
def misread_in_text(writing: Writing) -> tuple[MisreadLetter, ...]:
    """Find the letters of a text that were read byte by byte."""
    return misread_letters(writing.file.source)


@rule(
    "QMS039",
    "misread-encoding",
    Severity.WARNING,
    title=Text("Tệp từng bị đọc sai bảng mã", "A file once read in a wrong encoding"),
    message=Text(
        (
            "«{said}» lẽ ra là «{meant}»: lời của tệp này có lúc bị đọc sai bảng mã ({count} chỗ "
            "như vậy). Hãy lấy lại lời từ bản gốc và lưu bằng UTF-8."
        ),
        (
            "«{said}» should be «{meant}»: the words of this file were once read in a wrong "
            "encoding ({count} such places). Take them from the original again, saved as UTF-8."
        ),
    ),
    reads=(misread_in_text,),
)
def misread_encoding(facts: Facts) -> Iterator[Violation]:
    """Find files with letters that were read byte by byte, one violation for each file."""
    for source, found in facts.found_in_sources(misread_in_text, misread_letters):
        first = found[0]
        said = source.text[first.start : first.end]
        values = {"said": said, "meant": first.meant, "count": str(len(found))}
        yield Violation(source.locate(first.start, first.end), values)


def misread_letters(source: SourceFile) -> tuple[MisreadLetter, ...]:
    """Return the letters of a text that were read byte by byte; none where they may be chance."""
    if not source.rare_bytes or "not-utf8" in source.flaws:
        return ()
    found = []
    for match in _MISREAD.finditer(source.text):
        meant = _reread(match[0])
        if meant:
            found.append(MisreadLetter(match.start(), match.end(), meant))
    return tuple(found) if len(found) >= FEWEST else ()


def _reread(said: str) -> str:
    """Return what some letters are when their bytes are read as UTF-8; "" if they are nothing."""
    try:
        read = b"".join(map(_byte, said)).decode("utf-8")
    except UnicodeError:
        return ""
    return read if read.isprintable() else ""


def _byte(letter: str) -> bytes:
    code = ord(letter)
    return bytes((code,)) if code <= 0xFF else letter.encode("cp1252")  # noqa: PLR2004 - of one byte


RULES: tuple[Rule, ...] = (misread_encoding,)
