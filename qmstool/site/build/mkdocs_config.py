"""Write the mkdocs.yml of an edition: the Material theme around pages that are finished."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from qmstool.i18n import Text, text_direction
from qmstool.site.build import build_script
from qmstool.site.pages.manual import outline
from qmstool.site.safety.csp import content_security_policy
from qmstool.site.words.general import WORDS
from qmstool.site.words.search import SEARCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.loading.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.pages.manual import OutlineNode

    Settings = dict[str, object]

# Not `content.tooltips`: the theme makes HTML of every title it shows in a box of its own.
FEATURES = (
    "navigation.tabs",
    "navigation.tabs.sticky",
    "navigation.indexes",
    "navigation.prune",
    "navigation.top",
    "toc.follow",
)
LANGUAGES = {"vi": "vi-qms", "en": "en"}
# The theme's language for pages in another: `edition_build` writes it.
PAGE_LANGUAGE = "page"
# Media query, colour scheme of the theme ("" is the reader's own), icon of the button.
SCHEMES = (
    ("(prefers-color-scheme)", "", "brightness-auto"),
    ("(prefers-color-scheme: light)", "default", "brightness-7"),
    ("(prefers-color-scheme: dark)", "slate", "brightness-4"),
)
SCHEME_NAMES = (
    Text("Theo máy", "As the system"),
    Text("Nền sáng", "Light"),
    Text("Nền tối", "Dark"),
)
HOME, DOCUMENTS = Text("Trang chủ", "Home"), Text("Tài liệu", "Documents")
OUR_WORDS = (
    "version_label",
    "draft_banner",
    "kept",
    "to_in_force",
    "notice",
    "not_found",
    "not_found_more",
    "printed",
    "check_code",
)
# Words that scripts put on a page; as they are, a script writes text and never HTML.
SCRIPT_WORDS = (
    "version_past",
    "kept_in_force",
    "kept_scheduled",
    "kept_overtaken",
    "kept_unchanged",
    "kept_withdrawn",
    "to_in_force",
    "to_successor",
    "to_coming",
    "outrun",
    "days_ask",
    "days_go",
    "days_none",
)
# What `build.js` says at the foot of each page, with the word before it.
FOOT = {"moment": "built_at", "tool": "", "newest": "newest_release"}
SCRIPTS = ("qms", "versions", "search/words", "search/box")
# Pages come through it; mkdocs finds it nowhere else.
HOOK = Path(__file__).with_name("mkdocs_hook.py")
# Links and files are audited after the build (`safety.audit`); mkdocs need not look for them too.
VALIDATION = {
    "nav": {"omitted_files": "ignore", "not_found": "ignore", "absolute_links": "ignore"},
    "links": {
        "not_found": "ignore",
        "anchors": "ignore",
        "absolute_links": "ignore",
        "unrecognized_links": "ignore",
    },
}


def mkdocs_yml(
    edition: Edition, appearance: Appearance, *, title: str, addresses: Iterable[str]
) -> str:
    """Return the text of mkdocs.yml; `title` names the version, `addresses` the pages there are."""
    config = edition.manual.config
    settings: Settings = {
        "site_name": html.escape(_site_name(edition, appearance)),
        "site_description": html.escape(appearance.description or config.organization),
        "site_url": _url(edition),
        "docs_dir": "docs",
        "site_dir": "site",
        "copyright": _foot(edition, appearance),
        "theme": _theme(edition, appearance),
        "plugins": [],
        "hooks": [str(HOOK)],
        "markdown_extensions": [],
        "extra": {"generator": False, "qms": _extra(edition, appearance, title)},
        "extra_css": ["assets/stylesheets/qms.css"],
        "extra_javascript": [f"assets/javascripts/{name}.js" for name in SCRIPTS],
        "nav": _Navigation(edition, frozenset(addresses)).entries(),
        "validation": VALIDATION,
    }
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=120)


def menu_files(edition: Edition, addresses: Iterable[str]) -> frozenset[str]:
    """Return the pages that the menu names, by the file that stands for each; `addresses`: all."""
    return frozenset(_names(_Navigation(edition, frozenset(addresses)).entries()))


def _names(entries: object) -> Iterator[str]:
    """The files in a part of the menu, however deep."""
    match entries:
        case str():
            yield entries
        case dict():
            yield from _names(list(entries.values()))
        case list():
            for entry in entries:
                yield from _names(entry)


def _site_name(edition: Edition, appearance: Appearance) -> str:
    if appearance.site_name:
        return appearance.site_name
    main = edition.manual.main
    return main.title if main else edition.manual.config.short


def _url(edition: Edition) -> str:
    base, folder = edition.manual.config.url.rstrip("/"), edition.stamp.folder
    if not base:
        return ""
    return f"{base}/{folder}/".replace("//", "/").replace(":/", "://")


def _theme(edition: Edition, appearance: Appearance) -> Settings:
    theme: Settings = {
        "name": "material",
        "custom_dir": "theme",
        "language": LANGUAGES.get(edition.lang, PAGE_LANGUAGE),
        "font": False,
        "features": list(FEATURES),
        "palette": _palette(edition, appearance),
        "icon": {"logo": "material/book-check-outline"},
    }
    if text_direction(edition.lang) == "rtl":
        theme["direction"] = "rtl"
    if appearance.logo:
        theme["logo"] = f"assets/own/{appearance.logo}"
    if appearance.favicon:
        theme["favicon"] = f"assets/own/{appearance.favicon}"
    return theme


def _palette(edition: Edition, appearance: Appearance) -> list[Settings]:
    """The schemes of colours, each with the button that leads to the next."""
    schemes = []
    names = [name.get(edition.lang) for name in SCHEME_NAMES]
    for (media, name, icon), words in zip(SCHEMES, names, strict=True):
        scheme: Settings = {"scheme": name} if name else {}
        scheme |= {
            "media": media,
            "primary": appearance.primary or "custom",
            "accent": appearance.accent or "custom",
            "toggle": {"icon": f"material/{icon}", "name": words},
        }
        schemes.append(scheme)
    return schemes


def _extra(edition: Edition, appearance: Appearance, title: str) -> Settings:
    """What the frame of the page and its scripts know of the version."""
    config, stamp, lang = edition.manual.config, edition.stamp, edition.lang
    return {
        "build": build_script.NAME,
        "folder": stamp.folder,
        "up": "/.." if stamp.folder else "",
        "draft": stamp.draft,
        "organization": html.escape(config.organization),
        "policy": html.escape(content_security_policy(in_page=True)),
        "title": html.escape(title),
        "notice": html.escape(edition.bilingual(config.notice)),
        "kept": bool(stamp.folder) and not stamp.draft,
        "styles": [f"assets/own/{path}" for path in appearance.styles],
        "script_words": {name: WORDS[name].get(lang) for name in SCRIPT_WORDS},
        "words": {name: html.escape(WORDS[name].get(lang)) for name in OUR_WORDS},
        "search": {name: text.get(lang) for name, text in SEARCH.items()},
        "register": edition.addresses.place("documents"),
        "tool": stamp.tool,
    }


def _foot(edition: Edition, appearance: Appearance) -> str:
    """The line at the foot of each page: the owner's, when and by what it was built, how far.

    All but the owner's is filled in by a script: it is another with every build.
    """
    parts = [f"<span>{html.escape(appearance.copyright)}</span>"] if appearance.copyright else []
    for name, word in FOOT.items():
        label = f"{html.escape(edition.word(word))} " if word else ""
        slot = f'<span class="q-build__{name}"></span>'
        parts.append(f'<span class="q-build">{label}{slot}</span>')
    return "\n".join(parts)


class _Navigation:
    """The sidebar: the manual's sections, and the registers.

    Documents are reached through these and the search. `addresses`: the pages that there are.
    """

    def __init__(self, edition: Edition, addresses: frozenset[str]) -> None:
        self.edition = edition
        self.addresses = addresses

    def entries(self) -> list[object]:
        """The tabs, in their order."""
        lang = self.edition.lang
        documents = self._places("documents", "forms", "external", "records", "abbreviations")
        clauses = self._places("matrix", "applicability", "heat", "transition")
        watch = self._places("board", "releases", "circulation", "trail", "proof", "about")
        entries: list[object] = [{HOME.get(lang): "index.md"}]
        if self._has("manual"):
            entries.append({self._word("manual"): self._manual()})
        entries.append({DOCUMENTS.get(lang): documents})
        if clauses:
            entries.append({self._word("clauses"): clauses})
        entries += self._places("map")
        entries.append({self._word("watch"): watch})
        return entries

    def _has(self, name: str) -> bool:
        return self.edition.addresses.place(name) in self.addresses

    def _word(self, name: str) -> str:
        return html.escape(self.edition.word(name))

    def _file(self, name: str) -> str:
        return f"{self.edition.addresses.place(name)}index.md"

    def _places(self, *names: str) -> list[object]:
        """Fixed pages, those that there are, under their words."""
        entries: list[object] = []
        for name in names:
            word = "records_register" if name == "records" else name
            if self._has(name):
                entries.append({self._word(word): self._file(name)})
        return entries

    def _manual(self) -> list[object]:
        branches = [self._branch(node) for node in outline(self.edition)]
        return [self._file("manual"), *branches]

    def _branch(self, node: OutlineNode) -> Settings:
        """A section of the manual, with those below it."""
        title = html.escape(node.title)
        file = f"{self.edition.addresses.pages[node.file.path]}index.md"
        if not node.children:
            return {title: file}
        return {title: [file, *(self._branch(child) for child in node.children)]}
