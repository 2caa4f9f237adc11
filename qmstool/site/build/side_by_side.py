"""Build kept releases side by side with what is of today, where there are processors for it.

Each process reads the repository by itself and builds a share of the versions into the same work
folder. It is started afresh, not forked: a fork would copy threads that hold locks.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from qmstool.digest import DIGEST_SIZE, blake2b, file_digest
from qmstool.frozen import dataclass, replace
from qmstool.git.repository import find_repository, newest_commit
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.process import fresh_processes, processors
from qmstool.references.resolver import resolve
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.build.memory import pack_version, unpack_version
from qmstool.site.edition.versions import plan_versions
from qmstool.storage import files
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import TEXT_SUFFIXES, FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import date, datetime
    from pathlib import Path
    from typing import Any

    from qmstool.i18n import Lang
    from qmstool.site.build.memory import KeptVersion
    from qmstool.storage.tree import Tree

    Answer = dict[str, tuple[int, tuple[Any, ...], tuple[Text, ...]]] | Text

# A process costs as much as a small version: reading the repository once more.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What one process is to build: the versions in some folders of a site, into a work folder.

    `last_build`: what is remembered of them, packed; `absent_texts`: the recorded texts that are
    gone; `notice`: what every page says, which may be more than the manifest does; `made_from`: the
    digest of the texts and the commit that the site is made from.
    """

    root: Path
    target: Path
    work: Path
    moment: datetime
    day: date
    lang: Lang
    folders: tuple[str, ...]
    last_build: tuple[tuple[str, tuple[Any, ...]], ...]
    absent_texts: frozenset[str]
    notice: Text | None
    made_from: bytes


@dataclass(frozen=True, slots=True)
class PlacedVersion:
    """A version that stands in the work folder: pages, what to remember, what is to be told."""

    pages: int
    kept_version: KeptVersion
    messages: tuple[Text, ...] = ()


@contextmanager
def building_side_by_side(
    site: SiteBuilder, folders: Sequence[str], target: Path, work: Path, day: date
) -> Iterator[Callable[[str], PlacedVersion | None]]:
    """Build versions, by their folders, in processes of their own while the caller does other work.

    Lend a function that waits for one version; None for one that the caller has to build itself.
    It raises QmsError as building in this process would.
    """
    count = min(processors() - 1, len(folders))
    if count < 1 or len(folders) < FEWEST:
        yield lambda _: None
        return
    with ExitStack() as stack:
        waiting: dict[str, Future[Answer]] = {}
        for number in range(count):
            own = tuple(folders[number::count])
            share = _share(site, own, target, work, day)
            # Where the system lets no more be started, the caller builds those versions itself.
            with suppress(OSError, NotImplementedError):
                pool = fresh_processes(1)
                stack.callback(pool.shutdown, wait=True, cancel_futures=True)
                waiting |= dict.fromkeys(own, pool.submit(_build, share))

        def wait_for(folder: str) -> PlacedVersion | None:
            if folder not in waiting:
                return None
            try:
                answer = waiting[folder].result()
            except BrokenProcessPool:
                # Killed, or never begun: this process does it, on clean ground.
                files.remove(work / "site" / folder)
                files.remove(work / f"build-{folder}")
                return None
            if isinstance(answer, Text):
                raise QmsError(answer)
            # Somebody saved meanwhile: only this process has what the other versions are made of.
            if folder not in answer:
                return None
            pages, packed, told = answer[folder]
            return PlacedVersion(pages, unpack_version(packed), told)

        yield wait_for


def _share(
    site: SiteBuilder, folders: tuple[str, ...], target: Path, work: Path, day: date
) -> Share:
    known = site.before
    before = tuple((folder, pack_version(known[folder])) for folder in folders if folder in known)
    return Share(
        site.root,
        target,
        work,
        site.now,
        day,
        site.lang,
        folders,
        before,
        site.absent,
        site.tip.config.notice,
        _made_from(site.tree, site.editions.history.commit),
    )


def _made_from(tree: Tree, commit: str) -> bytes:
    """Return the digest of the texts of a manual, and of the commit that they lie beside."""
    digest = blake2b(commit.encode(), digest_size=DIGEST_SIZE)
    texts = tree.read_all(path for path in tree.list() if path.endswith(TEXT_SUFFIXES))
    for path, data in texts.items():
        digest.update(file_digest(b"", path, data))
    return digest.digest()


def _build(share: Share) -> Answer:
    """Build a share, in a process of its own; plain values come back, or why it cannot go on."""
    try:
        return _built(share)
    except QmsError as error:
        return error.text


def _built(share: Share) -> dict[str, tuple[int, tuple[Any, ...], tuple[Text, ...]]]:
    state = find_repository(share.root)
    texts = ReadOnceTree(FolderTree(share.root))
    if _made_from(texts, newest_commit(state)) != share.made_from:
        return {}
    tip = load(texts)
    tip = replace(tip, config=replace(tip.config, notice=share.notice))
    # Kept releases count no findings; that there is a check at all lets them ask the log.
    site = SiteBuilder(
        share.root, texts, share.moment, share.lang, tip, resolve(tip), lambda _: (), state
    )
    site.before = {folder: unpack_version(packed) for folder, packed in share.last_build}
    site.absent = share.absent_texts
    answers = {}
    for version in plan_versions(tip.releases, share.day, share.lang):
        if version.folder in share.folders:
            told: list[Text] = []
            pages, kept = site.place_version(version, share.target, share.work, told.append)
            answers[version.folder] = pages, pack_version(kept), tuple(told)
    return answers
