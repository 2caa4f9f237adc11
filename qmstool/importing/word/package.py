"""Find the parts of a Word file by what they are related as, not by their names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.importing.files.archive import read_archive, refusal
from qmstool.importing.word.xml import parse_part, relations
from qmstool.parsing.office_headers import UnreadReason

if TYPE_CHECKING:
    from qmstool.importing.word.xml import Element

_USUAL = "word/document.xml"
_OFFICE = "officeDocument"


class Package:
    """The parts of a Word file: its text, what belongs to it, its pictures."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.files = read_archive(data, name)
        by_kind = self._related("", "_rels/.rels")
        mains = [path for kind, path in by_kind.values() if kind == _OFFICE]
        self.main = next((path for path in mains if path in self.files), _USUAL)
        if self.main not in self.files:
            raise refusal(name, self._reason())
        self._related_to_main = self.related(self.main)
        self.roots: dict[str, Element] = {}

    def _reason(self) -> UnreadReason:
        if any(path.startswith("xl/") for path in self.files):
            return UnreadReason.EXCEL
        return UnreadReason.ANOTHER

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """Return id → kind and path (or address) of what a part is related to."""
        folder, stem = posixpath.split(path)
        return self._related(folder, f"{folder}/_rels/{stem}.rels")

    def _related(self, folder: str, rels: str) -> dict[str, tuple[str, str]]:
        data = self.files.get(rels)
        if data is None:
            return {}
        return relations(parse_part(data, self.name), folder)

    def parts(self, kind: str) -> list[str]:
        """Return the paths of the parts of a kind that belong to the text, in their order."""
        paths = [path for other, path in self._related_to_main.values() if other == kind]
        return [path for path in dict.fromkeys(sorted(paths)) if path in self.files]

    def root(self, path: str) -> Element:
        """Return a part, parsed once."""
        if path not in self.roots:
            self.roots[path] = parse_part(self.files[path], self.name)
        return self.roots[path]

    def first(self, kind: str) -> Element | None:
        """Return the part of a kind, None where there is none."""
        paths = self.parts(kind)
        return self.root(paths[0]) if paths else None

    def targets(self, path: str) -> dict[str, str]:
        """Return id → path or address of what a part is related to."""
        return {key: target for key, (_, target) in self.related(path).items()}

    def pictures(self) -> dict[str, bytes]:
        """Return path → bytes of the pictures."""
        return {path: data for path, data in self.files.items() if "/media/" in path}
