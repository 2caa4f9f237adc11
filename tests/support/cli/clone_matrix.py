"""What each command answers in each kind of clone: the table of docs/reliability.md, made by running.

`python -m tests.support.cli.clone_matrix` writes the table anew.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli.main import main
from tests.support import clones
from tests.support.cli.forgery import TODAY, SignedManual, make_signed_manual
from tests.support.page_tables import read_cells, write_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.repository import Repo

_SIGNED = (
    "--kind", "decision", "--number", "5/QĐ-VD", "--date", "2024-08-02", "--person", "le-thi-mau",
    "--role", "giam-doc", "--effective", "2024-08-02", "--recorder", "van-thu", "--reference", "paper=Sổ",
)  # fmt: skip
_DONE = ("--person", "x", "--date", "2024-06-01")
# What a command writes besides the manual goes to OUT; WORD stands for a Word file to take in.
OUT, WORD = "<out>", "<word>"
COMMANDS = {
    "check": ("check",),
    "check --history": ("check", "--history"),
    "check --since": ("check", "--since", "HEAD"),
    "check --fix": ("check", "--fix"),
    "build": ("build", "--output", OUT),
    "import": ("import", WORD),
    "new": ("new", "procedure", "QT VP 77", "Quy trình thử"),
    "rename": ("rename", "QT VP 01", "QT VP 71"),
    "renumber": ("renumber", "QT VP 01", "1", "9"),
    "withdraw": ("withdraw", "QT VP 01"),
    "schema": ("schema",),
    "register": ("register", "internal"),
    "register --as-of": ("register", "internal", "--as-of", "2024-05-02"),
    "matrix": ("matrix",),
    "history": ("history", "QT VP 01"),
    "diff": ("diff", "QT VP 01", "1", "2"),
    "as-of": ("as-of", "2024-05-02"),
    "as-of --texts": ("as-of", "2024-05-02", "--texts", OUT),
    "trail": ("trail",),
    "distribution": ("distribution",),
    "distribution --recall": ("distribution", "--recall", "3"),
    "distribution --out": ("distribution", "--out"),
    "distribution --unread": ("distribution", "--unread"),
    "opinions": ("opinions",),
    "handover": ("handover", "le-thi-mau"),
    "verify": ("verify",),
    "record review": ("record", "review", "QT VP 01", "--outcome", "stands", *_DONE),
    "record reading": ("record", "reading", "QT VP 01", *_DONE),
    "record copy": ("record", "copy", "QT VP 01", "--unit", "VP", "--handed-out", "2024-06-01"),
    "record opinion": ("record", "opinion", "dot-5", "--unit", "VP", "--sent", "2024-08-02"),
    "export pdf": ("export", "pdf", "QT VP 01", "--output", OUT),
    "export pdf --as-of": ("export", "pdf", "QT VP 01", "--as-of", "2024-05-02", "--output", OUT),
    "export pdf --dossier": ("export", "pdf", "--dossier", "dot-5", "--output", OUT),
    "export docx --compare": ("export", "docx", "QT VP 01", "--compare", "1", "--output", OUT),
    "export pack": ("export", "pack", "--no-site", "--output", OUT),
    "release adopt": ("release", "adopt", "QT VP 31"),
    "release prepare": ("release", "prepare", "dot-6", "--title", "x"),
    "release record": ("release", "record", "dot-5", *_SIGNED),
    "release dossier": ("release", "dossier", "dot-5", "--dossier", OUT),
    "release tag": ("release", "tag"),
}
# `init` begins a manual and `explain` needs none; `serve` builds and goes on until it is stopped.
BESIDES = frozenset({"init", "explain", "serve"})
# Whole sites are built by other tests; here a build that answers would only take its time.
BUILDS = frozenset({
    "whole", "linked work tree", "one branch, no tags", "a sub-module of another",
    "with a sub-module in it",
})  # fmt: skip


def prepare_scene(manual: SignedManual) -> Repo:
    """Four releases, a candidate before the signer, a draft that goes on, and a paper found."""
    path = "procedures/qt-vp-01.md"
    text = manual.read(path)
    manual.repo.commit(
        "Sửa\n\nReason: phiếu 11", {path: text.replace("tháng", "quý")}, day="2024-08-01"
    )
    root = ("--root", str(manual.folder))
    assert _run(("release", "prepare", "dot-5", "--title", "Đợt 5", *root))[0] == 0
    found = text.replace("QT VP 01", "QT VP 31").replace("kiểm soát tài liệu", "tìm thấy")
    changes: dict[str, str | bytes] = {path: text + "\nThêm.\n", "procedures/qt-vp-31.md": found}
    manual.repo.commit("Lập hồ sơ đợt 5", changes, day="2024-08-02")
    return manual.repo


def describe(repo: Repo, kind: str, folder: Path) -> dict[str, str]:
    """Make a clone of a kind, and return what each command does in it."""
    made = clones.KINDS[kind](repo, folder)
    return {name: outcome(kind, name, made.folder)[0] for name in COMMANDS}


def outcome(kind: str, name: str, folder: Path) -> tuple[str, str]:
    """Return what a command does in a clone, and what it told; the files are then as before."""
    if name == "build" and kind in BUILDS:
        return "answers", ""
    with tempfile.TemporaryDirectory() as beside, _restored(folder):
        named = {OUT: f"{beside}/out", WORD: f"{beside}/quy-trinh.docx"}
        if WORD in COMMANDS[name]:
            _write_word_file(named[WORD])
        words = [named.get(word, word) for word in COMMANDS[name]]
        status, told = _run([*words, "--root", str(folder), "--lang", "en"])
    if status == 2:
        assert re.search(r"Run: git ", told), f"{kind}: {name}: {told}"
        return "refuses", told
    if "of the manual cannot be read, " in told or "«unread»" in told:
        return "answers, and tells", told
    if "only the recorded releases can answer" in told:
        return ("not evidenced" if name == "verify" else "records only"), told
    return "answers", told


def _write_word_file(path: str) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Quy trình thử", 1)
    document.add_paragraph("Văn phòng làm việc này hằng năm.")
    document.save(path)


@contextmanager
def _restored(folder: Path) -> Iterator[None]:
    """Put the files of a clone back after a command; git's own are left alone."""
    before = {path: path.read_bytes() for path in _files(folder)}
    yield
    for path in _files(folder):
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])


def _files(folder: Path) -> list[Path]:
    own = {".git"} if (folder / ".git").exists() else {"objects", "refs", "logs", "hooks"}
    every = folder.rglob("*")
    return [
        path for path in every if path.is_file() and path.relative_to(folder).parts[0] not in own
    ]


def _run(words: tuple[str, ...] | list[str]) -> tuple[int, str]:
    """Return the status and what was told; findings on files that were not read among it."""
    told, said = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(told):
        status = main(list(words))
    unread = " «unread»" if "QMS035" in said.getvalue() + told.getvalue() else ""
    return status, told.getvalue() + unread


def read_table() -> dict[str, dict[str, str]]:
    """What the page says: kind of clone → command → outcome."""
    cells = read_cells("clones")
    return {
        kind: {name: cells[name][kind] for name in cells} for kind in next(iter(cells.values()))
    }


def _write() -> None:
    """Put the table into the page anew."""
    os.environ["SOURCE_DATE_EPOCH"] = TODAY
    with tempfile.TemporaryDirectory() as home:
        repo = prepare_scene(make_signed_manual(Path(home)))
        outcomes = {
            kind: describe(repo, kind, Path(home) / f"clone-{number}")
            for number, kind in enumerate(clones.KINDS)
        }
    cells = {name: {kind: told[name] for kind, told in outcomes.items()} for name in COMMANDS}
    write_cells("clones", cells)


if __name__ == "__main__":
    _write()
