"""The switch from an old folder to a new one: both ways, what killed writers leave, and what may be replaced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from qmstool.storage import atomic_switch as switch

if TYPE_CHECKING:
    from pathlib import Path


def put(live: Path, text: str) -> None:
    with switch.replacing(live) as work:
        (work / "site").mkdir()
        (work / "site/page").write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_plain_folder_is_replaced_and_nothing_else_remains(tmp_path: Path) -> None:
    for text in ("one", "two"):
        put(tmp_path / "site", text)
        assert (tmp_path / "site/page").read_text() == text
        assert names(tmp_path) == ["site"]


def test_without_an_exchange_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switch, "exchange", lambda *_: False)
    put(tmp_path / "site", "one")
    put(tmp_path / "site", "two")
    assert (tmp_path / "site/page").read_text() == "two"
    assert names(tmp_path) == ["site"]


def test_a_link_is_pointed_at_the_new_folder_and_the_old_stays_for_its_readers_until_the_next_time(
    tmp_path: Path,
) -> None:
    live = tmp_path / "site"
    live.symlink_to(".site.at-0")
    put(live, "one")
    reader = os.open(live, os.O_RDONLY)
    put(live, "two")
    assert (live / "page").read_text() == "two"
    with os.fdopen(os.open("page", os.O_RDONLY, dir_fd=reader)) as page:
        assert page.read() == "one"
    assert len(names(tmp_path)) == 3
    put(live, "three")
    assert len(names(tmp_path)) == 3
    assert (live / "page").read_text() == "three"


def test_an_error_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "site", "one")
    with pytest.raises(FileNotFoundError), switch.replacing(tmp_path / "site") as work:
        (work / "site/page").write_text("two")
    assert (tmp_path / "site/page").read_text() == "one"
    assert names(tmp_path) == ["site"]


def test_what_was_caught_between_two_renames_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".site.new-x/old").mkdir(parents=True)
    (tmp_path / ".site.new-x/old/page").write_text("one")
    switch.sweep(tmp_path / "site")
    assert (tmp_path / "site/page").read_text() == "one"
    assert names(tmp_path) == ["site"]


def test_a_writer_at_work_is_not_swept(tmp_path: Path) -> None:
    with switch.replacing(tmp_path / "site") as slow:
        (slow / "site").mkdir()
        put(tmp_path / "site", "quick")
        (slow / "site/page").write_text("slow")
    assert (tmp_path / "site/page").read_text() == "slow"
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("target", ["../elsewhere", "/etc", ".site.at-1/../../x", "elsewhere"])
def test_a_link_to_anything_else_may_not_be_replaced(target: str, tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(target)
    assert not switch.may_replace(tmp_path / "site")
