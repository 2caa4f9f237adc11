"""Markdown links and images of a manual → their targets, or the fault of the address and what was perhaps meant."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from qmstool.references import How, Reference, Target
from qmstool.sources.entries import nearest

if TYPE_CHECKING:
    from qmstool.model import Document, Manual, TextFile
    from qmstool.sources.markdown import Link

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
# Target, fault, suggestion.
Destination: TypeAlias = "tuple[Target | None, str | None, str | None]"


class Links:
    """The files and anchors of one manual, and the questions asked of them."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.by_path = {file.path: (document, file) for document in manual.documents.values() for file in document.files}
        self.anchors: dict[str, frozenset[str]] = {}
        self.folded_paths = {path.casefold(): path for path in manual.paths}

    def reference(self, document: Document, file: TextFile, link: Link) -> Reference:
        """The reference of a link or image."""
        target, fault, suggestion = self.destination(document, file, link)
        how: How = "image" if link.image else "link"
        span, whole = (link.target_start, link.target_end), (link.start, link.end)
        values = (("target", link.target),)
        return Reference(file, document.key, how, *span, link.target, target, whole, fault, suggestion, values)

    def destination(self, document: Document, file: TextFile, link: Link) -> Destination:
        """Where a link's address leads."""
        scheme = SCHEME.match(link.target.strip())
        if scheme:
            safe = scheme[1].lower() in SAFE_SCHEMES and not (link.image and scheme[1].lower() == "mailto")
            return (Target("outside", link.target), None, None) if safe else (None, "unsafe-link", None)
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
        ending = posixpath.splitext(full)[1].lower()
        alike = [each for each in self.manual.paths if posixpath.splitext(each)[1].lower() == ending]
        other = self.folded_paths.get(full.casefold()) or nearest(full, alike)
        suggestion = posixpath.relpath(other, posixpath.dirname(file.path)) if other else None
        return None, "broken-image" if link.image else "broken-link", suggestion

    def top(self, home: Document, there: TextFile) -> Target:
        """What a link to a whole file means: the document, or the section that the file holds."""
        if there is home.files[0]:
            return Target("document", home.key)
        first = next((section for section in home.sections if section.file is there), None)
        return Target("section", home.key, first.anchor) if first else Target("document", home.key)

    def anchor(self, home: Document, there: TextFile, fragment: str) -> Destination:
        """A heading or another HTML id of a file."""
        if there.path not in self.anchors:
            self.anchors[there.path] = frozenset([heading.anchor for heading in there.page.headings])
        anchors = self.anchors[there.path]
        if fragment in anchors:
            return Target("section", home.key, fragment), None, None
        if any(each.id == fragment for each in there.page.anchors):
            return Target("anchor", there.path, fragment), None, None
        close = nearest(fragment, anchors)
        return None, "broken-anchor", f"#{close}" if close else None
