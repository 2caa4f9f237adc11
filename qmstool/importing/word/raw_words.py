"""Count what a part says without understanding it: every text of every paragraph, in any wrapper.

What goes in: the root of a part as the file has it (its tracked changes resolved, nothing else).
What comes out: its texts. This is what the reading of the file is held against at the end, so it
shares nothing with that reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.word.xml import M, W

if TYPE_CHECKING:
    from qmstool.importing.word.xml import Element

_GAPS = {W + "br": " ", W + "cr": " ", W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-"}


def raw_words(root: Element) -> str:
    """Return the texts of a part, a line for each paragraph; text boxes are their own lines."""
    lines: dict[Element | None, list[str]] = {}
    for element in root.iter(W + "t", M + "t", *_GAPS):
        if element.tag in _GAPS and element.getparent().tag != W + "r":
            continue  # the tab stops of a paragraph
        paragraph = next(element.iterancestors(W + "p"), None)
        text = _GAPS.get(element.tag) or element.text or ""
        lines.setdefault(paragraph, []).append(text)
    return "\n".join("".join(pieces) for pieces in lines.values())
