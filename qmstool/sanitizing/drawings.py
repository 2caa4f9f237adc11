"""Build a drawing (SVG) anew from what is known to be harmless in it; the rest is left out.

An XML parser reads it, for that is how a browser reads an SVG file: prefixes, entities and
encodings hide nothing from it. A document type may define entities, and none is read. What is kept
are shapes, text and looks; what runs, links or fetches is on no list.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from qmstool.sanitizing.drawn_times import DrawnTimes
from qmstool.sanitizing.styles import first_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_ELEMENTS = 100_000
DEEPEST = 200
ELEMENTS = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text "
        "tspan textPath marker pattern mask clipPath linearGradient radialGradient stop switch "
        "image style filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow "
        "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology "
        "feOffset feTile feTurbulence"
    ).split()
)
LOOKS = frozenset(
    (  # noqa: SIM905
        "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation "
        "color-interpolation-filters cursor direction display dominant-baseline fill fill-opacity "
        "fill-rule filter flood-color flood-opacity font-family font-size font-stretch font-style "
        "font-variant font-weight letter-spacing lighting-color marker-end marker-mid marker-start "
        "mask mask-type opacity overflow paint-order shape-rendering stop-color stop-opacity "
        "stroke "
        "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
        "stroke-opacity stroke-width text-anchor text-decoration text-rendering transform "
        "transform-origin vector-effect visibility white-space word-spacing writing-mode"
    ).split()
)
# What a style says besides: no attribute says it, or not in those words.
STYLES = LOOKS | frozenset(
    (  # noqa: SIM905
        "cx cy d font height isolation marker mix-blend-mode r rx ry transform-box width x y"
    ).split()
)
SHAPES = frozenset(
    (  # noqa: SIM905
        "baseFrequency class clipPathUnits cx cy d dx dy fr fx fy gradientTransform "
        "gradientUnits height id in in2 k1 k2 k3 k4 lang lengthAdjust marginheight markerHeight "
        "markerUnits markerWidth maskContentUnits maskUnits media method mode numOctaves offset "
        "operator orient pathLength patternContentUnits patternTransform patternUnits points "
        "preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx ry seed "
        "side slope spacing spreadMethod startOffset stdDeviation stitchTiles systemLanguage "
        "tableValues textLength type values version viewBox width x x1 x2 xChannelSelector y y1 "
        "y2 yChannelSelector intercept amplitude exponent"
    ).split()
)
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]*)")
_OWN_NAME = re.compile(r"--[\w-]+")
_TEXTS = frozenset({"text", "tspan", "textPath"})
_PLACE = re.compile(r"#[\w.-]+")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SIGN = re.compile(r"[&<>\"]")
# What XML 1.0 cannot hold, and what the parser would not have let in.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _NoDrawingError(Exception):
    """What was read is no drawing, or more of one than is read."""


def rebuilt_drawing(data: bytes) -> bytes | None:
    """Return a drawing made of what may stand in one, as UTF-8; None where it cannot be read.

    That is: no well-formed XML, no SVG, with a document type that defines anything, too large,
    nested too deep, or drawn more often than a browser can take.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _NoDrawingError, LookupError, ValueError):
        return None
    drawing = builder.drawing() if builder.parts else None
    return drawing.encode() if drawing is not None else None


class _Builder:
    """Writes the elements that may stand; of any other, nothing inside is written either."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._depth = 0
        self._skipped = 0
        self._count = 0
        self._style: list[str] | None = None
        # The elements that are open, as they are written.
        self._open: list[str] = []
        self._times = DrawnTimes()

    def drawing(self) -> str | None:
        """Return what was written; None where it is drawn more often than a browser can take.

        Ten repetitions of ten in a row would draw one thing ten thousand million times.
        """
        return None if self._times.is_too_often() else "".join(self.parts)

    def refuse(self, *_: object) -> None:
        """End the reading: an entity is text that says another."""
        raise _NoDrawingError

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write the start of an element that may stand."""
        self._count += 1
        self._depth += 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            raise _NoDrawingError
        space, _, local = name.rpartition(" ")
        if self._depth == 1 and (space, local) != (SVG, "svg"):
            raise _NoDrawingError
        # An element in a style would end it, and what follows would be a style that nobody judged.
        is_in_style = self._style is not None
        if local == "a":  # leads nowhere from a picture; what stands in it is drawn
            local = "tspan" if not _TEXTS.isdisjoint(self._open) else "g"
            attributes = {name: value for name, value in attributes.items() if "href" not in name}
        if self._skipped or is_in_style or space != SVG or local not in ELEMENTS:
            self._skipped += 1
            return
        if local == "style":
            self._style = []
        kept = _kept(local, attributes)
        written = "".join([f' {name}="{_escaped(value)}"' for name, value in kept.items()])
        number = self._times.begin(kept)
        self._open.append(local)
        if local == "use":
            self._times.repeat(number, kept.get("href", "").strip().removeprefix("#"))
        home = f' xmlns="{SVG}"' if self._depth == 1 else ""
        self.parts.append(f"<{local}{home}{written}>")

    def end(self, _: str) -> None:
        """Write the end of an element, if its start was written."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        written = self._open.pop()
        self._times.end()
        if self._style is not None:
            style = "".join(self._style)
            self._style = None
            if not first_foreign(style, files=False):
                self.parts.append(_escaped(style))
                self._times.style(style)
        self.parts.append(f"</{written}>")

    def words(self, words: str) -> None:
        """Write words; those of a style are looked at whole."""
        if self._skipped:
            return
        if self._style is not None:
            self._style.append(words)
        else:
            self.parts.append(_escaped(words))


def _kept(element: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return what an element keeps of its attributes.

    Its style stays, and stands as attributes too: where a policy lets no style pass, they do.
    """
    kept: dict[str, str] = {}
    style = ""
    for name, value in attributes.items():
        if name in {"href", f"{XLINK} href"}:
            if _may_refer(element, value):
                kept["href"] = value
        elif name == "style":
            style, looks = _declared(value)
            kept |= looks
        elif name == _SPACE:
            kept["xml:space"] = value
        elif name in SHAPES or (name in LOOKS and not first_foreign(value, files=False)):
            kept.setdefault(name, value)
    return kept | {"style": style} if style else kept


def _may_refer(element: str, address: str) -> bool:
    """Whether an element may show an address: a place in the drawing, a picture within it."""
    if element == "image":
        picture = _PICTURE.fullmatch(address.strip())
        try:
            return picture is not None and bool(base64.b64decode(picture[1]))
        except binascii.Error:
            return False
    return element != "a" and _PLACE.fullmatch(address.strip()) is not None


def _declared(style: str) -> tuple[str, dict[str, str]]:
    """Return what may stay of a `style`, and the looks in it that are attributes too.

    What loads anything is left out. A name of its own leads to no other shape: it would be drawn
    wherever somebody asks for the name, and nobody could tell how often.
    """
    stays, looks = [], {}
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        is_own = _OWN_NAME.fullmatch(name) is not None
        if not (is_own or name.lower() in STYLES) or not value or first_foreign(value, files=False):
            continue
        if is_own and "url" in value.lower():
            continue
        stays.append(f"{name}: {value}")
        if name.lower() in LOOKS:
            looks[name.lower()] = value.partition("!")[0].strip()
    whole = "; ".join(stays)
    return ("", {}) if first_foreign(whole, files=False) else (whole, looks)


def _escaped(words: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], _CONTROL.sub("", words))
