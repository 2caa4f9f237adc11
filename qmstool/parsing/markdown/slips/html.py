"""Find Markdown where only HTML is read, and comments that nothing closes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.raw_html import visible
from qmstool.parsing.markdown.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import HtmlBlock

_MARKDOWN = re.compile(
    r"(?<![\w*\\])\*{1,2}(?=[^\s*])[^*]{1,500}(?<=[^\s*])\*{1,2}(?![\w*])"
    r"|(?<!\\)\[[^\[\]]{1,300}\]\([^()\s]{1,300}\)"
    r"|(?<![`\\])`[^`]{1,300}`"
)


def html_slips(block: HtmlBlock) -> Iterator[Slip]:
    """Yield `markdown-in-html` for each passage of raw HTML with markup that is shown as typed.

    Yield `comment-open` for a comment that hides all that follows.
    """
    html = MappedText(block.pieces)
    at = html.text.rfind("<!--")
    if at >= 0 and html.text.find("-->", at) < 0:
        yield Slip(*html.span(at, at + len("<!--")), "comment-open", {})
    for words in visible(html):
        found = _MARKDOWN.search(words.text)
        if found:
            yield Slip(*words.span(*found.span()), "markdown-in-html", {"said": found[0]})
