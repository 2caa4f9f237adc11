"""Edition + look + pages → the generated mkdocs.yml: an ordinary site with Material, no plugin."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import yaml

from qmstool.markdown_extension import EXTENSIONS
from qmstool.site.pages.manual import outline
from qmstool.site.parts.raw_html import choose_fence_name
from qmstool.site.safety.csp import content_security_policy
from qmstool.site.words.general import WORDS
from qmstool.site.words.search import SEARCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.site.build.appearance import Appearance
    from qmstool.site.edition.edition import Edition
    from qmstool.site.pages.manual import OutlineNode

FEATURES = (
    "navigation.tabs", "navigation.tabs.sticky", "navigation.indexes", "navigation.prune", "navigation.top", "content.tooltips",
    "toc.follow",
)  # fmt: skip
SCHEMES = (
    ("(prefers-color-scheme)", "", "brightness-auto"),
    ("(prefers-color-scheme: light)", "default", "brightness-7"),
    ("(prefers-color-scheme: dark)", "slate", "brightness-4"),
)
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
    "version_past", "kept_in_force", "kept_scheduled", "kept_overtaken", "kept_unchanged", "kept_withdrawn", "to_in_force",
    "to_successor", "to_coming", "outrun", "days_ask", "days_go", "days_none",
)  # fmt: skip


def mkdocs_yml(edition: Edition, look: Appearance, *, title: str, addresses: Iterable[str]) -> str:
    """Return the text of mkdocs.yml; `title` names the version, `addresses` are the pages that there are."""
    config = edition.manual.config
    name = look.site_name or (edition.manual.main.title if edition.manual.main else config.short)
    made: dict[str, object] = {
        "site_name": html.escape(name),
        "site_description": html.escape(look.description or config.organization),
        "site_url": _url(edition),
        "docs_dir": "docs",
        "site_dir": "site",
        "copyright": _foot(edition, look),
        "theme": _theme(edition, look),
        "plugins": [],
        "markdown_extensions": [
            *EXTENSIONS,
            _toc(edition),
            {"qmstool.markdown_extension": {"ready": choose_fence_name(edition.manual)}},
        ],
        "extra": {"generator": False, "qms": _extra(edition, title)},
        "extra_css": [
            "assets/stylesheets/qms.css",
            *(f"assets/own/{path}" for path in look.styles),
        ],
        "extra_javascript": [
            f"assets/javascripts/{name}.js"
            for name in ("qms", "versions", "search/words", "search/box")
        ],
        "nav": _nav(edition, frozenset(addresses)),
        "validation": {
            "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "ignore"},
            "links": {
                "not_found": "ignore",
                "anchors": "ignore",
                "absolute_links": "ignore",
                "unrecognized_links": "ignore",
            },
        },
    }
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=120)


def _url(edition: Edition) -> str:
    base, folder = edition.manual.config.url.rstrip("/"), edition.stamp.folder
    return f"{base}/{folder}/".replace("//", "/").replace(":/", "://") if base else ""


def _toc(edition: Edition) -> dict[str, object]:
    words = "Liên kết tới mục này" if edition.lang == "vi" else "Link to this section"
    return {"toc": {"permalink": "¶", "permalink_title": words, "toc_depth": "2-3"}}


def _theme(edition: Edition, look: Appearance) -> dict[str, object]:
    colours = {"primary": look.primary or "custom", "accent": look.accent or "custom"}
    names = {"vi": ("Theo máy", "Nền sáng", "Nền tối"), "en": ("As the system", "Light", "Dark")}[
        edition.lang
    ]
    made: dict[str, object] = {
        "name": "material",
        "custom_dir": "theme",
        "language": {"vi": "vi-qms", "en": "en"}[edition.lang],
        "font": False,
        "features": list(FEATURES),
        "palette": [
            {
                **({"scheme": scheme} if scheme else {}),
                "media": media,
                **colours,
                "toggle": {"icon": f"material/{icon}", "name": words},
            }
            for (media, scheme, icon), words in zip(SCHEMES, names, strict=True)
        ],
        "icon": {"logo": "material/book-check-outline"},
    }
    return made | {
        name: f"assets/own/{path}"
        for name, path in (("logo", look.logo), ("favicon", look.favicon))
        if path
    }


def _extra(edition: Edition, title: str) -> dict[str, object]:
    notice, stale = edition.manual.config.notice, edition.word("stale")
    built = edition.stamp.built.astimezone(edition.manual.config.zone)
    return {
        "folder": edition.stamp.folder,
        "up": "/.." if edition.stamp.folder else "",
        "day": edition.stamp.day.isoformat(),
        "draft": edition.stamp.draft,
        "organization": html.escape(edition.manual.config.organization),
        "policy": html.escape(content_security_policy(in_page=True)),
        "title": html.escape(title),
        "notice": html.escape(notice.get(edition.lang)) if notice else "",
        "kept": bool(edition.stamp.folder) and not edition.stamp.draft,
        "built": built.date().isoformat(),
        "stale_days": edition.manual.config.stale_days,
        "stale": html.escape(
            stale.format(
                day=edition.day(built.date().isoformat()), days=edition.manual.config.stale_days
            )
        ),
        "script_words": {name: WORDS[name].get(edition.lang) for name in SCRIPT_WORDS},
        "words": {name: html.escape(WORDS[name].get(edition.lang)) for name in OUR_WORDS},
        "search": {name: text.get(edition.lang) for name, text in SEARCH.items()},
        "register": edition.addresses.place("documents"),
        "tool": edition.stamp.tool,
    }


def _foot(edition: Edition, look: Appearance) -> str:
    stamp = edition.stamp
    parts = [look.copyright, f"{edition.word('built_at')} {edition.moment()}", stamp.tool]
    if stamp.newest:
        parts.append(f"{edition.word('newest_release')} {stamp.newest}")
    return " · ".join(html.escape(part) for part in parts if part)


def _nav(edition: Edition, there: frozenset[str]) -> list[object]:
    """The sidebar: the manual's sections, and the registers; documents are reached through these and the search."""

    def page(name: str, word: str = "") -> dict[str, object]:
        return {html.escape(edition.word(word or name)): f"{edition.addresses.place(name)}index.md"}

    def listed(*names: str) -> list[object]:
        return [
            page(name, {"records": "records_register"}.get(name, name))
            for name in names
            if edition.addresses.place(name) in there
        ]

    home = "Trang chủ" if edition.lang == "vi" else "Home"
    documents = "Tài liệu" if edition.lang == "vi" else "Documents"
    nav: list[object] = [{home: "index.md"}]
    if edition.addresses.place("manual") in there:
        manual = [
            f"{edition.addresses.place('manual')}index.md",
            *(_branch(edition, node) for node in outline(edition)),
        ]
        nav.append({html.escape(edition.word("manual")): manual})
    nav.append({documents: listed("documents", "forms", "external", "records", "abbreviations")})
    nav += [
        *_clauses(edition, listed("matrix", "applicability", "heat", "transition")),
        *listed("map"),
    ]
    nav.append(
        {
            html.escape(edition.word("watch")): listed(
                "board", "releases", "circulation", "trail", "proof", "about"
            )
        }
    )
    return nav


def _clauses(edition: Edition, pages: list[object]) -> list[object]:
    return [{html.escape(edition.word("clauses")): pages}] if pages else []


def _branch(edition: Edition, node: OutlineNode) -> dict[str, object]:
    link = node.link
    title = html.escape(f"{link.code}. {link.words}" if link.code else link.words)
    file = f"{edition.addresses.pages[node.file.path]}index.md"
    if not node.children:
        return {title: file}
    return {title: [file, *(_branch(edition, child) for child in node.children)]}
