"""The house rules that no linter knows, and that the linter knows the others.

Who may write; what `check` imports; what a wheel carries; what the papers about the house say.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from qmstool.cli.main import COMMANDS
from qmstool.git.sizes import MAX_FILE_BYTES
from qmstool.report.text import MOST_ERRORS
from qmstool.rules import BY_SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "qmstool"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What a path or a file object does to a disk. No linter knows of which kind an object is, so calls
# of these names are looked for.
WRITING_METHODS = {
    "write_text",
    "write_bytes",
    "mkdir",
    "rmdir",
    "unlink",
    "rename",
    "touch",
    "symlink_to",
    "hardlink_to",
    "chmod",
}
MODES = {"r", "w", "a", "x", "b", "t", "+"}

TOP_LEVEL = {
    ".ci", ".editorconfig", ".forgejo", ".gitattributes", ".github", ".gitignore", ".gitlab", ".gitlab-ci.yml",
    ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", "CHANGELOG.md", "LICENSE", "README.md", "README.vi.md", "SECURITY.md",
    "benchmarks", "clauses", "docs", "findings", "justfile", "manual", "mkdocs.yml", "procedures", "pyproject.toml", "qms.yml", "qmstool",
    "releases", "templates", "tests",
}  # fmt: skip


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


# --- who may do what to the world
# ----------------------------------------------------------------------------------------

# A line in a room that has none of the rights, and the rule of the linter that refuses it.
FORBIDDEN = {
    "import os\nos.popen('ls')": "S605",
    "import os\nos.system('ls')": "S605",
    "import os\nos.execv('ls', [])": "S606",
    "print('x')": "T201",
    "import sys\nsys.stdout.write('x')": "TID251",
    "import sys\nsys.exit(1)": "TID251",
    "from datetime import date\ndate.today()": "TID251",
    "import datetime as d\nd.datetime.now(None)": "TID251",
    "from os import remove as gone\ngone('x')": "TID251",
    "import os\nos.replace('x', 'y')": "TID251",
}


@pytest.mark.parametrize(("code", "rule"), FORBIDDEN.items())
def test_the_linter_knows_who_may_start_programs_print_write_and_read_the_clock(
    code: str, rule: str
) -> None:
    """Modules as a whole are held by the import contracts; what these let pass the linter refuses."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "--no-cache"]
    done = subprocess.run(
        [*command, "--stdin-filename", "qmstool/rules/any.py", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f" {rule} " in done.stdout


def writes(call: ast.Call) -> bool:
    """Whether a call is of a method that changes files, or opens one to write."""
    if not isinstance(call.func, ast.Attribute):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        return name == "open" and opens_to_write(call)
    method = call.func.attr
    if method in WRITING_METHODS:
        return True
    if method == "replace":
        # A path's; a text's takes two, a value's takes names.
        return len(call.args) == 1 and not call.keywords
    return method in {"open", "fdopen"} and opens_to_write(call)


def opens_to_write(call: ast.Call) -> bool:
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = {each.value for each in arguments if isinstance(each, ast.Constant)}
    modes = {text for text in texts if isinstance(text, str) and text and set(text) <= MODES}
    return any(set(mode) & {"w", "a", "x", "+"} for mode in modes)


def writing_calls() -> Iterator[str]:
    for path in MODULES:
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and writes(node):
                yield f"{short(path)}:{node.lineno}"


def test_only_storage_writes() -> None:
    places = list(writing_calls())
    assert any(
        place.startswith("storage/") for place in places
    )  # a search that finds nothing proves nothing
    assert [place for place in places if not place.startswith("storage/")] == []


# --- nothing in the package knows this manual
# ----------------------------------------------------------------------------


def data(path: str) -> Any:
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def names_of_the_manual() -> set[str]:
    """What this manual, its organisation and its standards are called, read from their own files."""
    manifest = data("qms.yml")
    names = {manifest["organization"]["name"], manifest["organization"]["short"]}
    names |= {unit["name"] for unit in manifest["units"].values()} | {
        role["name"] for role in manifest["roles"].values()
    }
    for kind in manifest["types"].values():
        names |= {kind["code"]} if "{" not in kind.get("code", "{") else set()
    for document in data("procedures/external.yml")["documents"].values():
        names |= {document["number"], document.get("title", "")}
    for path in (ROOT / "procedures").rglob("*.md"):
        names |= {
            word.strip()
            for word in re.findall(r"^code: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        }
    for path in (ROOT / "clauses" / "catalogues").glob("*.yml"):
        catalogue = data(f"clauses/catalogues/{path.name}")
        names |= {path.stem, catalogue["standard"], *catalogue.get("cited_as", ())}
    return {name for name in names if len(name) > 3 and name != "unknown"}


def spoken_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module but docstrings, which may say where a fact comes from."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value


def test_no_department_code_clause_or_law_is_named_in_python() -> None:
    names = names_of_the_manual()
    assert len(names) > 20
    # Whatever the manual, a numbered clause or a law in a sentence of the package belongs into its
    # data.
    numbered = r"(?:điều khoản|clause) \d|\d+/\d{4}/[A-ZĐ]|\bNĐ-CP\b|\bTCVN\b|\bISO \d"
    pattern = re.compile(
        "|".join(
            [
                numbered,
                *(
                    rf"(?<!\w){re.escape(name)}(?!\w)"
                    for name in sorted(names, key=len, reverse=True)
                ),
            ]
        )
    )
    found = [
        f"{short(path)}:{line}: {hit[0]}"
        for path in MODULES
        for line, text in spoken_texts(parse(path))
        if (hit := pattern.search(text))
    ]
    assert found == []


# --- what `check` imports
# ------------------------------------------------------------------------------------------------

IMPORTS = """
import sys
from qmstool.cli.main import main
status = main(["check", "--root", sys.argv[1], "--lang", "en"])
print(status, *sorted(sys.modules))
"""
HEAVY = {
    "mkdocs",
    "git",
    "jinja2",
    "markdown",
    "nh3",
    "material",
    "pymdownx",
    "openpyxl",
    "pypandoc",
    "typst",
    "asyncio",
    "http",
}
# Of the standard library: what costs start-up more than a check makes of it. `values`, `process`,
# `files` do without at first.
SPARED = {
    "ast",
    "calendar",
    "dataclasses",
    "inspect",
    "json",
    "random",
    "selectors",
    "subprocess",
    "tempfile",
    "xml",
}
FAR_ROOMS = {"qmstool.site", "qmstool.dossier", "qmstool.editor"}


def test_check_imports_no_renderer_and_no_exporter() -> None:
    command = [sys.executable, "-c", IMPORTS, str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    *_, last, said = done.stdout.splitlines()
    assert re.search(r"[1-9]\d* documents", last)
    status, *modules = said.split()
    assert status in {"0", "1"}
    loaded = set(modules)
    assert "qmstool.rules" in loaded
    assert {name.partition(".")[0] for name in loaded} & (HEAVY | SPARED) == set()
    assert loaded & FAR_ROOMS == set()
    assert {name for name in loaded if name.startswith("qmstool.report.")} == {
        "qmstool.report.display",
        "qmstool.report.remedies",
        "qmstool.report.text",
    }


# --- the repository and the wheel
# ----------------------------------------------------------------------------------------


def kept_files() -> list[str]:
    """What git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.split("\0") if path and (ROOT / path).exists()]


def test_the_top_level_holds_only_what_belongs_there() -> None:
    assert {path.partition("/")[0] for path in kept_files()} - TOP_LEVEL == set()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what git keeps, and installed apart from everything else."""
    room = tmp_path_factory.mktemp("wheel")
    source = room / "source"
    for name in kept_files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", str(room), str(source)], check=True, cwd=room
    )
    (wheel,) = room.glob("qmstool-*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(room / "installed"), str(wheel)],
        check=True,
        cwd=room,
    )
    return room / "installed"


def run_installed(
    installed: Path, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed package from a folder.

    -P keeps that folder, and the checkout, out of its imports.
    """
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "qmstool", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_wheel_carries_every_resource_as_it_is(installed: Path) -> None:
    carried = installed / "qmstool" / "_resources"
    homes = {
        "clauses/catalogues": "clauses/catalogues",
        "clauses/transitions": "clauses/transitions",
        "templates": "templates",
        "docs/rules": "rules",
    }
    for home, place in homes.items():
        ours = {
            path.removeprefix(f"{home}/"): (ROOT / path).read_bytes()
            for path in kept_files()
            if path.startswith(f"{home}/")
        }
        assert ours, home
        theirs = {
            file.relative_to(carried / place).as_posix(): file.read_bytes()
            for file in (carried / place).rglob("*")
            if file.is_file()
        }
        assert theirs == ours


@pytest.mark.slow
def test_the_wheel_carries_no_manual(installed: Path) -> None:
    files = {
        file.relative_to(installed).parts[0]
        for file in installed.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {name for name in files if not name.startswith("qmstool-")} == {"qmstool", "bin"}
    assert not list((installed / "qmstool").rglob("mapping"))
    assert (installed / "qmstool" / "py.typed").is_file()


@pytest.mark.slow
def test_an_empty_folder_is_refused_with_a_sentence(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, tmp_path, "check")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "qms.yml" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_installed_check_finds_its_catalogues(installed: Path, tmp_path: Path) -> None:
    catalogue = min((ROOT / "clauses" / "catalogues").glob("*-2015.yml"))
    (tmp_path / "qms.yml").write_text(
        "schema: 1\norganization: {name: Nơi thử}\nlanguage: vi\ntimezone: UTC\n"
        f"standards: [{{catalogue: {catalogue.stem}}}]\ntypes: {{manual: {{name: Sổ tay, "
        "code: ST}}\n",
        encoding="utf-8",
    )
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual" / "index.md").write_text(
        "---\ncode: ST\ntype: manual\ntitle: Sổ tay\n---\n\nMở đầu.\n", encoding="utf-8"
    )
    done = run_installed(installed, tmp_path, "check", "--format", "json")
    assert done.returncode in {0, 1}, done.stderr
    assert json.loads(done.stdout)["summary"]["clauses"] == len(
        data(f"clauses/catalogues/{catalogue.name}")["clauses"]
    )


# --- the papers about the house
# ------------------------------------------------------------------------------------------


def test_the_room_guide_draws_the_layers_of_the_contract() -> None:
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = guide[guide.index("```text\n") + 8 : guide.index("```", guide.index("```text\n") + 8)]
    rooms = [
        room
        for line in drawn.splitlines()
        for room in re.split(" · |, ", re.split(" {2,}", line.strip())[0])
    ]
    (contract, *_) = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    height = {
        room.strip(): at for at, layer in enumerate(contract["layers"]) for room in layer.split("|")
    }
    assert set(rooms) == {room for room in height if not room.startswith(("(", "__"))}
    assert [height[room] for room in rooms] == sorted(height[room] for room in rooms)


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    decision = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
    reasons = "\n".join(
        line.split("|")[1]
        for line in decision.splitlines()
        if line.startswith("| ") and not line.startswith("| package")
    )
    names = {re.split(r"[ >=<;\[]", requirement)[0] for requirement in declared}
    names -= {"qmstool"}  # an extra that takes another in
    assert [
        name
        for name in names
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reasons, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.vi.md",
        "CHANGELOG.md",
        *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
    ],
)
def test_links_of_the_papers_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text)
    for target, anchor in targets:
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), (target, anchor)


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives the headings of a page."""
    text = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    heads = [head.lower() for head in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]
    return {re.sub(r"[^\w -]", "", head).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize(
    ("page", "limit"),
    [
        ("README.md", f"the first {MOST_ERRORS} errors"),
        ("docs/reliability.md", f"size within {MAX_FILE_BYTES >> 20} MB"),
        ("docs/security.md", f"a file past {MAX_FILE_BYTES >> 20} MB is refused"),
    ],
)
def test_limits_in_the_papers_are_those_of_the_code(page: str, limit: str) -> None:
    assert limit in (ROOT / page).read_text(encoding="utf-8")


def test_the_readme_opens_with_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", text, re.MULTILINE)
    assert len(commands) == 2
    assert "qmstool check && .venv/bin/qmstool build" in commands[0]
    assert commands[1].endswith("-m pytest -n auto")
    table = text[text.index("## Commands") :]
    assert re.findall(r"^\| `qmstool ([\w-]+)", table, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.vi.md", "vi")])
def test_the_finding_shown_is_what_check_prints(page: str, language: str, tmp_path: Path) -> None:
    """The block is real output: the same slip is made in a copy of the manual, and the report
    begins with the block, after the line of counts.
    """
    for path in kept_files():
        if path == "qms.yml" or path.startswith(("manual/", "clauses/", "procedures/")):
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / path).read_bytes())
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = [
        block for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL) if "QMS101" in block
    ]
    slip = tmp_path / block.partition(":")[0]
    slip.write_text(
        slip.read_text(encoding="utf-8").replace("QT BIS 01", "QT BIS 10"), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "qmstool",
        "check",
        "--root",
        str(tmp_path),
        "--lang",
        language,
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert done.stdout.partition("\n\n")[2].startswith(block + "\n")


def test_the_guide_for_the_secretariat_names_real_rules() -> None:
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z-]+)`: ", text, re.MULTILINE)) | set(
        re.findall(r"qms: allow ([a-z-]+),", text)
    )
    assert len(named) > 5
    assert named <= set(BY_SLUG)


def test_the_pictures_of_the_first_day_are_shown() -> None:
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    drawn = {
        f"docs/images/{path.name}" for path in (ROOT / "docs" / "images").glob("ngay-dau-tien-*")
    }
    assert drawn
    assert drawn == set(re.findall(r"\]\((docs/images/ngay-dau-tien-[^)]+)\)", text))
    assert text.index("## Ngày đầu tiên") == text.index("## ")


def test_a_room_is_never_too_big_and_a_class_name_means_one_thing() -> None:
    """At most 25 files of Python in a folder; no two modules define a class of one name."""
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES)
    assert {folder: count for folder, count in folders.items() if count > 25} == {}
    where: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}
