"""Make the edition of a version of a site: everything that its pages are made from.

What goes in: a repository, its tip, the moment of the build, a planned version. What comes out: an
`Edition`, and the files that are copied beside its pages.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.candidates import pending_candidates, submitted_documents
from qmstool.register.copies import copies_to_recall
from qmstool.register.status import register
from qmstool.releases.record import check_code, digest_documents, release_path, sha256
from qmstool.site.build.history import RepositoryHistory
from qmstool.site.edition.attachments import collect_attachments, collect_evidence
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.edition import BuildStamp, Edition
from qmstool.storage.pinned_tree import PinnedTree
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.git.repository import RepositoryState
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.edition.context import FindingCount
    from qmstool.site.edition.versions import InForcePeriod, Version
    from qmstool.storage.tree import Tree
    from qmstool.tables.trail import Event
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.verification import Verification

    Check = Callable[["CheckRequest"], tuple[FindingCount, ...]]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One version for a check: its manual and files, the day, what verification says against it."""

    manual: Manual
    references: References
    tree: Tree
    day: date
    discrepancies: tuple[Discrepancy, ...]


class EditionMaker:
    """Makes the editions of one site, and holds what they share: tip, moment, repository.

    `check` counts findings; without it pages have none, and ask no history either. `tree` holds the
    files that `tip` was read from, `state` says what repository there was then.
    """

    def __init__(
        self,
        root: Path,
        tree: Tree,
        now: datetime,
        lang: Lang,
        tip: Manual,
        references: References,
        check: Check | None = None,
        state: RepositoryState | None = None,
    ) -> None:
        self._root = root
        self._tree = tree
        self._now = now
        self._lang: Lang = lang
        self._tip = tip
        self._references = references
        self._check = check
        self._digests = digest_documents(tip, lambda path: tree.read_all([path]).get(path, b""))
        self._newest = _newest(tip, tree)
        self.history = RepositoryHistory(root, tree, tip, state)
        # The day of asking, where the site is of an older one.
        self.today: date | None = None
        # Known once the versions are planned; pages lead from one of them to another.
        self.folders: frozenset[str] = frozenset()
        self.periods: tuple[InForcePeriod, ...] = ()

    def make(self, version: Version) -> tuple[Edition, Mapping[str, bytes]]:
        """Return what the pages of a version are made from, and the files copied beside them."""
        tree = self.tree_of(version)
        manual, home = (self._tip, tree) if version.pins is None else self._released(tree)
        references = self._references if manual is self._tip else resolve(manual)
        copied = collect_attachments(manual, references, tree)
        is_current = version.draft or not version.folder
        context = self._kept_context(version)
        if is_current:
            copied |= collect_evidence(version.releases, self._tree)
            request = CheckRequest(manual, references, home, version.day, self._discrepancies())
            context = self._current_context(request, version, context)
        edition = Edition(
            manual=manual,
            references=references,
            register=register(
                manual,
                version.releases,
                version.day,
                digests=self._digests if is_current else None,
                submitted=submitted_documents(self._tip) if is_current else frozenset(),
                tip=self._tip,
            ),
            lang=self._lang,
            stamp=self.stamp(version),
            sizes={path: len(data) for path, data in copied.items()},
            context=context,
        )
        return edition, copied

    def _kept_context(self, version: Version) -> PageContext:
        """What pages of any day know of the repository; a preview while writing reads no log."""
        blobs = self.history.blobs
        if self._check is None:
            return PageContext(blobs)
        return PageContext(blobs, history=self.history.history, pins=version.pins)

    def _current_context(
        self, request: CheckRequest, version: Version, context: PageContext
    ) -> PageContext:
        """What pages of today know besides; a preview while writing counts no findings."""
        if self._check is None:
            return context
        is_root = not version.folder
        known = request.manual.documents
        new = [document for key, document in self._tip.documents.items() if key not in known]
        return replace(
            context,
            trail=self._trail,
            findings=self._check(request),
            verification=self._verification,
            tip=self._tip,
            to_recall=copies_to_recall(self._tip, version.day) if self._tip.copies else None,
            candidates=pending_candidates(self._tip),
            dossiers=self.history.dossiers(version.day, self._lang),
            drafts=tuple((document.code, document.title) for document in new),
            versions=self.folders - {version.folder} if is_root else frozenset(),
            periods=self.periods if is_root else (),
        )

    def _discrepancies(self) -> tuple[Discrepancy, ...]:
        """What verification says against the releases; nothing in a preview, which asks nothing."""
        if self._check is None or self._verification is None:
            return ()
        return self._verification.doubts

    @cached_property
    def _trail(self) -> tuple[Event, ...]:
        return self.history.trail(self._lang)

    @cached_property
    def _verification(self) -> Verification | None:
        day = self._now.astimezone(self._tip.config.zone).date()
        return self.history.verification(day, self.today)

    def _released(self, tree: Tree) -> tuple[Manual, Tree]:
        """The manual of a release as far as the repository holds it, with today's operation.

        Where it holds no text at all, or none that loads, the manifest and the records of the tip
        alone. With it, the files that it was read from: a check reads those again.
        """
        if MANIFEST in tree.read_all([MANIFEST]):
            with contextlib.suppress(QmsError):
                manual = load(tree)
                return replace(manual, config=manual.config.operated_as(self._tip.config)), tree
        bare = replace(
            self._tip,
            catalogues={},
            transitions={},
            coverage={},
            documents={},
            externals={},
            records={},
            abbreviations={},
            process_map=None,
        )
        return bare, self._tree

    def stamp(self, version: Version) -> BuildStamp:
        """Return what a build of a version says of itself."""
        return BuildStamp(
            built=self._now,
            day=version.day,
            tool=f"qmstool {__version__}",
            folder=version.folder,
            commit=self.history.commit,
            newest=self._newest,
            draft=version.draft,
            release=version.release,
            dateless=version.dateless,
        )

    def tree_of(self, version: Version) -> Tree:
        """The files of a version; of a recorded one, those that are what was recorded."""
        if version.pins is None:
            return self._tree
        differing = self.history.differing_pins
        lost = {path: "" for path, blob in version.pins.items() if (path, blob) in differing}
        return PinnedTree(self._root, {**version.pins, **lost})


def _newest(tip: Manual, tree: Tree) -> str:
    """The check code of the newest release's file: it shows a reader a chain that was cut."""
    if not tip.releases:
        return ""
    number = max(release.number for release in tip.releases)
    return f"{number:04d} {check_code(sha256(tree.read(release_path(number))))}"
