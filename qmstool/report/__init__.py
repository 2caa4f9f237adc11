"""Render a report as text, one module for each format; nothing here prints or writes.

In: a `Report` and a language. Out: a string. `FORMATS` names the formats for the command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from qmstool.findings import Report
    from qmstool.i18n import Lang


class Format(Protocol):
    """Renders a report; only formats made for a terminal know colour."""

    def __call__(self, report: Report, lang: Lang, *, colour: bool = False) -> str:
        """Return the report as text in one language."""


_NAMES = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "lines")
# Those that a forge or another program reads; people and editors read the others at the manual.
FROM_TOP = frozenset({"json", "sarif", "junit", "github", "gitlab", "markdown"})
_COLOURED = frozenset({"text"})


def _format(name: str) -> Format:
    """Return the format that a module of this folder renders, imported when it is first used."""

    def render(report: Report, lang: Lang, *, colour: bool = False) -> str:
        module = import_module(f"{__name__}.{name}")
        rendered: str
        if name in _COLOURED:
            rendered = module.render(report, lang, colour=colour)
        else:
            rendered = module.render(report, lang)
        return rendered

    return render


FORMATS = {name: _format(name) for name in _NAMES}
