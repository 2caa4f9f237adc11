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

from qmstool import files
from qmstool.check import check
from qmstool.files import switch
from qmstool.findings import QmsError, Text
from qmstool.rules import ALL
from qmstool.site import preview
from qmstool.site.beside import Tally
from qmstool.site.making import Site
from qmstool.site.policy import servers
from qmstool.site.versions import Version, listing, periods, versions
from qmstool.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from qmstool.findings import Lang
    from qmstool.model import Manual
    from qmstool.references import References

    Say = Callable[[Text], None]

LIST = "versions.json"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder, how many pages, and the folders of its versions ("" is the root)."""

    target: Path
    pages: int
    versions: tuple[str, ...]


def build(root: Path, target: Path, *, day: date, now: datetime, lang: Lang | None, progress: Say) -> Built:
    """Build the whole site of a repository into `target`. Raises QmsError; `target` is then as it was."""
    _refuse_home(root, target)
    site = Site(root, now, lang, tallies)
    planned = versions(site.tip.releases, day, site.lang)
    site.folders = frozenset(version.folder for version in planned)
    site.periods = periods(planned, site.tip.releases)
    with switch.replacing(target) as work:
        pages = 0
        for at, version in enumerate(planned, 1):
            progress(Text(f"[{at}/{len(planned)}] {version.title}", f"[{at}/{len(planned)}] {version.title}"))
            pages += site.version(version, target, work, progress)
        files.write(work / "site", LIST, listing(planned, site.periods, day, site.tip.config.stale_days, site.lang))
        for name, text in servers().items():
            files.write(work / "site", name, text)
    return Built(target, pages, tuple(version.folder for version in planned))


def draft(root: Path, work: Path, *, clock: Callable[[], datetime], lang: Lang | None) -> tuple[Path, int]:
    """Build only the tip, as a draft, into `work`; for looking at while writing. Returns the site's folder and its pages."""
    site = Site(root, clock(), lang)
    day = site.now.astimezone(site.tip.config.zone).date()
    planned = versions(site.tip.releases, day, site.lang)
    tip = next(version for version in planned if version.draft)
    made = site.make(Version("", tip.title, None, True, None, tip.releases, day), work)
    return made.folder, made.pages


def serve(root: Path, *, port: int, clock: Callable[[], datetime], lang: Lang | None, say: Say, stop: Callable[[], bool]) -> None:
    """Show the tip on this machine, and build it anew on every save until `stop` says so; a broken save keeps the last site."""
    preview.serve(root, partial(draft, root, clock=clock, lang=lang), port=port, say=say, stop=stop)


def show(folder: Path, *, port: int, say: Say, stop: threading.Event | None = None) -> None:
    """Serve a site that was built before, on this machine only, until Ctrl-C (or `stop`). Raises QmsError where none was built."""
    if not (folder / LIST).is_file():
        vi = f"Chưa có trang nào được dựng trong «{folder}». Hãy chạy: qmstool build"
        raise QmsError(Text(vi, f"No site was built in «{folder}». Run: qmstool build"))
    shown = preview.Preview(folder, port)
    try:
        say(Text(f"Xem tại {shown.address} (Ctrl-C để dừng)", f"See it at {shown.address} (Ctrl-C to stop)"))
        (stop or threading.Event()).wait()
    finally:
        shown.close()


def tallies(manual: Manual, references: References, day: date) -> tuple[Tally, ...]:
    """Return how often each rule finds something in a manual, worst first."""
    report = check(manual, references, root="", day=day)
    titles = {rule.id: rule.title for rule in ALL}
    counted = Counter((finding.severity, finding.rule) for finding in report.findings)
    ordered = sorted(counted.items(), key=lambda each: (-each[0][0], -each[1], each[0][1]))
    return tuple(Tally(severity.word, rule, titles[rule], count) for (severity, rule), count in ordered)


def _refuse_home(root: Path, target: Path) -> None:
    """The target is replaced whole: it may not be the manual, lie above it, or be a folder of something else."""
    there, home = target.resolve(), root.resolve()
    inside = (home / name for name in ("manual", "procedures", "clauses", "releases", "templates", ".git"))
    risky = there == home or there in home.parents or any(there == each or each in there.parents for each in inside)
    foreign = target.is_dir() and any(target.iterdir()) and not (target / "versions.json").is_file()
    if risky or foreign or not switch.may_replace(target) or target.is_file():
        raise QmsError(
            Text(
                f"Không dựng vào «{target}»: thư mục này sẽ bị thay hẳn, mà đang giữ thứ khác. Hãy chọn một thư mục trống.",
                f"Refused to build into «{target}»: it would be replaced whole, and holds something else. Choose an empty folder.",
            )
        )
