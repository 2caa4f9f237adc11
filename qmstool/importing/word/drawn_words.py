"""Read the words that stand in drawings and not in the text: SmartArt, charts, WordArt.

What goes in: a part of a file, or a drawing. What comes out: its words as a line. Of SmartArt the
data of its shapes counts; where that is empty, what was drawn of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.word.xml import A, R, V, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.importing.word.package import Package
    from qmstool.importing.word.xml import Element

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_OFFICE_DRAWN = "diagramDrawing"
_ROWS = ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")


def parts_of(drawing: Element, package: Package, relations: Mapping[str, str]) -> Iterator[str]:
    """Give the paths of the parts that hold the words of SmartArt and charts of a drawing."""
    for diagram in drawing.iter(DGM + "relIds"):
        data = relations.get(str(diagram.get(R + "dm") or ""), "")
        if data in package.files and not part_words(package, data):
            yield from _drawn_of(package, data)
        else:
            yield data
    for chart in drawing.iter(C + "chart", CX + "chart"):
        path = relations.get(str(chart.get(R + "id") or ""), "")
        yield path
        if path in package.files:
            # Words that were typed into the picture of a chart.
            own = package.related(path).values()
            yield from (target for kind, target in own if kind == "chartUserShapes")


def _drawn_of(package: Package, data: str) -> Iterator[str]:
    """Give the part that shows SmartArt as it was drawn last."""
    extension = package.root(data).find(".//{*}dataModelExt")
    key = "" if extension is None else str(extension.get("relId") or "")
    related = package.related(package.main)
    kind, path = related.get(key, ("", ""))
    if kind == _OFFICE_DRAWN:
        yield path


def part_words(package: Package, path: str) -> str:
    """Return the words of SmartArt or of a chart: titles, names, then the numbers of each row."""
    root = package.root(path)
    lines = [_paragraph(text) for text in root.iter(A + "p")]
    rows = set()
    for series in root.iter(C + "ser"):
        for name in _ROWS:
            for part in series.findall(C + name):
                values = [*part.iter(C + "v")]
                rows.update(values)
                lines.append(", ".join(value.text or "" for value in values))
    lines += [value.text or "" for value in root.iter(C + "v") if value not in rows]
    for level in root.iter(CX + "lvl"):
        lines.append(", ".join(point.text or "" for point in level.iter(CX + "pt")))
    lines += [value.text or "" for value in root.iter(CX + "v")]
    return "; ".join(line for line in dict.fromkeys(map(_one_line, lines)) if line)


def word_art(drawing: Element) -> list[str]:
    """Return the words of WordArt as versions of Word before 2010 keep them: as a setting."""
    return [str(path.get("string") or "") for path in drawing.iter(V + "textpath")]


def _paragraph(paragraph: Element) -> str:
    pieces = []
    for piece in paragraph.iter():
        name = local_name(piece)
        if name == "t":
            pieces.append(piece.text or "")
        elif name == "br":
            pieces.append(" ")
    return "".join(pieces)


def _one_line(text: str) -> str:
    return " ".join(text.split())
