"""Markdown text → headings, links, ids, suppressions and running text, each at its place: what the renderer makes of it.

The renderer is Python-Markdown with tables, footnotes, definition lists, attribute lists, abbreviations, admonitions, details,
Markdown in HTML, sane lists and superfences; `tests/parsing/markdown/test_oracle.py` compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.markdown.blocks import BlockReader
from qmstool.parsing.markdown.collector import Facts
from qmstool.parsing.markdown.grammar import RULES
from qmstool.parsing.markdown.html_blocks import extract
from qmstool.parsing.markdown.html_tags import Tokens
from qmstool.parsing.markdown.inline import InlineReader
from qmstool.parsing.markdown.source_map import Draft, tidied, unfenced
from qmstool.parsing.markdown.suppressions import Allowance, allowances

if TYPE_CHECKING:
    from qmstool.parsing.markdown.collector import LinkFact, Piece, TitleFact
    from qmstool.parsing.markdown.source_map import Span

HIDDEN = "\0"
MARK = "\1"
"""What stands in `Page.prose` for characters that are not running text, and for the delimiters of inline markup."""

_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{1,2})+(?=[.):]?(?:\s|$))|\d{1,3}(?=[.)](?:\s|$))|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?=[.)](?:\s|$)))[.):]?\s*"
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[\W_]+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_NO_BREAK = re.compile(r"&(?:nbsp|#160|#[xX][aA]0);")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `start` to `end` is its title, `line_start` to `line_end` the whole construct.

    `number` is what is typed at its head ("5.2" of "5.2. Title"); `anchor` is the id that the site
    gives it.
    """

    level: int
    text: str
    number: str | None
    anchor: str
    explicit: bool
    start: int
    end: int
    id_start: int
    id_end: int
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image; of one that goes by a `reference`, the target stands in the definition."""

    image: bool
    target: str
    text: str
    start: int
    end: int
    target_start: int
    target_end: int
    reference: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id that is not a heading's."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MissingReference:
    """A label in brackets, or a footnote's (with its `^`), that has no definition."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """The definition of a footnote, by the place of its label in brackets, and whether running text calls it."""

    label: str
    called: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedMarkdown:
    """All that is to be known of a Markdown text.

    `prose` is as long as the text and holds its running text only.

    A blank written as `&nbsp;` is one there. `blocks` are the places of paragraphs, headings, items
    and cells; `raw` those of HTML in which Markdown is not read.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    anchors: tuple[Anchor, ...]
    missing: tuple[MissingReference, ...]
    allowances: tuple[Allowance, ...]
    footnotes: tuple[Footnote, ...]
    prose: str
    blocks: tuple[Span, ...]
    raw: tuple[Span, ...]


def scan(text: str, start: int = 0) -> ParsedMarkdown:
    """Scan a Markdown text whose body begins at `start`."""
    return _Scan(text, start).page()


def split_number(title: str) -> tuple[str | None, str]:
    """Split a title into the number typed at its head, if there is one, and the rest."""
    number = _NUMBER.match(title)
    return (number[1], title[number.end() :]) if number else (None, title)


def slugify(text: str) -> str:
    """Return a text as a slug: small letters without accents, digits, hyphens; never empty."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower().replace("đ", "d")))
    return _NOT_WORD.sub("-", bare).strip("-") or "muc"


class _Scan:
    """One scan: the drafts, what was read from the last of them, and the way back to the text."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._plain = unfenced(tidied(Draft(text, start)))
        self._extraction = extract(self._plain)
        self._draft = self._extraction.draft
        reader = BlockReader(self._draft, self._extraction.elements, RULES)
        reader.read()
        inline = InlineReader(reader)
        self._units = inline.read(reader.units)
        self._facts = inline.facts
        self._notes = reader.notes
        self._painted = _painted(self._draft.text, inline.facts.pieces)

    def page(self) -> ParsedMarkdown:
        """Return what was found, in places of the text."""
        raw = self._raw_facts()
        links = [self._link(fact) for fact in self._facts.links] + [
            self._raw_link(fact) for fact in raw.links
        ]
        anchors = [self._place(*span) for span in self._facts.anchors] + [
            self._plain.span(*span) for span in raw.anchors
        ]
        comments = [self._place(*span) for span in self._facts.comments]
        comments += [self._plain.span(*span) for span in self._extraction.comments]
        return ParsedMarkdown(
            tuple(sorted([self._heading(title) for title in self._facts.titles], key=_start)),
            tuple(sorted(links, key=_start)),
            tuple([Anchor(self._text[start:end], start, end) for start, end in sorted(anchors)]),
            tuple(
                [
                    MissingReference(label, *self._place(start, end))
                    for label, start, end in self._facts.missing
                ]
            ),
            tuple(allowances(self._text, sorted(comments))),
            tuple(
                sorted(
                    [
                        Footnote(label, label in self._facts.called, *self._place(*span))
                        for label, span in self._notes
                    ],
                    key=_start,
                )
            ),
            self._prose(),
            tuple(
                sorted(
                    self._places([(unit.lines[0][0], unit.lines[-1][1]) for unit in self._units])
                )
            ),
            tuple([self._plain.span(*span) for span in self._extraction.raw]),
        )

    def _place(self, start: int, end: int) -> Span:
        """Return where a stretch of the last draft stands in the text."""
        return (start, end) if self._draft.original else self._draft.span(start, end)

    def _places(self, spans: list[Span]) -> list[Span]:
        return spans if self._draft.original else [self._draft.span(*span) for span in spans]

    def _heading(self, title: TitleFact) -> Heading:
        line = title.unit.lines[0]
        words = self._words(line[0], title.end)
        number, _ = split_number(words)
        start, end = self._place(line[0], title.end)
        id_start, id_end = self._place(*title.id) if title.id else (start, end)
        first, last = self._place(*title.unit.construct)
        return Heading(
            level=title.unit.kind,
            text=words,
            number=number,
            anchor=self._text[id_start:id_end] if title.id else _anchor(number, words),
            explicit=title.id is not None,
            start=start,
            end=end,
            id_start=id_start,
            id_end=id_end,
            line_start=self._text.rfind("\n", 0, first) + 1,
            line_end=last,
        )

    def _words(self, start: int, end: int) -> str:
        """Return the words that are painted there."""
        return _decoded(
            " ".join(self._painted[start:end].replace(HIDDEN, "").replace(MARK, "").split())
        )

    def _link(self, fact: LinkFact) -> Link:
        text = self._draft.text
        target = text[slice(*fact.target)]
        if fact.image or fact.words == fact.target:
            words = _decoded(_unescaped(text[slice(*fact.words)]))
        else:
            words = self._words(*fact.words)
        return Link(
            fact.image,
            fact.scheme + _decoded(_unescaped(target) if fact.escapes else target),
            words,
            *self._place(fact.start, fact.end),
            *self._place(*fact.target),
            fact.reference,
        )

    def _raw_link(self, fact: LinkFact) -> Link:
        target, words = (
            _decoded(self._plain.text[slice(*span)]) for span in (fact.target, fact.words)
        )
        return Link(
            fact.image,
            target,
            words,
            *self._plain.span(fact.start, fact.end),
            *self._plain.span(*fact.target),
            reference=False,
        )

    def _raw_facts(self) -> Facts:
        """Return the links and ids in raw HTML, in places of the draft before it was taken out."""
        facts = Facts()
        if self._extraction.raw:
            tokens = Tokens(self._plain.text)
            for start, end in self._extraction.raw:
                for tag in tokens.tags(start, end):
                    facts.take_tag(tag)
        return facts

    def _prose(self) -> str:
        prose = self._running_text()
        return _NO_BREAK.sub(_no_break, prose) if "&" in prose else prose

    def _running_text(self) -> str:
        if self._draft is self._plain:
            return self._plain.project(self._painted)
        tokens = Tokens(self._plain.text)
        painted = self._draft.back(self._painted)
        parts = []
        at = 0
        for start, end in self._extraction.raw:
            for first, last in tokens.visible(start, end):
                if at <= first < last <= end:
                    parts += [painted[at:first], self._plain.text[first:last]]
                    at = last
        return self._plain.project("".join([*parts, painted[at:]]))


def _no_break(entity: re.Match[str]) -> str:
    return "\u00a0" + MARK * (len(entity[0]) - 1)


def _painted(text: str, pieces: list[Piece]) -> str:
    """Return a draft with only its words, and marks for the delimiters among them."""
    parts = []
    at = 0
    for start, end, mark in sorted(pieces):
        if at < start:
            parts.append(HIDDEN * (start - at))
        parts.append(MARK * (end - start) if mark else text[start:end])
        at = end
    parts.append(HIDDEN * (len(text) - at))
    return "".join(parts)


def _anchor(number: str | None, words: str) -> str:
    return f"muc-{number.replace('.', '-').lower()}" if number else slugify(words)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _decoded(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    from html import unescape  # noqa: PLC0415 - few texts have any, and its table costs start-up

    return unescape(entity[0])


def _start(found: Heading | Link | Footnote) -> int:
    return found.start
