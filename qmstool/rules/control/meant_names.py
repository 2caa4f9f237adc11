"""Tell which file was probably meant by one that nobody reads: a slip, a copy, a leftover.

In: a path, the paths that are there, and which paths are read under their name. Out: what kind of
file it seems to be, and the path that was meant. Pure.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.parsing.similar import nearest_name
from qmstool.patterns import regex
from qmstool.releases.record import release_path
from qmstool.releases.seal import SEALS_FOLDER, seal_path

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

# leftover: of a program; copy: of a file that is there; name: under which it would be read.
Kind = Literal["leftover", "copy", "name", "unknown"]

# How a file saved under another ending should end.
ENDINGS = {
    ".yml": ".yml", ".yaml": ".yml", ".json": ".yml", ".md": ".md", ".markdown": ".md",
    ".mdown": ".md", ".mkd": ".md", ".txt": ".md",
}  # fmt: skip
# What programs put behind the whole name.
_BEHIND = regex(r"(?:\.(?:txt|bak|old|orig|save)|~)\Z", re.IGNORECASE)
_LEFTOVER = regex(
    r"(?:~\$|\.~lock\.|~WRL|\._).*|.*\.(?:tmp|temp|swp|swo|crdownload|part)"
    r"|thumbs\.db|desktop\.ini|\.ds_store",
    re.IGNORECASE,
)
_COPY_HEAD = regex(
    r"\A(?:copy(?: ?\(\d+\))? of|bản sao(?: ?\(\d+\))?(?: của)?)[ _-]+", re.IGNORECASE
)
_COPY_TAIL = regex(
    r"(?:(?:[ _-]+(?:copy|bản sao|conflict|conflicted copy)(?: ?\d+)?)?[ _]*\(\d+\)"
    r"|[ _-]+(?:copy|bản sao|conflict|conflicted copy)(?:[ _-]*\d+)?)\Z",
    re.IGNORECASE,
)
_ONE_NUMBER = regex(r"\D*?0*(\d{1,4})\D*")
_SIGNED = frozenset({".sig", ".sign", ".asc"})
# Letters that are typed for figures, where everything else is a figure.
_FIGURES = str.maketrans("OoIl", "0011")
ALIKE = 0.8
# A folder's name is short: one letter too many or too few.
NEAR_FOLDER = 0.7


@dataclass(frozen=True, slots=True)
class Meant:
    """What a file that nobody reads seems to be, and the path that was meant; "" for none."""

    kind: Kind
    path: str = ""


@dataclass(frozen=True, slots=True)
class NamesRead:
    """What is read under its name.

    `is_read`: of any path; `data_files`: the files of data, each of one name; `folders`: the
    folders in which something is read, without a slash at their end.
    """

    is_read: Callable[[str], bool]
    data_files: Sequence[str]
    folders: Sequence[str]


def find_meant(path: str, there: Container[str], names: NamesRead) -> Meant:
    """Return what a file that nobody reads was probably meant to be."""
    folder, name = posixpath.split(unicodedata.normalize("NFC", path))
    whole, is_copy = _without_marks(name)
    if _LEFTOVER.fullmatch(name):
        return Meant("leftover")
    right_folder = near_folder(folder, names.folders) or folder
    right = _read_as(right_folder, whole, there, names)
    if right is None or right == path:
        return Meant("unknown")
    if right not in there:
        return Meant("name", right)
    same_stem = _stem(whole).casefold() == _stem(posixpath.basename(right)).casefold()
    return Meant("copy", right) if is_copy or same_stem else Meant("unknown")


def near_folder(folder: str, folders: Sequence[str]) -> str | None:
    """Return the folder that is read of which another has nearly the name; None where none is."""
    if folder in folders:
        return None
    top, _, below = folder.partition("/")
    siblings = {other.partition("/")[2]: other for other in folders if other.startswith(f"{top}/")}
    nearest = nearest_name(below.strip(" ._-"), siblings, NEAR_FOLDER) if below else None
    if nearest:
        return siblings[nearest]
    return top if below and nearest_name(below, [top], ALIKE) and top in folders else None


def _without_marks(name: str) -> tuple[str, bool]:
    """Return a name without what copying and saving put to it; and whether there was any."""
    whole = name.strip()
    while _BEHIND.search(whole) and _suffix(_BEHIND.sub("", whole)):
        whole = _BEHIND.sub("", whole)
    stem, suffix = _stem(whole), _suffix(whole)
    bare = _COPY_TAIL.sub("", _COPY_HEAD.sub("", stem.strip())).strip() or stem
    return f"{bare}{suffix.strip()}", bare != stem


def _suffix(name: str) -> str:
    """Return the ending of a name; of «1.9» there is none."""
    suffix = posixpath.splitext(name)[1]
    return "" if suffix[1:].isdigit() else suffix


def _stem(name: str) -> str:
    return name.removesuffix(_suffix(name))


def _read_as(folder: str, name: str, there: Container[str], names: NamesRead) -> str | None:
    """Return the path in a folder, or elsewhere, under which a file of that name would be read."""
    stem, suffix = _stem(name), _suffix(name)
    if not stem.strip("."):
        return None
    numbered = _numbered(folder, stem, suffix.lower())
    if numbered:
        return numbered
    # A file without an ending was meant as a text.
    ending = ENDINGS.get(suffix.lower() or ".md")
    if ending is None:
        return None
    for end in dict.fromkeys((ending, suffix.lower() or ending)):
        if names.is_read(f"{folder}/{stem}{end}"):
            return f"{folder}/{stem}{end}"
    beside = [file for file in names.data_files if posixpath.dirname(file) == folder]
    free = {posixpath.basename(file): file for file in beside if file not in there}
    nearest = nearest_name(f"{stem}{ending}", free, ALIKE)
    if nearest:
        return free[nearest]
    elsewhere = {posixpath.basename(file): file for file in names.data_files}
    return elsewhere.get(f"{stem}{ending}")


def _numbered(folder: str, stem: str, suffix: str) -> str | None:
    """Return the release or seal of the one number that a name has; None where it names none."""
    path_of = None
    if folder == "releases" and suffix in {".yml", ".yaml", ".json"}:
        path_of = release_path
    elif f"{folder}/" == SEALS_FOLDER and suffix in _SIGNED:
        path_of = seal_path
    figures = stem.translate(_FIGURES) if not stem.strip("0123456789OoIl-_ ") else stem
    one = _ONE_NUMBER.fullmatch(figures)
    return path_of(int(one[1])) if path_of and one and int(one[1]) else None
