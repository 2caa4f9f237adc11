"""Translate the names that the parser gives to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.parsing.markdown.containers import AlertKind, Alignment
    from qmstool.parsing.markdown.inlines import LinkKind

LINK_KINDS: dict[str, LinkKind] = {
    "Inline": "inline",
    "Reference": "reference",
    "Collapsed": "collapsed",
    "Shortcut": "shortcut",
    "Autolink": "autolink",
    "Email": "email",
}
ALIGNMENTS: dict[str, Alignment] = {
    "None": "",
    "Left": "left",
    "Center": "center",
    "Right": "right",
}
ALERTS: dict[str, AlertKind] = {
    "Note": "note",
    "Tip": "tip",
    "Important": "important",
    "Warning": "warning",
    "Caution": "caution",
}
