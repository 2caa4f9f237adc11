"""Test the rule `recorded-twice`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.releases.record import sha256
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.cli.scenes import make_scene
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

SLUG = "recorded-twice"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def scene(tmp_path: Path) -> Repo:
    """Two branches, each with a second release of its own."""
    repo = make_scene(tmp_path / "kho")
    for branch, code in (("a", "QT VP 01"), ("b", "QT VP 02")):
        repo.git("checkout", "-q", "-b", branch, "main")
        record = (repo.folder / "releases/0001.yml").read_bytes()
        text = (
            f'schema: 1\nrelease: 2\ntitle: "Đợt của nhánh {branch}"\n'
            "instrument: {kind: unknown, number: unknown, date: unknown}\n"
            "signer: {person: unknown, role: unknown, capacity: unknown}\neffective: unknown\n"
            f"recorder: unknown\nprevious: {sha256(record)}\nbasis: []\nitems:\n"
            f"  - {{code: {code}, act: withdraw, title: Tên, issue: 1, revision: 1}}\n"
        )
        repo.commit(f"ghi nhận trên {branch}", {"releases/0002.yml": text})
    return repo


def slugs(repo: Repo, capsys: pytest.CaptureFixture[str], *more: str) -> set[str]:
    main(["check", "--root", str(repo.folder), "--format", "json", *more])
    return {each["slug"] for each in json.loads(capsys.readouterr().out)["findings"]}


def test_a_merge_that_left_both_records_and_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = scene(tmp_path)
    repo.git("checkout", "-q", "a")
    with pytest.raises(AssertionError, match=r"git"):
        repo.git("merge", "-q", "b")
    assert SLUG in slugs(repo, capsys)
    assert "merge-marker" not in slugs(repo, capsys)
    assert main(["check", "--root", str(repo.folder), "--lang", "vi"]) == 1
    told = capsys.readouterr().out
    assert "Hai nhánh cùng ghi nhận đợt 2" in told
    assert "đợt 3" in told
    repo.git("checkout", "--ours", "releases/0002.yml")
    repo.commit("giữ bản của nhánh chính")
    assert SLUG not in slugs(repo, capsys)


def test_two_records_that_follow_the_same_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = scene(tmp_path)
    other = repo.git("show", "a:releases/0002.yml").replace("release: 2", "release: 3")
    repo.commit("đổi số cho xong", {"releases/0003.yml": other + "\n"})
    assert SLUG in slugs(repo, capsys)
