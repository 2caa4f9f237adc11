"""Data that YAML refuses → the slip behind it: its cause, its place, and the line as it was meant.

YAML says where it gave up, often lines below the slip. So every slip that the lines nearby could
hold is mended in a copy, and the copy is read: the slip whose mend lets the reading go furthest is
the cause. What no mend helps is not guessed at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.yaml.coercions import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.parsing.markdown.source_map import Span

# How many lines before the place where reading stopped may hold the slip, and how many after it are
# read to see what a mend does.
BEFORE, AFTER = 12, 25
# By how many blanks an indent may be off.
NEAR = 4
# More blanks than any indent has.
WIDEST = 100
# Blanks that Word and web pages put in, and that YAML takes for letters.
ODD_BLANK = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
KEY = r"(?:[A-Za-z][\w.-]*|\"[^\"]*\")"
_HEAD = re.compile(
    r"[ \t]*(?:-[ ]+)*(?:(?P<key>[^\s\"'#\[\]{}:-][^:#\[\]{}]*?|\"[^\"]*\"):[ \t]+)?(?P<value>.*)"
)
_INDENT = re.compile(rf"[ \t]*[\t{ODD_BLANK}][ \t{ODD_BLANK}]*", re.MULTILINE)
_NO_BLANK = re.compile(rf"[ \t]*(?:-[ ]+)*{KEY}(?P<at>:)(?=[^\s:/])")
_ODD_JOINT = re.compile(rf"[ \t]*(?:(?:-[ ]+)*{KEY}:|-)(?P<at>[ ]*[{ODD_BLANK}][ {ODD_BLANK}]*)")
_WIDE = re.compile(rf"[ \t]*(?:-[ ]+)*{KEY}[ \t]*(?P<at>[\uff1a\ufe55\u2236])[ \t]*")
_NO_DASH_BLANK = re.compile(r"[ \t]*(?P<at>[-\u2010-\u2015\u2212\u2022])(?=[^\s-])")
_WRONG_DASH = re.compile(r"[ \t]*(?P<at>[\u2010-\u2015\u2212\u2022*+])[ \t]+(?=\S)")
_NO_COLON = re.compile(r"[ \t]*(?:-[ ]+)*[A-Za-z][A-Za-z_]*(?P<at>[ \t]*[=;][ \t]*|[ \t]+|$)")
_LINE_END = re.compile("[\u0085\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+#(?:[ \t].*)?$")
_SIGNS = "*&!@`%|>,?]}"
_BAR = re.compile(r"(?:-{3}|\.{3}|[\u2010-\u2015\u2212-]{1,5})[ \t]*$")
_PAIR = re.compile(rf"(?P<open>[{{,]\s*{KEY}:[ \t]+)(?P<value>(?:(?!,\s*{KEY}:\s|\}}).)*)")
_FORGOTTEN = re.compile(r"(?<=[^\s,{[])[ \t]+(?=[a-z_]{3,}:[ \t])")
_CURLY = str.maketrans("\u201c\u201d\u201e\u2018\u2019", '"""\'\'')


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """A cause by its name; the offsets of the wrong words, and of their line; the line as it was meant; the sign at fault."""

    cause: str
    start: int
    end: int
    line: Span
    meant: str
    sign: str


@dataclass(frozen=True, slots=True)
class _Try:
    """A slip that a line could hold: where within the line, and the line without it."""

    cause: str
    start: int
    end: int
    line: str
    sign: str = ""


def diagnose(
    text: str, at: int, opened: int, reach: Callable[[str], int | None]
) -> YamlMistake | None:
    """Return the slip that keeps `text` from being read, or None where no mend helps.

    `at`, `opened`: where YAML gave up, and where what it was reading begins; `reach`: where it
    gives up on a text, None if nowhere.
    """
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    last = _row(starts, at)
    first = max(0, min(last - BEFORE, _row(starts, opened)), last - 4 * BEFORE)
    tail = starts[last + AFTER] if last + AFTER < len(starts) else len(text)
    part, base = _part(text, starts, first, tail)
    stop = reach(part)
    if stop is None:
        return None
    best: YamlMistake | None = None
    left = len(part) - stop, 0
    for row in range(last, first - 1, -1):
        begin = starts[row]
        line = text[
            begin : (
                starts[row + 1] - 1 if row + 1 < len(starts) and starts[row + 1] <= tail else tail
            )
        ]
        for each in _tries(
            line, [text[start:].partition("\n")[0] for start in starts[max(0, row - 6) : row]]
        ):
            mended = part[: begin - base] + each.line + part[begin - base + len(line) :]
            got = reach(mended)
            # Of mends that help alike, a line that was to stand elsewhere is the last to be
            # believed.
            after = -1 if got is None else len(mended) - got, int(each.cause == "indent")
            if after < left:
                left = after
                best = YamlMistake(
                    each.cause,
                    begin + each.start,
                    begin + each.end,
                    (begin, begin + len(line)),
                    each.line,
                    each.sign,
                )
    return best or _everywhere(text, starts, range(first, last + 1), (part, base, stop), reach)


def _everywhere(
    text: str,
    starts: list[int],
    rows: range,
    read: tuple[str, int, int],
    reach: Callable[[str], int | None],
) -> YamlMistake | None:
    """The first of many like slips, where only the mend of all of them helps."""
    part, base, stop = read
    lines = [(starts[row], text[starts[row] :].partition("\n")[0]) for row in rows]
    for cause in ("no-blank", "wide-colon", "no-dash-blank"):
        tries = [
            (begin, line, each)
            for begin, line in lines
            for each in _joints(line)
            if each.cause == cause
        ]
        mended = part
        for begin, line, each in reversed(tries):
            mended = mended[: begin - base] + each.line + mended[begin - base + len(line) :]
        got = reach(mended) if tries else stop
        if got is None or len(mended) - got < len(part) - stop:
            begin, line, each = tries[0]
            return YamlMistake(
                each.cause,
                begin + each.start,
                begin + each.end,
                (begin, begin + len(line)),
                each.line,
                each.sign,
            )
    return None


def _row(starts: list[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)


def _part(text: str, starts: list[int], row: int, tail: int) -> tuple[str, int]:
    """What is read to see what a mend does, and the offset of a line in `text` less that in it.

    It is the entry around the row, under the key that holds all such entries: a register may have
    thousands.
    """
    top = row
    while top and not text[starts[top] : starts[top] + 1].isalpha():
        top -= 1
    entry, child = row, _indent(text, starts, top + 1)
    while entry > top + 1 and (
        _indent(text, starts, entry) != child
        or text[starts[entry] + child : starts[entry] + child + 1] in "#\n"
    ):
        entry -= 1
    if entry <= top + 1 or not child:
        return text[starts[top] : tail], starts[top]
    head = text[starts[top] : starts[top + 1]]
    return head + text[starts[entry] : tail], starts[entry] - len(head)


def _indent(text: str, starts: list[int], row: int) -> int:
    line = text[starts[row] : starts[row] + WIDEST] if row < len(starts) else ""
    return len(line) - len(line.lstrip(" "))


def _tries(line: str, above: list[str]) -> Iterator[_Try]:
    """Every slip that a line could hold, the plainest first; `above` are the lines before it."""
    if not line.strip() or line.lstrip().startswith("#"):
        return
    yield from _blanks(line, above)
    yield from _joints(line)
    head = _HEAD.match(line)
    if head and head["value"]:
        yield from _values(line, head)
    yield from _flows(line)
    yield from _indents(line, above)


def _blanks(line: str, above: list[str]) -> Iterator[_Try]:
    """Tabs and odd blanks that indent, and a bar where only data may stand."""
    odd = _INDENT.match(line)
    if odd:
        rest = line[odd.end() :]
        tab = "\t" in odd[0]
        blanks = [re.sub(rf"[{ODD_BLANK}]", " ", odd[0]).expandtabs(width) for width in (2, 4, 8)]
        for indent in (
            *blanks,
            *(each[: len(each) - len(each.lstrip(" "))] for each in reversed(above)),
        ):
            yield _Try("tab" if tab else "blank", odd.start(), odd.end(), indent + rest)
    if broken := _LINE_END.search(line):
        yield _Try("character", *broken.span(), _LINE_END.sub(" ", line), f"U+{ord(broken[0]):04X}")
    if _BAR.match(line):
        yield _Try("second", 0, len(line.rstrip()), "")


def _joints(line: str) -> Iterator[_Try]:
    """What stands between a key and its value, or before an item: a blank or a colon forgotten, another sign in its place."""
    if found := _WIDE.match(line):
        yield _Try(
            "wide-colon",
            *found.span("at"),
            f"{line[: found.start('at')].rstrip()}: {line[found.end() :]}",
            found["at"],
        )
    if found := _ODD_JOINT.match(line):
        yield _Try(
            "blank", *found.span("at"), f"{line[: found.start('at')]} {line[found.end('at') :]}"
        )
    if found := _NO_BLANK.match(line):
        yield _Try(
            "no-blank", found.start(), found.end(), f"{line[: found.end()]} {line[found.end() :]}"
        )
    if found := _NO_DASH_BLANK.match(line):
        yield _Try(
            "no-dash-blank",
            *found.span("at"),
            f"{line[: found.start('at')]}- {line[found.end() :]}",
        )
    if found := _WRONG_DASH.match(line):
        yield _Try(
            "wrong-dash",
            *found.span("at"),
            f"{line[: found.start('at')]}- {line[found.end() :]}",
            found["at"],
        )
    if (found := _NO_COLON.match(line)) and not line[found.end() :].startswith(":"):
        begin = len(line) - len(line.lstrip(" \t"))
        yield _Try(
            "no-colon",
            begin,
            found.start("at"),
            f"{line[: found.start('at')]}: {line[found.end() :]}".rstrip(),
        )


def _values(line: str, head: re.Match[str]) -> Iterator[_Try]:
    """What the value of a line opens with or holds."""
    comment = _COMMENT.search(line, head.start("value"))
    start, end = head.start("value"), comment.start() if comment else len(line)
    value = line[start:end].rstrip()
    if value:
        yield from _valued(value, start, _putting(line, start, value), keyed=bool(head["key"]))


def _putting(line: str, start: int, value: str) -> Callable[[str], str]:
    """Return the function that puts other words in the place of a value of a line."""
    return lambda words: f"{line[:start]}{words}{line[start + len(value) :]}"


def _valued(value: str, start: int, mended: Callable[[str], str], *, keyed: bool) -> Iterator[_Try]:
    """The slips of one value that begins at `start` of its line; `mended` is the line with other words in its place."""
    first = value[0]
    if first in "\u201c\u201d\u201e\u2018\u2019":
        yield _Try(
            "word-quotes",
            start,
            start + 1,
            mended(quote(value.translate(_CURLY).strip("\"'"))),
            first,
        )
    elif first in "\"'":
        yield from _quotes(value, start, mended)
    elif first in "[{":
        closer = {"[": "]", "{": "}"}[first]
        if value.count(first) > value.count(closer):
            yield _Try("bracket", start, start + 1, mended(value.rstrip(",") + closer), first)
        if value.endswith(closer) and value.count(first) < value.count(closer):
            end = start + len(value)
            yield _Try("bracket", end - 1, end, mended(value[:-1]), closer)
        if not value.endswith(closer):
            yield _Try("sign", start, start + 1, mended(quote(value)), first)
    elif first in _SIGNS or (first == "-" and keyed):
        yield _Try("sign", start, start + 1, mended(quote(value)), first)
    elif keyed and (colon := re.search(r":(?=\s|$)", value)):
        yield _Try("colon", start + colon.start(), start + colon.end(), mended(quote(value)))
    elif keyed and (cut := re.search(r"\s#", value)):
        yield _Try("hash", start + cut.end() - 1, start + cut.end(), mended(quote(value)), "#")


def _quotes(value: str, start: int, mended: Callable[[str], str]) -> Iterator[_Try]:
    """A value that opens with a quotation mark: not closed, closed too early, or with a sign that means something in it."""
    mark = value[0]
    closing = value.find(mark, 1)
    if closing < 0:
        yield _Try("quote", start, start + 1, mended(value + mark), mark)
        return
    if mark == '"' and "\\" in value:
        at = value.index("\\")
        yield _Try(
            "backslash",
            start + at,
            start + at + 1,
            mended("'" + value.strip('"').replace("'", "''") + "'"),
            "\\",
        )
    if closing < len(value) - 1:
        # In 'Don't' and "a "b" c" the marks around are not the value's; in "a" and "b" they are.
        once = value.endswith(mark) and (value.count(mark) % 2 or value[closing - 1].isspace())
        whole = quote(value[1:-1] if once else value)
        yield _Try("after-quote", start + closing + 1, start + len(value), mended(whole), mark)


def _flows(line: str) -> Iterator[_Try]:
    """Pairs between braces: a comma forgotten between two, a colon or a sign in the value of one."""
    if "{" not in line and "," not in line:
        return
    for found in _FORGOTTEN.finditer(line):
        yield _Try(
            "no-comma",
            found.start(),
            found.end(),
            f"{line[: found.start()]}, {line[found.end() :]}",
        )
    for found in _PAIR.finditer(line):
        value = found["value"].rstrip()
        if value:
            yield from _valued(
                value, found.start("value"), _putting(line, found.start("value"), value), keyed=True
            )
    if line.count("{") > line.count("}"):
        at = line.index("{")
        yield _Try(
            "bracket",
            at,
            at + 1,
            line.rstrip().rstrip(",") + "}" * (line.count("{") - line.count("}")),
            "{",
        )


def _indents(line: str, above: list[str]) -> Iterator[_Try]:
    """The line indented like one above it, or one step more."""
    bare = line.lstrip(" ")
    if _INDENT.match(line):
        return  # that is another slip
    own = len(line) - len(bare)
    widths = dict.fromkeys(
        len(each) - len(each.lstrip(" ")) for each in reversed(above) if each.strip()
    )
    for width in (*widths, *(each + 2 for each in widths)):
        if width != own and abs(width - own) <= NEAR:
            yield _Try("indent", 0, max(own, 1), " " * width + bare)
