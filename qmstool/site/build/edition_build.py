"""Build one edition into a folder for any web server: write its pages, run mkdocs, audit.

Pages that would be the same as in the last build are taken over from it. mkdocs neither reads nor
lays them out; they keep their place in the menu, the search and the audit.
"""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.process import BUILD_DATE, run, stopped
from qmstool.site.build import build_script
from qmstool.site.build.memory import KeptPage, KeptVersion
from qmstool.site.build.mkdocs_config import menu_files, mkdocs_yml
from qmstool.site.build.page_key import frame_key, page_key
from qmstool.site.build.reuse import digest_files, take_over
from qmstool.site.build.sources import PageParcels, write_sources
from qmstool.site.edition.feeds import AT_ROOT
from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from qmstool.site.safety.audit import LinkedPage, audit_links, audit_page, audit_styles
from qmstool.site.search.writer import read_for_search, write_search
from qmstool.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from qmstool.manual.loading.appearance import Appearance
    from qmstool.site.build.downloads import DownloadSource
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.site.safety.page_audit import AuditFinding
    from qmstool.site.search.writer import SearchedPage
    from qmstool.storage.tree import Tree

    Pages = Iterable[SitePage]

# Of mkdocs; ten thousand documents take a few minutes.
TIMEOUT_SECONDS = 1800
MOST_LISTED = 20
# The folders of a build: what mkdocs writes, and what is taken over.
SITE, TAKEN = "site", "taken"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build wrote of a version: its folder, and what is remembered of it."""

    folder: Path
    kept_version: KeptVersion


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """A built edition: its folder, how many pages, the links of its texts that lead nowhere.

    `kept_version`: what is to be remembered of it.
    """

    folder: Path
    pages: int
    dead_links: tuple[AuditFinding, ...]
    kept_version: KeptVersion


def build_edition(
    edition: Edition,
    appearance: Appearance,
    work: Path,
    *,
    title: str,
    attachments: Mapping[str, bytes],
    templates: Tree | None,
    progress: Callable[[Text], None],
    last: LastBuild | None = None,
    source: DownloadSource | None = None,
) -> BuiltEdition:
    """Build an edition into the folder `work`.

    `title` names the version; `attachments`: the files to copy, by their path in the manual;
    `templates`: where the manual's own templates lie; `last`: the version as it was built last;
    `source`: what files to take away are made from, None for none. Raises QmsError.
    """
    made = tuple(pages(edition))
    addresses = [page.address for page in made]
    config = mkdocs_yml(edition, appearance, title=title, addresses=addresses)
    frame = frame_key(edition, appearance, config, templates)
    keys = {page.address: page_key(frame, page) for page in made}
    taken = _take_over(last, keys, work / TAKEN)
    write_sources(edition, appearance, work, attachments=attachments, config=config)
    menu = menu_files(edition, addresses)
    searched = _write_pages(PageRenderer(edition, templates), made, taken, work, menu)
    progress(_announced(len(made), len(taken)))
    run_mkdocs(work)
    site = _joined(work)
    files.write(site, "sitemap.xml", _sitemap(edition.manual.config.url, edition, made))
    write_search(site, [(page, searched[page.address]) for page in made], edition)
    downloads = _write_downloads(edition, source, site, progress) if source else {}
    linked, dead_links = _audit(site, taken, edition.context.versions)
    kept = KeptVersion(
        frame=frame,
        files=digest_files(site, _known_digests(last, taken)),
        pages={
            address: KeptPage(key, searched[address], linked[_file(address)])
            for address, key in keys.items()
        },
        downloads=downloads,
    )
    return BuiltEdition(site, len(made), dead_links, kept)


def _write_downloads(
    edition: Edition, source: DownloadSource, site: Path, progress: Callable[[Text], None]
) -> dict[str, str]:
    """Write the files to take away; return what each was made from."""
    # What writes PDF and Word is loaded by the manuals that want it.
    from qmstool.site.build.downloads import write_downloads  # noqa: PLC0415

    return write_downloads(edition, source, site, progress)


def _file(address: str) -> str:
    """The file of a page on the site."""
    return f"{address}index.html"


def _known_digests(last: LastBuild | None, taken: Iterable[str]) -> dict[str, str]:
    """Return the digests of the pages that were taken over, by file."""
    if last is None:
        return {}
    digests = last.kept_version.files
    return {file: digests[file] for file in map(_file, taken)}


def _take_over(
    last: LastBuild | None, keys: Mapping[str, str], target: Path
) -> dict[str, KeptPage]:
    """Take over the pages of the last build that would be made from the same again."""
    if last is None:
        return {}
    kept = last.kept_version.pages
    before = {address: page.key for address, page in kept.items()}
    same = [address for address, key in keys.items() if before.get(address) == key]
    names = take_over(last.folder, last.kept_version.files, map(_file, same), target)
    return {address: kept[address] for address in same if _file(address) in names}


def _write_pages(
    renderer: PageRenderer,
    made: Pages,
    taken: Mapping[str, KeptPage],
    work: Path,
    menu: frozenset[str],
) -> dict[str, SearchedPage]:
    """Write the pages for mkdocs; return what the search reads of each, by address.

    `menu`: the files of pages that the menu names.
    """
    searched: dict[str, SearchedPage] = {}
    parcels = PageParcels(work)
    for page in made:
        if page.address in taken:
            searched[page.address] = taken[page.address].searched_page
            if page.file in menu:
                parcels.add_stand_in(page)
        else:
            rendered = renderer.render(page)
            parcels.add(page.file, rendered)
            searched[page.address] = read_for_search(page, rendered.html)
    parcels.close()
    return searched


def _announced(count: int, taken: int) -> Text:
    if not taken:
        return Text(f"  đã viết {count} trang, đang dựng…", f"  {count} pages written, building…")
    fresh = count - taken
    return Text(
        f"  giữ nguyên {taken} trang, viết lại {fresh} trang, đang dựng…",
        f"  {taken} pages kept as they were built, {fresh} written, building…",
    )


def run_mkdocs(work: Path) -> None:
    """Run mkdocs on a written folder. Raises QmsError with what mkdocs said."""
    environment = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        # Nothing that stays of what it writes bears its moment, and it ends on one past 2106.
        BUILD_DATE: "0",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    answer = run(command, folder=work, environment=environment, seconds=TIMEOUT_SECONDS)
    if answer.status < 0:
        raise stopped("mkdocs")
    if answer.status:
        cause = answer.stderr.strip()[-2000:]
        raise QmsError(
            Text(
                f"mkdocs không dựng được trang:\n{cause}",
                f"mkdocs could not build the site:\n{cause}",
            )
        )


def _joined(work: Path) -> Path:
    """Put what mkdocs wrote and what was taken over into one folder; return it."""
    site, taken = work / SITE, work / TAKEN
    # Of mkdocs: without the pages that it did not see, and with the day of the build.
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        files.remove(site / name)
    if not taken.is_dir():
        return site
    files.merge_contents(site, taken)
    return taken


def _sitemap(url: str, edition: Edition, made: Pages) -> str:
    """Return the addresses of all pages for a search engine; none where the site has no address."""
    folder = edition.stamp.folder
    base = f"{url.rstrip('/')}/{folder}/" if folder else f"{url.rstrip('/')}/"
    lines = [f"<url><loc>{html.escape(base + page.address)}</loc></url>" for page in made if url]
    begin = '<?xml version="1.0" encoding="UTF-8"?>'
    space = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([begin, space, *lines, "</urlset>", ""])


def _audit(
    site: Path, taken: Mapping[str, KeptPage], versions: frozenset[str]
) -> tuple[dict[str, LinkedPage], tuple[AuditFinding, ...]]:
    """Audit a built site; return anchors and links of its pages, and the dead links of its texts.

    Of pages that were taken over only the links are looked at: where these lead may have changed.
    `versions`: folders that will lie beside the pages. Raises QmsError naming what is forbidden.
    """
    known = {_file(address): page.linked_page for address, page in taken.items()}
    linked: dict[str, LinkedPage] = {}
    findings: list[AuditFinding] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name in known:
            linked[name] = known[name]
            continue
        linked[name], own = audit_page(name, path.read_text("utf-8", errors="replace"))
        findings += own
    findings += audit_links(site, linked, versions | AT_ROOT | {build_script.NAME})
    findings += audit_styles(site)
    return linked, refuse_foreign_content(findings)


def refuse_foreign_content(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    """Return what is only told of a site, the dead links of its texts.

    Raises QmsError naming the places where anything stands that may not.
    """
    told = tuple(findings)
    fatal = [finding for finding in told if finding.fatal]
    if not fatal:
        return told
    vi_lines, en_lines = [], []
    for finding in fatal[:MOST_LISTED]:
        vi_lines.append(f"- {finding.path}: {finding.what.vi}: {finding.words[:200]}")
        en_lines.append(f"- {finding}")
    vi, en, count = "\n".join(vi_lines), "\n".join(en_lines), len(fatal)
    raise QmsError(
        Text(
            f"Trang đã dựng có {count} chỗ không được phép:\n{vi}",
            f"Things in the built site that may not be there: {count}\n{en}",
        )
    )
