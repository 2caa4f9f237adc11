"""Versions built in processes of their own, and what becomes of a site where one goes wrong."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.i18n import QmsError
from qmstool.process import fresh_processes
from qmstool.site import publish
from qmstool.site.build import side_by_side
from qmstool.site.edition.versions import describe_versions
from tests.support.faults import contents
from tests.support.shared import made_once
from tests.support.site.scenes import built, copy_released

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def undisturbed(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as one process builds it."""

    def make(home: Path) -> None:
        repo, _ = copy_released(released_home, home)
        built(repo.folder, home / "site")

    return made_once(tmp_path_factory, "built-by-one", make) / "site"


def _end(*_: object) -> None:
    os._exit(1)


def _fill_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/index.html")


def _refuse(*_: object) -> Any:
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def _of_before(*_: object) -> bytes:
    return b"of what lay here before somebody saved"


def _refuse_second(monkeypatch: pytest.MonkeyPatch) -> None:
    start: Any = fresh_processes
    started: list[int] = []

    def begin(count: int) -> Any:
        started.append(count)
        return start(count) if len(started) == 1 else _refuse()

    monkeypatch.setattr(side_by_side, "fresh_processes", begin)


def _refuse_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes begin only when they are given work: then the system refuses."""
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", _refuse)


WRONG: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "none starts": lambda patch: patch.setattr(side_by_side, "fresh_processes", _refuse),
    "none begins": _refuse_work,
    "the second does not start": _refuse_second,
    "killed": lambda patch: patch.setattr(side_by_side, "_build", _end),
    "finds other texts": lambda patch: patch.setattr(side_by_side, "_made_from", _of_before),
}


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG)
def test_what_a_process_does_not_do_this_one_does(
    released_home: Path,
    undisturbed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: str,
) -> None:
    monkeypatch.setattr(side_by_side, "processors", lambda: 3)
    repo, _ = copy_released(released_home, tmp_path)
    WRONG[wrong](monkeypatch)
    built(repo.folder, tmp_path / "site")
    one, other = contents(tmp_path / "site"), contents(undisturbed)
    assert [name for name in sorted(one | other) if one.get(name) != other.get(name)] == []


@pytest.mark.slow
def test_a_disk_that_is_full_for_a_process_ends_the_build_and_the_next_is_whole(
    released_home: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "processors", lambda: 3)
    repo, _ = copy_released(released_home, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(side_by_side, "_build", _fill_disk)
        with pytest.raises(OSError, match=r"site/index\.html"):
            built(repo.folder, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == []
    monkeypatch.setattr(side_by_side, "processors", lambda: 1)
    built(repo.folder, tmp_path / "site")
    one, other = contents(tmp_path / "site"), contents(undisturbed)
    assert [name for name in sorted(one | other) if one.get(name) != other.get(name)] == []


def test_a_build_whose_texts_go_meanwhile_leaves_the_site_as_it_was(
    released_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, site = copy_released(released_home, tmp_path)
    built(repo.folder, site)
    before = contents(site)
    page = repo.folder / "procedures/qt-vp-01.md"
    page.write_text(f"{page.read_text('utf-8')}\nMột câu nữa.\n", "utf-8")
    objects = repo.folder / ".git/objects"
    write = describe_versions

    def lose(*given: Any) -> Any:
        if objects.exists():
            objects.rename(tmp_path / "objects")
            objects.mkdir()
        return write(*given)

    with monkeypatch.context() as patch:
        patch.setattr(publish, "describe_versions", lose)
        with pytest.raises(QmsError, match="so nothing was written"):
            built(repo.folder, site)
    assert contents(site) == before
    objects.rmdir()
    (tmp_path / "objects").rename(objects)
    built(repo.folder, site)
    built(repo.folder, tmp_path / "whole")
    assert contents(site) == contents(tmp_path / "whole")
