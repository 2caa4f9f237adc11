"""The command line as a person meets it: exit status, language, where the answer goes."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from qmstool.cli.main import COMMANDS, main
from tests.support.repository import Repo

ROOT = Path(__file__).parents[2]


def test_a_sound_manual_ends_with_0(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tiny)]) == 0
    assert "0 lỗi" in capsys.readouterr().out


def test_a_broken_citation_ends_with_1_and_names_the_place(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = next(path for path in sorted((tiny / "manual").rglob("*.md")) if path.name != "index.md")
    page.write_text(page.read_text("utf-8") + "\nTheo mục 99.9.\n", "utf-8")
    assert main(["check", "--root", str(tiny), "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert f"{page.relative_to(tiny)}:" in out
    assert "99.9" in out


@pytest.mark.parametrize("command", [["check"], ["register", "internal"], ["check", "--nonsense"]])
@pytest.mark.parametrize("collecting", [True, False])
def test_a_caller_finds_the_collector_of_garbage_as_it_was(
    tiny: Path, command: list[str], *, collecting: bool
) -> None:
    was_collecting = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        with suppress(SystemExit):
            main([*command, "--root", str(tiny)])
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if was_collecting else gc.disable)()


@pytest.mark.parametrize("threshold", ["error", "warning", "info"])
def test_the_threshold_decides_the_status(tiny: Path, threshold: str) -> None:
    record = tiny / "procedures/records.yml"
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes())
    expected = {"error": 0, "warning": 1, "info": 1}[threshold]
    assert main(["check", "--root", str(tiny), "--fail-on", threshold]) == expected


def test_an_empty_folder_cannot_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert "qms.yml" in capsys.readouterr().err


def test_the_answer_goes_into_a_file_where_asked(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out/report.json"
    assert main(["check", "--root", str(tiny), "--format", "json", "--output", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text("utf-8"))["schema"] == 1


@pytest.mark.parametrize("option", ["--output", "--write-baseline"])
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    tiny: Path, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["check", "--root", str(tiny), option, str(tmp_path / "file/report.txt")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"qmstool: Không ghi hoặc không đọc được «{tmp_path / 'file'}")


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["check", "--nonsense"], ["check", "--format", "nonsense"], ["register"], []],
)
def test_bad_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    assert status == 2
    told = capsys.readouterr()
    assert told.out or told.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "--root" in capsys.readouterr().out


def test_explain_lists_all_and_prints_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    asked = [line.split()[1] for line in lines if line.endswith("(chỉ hỏi khi ghi tên)")]
    assert asked == [
        "title-differs",
        "relies-on-not-held",
        "weak-obligation",
        "period-missing",
        "abbreviation-undefined",
        "term-variant",
        "near-duplicate",
    ]
    first = lines[0].split()
    assert main(["explain", first[1], "--lang", "en"]) == 0
    assert "Why an auditor cares" in capsys.readouterr().out


def test_explain_knows_the_nearest_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "unknwn-code"]) == 2
    assert "unknown-code" in capsys.readouterr().err


@pytest.mark.parametrize("which", ["internal", "external", "forms", "records"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_registers_come_in_every_form(
    tiny: Path, which: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["register", which, "--root", str(tiny), "--format", form]) == 0
    assert capsys.readouterr().out


def test_the_matrix_names_every_clause_with_a_row(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["matrix", "--root", str(tiny), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_baseline_is_recorded_once(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Repo.make(tiny).commit("Bản đầu")
    assert main(["release", "adopt", "--root", str(tiny)]) == 0
    assert (tiny / "releases/0001.yml").is_file()
    assert main(["check", "--root", str(tiny)]) == 0
    capsys.readouterr()
    assert main(["release", "adopt", "--root", str(tiny)]) == 2


def test_a_command_within_a_manual_finds_its_root(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = tiny / "procedures" / "forms" / "sâu"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert main(["check", "--no-cache"]) == 0
    assert "0 lỗi" in capsys.readouterr().out
    assert main(["init", "mới", "--name", "A", "--yes"]) == 0
    assert (deep / "mới" / "qms.yml").is_file()
    monkeypatch.chdir(tiny.parent)
    assert main(["check"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--root", "{loop}"),
        ("build", "--draft", "--out", "{loop}"),
        ("init", "{loop}", "--yes", "--name", "X"),
        ("new", "procedure", "QT VP 55", "X", "--root", "{loop}"),
    ],
)
def test_a_link_that_leads_to_itself_is_told_in_a_sentence(
    words: tuple[str, ...],
    tiny: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = tiny / "vòng"
    loop.symlink_to(loop)
    monkeypatch.chdir(tiny)
    assert main([word.format(loop=loop) for word in words]) == 2
    assert "vòng" in capsys.readouterr().err


def test_a_folder_that_is_gone_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal may stand in a folder that somebody deleted or renamed."""
    gone = tmp_path / "mất"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["check", "--lang", "en"]) == 2
    assert "is gone" in capsys.readouterr().err


def test_a_pipe_that_closes_is_no_success() -> None:
    command = [sys.executable, "-m", "qmstool", "explain", "doubled-word"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command,
            stdout=writing,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix closes them")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_status(tiny: Path, closed: str) -> None:
    command = f'exec "$0" -m qmstool check --no-cache --root "$1" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, str(tiny)],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_who_measures_a_run_can_tell_of_it(tiny: Path) -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "qmstool", "check", "--root", str(tiny)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert b"function calls" in done.stdout


@pytest.mark.parametrize(
    ("only", "rules"),
    [
        (["unknown-code"], {"QMS101"}),
        (["QMS101"], {"QMS101"}),
        (["manual"], {"QMS101"}),
        (["./manual/1.2.md", "qms101"], {"QMS101"}),
        (["procedures", "QMS101"], set()),
    ],
)
def test_only_a_rule_or_a_place(
    tiny: Path, only: list[str], rules: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with (tiny / "manual/1.2.md").open("a") as page:
        page.write("\nTheo QT VP 99.\n")
    words = [word for name in only for word in ("--only", name)]
    status = main(["check", "--root", str(tiny), "--format", "json", *words])
    report = json.loads(capsys.readouterr().out)
    found = {finding["rule"] for finding in report["findings"]}
    assert found == rules
    assert (status, report["summary"]["errors"]) == ((1, 1) if rules else (0, 0))


def test_a_rule_on_request_is_asked_by_its_name(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tiny / "manual/1.2.md").open("a") as page:
        page.write("\nHọp mỗi năm một lần, nếu cần thiết.\n")
    for words, count in (([], 0), (["--only", "QMS610"], 1), ([], 0)):
        main(["check", "--root", str(tiny), "--format", "json", *words])
        report = json.loads(capsys.readouterr().out)
        assert report["summary"]["infos"] == count
        assert ("QMS610" in [each["rule"] for each in report["skipped"]]) == (not count)


def test_only_what_is_neither_rule_nor_place_is_told_with_the_nearest(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(tiny), "--only", "unknown-cod"]) == 2
    assert "unknown-code" in capsys.readouterr().err


def test_a_site_is_published_with_known_findings_and_says_so_on_every_page(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01
    with (tiny / "manual/1.2.md").open("a") as page:
        page.write("\nTheo QT VP 99.\n")
    known = tiny.parent / "known.yml"
    build = ["build", "--root", str(tiny), "--output", str(tiny.parent / "site")]
    assert main(build) == 1
    assert main([*build, "--known", str(known)]) == 2
    assert "--write-known" in capsys.readouterr().err
    assert main(["check", "--root", str(tiny), "--write-known", str(known)]) == 0
    assert "since: 2024-06-01\n" in known.read_text()
    count = json.loads(_checked(tiny, capsys))["summary"]
    standing = count["errors"] + count["warnings"] + count["infos"]
    assert main([*build, "--known", str(known)]) == 0
    told = f"Đăng khi còn {standing} chỗ sổ tay chưa đúng mà chưa sửa, đã biết từ 01/06/2024."
    pages = [*(tiny.parent / "site").rglob("index.html")]
    assert pages
    assert [page for page in pages if told not in page.read_text()] == []
    with (tiny / "manual/1.2.md").open("a") as page:
        page.write("\nTheo QT VP 98.\n")
    assert main([*build, "--known", str(known)]) == 1
    assert main([*build, "--draft"]) == 0
    pages = [*(tiny.parent / "site").rglob("index.html")]
    told = f"còn 2 lỗi, {count['warnings']} cảnh báo."
    assert [page for page in pages if told not in page.read_text()] == []
    assert not (tiny.parent / "site/0001").exists()


def _checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    main(["check", "--root", str(folder), "--format", "json"])
    return capsys.readouterr().out


def test_ctrl_c_ends_a_command_that_is_still_being_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qmstool.cli.main.import_module", interrupt)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == "qmstool: đã dừng (Ctrl-C) / stopped (Ctrl-C)\n"
