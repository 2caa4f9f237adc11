"""Hand mkdocs each page as it was made: its HTML, contents, anchors, and what its frame shows.

mkdocs loads this file by its path, which only the generated mkdocs.yml names. It knows nothing of
manuals and imports nothing of ours: what it hands over lies in a file for each page, and whatever
else reads these files can take its place. mkdocs' own reader of Markdown gets an empty text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

FOLDER = "pages"
"""Beside mkdocs.yml; `edition_build` writes it."""


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


def _made(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """Return what was made of a page."""
    folder = Path(config.config_file_path or "").parent / FOLDER
    made: dict[str, Any] = json.loads(
        (folder / page.file.src_uri).with_suffix(".json").read_text("utf-8")
    )
    return made
