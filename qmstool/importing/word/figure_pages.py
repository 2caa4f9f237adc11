"""Make a Word file with a page for each figure of another one, for a program that draws them."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import TYPE_CHECKING

from qmstool.extras import load_extra
from qmstool.importing.word.xml import W, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.importing.word.drawings import Figure
    from qmstool.importing.word.package import Package
    from qmstool.importing.word.xml import Element

_TWIPS_TALL, _TWIPS_ABOVE = "31680", "9000"  # the tallest page of Word; room for what hangs above
_LINK = re.compile(rb'<[^<>]*TargetMode\s*=\s*"External"[^<>]*>')


def figure_file(package: Package, figures: Sequence[Figure]) -> bytes:
    """Return a Word file with a page for each figure, and nothing that leads out of it.

    Each page begins with `mark(number)` in white, so that what was drawn can be told apart.
    """
    builder = load_extra("lxml.etree", "lxml")
    root = package.root(package.main)
    document = builder.Element(root.tag, nsmap=root.nsmap)
    for name, setting in root.attrib.items():
        document.set(name, setting)
    body = builder.SubElement(document, W + "body")
    for number, figure in enumerate(figures):
        body.append(_page(builder, number, figure))
    body.append(_section(builder, root))
    files = {path: _unlinked(path, data) for path, data in package.files.items()}
    files[package.main] = builder.tostring(document, xml_declaration=True, encoding="UTF-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return buffer.getvalue()


def _unlinked(path: str, data: bytes) -> bytes:
    """Return a part of the file; where it names others, without those that lie outside."""
    if not path.endswith(".rels"):
        return data
    return _LINK.sub(b"", data)


def mark(number: int) -> str:
    """Return the word that stands on the page of a figure, for programs alone."""
    return f"qmstool{number}figure"


def _page(builder: Element, number: int, figure: Figure) -> Element:
    paragraph = builder.Element(W + "p")
    properties = builder.SubElement(paragraph, W + "pPr")
    if number:
        builder.SubElement(properties, W + "pageBreakBefore")
    run = builder.SubElement(paragraph, W + "r")
    form = builder.SubElement(run, W + "rPr")
    builder.SubElement(form, W + "color").set(W + "val", "FFFFFF")
    builder.SubElement(form, W + "sz").set(W + "val", "2")
    builder.SubElement(run, W + "t").text = mark(number)
    for drawing in figure.drawings:
        builder.SubElement(paragraph, W + "r").append(copy.deepcopy(drawing))
    return paragraph


def _section(builder: Element, root: Element) -> Element:
    """Return the page of the file, very tall, so that one holds a whole figure."""
    section = builder.Element(W + "sectPr")
    sections = [*root.iter(W + "sectPr")]
    width = sections[-1].find(W + "pgSz") if sections else None
    sides = sections[-1].find(W + "pgMar") if sections else None
    size = builder.SubElement(section, W + "pgSz")
    size.set(W + "w", value(width, "w") or "11906")
    size.set(W + "h", _TWIPS_TALL)
    margins = builder.SubElement(section, W + "pgMar")
    for name in ("left", "right"):
        margins.set(W + name, value(sides, name) or "1134")
    for name, length in (("top", _TWIPS_ABOVE), ("bottom", "0"), ("header", "0"), ("footer", "0")):
        margins.set(W + name, length)
    return section
