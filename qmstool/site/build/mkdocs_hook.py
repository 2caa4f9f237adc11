"""Hand mkdocs each page as it was made: its HTML, contents, anchors, and what its frame shows.

mkdocs loads this file by its path, which only the generated mkdocs.yml names. It knows nothing of
manuals and imports nothing of ours: what it hands over lies in a file for each page, and whatever
else reads these files can take its place. mkdocs' own reader of Markdown gets an empty text.

A page of the menu that has no document to be read was taken over from the last build: the menu
shows it, and nothing is built.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

FOLDER = "pages"
"""Beside mkdocs.yml; `sources` writes it."""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Give the menu a document for each page of it that is not to be built."""
    for name in _menu(config.nav):
        if files.get_file_from_path(name) is None:
            files.append(File.generated(config, name, content=""))
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Name such pages in the menu, and keep them from being read and laid out."""
    for page in nav.pages:
        if page.file.generated_by:
            page.meta = dict(_made(page, config)["meta"])
            page.file.inclusion = InclusionLevel.EXCLUDED
    del files
    return nav


def on_page_markdown(_markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Take what the frame shows of a page, and return an empty text in place of its Markdown."""
    page.meta = dict(_made(page, config)["meta"])
    return ""


def on_page_content(_html: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Return the HTML of a page, and give it its contents and anchors."""
    made = _made(page, config)
    page.toc = get_toc(made["contents"])
    page.present_anchor_ids = set(made["anchors"])
    html: str = made["html"]
    return html


def _menu(entries: Any) -> Iterator[str]:
    """Yield the documents that a menu names, however deep."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for entry in entries.values():
            yield from _menu(entry)
    else:
        for entry in entries or ():
            yield from _menu(entry)


def _made(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """Return what was made of a page."""
    folder = Path(config.config_file_path or "").parent / FOLDER
    made: dict[str, Any] = json.loads(
        (folder / page.file.src_uri).with_suffix(".json").read_text("utf-8")
    )
    return made
