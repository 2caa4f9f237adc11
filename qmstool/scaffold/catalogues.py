"""Read catalogues that the package carries, before there is a manual that names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.parsing.similar import not_found_error
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.manual.standards import Catalogue
    from qmstool.storage.beside import Beside
    from qmstool.storage.whole_file import Refusal

FOLDER = "clauses/catalogues"
_SEED = "schema: 1\norganization: {name: x}\nlanguage: vi\ntimezone: UTC\nstandards:\n"
_NO_STANDARD = Text(
    "Hãy nêu ít nhất một tiêu chuẩn; qmstool có sẵn: {names}.",
    "Name at least one standard; qmstool carries: {names}.",
)
_SEVERAL = Text(
    "«{written}» có nhiều ấn bản; hãy nêu một: {names}.",
    "«{written}» has several editions; name one: {names}.",
)


class SeedTree:
    """The smallest manual that names some catalogues, in memory."""

    def __init__(self, keys: Sequence[str]) -> None:
        lines = [f"  - catalogue: {key}\n" for key in keys]
        self._files = {
            "qms.yml": (_SEED + "".join(lines)).encode(),
            "manual/index.md": b"---\ncode: X\ntype: manual\ntitle: X\n---\n",
        }

    def list(self) -> tuple[str, ...]:
        """Return the paths."""
        return tuple(self._files)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises KeyError where there is none."""
        return self._files[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of those files that are there."""
        return {path: self._files[path] for path in paths if path in self._files}

    def refused(self) -> Mapping[str, Refusal]:
        """Return nothing: all of it may be read."""
        return {}

    def beside(self) -> tuple[Beside, ...]:
        """Return nothing: there is nothing else."""
        return ()


def standard_names() -> tuple[str, ...]:
    """Return the ids of the standards that the package carries, amendments left out."""
    names = []
    for name in resources.list_names(FOLDER):
        data = resources.find(None, f"{FOLDER}/{name}") or b""
        if name.endswith(".yml") and b"\namends:" not in data:
            names.append(name.removesuffix(".yml"))
    return tuple(names)


def standard_key(written: str) -> str:
    """Return the id of a standard as people write it: `ISO 9001:2015`, `TCVN ISO 9001`, `27001`.

    Raises QmsError for one that the package does not carry, and for one of several editions.
    """
    names = standard_names()
    if written in names:
        return written
    figures = re.findall("[0-9]+", written)
    meant = [name for name in names if figures and set(figures) <= set(name.split("-"))]
    if len(meant) > 1:
        raise QmsError(_SEVERAL.fill({"written": written, "names": ", ".join(meant)}))
    if not meant:
        raise not_found_error(written, Text("tiêu chuẩn", "standard"), names)
    return meant[0]


def packaged_catalogues(keys: Sequence[str]) -> list[Catalogue]:
    """Return catalogues by their ids, in the order asked for.

    Raises QmsError for none, and for one that the package does not carry, with the nearest.
    """
    if not keys:
        raise QmsError(_NO_STANDARD.fill({"names": ", ".join(standard_names())}))
    keys = [standard_key(key) for key in keys]
    manual = load(SeedTree(keys))
    return [manual.catalogues[key] for key in dict.fromkeys(keys)]
