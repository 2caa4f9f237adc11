"""The files for the secretariat's forge.

They parse, a stranger's proposal gets neither secrets nor rights, and the slips have their fields.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from tests.support.repository import Repo

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".forgejo/workflows/*.yml")])
GITLAB = ROOT / ".gitlab-ci.yml"
# Tests qmstool itself, so it runs the code of a proposal: without rights, as every other job of
# one.
DEVELOPMENT = "development.yml"
PROPOSAL_EVENTS = {"pull_request", "pull_request_target", "issue_comment", "workflow_run", "issues"}
# A secret by name, all of them at once, or the token of the job.
KNOWS_SECRETS = re.compile(
    r"\bsecrets\s*(?:[.\[)]|:\s*inherit)|to[Jj][Ss][Oo][Nn]\(\s*github\b"
    r"|\bgithub\s*(?:\.\s*token|\[)"
)
# What a stranger can put words into, as an expression of a workflow.
STRANGERS_WORDS = re.compile(
    r"\$\{\{[^}]*\b(?:github\.event|github\.head_ref|github\.ref_name|inputs)\b"
)
AUTHORS_WORDS = re.compile(
    r"\$CI_(?:COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|REF)|MERGE_REQUEST_(?:TITLE|DESCRIPTION|SOURCE))"
)
PROPOSAL_FIELDS = (
    "Phiếu đề nghị (biên soạn mới, sửa đổi, hủy bỏ)",
    "Loại đề nghị",
    "Tài liệu",
    "Mục",
    "Người đề nghị, đơn vị",
    "Đơn vị chủ trì",
    "Nội dung hiện nay",
    "Nội dung đề nghị",
    "Lý do, căn cứ",
    "Tóm tắt để ghi vào bảng theo dõi sửa đổi",
    "Ảnh hưởng",
    "Ý kiến xem xét",
    "không phải là phê duyệt",
)


def text_yaml(path: Path) -> dict[str, Any]:
    """Every scalar as text: YAML 1.1 would read the key «on» as true."""
    return cast(
        "dict[str, Any]", yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    )


def events(workflow: dict[str, Any]) -> set[str]:
    given = workflow["on"]
    return {given} if isinstance(given, str) else set(given)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def jobs(*, of_proposals: bool, of_manuals: bool = False) -> list[Any]:
    """The jobs of all workflows, of those that proposals start, or of those among them that check a
    manual.
    """
    found = []
    for path in WORKFLOWS:
        workflow = text_yaml(path)
        if of_proposals and not events(workflow) & PROPOSAL_EVENTS:
            continue
        if of_manuals and path.name == DEVELOPMENT:
            continue
        found += [
            pytest.param(path, key, job, id=f"{name(path)}:{key}")
            for key, job in workflow["jobs"].items()
        ]
    return found


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", job.get("steps", []))


def test_there_is_something_to_test() -> None:
    assert {name(path) for path in WORKFLOWS} >= {
        ".github/workflows/check.yml",
        ".github/workflows/preview.yml",
        ".github/workflows/publish.yml",
        ".github/workflows/daily.yml",
        ".forgejo/workflows/check.yml",
        ".forgejo/workflows/publish.yml",
    }
    assert len(jobs(of_proposals=True)) >= 3


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_every_job_says_what_it_may(path: Path) -> None:
    workflow = text_yaml(path)
    assert workflow["name"]
    assert "permissions" in workflow
    for job in workflow["jobs"].values():
        assert isinstance(job["permissions"], dict)
        assert "uses" in job or int(job["timeout-minutes"]) <= 60


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_no_event_runs_with_the_rights_of_the_base_branch(path: Path) -> None:
    assert not events(text_yaml(path)) & {"pull_request_target", "workflow_run", "issue_comment"}


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=True))
def test_a_job_on_a_proposal_reads_only(path: Path, key: str, job: dict[str, Any]) -> None:
    del path, key
    assert job["permissions"] == {"contents": "read"}
    assert "environment" not in job
    assert "self-hosted" not in job["runs-on"]


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=True))
def test_a_job_on_a_proposal_knows_no_secret(path: Path, key: str, job: dict[str, Any]) -> None:
    del key, job
    text = path.read_text(encoding="utf-8")
    assert not KNOWS_SECRETS.search(text)
    assert "actions/cache" not in text


@pytest.mark.parametrize(
    "words",
    [
        "${{ secrets.TOKEN }}",
        "${{ secrets['TOKEN'] }}",
        "${{ toJSON(secrets) }}",
        "${{ format('{0}', toJson(github)) }}",
        "${{ github.token }}",
        "${{ github['token'] }}",
        "    secrets: inherit",
        "if: contains(secrets.A, 'x')",
    ],
)
def test_every_way_to_a_secret_is_known(words: str) -> None:
    assert KNOWS_SECRETS.search(words)


def test_jobs_of_a_proposal_on_gitlab_keep_nothing_and_ask_for_no_secret() -> None:
    # A protected variable is GitLab's to keep back; a cache, and a name of one, would be ours.
    config = text_yaml(GITLAB)
    proposed = {".proposal", *(key for key, job in config.items() if "extends" in job)}
    assert proposed >= {".proposal", "kiem-tra", "xem-truoc"}
    for key in (*proposed, "default", "variables"):
        text = yaml.safe_dump(config[key])
        assert "cache" not in config[key]
        assert "id_tokens" not in config[key]
        assert "secrets" not in config[key]
        assert not re.search(r"TOKEN|SECRET|PASSWORD|--facts", text), key


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=True, of_manuals=True))
def test_a_job_on_a_proposal_runs_the_tool_of_the_base_branch(
    path: Path, key: str, job: dict[str, Any]
) -> None:
    """Two folders; only the base is installed; no step works inside the proposal.

    Its templates are put away first.
    """
    del path, key
    checkouts = [
        step["with"] for step in steps(job) if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert {each["path"] for each in checkouts} == {"base", "proposal"}
    assert (
        next(each for each in checkouts if each["path"] == "base")["ref"]
        == "${{ github.base_ref }}"
    )
    scripts = [step["run"] for step in steps(job) if "run" in step]
    installs = [line for script in scripts for line in script.splitlines() if "pip install" in line]
    assert installs
    assert {line.split()[-1] for line in installs} <= {"./base", "base/.ci/office.lock"}
    assert all("working-directory" not in step for step in steps(job))
    assert not any(
        re.search(r"\bcd\b|\bsource\b|python[\d.]* (?!-m (?:pip|venv) )\S*proposal", script)
        for script in scripts
    )
    assert job["env"]["PYTHONSAFEPATH"] == "1"
    put_away = next(
        at
        for at, script in enumerate(scripts)
        if "rm -rf proposal/templates proposal/mkdocs.yml" in script
    )
    uses = [
        at for at, script in enumerate(scripts) if re.search(r"qmstool (?:check|build)", script)
    ]
    assert uses
    assert all(at > put_away for at in uses)
    assert all("--root proposal" in line for at in uses for line in scripts[at].splitlines())


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=False))
def test_no_words_of_a_stranger_in_a_script(path: Path, key: str, job: dict[str, Any]) -> None:
    """An expression inside `run:` is pasted into a shell before it is read.

    Values come through the environment instead.
    """
    del path, key
    for step in steps(job):
        assert "${{" not in step.get("run", "")
        assert not STRANGERS_WORDS.search(str(step.get("with", "")))
        assert not STRANGERS_WORDS.search(str(step.get("env", "")))


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=False))
def test_a_checkout_leaves_no_token_behind(path: Path, key: str, job: dict[str, Any]) -> None:
    del path, key
    for step in steps(job):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize(("path", "key", "job"), jobs(of_proposals=False))
def test_actions_are_pinned_and_official(path: Path, key: str, job: dict[str, Any]) -> None:
    del path, key
    used = [step["uses"] for step in steps(job) if "uses" in step]
    assert all(
        re.fullmatch(r"(?:actions|forgejo)/[a-z-]+@(?:v\d+|[0-9a-f]{40})", each) for each in used
    )


@pytest.mark.parametrize("forge", [".github", ".forgejo"])
def test_development_runs_everything_that_must_hold(forge: str) -> None:
    workflow = text_yaml(ROOT / forge / "workflows" / DEVELOPMENT)
    assert {"push", "pull_request"} <= events(workflow)
    assert any(
        "bash .ci/run" in step.get("run", "") for step in steps(workflow["jobs"]["everything"])
    )
    # What lies in a manual alone starts none of it.
    assert not {"manual/**", "procedures/**", "releases/**"} & set(
        workflow["on"]["pull_request"]["paths"]
    )


def test_the_fast_tests_run_on_the_other_systems() -> None:
    job = text_yaml(ROOT / ".github" / "workflows" / DEVELOPMENT)["jobs"]["fast"]
    assert job["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    assert job["runs-on"] == "${{ matrix.system }}"
    assert [step["run"] for step in steps(job) if "run" in step][-1] == "just fast"


def test_the_daily_job_calls_the_publishing_one() -> None:
    daily = text_yaml(ROOT / ".github/workflows/daily.yml")
    assert daily["on"]["schedule"]
    (job,) = daily["jobs"].values()
    called = ROOT / job["uses"]
    assert "workflow_call" in events(text_yaml(called))
    assert text_yaml(ROOT / ".forgejo/workflows/publish.yml")["on"]["schedule"]


def test_gitlab_runs_the_tool_of_the_target_branch() -> None:
    config = text_yaml(GITLAB)
    proposal = config[".proposal"]
    before = proposal["before_script"]
    assert any('pip install --quiet "$CI_PROJECT_DIR.base"' in line for line in before)
    assert "rm -rf templates mkdocs.yml" in before
    on_requests = [
        job
        for job in config.values()
        if isinstance(job, dict) and job.get("extends") == ".proposal"
    ]
    assert len(on_requests) == 2
    assert all("before_script" not in job for job in on_requests)
    assert config["variables"]["PYTHONSAFEPATH"] == "1"
    assert (
        config["kiem-tra"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    )
    assert config["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_gitlab_scripts_quote_what_they_are_given() -> None:
    config = text_yaml(GITLAB)
    for job in config.values():
        if isinstance(job, dict):
            for line in [
                *job.get("before_script", []),
                *job.get("script", []),
                *job.get("after_script", []),
            ]:
                assert not AUTHORS_WORDS.search(line), line
                bare = re.sub(r'"[^"]*"', "", line)
                assert "$" not in bare, line


SLIPS = (
    ".github/pull_request_template.md",
    ".gitlab/merge_request_templates/Default.md",
    ".forgejo/pull_request_template.md",
)


@pytest.mark.parametrize("path", SLIPS)
def test_a_pull_request_is_a_slip(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert [field for field in PROPOSAL_FIELDS if field not in text] == []


def test_every_forge_has_the_same_slip() -> None:
    assert len({(ROOT / path).read_text(encoding="utf-8") for path in SLIPS}) == 1


def test_every_forge_asks_a_reader_the_same() -> None:
    bodies = set()
    for path in (
        ".github/ISSUE_TEMPLATE/gop-y.md",
        ".forgejo/ISSUE_TEMPLATE/gop-y.md",
        ".gitlab/issue_templates/Default.md",
    ):
        text = (ROOT / path).read_text(encoding="utf-8")
        if text.startswith("---\n"):
            _, front, text = text.split("---\n", 2)
            assert set(yaml.safe_load(front)) >= {"name", "about"}
        bodies.add(text.strip())
    assert len(bodies) == 1
    (body,) = bodies
    assert all(
        field in body
        for field in (
            "Trang hoặc tài liệu",
            "Chỗ cần xem lại",
            "Vấn đề",
            "Đề nghị",
            "Người góp ý, đơn vị",
        )
    )


def test_the_hook_checks_the_manual_as_a_whole() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "qmstool-check"
    assert hook["entry"] == "qmstool check --history"
    assert hook["pass_filenames"] is False
    # A commit that deletes, moves or merges hands no file to a hook that waits for names.
    assert hook["always_run"] is True
    assert "files" not in hook


# --- the jobs themselves, on a hostile proposal
# --------------------------------------------------------------------------


def workspace(room: Path) -> Path:
    """A forge's workspace: the base branch, and a proposal that tries to run something in every way
    a file can.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    kept = [
        path
        for path in subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\0")
        if path
    ]
    for branch in ("base", "proposal"):
        for path in kept:
            if path == "qms.yml" or path.startswith(
                ("manual/", "clauses/", "procedures/", "templates/")
            ):
                target = room / branch / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, target)
    marker = room / "RAN"
    proposal = room / "proposal"
    for module in ("mkdocs", "yaml", "qmstool", "sitecustomize", "jinja2"):
        (proposal / f"{module}.py").write_text(
            f"open({str(marker)!r}, 'a').write({module!r})\n", encoding="utf-8"
        )
    for page in (proposal / "templates").rglob("*.jinja"):
        page.write_text(
            f"{{{{ cycler.__init__.__globals__.os.system('touch {marker}') }}}}STRANGE",
            encoding="utf-8",
        )
    (proposal / "mkdocs.yml").write_text(
        "site_name: STRANGE\nhooks: [mkdocs.py]\nplugins: [evil]\n", encoding="utf-8"
    )
    # The tool of the base branch, where each job looks for it.
    tool = room / "tool" / "bin" / "qmstool"
    tool.parent.mkdir(parents=True)
    tool.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m qmstool "$@"\n',
        encoding="utf-8",
    )
    tool.chmod(0o755)
    # Each job checks the proposal out with its whole history, which `check --history` asks.
    Repo.make(proposal).commit("Đề nghị")
    return room


def run_job(path: str, room: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every script of the one job of a workflow, as the forge runs it, but for the installation.

    The first failure ends it.
    """
    (job,) = text_yaml(ROOT / path)["jobs"].values()
    summary = room / "summary.md"
    environment = (
        os.environ
        | job["env"]
        | {
            "PATH": f"{room / 'tool' / 'bin'}:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(summary),
        }
    )
    environment.pop("PYTHONPATH", None)
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    for step in steps(job):
        script = step.get("run", "")
        failed = any(each.returncode for each in done.values())
        if not script or "pip install" in script or (failed and step.get("if") != "always()"):
            continue
        command = ["bash", "-e", "-o", "pipefail", "-c", script]
        done[step["name"]] = subprocess.run(
            command,
            cwd=room,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return done


@pytest.mark.parametrize("path", [".github/workflows/check.yml", ".forgejo/workflows/check.yml"])
def test_a_hostile_proposal_is_checked_and_runs_nothing(path: str, tmp_path: Path) -> None:
    room = workspace(tmp_path)
    slip = next(
        file
        for file in sorted((room / "proposal" / "manual").rglob("*.md"))
        if "QT BIS 01" in file.read_text(encoding="utf-8")
    )
    slip.write_text(
        slip.read_text(encoding="utf-8").replace("QT BIS 01", "QT BIS 10"), encoding="utf-8"
    )
    done = run_job(path, room)
    assert done["Check"].returncode == 1, done["Check"].stderr
    name_of_slip = slip.relative_to(room / "proposal").as_posix()
    assert re.search(
        rf"^(?:::error file=)?{re.escape(name_of_slip)}[:,]", done["Check"].stdout, re.MULTILINE
    )
    assert "Build the preview" not in done
    assert not (room / "RAN").exists()
    if path.startswith(".github"):
        assert "QT BIS 10" in (room / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [".github/workflows/preview.yml", ".forgejo/workflows/check.yml"])
def test_a_hostile_proposal_is_previewed_and_runs_nothing(path: str, tmp_path: Path) -> None:
    room = workspace(tmp_path)
    done = run_job(path, room)
    assert {name: each.stderr for name, each in done.items() if each.returncode} == {}
    home = (room / "preview" / "index.html").read_text(encoding="utf-8")
    assert "STRANGE" not in home
    assert not (room / "RAN").exists()
