"""One unit of running text, read in full: constructs in the renderer's order, each kind over the whole unit.

What is taken is filled with a neutral character, so that places stay the same and nothing is taken twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.code_spans import code_spans
from qmstool.parsing.markdown.collector import LinkFact, MissingFact, TitleFact
from qmstool.parsing.markdown.emphasis import emphasis
from qmstool.parsing.markdown.html_tags import read_tag
from qmstool.parsing.markdown.link_scanner import FILLER, PASSES, Passes, filled
from qmstool.parsing.markdown.tree import TEXT

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from qmstool.parsing.markdown.collector import Facts
    from qmstool.parsing.markdown.link_scanner import Found
    from qmstool.parsing.markdown.source_map import Span
    from qmstool.parsing.markdown.tree import Unit

_HIDE, _KEEP, _MARK = b"\0", b"\1", b"\2"
_PAINTED = re.compile(rb"\x01+|\x02+")

_WITHIN_WORDS = re.compile(r"[!\[<*_]")
_ESCAPE = re.compile(r"\\(?:([\\`*_{}\[\]()>#+\-.!|])|.)", re.DOTALL)
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*+-->", re.DOTALL)
_ANGLE = re.compile(
    r"""<(?:
      (?P<url>[A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>
    | (?P<mail>[^<>\ !]+@[^@<>\ ]+)>
    | (?P<tag>/?+[a-zA-Z][^\s"'<>@]*+(?:\s+[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+\s*+/?>)
    | [?](?:(?!<[?]|[?]>).)*+[?]>
    | !\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*+\]\]>
    )""",
    re.VERBOSE | re.DOTALL,
)
_STRIKE = re.compile(r"(?<![~=])(?:~~|==)(?![~=\s])|(?<![~=\s])(?:~~|==)(?![~=])")
_PLACEHOLDER = re.compile("\x02\\d*\x03")
_BREAK = "  \n"
_INLINE_ATTRIBUTES = re.compile(r"\{:? *([^{}\n ][^{}\n]*)\}")
_BRACE = re.compile(r" (?=\{:? *[^}\n ])")
_ATTRIBUTES = re.compile(
    r""" *\{:? *(?=[^}\n ])((?:[^ =}\n]++(?:="[^"\n]*+"|='[^'\n]*+'|=[^ =}\n]++)?+| )*+)\} *$"""
)
_ID = re.compile(r"""(?<![^ {:])(?:#|id=["']?)([^\s=}"']+)""")


class MarkupReader:
    """Reads one unit, painting a map of it: hidden, kept or mark."""

    def __init__(
        self,
        text: str,
        unit: Unit,
        references: Mapping[str, Span],
        footnotes: Container[str],
        facts: Facts,
    ) -> None:
        self._unit = unit
        self._references = references
        self._footnotes = footnotes
        self._facts = facts
        self._first = unit.lines[0][0]
        self._paint = bytearray(unit.lines[-1][1] - self._first)
        self._data = "\n".join([text[start:end] for start, end in unit.lines])
        self._starts: list[int] = []  # of the unit's lines in `_data`
        self._shifts: list[int] = []  # what brings a place of a line back to the draft
        self._elements: list[Span] = []
        self._lay_out(text)

    def read(self) -> bool:
        """Read the unit and tell whether any of it is words."""
        data = self._data
        if "`" in data:
            data = self._codes(data)
        if "\\" in data:
            data = self._escapes(data)
        if "~~" in data or "==" in data:
            self._strikes(data)
        self._attributes(self._within(data, 0, 0))
        for run in _PAINTED.finditer(self._paint):
            start, end = run.span()
            self._facts.pieces.append(
                (self._first + start, self._first + end, self._paint[start] == _MARK[0])
            )
        return _KEEP in self._paint

    def _lay_out(self, text: str) -> None:
        """Keep the unit's lines and the line ends between them, and mark the indentation of containers."""
        length = 0
        last = None
        for start, end in self._unit.lines:
            self._starts.append(length)
            self._shifts.append(start - length)
            length += end - start + 1
            self._color(_KEEP, length - 1 - (end - start), length - 1)
            if last is not None and "\n" not in text[last + 1 : start]:
                between = slice(last - self._first, start - self._first)
                self._paint[between] = _KEEP + _MARK * (start - last - 1)
            last = end
        for hidden in _PLACEHOLDER.finditer(self._data):
            self._color(_HIDE, *hidden.span())

    def _place(self, at: int) -> int:
        """Return where in the draft a character of the unit stands."""
        return at + (
            self._shifts[0]
            if len(self._shifts) == 1
            else self._shifts[bisect_right(self._starts, at) - 1]
        )

    def _span(self, start: int, end: int) -> Span:
        first = self._place(start)
        return first, (self._place(end - 1) + 1 if end > start else first)

    def _color(self, color: bytes, start: int, end: int) -> None:
        first, last = self._span(start, end)
        self._paint[first - self._first : last - self._first] = color * (last - first)

    def _codes(self, data: str) -> str:
        """Mark the delimiters of inline code, and take it all."""
        places = []
        for start, inner, inner_end, end in code_spans(data):
            words = data[inner:inner_end]
            self._color(_MARK, start, inner_end - len(words.lstrip()))
            self._color(_MARK, inner + len(words.rstrip()), end)
            places.append((start, end))
        self._elements += places
        return filled(data, places)

    def _escapes(self, data: str) -> str:
        """Hide the backslashes of escapes, and take what they escape."""
        places = []
        for escape in _ESCAPE.finditer(data):
            if escape[1]:
                places.append(escape.span())
                self._color(_HIDE, escape.start(), escape.start() + 1)
        return filled(data, places)

    def _strikes(self, data: str) -> None:
        """Mark delimiters that other renderers know; to this one they are text."""
        for strike in _STRIKE.finditer(data):
            self._color(_MARK, *strike.span())

    def _within(self, data: str, base: int, stage: int) -> str:
        """Read a stretch of the unit, from `base` on, for what the renderer still looks for there; return what is not taken."""
        if "<!--" in data:
            data = self._comments(data, base)
        if "[" in data:
            data = self._brackets(data, base, stage)
        if "<" in data:
            data = self._angles(data, base)
        if "*" in data or "_" in data:
            for opening, closing, size in emphasis(data.replace(_BREAK, FILLER * len(_BREAK))):
                self._color(_MARK, base + opening, base + opening + size)
                self._color(_MARK, base + closing, base + closing + size)
                self._elements.append((base + opening, base + closing + size))
        return data

    def _comments(self, data: str, base: int) -> str:
        places = [comment.span() for comment in _COMMENT.finditer(data)]
        for start, end in places:
            self._color(_HIDE, base + start, base + end)
            self._facts.comments.append(self._span(base + start, base + end))
        return filled(data, places)

    def _brackets(self, data: str, base: int, first: int) -> str:
        """Read links and images, references and the marks of footnotes."""
        passes = Passes(data, self._references)
        if first == 0 and "[^" in data:
            for start, end in passes.footnotes(self._footnotes):
                self._facts.called.add(data[start + len("[^") : end - len("]")])
                self._color(_HIDE, base + start, base + end)
                self._elements.append((base + start, base + end))
        for stage in range(first, len(PASSES)):
            form, image = PASSES[stage]
            before = passes.data
            for found in passes.find(form, image=image):
                self._link(found, base)
                words = before[slice(*found.words)]
                if not image and _WITHIN_WORDS.search(words):
                    self._within(words, base + found.words[0], stage + 1)
        for label, start, end, bracket in passes.missing:
            if passes.data[bracket] == "[":
                self._facts.missing.append(
                    MissingFact(label, *self._span(base + start, base + end))
                )
        return passes.data

    def _link(self, found: Found, base: int) -> None:
        """Note a link or an image, hide its target and mark its brackets."""
        start, end = base + found.start, base + found.end
        words = base + found.words[0], base + found.words[1]
        self._elements.append((start, end))
        if found.image:
            self._color(_HIDE, start, end)
        else:
            self._color(_MARK, start, words[0])
            self._color(_MARK, words[1], words[1] + 1)
            self._color(_HIDE, words[1] + 1, end)
        if found.target is None:
            target, inline = self._references[found.label or ""], False
        else:
            target, inline = self._span(base + found.target[0], base + found.target[1]), True
        place = self._span(start, end)
        self._facts.links.append(
            LinkFact(
                found.image,
                *place,
                self._span(*words),
                target,
                escapes=inline,
                reference=not inline,
            )
        )

    def _angles(self, data: str, base: int) -> str:
        """Read addresses in angle brackets and tags."""
        places = []
        for angle in _ANGLE.finditer(data):
            places.append(angle.span())
            start, end = base + angle.start(), base + angle.end()
            self._color(_HIDE, start, end)
            if angle["tag"]:
                self._tag(start, end)
            elif address := angle["url"] or angle["mail"]:
                place, target = self._span(start, end), self._span(start + 1, end - 1)
                scheme = "" if angle["url"] or address.startswith("mailto:") else "mailto:"
                self._facts.links.append(
                    LinkFact(
                        image=False,
                        start=place[0],
                        end=place[1],
                        words=target,
                        target=target,
                        scheme=scheme,
                    )
                )
                self._elements.append((start, end))
        return filled(data, places)

    def _tag(self, start: int, end: int) -> None:
        tag = read_tag(self._data, start, end)
        if tag:
            first, last = self._span(start, end)
            attributes = {name: self._span(*value) for name, value in tag.attributes.items()}
            self._facts.take_tag(tag._replace(start=first, end=last, attributes=attributes))

    def _attributes(self, data: str) -> None:
        """Hide the attribute lists of inline elements and of the unit itself, and note the ids that they give."""
        heading = self._unit.kind > 0
        title_end = len(data)
        title_ids: list[Span] = []
        if "{" in data:
            for found in [
                found for _, end in self._elements if (found := _INLINE_ATTRIBUTES.match(data, end))
            ]:
                self._color(_HIDE, *found.span())
                self._facts.anchors += self._ids(found)
            if found := self._closing_attributes(data):
                before = len(data[: found.start()].rstrip(" "))
                self._color(_HIDE, before, found.end())
                if heading and found.end() == len(data):
                    title_end = len(data[:before].rstrip("#").rstrip())
                    self._color(_HIDE, title_end, before)
                ids = title_ids if heading else self._facts.anchors
                ids += self._ids(found)
        if heading:
            self._facts.titles.append(
                TitleFact(
                    self._unit, self._span(0, title_end)[1], title_ids[-1] if title_ids else None
                )
            )

    def _closing_attributes(self, data: str) -> re.Match[str] | None:
        """Return the attribute list at the end of a heading or cell, or on the last line of other text."""
        first, last = 0, len(data)
        if self._elements:
            first = max([end for _, end in self._elements])
            if (
                first == last
            ):  # the renderer then looks at the end of what stands before all elements
                first, last = 0, min([start for start, _ in self._elements])
                last = data.find(_BREAK, 0, last) if _BREAK in data[:last] else last
        last -= data.endswith("\n", first, last)
        if not data[first:last].rstrip(" ").endswith("}"):
            return None
        if self._unit.kind == TEXT:
            line = data.rfind("\n", first, last) + 1
            return _ATTRIBUTES.match(data, line, last) if line else None
        brace = _BRACE.search(data, first, last)
        return _ATTRIBUTES.match(data, brace.end(), last) if brace else None

    def _ids(self, attributes: re.Match[str]) -> list[Span]:
        return [
            self._span(*found.span(1)) for found in _ID.finditer(self._data, *attributes.span(1))
        ]
