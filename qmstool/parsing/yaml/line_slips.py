"""List the slips that a line of YAML could hold, each with the line as it was meant.

Nothing is decided here: `diagnosis` tries the lines out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.coercions import quote
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# By how many blanks an indent may be off.
NEAR = 4
# Blanks that Word and web pages put in, and that YAML takes for letters.
ODD_BLANK = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
KEY = r"(?:[A-Za-z][\w.-]*|\"[^\"]*\")"
_HEAD = regex(
    r"[ \t]*(?:-[ ]+)*(?:(?P<key>[^\s\"'#\[\]{}:-][^:#\[\]{}]*?|\"[^\"]*\"):[ \t]+)?(?P<value>.*)"
)
_INDENT = regex(rf"[ \t]*[\t{ODD_BLANK}][ \t{ODD_BLANK}]*", re.MULTILINE)
_NO_BLANK = regex(rf"[ \t]*(?:-[ ]+)*{KEY}(?P<at>:)(?=[^\s:/])")
_ODD_JOINT = regex(rf"[ \t]*(?:(?:-[ ]+)*{KEY}:|-)(?P<at>[ ]*[{ODD_BLANK}][ {ODD_BLANK}]*)")
_WIDE = regex(rf"[ \t]*(?:-[ ]+)*{KEY}[ \t]*(?P<at>[\uff1a\ufe55\u2236])[ \t]*")
_NO_DASH_BLANK = regex(r"[ \t]*(?P<at>[-\u2010-\u2015\u2212\u2022])(?=[^\s-])")
_WRONG_DASH = regex(r"[ \t]*(?P<at>[\u2010-\u2015\u2212\u2022*+])[ \t]+(?=\S)")
_NO_COLON = regex(r"[ \t]*(?:-[ ]+)*[A-Za-z][A-Za-z_]*(?P<at>[ \t]*[=;][ \t]*|[ \t]+|$)")
_LINE_END = regex("[\u0085\u2028\u2029]")
_COMMENT = regex(r"[ \t]+#(?:[ \t].*)?$")
_SIGNS = "*&!@`%|>,?]}"
_BAR = regex(r"(?:-{3}|\.{3}|[\u2010-\u2015\u2212-]{1,5})[ \t]*$")
_PAIR = regex(rf"(?P<open>[{{,]\s*{KEY}:[ \t]+)(?P<value>(?:(?!,\s*{KEY}:\s|\}}).)*)")
_FORGOTTEN = regex(r"(?<=[^\s,{[])[ \t]+(?=[a-z_]{3,}:[ \t])")
_CURLY = str.maketrans("\u201c\u201d\u201e\u2018\u2019", '"""\'\'')


@dataclass(frozen=True, slots=True)
class LineSlip:
    """A slip that a line could hold.

    `cause`: by its name; `start`, `end`: where within the line; `line`: the line without it;
    `sign`: the sign at fault.
    """

    cause: str
    start: int
    end: int
    line: str
    sign: str = ""


def possible_slips(line: str, above: list[str]) -> Iterator[LineSlip]:
    """Yield every slip that a line could hold, the plainest first; `above`: lines before it."""
    if not line.strip() or line.lstrip().startswith("#"):
        return
    yield from _blanks(line, above)
    yield from joint_slips(line)
    yield from _values(line)
    yield from _flows(line)
    yield from _indents(line, above)


def _blanks(line: str, above: list[str]) -> Iterator[LineSlip]:
    """Yield tabs and odd blanks that indent, odd line ends, and a bar where only data may stand."""
    odd = _INDENT.match(line)
    if odd:
        cause = "tab" if "\t" in odd[0] else "blank"
        plain = re.sub(rf"[{ODD_BLANK}]", " ", odd[0])
        indents = [plain.expandtabs(width) for width in (2, 4, 8)]
        indents += [_indent(upper) for upper in reversed(above)]
        for indent in indents:
            yield LineSlip(cause, odd.start(), odd.end(), indent + line[odd.end() :])
    line_end = _LINE_END.search(line)
    if line_end:
        meant = _LINE_END.sub(" ", line)
        sign = f"U+{ord(line_end[0]):04X}"
        yield LineSlip("character", line_end.start(), line_end.end(), meant, sign)
    if _BAR.match(line):
        yield LineSlip("second", 0, len(line.rstrip()), "")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def joint_slips(line: str) -> Iterator[LineSlip]:
    """Yield what is wrong between a key and its value, or before an item.

    A blank or a colon is forgotten, or another sign stands in its place.
    """
    yield from _odd_joints(line)
    yield from _dashes(line)
    no_colon = _NO_COLON.match(line)
    if no_colon and not line[no_colon.end() :].startswith(":"):
        begin = len(line) - len(line.lstrip(" \t"))
        start = no_colon.start("at")
        meant = f"{line[:start]}: {line[no_colon.end() :]}".rstrip()
        yield LineSlip("no-colon", begin, start, meant)


def _odd_joints(line: str) -> Iterator[LineSlip]:
    wide = _WIDE.match(line)
    if wide:
        start, end = wide.span("at")
        meant = f"{line[:start].rstrip()}: {line[wide.end() :]}"
        yield LineSlip("wide-colon", start, end, meant, wide["at"])
    odd_joint = _ODD_JOINT.match(line)
    if odd_joint:
        start, end = odd_joint.span("at")
        yield LineSlip("blank", start, end, f"{line[:start]} {line[end:]}")
    no_blank = _NO_BLANK.match(line)
    if no_blank:
        start, end = no_blank.span()
        yield LineSlip("no-blank", start, end, f"{line[:end]} {line[end:]}")


def _dashes(line: str) -> Iterator[LineSlip]:
    no_blank = _NO_DASH_BLANK.match(line)
    if no_blank:
        start, end = no_blank.span("at")
        yield LineSlip("no-dash-blank", start, end, f"{line[:start]}- {line[no_blank.end() :]}")
    wrong = _WRONG_DASH.match(line)
    if wrong:
        start, end = wrong.span("at")
        meant = f"{line[:start]}- {line[wrong.end() :]}"
        yield LineSlip("wrong-dash", start, end, meant, wrong["at"])


def _values(line: str) -> Iterator[LineSlip]:
    """Yield the slips of the value of a line."""
    head = _HEAD.match(line)
    if not head or not head["value"]:
        return
    start = head.start("value")
    comment = _COMMENT.search(line, start)
    value = line[start : comment.start() if comment else len(line)].rstrip()
    if value:
        yield from _value_slips(value, start, _putter(line, start, value), keyed=bool(head["key"]))


def _putter(line: str, start: int, value: str) -> Callable[[str], str]:
    """Return the function that puts other words in the place of a value of a line."""
    return lambda words: f"{line[:start]}{words}{line[start + len(value) :]}"


def _value_slips(
    value: str, start: int, put: Callable[[str], str], *, keyed: bool
) -> Iterator[LineSlip]:
    """Yield the slips of one value, by what it opens with or holds.

    It begins at `start` of its line; `put` gives the line with other words in its place.
    """
    first = value[0]
    if first in "\u201c\u201d\u201e\u2018\u2019":
        bare = value.translate(_CURLY).strip("\"'")
        yield LineSlip("word-quotes", start, start + 1, put(quote(bare)), first)
    elif first in "\"'":
        yield from _quotes(value, start, put)
    elif first in "[{":
        yield from _brackets(value, start, put)
    elif first in _SIGNS or (first == "-" and keyed):
        yield LineSlip("sign", start, start + 1, put(quote(value)), first)
    elif keyed:
        yield from _signs_within(value, start, put)


def _signs_within(value: str, start: int, put: Callable[[str], str]) -> Iterator[LineSlip]:
    """Yield the colon or else the sign of a remark that a value holds."""
    colon = re.search(r":(?=\s|$)", value)
    if colon:
        yield LineSlip("colon", start + colon.start(), start + colon.end(), put(quote(value)))
        return
    remark = re.search(r"\s#", value)
    if remark:
        end = start + remark.end()
        yield LineSlip("hash", end - 1, end, put(quote(value)), "#")


def _brackets(value: str, start: int, put: Callable[[str], str]) -> Iterator[LineSlip]:
    """Yield a bracket that is not closed, closed too often, or no bracket at all."""
    opener = value[0]
    closer = {"[": "]", "{": "}"}[opener]
    opened, closed = value.count(opener), value.count(closer)
    if opened > closed:
        yield LineSlip("bracket", start, start + 1, put(value.rstrip(",") + closer), opener)
    if not value.endswith(closer):
        yield LineSlip("sign", start, start + 1, put(quote(value)), opener)
    elif opened < closed:
        end = start + len(value)
        yield LineSlip("bracket", end - 1, end, put(value[:-1]), closer)


def _quotes(value: str, start: int, put: Callable[[str], str]) -> Iterator[LineSlip]:
    """Yield the slips of a value that opens with a quotation mark.

    The mark is not closed, or closed too early, or there is a sign in it that means something.
    """
    mark = value[0]
    closing = value.find(mark, 1)
    if closing < 0:
        yield LineSlip("quote", start, start + 1, put(value + mark), mark)
        return
    if mark == '"' and "\\" in value:
        at = start + value.index("\\")
        single_quoted = "'" + value.strip('"').replace("'", "''") + "'"
        yield LineSlip("backslash", at, at + 1, put(single_quoted), "\\")
    if closing < len(value) - 1:
        # In 'Don't' and "a "b" c" the marks around are not the value's; in "a" and "b" they are.
        around = value.count(mark) % 2 or value[closing - 1].isspace()
        words = value[1:-1] if value.endswith(mark) and around else value
        begin, end = start + closing + 1, start + len(value)
        yield LineSlip("after-quote", begin, end, put(quote(words)), mark)


def _flows(line: str) -> Iterator[LineSlip]:
    """Yield the slips of pairs between braces.

    A comma forgotten between two, a colon or a sign in the value of one, a brace not closed.
    """
    if "{" not in line and "," not in line:
        return
    for forgotten in _FORGOTTEN.finditer(line):
        start, end = forgotten.span()
        yield LineSlip("no-comma", start, end, f"{line[:start]}, {line[end:]}")
    for pair in _PAIR.finditer(line):
        value = pair["value"].rstrip()
        start = pair.start("value")
        if value:
            yield from _value_slips(value, start, _putter(line, start, value), keyed=True)
    missing = line.count("{") - line.count("}")
    if missing > 0:
        start = line.index("{")
        meant = line.rstrip().rstrip(",") + "}" * missing
        yield LineSlip("bracket", start, start + 1, meant, "{")


def _indents(line: str, above: list[str]) -> Iterator[LineSlip]:
    """Yield the line indented like one above it, or one step more."""
    if _INDENT.match(line):
        return  # that is another slip
    bare = line.lstrip(" ")
    own = len(line) - len(bare)
    widths = dict.fromkeys(len(_indent(upper)) for upper in reversed(above) if upper.strip())
    for width in (*widths, *(width + 2 for width in widths)):
        if width != own and abs(width - own) <= NEAR:
            yield LineSlip("indent", 0, max(own, 1), " " * width + bare)
