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
PAGES, SAVED = "pages", "saved"
# Characters of a parcel of pages.
_PARCEL = 4_000_000


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


class PageParcels:
    """Writes pages for mkdocs, many to a file; `close` writes the last of them."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self._pages: list[str] = []
        self._size = self._count = 0

    def add(self, name: str, page: RenderedPage) -> None:
        """Take a finished page; `name`: the file that stands for it among the documents."""
        self._add(name, page.values())

    def add_stand_in(self, page: SitePage) -> None:
        """Take what a menu shows of a page that was taken over and is not to be built."""
        self._add(page.file, {"meta": page_meta(page)})

    def _add(self, name: str, values: Mapping[str, object]) -> None:
        text = f"{json.dumps(name)}: {json.dumps(values, ensure_ascii=False)}"
        self._pages.append(text)
        self._size += len(text)
        if self._size > _PARCEL:
            self.close()

    def close(self) -> None:
        """Write what was taken since."""
        if self._pages:
            text = "{" + ",\n".join(self._pages) + "}"
            files.write(self.work, f"{PAGES}/{self._count:06}.json", text)
        self._count += 1
        self._pages, self._size = [], 0


def write_saved_page(work: Path, name: str, page: RenderedPage) -> None:
    """Write a page that was saved since the build, for a preview that shows it at once."""
    place = PurePosixPath(PAGES, SAVED, name).with_suffix(".json")
    files.write(work, place.as_posix(), json.dumps(page.values(), ensure_ascii=False))
