"""Build the tip of a manual as a draft, for whoever is writing it; show one saved page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.site.build.build_script import NAME
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.build.preview import DraftBuild
from qmstool.site.edition.versions import Version, plan_versions
from qmstool.site.pages.registry import pages_of
from qmstool.site.parts.render import PageRenderer
from qmstool.storage import files
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from qmstool.i18n import Lang
    from qmstool.site.build.live_preview import LivePreview
    from qmstool.storage.kept_facts import KeptFacts

OpenFacts: TypeAlias = "Callable[[ReadOnceTree], KeptFacts | None]"
"""Opens what was kept of the very texts of a manual; None where nothing may be."""


def build_draft(
    root: Path,
    work: Path,
    *,
    clock: Callable[[], datetime],
    lang: Lang | None,
    open_facts: OpenFacts = lambda _: None,
) -> DraftBuild:
    """Build only the tip, as a draft, into `work`. Raises QmsError."""

    def draft() -> tuple[SiteBuilder, Version]:
        return _draft_of(root, clock(), lang, open_facts)

    site, version = draft()
    built = site.build_version(version, work, lambda _: None)
    files.write(built.folder, NAME, site.build_script(version, ()))
    # mkdocs itself, which only a preview holds in this process.
    from qmstool.site.build.live_preview import LivePreview  # noqa: PLC0415

    live = LivePreview(work)

    def show_saved(paths: tuple[str, ...]) -> bool:
        return _show_saved(live, paths, draft)

    return DraftBuild(built.folder, built.pages, show_saved)


def _draft_of(
    root: Path, now: datetime, lang: Lang | None, open_facts: OpenFacts
) -> tuple[SiteBuilder, Version]:
    """The manual of the working tree as the only version of a site, at its root."""
    texts = ReadOnceTree(FolderTree(root))
    facts = open_facts(texts)
    manual = load(texts, facts)
    site = SiteBuilder(root, texts, now, lang, manual, resolve(manual, facts))
    if facts is not None:
        facts.save()
    day = site.now.astimezone(site.tip.config.zone).date()
    planned = plan_versions(site.tip.releases, day, site.lang)
    tip = next(version for version in planned if version.draft)
    return site, Version("", tip.title, None, True, None, tip.releases, day)


def _show_saved(
    live: LivePreview, paths: tuple[str, ...], draft: Callable[[], tuple[SiteBuilder, Version]]
) -> bool:
    """Show the pages of saved texts at once; return whether there were any.

    What is broken is told by the build that follows.
    """
    try:
        site, version = draft()
        edition, _ = site.editions.make(version)
        renderer = PageRenderer(edition, site.tree)
        shown = 0
        for page in pages_of(edition, paths):
            shown += live.show(page.file, renderer.render(page))
    except QmsError:
        return False
    return shown > 0
