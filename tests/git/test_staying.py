"""What could be read when a command began, and what of it cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.digest import name_blob
from qmstool.git.staying import Readable
from qmstool.i18n import QmsError
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Một câu.\n"
LOST = "0" * 40


def test_what_is_still_there_or_never_was_is_no_loss(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "kho")
    commit = repo.commit("Bản đầu", {"a.md": TEXT})
    for blobs, commits in (
        ((name_blob(TEXT.encode()),), (commit, "HEAD")),
        ((LOST,), (LOST,)),
        ((), ()),
    ):
        Readable(repo.folder, blobs, commits).require()


@pytest.mark.parametrize("what", ["text", "commit"])
def test_what_went_meanwhile_is_told(tmp_path: Path, what: str) -> None:
    repo = Repo.make(tmp_path / "kho")
    commit = repo.commit("Bản đầu", {"a.md": TEXT})
    blob = name_blob(TEXT.encode())
    before = Readable(repo.folder, [blob, LOST], [commit])
    gone = blob if what == "text" else commit
    path = repo.folder / ".git/objects" / gone[:2] / gone[2:]
    path.chmod(0o644)
    path.write_bytes(b"")
    with pytest.raises(QmsError, match="commits: 1"):
        before.require()
