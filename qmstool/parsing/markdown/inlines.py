"""Hold what stands within a line of text: words, code, emphasis, links, pictures, breaks.

All are named tuples because a document has hundreds of them and a frozen dataclass takes three
times as long to make. Two of different classes may therefore be equal: ask for the class first.
Every node begins with its place, `start` and `end`, in code points of the text that was read.
"""

from __future__ import annotations

from typing import Literal

from qmstool.frozen import NamedTuple

Span = tuple[int, int]
LinkKind = Literal[
    "inline", "reference", "collapsed", "shortcut", "autolink", "email", "bare", "bare-email"
]
BREAK_TAGS = ("<br", "<BR", "<Br", "<bR")


class TextRun(NamedTuple):
    """Words as a reader sees them; an entity is a text of its own."""

    start: int
    end: int
    text: str

    @property
    def literal(self) -> bool:
        """Tell whether the words stand in the source as they are read, character by character."""
        return len(self.text) == self.end - self.start


class Code(NamedTuple):
    """A span of code; the place is that of its backticks, `text` what stands between them."""

    start: int
    end: int
    text: str


class Emphasis(NamedTuple):
    """Words between single stars or underscores."""

    start: int
    end: int
    children: Inlines


class Strong(NamedTuple):
    """Words between double stars or underscores."""

    start: int
    end: int
    children: Inlines


class Strike(NamedTuple):
    """Words between tildes."""

    start: int
    end: int
    children: Inlines


class Link(NamedTuple):
    """A link: where it leads (a scheme added where none was typed), and how it was written.

    `label` is that of the definition it goes by, "" for none. Where its words and its destination
    stand is told by `links.link_place`.
    """

    start: int
    end: int
    children: Inlines
    target: str
    title: str
    kind: LinkKind
    label: str


class Image(NamedTuple):
    """A picture; its children are the words shown in its place."""

    start: int
    end: int
    children: Inlines
    target: str
    title: str
    kind: LinkKind
    label: str


class SoftBreak(NamedTuple):
    """The end of a line within a paragraph, which is shown as a blank."""

    start: int
    end: int


class HardBreak(NamedTuple):
    """The end of a line that is shown as one: two blanks or a backslash before it."""

    start: int
    end: int


class InlineHtml(NamedTuple):
    """A tag or a comment within running text."""

    start: int
    end: int
    text: str

    @property
    def line_break(self) -> bool:
        """Tell whether this is a `<br>`."""
        return self.text.startswith(BREAK_TAGS) and not self.text[3:4].isalnum()


class FootnoteReference(NamedTuple):
    """The call of a footnote that is defined somewhere."""

    start: int
    end: int
    label: str


class TaskBox(NamedTuple):
    """The box of a task, `[ ]` or `[x]`."""

    start: int
    end: int
    checked: bool


Inline = (
    TextRun
    | Code
    | Emphasis
    | Strong
    | Strike
    | Link
    | Image
    | SoftBreak
    | HardBreak
    | InlineHtml
    | FootnoteReference
    | TaskBox
)
Inlines = tuple[Inline, ...]
INLINE_CLASSES: frozenset[type] = frozenset(
    {
        TextRun,
        Code,
        Emphasis,
        Strong,
        Strike,
        Link,
        Image,
        SoftBreak,
        HardBreak,
        InlineHtml,
        FootnoteReference,
        TaskBox,
    }
)
