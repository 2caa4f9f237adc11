"""Find out why git does not have single files here, and which files it does not have at all.

What goes in: a manual's folder, and paths in it with the ids of texts. What comes out: an `Absence`
for each. This asks git much; it is done only where a text could not be read.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool import process, shell
from qmstool.git import objects, sizes
from qmstool.git.absence import (
    Absence,
    AbsenceError,
    explain_refusal,
    find_gap,
    make_absence,
    require_newest_commit,
)
from qmstool.git.names import UNREADABLE
from qmstool.git.pipes import require_no_pipes
from qmstool.git.uncommitted import ATTRIBUTES_OF, compare_with_commit, is_on_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from qmstool.git.repository import Repository

ANY_TEXT = "any"
# In letters: how long the names may be together that a command of git is given.
MOST_NAMED = 6000


def explain_missing(folder: Path, pins: Mapping[str, str]) -> dict[str, Absence]:
    """Return why each of some texts could not be read here.

    `pins`: the blobs that were not found, each with the manual's path that it belongs under. Raises
    AbsenceError where not even the newest commit can be read: of no text anything is known then.
    """
    if not pins:
        return {}
    done = process.git(folder, "rev-parse", "--is-bare-repository")
    if done.status:
        refused = explain_refusal(folder, done.stderr).absence
        return dict.fromkeys(pins, refused)
    require_newest_commit(folder)
    gap = find_gap(folder)
    unread = _held_and_unread(folder, pins)
    promised = _list_promised(folder) if gap and gap.kind == "partial" else None
    reasons = {}
    paths = [path for blob, path in pins.items() if path and blob not in unread]
    reasons_outside = explain_outside(folder, paths)
    for blob, path in pins.items():
        if blob in unread:
            reasons[blob] = unread[blob]
            continue
        outside = reasons_outside.get(path)
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
    """Return why each of those texts was not read that the repository has.

    It is too large, or a pointer of Git LFS; else it is damaged, and lost so.
    """
    held = objects.find_objects(folder, blobs)
    large = objects.find_large(folder, held)
    most = str(sizes.MAX_FILE_BYTES // 1024 // 1024)
    unread = dict.fromkeys(held, make_absence("gone"))
    unread |= dict.fromkeys(objects.find_pointers(folder, held - large), without_content())
    return unread | dict.fromkeys(large, make_absence("too-large", most=most))


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


def explain_outside(folder: Path, paths: Iterable[str]) -> dict[str, Absence]:
    """Return why paths of the manual are not in the newest commit; of one that is in it nothing.

    Git is asked for many at once, not for each. Raises AbsenceError where that commit cannot be
    read.
    """
    asked = tuple(dict.fromkeys(paths))
    held = _listed(folder, ("ls-tree", "-z", "--name-only", "HEAD"), asked)
    outside = [path for path in asked if path not in held]
    if outside:
        require_newest_commit(folder)
    submodules = _find_submodules(folder, outside)
    own = [path for path in outside if path not in submodules and UNREADABLE not in path]
    ignored = _ignored(folder, own)
    reasons = {}
    for path in outside:
        name = shell.quote(path)
        commit = f"git commit -m {name} -- {name}"
        if UNREADABLE in path:
            reasons[path] = make_absence("nameless")
        elif path in submodules:
            reasons[path] = _in_submodule(folder, submodules[path])
        elif path in ignored:
            command = shell.one_by_one(f"git add --force {name}", commit)
            here = (folder / path).exists()
            reasons[path] = make_absence("ignored", command if here else "")
        elif (folder / path).exists():
            command = shell.one_by_one(f"git add {name}", commit)
            reasons[path] = make_absence("untracked", command)
    return reasons


def _listed(folder: Path, command: tuple[str, ...], paths: Iterable[str]) -> frozenset[str]:
    """Return what git lists of some paths, as many of them at once as a command may name."""
    listed: set[str] = set()
    some: list[str] = []
    for path in (*paths, ""):
        if some and (not path or sum(map(len, some)) + len(path) > MOST_NAMED):
            names = process.git(folder, *command, "--", *some).stdout.split(b"\0")
            listed.update(name.decode("utf-8", errors="replace") for name in names if name)
            some = []
        some.append(path)
    return frozenset(listed)


def _ignored(folder: Path, paths: Sequence[str]) -> frozenset[str]:
    """Return what an exclusion keeps out of git (`check-ignore` knows no literal names)."""
    if paths:
        require_no_pipes(folder)
    command = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
    return _listed(folder, command, paths)


def _find_submodules(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the folder above each path that is a repository of its own; of others nothing."""
    above = {path: list(reversed(PurePosixPath(path).parents[:-1])) for path in paths}
    parents = dict.fromkeys(str(parent) for those in above.values() for parent in those)
    links = _links(folder) if parents else frozenset()
    own = {each for each in parents if each in links or (folder / each / ".git").exists()}
    found = {}
    for path, those in above.items():
        first = next((str(parent) for parent in those if str(parent) in own), "")
        if first:
            found[path] = first
    return found


def _links(folder: Path) -> frozenset[str]:
    """Return which folders are sub-modules in git."""
    staged = process.git(folder, "ls-files", "--stage", "-z").stdout.split(b"\0")
    links = (entry.partition(b"\t")[2] for entry in staged if entry.startswith(b"160000 "))
    return frozenset(link.decode("utf-8", errors="replace") for link in links)


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


def find_uncommitted(
    repository: Repository, paths: Iterable[str], asked: Callable[[str], bool] | None = None
) -> dict[str, Absence]:
    """Return which of the manual's files differ from the newest commit, each with the reason.

    `paths`: the files that the manual has on disk; `asked`: which of all are asked about, None for
    all. What .gitignore leaves out and what lies in a sub-module is among them, of which
    `git status` says nothing.
    """
    if repository.bare:
        return {}
    changed = compare_with_commit(repository)
    committed = objects.list_files(repository.folder, "HEAD") if repository.head else ()
    known = {file.path for file in committed or ()}
    new = {path for path in paths if path not in known}
    passed_over, converted = set(changed.passed_over), set(changed.converted)
    differing = sorted(filter(asked, {*changed.told, *passed_over, *converted, *new}))
    outside = explain_outside(repository.folder, differing)
    return {
        path: outside.get(path)
        or (_explain_converted(path) if path in converted else None)
        or _explain_changed(path, passed_over=path in passed_over)
        for path in differing
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
