"""Write the inside of a paragraph as Markdown: every sign that means something is escaped.

What goes in: spans. What comes out: Markdown whose text is that of the spans to the letter.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from qmstool.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmstool.importing.blocks import Span

_SIGN = re.compile(
    r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|&(?=#?\w+;)|\{(?=[#.:%{])|!(?=\[)"
)
# What would begin something else at the head of a line: heading, quotation, list, rule, table.
_HEAD = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|:|-{3,}\s*$|\|)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def escape(text: str) -> str:
    """Return a text with a backslash before each sign that Markdown would take for its own."""
    return _SIGN.sub(lambda sign: "\\" + sign[0], text)


def escape_head(line: str) -> str:
    """Return a line, already escaped inside, that begins a plain paragraph whatever it says."""
    number = _NUMBER.match(line)
    if number:
        return f"{number[1]}\\{line[number.start(2) :]}"
    return "\\" + line if _HEAD.match(line) else line


def write_spans(spans: Sequence[Span], note: Callable[[str], str], picture: Picture) -> str:
    r"""Return spans as Markdown; a line break is «\n».

    `note`: key of a footnote → its mark; `picture`: path and text of a picture → its Markdown.
    """
    pieces = []
    for number, span in enumerate(spans):
        if span.note:
            pieces.append(note(span.note))
        elif span.picture:
            pieces.append(picture(span.picture, span.text))
        else:
            before = spans[number - 1].text[-1:] if number else ""
            after = spans[number + 1].text[:1] if number + 1 < len(spans) else ""
            pieces.append(_write_text(span, before, after))
    return "".join(pieces)


def plain(spans: Sequence[Span]) -> list[Span]:
    """Return spans without emphasis, as in a heading, which has its own."""
    return [replace(span, bold=False, italic=False) for span in spans]


def _write_text(span: Span, before: str, after: str) -> str:
    match = _EDGES.fullmatch(span.text)
    head, text, tail = match.groups() if match else ("", span.text, "")
    if not text:
        return span.text
    written = escape(text)
    if span.raised:
        written = f"<{span.raised}>{written}</{span.raised}>"
    sign = "**" * span.bold + "*" * span.italic
    if sign and "\n" not in text and _holds(text, head or before, tail or after):
        written = f"{sign}{written}{sign}"
    if span.struck:
        written = f"~~{written}~~"
    if span.link and "\n" not in text:
        address = span.link.replace("(", "%28").replace(")", "%29").replace("<", "%3C")
        written = f"[{written}]({address})"
    return f"{head}{written}{tail}"


def _holds(text: str, before: str, after: str) -> bool:
    """Whether emphasis around a text would be read as such beside its neighbours."""
    opens = text[0].isalnum() or not before or not before.isalnum()
    closes = text[-1].isalnum() or not after or not after.isalnum()
    return opens and closes


def write_html(spans: Sequence[Span], note: Callable[[str], str], picture: Picture) -> str:
    """Return spans as HTML for the cell of a table that no Markdown table can hold."""
    pieces = []
    for span in spans:
        if span.note:
            pieces.append(note(span.note))
        elif span.picture:
            pieces.append(picture(span.picture, span.text))
        else:
            text = html.escape(span.text, quote=False).replace("\n", "<br>")
            for name in _tags(span):
                text = f"<{name}>{text}</{name}>"
            pieces.append(text)
    return "".join(pieces)


def _tags(span: Span) -> list[str]:
    tags = [span.raised] if span.raised else []
    named = (("strong", span.bold), ("em", span.italic), ("del", span.struck))
    return tags + [name for name, is_on in named if is_on]


if TYPE_CHECKING:
    Picture = Callable[[str, str], str]
