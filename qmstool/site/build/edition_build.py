"""Build one edition into a folder for any web server: write its pages, run mkdocs, audit."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text, shorter_tags
from qmstool.process import run
from qmstool.site.build.mkdocs_config import LANGUAGES, PAGE_LANGUAGE, mkdocs_yml
from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from qmstool.site.safety.audit import audit_site
from qmstool.site.search.writer import write_search
from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qmstool.site.build.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import RenderedPage, SitePage
    from qmstool.site.safety.page_audit import AuditFinding
    from qmstool.storage.tree import Tree

THEME = "templates/site/theme"
# Where the hook of mkdocs finds the pages, beside mkdocs.yml.
PAGES = "pages"
# Of mkdocs; ten thousand documents take a few minutes.
TIMEOUT_SECONDS = 1800
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """A built edition: its folder, how many pages, and the links of its texts that lead nowhere."""

    folder: Path
    pages: int
    dead_links: tuple[AuditFinding, ...]


def build_edition(
    edition: Edition,
    appearance: Appearance,
    work: Path,
    *,
    title: str,
    attachments: Mapping[str, bytes],
    templates: Tree | None,
    progress: Callable[[Text], None],
) -> BuiltEdition:
    """Build an edition into the folder `work`.

    `title` names the version; `attachments`: the files to copy, by their path in the manual;
    `templates`: where the manual's own templates lie. Raises QmsError.
    """
    renderer = PageRenderer(edition, templates)
    made = tuple(pages(edition))
    write_sources(renderer, made, appearance, work, title=title, attachments=attachments)
    count = len(made)
    progress(Text(f"  đã viết {count} trang, đang dựng…", f"  {count} pages written, building…"))
    run_mkdocs(work)
    site = work / "site"
    write_search(site, made, edition)
    dead_links = refuse_foreign_content(site, edition.context.versions)
    return BuiltEdition(site, count, dead_links)


def write_sources(
    renderer: PageRenderer,
    made: tuple[SitePage, ...],
    appearance: Appearance,
    work: Path,
    *,
    title: str,
    attachments: Mapping[str, bytes],
) -> None:
    """Write what mkdocs builds from: pages, attachments, theme, mkdocs.yml."""
    edition = renderer.edition
    for page in made:
        files.write(work / "docs", page.file, "")
        write_page(work, page.file, renderer.render(page))
    for path, data in attachments.items():
        files.write(work / "docs", edition.addresses.file(path), data)
    # The frame of the page runs inside mkdocs, outside the sandbox: it is always the package's own.
    for name in resources.list_names(THEME):
        files.copy(resources.packaged_path(f"{THEME}/{name}"), work / "theme", name)
    for path, data in appearance.files:
        files.write(work / "theme", f"assets/own/{path}", data)
    if edition.lang not in LANGUAGES:
        frame = f"partials/languages/{PAGE_LANGUAGE}.html"
        files.write(work / "theme", frame, _frame_language(edition.lang))
    addresses = [page.address for page in made]
    config = mkdocs_yml(edition, appearance, title=title, addresses=addresses)
    files.write(work, "mkdocs.yml", config)


def _frame_language(tag: str) -> str:
    """Return the words of the frame in a language: the theme's own, else English ones.

    The page says that it is in this language all the same.
    """
    spec = find_spec("material")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    known = Path(folders[0]) / "templates" / "partials" / "languages" if folders else Path()
    names = [name for name in shorter_tags(tag) if (known / f"{name}.html").is_file()]
    theirs = f"partials/languages/{(*names, 'en')[0]}.html"
    return (
        f'{{% import "{theirs}" as theirs %}}{{% macro t(key) %}}'
        f'{{{{ {{"language": "{tag}"}}[key] or theirs.t(key) }}}}{{% endmacro %}}'
    )


def write_page(work: Path, name: str, page: RenderedPage) -> None:
    """Write a finished page for mkdocs; `name`: the file that stands for it among the documents."""
    made = PurePosixPath(name).with_suffix(".json").as_posix()
    files.write(work / PAGES, made, json.dumps(page.values(), ensure_ascii=False))


def run_mkdocs(work: Path) -> None:
    """Run mkdocs on a written folder. Raises QmsError with what mkdocs said."""
    environment = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    answer = run(command, folder=work, environment=environment, seconds=TIMEOUT_SECONDS)
    if answer.status:
        cause = answer.stderr.strip()[-2000:]
        raise QmsError(
            Text(
                f"mkdocs không dựng được trang:\n{cause}",
                f"mkdocs could not build the site:\n{cause}",
            )
        )


def refuse_foreign_content(
    folder: Path, versions: frozenset[str] = frozenset()
) -> tuple[AuditFinding, ...]:
    """Audit a built site; return the dead links of its texts.

    `versions`: folders that will lie beside the pages. Raises QmsError naming the places where
    anything stands that may not.
    """
    findings = audit_site(folder, versions)
    fatal = [finding for finding in findings if finding.fatal]
    if not fatal:
        return findings
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
