"""Inject faults into commands and say what became of each: the matrix of docs/reliability.md.

`python benchmarks/faults.py [COMMAND…]`. Each command runs on a small manual in a repository of its
own, under each fault; then the fault is taken away and the command runs again. A cell says the exit
status under the fault, and after it. Whatever lay in the manual before must be what it was, no
traceback may show, and no unfinished file may stay; else the cell says so in capitals.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.cli.scenes import change, make_scene, prepare  # noqa: E402 - of this checkout

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = {
    "check": ["check", "--no-cache"],
    "check --history": ["check", "--history"],
    "check --fix": ["check", "--fix", "--no-cache"],
    "register": ["register", "internal"],
    "history": ["history", "QT VP 01"],
    "trail": ["trail"],
    "verify": ["verify"],
    "as-of --texts": ["as-of", "2024-05-02", "--texts", "{out}/texts"],
    "release prepare": ["release", "prepare", "dot-9", "--title", "x", "--number", "QT VP 01=1/1"],
    "release record": [
        "release", "record", "dot-2", "--kind", "decision", "--number", "12/QĐ-VD",
        "--date", "2024-03-01", "--person", "A", "--effective", "2024-03-05", "--recorder", "B",
    ],
    "build": ["build", "--output", "{out}/site"],
}  # fmt: skip
SMALL = 4096  # bytes that a file may grow to on a full disk


def run(
    folder: Path, words: list[str], moment: str = "", **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a manual; `moment`: what its clock says."""
    out = folder.parent / "out"
    command = [word.format(out=out) for word in words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "1"}
    if moment:
        environment["SOURCE_DATE_EPOCH"] = moment
    return subprocess.run(
        [sys.executable, "-P", "-m", "qmstool", *command, "--root", str(folder)],
        capture_output=True,
        env=environment,
        check=False,
        **options,
    )


def started(folder: Path, words: list[str]) -> subprocess.Popen[bytes]:
    """Start a command on a manual, and do not wait for its end."""
    out = folder.parent / "out"
    command = [word.format(out=out) for word in words]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "qmstool", *command, "--root", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CI": "1"},
    )


def plain(folder: Path, words: list[str]) -> int:
    """Run a command without any fault."""
    return run(folder, words).returncode


def killed(after: float) -> Callable[[Path, list[str]], subprocess.CompletedProcess[bytes]]:
    """Return what kills a command after some seconds."""

    def fault(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
        try:
            return run(folder, words, timeout=after)
        except subprocess.TimeoutExpired as error:
            return subprocess.CompletedProcess(error.cmd, -signal.SIGKILL, b"", error.stderr or b"")

    return fault


def full_disk(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Let no file grow past a few kilobytes."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    return run(folder, words, preexec_fn=limit)


def locked_index(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Leave the lock of somebody else's git."""
    lock = folder / ".git/index.lock"
    lock.touch()
    try:
        return run(folder, words)
    finally:
        lock.unlink()


def without_objects(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Take all objects of the repository away."""
    objects, away = folder / ".git/objects", folder.parent / "objects"
    objects.rename(away)
    objects.mkdir()
    try:
        return run(folder, words)
    finally:
        shutil.rmtree(objects)
        away.rename(objects)


def corrupt_objects(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Fill every object with zeros."""
    objects, away = folder / ".git/objects", folder.parent / "objects"
    shutil.copytree(objects, away)
    for path in objects.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"\0" * path.stat().st_size)
    try:
        return run(folder, words)
    finally:
        shutil.rmtree(objects)
        away.rename(objects)


def vanished(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Take the folder away while the command runs."""
    away = folder.with_name("away")
    with started(folder, words) as running:
        time.sleep(0.25)
        folder.rename(away)
        stdout, stderr = running.communicate()
    if folder.exists():  # a writer made it anew
        shutil.copytree(folder, away, dirs_exist_ok=True)
        shutil.rmtree(folder)
    away.rename(folder)
    return subprocess.CompletedProcess(words, running.returncode, stdout, stderr)


def two_at_once(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run the command twice at the same time; the answer is that of the one that failed, if any."""
    runs = [started(folder, words) for _ in range(2)]
    told = [(each.communicate(), each.returncode) for each in runs]
    errors = b"".join(answer[1] for answer, _ in told)
    worst = max(status for _, status in told)
    return subprocess.CompletedProcess(words, worst, b"", errors)


def clock(moment: str) -> Callable[[Path, list[str]], subprocess.CompletedProcess[bytes]]:
    """Return what sets the clock of a command."""
    return lambda folder, words: run(folder, words, moment)


FAULTS = {
    "killed at 0.3 s": killed(0.3),
    "killed at 0.8 s": killed(0.8),
    "full disk": full_disk,
    "locked index": locked_index,
    "objects missing": without_objects,
    "objects corrupt": corrupt_objects,
    "folder vanishes": vanished,
    "two at once": two_at_once,
    "clock in 1970": clock("0"),
    "clock in 2999": clock("32500000000"),
}


def digests(folder: Path) -> dict[str, str]:
    """Return what lies in a manual, git's own folder apart."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            name = path.relative_to(folder).as_posix()
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def cell(
    home: Path,
    template: Path,
    words: list[str],
    fault: Callable[[Path, list[str]], subprocess.CompletedProcess[bytes]],
) -> str:
    """Return what becomes of a command under a fault, and after it."""
    folder = home / "kho"
    shutil.copytree(template, folder)
    (home / "out").mkdir()
    before = digests(folder)
    done = fault(folder, words)
    trouble = []
    if b"Traceback" in done.stderr:
        trouble.append("TRACEBACK")
    after = digests(folder)
    if "--fix" not in words and any(after.get(name) != each for name, each in before.items()):
        trouble.append("CHANGED")
    shutil.rmtree(home / "out")
    (home / "out").mkdir()
    again = plain(folder, words)
    left = [name for name in digests(folder) if ".qms-unfinished-" in name]
    if left:
        trouble.append("LEFT")
    records = [*(folder / "releases").glob("[0-9]*.yml")]
    if len(records) > 2:
        trouble.append("TWICE")
    status = "killed" if done.returncode < 0 else str(done.returncode)
    return f"{status} → {again}{' ' if trouble else ''}{' '.join(trouble)}"


def main(wanted: list[str]) -> None:
    """Print the matrix."""
    with tempfile.TemporaryDirectory() as name:
        template = Path(name) / "template"
        repo = make_scene(template)
        change(repo)
        if prepare(repo):
            raise SystemExit("the scene cannot be made")
        repo.commit("Lập hồ sơ")
        print(f"| fault | {' | '.join(wanted)} |")
        print(f"|---|{'---|' * len(wanted)}")
        for fault, inject in FAULTS.items():
            cells = []
            for command in wanted:
                home = Path(tempfile.mkdtemp(dir=name))
                cells.append(cell(home, template, COMMANDS[command], inject))
                shutil.rmtree(home)
            print(f"| {fault} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or [*COMMANDS])
