"""What may happen at a step of a command, and how it is put right again afterwards.

Some faults make steps fail: the disk is full or read-only, no program starts. Others change what
lies around the command, once, and it goes on: its repository, its folder, the clock, another run.
"""

from __future__ import annotations

import enum
import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.platform != "win32":
    import resource

GROWS = {"os.mkdir", "os.link", "os.symlink"}
CHANGES = GROWS | {"os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
STARTS = {"subprocess.Popen", "os.posix_spawn"}
CUT_AT = 64  # bytes of a file, after which the disk is full
FIRST_DAY, LAST_DAY = "0", "32500000000"  # seconds since 1970
GONE = "-away"
SAVED_LINE = {
    ".md": b"\nSomebody has just saved this.\n",
    ".yml": b"\n# Somebody has just saved this.\n",
}
# What somebody calls otherwise, everywhere at once.
OTHER_WORDS = {"Quy trình": "Quy chế", "quy trình": "quy chế"}
KEPT_FACTS = "facts"  # a folder of `--facts`, beside the manual
NOBODY = 65534
COMMITTER = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "Trần Văn Thử"),
        ("EMAIL", "thu@example.org"),
        ("DATE", "2024-05-20T09:00:00+07:00"),
    )
}
# Answers a few bytes and is killed; one that is asked line by line is killed before its first answer.
_DYING = """\
#!/bin/sh
case "$*" in *--batch*) ;; *) {program} "$@" | head -c 20 ;; esac
kill -9 $$
"""


class Fault(enum.Enum):
    """What happens at a step; but for the first, it is so from that step on."""

    KILLED = "killed"
    FULL = "full disk"
    CUT_SHORT = "disk full within a file"
    READ_ONLY = "read-only"
    NO_PROGRAM = "no program starts"
    PROGRAM_DIES = "a program dies of it"
    LOCKED = "locked index"
    MISSING = "objects missing"
    CORRUPT = "objects corrupt"
    VANISHED = "folder vanishes"
    OTHER_RUN = "another run"
    SAVED = "somebody saves"
    CLOCK_BACK = "clock in 1970"
    CLOCK_AHEAD = "clock in 2999"
    REWRITTEN = "somebody rewrites"
    PULLED = "somebody pulls"
    POISONED = "kept state poisoned"
    FOREIGN = "kept state of another user"

    def strikes(self, event: str) -> bool:
        """Whether a step of this kind fails."""
        match self:
            case Fault.FULL:
                return event == "open" or event in GROWS
            case Fault.READ_ONLY:
                return event == "open" or event in CHANGES
            case Fault.NO_PROGRAM:
                return event in STARTS
            case _:
                return self is Fault.KILLED

    def may_strike(self, event: str) -> bool:
        """Whether it can strike at a step of this kind: some only where a program starts."""
        return event in STARTS or self not in {Fault.NO_PROGRAM, Fault.PROGRAM_DIES}

    @property
    def while_read(self) -> bool:
        """Whether it changes what is read: outputs are of what was there before, or after."""
        return self in {Fault.REWRITTEN, Fault.PULLED}

    @property
    def of_kept_state(self) -> bool:
        """Whether it strikes at what was kept from earlier runs alone."""
        return self in {Fault.POISONED, Fault.FOREIGN}

    @property
    def of_clock(self) -> bool:
        """Whether another day is written from that step on."""
        return self in {Fault.CLOCK_BACK, Fault.CLOCK_AHEAD}


ERRORS = {
    Fault.FULL: errno.ENOSPC,
    Fault.READ_ONLY: errno.EROFS,
    Fault.NO_PROGRAM: errno.EAGAIN,
}


def fail(fault: Fault, event: str, what: object) -> None:
    """Let a step fail by a fault that strikes at it; any other goes on."""
    if not fault.strikes(event):
        return
    if fault is Fault.KILLED:
        os.kill(os.getpid(), signal.SIGKILL)
    number = ERRORS[fault]
    raise OSError(number, os.strerror(number), str(what))


def happen(fault: Fault, root: Path, dying: str, arguments: tuple[Any, ...]) -> None:
    """Change what lies around a command when it comes to the step where a fault strikes.

    `root`: the folder of its manual; `dying`: one with programs that die; `arguments`: of the step.
    """
    match fault:
        case Fault.CUT_SHORT:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (CUT_AT, most))
        case Fault.PROGRAM_DIES:
            variables = arguments[-1] if isinstance(arguments[-1], dict) else os.environ
            variables["PATH"] = f"{dying}{os.pathsep}{os.environ['PATH']}"
        case Fault.CLOCK_BACK | Fault.CLOCK_AHEAD:
            os.environ["SOURCE_DATE_EPOCH"] = FIRST_DAY if fault is Fault.CLOCK_BACK else LAST_DAY
        case Fault.SAVED if root.is_dir():
            _save_all(root)
        case Fault.REWRITTEN | Fault.PULLED if root.is_dir():
            rewrite_all(root, commit=fault is Fault.PULLED)
        case Fault.POISONED | Fault.FOREIGN:
            _spoil_kept_state(fault, root.parent / "out")
        case _ if root.is_dir():
            _change_folder(fault, root)


def _save_all(root: Path) -> None:
    """Save every text and data file with one more line, as somebody does who works on them all."""
    for path in sorted(root.rglob("*")):
        if path.suffix in {".md", ".yml"} and ".git" not in path.parts:
            with path.open("ab") as file:
                file.write(SAVED_LINE[path.suffix])


def rewrite_all(root: Path, *, commit: bool) -> None:
    """Call procedures otherwise in every text of a manual, and change its pictures, all at once.

    `commit`: as a pull does it, which moves the newest commit too.
    """
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if not path.is_file() or parts[0] in {".git", ".vscode", "releases", "build"}:
            continue
        data = path.read_bytes()
        changed = data + b"\0" if path.suffix == ".png" else data
        for one, other in OTHER_WORDS.items():
            changed = changed.replace(one.encode(), other.encode())
        if changed != data:
            beside = path.with_name(f".{path.name}.saved")
            beside.write_bytes(changed)
            beside.rename(path)
    if commit:
        words = ["commit", "--quiet", "--all", "--message", "Reason: gọi khác"]
        environment = {**os.environ, **COMMITTER}
        subprocess.run(["git", "-C", str(root), *words], env=environment, check=True)


def _spoil_kept_state(fault: Fault, out: Path) -> None:
    """Fill what is kept from run to run with zeros, or give it to another user."""
    homes = (os.environ.get("XDG_CACHE_HOME", ""), str(out / KEPT_FACTS))
    folders = [Path(home) for home in homes if home and Path(home).is_dir()]
    for path in (path for folder in folders for path in (folder, *folder.rglob("*"))):
        if fault is Fault.FOREIGN:
            os.chown(path, NOBODY, NOBODY)
        elif path.is_file():
            path.write_bytes(b"\0" * path.stat().st_size)


def lost_lines(before: Mapping[str, bytes], left: Mapping[str, bytes]) -> list[str]:
    """Say of which kinds of files some that somebody saved do not hold the line any more.

    `before`: the files when they were saved; a file may have another name since. Nothing, where
    nobody saved.
    """
    found = []
    for suffix, line in SAVED_LINE.items():
        kept = sum(line in data for name, data in left.items() if name.endswith(suffix))
        if 0 < kept < sum(name.endswith(suffix) for name in before):
            found.append(f"{suffix}: a line that somebody saved is gone")
    return found


def _change_folder(fault: Fault, root: Path) -> None:
    objects = root / ".git/objects"
    away = root.with_name(f"objects{GONE}")
    match fault:
        case Fault.LOCKED:
            (root / ".git/index.lock").touch()
        case Fault.MISSING:
            objects.rename(away)
            objects.mkdir()
        case Fault.CORRUPT:
            objects.rename(away)
            shutil.copytree(away, objects)
            for path in objects.rglob("*"):
                if path.is_file():
                    path.chmod(0o644)
                    path.write_bytes(b"\0" * path.stat().st_size)
        case Fault.VANISHED:
            root.rename(root.with_name(f"{root.name}{GONE}"))


def put_right(root: Path) -> list[str]:
    """Undo what happened to the folder of a manual.

    Return the files that were written where it had been, once it was gone.
    """
    written: list[str] = []
    (root / ".git/index.lock").unlink(missing_ok=True)
    away = root.with_name(f"{root.name}{GONE}")
    if away.exists():
        if root.exists():
            written = [str(path) for path in root.rglob("*") if path.is_file()]
            shutil.rmtree(root)
        away.rename(root)
    objects = root.with_name(f"objects{GONE}")
    if objects.exists():
        shutil.rmtree(root / ".git/objects")
        objects.rename(root / ".git/objects")
    return written


def make_dying_programs(folder: Path) -> None:
    """Write programs into a folder that answer little and are killed, as if memory ran out."""
    for name in ("git", "ssh-keygen", "soffice"):
        program = shutil.which(name)
        if program:
            script = folder / name
            script.write_text(_DYING.format(program=program), "utf-8")
            script.chmod(0o755)
