"""Build the published site of a repository: what is in force at its root, other versions beside.

Everything is built in a folder next to the target and put in its place at the very end: a reader
meets the old site or the new one, also when the build is killed (`storage.atomic_switch`). Pages,
and whole releases, that were built before are taken over as they are, when the same tool would
build them from the same again and nobody has touched them since (`build.memory`).
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from qmstool.checking.runner import check
from qmstool.frozen import dataclass
from qmstool.git import presence
from qmstool.git.absence import AbsenceError, no_repository
from qmstool.git.repository import NoRepository, find_repository
from qmstool.git.staying import Readable
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.candidates import pending_candidates
from qmstool.register.recorded_texts import pinned_blobs
from qmstool.register.status import register
from qmstool.rules import ALL
from qmstool.site.build import build_script, preview
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.build.draft import OpenFacts, build_draft
from qmstool.site.build.memory import SiteMemory
from qmstool.site.build.side_by_side import PlacedVersion, building_side_by_side
from qmstool.site.build.target import (
    FILE_LIST,
    VERSION_LIST,
    list_site_files,
    refuse_foreign_files,
    refuse_target,
)
from qmstool.site.edition.addresses import Addresses
from qmstool.site.edition.context import FindingCount
from qmstool.site.edition.feeds import FeedWriter
from qmstool.site.edition.versions import describe_versions, periods_in_force, plan_versions
from qmstool.site.safety.csp import server_files
from qmstool.storage import atomic_switch, files
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.findings import Report
    from qmstool.git.repository import RepositoryState
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.references.model import References
    from qmstool.site.build.editions import CheckRequest
    from qmstool.site.build.memory import KeptVersion
    from qmstool.site.edition.versions import Version
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree

    Say = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class CheckedManual:
    """A manual as it lies in its folder, its references, and what a check without history found.

    `tree`: the files that it was read from; `state`: what repository there was then.
    """

    manual: Manual
    references: References
    report: Report
    tree: Tree
    state: RepositoryState | None = None


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a build made: folder, number of pages, folders of its versions ("" is the root)."""

    target: Path
    pages: int
    versions: tuple[str, ...]


def check_manual(
    root: Path,
    tree: Tree,
    manual: Manual,
    day: date,
    facts: KeptFacts | None = None,
    state: RepositoryState | None = None,
) -> CheckedManual:
    """Check a manual once, for the answer before a build and for the build itself.

    `tree`: the files that it was read from; `facts` has what they said before; `state`: what
    repository there was when they were read.
    """
    references = resolve(manual, facts)
    report = check(manual, references, root=str(root), day=day, read=tree.read, kept_facts=facts)
    return CheckedManual(manual, references, report, tree, state)


def build_site(
    root: Path,
    target: Path,
    *,
    day: date,
    now: datetime,
    lang: Lang | None,
    progress: Say,
    tip: CheckedManual | None = None,
    today: date | None = None,
) -> BuiltSite:
    """Build the whole site of a repository into `target`.

    `lang`: the language of the pages, the manual's own where None; `tip`: the check of the manual
    at this same moment, made here where there is none; `today`: the day of asking, where the site
    is of an older one. Raises QmsError; `target` is then as it was.
    """
    refuse_target(root, target)
    if tip is None:
        tree = ReadOnceTree(FolderTree(root))
        tip = check_manual(root, tree, load(tree), day)
    counted = partial(count_findings, tip)
    site = SiteBuilder(root, tip.tree, now, lang, tip.manual, tip.references, counted, tip.state)
    site.editions.today = today
    planned = plan_versions(site.tip.releases, day, site.lang)
    site.absent = _require_texts(root, site.tip, planned)
    readable = _readable(root, site.tip, site.editions.history.commit)
    site.editions.folders = frozenset(version.folder for version in planned)
    site.editions.periods = periods_in_force(planned, site.tip.releases)
    memory = SiteMemory(target)
    site.before = memory.recall()
    with atomic_switch.replacing(target) as work:
        pages, kept = _build_versions(site, planned, target, work, progress)
        _write_root_files(site, planned, work / "site", day)
        files.write(work / "site", FILE_LIST, list_site_files(work / "site"))
        if readable:
            readable.require()
        refuse_foreign_files(target)  # somebody may have put one there meanwhile
    memory.keep(kept)
    return BuiltSite(target, pages, tuple(version.folder for version in planned))


def _write_root_files(
    site: SiteBuilder, planned: Sequence[Version], folder: Path, day: date
) -> None:
    """Write what belongs to the whole site: its versions, its build, settings of web servers."""
    stale_days = site.tip.config.stale_days
    versions = describe_versions(planned, site.editions.periods, day, stale_days, site.lang)
    files.write(folder, VERSION_LIST, json.dumps(versions, ensure_ascii=False, indent=1))
    files.write(folder, build_script.NAME, site.build_script(planned[0], versions))
    for name, text in server_files().items():
        files.write(folder, name, text, hidden=True)
    standing = register(site.tip, site.tip.releases, day)
    feeds = FeedWriter(site.tip, standing, Addresses(site.tip, site.lang), site.lang)
    for name, text in feeds.files().items():
        files.write(folder, name, text)


def _require_texts(root: Path, manual: Manual, planned: Sequence[Version]) -> frozenset[str]:
    """Return the recorded texts that are gone; every other one that the site needs is here.

    Raises AbsenceError where this clone, or this copy, is without one: a page would say of a text
    in force that it is lost.
    """
    pins: dict[str, str] = {}
    for version in planned:
        pins |= {blob: path for path, blob in (version.pins or {}).items()}
    for release in manual.releases:
        for item in release.items:
            pins |= {pin.blob: pin.path for pin in item.files}
    if not pins:
        return frozenset()
    if isinstance(find_repository(root), NoRepository):
        raise AbsenceError(no_repository(root))
    return frozenset(pins) - frozenset(presence.read_unless_elsewhere(root, pins))


def _readable(root: Path, manual: Manual, newest: str) -> Readable | None:
    """Note what of its repository a manual's site is made of; None where git answers nothing."""
    try:
        if isinstance(find_repository(root), NoRepository):
            return None
    except AbsenceError:
        return None
    commits = [candidate.commit for candidate in pending_candidates(manual)]
    return Readable(root, pinned_blobs(manual.releases), [newest or "HEAD", *commits])


def _build_versions(
    site: SiteBuilder, planned: Sequence[Version], target: Path, work: Path, progress: Say
) -> tuple[int, dict[str, KeptVersion]]:
    """Build every version under `work/site`.

    Return how many pages they have together, and what is to be remembered of each, by folder.
    """
    pages = 0
    kept: dict[str, KeptVersion] = {}
    apart = [
        version.folder
        for version in planned
        if version.folder and not version.draft and not site.is_known(version)
    ]
    day = planned[0].day
    with building_side_by_side(site, apart, target, work, day) as wait_for:
        for number, version in enumerate(planned, 1):
            line = f"[{number}/{len(planned)}] {version.title}"
            progress(Text(line, line))
            placed = wait_for(version.folder)
            if placed is None:
                placed = PlacedVersion(*site.place_version(version, target, work, progress))
            for told in placed.messages:
                progress(told)
            kept[version.folder] = placed.kept_version
            pages += placed.pages
    return pages, kept


def count_findings(tip: CheckedManual, request: CheckRequest) -> tuple[FindingCount, ...]:
    """Return how often each rule finds something in the manual of a version, worst first.

    Rules that ask the log of the repository are counted where verification answered.
    """
    titles = {rule.id: rule.title for rule in ALL}
    counts = Counter(
        (finding.severity, finding.rule)
        for report in _reports(tip, request)
        for finding in report.findings
    )
    ordered = sorted(counts, key=lambda key: (-key[0], -counts[key], key[1]))
    return tuple(
        FindingCount(severity.word, rule, titles[rule], counts[severity, rule])
        for severity, rule in ordered
    )


def _reports(tip: CheckedManual, request: CheckRequest) -> list[Report]:
    """The report of a version's manual, and that of its history where that says otherwise."""
    manual, references = request.manual, request.references
    if manual is tip.manual:
        reports = [tip.report]
    else:
        report = check(manual, references, root="", day=request.day, read=request.tree.read)
        reports = [report]
    if request.discrepancies:
        history = tuple(rule for rule in ALL if "history" in rule.needs)
        reports.append(
            check(
                manual,
                references,
                root="",
                day=request.day,
                discrepancies=request.discrepancies,
                rules=history,
            )
        )
    return reports


def serve(
    root: Path,
    *,
    port: int,
    clock: Callable[[], datetime],
    lang: Lang | None,
    say: Say,
    stop: Callable[[], bool],
    open_facts: OpenFacts = lambda _: None,
) -> None:
    """Show the tip on this machine, built anew on every save until `stop` says so.

    `open_facts` opens what its files said before. A save that cannot be built keeps the last site.
    Raises QmsError where the first build fails or the port cannot be opened.
    """
    make = partial(build_draft, root, clock=clock, lang=lang, open_facts=open_facts)
    preview.serve_draft(root, make, port=port, say=say, stop=stop)


def serve_built(folder: Path, *, port: int, say: Say, stop: threading.Event | None = None) -> None:
    """Serve a site that was built before, on this machine only, until Ctrl-C (or `stop`).

    Raises QmsError where none was built.
    """
    if not (folder / VERSION_LIST).is_file():
        vi = f"Chưa có trang nào được dựng trong «{folder}». Hãy chạy: qmstool build"
        raise QmsError(Text(vi, f"No site was built in «{folder}». Run: qmstool build"))
    server = preview.PreviewServer(folder, port)
    try:
        address = server.address
        say(Text(f"Xem tại {address} (Ctrl-C để dừng)", f"See it at {address} (Ctrl-C to stop)"))
        (stop or threading.Event()).wait()
    finally:
        server.close()
