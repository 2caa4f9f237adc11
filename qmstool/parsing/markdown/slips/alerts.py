"""Find alerts that are none: another kind, words on their first line, no sign of a quotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import Block

_MARK = regex(
    r"^[ \t>]*(?P<sign>\\?\[[ \t]*![ \t]*(?P<kind>[^\]\\\n]{1,30}?)[ \t]*\\?\])(?!\()", re.MULTILINE
)
_UNDRAWN_IN = (tree.Item, tree.Quote, tree.Alert, tree.FootnoteDefinition)
_KINDS = frozenset({"note", "tip", "important", "warning", "caution"})


def alert_slips(source: str, paragraph: tree.Paragraph, parent: Block | None) -> Iterator[Slip]:
    """Yield one slip for a paragraph with the first line of an alert that opened none.

    `alert-kind` names no kind, `alert-words` has words behind it, `alert-plain` stands in no
    quotation of its own or is not typed exactly.
    """
    words = source[paragraph.start : paragraph.end]
    found = _MARK.search(words) if "!" in words else None
    if found is None or "[" in found["kind"]:
        return
    start, end = (paragraph.start + place for place in found.span("sign"))
    kind = found["kind"].strip()
    opens = isinstance(parent, tree.Quote) and start == paragraph.start
    line_end = source.find("\n", end, paragraph.end)
    behind = source[end : line_end if line_end >= 0 else paragraph.end].strip()
    if kind.lower() in _KINDS:
        exact = source[start:end].lower() == f"[!{kind.lower()}]"
        cause = "alert-words" if opens and exact and behind else "alert-plain"
    elif opens or kind.isupper():
        cause = "alert-kind"
    else:
        return
    yield Slip(start, end, cause, {"kind": kind})


def drawn_nowhere(source: str, alert: tree.Alert, parent: Block | None) -> Iterator[Slip]:
    """Yield `alert-empty` for an alert without words: what follows it stands outside.

    Yield `alert-nested` for one within a list, a quotation, a footnote or another alert: GitHub
    draws none there.
    """
    if not alert.children:
        yield Slip(alert.start, alert.end, "alert-empty", {})
    if isinstance(parent, _UNDRAWN_IN):
        start = source.find("[", alert.start)
        yield Slip(start, source.find("]", start) + 1, "alert-nested", {"kind": alert.kind.upper()})


def flat_note(note: tree.Admonition, following: Block) -> Iterator[Slip]:
    """Yield `note-flat` for words below an old note that are not indented into it."""
    if not note.children and isinstance(following, tree.Paragraph | tree.List):
        yield Slip(following.start, following.start + 1, "note-flat", {})
