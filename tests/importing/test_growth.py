"""An import does not hold each form against each paragraph, nor read a text for each line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import Text
from qmstool.importing.blocks import Source, SourceParagraph, Span
from qmstool.importing.draft import make_draft
from qmstool.importing.forms import parent_of_form
from qmstool.importing.returning import lines as changed_lines
from qmstool.importing.returning.edits import FileEdits, apply_to_text
from qmstool.importing.returning.inline import change_line
from qmstool.importing.returning.shown import shown_nodes
from qmstool.importing.returning.taking import take_back
from qmstool.importing.returning.told import REWRITTEN
from qmstool.importing.types import Types
from qmstool.parsing.markdown.reader import read
from tests.support.grown import grows_with_its_square

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.returning.result import ReturnedChange
    from qmstool.importing.returning.typed import TypedLine
    from qmstool.parsing.markdown.document import MarkdownDocument

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


def said(words: Sequence[str]) -> list[SourceParagraph]:
    return [SourceParagraph((Span(each),), PLACE) for each in words]


def update(
    old: Sequence[str], new: Sequence[str], lang: Lang = "vi"
) -> tuple[list[ReturnedChange], str]:
    """What is told of a text that came back from Word, and the text then."""
    text = "\n\n".join(old) + "\n"
    changes, edits = take_back(
        shown_nodes(said(old)), shown_nodes(said(new)), {"a.md": (text, 0)}, {}, lang
    )
    return changes, apply_to_text(text, edits["a.md"].sorted())


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that are read again to judge a change."""
    lengths: list[int] = []

    def counted(text: str, start: int) -> MarkdownDocument:
        lengths.append(len(text))
        return read(text, start)

    monkeypatch.setattr(changed_lines, "read", counted)
    return lengths


OLD = [f"Câu thứ {at} của văn bản này." for at in range(60)]
NEW = [line.replace("văn bản", "quy trình") if at % 2 else line for at, line in enumerate(OLD)]


def test_a_text_is_read_once_for_all_its_changed_lines(readings: list[int]) -> None:
    changes, text = update(OLD, NEW)
    assert len(changes) == 30
    assert text == "\n\n".join(NEW) + "\n"
    assert len(readings) == 1


def test_a_line_that_spoils_the_others_is_found_by_halving(
    monkeypatch: pytest.MonkeyPatch, readings: list[int]
) -> None:
    def spoilt(line: TypedLine, shown: str, returned: str, *more: object) -> None:
        change_line(line, shown, returned, *more)  # type: ignore[arg-type]
        if "thứ 31 " in returned:
            edits = next(each for each in more if isinstance(each, FileEdits))
            edits.insert_block(line.end, "\n\nMột đoạn nữa.")

    monkeypatch.setattr(changed_lines, "change_line", spoilt)
    changes, text = update(OLD, NEW)
    assert text == "\n\n".join(NEW) + "\n"
    assert [change.note for change in changes if change.note] == [REWRITTEN]
    assert len(readings) < 15
