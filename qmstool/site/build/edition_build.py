"""One edition → a folder for any web server: pages and assets are written, mkdocs runs on them, the result is audited."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.process import run
from qmstool.site.build.mkdocs_config import mkdocs_yml
from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from qmstool.site.safety.audit import audit_site
from qmstool.site.search import writer as search
from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qmstool.site.build.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.site.safety.audit import AuditFinding
    from qmstool.storage.tree import Tree

THEME = "templates/site/theme"
TIMEOUT_SECONDS = 1800
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """A built edition: its folder, how many pages, and the links of its texts that lead nowhere."""

    folder: Path
    pages: int
    doubts: tuple[AuditFinding, ...]


def build_edition(
    edition: Edition,
    look: Appearance,
    work: Path,
    *,
    title: str,
    attachments: Mapping[str, bytes],
    templates: Tree | None,
    progress: Callable[[Text], None],
) -> BuiltEdition:
    """Build into the folder `work`. Raises QmsError."""
    renderer = PageRenderer(edition, templates)
    made = tuple(pages(edition))
    write_sources(renderer, made, look, work, title=title, attachments=attachments)
    progress(
        Text(f"  đã viết {len(made)} trang, đang dựng…", f"  {len(made)} pages written, building…")
    )
    run_mkdocs(work)
    search.write_search(work / "site", made, edition)
    return BuiltEdition(
        work / "site", len(made), refuse_foreign_content(work / "site", edition.beside.versions)
    )


def write_sources(
    renderer: PageRenderer,
    made: tuple[SitePage, ...],
    look: Appearance,
    work: Path,
    *,
    title: str,
    attachments: Mapping[str, bytes],
) -> None:
    """Write what mkdocs builds from: Markdown pages, attachments, theme, mkdocs.yml."""
    edition = renderer.edition
    for page in made:
        files.write(work / "docs", page.file, renderer.render(page))
    for path, data in attachments.items():
        files.write(work / "docs", edition.addresses.file(path), data)
    # The frame of the page runs inside mkdocs, outside the sandbox: it is always the package's own.
    for name in resources.names(THEME):
        files.copy(resources.packaged(f"{THEME}/{name}"), work / "theme", name)
    for path, data in look.files:
        files.write(work / "theme", f"assets/own/{path}", data)
    files.write(
        work,
        "mkdocs.yml",
        mkdocs_yml(edition, look, title=title, addresses=[page.address for page in made]),
    )


def run_mkdocs(work: Path) -> None:
    """Run mkdocs on a written folder. Raises QmsError with what mkdocs said."""
    package = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    environment = {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    done = run(command, folder=work, environment=environment, seconds=TIMEOUT_SECONDS)
    if done.status:
        said = done.stderr.strip()[-2000:]
        raise QmsError(
            Text(
                f"mkdocs không dựng được trang:\n{said}",
                f"mkdocs could not build the site:\n{said}",
            )
        )


def refuse_foreign_content(
    folder: Path, versions: frozenset[str] = frozenset()
) -> tuple[AuditFinding, ...]:
    """Refuse a built site that holds anything foreign: raises QmsError naming the places.

    Returns the dead links of its texts.

    `versions`: folders that will lie beside the pages.
    """
    found = audit_site(folder, versions)
    faults = [fault for fault in found if fault.fatal]
    if faults:
        vi = "\n".join(
            f"- {fault.path}: {fault.what.vi}: {fault.words[:200]}"
            for fault in faults[:MOST_LISTED]
        )
        en = "\n".join(f"- {fault}" for fault in faults[:MOST_LISTED])
        count = len(faults)
        raise QmsError(
            Text(
                f"Trang đã dựng có {count} chỗ không được phép:\n{vi}",
                f"Things in the built site that may not be there: {count}\n{en}",
            )
        )
    return found
