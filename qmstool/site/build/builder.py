"""Build each version of a site into a folder, or take it over from the last build.

What goes in: a repository and the moment of the build. What comes out: folders for a web server,
and what is to be remembered of each.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.loading.appearance import read_appearance
from qmstool.register.status import item_check_code
from qmstool.releases.record import release_path
from qmstool.site.build.build_script import build_script
from qmstool.site.build.edition_build import LastBuild, build_edition
from qmstool.site.build.editions import EditionMaker
from qmstool.site.build.page_key import language_words, written
from qmstool.site.build.reuse import take_over, toolchain_digest
from qmstool.storage import files, resources
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from qmstool.git.repository import RepositoryState
    from qmstool.i18n import Lang
    from qmstool.manual.circulation import DocumentReview, Reading
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.build.downloads import DownloadSource
    from qmstool.site.build.edition_build import BuiltEdition
    from qmstool.site.build.editions import Check
    from qmstool.site.build.memory import KeptVersion
    from qmstool.site.edition.versions import Version
    from qmstool.storage.tree import Tree

    Say = Callable[[Text], None]

_TEMPLATES = "templates/site"


class SiteBuilder:
    """Builds the versions of one site into folders, or takes over those that are there.

    `tree`: what lay in the folder `root` when `tip` was read, the very same files; `state`: what
    repository there was then.
    `check` counts findings; without it pages have none, and ask no history either.
    """

    def __init__(
        self,
        root: Path,
        tree: Tree,
        now: datetime,
        lang: Lang | None,
        tip: Manual,
        references: References,
        check: Check | None = None,
        state: RepositoryState | None = None,
    ) -> None:
        self.root = root
        self.now = now
        self.tip = tip
        self.lang: Lang = lang or tip.page_language
        self.tree = tree
        self.editions = EditionMaker(root, tree, now, self.lang, tip, references, check, state)
        self.appearance = read_appearance(self.tree)
        # Recorded texts that nobody has any more; what was built without one is not taken over
        # once it is found again.
        self.absent: frozenset[str] = frozenset()
        # The versions that the last build wrote, by folder; none in a preview.
        self.before: Mapping[str, KeptVersion] = {}

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
        edition, copied = self.editions.make(version)
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
        return DownloadSource(self.editions.tree_of(version), template, before)

    def build_script(self, root: Version, versions: Sequence[dict[str, object]]) -> str:
        """Return the script that says of this build what no page says of itself."""
        config = self.tip.config
        return build_script(
            self.editions.stamp(root),
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
        shown = self.editions.tree_of(version).read_all(pins)
        return (
            blobs <= self.editions.history.blobs.keys()
            and shown.keys() == pins.keys()
            and self.editions.history.history is not None
        )

    def _known_by_now(self, version: Version) -> list[object]:
        """What the pages of a release are told that was recorded only since, or holds today.

        Settings, reviews and readings of its texts, and what its files to take away are made with.
        """
        known: list[object] = [self.tip.config]
        for code in sorted(self._codes_shown(version)):
            told = self._told_of.get(code, ())
            known += [each for each in told if each.date and each.date.may_have_come(version.day)]
        source = self._download_source(version, None)
        return [*known, *(source.shared if source else ())]

    def _codes_shown(self, version: Version) -> set[str]:
        """The check codes of the texts that a version shows as in force."""
        pins = (version.pins or {}).items()
        return {
            item_check_code(item)
            for release in version.releases
            for item in release.items
            if pins >= {(pin.path, pin.blob) for pin in item.files}
        }

    @cached_property
    def _told_of(self) -> Mapping[str, Sequence[DocumentReview | Reading]]:
        """The reviews and readings recorded by now, by the check code of the text they are of."""
        told: dict[str, list[DocumentReview | Reading]] = {}
        records: list[DocumentReview | Reading] = [*self.tip.reviews, *self.tip.readings]
        for each in records:
            told.setdefault(each.text.check_code, []).append(each)
        return told

    def _commits(self, version: Version) -> list[str]:
        """The commits that the pages of a release name, one for each of its texts and records."""
        history, pins = self.editions.history.history, version.pins or {}
        if history is None:
            return []
        records = [release_path(release.number) for release in version.releases]
        return [history.last_commit([path], pins) for path in (*pins, *records)]

    def _key(self, version: Version) -> str:
        """The digest of everything that a release's pages are made from.

        "" for what is of today, and for a release that pins no manifest, whose pages go by all that
        today's says: these are taken over page by page.
        """
        pins = version.pins or {}
        if version.release is None or not version.folder or MANIFEST not in pins:
            return ""
        made_from = [
            toolchain_digest(),
            language_words(self.lang),
            version.title,
            version.folder,
            version.day.isoformat(),
            pins,
            sorted(pins.items() & self.editions.history.differing_pins),
            self._commits(version),
            repr(self.appearance),
            self._known_by_now(version),
            sorted(self.absent),
        ]
        hashed = hashlib.sha256(written(made_from))
        for release in version.releases:
            hashed.update(release.source.text.encode())
        for name in resources.list_names(_TEMPLATES, self.tree):
            hashed.update(resources.find(self.tree, f"{_TEMPLATES}/{name}") or b"")
        return hashed.hexdigest()


def _kept_whole(pages: int) -> Text:
    return Text(f"  giữ nguyên {pages} trang đã dựng", f"  {pages} pages kept as they were built")
