"""`Report` → text, one module for each form; `FORMATS` names them all.

Nothing here prints or writes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from qmstool.findings import Report
    from qmstool.i18n import Lang


class Format(Protocol):
    """A report in one form; only those made for a terminal know colour."""

    def __call__(self, report: Report, lang: Lang, *, colour: bool = False) -> str:
        """Return the report."""


def _form(name: str) -> Format:
    """The form that a module of this folder renders, imported when it is asked for."""

    def give(report: Report, lang: Lang, *, colour: bool = False) -> str:
        render = import_module(f"{__name__}.{name}").render
        shown: str = (
            render(report, lang, colour=colour) if name in _COLOURED else render(report, lang)
        )
        return shown

    return give


_COLOURED = {"text"}
FORMATS = {
    name: _form(name)
    for name in ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "lines")
}
