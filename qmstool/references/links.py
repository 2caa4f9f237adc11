"""Markdown links and images of a manual → their targets, or the fault of the address and what was perhaps meant."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from qmstool.parsing.similar import nearest_name
from qmstool.references.model import Reference, ReferenceKind, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.parsing.markdown.scanner import Link

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
INDEX = "index.md"
IMAGE = "image"
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp"})
# A file's name has to be so alike, from 0 to 1, to be suggested.
NAME_SIMILARITY = 0.75
# Target, fault, suggestion.
Destination: TypeAlias = "tuple[Target | None, str | None, str | None]"


class LinkResolver:
    """The files and anchors of one manual, and the questions asked of them."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.by_path = {
            file.path: (document, file)
            for document in manual.documents.values()
            for file in document.files
        }
        self.anchors: dict[str, frozenset[str]] = {}
        self.folded_paths = {path.casefold(): path for path in manual.paths}

    def reference(self, document: Document, file: TextFile, link: Link) -> Reference:
        """The reference of a link or image."""
        target, fault, suggestion = self.destination(document, file, link)
        how: ReferenceKind = "image" if link.image else "link"
        span, whole = (link.target_start, link.target_end), (link.start, link.end)
        values = (("target", link.target),)
        return Reference(
            file, document.key, how, *span, link.target, target, whole, fault, suggestion, values
        )

    def destination(self, document: Document, file: TextFile, link: Link) -> Destination:
        """Where a link's address leads."""
        scheme = SCHEME.match(link.target.strip())
        if scheme:
            safe = scheme[1].lower() in SAFE_SCHEMES and not (
                link.image and scheme[1].lower() == "mailto"
            )
            return (
                (Target("outside", link.target), None, None)
                if safe
                else (None, "unsafe-link", None)
            )
        path, _, fragment = unquote(link.target).partition("#")
        if not path:
            return self.anchor(document, file, fragment)
        full = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), path))
        if full in self.by_path:
            home, there = self.by_path[full]
            if fragment:
                return self.anchor(home, there, fragment)
            return self.top(home, there), None, None
        if full in self.manual.paths and not path.startswith("/"):
            return Target("file", full), None, None
        other = self.folded_paths.get(full.casefold()) or self.meant(full, image=link.image)
        suggestion = posixpath.relpath(other, posixpath.dirname(file.path)) if other else None
        return None, "broken-image" if link.image else "broken-link", suggestion

    def meant(self, path: str, *, image: bool) -> str | None:
        """The file that an address was perhaps meant for: for a folder its first page, else one of the same kind called alike."""
        index = posixpath.join(path, INDEX)
        if index in self.manual.paths:
            return index
        ending = posixpath.splitext(path)[1].casefold()
        called = self.names.get(IMAGE if image or ending in IMAGES else ending, {})
        name = posixpath.basename(path)
        close = nearest_name(name, called, NAME_SIMILARITY) if name not in called else name
        return nearest_name(path, called[close], alike=0) if close is not None else None

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The files by kind, which their ending tells, and by name."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for path in sorted(self.manual.paths):
            ending = posixpath.splitext(path)[1].casefold()
            kind, name = (
                found.setdefault(IMAGE if ending in IMAGES else ending, {}),
                posixpath.basename(path),
            )
            kind[name] = (*kind.get(name, ()), path)
        return found

    def top(self, home: Document, there: TextFile) -> Target:
        """What a link to a whole file means: the document, or the section that the file holds."""
        if there is home.files[0]:
            return Target("document", home.key)
        first = next((section for section in home.sections if section.file is there), None)
        return Target("section", home.key, first.anchor) if first else Target("document", home.key)

    def anchor(self, home: Document, there: TextFile, fragment: str) -> Destination:
        """A heading or another HTML id of a file."""
        if there.path not in self.anchors:
            self.anchors[there.path] = frozenset(
                [heading.anchor for heading in there.page.headings]
            )
        anchors = self.anchors[there.path]
        if fragment in anchors:
            return Target("section", home.key, fragment), None, None
        if any(each.id == fragment for each in there.page.anchors):
            return Target("anchor", there.path, fragment), None, None
        close = nearest_name(fragment, anchors)
        return None, "broken-anchor", f"#{close}" if close else None
