"""Say, for each kind of node, which pieces of HTML and which nodes it is written as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown import containers as tree
from qmstool.parsing.markdown import inlines
from qmstool.parsing.markdown.html import escapes
from qmstool.parsing.markdown.html.context import LINE
from qmstool.parsing.markdown.plain import alternative
from qmstool.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from qmstool.parsing.markdown.html.context import HtmlContext

Parts = list[Any]
ONE_BY_ONE = 2
_COMMENT = regex(r"(?s:<!--.*?-->)")
# Ends a comment in a browser too, and none in Markdown.
_OTHER_END = "--!>"


def _element(tag: str) -> Callable[[HtmlContext, Any], Parts]:
    """Return a writer of an element within a line."""
    return lambda _context, node: [f"<{tag}>", *node.children, f"</{tag}>"]


def _link(context: HtmlContext, node: inlines.Link) -> Parts:
    href = escapes.address(context.options.link(node.target, node))
    return [f'<a href="{href}"{_title(node.title)}>', *node.children, "</a>"]


def _image(context: HtmlContext, node: inlines.Image) -> Parts:
    src = escapes.address(context.options.link(node.target, node))
    words = escapes.attribute(alternative(node).replace("\n", " "))
    return [f'<img src="{src}" alt="{words}"{_title(node.title)} />']


def _title(words: str) -> str:
    return f' title="{escapes.attribute(words)}"' if words else ""


def _call(context: HtmlContext, node: inlines.FootnoteReference) -> Parts:
    return [context.notes.call(node)]


def _box(_context: HtmlContext, node: inlines.TaskBox) -> Parts:
    checked = ' checked=""' if node.checked else ""
    return [f'<input disabled="" type="checkbox"{checked}/>\n']


def _paragraph(_context: HtmlContext, node: tree.Paragraph) -> Parts:
    if node.tight:
        return list(node.children)
    return [LINE, "<p>", *node.children, "</p>\n"]


def _heading(context: HtmlContext, node: tree.Heading) -> Parts:
    name = context.options.heading_id(node)
    if not name:
        return [LINE, f"<h{node.level}>", *node.children, f"</h{node.level}>\n"]
    opening = f'<h{node.level} id="{escapes.attribute(name)}">'
    return [LINE, opening, *node.children, _permalink(context, name), f"</h{node.level}>\n"]


def _permalink(context: HtmlContext, name: str) -> str:
    """Return the sign behind a heading that leads to it, if the page wants one."""
    words = context.options.permalink
    if not words:
        return ""
    title, href = escapes.attribute(words), escapes.address(f"#{name}")
    return f'<a class="headerlink" href="{href}" title="{title}">¶</a>'


def _list(_context: HtmlContext, node: tree.List) -> Parts:
    if node.first is None:
        return [LINE, "<ul>\n", *node.children, "</ul>\n"]
    look = ' class="paren"' if node.delimiter == ")" else ""
    start = f' start="{node.first}"' if node.first != 1 else ""
    return [LINE, f"<ol{start}{look}>\n", *_numbered(node), "</ol>\n"]


def _numbered(node: tree.List) -> Parts:
    """Return the items of a list, with its number each that would be counted otherwise.

    Items that all have one number typed are counted: so people write who leave counting to us.
    """
    typed = [item.typed for item in node.children]
    counted = len(typed) >= ONE_BY_ONE and len(set(typed)) == 1
    parts: Parts = []
    following = node.first
    for item, number in zip(node.children, typed, strict=True):
        if counted or number == following or number is None:
            parts.append(item)
        else:
            following = number
            parts += [LINE, f'<li value="{number}">', *item.children, "</li>\n"]
        following = (following or 0) + 1
    return parts


def _item(_context: HtmlContext, node: tree.Item) -> Parts:
    return [LINE, "<li>", *node.children, "</li>\n"]


def _table(context: HtmlContext, node: tree.TableBlock) -> Parts:
    box = context.options.table_class
    opening, closing = (f'<div class="{box}">\n', "</div>\n") if box else ("", "")
    head = _cells("th", node.head, node.alignments)
    rows = [
        part
        for row in node.rows
        for part in ["<tr>", *_cells("td", row, node.alignments), "</tr>\n"]
    ]
    before = [opening, "<table><thead><tr>", *head, "</tr></thead><tbody>\n"]
    return [*before, *rows, "</tbody></table>\n", closing]


def _cells(tag: str, row: tree.Row, alignments: Sequence[tree.Alignment]) -> Parts:
    parts: Parts = []
    for cell, alignment in zip(row.cells, alignments, strict=False):
        look = f' align="{alignment}"' if alignment else ""
        parts += [f"<{tag}{look}>", *cell.children, f"</{tag}>"]
    return parts


def _quote(_context: HtmlContext, node: tree.Quote) -> Parts:
    return [LINE, "<blockquote>\n", *node.children, "</blockquote>\n"]


def _alert(context: HtmlContext, node: tree.Alert) -> Parts:
    title = context.options.alert_titles.get(node.kind)
    if title is None:
        opening = f'<blockquote class="markdown-alert-{node.kind}">\n'
        return [LINE, opening, *node.children, "</blockquote>\n"]
    words = [f'<p class="admonition-title">{escapes.text(title)}</p>\n']
    return [LINE, f'<div class="admonition {node.kind}">\n', *words, *node.children, "</div>\n"]


def _code_block(_context: HtmlContext, node: tree.CodeBlock) -> Parts:
    language = (node.info or "").split(" ", 1)[0]
    look = f' class="language-{escapes.attribute(language)}"' if language else ""
    return [LINE, f"<pre><code{look}>", escapes.text(node.text), "</code></pre>\n"]


def _admonition(_context: HtmlContext, node: tree.Admonition) -> Parts:
    title: Parts = list(node.title or ())
    if node.title is None:
        title = [escapes.text(node.kind.split(" ")[0].capitalize())]
    kind = escapes.attribute(node.kind)
    if not node.folds:
        words = ['<p class="admonition-title">', *title, "</p>\n"] if title else []
        return [LINE, f'<div class="admonition {kind}">\n', *words, *node.children, "</div>\n"]
    look = f' class="{kind}"' if kind else ""
    opened = ' open="open"' if node.opened else ""
    words = ["<summary>", *title, "</summary>\n"]
    return [LINE, f"<details{look}{opened}>\n", *words, *node.children, "</details>\n"]


def _raw(_context: HtmlContext, node: Any) -> Parts:
    text = node.text
    return [_COMMENT.sub(_ends_once, text) if _OTHER_END in text else text]


def _ends_once(comment: re.Match[str]) -> str:
    """Return a comment that a browser ends where Markdown does, and so shows none of its words."""
    return comment[0].replace(_OTHER_END, "--!&gt;")


def _nothing(_context: HtmlContext, _node: Any) -> Parts:
    return []


WRITERS: dict[type, Callable[[HtmlContext, Any], Parts]] = {
    inlines.TextRun: lambda context, node: [context.text(node.text)],
    inlines.Code: lambda _, node: [f"<code>{escapes.text(node.text)}</code>"],
    inlines.Emphasis: _element("em"),
    inlines.Strong: _element("strong"),
    inlines.Strike: _element("del"),
    inlines.Link: _link,
    inlines.Image: _image,
    inlines.SoftBreak: lambda _, __: ["\n"],
    inlines.HardBreak: lambda _, __: ["<br />\n"],
    inlines.InlineHtml: _raw,
    inlines.FootnoteReference: _call,
    inlines.TaskBox: _box,
    tree.Paragraph: _paragraph,
    tree.Heading: _heading,
    tree.List: _list,
    tree.Item: _item,
    tree.TableBlock: _table,
    tree.Quote: _quote,
    tree.Alert: _alert,
    tree.CodeBlock: _code_block,
    tree.HtmlBlock: _raw,
    tree.ThematicBreak: lambda _, __: [LINE, "<hr />\n"],
    tree.DefinitionList: lambda _, node: [LINE, "<dl>\n", *node.children, "</dl>\n"],
    tree.Term: lambda _, node: [LINE, "<dt>", *node.children, "</dt>\n"],
    tree.Definition: lambda _, node: [LINE, "<dd>", *node.children, "</dd>\n"],
    tree.FootnoteDefinition: _nothing,
    tree.Admonition: _admonition,
    tree.AbbreviationDefinition: _nothing,
}
