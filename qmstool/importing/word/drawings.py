"""Find the drawings of a Word file that are no picture yet: shapes, SmartArt, charts, metafiles.

What goes in: the text of a file, its changes and wrappers resolved. What comes out: for each
paragraph that holds such a drawing what it says. All drawings of a paragraph are one figure: flow
charts are often drawn as many shapes that hang in one.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.importing.word.drawn_words import CX, DGM, C, part_words, parts_of, word_art
from qmstool.importing.word.xml import WP, A, R, V, W

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from qmstool.importing.word.fonts import Fonts
    from qmstool.importing.word.package import Package
    from qmstool.importing.word.xml import Element

_OFFICE = "http://schemas.microsoft.com/office/word/2010/"
WPS, WPG, WPC = (f"{{{_OFFICE}wordprocessing{part}}}" for part in ("Shape", "Group", "Canvas"))
WORD_ART = "WordArt"
DRAWINGS = (W + "drawing", W + "pict", W + "object")
_BOX = W + "txbxContent"
_GROUPS = (WPG + "wgp", WPC + "wpc", V + "group")
_SHAPES = tuple(
    V + name for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc")
)
_LINES = {"line", "straightConnector1"}


class Kind(Enum):
    """What a drawing is: a picture or nothing at all, a box of text, a bare line, or a figure."""

    PICTURE = "picture"
    BOX = "box"
    LINE = "line"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawings of a paragraph, to be shown as one picture.

    `told`: what its author says that it shows; `words`: of SmartArt, charts and WordArt, by part;
    `boxes`: the words of its text boxes, and `kept` as the file keeps them; `simple`: whether these
    are nothing but words; `picture`: the key of its picture, "" where it could not be drawn.
    """

    drawings: tuple[Element, ...]
    told: str
    words: tuple[tuple[str, str], ...]
    boxes: str
    kept: str
    simple: bool
    picture: str = ""

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "; ".join(filter(None, (self.boxes, *(words for _, words in self.words))))


def find_figures(
    body: Element, package: Package, fonts: Fonts, pictures: Collection[str]
) -> dict[Element, Figure]:
    """Return paragraph → the figure that it holds, in the order of the text.

    `pictures`: paths of those that can be taken as they are.
    """
    relations = package.targets(package.main)
    figures: dict[Element, Figure] = {}
    for paragraph in body.iter(W + "p"):
        if next(paragraph.iterancestors(_BOX), None) is not None:
            continue  # inside a drawing
        drawings = tuple(drawings_of(paragraph))
        kinds = {kind_of(drawing, relations, pictures) for drawing in drawings}
        if Kind.FIGURE in kinds or {Kind.BOX, Kind.LINE} <= kinds:
            figures[paragraph] = _figure(drawings, package, relations, fonts)
    return figures


def drawings_of(paragraph: Element) -> Iterator[Element]:
    """Give the drawings that hang in a paragraph itself."""
    for drawing in paragraph.iter(*DRAWINGS):
        if next(drawing.iterancestors(W + "p"), None) is paragraph:
            yield drawing


def kind_of(drawing: Element, relations: Mapping[str, str], pictures: Collection[str]) -> Kind:
    """Return what a drawing is."""
    if _has(drawing, *_GROUPS, C + "chart", CX + "chart", DGM + "relIds"):
        return Kind.FIGURE
    boxes = sum(1 for box in drawing.iter(_BOX) if is_outermost(box, drawing))
    shapes = [*drawing.iter(WPS + "wsp"), *drawing.iter(*_SHAPES)]
    paths = picture_paths(drawing, relations)
    if paths:
        return Kind.PICTURE if all(path in pictures for path in paths) else Kind.FIGURE
    if boxes == 1 and len(shapes) <= 1:
        return Kind.BOX
    if not shapes:
        return Kind.PICTURE  # of which nothing is in the file
    if not boxes and all(_is_line(shape) for shape in shapes):
        return Kind.LINE
    return Kind.FIGURE


def picture_paths(drawing: Element, relations: Mapping[str, str]) -> list[str]:
    """Return the paths of the pictures that a drawing shows."""
    keys = [blip.get(R + "embed") for blip in drawing.iter(A + "blip")]
    keys += [image.get(R + "id") for image in drawing.iter(V + "imagedata")]
    return list(dict.fromkeys(relations[key] for key in keys if key in relations))


def is_outermost(box: Element, drawing: Element) -> bool:
    """Whether a text box of a drawing is in no other one of it."""
    for parent in box.iterancestors():
        if parent is drawing:
            return True
        if parent.tag == _BOX:
            return False
    return True


def told_of(drawing: Element) -> str:
    """Return what the author of a drawing says that it shows."""
    named = drawing.find(f".//{WP}docPr")
    return "" if named is None else str(named.get("descr") or "")


def name_pictures(
    figures: Mapping[Element, Figure], drawn: Sequence[bytes | None]
) -> tuple[dict[Element, Figure], dict[str, bytes]]:
    """Return the figures with the keys of their pictures, and the pictures by key."""
    named: dict[Element, Figure] = {}
    pictures: dict[str, bytes] = {}
    for number, (paragraph, figure) in enumerate(figures.items()):
        picture = drawn[number] if number < len(drawn) else None
        key = f"drawing {number + 1}" if picture and figure.simple else ""
        named[paragraph] = replace(figure, picture=key)
        if key and picture:
            pictures[key] = picture
    return named, pictures


def _figure(
    drawings: tuple[Element, ...], package: Package, relations: Mapping[str, str], fonts: Fonts
) -> Figure:
    boxes = [
        box for drawing in drawings for box in drawing.iter(_BOX) if is_outermost(box, drawing)
    ]
    parts = dict.fromkeys(path for each in drawings for path in parts_of(each, package, relations))
    drawn = [(path, part_words(package, path)) for path in parts if path in package.files]
    art = [(WORD_ART, words) for each in drawings for words in word_art(each)]
    told = [told_of(drawing) for drawing in drawings]
    return Figure(
        drawings=drawings,
        told="; ".join(filter(None, dict.fromkeys(told))),
        words=(*drawn, *art),
        boxes="; ".join(filter(None, (_words(box, fonts.shown) for box in boxes))),
        kept="; ".join(_words(box, lambda piece: piece.text or "") for box in boxes),
        simple=not any(
            _has(
                box,
                W + "tbl",
                W + "footnoteReference",
                W + "endnoteReference",
                W + "fldChar",
                W + "numPr",
                *DRAWINGS,
            )
            for box in boxes
        ),
    )


def _words(box: Element, read: Callable[[Element], str]) -> str:
    """Return the words of a text box, its paragraphs as one; `read`: the words of a text in it."""
    paragraphs = (
        "".join(read(piece) for piece in paragraph.iter(W + "t")) for paragraph in box.iter(W + "p")
    )
    return " ".join(" ".join(filter(None, paragraphs)).split())


def _has(element: Element, *names: str) -> bool:
    return next(element.iter(*names), None) is not None


def _is_line(shape: Element) -> bool:
    if shape.tag == V + "line":
        return True
    form = shape.find(f".//{A}prstGeom")
    return form is not None and form.get("prst") in _LINES
