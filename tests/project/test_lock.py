"""What jobs install is known by digest, actions by commit; the list of others' parts is whole."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from qmstool.site.build.mkdocs_hook import UNUSED
from qmstool.site.edition.third_parties import third_parties
from qmstool.storage import resources

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / ".ci/site.lock").read_text("utf-8")
OFFICE = (ROOT / ".ci/office.lock").read_text("utf-8")
LOCKED, OF_OFFICE = (
    dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, re.MULTILINE)) for text in (LOCK, OFFICE)
)
WORKFLOWS = [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".forgejo/workflows/*.yml")]
# What only builds the wheel is no part of a site.
BUILDING = {"hatchling", "pluggy", "tomlkit", "trove-classifiers"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", [LOCK, OFFICE])
def test_every_package_of_the_lock_has_digests(lock: str) -> None:
    for block in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]


def test_a_lock_holds_for_the_oldest_python_that_the_tool_takes() -> None:
    """Debian 12, in which a job of Forgejo runs, has Python 3.11.2."""
    recipe = (ROOT / "justfile").read_text("utf-8").split("\nlock:\n")[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    assert re.findall(r"--python-version (\S+)", recipe) == [oldest, oldest]


def test_the_second_lock_has_what_the_extra_office_wants_and_nothing_twice() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {
        plain(re.split(r"[<>=;\[ ]", line)[0])
        for line in project["optional-dependencies"]["office"]
    }
    office = {plain(name) for name in OF_OFFICE}
    assert wanted <= office
    assert not office & {plain(name) for name in LOCKED}
    # What these need in their turn is in one of the two.
    for name in office:
        for line in metadata.requires(name) or ():
            if "extra ==" not in line:
                needed = plain(re.split(r"[<>=;!~\[( ]", line)[0])
                assert needed in office | {plain(each) for each in LOCKED}, (name, needed)


def test_both_locks_have_the_versions_of_the_tests() -> None:
    text = (ROOT / ".ci/constraints.txt").read_text("utf-8")
    tested = {
        plain(name): version for name, version in re.findall(r"^(\S+?)==(\S+)", text, re.MULTILINE)
    }
    for name, version in OF_OFFICE.items():
        assert tested[plain(name)] == version


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_actions_are_named_by_commit(path: Path) -> None:
    for action in re.findall(r"uses: (actions/\S+)", path.read_text("utf-8")):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda path: f"{path.parts[-3]}/{path.name}"
)
def test_what_is_named_by_a_tag_alone_says_so_and_stands_in_the_list_to_fill_in(path: Path) -> None:
    listed = (ROOT / "docs/forge.md").read_text("utf-8").split("**Not pinned here:**")[1]
    listed = listed.split("\n- **")[0]
    for line in path.read_text("utf-8").splitlines():
        named = re.match(r"\s*-?\s*(?:image|container|uses): *([^\s#]+)", line)
        if not named or re.search(r"@sha256:[0-9a-f]{64}$|@[0-9a-f]{40}$|^\./", named[1]):
            continue
        assert f"`{named[1]}`" in listed, named[1]
        assert "# chưa ghim · not pinned: docs/forge.md" in line, line


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
    assert all("--require-hashes" in line for line in downloads)
    # What is only there as source is built with whatever the index serves that day.
    assert all("--only-binary :all:" in line for line in downloads)
    locks = [re.search(r"\.ci/(\w+)\.lock", line)[1] for line in downloads]  # type: ignore[index]
    assert set(locks) <= {"site", "office"}
    assert len(downloads) == len(installs)
    builds = sum("qmstool build" in line for line in lines)
    assert locks.count("office") == builds


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("site:\n  downloads: [pdf, docx]\n", True),
        ("site: {url: x, downloads: [pdf]}\n", True),
        ("site: {url: x}\nnotice: no_downloads\n", False),
        (None, False),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/publish.yml",
        ".github/workflows/preview.yml",
        ".forgejo/workflows/publish.yml",
        ".forgejo/workflows/check.yml",
        ".gitlab-ci.yml",
    ],
)
def test_a_job_asks_the_manual_whether_it_wants_pdf_and_word(
    path: str, settings: str | None, wanted: bool, tmp_path: Path
) -> None:
    for line in (ROOT / path).read_text("utf-8").splitlines():
        if not (found := re.fullmatch(r"\s+(if (\[ -f (\S+) \] && grep .*); then)", line)):
            continue
        target = tmp_path / found[3]
        target.parent.mkdir(exist_ok=True)
        if settings is not None:
            target.write_text(f"schema: 1\n{settings}", "utf-8")
        done = subprocess.run(["sh", "-c", found[2]], cwd=tmp_path, check=False)
        assert (done.returncode == 0) is wanted
        break
    else:
        raise AssertionError(path)


def listed() -> list[dict[str, str]]:
    text = resources.packaged_path("templates/site/third-party.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_list_of_others_parts_is_that_of_both_locks() -> None:
    for of, locked in (("", LOCKED), ("office", OF_OFFICE)):
        named = {plain(row["name"]): row["version"] for row in listed() if row["of"] == of}
        assert named == {plain(name): each for name, each in locked.items() if name not in BUILDING}
    assert all(row["licence"] for row in listed())


def test_licences_are_those_that_the_packages_name() -> None:
    for row in listed():
        if row["of"] in {"", "office"}:
            named = metadata.metadata(row["name"]).get_all("License-Expression")
            assert [row["licence"]] == (named or [row["licence"]])


def test_what_the_theme_carries_onto_the_pages_is_listed() -> None:
    """The maps of its scripts and styles name the packages that they were made of."""
    theme = Path(str(metadata.distribution("mkdocs-material").locate_file("material/templates")))
    carried: set[str] = set()
    for path in theme.rglob("*.map"):
        if not path.relative_to(theme).as_posix().startswith(UNUSED):
            for source in json.loads(path.read_text("utf-8"))["sources"]:
                carried.update(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source))
    named = {row["name"] for row in listed() if row["of"] == "mkdocs-material"}
    assert named == carried | {"Material Design Icons"}


def test_a_page_names_the_parts_that_it_was_made_with() -> None:
    alone = {part.name: part.version for part in third_parties(with_office=False)}
    whole = {part.name: part.version for part in third_parties(with_office=True)}
    assert {"mkdocs", "rxjs"} <= alone.keys()
    assert whole.keys() - alone.keys() == {
        row["name"] for row in listed() if row["of"] in {"office", "typst"}
    }
    assert whole["Libertinus Serif"] == f"typst {whole['typst']}"
    assert all(whole.values())
