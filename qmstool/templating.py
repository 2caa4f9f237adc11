"""A template and values → a page to print.

Templates run in Jinja's sandbox; the manual's own come before the package's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree

_DAY = re.compile(
    r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:T(\d\d:\d\d)(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?(?![\d-])"
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every printed sheet says of itself: whose it is, the day it speaks of, when it was made, from which commit, by what.

    `commit`: short id, "" without a repository; `changed`: the files at hand differ from it.
    """

    organization: str
    day: date
    made: datetime
    commit: str
    changed: bool
    tool: str


class TemplatePrinter:
    """Renders the pages of one folder of `templates/` by name, in one language of the screen."""

    def __init__(
        self, tree: Tree, lang: Lang, home: str, words: Mapping[str, object] | None = None
    ) -> None:
        self.tree, self.home = tree, f"templates/{home}"
        self.environment = ImmutableSandboxedEnvironment(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=FunctionLoader(self._source),
        )
        self.environment.filters |= {
            "css": css_string,
            "first_up": capitalize_first,
            "days": lambda text: format_print_dates(text, lang),
        }
        self.environment.globals |= {
            "lang": lang,
            "say": lambda vi, en: Text(vi, en).get(lang),
            **(words or {}),
        }

    def _source(self, name: str) -> str | None:
        data = resources.find(self.tree, f"{self.home}/{name}")
        return data.decode("utf-8", errors="replace") if data is not None else None

    def __call__(self, name: str, **values: object) -> str:
        """Return the page. Raises QmsError for a template that cannot be rendered."""
        try:
            return self.environment.get_template(f"{name}.html.j2").render(values)
        except (
            TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ) as error:
            told = f"{self.home}/{name}.html.j2: {error}"
            raise QmsError(
                Text(
                    f"Mẫu trang có lỗi; hãy sửa tệp ấy hoặc báo người quản trị: {told}",
                    f"Broken page template; fix that file, or tell the administrator: {told}",
                )
            ) from error


def format_print_dates(text: str, lang: Lang) -> str:
    """Return a text with its days as papers in a language write them: 14/03/2024, with the time of day where one is told."""
    form = r"\3/\2/\1" if lang == "vi" else r"\1-\2-\3"
    return _DAY.sub(lambda found: found.expand(form) + (f" {found[4]}" if found[4] else ""), text)


def capitalize_first(text: str) -> str:
    """Return the text with its first letter upper case."""
    return text[:1].upper() + text[1:]


def css_string(text: str) -> Markup:
    """Return a value inside a string of a style sheet: every character but letters and digits as its number."""
    made = "".join(
        char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text
    )
    return Markup(f'"{made}"')  # noqa: S704 - nothing but letters, digits and numbers of characters
