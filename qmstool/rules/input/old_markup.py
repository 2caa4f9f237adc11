"""Tell what is still written in the old dialect: it is read, but a forge shows it as typed.

A note comes with the words that take its place, unless a release or candidate holds its text: what
is in force, or lies before the signer, stays to the byte until it is revised.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.markdown.alerts import alert_titles
from qmstool.parsing.markdown.reader import read
from qmstool.register.candidates import pending_candidates
from qmstool.releases.record import released_digest
from qmstool.rules.base.file_answers import any_question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.markdown.modernizing import MarkupEdit
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing

# As long as `!!!` and `???`.
MARK = 3
_NOTE = Text(
    "Khung này viết theo kiểu cũ ({mark}), trên GitHub và GitLab hiện nguyên các dấu",
    "This note is in the old dialect ({mark}), which GitHub and GitLab show as typed",
)
_ABBREVIATIONS = Text(
    "Dòng giải thích chữ viết tắt này viết theo kiểu cũ ({count} dòng như thế trong tệp), trên "
    "GitHub và GitLab hiện nguyên",
    "This meaning of an abbreviation is in the old dialect (lines like it in the file: {count}), "
    "which GitHub and GitLab show as typed",
)
_NEXT_REVISION = Text(
    "văn bản đã ban hành hoặc trình ký thì giữ nguyên từng chữ, viết lại với lần sửa đổi tới",
    "a text released or submitted stays as it is; rewrite this with the next revision",
)
_FIX = Text(
    "viết lại thành {new}; qmstool check --fix làm việc này",
    "rewrite it as {new}; qmstool check --fix does it",
)
_BY_HAND = Text(
    "ở chỗ này không đổi máy móc được, hãy tự viết lại: khung > [!NOTE] không nằm trong danh "
    "sách, trích dẫn hay khung khác, và khối mã hay thẻ HTML trong khung phải được đóng",
    "it cannot be rewritten mechanically here, so do it by hand: a note > [!NOTE] stands in no "
    "list, quotation or other note, and code and HTML within a note have to be closed",
)
_LIST = Text(
    "đưa chữ ấy vào manual/abbreviations.yml rồi xóa dòng này",
    "put it into manual/abbreviations.yml, and delete the line",
)


@any_question
def modern_words(writing: Writing) -> tuple[MarkupEdit, ...]:
    """Return the certain edits of a file, its alerts titled in the manual's language."""
    file = writing.file
    if not file.page.old_blocks or not _is_utf8(file):
        return ()
    from qmstool.parsing.markdown.rereading import certain_edits  # noqa: PLC0415 - few texts need it, and writing HTML costs start-up

    titles = alert_titles(writing.wording.screen)
    return certain_edits(read(file.source.text, file.body), titles)


@rule(
    "QMS033",
    "old-markup",
    Severity.INFO,
    Text("Cách viết của phương ngữ Markdown cũ", "Words of the old Markdown dialect"),
    Text("{what_vi}: {how_vi}.", "{what_en}: {how_en}."),
    reads=(modern_words,),
)
def old_markup(facts: Facts) -> Iterator[Violation]:
    """Tell each outermost note of the old dialect, and once a file its abbreviations."""
    edits = {text.file.path: found for text, found in facts.files.answers_to(modern_words)}
    for document in facts.manual.documents.values():
        files = [file for file in document.files if file.page.old_blocks and _is_utf8(file)]
        if files:
            held = _is_recorded(facts, document)
            for file in files:
                fixes: tuple[MarkupEdit, ...] = ()
                if not held:
                    fixes = edits.get(file.path, ())
                yield from _notes(file, fixes, held=held)
                yield from _abbreviations(file, held=held)


def _is_utf8(file: TextFile) -> bool:
    return "not-utf8" not in file.source.flaws


def _is_recorded(facts: Facts, document: Document) -> bool:
    """Whether a release or candidate holds the text at hand; also where that cannot be told."""
    pending = pending_candidates(facts.manual)
    unread = not all(candidate.is_whole for candidate in pending)
    if facts.register is None or facts.read is None or unread:
        return True
    items = [item for _, item in facts.register.lives.get(document.key, ())]
    for candidate in pending:
        items += [item for item in candidate.items if item.key == document.key]
    recorded = {item.digest for item in items}
    if UNKNOWN in recorded or (facts.digests or {}).get(document.key) in recorded:
        return True
    return bool(recorded) and released_digest(document, items, facts.read) in recorded


def _notes(file: TextFile, edits: tuple[MarkupEdit, ...], *, held: bool) -> Iterator[Violation]:
    """Tell the notes of a file; one that has a fix with all its words, which that replaces."""
    source = file.source
    starts = [edit.start for edit in edits]
    for start, end, kind in file.page.old_blocks:
        if kind != "note":
            continue
        what = _NOTE.fill({"mark": source.text[start : start + MARK]})
        before = edits[: bisect_right(starts, start)][-1:]
        edit = before[0] if before and start < before[0].end else None
        if edit is None:
            values = bilingual(what=what, how=_cure(_BY_HAND, held=held))
            line_end = source.text.find("\n", start, end)
            if line_end < 0:
                line_end = end
            yield Violation(source.locate(start, line_end), values)
            continue
        new = edit.words.split("\n")
        how = _FIX.fill({"new": next(line for line in new if line)})
        place = source.locate(edit.start, edit.end)
        yield Violation(place, bilingual(what=what, how=how), fix=edit.words)


def _abbreviations(file: TextFile, *, held: bool) -> Iterator[Violation]:
    """Tell the first abbreviation of a file; they have no successor, but a list of the manual."""
    lines = [block for block in file.page.old_blocks if block.kind == "abbreviation"]
    if lines:
        what = _ABBREVIATIONS.fill({"count": str(len(lines))})
        values = bilingual(what=what, how=_cure(_LIST, held=held))
        yield Violation(file.source.locate(lines[0].start, lines[0].end), values)


def _cure(now: Text, *, held: bool) -> Text:
    """Return what to do: what can be done now, of a text that is recorded at its next revision."""
    if held:
        return _NEXT_REVISION
    return now


RULES: tuple[Rule, ...] = (old_markup,)
