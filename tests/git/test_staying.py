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
