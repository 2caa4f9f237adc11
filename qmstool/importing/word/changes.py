"""Resolve the tracked changes of a part: accept them or reject them, so that no mark is left.

What goes in: the root of a part and `accept`. What comes out: the words that are thereby gone, in
their order; the tree itself is changed. A move is a deletion and an insertion that are counted
once. Insertions, deletions, moves, marks of rows, cells and paragraph ends, changed properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.word.xml import W, all_named, unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.importing.word.xml import Element

_NEW, _OLD = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
_PROPERTIES = (
    "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "tcPrChange",
    "trPrChange", "sectPrChange", "numberingChange",
)  # fmt: skip
_RANGES = (
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
)  # fmt: skip
_CELLS = (W + "cellIns", W + "cellDel", W + "cellMerge")
_MARKS = (*_NEW, *_OLD, *_CELLS, *[W + name for name in _PROPERTIES])
_KEPT_OF_PARAGRAPH = {W + "rPr", W + "sectPr"}  # what `pPrChange` never holds


def has_changes(root: Element) -> bool:
    """Whether a part holds any tracked change."""
    return next(root.iter(*_MARKS), None) is not None


def change_marks(root: Element) -> Iterator[Element]:
    """Give the marks of tracked changes of a part."""
    yield from root.iter(*_MARKS)


def resolve_changes(root: Element, *, accept: bool) -> list[str]:
    """Accept or reject every change; return the texts that are thereby gone."""
    gone_names, kept_names = (_OLD, _NEW) if accept else (_NEW, _OLD)
    gone: list[str] = []
    _restore_properties(root, accept=accept)
    _resolve_rows(root, gone_names, gone)
    _resolve_cells(root, gone, accept=accept)
    joined = _paragraphs_to_join(root, gone_names)
    for mark in [*_marks_in_properties(root)]:
        mark.getparent().remove(mark)
    for element in all_named(root, *gone_names):
        if element.getparent() is not None:
            gone.append(words_of(element))
            element.getparent().remove(element)
    for element in all_named(root, *kept_names):
        unwrap(element)
    _deleted_is_text(root)
    for name in _RANGES:
        for element in all_named(root, W + name):
            element.getparent().remove(element)
    _join(joined)
    return [text for text in gone if text.strip()]


def words_of(element: Element) -> str:
    """Return all text below an element, a blank between paragraphs."""
    texts = element.iter(W + "t", W + "delText", W + "p")
    return "".join(_text_of(text) for text in texts)


def _text_of(element: Element) -> str:
    if element.tag == W + "p":
        return " "
    return element.text or ""


def _marks_in_properties(root: Element) -> Iterator[Element]:
    """Give the marks that say that a row or the end of a paragraph was inserted or deleted."""
    for mark in root.iter(*_NEW, *_OLD):
        if mark.getparent().tag in {W + "rPr", W + "trPr"} and not len(mark):
            yield mark


def _restore_properties(root: Element, *, accept: bool) -> None:
    for name in _PROPERTIES:
        for change in all_named(root, W + name):
            if not accept and len(change):
                _put_back_old_properties(change)
            change.getparent().remove(change)


def _put_back_old_properties(change: Element) -> None:
    """Put what a mark keeps of the properties before in the place of those of now."""
    properties = change.getparent()
    for child in list(properties):
        if child is not change and child.tag not in _KEPT_OF_PARAGRAPH:
            properties.remove(child)
    for child in list(change[0]):
        properties.append(child)


def _resolve_rows(root: Element, gone_names: tuple[str, ...], gone: list[str]) -> None:
    for row in all_named(root, W + "tr"):
        properties = row.find(W + "trPr")
        marked = properties is not None and any(
            properties.find(name) is not None for name in gone_names
        )
        if marked:
            gone.append(words_of(row))
            row.getparent().remove(row)
    for table in all_named(root, W + "tbl"):
        if table.find(f".//{W}tr") is None and table.getparent() is not None:
            table.getparent().remove(table)


def _resolve_cells(root: Element, gone: list[str], *, accept: bool) -> None:
    gone_name = W + ("cellDel" if accept else "cellIns")
    for mark in all_named(root, *_CELLS):
        cell = mark.getparent().getparent()
        mark.getparent().remove(mark)
        if mark.tag == gone_name and cell.getparent() is not None:
            gone.append(words_of(cell))
            cell.getparent().remove(cell)


def _paragraphs_to_join(root: Element, gone_names: tuple[str, ...]) -> list[Element]:
    """Return the paragraphs whose end is gone, so that they run on in the next one."""
    paths = [f"{W}pPr/{W}rPr/{name}" for name in gone_names]

    def is_marked(paragraph: Element) -> bool:
        return any(paragraph.find(path) is not None for path in paths)

    return [paragraph for paragraph in root.iter(W + "p") if is_marked(paragraph)]


def _join(paragraphs: list[Element]) -> None:
    """Run paragraphs on into the next one, whose properties stay: Word keeps the last mark."""
    for paragraph in paragraphs:
        if paragraph.getparent() is None:
            continue
        following = paragraph.getnext()
        content = [child for child in paragraph if child.tag != W + "pPr"]
        if following is not None and following.tag == W + "p":
            place = 1 if following.find(W + "pPr") is not None else 0
            for child in reversed(content):
                following.insert(place, child)
            paragraph.getparent().remove(paragraph)
        elif not content and _may_go(paragraph):
            paragraph.getparent().remove(paragraph)


def _may_go(paragraph: Element) -> bool:
    """Whether a place can do without a paragraph: a cell needs one."""
    parent = paragraph.getparent()
    others = [child for child in parent if child.tag == W + "p" and child is not paragraph]
    return parent.tag != W + "tc" or bool(others)


def _deleted_is_text(root: Element) -> None:
    for element in all_named(root, W + "delText"):
        element.tag = W + "t"
    for element in all_named(root, W + "delInstrText"):
        element.tag = W + "instrText"
