"""Write what mkdocs builds a version from: finished pages, attachments, theme, settings."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from qmstool.i18n import shorter_tags
from qmstool.site.build.mkdocs_config import LANGUAGES, PAGE_LANGUAGE
from qmstool.site.parts.render import page_meta
from qmstool.storage import files, resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.loading.appearance import Appearance
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
    files.make_folder(work / "docs")
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
    files.write(work / "docs", name, "")
    files.write(work / PAGES, _made(name), json.dumps(page.values(), ensure_ascii=False))


def write_stand_in(work: Path, page: SitePage) -> None:
    """Write for mkdocs what a menu shows of a page that was taken over and is not to be built."""
    meta = {"meta": page_meta(page)}
    files.write(work / PAGES, _made(page.file), json.dumps(meta, ensure_ascii=False))


def _made(name: str) -> str:
    return PurePosixPath(name).with_suffix(".json").as_posix()
