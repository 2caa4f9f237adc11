"""Say from what a page is made, as a short key: pages of the same key are the same, byte for byte.

A page is made of the values that its maker found, of its label in the search, and of what all pages
of its version share: the frame with its menu, the words, the settings. Nothing else reaches a
template of the package; a template of the manual's own may ask for anything, so where there is one
no page is ever taken over.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

from qmstool.digest import blake2b
from qmstool.i18n import PageLanguage
from qmstool.manual.documents import Document
from qmstool.manual.text_files import Section, TextFile
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.site.build.reuse import toolchain_digest
from qmstool.site.parts.text import explained_abbreviations
from qmstool.storage import resources

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.loading.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.storage.tree import Tree

TEMPLATES = "templates/site/pages"
_SIZE = 20
# What templates may see of values that hold whole texts; a test holds that they ask for no more.
_VISIBLE: dict[type, tuple[str, ...]] = {
    Document: ("key", "code", "title", "held", "path"),
    Section: ("title", "number", "anchor"),
    TextFile: ("path",),
    SourceFile: ("path",),
}


def frame_key(
    edition: Edition, appearance: Appearance, config: str, templates: Tree | None
) -> bytes:
    """Return the key of what all pages of a version share; `config`: the text of its mkdocs.yml."""
    settings = edition.manual.config
    shared = [
        toolchain_digest(),
        config,
        language_words(edition.lang),
        edition.stamp.draft,
        edition.own_day,
        settings.organization,
        settings.contact,
        edition.bilingual(settings.notice),
        explained_abbreviations(edition),
        secrets.token_hex() if _has_own_templates(templates) else "",
    ]
    digest = blake2b(written(shared), digest_size=_SIZE)
    for path, data in appearance.files:
        digest.update(path.encode() + b"\0" + blake2b(data).digest())
    return digest.digest()


def page_key(frame: bytes, page: SitePage) -> str:
    """Return the key of a page in a frame."""
    return blake2b(written(page), key=frame, digest_size=_SIZE).hexdigest()


def _has_own_templates(templates: Tree | None) -> bool:
    """Whether a manual has a template of its own for the pages, and not just the package's."""
    for name in resources.list_names(TEMPLATES, templates):
        packaged = resources.packaged_path(f"{TEMPLATES}/{name}")
        own = resources.find(templates, f"{TEMPLATES}/{name}")
        if not packaged.is_file() or packaged.read_bytes() != own:
            return True
    return False


def language_words(lang: Lang) -> list[object]:
    """Return a language with all that it says otherwise: its words, and how it writes a day."""
    if not isinstance(lang, PageLanguage):
        return [lang]
    return [lang, dict(lang.words), lang.date, lang.months]


def written(value: object) -> bytes:
    """Return a value as JSON, any object in it as what a template may see of it."""
    return json.dumps(value, ensure_ascii=False, default=_visible).encode("utf-8", "surrogatepass")


def _visible(value: Any) -> object:
    """Return what a template of the package may see of an object that JSON does not know.

    Of a document, its files and its sections that is what names them: the text of a page is a value
    of its own, with its links.
    """
    kind = type(value)
    if kind is LocatedText:
        return value.text
    if isinstance(value, frozenset | set):
        return sorted(value)
    names = _VISIBLE.get(kind) or getattr(kind, "__match_args__", None)
    if names is None:
        return [kind.__name__, str(value)]
    return [kind.__name__, *(getattr(value, name) for name in names)]
