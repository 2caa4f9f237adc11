"""Ask a folder's git repository for its state: revisions, branches, tags.

That there is no repository, or only a shallow clone, is a value of its own: from a history that was
cut off nothing can be concluded.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qmstool import process
from qmstool.frozen import dataclass
from qmstool.git import absence, library
from qmstool.git.embedded import require_none_embedded
from qmstool.git.pipes import require_none_of_git
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from git import Repo

NO_COMMIT = Text(
    'Kho git chưa có lần lưu (commit) nào. Hãy lưu trước: git add . rồi git commit -m "Bản đầu"',
    "Nothing was committed to the repository yet. Commit first: git add . then "
    'git commit -m "First"',
)
_FACTS = ("--is-shallow-repository", "--is-bare-repository", "--show-prefix")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with its whole history.

    `folder`: where git is run; `prefix`: the manual's path inside, "" or ending in "/"; `head`: id
    of the newest commit, "" while there is none.
    """

    folder: Path
    prefix: str
    head: str
    bare: bool

    def inside(self, path: str) -> str:
        """Return the repository's path of a path of the manual."""
        return self.prefix + path


@dataclass(frozen=True, slots=True)
class ShallowRepository:
    """A repository whose history was cut off when it was cloned."""

    repository: Repository


@dataclass(frozen=True, slots=True)
class NoRepository:
    """A folder that no git repository holds."""

    folder: Path


RepositoryState: TypeAlias = Repository | ShallowRepository | NoRepository
"""What is found where a manual lies."""


def newest_commit(state: RepositoryState) -> str:
    """Return the commit that a repository is at; "" where there is none."""
    if isinstance(state, NoRepository):
        return ""
    return state.repository.head if isinstance(state, ShallowRepository) else state.head


def find_repository(folder: Path) -> RepositoryState:
    """Return what repository a manual's folder lies in.

    Raises AbsenceError where there is one that git cannot read: its owner is not trusted, its
    newest commit is not here. Raises QmsError where the manual's own files pass for one, or git
    would wait for a pipe.
    """
    require_none_embedded(folder)
    require_none_of_git(folder)
    try:
        with library.opened(folder) as repo:
            shallow, repository = _ask_library(folder, repo)
    except library.LibraryError:
        found = _ask_git(folder)
        if found is None:
            return NoRepository(folder)
        shallow, repository = found
    return ShallowRepository(repository) if shallow else repository


def _ask_library(folder: Path, repo: Repo) -> tuple[bool, Repository]:
    """Return whether it is shallow, and the repository; only one whose newest commit is here."""
    from git import SymbolicReference

    named = SymbolicReference.dereference_recursive(repo, "HEAD")
    head, kind = library.read_header(repo, named)
    if kind != "commit":
        raise library.LibraryError(f"HEAD is a {kind}")
    marker = Path(repo.common_dir) / "shallow"
    shallow = marker.is_file() and marker.stat().st_size > 0
    return shallow, Repository(folder, library.prefix_of(repo, folder), head, repo.bare)


def _ask_git(folder: Path) -> tuple[bool, Repository] | None:
    """Return the same from git itself; None where no repository holds the folder."""
    state = process.git(folder, "rev-parse", *_FACTS)
    if state.status:
        if "not a git repository" in state.stderr:
            return None
        raise absence.explain_refusal(folder, state.stderr)
    shallow, bare, prefix = state.stdout.decode("utf-8", "surrogateescape").split("\n", 2)
    prefix = prefix.removesuffix("\n")
    newest = process.git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    head = newest.stdout.decode().strip().rpartition("\n")[2]
    if not head:  # nothing was committed, or the branch names a commit that is not here
        absence.require_newest_commit(folder)
    return shallow == "true", Repository(folder, prefix, head, bare == "true")


def require_commit(answer: Repository | ShallowRepository | NoRepository) -> Repository:
    """Return the repository, be its history cut off or not.

    Raises QmsError where there is none, or nothing was ever committed to it.
    """
    if isinstance(answer, NoRepository):
        raise absence.AbsenceError(absence.no_repository(answer.folder))
    repository = answer.repository if isinstance(answer, ShallowRepository) else answer
    if not repository.head:
        raise QmsError(NO_COMMIT)
    return repository


def require_history(answer: Repository | ShallowRepository | NoRepository) -> Repository:
    """Return the repository with its whole history.

    Raises AbsenceError, with what mends it, where a part of the history or all of it is missing.
    """
    match answer:
        case Repository():
            return answer
        case ShallowRepository(repository):
            raise absence.explain_refusal(repository.folder, "shallow repository")
        case NoRepository(folder):
            raise absence.AbsenceError(absence.no_repository(folder))


def _ask(repository: Repository, *arguments: str) -> process.Outcome:
    """Return what git answers: «no» only where it can read the repository.

    Raises AbsenceError where it cannot.
    """
    done = process.git(repository.folder, *arguments)
    if done.status:
        absence.require_newest_commit(repository.folder)
    return done


def resolve_revision(repository: Repository, revision: str) -> str:
    """Return the commit id of a revision. Raises QmsError where there is none of that name."""
    done = _ask(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if done.status:
        raise QmsError(
            Text(
                f"Không có phiên bản «{revision}» trong kho.",
                f"The repository has no revision «{revision}».",
            )
        )
    return done.stdout.decode().strip().rpartition("\n")[2]


def find_fork(repository: Repository, revision: str) -> str:
    """Return the commit from which the newest commit and a revision went different ways.

    That is the revision itself where the newest commit stands on it, or nothing ties them. Raises
    QmsError where there is no revision of that name.
    """
    commit = resolve_revision(repository, revision)
    done = _ask(repository, "merge-base", "HEAD", commit)
    return done.stdout.decode("ascii").strip() if done.status == 0 else commit


def is_commit(repository: Repository, revision: str) -> bool:
    """Whether the repository has such a commit."""
    return not _ask(repository, "cat-file", "-e", f"{revision}^{{commit}}").status


def committed_at(repository: Repository, revision: str) -> str:
    """Return when a commit was made, ISO 8601 in its own zone."""
    done = _ask(repository, "show", "-s", "--format=%cI", revision, "--")
    return done.stdout.decode("ascii", "replace").strip()


def objects_outside_head(repository: Repository, revision: str) -> frozenset[str]:
    """Return the ids of all objects that a revision leads to and the newest commit does not.

    `revision`: a name, or `--tags=<pattern>` for all tags of a pattern.
    """
    wanted = ("--objects", "--no-object-names", revision, "--not", "HEAD", "--")
    done = _ask(repository, "rev-list", *wanted)
    return frozenset(done.stdout.decode().split())


def is_on_branch(repository: Repository) -> bool:
    """Whether a branch goes on with what is committed; none does on a commit checked out alone."""
    return not process.git(repository.folder, "symbolic-ref", "--quiet", "HEAD").status


def list_branches(repository: Repository) -> tuple[str, ...]:
    """Return the full names of all branches, those of remotes included."""
    return (
        *_list_references(repository, "refs/heads"),
        *_list_references(repository, "refs/remotes"),
    )


def list_tags(repository: Repository, pattern: str) -> dict[str, str]:
    """Return the tags of a pattern (`release/*`) with the commits they stand on."""
    tags = _list_references(repository, "refs/tags")
    named = {name.removeprefix("refs/tags/"): commit for name, commit in tags.items()}
    return {name: commit for name, commit in named.items() if fnmatch.fnmatchcase(name, pattern)}


def _list_references(repository: Repository, folder: str) -> dict[str, str]:
    """Return full name → commit of the references under `refs/heads` and the like, sorted."""
    try:
        with library.opened(repository.folder) as repo:
            return _references_of_library(repo, folder)
    except library.LibraryError:
        return _references_of_git(repository, folder)


def _references_of_library(repo: Repo, folder: str) -> dict[str, str]:
    from git import Reference

    commits = {}
    for reference in Reference.iter_items(repo, folder):
        direct = Reference.dereference_recursive(repo, reference.path)
        commit, kind = library.read_header(repo, f"{direct}^{{}}")
        commits[str(reference.path)] = commit if kind == "commit" else direct
    return dict(sorted(commits.items()))


def _references_of_git(repository: Repository, folder: str) -> dict[str, str]:
    form = "--format=%(refname)%00%(objectname)%00%(*objectname)"
    done = _ask(repository, "for-each-ref", form, folder)
    commits = {}
    # Not `splitlines`: the name of a branch may hold what ends a line in Unicode alone.
    for line in filter(None, done.stdout.decode("utf-8", errors="surrogateescape").split("\n")):
        name, direct, peeled = line.split("\0")
        commits[name] = peeled or direct
    return commits
