"""What templates are handed by name is what the check of a manual's own templates knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import templating
from qmstool.diff.document import Redline
from qmstool.dossier import pages as dossier_pages
from qmstool.sandbox import Sandbox
from qmstool.site.parts.render import PageRenderer
from qmstool.templating import GIVEN, TemplatePrinter
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree
from tests.support.site.scenes import edition_of

if TYPE_CHECKING:
    import pytest

    from qmstool.templating import TemplateFolder

# What `PageRenderer.render` hands to each page besides.
OF_EACH_PAGE = {"page", "url", "text"}


def given(templates: TemplateFolder) -> set[str]:
    return set(templates.environment.globals) - set(Sandbox().globals)


def test_pages_are_handed_what_the_check_knows() -> None:
    renderer = PageRenderer(edition_of(MemoryTree({**tiny()})), None)
    assert given(renderer.templates) | OF_EACH_PAGE == GIVEN["templates/site/pages"]


def test_printed_tables_are_handed_what_the_check_knows() -> None:
    assert given(TemplatePrinter(MemoryTree({}), "vi", "print")) == GIVEN["templates/print"]


def test_papers_of_a_dossier_are_handed_what_the_check_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[TemplatePrinter] = []

    class Noted(templating.TemplatePrinter):
        def __call__(self, name: str, /, **values: object) -> str:
            made.append(self)
            return super().__call__(name, **values)

    monkeypatch.setattr(dossier_pages, "TemplatePrinter", Noted)
    dossier_pages.redline_page(MemoryTree({}), "So sánh", Redline(()), "vi")
    assert [given(each) for each in made] == [GIVEN["templates/dossier"]]
