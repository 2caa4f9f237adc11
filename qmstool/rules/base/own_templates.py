"""Find the templates that a manual has of its own, and define what there is to say of them.

In: the paths of a manual and how to read a file. Out: the texts of templates that are not the
package's, byte for byte, and template files that lie where nobody looks for them.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass, field
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.findings import Location

# The folders whose templates a manual may have of its own.
TEMPLATE_FOLDERS = ("templates/site/pages", "templates/dossier", "templates/print")

# What pages show beside templates: sheets and pictures that `mkdocs.yml` names.
_SHOWN = (".css", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico")

FaultKind = Literal["syntax", "name", "filter", "missing", "endless"]


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What a build would refuse in a template; `value`: the name, or what Jinja says."""

    place: Location
    kind: FaultKind
    value: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """The templates of a manual's own.

    `unused`: files in their folders that no page is made with, by path, with what was probably
    meant.
    """

    faults: tuple[TemplateFault, ...] = ()
    unused: Mapping[str, str | None] = field(default_factory=dict)


def read_own_texts(
    paths: Iterable[str], read: Callable[[str], bytes | None]
) -> dict[str, dict[str, str]]:
    """Return the texts of the manual's own templates, by folder and name.

    As far as `read` has them; without the folders in which each is the package's, byte for byte.
    """
    texts: dict[str, dict[str, str]] = {}
    changed: set[str] = set()
    for path in paths:
        folder = _folder_of(path)
        if not folder or path.lower().endswith(_SHOWN):
            continue
        data = read(path)
        if data is None:
            continue
        if data != resources.find(None, path):
            changed.add(folder)
        own = texts.setdefault(folder, {})
        own[path.removeprefix(f"{folder}/")] = data.decode("utf-8", errors="replace")
    return {folder: own for folder, own in texts.items() if folder in changed}


def find_misplaced(
    paths: Iterable[str], read: Callable[[str], bytes | None]
) -> dict[str, str | None]:
    """Return the files that look like templates and lie in no folder of them: the right path.

    Without those that are the package's, byte for byte.
    """
    return {
        path: _right_place(path)
        for path in paths
        if not _folder_of(path)
        and _is_elsewhere(path)
        and read(path) not in {None, resources.find(None, path)}
    }


def _folder_of(path: str) -> str:
    return next((each for each in TEMPLATE_FOLDERS if path.startswith(f"{each}/")), "")


def _is_elsewhere(path: str) -> bool:
    """Whether a file that lies in no folder of templates looks like one of them."""
    in_site = path.startswith("templates/site/") and not path.lower().endswith(_SHOWN)
    return in_site or path.lower().endswith((".jinja", ".j2", ".jinja2"))


def _right_place(path: str) -> str | None:
    name = posixpath.basename(path)
    for folder in TEMPLATE_FOLDERS:
        if name in resources.list_names(folder):
            return f"{folder}/{name}"
    return None
