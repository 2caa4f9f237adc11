"""Tell of what type of the manual a file is: by the shape of its code first, then by its words.

What goes in: a code, a title, the name of a file. What comes out: keys of types, and codes as their
shapes write them. Where a manual only begins it has no shapes yet, and words alone tell.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.importing import kinds, naming
from qmstool.parsing.codes import fits_shape, loose_shape, shape_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN, FORM, PROCEDURE, MANUAL = "unknown", "form", "procedure", "manual"


@dataclass(frozen=True, slots=True)
class Types:
    """The types of documents of a manual.

    `keys`: of all; `shapes`: type → shape of its codes, as `qms.yml` says; `forms`: keys of those
    that are forms; `units`: their keys, which codes carry.
    """

    keys: tuple[str, ...]
    shapes: Mapping[str, str]
    forms: frozenset[str]
    units: tuple[str, ...] = ()

    def is_form(self, kind: str) -> bool:
        """Whether a type is one of forms: they stay the files that people fill in."""
        return kind in self.forms

    def kind_of(self, code: str, title: str, stem: str) -> tuple[str, bool]:
        """Return a type's key and whether anything said so.

        Where nothing did it is that of procedures, or "unknown" in a manual that has no such type.
        """
        said, sure = kinds.kind_of(code, title, stem)
        fitting = self._fitting(code)
        if fitting:
            return (said if said in fitting else fitting[0]), True
        return self.known(said), sure and said in {*self.keys, MANUAL, FORM}

    def split_file_name(self, stem: str) -> tuple[str, str]:
        """Return code and title of a file by its name; a code as the shape of its type writes it.

        The longest that any shape finds at the beginning of the name counts, and «_» ends it.
        """
        name = unicodedata.normalize("NFC", stem).strip()
        found = [(match.end(), shape) for shape, match in self._at_beginning(name) if match]
        if not found:
            return naming.split_file_name(stem)
        end, shape = max(found)
        _, title = naming.split_file_name(f"X-1 {name[end:].lstrip(' _.-')}")
        return self._as_written(name[:end], shape), title

    def _at_beginning(self, name: str) -> list[tuple[str, re.Match[str] | None]]:
        """Return each shape and what it finds whole at the beginning of a file's name."""
        whole = r"(?![^\W_])(?![.-]\d)"
        return [
            (shape, re.match(shape_pattern(shape) + whole, name, re.IGNORECASE))
            for shape in self.shapes.values()
        ]

    def _as_written(self, code: str, shape: str) -> str:
        loose = loose_shape(shape)
        match = loose.pattern.fullmatch(code.lower())
        if match is None:
            return code
        return loose.meant_code(match, self.units) or code

    def _fitting(self, code: str) -> list[str]:
        """Return the types whose shape a code has, else the one whose codes begin as it does."""
        if not code:
            return []
        whole = [kind for kind, shape in self.shapes.items() if fits_shape(code, shape)]
        if whole:
            return whole
        begin = kinds.prefix(code)
        alike = [kind for kind, shape in self.shapes.items() if kinds.prefix(shape) == begin]
        return alike if begin and len(alike) == 1 else []

    def known(self, said: str) -> str:
        """Return what a kind that words say is called in this manual; the manual itself stays."""
        if said in {*self.keys, MANUAL, UNKNOWN}:
            return said
        if said == FORM and len(self.forms) == 1:
            return next(iter(self.forms))
        texts = [key for key in self.keys if key not in self.forms and key != MANUAL]
        if PROCEDURE in texts:
            return PROCEDURE
        return texts[0] if len(texts) == 1 else UNKNOWN
