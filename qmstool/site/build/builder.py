"""A repository and the day of a build → editions: what all versions of one site share, and each of them built into a folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates.candidate import submitted, waiting
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.process import git
from qmstool.references.resolver import resolve
from qmstool.register.copies import to_recall
from qmstool.register.status import register
from qmstool.releases.record import check_code, digests, release_path, sha256
from qmstool.site.build.appearance import read_appearance
from qmstool.site.build.edition_build import build_edition
from qmstool.site.build.history import RepositoryHistory
from qmstool.site.build.reuse import reusable_pages, share_files, toolchain_digest, write_stamp
from qmstool.site.edition.attachments import collect_attachments, collect_evidence
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.edition import BuildStamp, Edition
from qmstool.storage import files, resources
from qmstool.storage.tree import MANIFEST, Folder, Pinned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.build.edition_build import BuiltEdition
    from qmstool.site.edition.context import FindingCount
    from qmstool.site.edition.versions import InForcePeriod, Version
    from qmstool.storage.tree import Tree
    from qmstool.tables.trail import Event
    from qmstool.verify.discrepancies import Doubt
    from qmstool.verify.verification import Verification

    Say = Callable[[Text], None]
    Check = Callable[["CheckRequest"], tuple[FindingCount, ...]]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What a check of one version is asked about: its manual and files, the day, and what verification says of the releases."""

    manual: Manual
    references: References
    tree: Tree
    day: date
    doubts: tuple[Doubt, ...]


class SiteBuilder:
    """What all versions of one build share: tip, look, repository and its past.

    `check` counts findings, where anybody asks.
    """

    def __init__(
        self,
        root: Path,
        now: datetime,
        lang: Lang | None,
        tip: Manual,
        references: References,
        check: Check | None = None,
    ) -> None:
        self.root = root
        self.now = now
        self.tree = Folder(root)
        self.tip = tip
        self.references = references
        self.lang: Lang = lang or self.tip.config.language
        self.look = read_appearance(self.tree)
        self.digests = digests(self.tip, lambda path: self.tree.read_all([path]).get(path, b""))
        self.commit = _commit(root)
        self.newest = self._newest()
        self.check = check
        self.past = RepositoryHistory(self.tree, self.tip)
        self.folders: frozenset[str] = frozenset()
        self.periods: tuple[InForcePeriod, ...] = ()

    def _newest(self) -> str:
        """The check code of the newest release's file: with it a reader can see a chain that was cut."""
        if not self.tip.releases:
            return ""
        number = max(release.number for release in self.tip.releases)
        return f"{number:04d} {check_code(sha256(self.tree.read(release_path(number))))}"

    def version(self, version: Version, target: Path, work: Path, progress: Say) -> int:
        """Build one version into its place under `work/site`, or take over what was built before.

        Returns its pages.
        """
        place = work / "site" / version.folder
        key = self._key(version)
        before = (
            reusable_pages(target / version.folder, key)
            if version.release is not None and version.folder
            else None
        )
        if before is not None:
            progress(
                Text(
                    f"  giữ nguyên {before} trang đã dựng",
                    f"  {before} pages kept as they were built",
                )
            )
            share_files(target / version.folder, place)
            return before
        made = self.make(version, work / "build", progress)
        for doubt in made.doubts:
            progress(Text(f"  {doubt.path}: {doubt.what.vi}: {doubt.words}", f"  {doubt}"))
        files.merge(made.folder, place)
        if version.folder:
            write_stamp(place, key, made.pages)
        files.remove(work / "build")
        return made.pages

    def make(self, version: Version, work: Path, progress: Say) -> BuiltEdition:
        """Build one version into `work`."""
        edition, copied = self.edition(version)
        return build_edition(
            edition,
            self.look,
            work,
            title=version.title,
            attachments=copied,
            templates=self.tree,
            progress=progress,
        )

    def edition(self, version: Version) -> tuple[Edition, Mapping[str, bytes]]:
        """What the pages of one version are made from, and the files that are copied beside them, by path."""
        tree: Tree = self.tree if version.pins is None else Pinned(self.root, version.pins)
        manual = self.tip if version.pins is None else self.released(tree)
        references = self.references if manual is self.tip else resolve(manual)
        copied = collect_attachments(manual, references, tree)
        current = version.draft or not version.folder
        if current:
            copied |= collect_evidence(version.releases, self.tree)
        edition = Edition(
            manual=manual,
            references=references,
            register=register(
                manual,
                version.releases,
                version.day,
                digests=self.digests if current else None,
                submitted=submitted(self.tip) if current else frozenset(),
            ),
            lang=self.lang,
            stamp=self._stamp(version),
            sizes={path: len(data) for path, data in copied.items()},
            beside=self._today(manual, references, tree, version)
            if current
            else PageContext(blobs=self.past.blobs),
        )
        return edition, copied

    def _today(
        self, manual: Manual, references: References, tree: Tree, version: Version
    ) -> PageContext:
        """What pages of today know besides; a look at the draft while writing counts no findings and asks no past."""
        if self.check is None:
            return PageContext(blobs=self.past.blobs)
        known, verification = manual.documents.keys(), self._verification
        return PageContext(
            blobs=self.past.blobs,
            trail=self._trail,
            findings=self.check(
                CheckRequest(
                    manual,
                    references,
                    tree,
                    version.day,
                    verification.doubts if verification else (),
                )
            ),
            verification=verification,
            tip=self.tip,
            to_recall=to_recall(self.tip, version.day) if self.tip.copies else None,
            candidates=waiting(self.tip),
            dossiers=self.past.dossiers(version.day, self.lang),
            drafts=tuple(
                (each.code, each.title)
                for key, each in self.tip.documents.items()
                if key not in known
            ),
            versions=self.folders - {version.folder} if not version.folder else frozenset(),
            periods=self.periods if not version.folder else (),
        )

    @cached_property
    def _trail(self) -> tuple[Event, ...]:
        return self.past.trail(self.lang)

    @cached_property
    def _verification(self) -> Verification | None:
        return self.past.verification(self.now.astimezone(self.tip.config.zone).date())

    def released(self, tree: Tree) -> Manual:
        """The manual of a release as far as the repository holds it; where it holds no text at all, the manifest alone."""
        if MANIFEST in tree.read_all([MANIFEST]):
            with contextlib.suppress(QmsError):
                return load(tree)
        return replace(
            self.tip,
            catalogues={},
            transitions={},
            coverage={},
            documents={},
            externals={},
            records={},
            abbreviations={},
            process_map=None,
        )

    def _stamp(self, version: Version) -> BuildStamp:
        return BuildStamp(
            built=self.now,
            day=version.day,
            tool=f"qmstool {__version__}",
            folder=version.folder,
            commit=self.commit,
            newest=self.newest,
            draft=version.draft,
            release=version.release,
        )

    def _key(self, version: Version) -> str:
        """The digest of everything a release's pages are made from, the day of the build apart."""
        made_from = [
            toolchain_digest(),
            self.lang,
            version.title,
            version.folder,
            version.pins,
            repr(self.look),
        ]
        hashed = hashlib.sha256(json.dumps(made_from, sort_keys=True).encode())
        for release in version.releases:
            hashed.update(release.source.text.encode())
        for name in (
            f"templates/site/{name}" for name in resources.names("templates/site", self.tree)
        ):
            hashed.update(resources.find(self.tree, name) or b"")
        return hashed.hexdigest()


def _commit(root: Path) -> str:
    """The commit that the working tree is at; "" outside a repository."""
    done = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return done.stdout.decode("ascii", errors="replace").strip() if done.status == 0 else ""
