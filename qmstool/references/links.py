"""Resolve Markdown links and images to their targets, or tell what is wrong with the address."""

from __future__ import annotations

import posixpath
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qmstool.frozen import NamedTuple
from qmstool.parsing.similar import nearest_name
from qmstool.patterns import regex
from qmstool.references.model import Reference, ReferenceKind, Target
from qmstool.storage.file_kinds import ending, is_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.links import PlacedLink

SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.\-]*):")
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
INDEX = "index.md"
IMAGE = "image"
# How alike, from 0 to 1, the name of a file has to be to be suggested.
NAME_SIMILARITY = 0.75


class Destination(NamedTuple):
    """Where an address leads; or the slug of the rule it violates, and what was perhaps meant."""

    target: Target | None = None
    violation: str | None = None
    suggestion: str | None = None


class LinkResolver:
    """The files and anchors of one manual, by which its links are resolved."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.by_path: dict[str, tuple[Document, TextFile]] = {}
        for document in manual.documents.values():
            for file in document.files:
                self.by_path[file.path] = (document, file)
        self.anchors: dict[str, dict[str, str]] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self.folded_paths = {path.casefold(): path for path in manual.paths}

    def reference(self, document: Document, file: TextFile, link: PlacedLink) -> Reference:
        """Return the reference of a link or image."""
        kind: ReferenceKind = "image" if link.image else "link"
        destination = self.destination(document, file, link)
        return Reference(
            file=file,
            document=document.key,
            kind=kind,
            start=link.target_start,
            end=link.target_end,
            words=link.target,
            target=destination.target,
            whole_span=(link.start, link.end),
            violation=destination.violation,
            suggestion=destination.suggestion,
            values=(("target", link.target),),
        )

    def destination(self, document: Document, file: TextFile, link: PlacedLink) -> Destination:
        """Return where a link's address leads."""
        scheme = SCHEME.match(link.target.strip())
        if scheme:
            return _outside(link, scheme[1].lower())
        address, _, fragment = link.target.partition("#")
        path, fragment = unicodedata.normalize("NFC", unquote(address)), unquote(fragment)
        if not path:
            return self._anchor(document, file, fragment)
        folder = posixpath.dirname(file.path)
        full = posixpath.normpath(posixpath.join(folder, path))
        if full in self.by_path:
            owner, linked = self.by_path[full]
            if fragment:
                return self._anchor(owner, linked, fragment)
            return Destination(_whole_file(owner, linked))
        if full in self.manual.paths and not path.startswith("/"):
            return Destination(Target("file", full))
        return self._broken(full, folder, image=link.image)

    def _broken(self, path: str, folder: str, *, image: bool) -> Destination:
        """Return that there is no file of a path; the one that was meant is seen from a folder."""
        violation = "broken-image" if image else "broken-link"
        meant = self.folded_paths.get(path.casefold()) or self._meant(path, image=image)
        if meant is None:
            return Destination(None, violation)
        return Destination(None, violation, posixpath.relpath(meant, folder))

    def _meant(self, path: str, *, image: bool) -> str | None:
        """Return the file that an address was perhaps meant for.

        For a folder its first page, else a file of the same kind with a name alike.
        """
        index = posixpath.join(path, INDEX)
        if index in self.manual.paths:
            return index
        kind = IMAGE if image else _kind(path)
        paths_by_name = self._names.get(kind, {})
        name: str | None = posixpath.basename(path)
        if name not in paths_by_name:
            name = nearest_name(posixpath.basename(path), paths_by_name, NAME_SIMILARITY)
        if name is None:
            return None
        return nearest_name(path, paths_by_name[name], alike=0)

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The paths of files by kind, and by name."""
        kinds: dict[str, dict[str, tuple[str, ...]]] = {}
        for path in sorted(self.manual.paths):
            names = kinds.setdefault(_kind(path), {})
            name = posixpath.basename(path)
            names[name] = (*names.get(name, ()), path)
        return kinds

    def _anchor(self, document: Document, file: TextFile, fragment: str) -> Destination:
        """Return a heading or another HTML id of a file."""
        if file.path not in self.anchors:
            self.anchors[file.path] = _anchors_by_address(file)
        anchors = self.anchors[file.path]
        if fragment in anchors:
            return Destination(Target("section", document.key, anchors[fragment]))
        if file.path not in self._ids:
            self._ids[file.path] = frozenset(anchor.id for anchor in file.page.anchors)
        if fragment in self._ids[file.path]:
            return Destination(Target("anchor", file.path, fragment))
        close = nearest_name(fragment, anchors)
        if close is None:
            return Destination(None, "broken-anchor")
        return Destination(None, "broken-anchor", f"#{close}")


def _anchors_by_address(file: TextFile) -> dict[str, str]:
    """Return the anchor of every heading by its addresses: GitHub's, and ours, which wins."""
    anchors = {heading.github_anchor: heading.anchor for heading in file.page.headings}
    anchors.update({heading.anchor: heading.anchor for heading in file.page.headings})
    return anchors


def _outside(link: PlacedLink, scheme: str) -> Destination:
    """Return an address with a scheme; only some are safe, and nobody mails a picture."""
    if scheme not in SAFE_SCHEMES or (link.image and scheme == "mailto"):
        return Destination(None, "unsafe-link")
    return Destination(Target("outside", link.target))


def _kind(path: str) -> str:
    """Return the kind of a file, which its ending tells; all images are one."""
    return IMAGE if is_picture(path) else ending(path)


def _whole_file(document: Document, file: TextFile) -> Target:
    """Return what a link to a whole file means: the document, or the section that it holds."""
    if file is not document.files[0]:
        for section in document.sections:
            if section.file is file:
                return Target("section", document.key, section.anchor)
    return Target("document", document.key)
