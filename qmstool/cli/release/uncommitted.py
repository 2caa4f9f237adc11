"""Name the files of a manual that are not committed: only what git has is signed or taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git import presence
from qmstool.i18n import QmsError, Text
from qmstool.storage.tree import belongs_to_manual

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.git.absence import Absence
    from qmstool.git.repository import Repository
    from qmstool.storage.tree import Tree

REFUSED = Text(
    "Những tệp này chưa được lưu vào git, nên chưa tiếp nhận được:\n{files}",
    "These files are not committed to git, so they cannot be taken over yet:\n{files}",
)
LEFT_OUT = Text(
    "Chưa lưu vào git nên không có trong hồ sơ:\n{files}",
    "Not committed, so left out:\n{files}",
)


def find_left_out(repository: Repository, tree: Tree) -> dict[str, Absence]:
    """Return the files on disk that a release would consist of and git does not have so."""
    return presence.find_uncommitted(repository, tree.list(), _would_be_frozen)


def _would_be_frozen(path: str) -> bool:
    return belongs_to_manual(path) and not path.startswith("releases/")


def describe_left_out(left_out: Mapping[str, Absence], text: Text = LEFT_OUT) -> Text:
    """Return a text with each file, why git does not have it, and what mends that."""
    vi = "\n".join(f"  {path}: {why.text.vi}" for path, why in left_out.items())
    en = "\n".join(f"  {path}: {why.text.en}" for path, why in left_out.items())
    return Text(text.vi.format(files=vi), text.en.format(files=en))


def refuse_uncommitted(repository: Repository, tree: Tree) -> None:
    """Raise QmsError that names each file of the manual that is not committed."""
    left_out = find_left_out(repository, tree)
    if left_out:
        raise QmsError(describe_left_out(left_out, REFUSED))
