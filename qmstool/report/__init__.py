"""`Report` → text, one module for each form; `FORMATS` names them all. Nothing here prints or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qmstool.report import github, gitlab, json, junit, markdown, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.findings import Lang, Report


class Format(Protocol):
    """A report in one form; only those made for a terminal know colour."""

    def __call__(self, report: Report, lang: Lang, *, colour: bool = False) -> str:
        """Return the report."""


def _colourless(render: Callable[[Report, Lang], str]) -> Format:
    def give(report: Report, lang: Lang, *, colour: bool = False) -> str:  # noqa: ARG001 - there is none in this form
        return render(report, lang)

    return give


FORMATS: dict[str, Format] = {
    "text": text.render,
    "json": _colourless(json.render),
    "sarif": _colourless(sarif.render),
    "junit": _colourless(junit.render),
    "github": _colourless(github.render),
    "gitlab": _colourless(gitlab.render),
    "markdown": _colourless(markdown.render),
}
