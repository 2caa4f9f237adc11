"""What could be read when a command began, and what of it cannot be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.digest import name_blob
from qmstool.git import presence
from qmstool.git.absence import AbsenceError
from qmstool.git.staying import Readable
from qmstool.i18n import QmsError
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Một câu.\n"
LOST = "0" * 40


@pytest.mark.parametrize(("what", "went"), [("text", 1), ("commit", 2)])
def test_what_went_meanwhile_is_told(tmp_path: Path, what: str, went: int) -> None:
    repo = Repo.make(tmp_path / "kho")
    commit = repo.commit("Bản đầu", {"a.md": TEXT})
    blob = name_blob(TEXT.encode())
    before = Readable(repo.folder, [blob, LOST], [commit, "HEAD", LOST])
    before.require()  # all is as it was: what never was here is no loss
    gone = blob if what == "text" else commit
    path = repo.folder / ".git/objects" / gone[:2] / gone[2:]
    path.chmod(0o644)
    path.write_bytes(b"")
    with pytest.raises(QmsError, match=f"commits: {went}"):
        before.require()


@pytest.mark.parametrize("zeros", [False, True])
def test_no_text_is_called_gone_where_the_repository_went(tmp_path: Path, *, zeros: bool) -> None:
    repo = Repo.make(tmp_path / "kho")
    repo.commit("Bản đầu", {"a.md": TEXT})
    blob = name_blob(TEXT.encode())
    assert presence.read_unless_elsewhere(repo.folder, {blob: "a.md", LOST: "b.md"}) == {
        blob: TEXT.encode()
    }
    for path in repo.folder.glob(".git/objects/??/*"):
        path.chmod(0o644)
        if zeros:
            path.write_bytes(b"\0" * path.stat().st_size)
        else:
            path.unlink()
    with pytest.raises(AbsenceError):
        presence.read_unless_elsewhere(repo.folder, {blob: "a.md"})
