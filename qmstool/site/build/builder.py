"""Build each version of a site into a folder, from a repository and the moment of the build."""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.appearance import read_appearance
from qmstool.manual.loading.loader import load
from qmstool.process import git
from qmstool.references.resolver import resolve
from qmstool.register.candidates import pending_candidates, submitted_documents
from qmstool.register.copies import copies_to_recall
from qmstool.register.status import register
from qmstool.releases.record import check_code, digest_documents, release_path, sha256
from qmstool.site.build.build_script import build_script
from qmstool.site.build.edition_build import LastBuild, build_edition
from qmstool.site.build.history import RepositoryHistory
from qmstool.site.build.reuse import take_over, toolchain_digest
from qmstool.site.edition.attachments import collect_attachments, collect_evidence
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.edition import BuildStamp, Edition
from qmstool.storage import files, resources
from qmstool.storage.pinned_tree import PinnedTree
from qmstool.storage.tree import MANIFEST, FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.build.downloads import DownloadSource
    from qmstool.site.build.edition_build import BuiltEdition
    from qmstool.site.build.memory import KeptVersion
    from qmstool.site.edition.context import FindingCount
    from qmstool.site.edition.versions import InForcePeriod, Version
    from qmstool.storage.tree import Tree
    from qmstool.tables.trail import Event
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.verification import Verification

    Say = Callable[[Text], None]
    Check = Callable[["CheckRequest"], tuple[FindingCount, ...]]

_TEMPLATES = "templates/site"


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One version for a check: its manual and files, the day, what verification says against it."""

    manual: Manual
    references: References
    tree: Tree
    day: date
    doubts: tuple[Discrepancy, ...]


class SiteBuilder:
    """Builds the versions of one site, and holds what they share: tip, appearance, repository.

    `check` counts findings; without it pages have none, and ask no history either.
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
        # The day of asking, where the site is of an older one.
        self.today: date | None = None
        self.tree = FolderTree(root)
        self.tip = tip
        self.references = references
        self.lang: Lang = lang or self.tip.page_language
        self.appearance = read_appearance(self.tree)
        self.digests = digest_documents(
            self.tip, lambda path: self.tree.read_all([path]).get(path, b"")
        )
        self.commit = _commit(root)
        self.newest = self._newest()
        self.check = check
        self.history = RepositoryHistory(self.tree, self.tip)
        # Known once the versions are planned; pages lead from one of them to another.
        self.folders: frozenset[str] = frozenset()
        self.periods: tuple[InForcePeriod, ...] = ()
        # Recorded texts that nobody has any more; what was built without one is not taken over
        # once it is found again.
        self.absent: frozenset[str] = frozenset()
        # The versions that the last build wrote, by folder; none in a preview.
        self.before: Mapping[str, KeptVersion] = {}

    def _newest(self) -> str:
        """The check code of the newest release's file: it shows a reader a chain that was cut."""
        if not self.tip.releases:
            return ""
        number = max(release.number for release in self.tip.releases)
        return f"{number:04d} {check_code(sha256(self.tree.read(release_path(number))))}"

    def place_version(
        self, version: Version, target: Path, work: Path, progress: Say
    ) -> tuple[int, KeptVersion]:
        """Put one version under `work/site`: built now, or taken over from the site in `target`.

        Return how many pages it has, and what is to be remembered of it.
        """
        place, before = work / "site" / version.folder, target / version.folder
        kept = self.before.get(version.folder)
        key = self._key(version)
        if kept and key and kept.key == key and self._is_taken_over(kept, before, place):
            progress(_kept_whole(len(kept.pages)))
            return len(kept.pages), kept
        last = LastBuild(before, kept) if kept else None
        folder = work / f"build-{version.folder}"
        built = self.build_version(version, folder, progress, last)
        for finding in built.dead_links:
            vi = f"  {finding.path}: {finding.what.vi}: {finding.words}"
            progress(Text(vi, f"  {finding}"))
        files.move_contents(built.folder, place)
        files.remove(folder)
        if key and not self._is_whole(version):
            key = ""
        return built.pages, replace(built.kept_version, key=key)

    def is_known(self, version: Version) -> bool:
        """Whether the last build made a version from what it would be made from now."""
        kept, key = self.before.get(version.folder), self._key(version)
        return kept is not None and key != "" and kept.key == key

    def _is_taken_over(self, kept: KeptVersion, before: Path, place: Path) -> bool:
        """Take over a whole version; return whether every file of it is what was written."""
        taken = take_over(before, kept.files, kept.files, place)
        if len(taken) == len(kept.files):
            return True
        files.remove(place)
        return False

    def build_version(
        self, version: Version, work: Path, progress: Say, last: LastBuild | None = None
    ) -> BuiltEdition:
        """Build one version into `work`; `last`: as it was built before. Raises QmsError."""
        edition, copied = self.edition(version)
        return build_edition(
            edition,
            self.appearance,
            work,
            title=version.title,
            attachments=copied,
            templates=self.tree,
            progress=progress,
            last=last,
            source=self._download_source(version, last),
        )

    def _download_source(self, version: Version, last: LastBuild | None) -> DownloadSource | None:
        """What files to take away are made from; None where the owner wants none."""
        if not self.tip.config.downloads:
            return None
        # What writes PDF and Word is loaded by the manuals that want it.
        from qmstool.site.build.downloads import DownloadSource, only_template  # noqa: PLC0415

        template = only_template(self.tree)
        before = (last.folder, last.kept_version) if last else None
        return DownloadSource(self._tree(version), template, before)

    def _tree(self, version: Version) -> Tree:
        """The files of a version; of a recorded one, those that are what was recorded."""
        if version.pins is None:
            return self.tree
        differing = self.history.differing_pins
        lost = {path: "" for path, blob in version.pins.items() if (path, blob) in differing}
        return PinnedTree(self.root, {**version.pins, **lost})

    def edition(self, version: Version) -> tuple[Edition, Mapping[str, bytes]]:
        """Return what the pages of a version are made from, and the files copied beside them."""
        tree = self._tree(version)
        manual, home = (self.tip, tree) if version.pins is None else self._released(tree)
        references = self.references if manual is self.tip else resolve(manual)
        copied = collect_attachments(manual, references, tree)
        is_current = version.draft or not version.folder
        context = self._kept_context(version)
        if is_current:
            copied |= collect_evidence(version.releases, self.tree)
            request = CheckRequest(manual, references, home, version.day, self._doubts())
            context = self._current_context(request, version, context)
        edition = Edition(
            manual=manual,
            references=references,
            register=register(
                manual,
                version.releases,
                version.day,
                digests=self.digests if is_current else None,
                submitted=submitted_documents(self.tip) if is_current else frozenset(),
                tip=self.tip,
            ),
            lang=self.lang,
            stamp=self._stamp(version),
            sizes={path: len(data) for path, data in copied.items()},
            context=context,
        )
        return edition, copied

    def _kept_context(self, version: Version) -> PageContext:
        """What pages of any day know of the repository; a preview while writing reads no log."""
        blobs = self.history.blobs
        if self.check is None:
            return PageContext(blobs)
        return PageContext(blobs, history=self.history.history, pins=version.pins)

    def _current_context(
        self, request: CheckRequest, version: Version, context: PageContext
    ) -> PageContext:
        """What pages of today know besides; a preview while writing counts no findings."""
        if self.check is None:
            return context
        is_root = not version.folder
        known = request.manual.documents
        new = [document for key, document in self.tip.documents.items() if key not in known]
        return replace(
            context,
            trail=self._trail,
            findings=self.check(request),
            verification=self._verification,
            tip=self.tip,
            to_recall=copies_to_recall(self.tip, version.day) if self.tip.copies else None,
            candidates=pending_candidates(self.tip),
            dossiers=self.history.dossiers(version.day, self.lang),
            drafts=tuple((document.code, document.title) for document in new),
            versions=self.folders - {version.folder} if is_root else frozenset(),
            periods=self.periods if is_root else (),
        )

    def _doubts(self) -> tuple[Discrepancy, ...]:
        """What verification says against the releases; nothing in a preview, which asks nothing."""
        if self.check is None or self._verification is None:
            return ()
        return self._verification.doubts

    @cached_property
    def _trail(self) -> tuple[Event, ...]:
        return self.history.trail(self.lang)

    @cached_property
    def _verification(self) -> Verification | None:
        day = self.now.astimezone(self.tip.config.zone).date()
        return self.history.verification(day, self.today)

    def _released(self, tree: Tree) -> tuple[Manual, Tree]:
        """The manual of a release as far as the repository holds it, with today's operation.

        Where it holds no text at all, or none that loads, the manifest and the records of the tip
        alone. With it, the files that it was read from: a check reads those again.
        """
        if MANIFEST in tree.read_all([MANIFEST]):
            with contextlib.suppress(QmsError):
                manual = load(tree)
                return replace(manual, config=manual.config.operated_as(self.tip.config)), tree
        bare = replace(
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
        return bare, self.tree

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
            dateless=version.dateless,
        )

    def build_script(self, root: Version, versions: Sequence[dict[str, object]]) -> str:
        """Return the script that says of this build what no page says of itself."""
        config = self.tip.config
        return build_script(
            self._stamp(root),
            versions,
            zone=config.zone,
            stale_days=config.stale_days,
            lang=self.lang,
        )

    def _is_whole(self, version: Version) -> bool:
        """Whether this copy of the repository holds every text that the pages of a release need.

        Those it shows, those before them, and the log; what one of them is not here for is made
        anew by whoever has it.
        """
        recorded = (item for release in version.releases for item in release.items)
        blobs = {pin.blob for item in recorded for pin in item.files if pin.path.endswith(".md")}
        pins = version.pins or {}
        shown = self._tree(version).read_all(pins)
        return (
            blobs <= self.history.blobs.keys()
            and shown.keys() == pins.keys()
            and self.history.history is not None
        )

    def _commits(self, version: Version) -> list[str]:
        """The commits that the pages of a release name, one for each of its texts and records."""
        history, pins = self.history.history, version.pins or {}
        if history is None:
            return []
        records = [release_path(release.number) for release in version.releases]
        return [history.last_commit([path], pins) for path in (*pins, *records)]

    def _key(self, version: Version) -> str:
        """The digest of everything that a release's pages are made from.

        "" for what is of today: it is taken over page by page.
        """
        if version.release is None or not version.folder:
            return ""
        made_from = [
            toolchain_digest(),
            self.lang,
            version.title,
            version.folder,
            version.day.isoformat(),
            version.pins,
            self._commits(version),
            repr(self.appearance),
            repr(self.tip.config.operation),
            sorted(self.absent),
        ]
        hashed = hashlib.sha256(json.dumps(made_from, sort_keys=True).encode())
        for release in version.releases:
            hashed.update(release.source.text.encode())
        for name in resources.list_names(_TEMPLATES, self.tree):
            hashed.update(resources.find(self.tree, f"{_TEMPLATES}/{name}") or b"")
        return hashed.hexdigest()


def _kept_whole(pages: int) -> Text:
    return Text(f"  giữ nguyên {pages} trang đã dựng", f"  {pages} pages kept as they were built")


def _commit(root: Path) -> str:
    """The commit that the working tree is at; "" outside a repository."""
    answer = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if answer.status != 0:
        return ""
    return answer.stdout.decode("ascii", errors="replace").strip()
