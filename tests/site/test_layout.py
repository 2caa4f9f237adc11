"""Pages laid out in the process of a test are those that mkdocs writes in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.site.build import edition_build
from qmstool.site.build.edition_build import SITE, run_mkdocs
from tests.support.site.in_process import lay_out
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from pathlib import Path

RUNS = (run_mkdocs, lay_out)  # the first is taken before any fixture puts the other in its place


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path there; the map that mkdocs makes of the day is no part."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if not path.name.startswith("sitemap")
    }


def test_both_write_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[dict[str, bytes]] = []

    def both(work: Path) -> None:
        for run in RUNS:
            run(work)
            written.append(contents(work / SITE))

    monkeypatch.setattr(edition_build, "run_mkdocs", both)
    built(write(tmp_path / "repo", {}), tmp_path / "site")
    apart, here = written
    assert len(apart) > 20
    assert [name for name in sorted(apart | here) if apart.get(name) != here.get(name)] == []


@pytest.mark.parametrize("run", RUNS)
def test_both_tell_what_they_cannot_read(tmp_path: Path, run: object) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [")
    assert callable(run)
    with pytest.raises(QmsError, match="mkdocs"):
        run(tmp_path)
