"""The tools of a contributor's day: each does what docs/contributing.md says of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from qmstool.rules import ALL
from tests.support.machine import REQUIRED

ROOT = Path(__file__).resolve().parents[2]
JUST = shutil.which("just", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
# What a new rule and its tests need of a checkout.
COPIED = (
    ".ci",
    "clauses/catalogues",
    "clauses/transitions",
    "docs/rules",
    "pyproject.toml",
    "qmstool",
    "templates",
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/data/tiny",
    "tests/rules",
    "tests/support",
)


def project() -> dict[str, Any]:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return cast("dict[str, Any]", data["project"])


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a folder, on the package that lies there."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# --- the task runner
# --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not JUST and not REQUIRED, reason="no just on this machine")
def test_contributing_tells_of_every_recipe_and_no_other() -> None:
    assert JUST
    done = subprocess.run([JUST, "--summary"], cwd=ROOT, capture_output=True, text=True, check=True)
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `just ([\w-]+)", page, re.MULTILINE)
    assert sorted(told) == sorted(set(done.stdout.split()) - {"default"})


@pytest.mark.skipif(not JUST and not REQUIRED, reason="no just on this machine")
def test_the_fast_tests_are_there() -> None:
    assert JUST
    command = [JUST, "--evaluate", "fast_tests"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [path for path in done.stdout.split() if not (ROOT / path).exists()] == []


def test_hooks_run_programs_that_development_installs() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (repository,) = yaml.safe_load(text)["repos"]
    assert repository["repo"] == "local"
    programs = {hook["entry"].split()[0] for hook in repository["hooks"]}
    assert programs == {"ruff", "mypy", "lint-imports", "python", "qmstool"}
    assert all(hook["language"] == "system" for hook in repository["hooks"])


def test_every_package_of_development_is_pinned() -> None:
    pins = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+-]+", line) for line in pins if line[:1] != "#")
    wanted = [*project()["dependencies"], *chain(*project()["optional-dependencies"].values())]
    names = {
        re.split(r"[ >=<;\[]", each)[0].lower() for each in wanted if "sys_platform" not in each
    }
    assert names - pinned == {"qmstool"}  # an extra that takes another in


# --- what is generated
# --------------------------------------------------------------------------------------------------


def test_the_table_of_modules_is_fresh() -> None:
    done = run(ROOT, ".ci/room_guide.py", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_table_of_modules_follows_the_docstrings(tmp_path: Path) -> None:
    for path in (".ci/room_guide.py", "docs/architecture.md", "qmstool/findings.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, tmp_path / path)
    module = tmp_path / "qmstool" / "findings.py"
    module.write_text('"""Say a thing\nin two lines.\n\nAnd more."""\n', encoding="utf-8")
    assert run(tmp_path, ".ci/room_guide.py", "--check").returncode == 1
    assert run(tmp_path, ".ci/room_guide.py").returncode == 0
    page = (tmp_path / "docs" / "architecture.md").read_text(encoding="utf-8")
    ours = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert "| `findings.py` | Say a thing in two lines. |\n\n## Walk one" in page
    assert page.partition("## The rooms")[0] == ours.partition("## The rooms")[0]
    assert page.partition("## Walk one")[2] == ours.partition("## Walk one")[2]
    assert run(tmp_path, ".ci/room_guide.py", "--check").returncode == 0


def test_the_figures_of_the_house_are_told() -> None:
    done = run(ROOT, ".ci/house_figures.py", "--without", "qmstool/parsing/markdown")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^tokens per line +\d+\.\d$", done.stdout, re.MULTILINE)


# --- a new rule
# --------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a rule needs, to make rules in."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    return tmp_path


def last_id(family: str) -> int:
    room = f"qmstool.rules.{family}."
    numbers = [int(rule.id[3:]) for rule in ALL if rule.check.__module__.startswith(room)]
    # Rules of a file are asked by a check of another room; their ids are of the family's hundred.
    hundred = min(numbers) // 100
    return max(int(rule.id[3:]) for rule in ALL if int(rule.id[3:]) // 100 == hundred)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("family", "slug", "options", "module"),
    [
        ("prose", "sample-fault", [], "sample_fault"),
        ("references", "other-fault", ["--into", "titles", "--on-request"], "titles"),
    ],
)
def test_a_new_rule_works_at_once(
    checkout: Path, family: str, slug: str, options: list[str], module: str
) -> None:
    """The generated rule passes its own test, those of its pages, the linter and the type checker."""
    done = run(checkout, ".ci/new_rule.py", family, slug, *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"QMS{last_id(family) + 1:03d} {slug} ")
    edited = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    pages = [f"docs/rules/{slug}.{lang}.md" for lang in ("vi", "en")]
    assert edited == [f"qmstool/rules/{family}/{module}.py", *pages]
    test = f"tests/rules/test_{slug.replace('-', '_')}.py"
    words = ["-m", "pytest", "-p", "no:cacheprovider", test, "tests/rules/test_pages.py"]
    tested = run(checkout, *words, "-k", f"{slug} or found or page_for_every_rule")
    assert tested.returncode == 0, tested.stdout
    made = [edited[0], "qmstool/rules/__init__.py", test]
    assert run(checkout, "-m", "ruff", "check", *made).stdout == "All checks passed!\n"
    again = run(checkout, ".ci/new_rule.py", family, slug, *options)
    assert again.returncode == 1
    assert f"there is a rule «{slug}» already" in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["prose", "Doubled_Word"], "a slug is made of"),
        (["nowhere", "sample-fault"], "no family «nowhere»"),
        (["prose", "titles"], "there is a module «titles» already"),
    ],
)
def test_what_cannot_be_a_rule_is_refused(checkout: Path, words: list[str], sentence: str) -> None:
    before = sorted(checkout.rglob("*"))
    done = run(checkout, ".ci/new_rule.py", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert sorted(checkout.rglob("*")) == before
