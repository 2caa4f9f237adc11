"""Forms find the document they belong to in time that does not grow with forms times paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import Source, SourceParagraph, Span
from qmstool.importing.draft import make_draft
from qmstool.importing.forms import parent_of_form
from qmstool.importing.types import Types
from tests.support.grown import grows_with_its_square

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = Text("đoạn", "paragraph")


def forms(count: int) -> Callable[[], object]:
    """So many forms, beside a document of so many paragraphs."""
    source = Source(
        "QT VP 01.docx",
        tuple(SourceParagraph((Span(f"Đoạn thứ {number}"),), PLACE) for number in range(count)),
    )
    draft = make_draft(source, Types((), {}, frozenset()))
    assert draft.code
    return lambda: [parent_of_form(f"XY {number}", "", [draft]) for number in range(count)]


def test_time_does_not_grow_with_forms_times_paragraphs() -> None:
    assert not grows_with_its_square(forms, 700)
