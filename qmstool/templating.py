"""Render templates in Jinja's sandbox: printed sheets in HTML, pages of the site in Markdown.

A template of the manual's own, under its `templates/`, comes before the package's of the same name.
Anybody who may propose a change can send one, so no template runs outside the sandbox.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text, text_direction
from qmstool.sandbox import Sandbox
from qmstool.sanitizing.sheets import guarded
from qmstool.storage import resources
from qmstool.terminal import escape_sheet, escape_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree

    Output = Literal["html", "markdown"]

_DAY = re.compile(
    r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:T(\d\d:\d\d)(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?(?![\d-])"
)
_MARKDOWN_SIGNS = re.compile(r"[\\`*_{}\[\]<>&#|~^!\"'$@:]")
# By folder, what every template there is given, besides what its own page has.
GIVEN: Mapping[str, frozenset[str]] = {
    "templates/site/pages": frozenset({
        "w", "states", "short_states", "statuses", "heat_states", "acts", "change_kinds",
        "transition_kinds", "edition", "config", "lang", "place", "bilingual", "is_draft",
        "is_in_english", "own_day", "page", "url", "text",
    }),
    "templates/dossier": frozenset({
        "lang", "direction", "say", "acts", "rows", "instrument", "titles", "unknown",
    }),
    "templates/print": frozenset({"lang", "direction", "say"}),
}  # fmt: skip
# What a template that tries the impossible may raise: it is somebody's text, not our code.
_TEMPLATE_ERRORS = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
    MemoryError,
    SyntaxError,  # Python's: of what nests deeper than it takes
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every printed sheet says of itself: organization, day it speaks of, time, commit, tool.

    `commit`: short id, "" without a repository; `changed`: the files at hand differ from it.
    """

    organization: str
    day: date
    made: datetime
    commit: str
    changed: bool
    tool: str


class TemplateFolder:
    """The templates under one folder of `templates/`, with one set of filters and global names.

    Values are escaped as HTML everywhere. `output` adds the filter that the text around needs:
    `css` where it is HTML with a style sheet, `md` where a value stands in running Markdown.
    """

    def __init__(self, tree: Tree | None, folder: str, output: Output) -> None:
        self.tree = tree
        self.folder = f"templates/{folder}"
        self.environment = Sandbox(
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=FunctionLoader(self._load),
        )
        self.environment.filters["first_up"] = capitalize_first
        self.environment.filters |= _ESCAPES[output]

    def _load(self, name: str) -> str | None:
        data = resources.find(self.tree, f"{self.folder}/{name}")
        if data is None:
            return None
        return data.decode("utf-8", errors="replace")

    def render(self, name: str, /, **values: object) -> str:
        """Return what a template makes of some values; to be called under `blaming`."""
        self.environment.begin()
        return "".join(self.environment.pieces(name, values))

    @contextmanager
    def blaming(self, name: str) -> Iterator[None]:
        """Turn what goes wrong while a template is rendered into a QmsError that names its file."""
        try:
            yield
        except _TEMPLATE_ERRORS as error:
            cause = f"{self.folder}/{name}: {str(error) or type(error).__name__}"
            raise QmsError(
                Text(
                    f"Mẫu trang có lỗi; hãy sửa tệp ấy hoặc báo người quản trị: {cause}",
                    f"Broken page template; fix that file, or tell the administrator: {cause}",
                )
            ) from error


class TemplatePrinter(TemplateFolder):
    """Renders printed sheets by name, `table` being `table.html.j2`, in one language of the screen.

    `words`: further global names for the templates.
    """

    def __init__(
        self, tree: Tree, lang: Lang, folder: str, words: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(tree, folder, "html")

        def days(text: str) -> str:
            return format_print_dates(text, lang)

        def say(vi: str, en: str) -> str:
            return Text(vi, en).get(lang)

        self.environment.filters["days"] = days
        self.environment.globals |= {
            "lang": lang,
            "direction": text_direction(lang),
            "say": say,
            **(words or {}),
        }

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the sheet as HTML, with a policy of its own.

        Raises QmsError for a template that cannot be rendered, or that runs or fetches anything.
        """
        file_name = f"{name}.html.j2"
        with self.blaming(file_name):
            sheet = self.render(file_name, **values)
        return escape_sheet(guarded(sheet))


def format_print_dates(text: str, lang: Lang) -> str:
    """Return a text with its ISO dates as sheets write them, the time kept: 14/03/2024 08:00."""
    form = r"\3/\2/\1" if lang == "vi" else r"\1-\2-\3"

    def write_out(match: re.Match[str]) -> str:
        day, time = match.expand(form), match[4]
        return f"{day} {time}" if time else day

    return _DAY.sub(write_out, text)


def capitalize_first(text: str) -> str:
    """Return the text with its first letter upper case and the others as they are."""
    return text[:1].upper() + text[1:]


def _shown(value: object) -> object:
    """Return a value as it goes into a template; Markup stays.

    What turns the words after it is shown as its number, for a page says more behind a value. The
    ends of lines are numbers too, which a browser takes for them: an empty line within HTML would
    end it, and what follows be read as Markdown, with headings, links and classes of the page.
    """
    if type(value) is not str:
        return value
    shown = escape_turns(value)
    return escape(shown).replace("\n", Markup("&#10;")) if "\n" in shown else shown


def css_string(text: str) -> Markup:
    """Return a value as a string of a style sheet: all but letters and digits as numbers."""
    parts = []
    for char in text:
        plain = char.isascii() and char.isalnum()
        parts.append(char if plain else f"\\{ord(char):x} ")
    string = "".join(parts)
    return Markup(f'"{string}"')  # noqa: S704 - nothing but letters, digits and numbers of characters


def escape_markdown(text: object) -> Markup:
    """Return a value so that Markdown and HTML show it as it is, on one line; Markup stays."""
    if isinstance(text, Markup):
        return text
    line = " ".join(str(text).split())
    escaped = _MARKDOWN_SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", line)
    return Markup(escaped)  # noqa: S704 - every special character is a number now


_ESCAPES: Mapping[Output, dict[str, Callable[[Any], Markup]]] = {
    "html": {"css": css_string},
    "markdown": {"md": escape_markdown},
}
