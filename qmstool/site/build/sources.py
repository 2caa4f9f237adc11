"""Write what mkdocs builds a version from: finished pages, attachments, theme, settings."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.site.parts.render import page_meta
from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qmstool.site.build.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import RenderedPage, SitePage

THEME = "templates/site/theme"
# Where the hook of mkdocs finds the pages, beside mkdocs.yml.
PAGES = "pages"


def write_sources(
    edition: Edition,
    appearance: Appearance,
    work: Path,
    *,
    attachments: Mapping[str, bytes],
    config: str,
) -> None:
    """Write everything but the pages; `config`: the text of mkdocs.yml."""
    (work / "docs").mkdir(parents=True, exist_ok=True)
    for path, data in attachments.items():
        files.write(work / "docs", edition.addresses.file(path), data)
    # The frame of the page runs inside mkdocs, outside the sandbox: it is always the package's own.
    for name in resources.list_names(THEME):
        files.copy(resources.packaged_path(f"{THEME}/{name}"), work / "theme", name)
    for path, data in appearance.files:
        files.write(work / "theme", f"assets/own/{path}", data)
    files.write(work, "mkdocs.yml", config)


def write_page(work: Path, name: str, page: RenderedPage) -> None:
    """Write a finished page for mkdocs; `name`: the file that stands for it among the documents."""
    files.write(work / "docs", name, "")
    files.write(work / PAGES, _made(name), json.dumps(page.values(), ensure_ascii=False))


def write_stand_in(work: Path, page: SitePage) -> None:
    """Write for mkdocs what a menu shows of a page that was taken over and is not to be built."""
    meta = {"meta": page_meta(page)}
    files.write(work / PAGES, _made(page.file), json.dumps(meta, ensure_ascii=False))


def _made(name: str) -> str:
    return PurePosixPath(name).with_suffix(".json").as_posix()
