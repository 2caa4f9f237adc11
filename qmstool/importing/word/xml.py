"""Parse a part of an Office file: no DTD, no entities, no network; names of what Word writes."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from qmstool.extras import load_extra
from qmstool.importing.files.archive import refusal
from qmstool.parsing.office_headers import UnreadReason

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 (as Word names it)
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# ISO's own «strict» form of the same names.
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/main": A[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1],
}

Element = Any  # an element of lxml, which has no types


def parse_part(data: bytes, name: str) -> Element:
    """Return the root of a part. Raises QmsError for what is no XML, or brings a DTD."""
    etree = load_extra("lxml.etree", "lxml")
    for strict, usual in _STRICT.items():
        data = data.replace(strict.encode(), usual.encode())
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal(name, UnreadReason.BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise refusal(name, UnreadReason.ODDLY_PACKED)
    return root


def relations(part: Element, folder: str) -> dict[str, tuple[str, str]]:
    """Return id → kind and path (or address) of what a part of relations leads to from a folder."""
    found: dict[str, tuple[str, str]] = {}
    for relation in part.iter(PACKAGE + "Relationship"):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            target = posixpath.normpath(target).lstrip("/")
        kind = (relation.get("Type") or "").rpartition("/")[2]
        found[relation.get("Id") or ""] = kind, target
    return found


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of Word's own, "" where there is none."""
    return "" if element is None else str(element.get(W + name) or "")


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """Return an attribute as a whole number; `default` where it is none or is absurd."""
    written = value(element, name)
    if len(written) > 9 or not written.lstrip("-").isdecimal():  # noqa: PLR2004 (of 32 bits)
        return default
    return int(written)


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as bold is on: there, and not said to be off."""
    switch = None if properties is None else properties.find(W + name)
    return switch is not None and value(switch) not in {"0", "false", "off", "none"}


def unwrap(element: Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def all_named(root: Element, *names: str) -> Iterator[Element]:
    """Give the elements of those names, of which some may be taken out meanwhile."""
    yield from [element for name in names for element in root.iter(name)]


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
