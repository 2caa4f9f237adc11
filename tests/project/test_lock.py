"""What jobs install is known by digest, actions by commit; the list of others' parts is whole."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from qmstool.site.edition.third_parties import third_parties
from qmstool.storage import resources

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / ".ci/site.lock").read_text("utf-8")
LOCKED = dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", LOCK, re.MULTILINE))
WORKFLOWS = [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".forgejo/workflows/*.yml")]
# What only builds the wheel is no part of a site.
BUILDING = {"hatchling", "pluggy", "tomlkit", "trove-classifiers"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_of_the_lock_has_digests() -> None:
    for block in re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_actions_are_named_by_commit(path: Path) -> None:
    for action in re.findall(r"uses: (actions/\S+)", path.read_text("utf-8")):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda path: f"{path.parts[-3]}/{path.name}"
)
def test_a_job_that_publishes_or_checks_installs_from_the_lock_alone(path: Path) -> None:
    if path.name == "development.yml":
        return
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    installs = [line for line in lines if "pip install" in line]
    assert all("PIP_NO_INDEX=1 PIP_FIND_LINKS=" in line for line in installs)
    downloads = [line for line in lines if "pip download" in line]
    assert all("--require-hashes" in line and "site.lock" in line for line in downloads)
    assert len(downloads) == len(installs)


def test_the_list_of_others_parts_is_that_of_the_lock() -> None:
    text = resources.packaged_path("templates/site/third-party.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    listed = {plain(row["name"]): row["version"] for row in rows}
    assert listed == {plain(name): each for name, each in LOCKED.items() if name not in BUILDING}
    assert all(row["licence"] for row in rows)
    assert len(third_parties()) == len(rows)
