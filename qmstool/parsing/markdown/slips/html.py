"""Find Markdown where only HTML is read, and comments that nothing closes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.parsing.markdown.inlines import InlineHtml
from qmstool.parsing.markdown.mapped_text import MappedText
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.raw_html import tags, visible
from qmstool.parsing.markdown.slips.html_names import KNOWN, LEFT_OUT
from qmstool.parsing.markdown.slips.slip import Slip
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.parsing.markdown.containers import HtmlBlock
    from qmstool.parsing.markdown.inlines import Inlines

_MARKDOWN = regex(
    r"(?<![\w*\\])\*{1,2}(?=[^\s*])[^*]{1,500}(?<=[^\s*])\*{1,2}(?![\w*])"
    r"|(?<!\\)\[[^\[\]]{1,300}\]\([^()\s]{1,300}\)"
    r"|(?<![`\\])`[^`]{1,300}`"
    r"|(?<![\w_\\/])_{1,2}(?=[^\s_])[^_<>]{1,300}(?<=[^\s_])_{1,2}(?![\w_])"
)
_NAME = regex(r"<([A-Za-z][A-Za-z0-9-]*)")
_LITERAL = regex(r"<(?:pre|code|textarea|style|script|kbd|samp|svg)\b", re.IGNORECASE)
_LINES = (
    regex(r"^[ \t]*(?P<said>#{1,6}[ \t]+[^\s<][^\n<]*)", re.MULTILINE),
    regex(
        r"^[ \t]*(?P<said>(?P<sign>[-*+]|\d{1,2}[.)])[ \t]+[^\n]*[^\s])[ \t]*\r?\n"
        r"[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]",
        re.MULTILINE,
    ),
    regex(r"^[ \t]*(?P<said>\|[^\n]*\|)[ \t]*\r?\n[ \t]*\|[ :|-]*-[ :|-]*$", re.MULTILINE),
)


def tag_slips(inlines: Inlines) -> Iterator[Slip]:
    """Yield a slip for each tag within a line of which a page shows nothing.

    `tag-unknown` for a name between < and > that is no tag, `tag-left-out` for one of `LEFT_OUT`.
    """
    for node in walk(inlines):
        if isinstance(node, InlineHtml):
            name = _NAME.match(node.text)
            cause = _lost(name[1].lower()) if name else None
            if cause:
                yield Slip(node.start, node.end, cause, {"said": node.text})


def _lost(name: str) -> str | None:
    """Return why a page shows nothing of a tag; None of one that it shows."""
    if name not in KNOWN:
        return "tag-unknown"
    return "tag-left-out" if name in LEFT_OUT else None


def _lost_tags(html: MappedText) -> Iterator[Slip]:
    for tag in tags(html.text):
        said = html.text[tag.start : tag.end]
        behind = said[len(tag.name) + 1 : len(tag.name) + 2]
        cause = _lost(tag.name) if tag.name[0] not in "!/" and behind in " \t\r\n/>" else None
        if cause:
            yield Slip(*html.span(tag.start, tag.end), cause, {"said": said})


def html_slips(block: HtmlBlock) -> Iterator[Slip]:
    """Yield `markdown-in-html` for each passage of raw HTML with markup that is shown as typed.

    Yield `lines-in-html` for items, headings and rows in it, `comment-hides` for a comment that
    hides all that follows, and those of `tag_slips`.
    """
    html = MappedText(block.pieces)
    at = html.text.rfind("<!--")
    if at >= 0 and html.text.find("-->", at) < 0:
        yield Slip(*html.span(at, at + len("<!--")), "comment-hides", {})
    yield from _lost_tags(html)
    if _LITERAL.search(html.text):
        return
    lines = next(filter(None, (shape.search(html.text) for shape in _LINES)), None)
    if lines and "<!--" not in html.text:
        yield Slip(*html.span(*lines.span("said")), "lines-in-html", {"said": lines["said"]})
    for words in visible(html):
        found = _MARKDOWN.search(words.text)
        if found:
            yield Slip(*words.span(*found.span()), "markdown-in-html", {"said": found[0]})
