"""What each command answers in each kind of clone: the table of docs/reliability.md, made by running.

`python -m tests.support.cli.clone_matrix` writes the table anew.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli.main import main
from tests.support import clones
from tests.support.cli.forgery import TODAY, SignedManual, make_signed_manual

if TYPE_CHECKING:
    from tests.support.repository import Repo

PAGE = Path(__file__).resolve().parents[3] / "docs/reliability.md"
_SIGNED = (
    "--kind", "decision", "--number", "5/QĐ-VD", "--date", "2024-08-02", "--person", "le-thi-mau",
    "--role", "giam-doc", "--effective", "2024-08-02", "--recorder", "van-thu",
)  # fmt: skip
COMMANDS = {
    "check": ("check",),
    "check --history": ("check", "--history"),
    "check --since": ("check", "--since", "HEAD"),
    "build": ("build",),
    "verify": ("verify",),
    "diff": ("diff", "QT VP 01", "1", "2"),
    "history": ("history", "QT VP 01"),
    "trail": ("trail",),
    "as-of": ("as-of", "2024-05-02"),
    "register": ("register", "internal"),
    "register --as-of": ("register", "internal", "--as-of", "2024-05-02"),
    "distribution --recall": ("distribution", "--recall", "3"),
    "release prepare": ("release", "prepare", "dot-6", "--title", "x"),
    "release record": ("release", "record", "dot-5", *_SIGNED),
    "release dossier": ("release", "dossier", "dot-5"),
}
# Whole sites are built by other tests; here a build that answers would only take its time.
BUILDS = frozenset({"whole", "linked work tree", "one branch, no tags"})


def prepare_scene(manual: SignedManual) -> Repo:
    """Four releases, a candidate before the signer, and a draft that goes on."""
    path = "procedures/qt-vp-01.md"
    text = manual.read(path)
    manual.repo.commit(
        "Sửa\n\nReason: phiếu 11", {path: text.replace("tháng", "quý")}, day="2024-08-01"
    )
    root = ("--root", str(manual.folder))
    assert _run(("release", "prepare", "dot-5", "--title", "Đợt 5", *root))[0] == 0
    manual.repo.commit("Lập hồ sơ đợt 5", {path: text + "\nThêm.\n"}, day="2024-08-02")
    return manual.repo


def describe(repo: Repo, kind: str, folder: Path) -> dict[str, str]:
    """Make a clone of a kind, and return what each command does in it."""
    made = clones.KINDS[kind](repo, folder)
    return {name: _outcome(kind, name, made.folder) for name in COMMANDS}


def _outcome(kind: str, name: str, folder: Path) -> str:
    if name == "build" and kind in BUILDS:
        return "answers"
    words = [*COMMANDS[name], "--root", str(folder), "--lang", "en"]
    status, told = _run(words)
    if status == 2:
        assert re.search(r"Run: git |No qms.yml", told), f"{kind}: {name}: {told}"
        return "refuses"
    if "only the recorded releases can answer" in told:
        return "not evidenced" if name == "verify" else "records only"
    return "answers"


def _run(words: tuple[str, ...] | list[str]) -> tuple[int, str]:
    told = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(told):
        status = main(list(words))
    return status, told.getvalue()


def row(kind: str, outcomes: dict[str, str]) -> str:
    """One line of the table."""
    return f"| {kind} | {' | '.join(outcomes.values())} |"


def head() -> str:
    """The two lines above the rows."""
    return f"| | {' | '.join(f'`{name}`' for name in COMMANDS)} |\n|{'---|' * (len(COMMANDS) + 1)}"


def _write() -> None:
    """Put the table into the page anew."""
    os.environ["SOURCE_DATE_EPOCH"] = TODAY
    with tempfile.TemporaryDirectory() as home:
        repo = prepare_scene(make_signed_manual(Path(home)))
        rows = [
            row(kind, describe(repo, kind, Path(home) / f"clone-{number}"))
            for number, kind in enumerate(clones.KINDS)
        ]
    table = "\n".join([head(), *rows])
    text = PAGE.read_text("utf-8")
    pattern = r"(?<=<!-- clones -->\n).*?(?=\n<!-- /clones -->)"
    PAGE.write_text(re.sub(pattern, lambda _: table, text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    _write()
