"""`check` asked again: what it recalls is what it would find, and where it must ask afresh it does."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.cache import ReportCache
from qmstool.cli.checking import run
from qmstool.cli.main import main
from qmstool.report import FORMATS
from qmstool.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = (
    "import sys; from qmstool.cli.main import main; main(sys.argv[1:]); print(*sorted(sys.modules))"
)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home, not a guard's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a manual is really read and checked leaves a word here."""
    words: list[str] = []
    look = run.run_check

    def listened(*given: object) -> run.CheckRun:
        words.append("asked")
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "run_check", listened)
    return words


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_recalled_is_said_as_found(
    tiny: Path, form: str, lang: str, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "procedures/records.yml").write_text("records: {", "utf-8")
    command = ["check", "--root", str(tiny), "--format", form, "--lang", lang]
    said = []
    for more in ([], [], ["--no-cache"]):
        status = main([*command, *more])
        said.append((status, capsys.readouterr().out))
    assert said[0][0] == 1
    assert said[0] == said[1] == said[2]
    assert asked == ["asked", "asked"]


@pytest.mark.usefixtures("home")
def test_a_report_names_the_folder_as_this_user_does(
    tiny: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for root in (tiny, tiny / "manual/.."):
        main(["check", "--root", str(root), "--format", "json"])
        assert f'"root": "{root}"' in capsys.readouterr().out
    assert asked == ["asked"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("day", [+1, -1])
def test_another_day_is_asked_afresh(
    tiny: Path, day: int, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["check", "--root", str(tiny)])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795305600 + day * 86400))
    main(["check", "--root", str(tiny)])
    assert asked == ["asked", "asked"]


@pytest.mark.usefixtures("home")
def test_the_day_is_the_manuals_own(
    tiny: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Viet Nam (UTC+7) a day ends at 17:00 UTC."""
    assert "timezone: Asia/Ho_Chi_Minh" in (tiny / "qms.yml").read_text("utf-8")
    for hour, times in ((16, 1), (16.99, 1), (17, 2), (24 + 16.99, 2), (24 + 17, 3)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795305600 + int(hour * 3600)))
        main(["check", "--root", str(tiny)])
        assert len(asked) == times, hour


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("value", "recalls"), [("true", False), ("1", False), ("", True), ("false", True), ("0", True)]
)
def test_what_guards_a_branch_asks_afresh(
    tiny: Path, value: str, recalls: bool, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", value)
    for _ in range(2):
        main(["check", "--root", str(tiny)])
    assert asked == (["asked"] if recalls else ["asked", "asked"])


@pytest.mark.parametrize(
    "spoil", ["cache is a file", "state is a file", "secret leads nowhere", "no home", "relative"]
)
def test_without_a_place_to_keep_it_a_check_is_a_check(
    home: Path,
    tiny: Path,
    spoil: str,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if spoil == "cache is a file":
        (home / ".cache").write_text("")
    elif spoil == "state is a file":
        (home / ".local").write_text("")
    elif spoil == "secret leads nowhere":
        (home / ".local/state/qmstool").mkdir(parents=True)
        (home / ".local/state/qmstool/secret").symlink_to(home / "nowhere/secret")
    elif spoil == "no home":
        monkeypatch.setenv("HOME", "nowhere")
    else:
        monkeypatch.setenv("XDG_STATE_HOME", "here")
        monkeypatch.setenv("HOME", "nowhere")
    monkeypatch.chdir(tiny)
    for _ in range(2):
        assert main(["check"]) == 0
    assert asked == ["asked", "asked"]
    assert capsys.readouterr().err == ""
    assert {path.name for path in tiny.iterdir()} & {"nowhere", "here"} == set()


def test_a_poisoned_home_changes_no_answer(
    home: Path, tiny: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--root", str(tiny)])
    said = capsys.readouterr().out
    kept = [path for path in (home / ".cache/qmstool").rglob("*") if path.is_file()]
    assert len(kept) == 3  # the report, what files say, and the expressions to read them by
    for poison in (
        lambda _: b"",
        lambda _: b"poison",
        lambda data: data[:-1],
        lambda data: data.replace(b"vi", b"en"),
    ):
        for path in kept:
            path.write_bytes(poison(path.read_bytes()))
        main(["check", "--root", str(tiny)])
        assert capsys.readouterr().out == said
    assert len(asked) == 5


def test_a_secret_that_was_cut_short_is_made_anew(home: Path, tiny: Path, asked: list[str]) -> None:
    secret = home / ".local/state/qmstool/secret"
    secret.parent.mkdir(parents=True)
    secret.write_bytes(b"short")
    for _ in range(2):
        main(["check", "--root", str(tiny)])
    assert asked == ["asked"]


def test_the_secret_and_what_it_signs_are_the_users_own(home: Path, tiny: Path) -> None:
    main(["check", "--root", str(tiny)])
    secret = home / ".local/state/qmstool/secret"
    kept = [path for path in (home / ".cache/qmstool").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in (secret, *kept)} == {0}
    assert len(set(secret.read_bytes())) > 8


@pytest.mark.usefixtures("home")
def test_after_any_edit_the_answer_is_the_one_a_fresh_check_gives(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edits, and going back: texts cut, words swapped, files renamed, gone and made, in any order."""
    chance = random.Random(11)
    whole = {path: path.read_bytes() for path in sorted(tiny.rglob("*")) if path.is_file()}

    def cut(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: chance.randrange(len(data) + 1)])

    def back(path: Path) -> None:
        path.write_bytes(whole[path])

    edits: list[Callable[[Path], object]] = [
        cut,
        back,
        back,
        lambda path: path.rename(path.with_suffix(".old")),
        Path.unlink,
    ]
    differed = set()
    for _ in range(60):
        path = chance.choice(sorted(whole))
        edit = chance.choice(edits) if path.exists() else back
        edit(path)
        said = []
        for more in ([], [], ["--no-cache"]):
            status = main(["check", "--root", str(tiny), "--format", "json", *more])
            said.append((status, *capsys.readouterr()))
        assert said[0] == said[1] == said[2]
        differed.add(said[0])
    assert len(differed) > 20


def test_recalling_imports_nothing_that_finds(home: Path) -> None:
    command = [sys.executable, "-c", IMPORTS, "check", "--root", str(ROOT)]
    for _ in range(2):
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env=dict(os.environ),
        )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "qmstool.checking.cache" in loaded
    finders = (
        "yaml",
        "qmstool.rules",
        "qmstool.checking.runner",
        "qmstool.manual.loading",
        "qmstool.parsing",
    )
    # The lines that a report shows are read again of the files.
    shown = {"qmstool.parsing", "qmstool.parsing.source"}
    assert [name for name in loaded - shown if name.startswith(finders)] == []
    assert list((home / ".cache/qmstool").iterdir())


def test_a_run_broken_off_before_its_report_has_kept_its_facts_and_the_next_clears_up(
    tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What says that nothing has to be asked is written last."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ReportCache, "keep", killed)
        assert main(["check", "--root", str(tiny)]) == 130
    facts = [path.parent for path in home.rglob("patterns")]
    assert len(facts) == 1
    left = facts[0] / ".qms-unfinished-0123456789abcdef"
    left.write_bytes(b"half")
    monkeypatch.setattr(files, "_swept", set())  # as in another process
    main(["check", "--root", str(tiny)])
    assert not left.exists()
