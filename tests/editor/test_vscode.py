"""What VS Code is told: snippets that mean themselves, a pattern that reads every finding, a task beside one's own."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli import console
from qmstool.cli.main import main
from qmstool.editor import vscode as editor
from qmstool.findings import Severity
from qmstool.manual.loading.loader import load
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.report import FORMATS
from qmstool.storage import watcher as saves
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree
from tests.support.memory import manual

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
# The grammar of a snippet as VS Code documents it, as far as ours use it.
TOKEN = re.compile(r"\\([\\$}])|\$(\d)|\$\{(\d)\|((?:\\.|[^\\|])+)\|\}|([^\\$])", re.DOTALL)


def parsed(body: list[str]) -> tuple[str, list[list[str]]]:
    """A snippet's text with its stops left empty, and the choices that it offers.

    What is no snippet fails.
    """
    text, choices, at, whole = "", [], 0, "\n".join(body)
    while at < len(whole):
        token = TOKEN.match(whole, at)
        assert token, whole[at:]
        escaped, _, _, offered, plain = token.groups()
        text += escaped or plain or ""
        if offered:
            choices.append(
                [re.sub(r"\\(.)", r"\1", each) for each in re.split(r"(?<!\\),", offered)]
            )
        at = token.end()
    return text, choices


def test_every_key_of_front_matter_has_a_snippet_with_the_names_of_this_manual() -> None:
    made: Any = editor.make_snippets(load(FolderTree(ROOT)))
    config = load(FolderTree(ROOT)).config
    for field in DOCUMENT.fields:
        text, _ = parsed(made[field.name]["body"])
        assert text.startswith(f"{field.name}: ")
    assert parsed(made["owner"]["body"])[1] == [[*config.units, *config.roles, *config.people]]
    assert parsed(made["type"]["body"])[1] == [list(config.types)]
    assert parsed(made["paper"]["body"])[0] == "paper: {issue: , revision: , effective: }"


def test_a_new_document_begins_with_what_is_wanted_most() -> None:
    made: Any = editor.make_snippets(load(FolderTree(ROOT)))
    text, choices = parsed(made["Tài liệu mới / New document"]["body"])
    assert text == "---\ncode: \ntype: \ntitle: \nowner: \napprover: \n---\n\n"
    assert len(choices) == 3
    assert {field.name for field in DOCUMENT.fields if field.required} <= set(
        re.findall(r"^(\w+):", text, re.MULTILINE)
    )


def test_whatever_can_be_cited_is_completed() -> None:
    real = load(FolderTree(ROOT))
    made: Any = editor.make_snippets(real)
    codes = {each.code for each in real.documents.values() if each.code}
    by_prefix = {each["prefix"][0]: each for each in made.values()}
    assert codes | {"điều khoản 7.5", "Nghị định 83/2006/NĐ-CP"} <= set(by_prefix)
    for said in codes:
        assert parsed(by_prefix[said]["body"]) == (said, [])
        assert len(by_prefix[said]["prefix"]) == 2, "a document is found by its title too"
    assert not [said for said in by_prefix if "unknown" in said]
    assert len({each["prefix"][0] for each in made.values()}) == len(made)


def test_names_that_look_like_snippets_mean_themselves() -> None:
    odd = r"${1|a,b|} $0 } \ |,"
    made: Any = editor.make_snippets(
        manual(
            procedures__external_dot_yml="schema: 1\ndocuments:\n"
            f"  x: {{number: '{odd}', type: T, issuer: I, title: T, status: unknown}}\n",
            qms_dot_yml="schema: 1\norganization: {name: N}\nlanguage: vi\ntimezone: UTC\nstandards: "
            "[{catalogue: small}]\n"
            f"types: {{manual: {{name: S, code: ST}}}}\nunits:\n  '{odd}': {{name: U}}\n  B: "
            f"{{name: B}}\n",
        )
    )
    assert parsed(made[f"T: T {odd}"]["body"]) == (f"T {odd}", [])
    assert parsed(made["owner"]["body"])[1] == [[odd, "B"]]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pattern_reads_every_finding_and_nothing_else(lang: Any) -> None:
    report = check_tree(FolderTree(ROOT))
    *lines, last = FORMATS["lines"](report, lang).splitlines()
    assert len(lines) == len(report.findings) > 50
    for line, finding in zip(lines, report.findings, strict=True):
        hit = re.match(editor.LINE, line)
        assert hit
        where = finding.location
        assert (hit[1], *map(int, hit.group(2, 3, 4, 5))) == (
            where.path,
            where.line,
            where.column,
            where.end_line,
            where.end_column,
        )
        assert Severity[hit[6].upper()] is finding.severity
        assert hit[7] == finding.rule
        assert finding.slug in hit[8]
    assert not re.match(editor.LINE, last)


@pytest.fixture
def saving(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let somebody save between two looks, and at last press Ctrl-C."""

    def give(*saves: Callable[[], object]) -> None:
        waiting = list(saves)

        def sleep(_: float) -> None:
            if not waiting:
                raise KeyboardInterrupt
            waiting.pop(0)()

        monkeypatch.setattr("time.sleep", sleep)

    return give


def test_each_save_is_checked_and_an_idle_moment_is_not(
    tiny: Path, saving: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    page, manifest = tiny / "manual/index.md", (tiny / "qms.yml").read_bytes()
    saving(
        lambda: None,
        lambda: page.write_text(page.read_text("utf-8") + "\nTheo QT VP 99.\n", "utf-8"),
        lambda: None,
        (tiny / "qms.yml").unlink,
        lambda: (tiny / "qms.yml").write_bytes(manifest),
    )
    assert main(["check", "--root", str(tiny), "--watch", "--format", "lines"]) == 130
    told = capsys.readouterr()
    assert [
        line.split(": ")[1:3] for line in told.out.splitlines() if re.match(editor.LINE, line)
    ] == [
        ["error", "QMS101 unknown-code"],
        ["error", "QMS101 unknown-code"],
    ]
    task: Any = editor.make_task(["python"])
    background = task["problemMatcher"]["background"]
    lines = told.err.splitlines()
    assert sum(bool(re.match(background["beginsPattern"], line)) for line in lines) == 4
    assert sum(bool(re.match(background["endsPattern"], line)) for line in lines) == 4
    assert sum("qms.yml" in line for line in lines) == 1


def test_a_folder_that_is_away_for_a_moment_is_waited_for(
    tiny: Path, saving: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    away, page = tiny.with_name("away"), tiny / "manual/index.md"
    saving(
        lambda: tiny.rename(away),
        lambda: None,
        lambda: away.rename(tiny),
        lambda: page.write_text(page.read_text("utf-8") + "\nTheo QT VP 99.\n", "utf-8"),
    )
    assert main(["check", "--root", str(tiny), "--watch", "--format", "lines"]) == 130
    assert "unknown-code" in capsys.readouterr().out


def test_what_the_system_refuses_is_told_and_the_next_save_is_checked(
    tiny: Path,
    saving: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = tiny / "manual/index.md"
    told, answer = [OSError(errno.EIO, "x", "a.md")], console.print_answer

    def refuse_once(options: argparse.Namespace, text: str) -> None:
        if told:
            raise told.pop()
        answer(options, text)

    monkeypatch.setattr(console, "print_answer", refuse_once)
    saving(lambda: page.write_text(page.read_text("utf-8") + "\nTheo QT VP 99.\n", "utf-8"))
    assert main(["check", "--root", str(tiny), "--watch", "--format", "lines"]) == 130
    said = capsys.readouterr()
    assert "«a.md»" in said.err
    assert "unknown-code" in said.out


def test_what_changes_files_is_not_watched(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in (["--fix"], ["--diff"], ["--write-baseline", str(tiny / "no.yml")]):
        assert main(["check", "--root", str(tiny), "--watch", *option]) == 2
        assert "--watch" in capsys.readouterr().err
    assert not (tiny / "no.yml").exists()


def test_a_save_is_seen_by_time_or_size(tiny: Path) -> None:
    before = saves.snapshot(tiny, "mkdocs.yml")
    (tiny / "mkdocs.yml").write_text("site_name: x\n")
    (tiny / "notes.txt").write_text("not of the manual")
    os.utime(tiny / "qms.yml", ns=(0, 0))
    (tiny / "procedures/records.yml").unlink()
    after = saves.snapshot(tiny, "mkdocs.yml")
    assert saves.changed_paths(before, after) == ("mkdocs.yml", "procedures/records.yml", "qms.yml")


def test_the_task_stands_beside_somebodys_own(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks, settings = tiny / ".vscode/tasks.json", tiny / ".vscode/settings.json"
    tasks.parent.mkdir()
    tasks.write_text(
        json.dumps(
            {"inputs": [], "tasks": [{"label": "mine"}, {"label": editor.LABEL, "command": "old"}]}
        ),
        "utf-8",
    )
    settings.write_text('{"files.autoSave": "off"}', "utf-8")
    for _ in range(2):
        assert main(["schema", "--root", str(tiny)]) == 0
    found = json.loads(tasks.read_text("utf-8"))
    mine, ours = found["tasks"]
    assert (mine, found["inputs"], found["version"]) == ({"label": "mine"}, [], "2.0.0")
    assert ours["args"][-2:] == ["--root", "${workspaceFolder}"]
    assert "-P" in ours["args"]
    assert Path(ours["command"]) == Path(sys.executable)
    assert json.loads(settings.read_text("utf-8"))["files.autoSave"] == "off"
    for broken in ("{ // của tôi\n}", "[]", '{"tasks": 5}'):
        tasks.write_text(broken, "utf-8")
        capsys.readouterr()
        assert main(["schema", "--root", str(tiny)]) == 0
        assert tasks.read_text("utf-8") == broken
        assert json.loads(capsys.readouterr().out)["label"] == editor.LABEL


def test_a_pipe_in_the_place_of_settings_is_named_and_not_opened(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / ".vscode").mkdir()
    os.mkfifo(tiny / ".vscode/settings.json")
    assert main(["schema", "--root", str(tiny)]) == 2
    assert "settings.json" in capsys.readouterr().err
    assert (tiny / ".vscode/settings.json").is_fifo()


def test_words_behind_a_link_that_leads_out_are_not_taken_over(
    tiny: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "fr.yml"
    outside.write_text("schema: 1\nlanguage: fr\n", "utf-8")
    folder = tiny / "templates/words/site"
    folder.mkdir(parents=True)
    (folder / "fr.yml").symlink_to(outside)
    assert main(["schema", "--words", "fr", "--root", str(tiny)]) == 2
    assert outside.read_text("utf-8") == "schema: 1\nlanguage: fr\n"


def test_python_inside_the_workspace_is_named_from_there(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tiny.resolve() / ".venv/bin/python"))
    assert main(["schema", "--root", str(tiny)]) == 0
    (task,) = json.loads((tiny / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    assert task["command"] == "${workspaceFolder}/.venv/bin/python"
