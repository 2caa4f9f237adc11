"""Hand mkdocs each page as it was made: its HTML, contents, anchors, and what its frame shows.

mkdocs loads this file by its path, which only the generated mkdocs.yml names. It knows nothing of
manuals and imports nothing of ours: what it hands over lies in parcels of pages, and whatever
else reads these can take its place. mkdocs' own reader of Markdown is not called.

A page of the menu without HTML was taken over from the last build: the menu shows it, and nothing
is built. Parts of the frame that many pages share are rendered once.
"""

from __future__ import annotations

import json
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    Render = Callable[..., Iterator[str]]

FOLDER, SAVED = "pages", "saved"
"""Parcels of pages beside mkdocs.yml, and in them single pages; `sources` writes both."""
SHARED = (
    "partials/nav.html",
    "partials/tabs.html",
    "partials/search.html",
    "partials/palette.html",
    "partials/footer.html",
)
"""What the frame shows alike on all pages of one folder that are not in the menu."""
UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The theme's own search, which no page starts: what is not used is not served."""
SHARED_BLOCKS = frozenset({"announce", "config", "scripts", "styles"})
_made: dict[str, dict[str, Any]] = {}
_in_menu: set[str] = set()


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Give mkdocs a document without a word for each page that was made, and for the menu's."""
    _made.clear()
    for parcel in sorted(_folder(config).glob("*.json")):
        _made.update(json.loads(parcel.read_text("utf-8")))
    for name in _made:
        there = files.get_file_from_path(name)
        if there is not None:
            files.remove(there)
        files.append(File.generated(config, name, content=""))
    for file in [*files]:
        if file.src_uri.startswith(UNUSED):
            files.remove(file)
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Name in the menu the pages that were taken over; keep them from being read and laid out."""
    _in_menu.clear()
    for page in nav.pages:
        _in_menu.update(_with_those_above(page.url))
        made = _made[page.file.src_uri]
        if "html" not in made:
            page.meta = dict(made["meta"])
            page.file.inclusion = InclusionLevel.EXCLUDED
    del files, config
    return nav


def on_page_markdown(_markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Take a page as it was made; mkdocs would make a reader of Markdown for an empty text."""
    made = _saved(page, config) or _made[page.file.src_uri]

    def render(*_: object) -> None:
        page.content = made["html"]
        page.toc = get_toc(made["contents"])
        page.present_anchor_ids = set(made["anchors"])

    page.meta = dict(made["meta"])
    vars(page)["render"] = render
    return ""


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Have what the frame shows alike on many pages rendered once."""
    for name in SHARED:
        template = env.get_template(name)
        template.root_render_func = _rendered_once(template.root_render_func)
    for name in ("main.html", "base.html"):
        blocks = env.get_template(name).blocks
        for block in SHARED_BLOCKS.intersection(blocks):
            blocks[block] = _rendered_once(blocks[block])
    del config, files
    return env


def _rendered_once(render: Render) -> Render:
    """Return what renders a part of the frame once for all pages that it is the same on."""
    known: dict[str, str] = {}

    def rendered(context: Context, *arguments: object) -> Iterator[str]:
        place = _shared_place(context.get("page"))
        if place is None:
            yield from render(context, *arguments)
            return
        if place not in known:
            known[place] = "".join(render(context, *arguments))
        yield known[place]

    return rendered


def _shared_place(page: Page | None) -> str | None:
    """Return the folder of a page: from all pages in it, links to pages of the menu are the same.

    None for a page that is in the menu or lies above one, and for what is no page.
    """
    if page is None or page.url in _in_menu:
        return None
    return posixpath.dirname(page.url.rstrip("/"))


def _with_those_above(address: str) -> Iterator[str]:
    """Yield the address of a page and of every folder that it lies in."""
    while address:
        yield address
        address = address[: address.rstrip("/").rfind("/") + 1]
    yield address


def _saved(page: Page, config: MkDocsConfig) -> dict[str, Any] | None:
    """Return a page that was saved since the build; a preview shows it at once."""
    path = (_folder(config) / SAVED / page.file.src_uri).with_suffix(".json")
    if not path.is_file():
        return None
    made: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return made


def _folder(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "").parent / FOLDER
