"""A repository → the published site: what is in force at the root, the draft and every release in folders beside it.

Everything is built in a folder next to the target and put in its place at the very end: a reader meets the old site or the new
one, also when the build is killed (`files.switch`). A release that was built before is taken over as it is, when the same tool
would build it from the same bytes.
"""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from qmstool.checking.runner import check
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.site.build import preview
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.build.preview import DraftBuild
from qmstool.site.edition.context import FindingCount
from qmstool.site.edition.versions import Version, periods_in_force, plan_versions, versions_json
from qmstool.site.pages.registry import pages_of
from qmstool.site.parts.render import PageRenderer
from qmstool.site.safety.csp import server_files
from qmstool.storage import atomic_switch as switch
from qmstool.storage import files
from qmstool.storage.tree import Folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.build.builder import CheckRequest
    from qmstool.site.build.live_preview import LivePreview

    Say = Callable[[Text], None]

VERSION_LIST = "versions.json"


@dataclass(frozen=True, slots=True)
class CheckedManual:
    """A manual as it lies in its folder, what its citations lead to, and what the check found, the log of the repository apart."""

    manual: Manual
    references: References
    report: Report


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a build made: the folder, how many pages, and the folders of its versions ("" is the root)."""

    target: Path
    pages: int
    versions: tuple[str, ...]


def check_manual(tree: Folder, manual: Manual, day: date) -> CheckedManual:
    """Check a manual once, for the answer before a build and for the build itself."""
    references = resolve(manual)
    return CheckedManual(
        manual, references, check(manual, references, root=str(tree.root), day=day, read=tree.read)
    )


def build_site(
    root: Path,
    target: Path,
    *,
    day: date,
    now: datetime,
    lang: Lang | None,
    progress: Say,
    tip: CheckedManual | None = None,
) -> BuiltSite:
    """Build the whole site of a repository into `target`; `tip` is its check of the same moment, where there was one.

    Raises QmsError; `target` is then as it was.
    """
    _refuse_home(root, target)
    if tip is None:
        tree = Folder(root)
        tip = check_manual(tree, load(tree), day)
    site = SiteBuilder(root, now, lang, tip.manual, tip.references, partial(count_findings, tip))
    planned = plan_versions(site.tip.releases, day, site.lang)
    site.folders = frozenset(version.folder for version in planned)
    site.periods = periods_in_force(planned, site.tip.releases)
    with switch.replacing(target) as work:
        pages = 0
        for at, version in enumerate(planned, 1):
            progress(
                Text(
                    f"[{at}/{len(planned)}] {version.title}",
                    f"[{at}/{len(planned)}] {version.title}",
                )
            )
            pages += site.version(version, target, work, progress)
        files.write(
            work / "site",
            VERSION_LIST,
            versions_json(planned, site.periods, day, site.tip.config.stale_days, site.lang),
        )
        for name, text in server_files().items():
            files.write(work / "site", name, text)
    return BuiltSite(target, pages, tuple(version.folder for version in planned))


def build_draft(
    root: Path, work: Path, *, clock: Callable[[], datetime], lang: Lang | None
) -> DraftBuild:
    """Build only the tip, as a draft, into `work`; for looking at while writing."""
    site, version = _draft(root, clock(), lang)
    made = site.make(version, work, lambda _: None)
    from qmstool.site.build import live_preview as glance  # noqa: PLC0415 - mkdocs itself, which only a preview holds in this process

    ready = glance.LivePreview(work)
    return DraftBuild(
        made.folder, made.pages, lambda saved: _glance(root, ready, saved, clock(), lang)
    )


def _draft(root: Path, now: datetime, lang: Lang | None) -> tuple[SiteBuilder, Version]:
    manual = load(Folder(root))
    site = SiteBuilder(root, now, lang, manual, resolve(manual))
    day = site.now.astimezone(site.tip.config.zone).date()
    tip = next(
        version for version in plan_versions(site.tip.releases, day, site.lang) if version.draft
    )
    return site, Version("", tip.title, None, True, None, tip.releases, day)


def _glance(
    root: Path, ready: LivePreview, saved: tuple[str, ...], now: datetime, lang: Lang | None
) -> bool:
    """Show the pages of saved texts at once; whether there were any.

    What is broken is told by the build that follows.
    """
    try:
        site, version = _draft(root, now, lang)
        edition, _ = site.edition(version)
        renderer = PageRenderer(edition, site.tree)
        return (
            sum(ready.show(page.file, renderer.render(page)) for page in pages_of(edition, saved))
            > 0
        )
    except QmsError:
        return False


def serve(
    root: Path,
    *,
    port: int,
    clock: Callable[[], datetime],
    lang: Lang | None,
    say: Say,
    stop: Callable[[], bool],
) -> None:
    """Show the tip on this machine, and build it anew on every save until `stop` says so; a broken save keeps the last site."""
    preview.serve_draft(
        root, partial(build_draft, root, clock=clock, lang=lang), port=port, say=say, stop=stop
    )


def serve_built(folder: Path, *, port: int, say: Say, stop: threading.Event | None = None) -> None:
    """Serve a site that was built before, on this machine only, until Ctrl-C (or `stop`).

    Raises QmsError where none was built.
    """
    if not (folder / VERSION_LIST).is_file():
        vi = f"Chưa có trang nào được dựng trong «{folder}». Hãy chạy: qmstool build"
        raise QmsError(Text(vi, f"No site was built in «{folder}». Run: qmstool build"))
    shown = preview.PreviewServer(folder, port)
    try:
        say(
            Text(
                f"Xem tại {shown.address} (Ctrl-C để dừng)",
                f"See it at {shown.address} (Ctrl-C to stop)",
            )
        )
        (stop or threading.Event()).wait()
    finally:
        shown.close()


def count_findings(tip: CheckedManual, asked: CheckRequest) -> tuple[FindingCount, ...]:
    """Return how often each rule finds something in the manual of a version, worst first, the log of the repository included."""
    reports = [tip.report]
    if asked.manual is not tip.manual:
        reports = [
            check(asked.manual, asked.references, root="", day=asked.day, read=asked.tree.read)
        ]
    if asked.doubts:
        history = tuple(rule for rule in ALL if "history" in rule.needs)
        reports.append(
            check(
                asked.manual,
                asked.references,
                root="",
                day=asked.day,
                doubts=asked.doubts,
                rules=history,
            )
        )
    titles = {rule.id: rule.title for rule in ALL}
    counted = Counter(
        (finding.severity, finding.rule) for report in reports for finding in report.findings
    )
    ordered = sorted(counted.items(), key=lambda each: (-each[0][0], -each[1], each[0][1]))
    return tuple(
        FindingCount(severity.word, rule, titles[rule], count)
        for (severity, rule), count in ordered
    )


def _refuse_home(root: Path, target: Path) -> None:
    """The target is replaced whole: it may not be the manual, lie above it, or be a folder of something else."""
    there, home = target.resolve(), root.resolve()
    inside = (
        home / name for name in ("manual", "procedures", "clauses", "releases", "templates", ".git")
    )
    risky = (
        there == home
        or there in home.parents
        or any(there == each or each in there.parents for each in inside)
    )
    foreign = target.is_dir() and any(target.iterdir()) and not (target / "versions.json").is_file()
    if risky or foreign or not switch.may_replace(target) or target.is_file():
        raise QmsError(
            Text(
                f"Không dựng vào «{target}»: lần dựng sẽ thay toàn bộ thư mục này, mà trong "
                "đó đang có thứ khác. Hãy chọn một thư "
                "mục trống.",
                f"Refused to build into «{target}»: a build replaces the whole folder, and "
                "it holds something else. Choose an "
                "empty folder.",
            )
        )
