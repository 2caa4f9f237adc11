"""Find out why git does not have single files here, and which files it does not have at all.

What goes in: a manual's folder, and paths in it with the ids of texts. What comes out: an `Absence`
for each. This asks git much; it is done only where a text could not be read.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool import process, shell
from qmstool.git import objects, sizes
from qmstool.git.absence import Absence, AbsenceError, explain_refusal, find_gap, make_absence
from qmstool.git.names import UNREADABLE
from qmstool.git.pipes import require_no_pipes
from qmstool.git.uncommitted import ATTRIBUTES_OF, compare_with_commit, is_on_disk

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from qmstool.git.repository import Repository

ANY_TEXT = "any"


def explain_missing(folder: Path, pins: Mapping[str, str]) -> dict[str, Absence]:
    """Return why each of some texts could not be read here.

    `pins`: the blobs that were not found, each with the manual's path that it belongs under.
    """
    if not pins:
        return {}
    done = process.git(folder, "rev-parse", "--is-bare-repository")
    if done.status:
        refused = explain_refusal(folder, done.stderr).absence
        return dict.fromkeys(pins, refused)
    gap = find_gap(folder)
    unread = _held_and_unread(folder, pins)
    promised = _list_promised(folder) if gap and gap.kind == "partial" else None
    reasons = {}
    for blob, path in pins.items():
        if blob in unread:
            reasons[blob] = unread[blob]
            continue
        outside = explain_outside(folder, path) if path else None
        if outside and is_on_disk(folder, path, blob):
            reasons[blob] = outside
        elif promised is not None and promised & {blob, ANY_TEXT}:
            reasons[blob] = gap or make_absence("gone")
        elif gap and gap.kind in {"alternate", "shallow"}:
            reasons[blob] = gap
        elif outside and outside.kind != "untracked":
            reasons[blob] = outside
        elif gap and gap.kind == "narrow":
            reasons[blob] = gap
        else:
            reasons[blob] = make_absence("gone")
    return reasons


def _held_and_unread(folder: Path, blobs: Iterable[str]) -> dict[str, Absence]:
    """Return why each of those texts was not read that the repository has: too large, or LFS."""
    held = objects.find_objects(folder, blobs)
    large = objects.find_large(folder, held)
    most = str(sizes.MAX_FILE_BYTES // 1024 // 1024)
    pointer, too_large = (
        without_content(),
        make_absence("too-large", most=most),
    )
    return {blob: too_large if blob in large else pointer for blob in held}


def without_content() -> Absence:
    """Say that of a file only its pointer of Git LFS is here."""
    return make_absence("pointer", shell.one_by_one("git lfs fetch --all", "git lfs checkout"))


def require_blobs(folder: Path, pins: Mapping[str, str]) -> dict[str, bytes]:
    """Return the bytes of texts by blob; `pins` gives each blob with its path.

    Raises AbsenceError where one is not here, for whatever reason.
    """
    held = objects.read_blobs(folder, pins)
    refuse_missing(folder, pins, held, may_be_gone=False)
    return held


def read_unless_elsewhere(folder: Path, pins: Mapping[str, str]) -> dict[str, bytes]:
    """Return the same; a text that is gone is left out, and is the only one that is.

    Raises AbsenceError where one is not in this clone, or was never in git.
    """
    held = objects.read_blobs(folder, pins)
    refuse_missing(folder, pins, held, may_be_gone=True)
    return held


def refuse_missing(
    folder: Path, pins: Mapping[str, str], held: Container[str], *, may_be_gone: bool
) -> None:
    """Raise AbsenceError where a text that is not held is not in this clone, or was never in git.

    `pins`: blob → path; `may_be_gone`: what is gone is no reason to stop.
    """
    missing = {blob: path for blob, path in pins.items() if blob not in held}
    paths: dict[str, list[str]] = {}
    reasons: dict[str, Absence] = {}
    for blob, reason in explain_missing(folder, missing).items():
        if not (may_be_gone and reason.answer == "gone"):
            reasons.setdefault(reason.kind, reason)
            paths.setdefault(reason.kind, []).append(missing[blob])
    for kind, reason in reasons.items():
        raise AbsenceError(reason, list(dict.fromkeys(filter(None, paths[kind]))))


def _list_promised(folder: Path) -> frozenset[str]:
    """Return the objects that a partial clone knows of, but left with its remote.

    One without all trees does not know its texts either: any may be among them.
    """
    arguments = ("--all", "--objects", "--no-object-names", "--missing=print")
    done = process.git(folder, "rev-list", *arguments)
    lines = done.stdout.decode("ascii", errors="replace").split()
    promised = frozenset(line[1:] for line in lines if line.startswith("?"))
    settings = process.git(folder, "config", "--get-regexp", r"^remote\..*\.partialclonefilter$")
    leaves_trees = b"tree:" in settings.stdout
    return promised | {ANY_TEXT} if promised and leaves_trees else promised


def explain_outside(folder: Path, path: str) -> Absence | None:
    """Return why a path of the manual is not in the newest commit; None where it is in it."""
    done = process.git(folder, "cat-file", "-e", f"HEAD:./{path}")
    if done.status == 0:
        return None
    if UNREADABLE in path:
        return make_absence("nameless")
    submodule = _find_submodule(folder, path)
    if submodule:
        return _in_submodule(folder, submodule)
    name = shell.quote(path)
    commit = f"git commit -m {name} -- {name}"
    if _is_ignored(folder, path):
        command = shell.one_by_one(f"git add --force {name}", commit)
        return make_absence("ignored", command if (folder / path).exists() else "")
    if (folder / path).exists():
        return make_absence("untracked", shell.one_by_one(f"git add {name}", commit))
    return None


def _is_ignored(folder: Path, path: str) -> bool:
    """Whether an exclusion keeps a file out of git (`check-ignore` knows no literal names)."""
    require_no_pipes(folder)
    asked = ("--others", "--ignored", "--exclude-standard", "--", path)
    return bool(process.git(folder, "ls-files", *asked).stdout)


def _find_submodule(folder: Path, path: str) -> str:
    """Return the folder above a path that is a repository of its own; "" for none."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        done = process.git(folder, "ls-files", "--stage", "-z", "--", str(parent))
        entry = done.stdout.partition(b"\0")[0]
        is_link = entry.startswith(b"160000 ") and entry.endswith(f"\t{parent}".encode())
        if is_link or (folder / parent / ".git").exists():
            return str(parent)
    return ""


def _in_submodule(folder: Path, submodule: str) -> Absence:
    """Say that a folder is a sub-module, and how its files come into the manual's repository.

    What is a repository of its own there is moved beside the manual, never deleted.
    """
    name = shell.quote(submodule)
    own = folder / submodule / ".git"
    if not own.exists():
        return make_absence("submodule", f"git submodule update --init {name}", folder=submodule)
    dot_git, kept = f"{submodule}/.git", f"../{PurePosixPath(submodule).name}.git"
    commands = (
        f"git rm -r -q --cached --ignore-unmatch {name}",
        *(shell.remove(dot_git) if own.is_file() else shell.move(dot_git, kept)),
        f"git add {name}",
        f"git commit -m {name}",
    )
    command = shell.one_by_one(*commands)
    return make_absence("submodule", command, folder=submodule)


def find_uncommitted(repository: Repository, paths: Iterable[str]) -> dict[str, Absence]:
    """Return which of the manual's files differ from the newest commit, each with the reason.

    `paths`: the files that the manual has on disk. What .gitignore leaves out and what lies in a
    sub-module is among them, of which `git status` says nothing.
    """
    if repository.bare:
        return {}
    changed = compare_with_commit(repository)
    committed = objects.list_files(repository.folder, "HEAD") if repository.head else ()
    known = {file.path for file in committed or ()}
    new = {path for path in paths if path not in known}
    passed_over, converted = set(changed.passed_over), set(changed.converted)
    return {
        path: explain_outside(repository.folder, path)
        or (_explain_converted(path) if path in converted else None)
        or _explain_changed(path, passed_over=path in passed_over)
        for path in sorted({*changed.told, *passed_over, *converted, *new})
    }


def _explain_converted(path: str) -> Absence:
    """Say of a file that git takes it for what it is not, and what tells why."""
    return make_absence("converted", shell.join(*ATTRIBUTES_OF, "--", path))


def _explain_changed(path: str, *, passed_over: bool) -> Absence:
    """Say of a file in the newest commit that it is another now, and what commits it."""
    name = shell.quote(path)
    commit = f"git commit -m {name} -- {name}"
    if not passed_over:
        return make_absence("changed", commit)
    # One call takes back one bit.
    bits = ("--no-assume-unchanged", "--no-skip-worktree")
    looked_at = [f"git update-index {bit} -- {name}" for bit in bits]
    return make_absence("passed-over", shell.one_by_one(*looked_at, commit))
