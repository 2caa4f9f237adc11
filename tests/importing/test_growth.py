"""An import does not hold each form against each paragraph, nor read a text for each line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import Text
from qmstool.importing.blocks import (
    Source,
    SourceCell,
    SourceParagraph,
    SourceRow,
    SourceTable,
    Span,
)
from qmstool.importing.draft import make_draft
from qmstool.importing.forms import parent_of_form
from qmstool.importing.returning import lines as changed_lines
from qmstool.importing.returning import trials
from qmstool.importing.returning.edits import FileEdits, apply_to_text
from qmstool.importing.returning.inline import change_line
from qmstool.importing.returning.shown import shown_nodes
from qmstool.importing.returning.taking import take_back
from qmstool.importing.returning.told import REWRITTEN
from qmstool.importing.types import Types
from qmstool.parsing.markdown.reader import read
from tests.support.grown import grows_with_its_square
from tests.support.steps import steps_grow_with_square

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.blocks import Block
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


def paragraph(*spans: Span | str) -> SourceParagraph:
    made = (Span(span) if isinstance(span, str) else span for span in spans)
    return SourceParagraph(tuple(made), PLACE)


def said(words: Sequence[str]) -> list[SourceParagraph]:
    return [paragraph(each) for each in words]


def table(rows: Iterable[Sequence[SourceParagraph]]) -> SourceTable:
    made = (
        SourceRow(tuple((at, SourceCell((cell,))) for at, cell in enumerate(row))) for row in rows
    )
    return SourceTable(tuple(made), 2, PLACE)


def update(
    old: Sequence[str], new: Sequence[str], lang: Lang = "vi"
) -> tuple[list[ReturnedChange], str]:
    """What is told of a text that came back from Word, and the text then."""
    return take("\n\n".join(old) + "\n", said(old), said(new), lang=lang)


def take(
    text: str,
    old: Sequence[Block],
    new: Sequence[Block],
    notes: Sequence[str] = (),
    lang: Lang = "vi",
) -> tuple[list[ReturnedChange], str]:
    """The same of other blocks; `notes`: Word's own, by their number."""
    kept = {str(at): said([words]) for at, words in enumerate(notes)}
    changes, edits = take_back(shown_nodes(old), shown_nodes(new), {"a.md": (text, 0)}, kept, lang)
    return changes, apply_to_text(text, edits["a.md"].sorted())


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that are read again to judge a change."""
    lengths: list[int] = []

    def counted(text: str, start: int) -> MarkdownDocument:
        lengths.append(len(text))
        return read(text, start)

    monkeypatch.setattr(trials, "read", counted)
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


ADDRESS = "https://example.org/{}"


def linked(at: int) -> SourceParagraph:
    head, tail = OLD[at].split("văn bản")
    return paragraph(head, Span("văn bản", link=ADDRESS.format(at)), tail)


def noted(at: int) -> SourceParagraph:
    return paragraph(OLD[at], Span(note=str(at)))


def pictured(at: int) -> SourceParagraph:
    return paragraph(f"{OLD[at]} ", Span(picture=f"{at}.png"))


LINK = "[văn bản](https://example.org/{})"
NEW_IN_WORD = [
    (linked, lambda at: OLD[at].replace("văn bản", LINK.format(at))),
    (noted, lambda at: f"{OLD[at]}[^word-{at // 2 + 1}]"),
    (pictured, lambda at: f"{OLD[at]} \\[Hình: lấy từ tệp Word\\]"),
]


@pytest.mark.parametrize(("word", "typed"), NEW_IN_WORD)
def test_a_text_is_read_once_for_all_that_is_new_in_its_lines(
    word: Callable[[int], SourceParagraph], typed: Callable[[int], str], readings: list[int]
) -> None:
    """A line may get an address, a note of Word's own or a picture."""
    odd = range(1, len(OLD), 2)
    new = [word(at) if at in odd else paragraph(OLD[at]) for at in range(len(OLD))]
    lines = [typed(at) if at in odd else OLD[at] for at in range(len(OLD))]
    notes = [f"Chú thích {at}." for at in range(len(OLD))]
    _, text = take("\n\n".join(OLD) + "\n", said(OLD), new, notes)
    assert text.startswith("\n\n".join(lines) + "\n")
    assert len(readings) == 1
    foot = text.removeprefix("\n\n".join(lines)).strip().splitlines()[::2]
    expected = [f"[^word-{at // 2 + 1}]: {notes[at]}" for at in odd] if word is noted else []
    assert foot == expected


def test_a_text_is_read_once_for_all_cells_that_got_an_address(readings: list[int]) -> None:
    rows = "".join(f"| {at} | {line} |\n" for at, line in enumerate(OLD))
    old = [(paragraph(str(at)), paragraph(line)) for at, line in enumerate(OLD)]
    new = [(number, linked(at)) for at, (number, _) in enumerate(old)]
    heads = paragraph("a"), paragraph("b")
    text = f"| a | b |\n|---|---|\n{rows}"
    changes, after = take(text, [table([heads, *old])], [table([heads, *new])])
    assert len(changes) == len(OLD)
    assert after.count("](https://example.org/") == len(OLD)
    assert len(readings) == 1


def test_a_line_of_many_addresses_is_read_a_few_times(readings: list[int]) -> None:
    """One of its words has an address already, which Word was not shown."""
    words = [f"chữ{at}" for at in range(60)]
    typed = " ".join([*words[:40], f"[{words[40]}](b.md)", *words[41:]])
    spans: list[Span | str] = []
    for at, word in enumerate(words):
        spans += [Span(word, link=ADDRESS.format(at)), " "]
    changes, text = take(typed + "\n", said([" ".join(words)]), [paragraph(*spans)])
    assert text.count("](https://example.org/") == 59
    assert [change.note.en for change in changes if change.note] == [
        f"A new link in Word is not taken: {ADDRESS.format(40)}. Type it by hand: [words](address)."
    ]
    assert len(readings) == 1


def test_notes_of_cells_keep_their_words() -> None:
    text = "| a | b |\n|---|---|\n| c | d |\n"
    row = [paragraph("a"), paragraph("b")]
    old, new = [paragraph("c"), paragraph("d")], [paragraph("c"), paragraph("d", Span(note="1"))]
    _, after = take(text, [table([row, old])], [table([row, new])], ["Không.", "Ghi chú."])
    assert after == text.replace("d |", "d[^word-1] |") + "\n[^word-1]: Ghi chú.\n"


def test_a_note_before_others_leaves_the_words_beside_them_as_typed() -> None:
    """The numbers that a page shows for notes are others then; what people typed is not."""
    text = "Một.\n\nHai[^a] **ba** bốn.\n\n[^a]: Chú.\n"
    old = said(["Một.", "Hai1 ba bốn.", "1 Chú."])
    new = [paragraph("Một.", Span(note="0")), paragraph("Hai", Span("1"), " ba năm."), old[2]]
    changes, after = take(text, old, new, ["Ghi chú."])
    assert [change.note for change in changes] == [None, None, None]
    assert (
        after
        == text.replace("Một.", "Một.[^word-1]").replace("bốn", "năm") + "\n[^word-1]: Ghi chú.\n"
    )


def test_two_addresses_within_one_stretch_of_bold_words_are_both_put_there() -> None:
    text = "Xem **một hai** ba.\n"
    bold = [
        Span("một", bold=True, link=ADDRESS.format(1)),
        Span("hai", bold=True, link=ADDRESS.format(2)),
    ]
    old = [paragraph("Xem ", Span("một hai", bold=True), " ba.")]
    changes, after = take(
        text, old, [paragraph("Xem ", bold[0], Span(" ", bold=True), bold[1], " ba.")]
    )
    assert [change.note for change in changes] == [None]
    words = f"[một]({ADDRESS.format(1)}) [hai]({ADDRESS.format(2)})"
    assert after == text.replace("một hai", words)


def many_new(kind: Callable[[str], SourceParagraph]) -> Callable[[int], Callable[[], object]]:
    """So many paragraphs that are new, in a row."""

    def made(count: int) -> Callable[[], object]:
        old = [kind(line) for line in OLD]
        new = [*old[:30], *(kind(f"Việc mới {at}") for at in range(count)), *old[30:]]
        mark = "- " if kind is item else ""
        text = "".join(f"{mark}{line}\n{'' if mark else chr(10)}" for line in OLD)
        return lambda: take(text, old, new)

    return made


def item(words: str) -> SourceParagraph:
    return SourceParagraph((Span(words),), PLACE, bullet=0)


@pytest.mark.parametrize("kind", [paragraph, item])
def test_steps_do_not_grow_with_the_square_of_what_is_new(
    kind: Callable[[str], SourceParagraph],
) -> None:
    assert not steps_grow_with_square(many_new(kind), 300)
