"""Change lines where they are typed: word by word, else anew; each is read again before it counts.

What goes in: a line as it is typed, what was shown of it and what came back. What comes out: its
edits, and what has to be told of them. Pure.
"""

from __future__ import annotations

import re
from html import escape as escape_html
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.importing.markdown.inlines import escape
from qmstool.importing.returning.edits import FileEdits, apply_to_text
from qmstool.importing.returning.inline import LaidLink, change_line, prefix_at
from qmstool.importing.returning.reading import typed_nodes
from qmstool.importing.returning.shown import NOTE, PICTURE, ShownLine, squeeze
from qmstool.importing.returning.told import LINK_LEFT, NO_PLACE, REWRITTEN, WITH_PICTURE
from qmstool.importing.returning.typed import TypedFile, TypedLine, holders_of
from qmstool.parsing.markdown.inlines import Link
from qmstool.parsing.markdown.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.i18n import Text
    from qmstool.importing.returning.edits import WordChange
    from qmstool.importing.returning.inline import Marks
    from qmstool.importing.returning.shown import Shown
    from qmstool.importing.returning.typed import Typed
    from qmstool.importing.returning.writing import BlockWriter

_TITLE = re.compile(
    r"^title:[ ]+(?P<value>(?P<quote>[\"']?)(?P<words>[^\"'\n]*?)(?P=quote))[ ]*$", re.MULTILINE
)
_PLAIN_TITLE = re.compile(r"[^\W_][\w ,.()/–-]*[\w)]")


class LineChange(NamedTuple):
    """A line as it is typed, what was shown of it, and what came back.

    `looks`: of each letter that came back, how it looks; `links`: words that have an address since,
    and the address.
    """

    line: TypedLine
    shown: str
    returned: str
    looks: Sequence[Marks]
    links: Mapping[str, str]


class _Trial(NamedTuple):
    """A line, the edits that may lead to the words that came back, and those words."""

    line: TypedLine
    edits: FileEdits
    returned: str


class LineChanger:
    """Changes lines of some files; `said`: what the lines of their exported form say, squeezed."""

    def __init__(
        self,
        nodes: Mapping[str, Sequence[Typed]],
        edits: Mapping[str, FileEdits],
        writer: BlockWriter,
        said: frozenset[str],
    ) -> None:
        self._nodes = nodes
        self._edits = edits
        self._writer = writer
        self._said = said
        self._lines = {path: _lines(those) for path, those in nodes.items()}
        self._places = {
            id(line): at for lines in self._lines.values() for at, line in enumerate(lines)
        }
        # By line: edits of it that were read together with others, and whether they read right.
        self._judged: dict[int, tuple[list[WordChange], bool]] = {}

    def foresee(self, changes: Iterable[LineChange]) -> None:
        """Read each file with all plain changes made, so that not each has to be read by itself.

        What cannot be judged in this way is judged when it is made: changes with notes or pictures,
        and what spoils the reading of lines beside its own.
        """
        trials: dict[str, list[_Trial]] = {}
        for line, shown, returned, looks, links in changes:
            if NOTE not in returned and PICTURE not in returned:
                trial = FileEdits()
                change_line(line, shown, returned, looks, trial, str, links)
                trials.setdefault(line.file.path, []).append(_Trial(line, trial, returned))
        for those in trials.values():
            self._judge(those)

    def _judge(self, trials: Sequence[_Trial]) -> None:
        """Judge edits of one file together; where its lines are no more the same, by halves."""
        together = FileEdits()
        for trial in trials:
            together.extend(trial.edits)
        file = trials[0].line.file
        text = apply_to_text(file.text, together.sorted())
        after = self._read(file, text, [trial.returned for trial in trials])
        if len(after) == len(self._lines[file.path]):
            for line, edits, returned in trials:
                reads = _shown_words(after[self._places[id(line)]], ()) == squeeze(returned)
                if reads or len(trials) == 1:
                    self._judged[id(line)] = edits.sorted(), reads
        elif len(trials) > 1:
            half = len(trials) // 2
            self._judge(trials[:half])
            self._judge(trials[half:])

    def change(self, change: LineChange, whole: Shown | None) -> Text | None:
        """Change a line word by word; where that does not read as it should, write it anew.

        Returns what has to be told, `NO_PLACE` where neither does.
        """
        line, shown, returned, looks, links = change
        edits = self._edits[line.file.path]
        trial = FileEdits()
        keys = _note_keys(whole)
        pictured = PICTURE in returned and PICTURE not in shown
        if pictured:
            place = self._writer.picture_place
            if len(looks) == len(returned):
                looks = _stretched(looks, returned, place)
            returned = returned.replace(PICTURE, place)
        change_line(
            line, shown, returned, looks, trial, lambda: self._writer.call(next(keys, "")), links
        )
        if self._reads(line, trial, returned):
            edits.extend(trial)
            if pictured or returned.count(PICTURE) > shown.count(PICTURE):
                return WITH_PICTURE
            return None
        if whole is not None and line.form in {"text", "heading"}:
            trial = FileEdits()
            prefix = prefix_at(line.file.text, line.start)
            lines = self._writer.lines(whole)
            if line.form == "heading":
                marks = line.file.text[line.start : line.words.span(0, 0)[0]]
                lines = [marks + lines[0].lstrip("#").lstrip()]
            trial.put(line.start, line.end, f"\n{prefix}".join(lines))
            if self._reads(line, trial, returned):
                edits.extend(trial)
                return REWRITTEN
        return NO_PLACE

    def lay_links(self, line: TypedLine, returned: str, laid: Sequence[LaidLink]) -> Text | None:
        """Put the addresses that Word has behind words that stay behind them as typed.

        `returned`: the words that came back. Returns what has to be told where one finds no place.
        """
        left = [link.address for link in laid if not self._lay_link(line, returned, link)]
        return LINK_LEFT.fill({"addresses": ", ".join(left)}) if left else None

    def _lay_link(self, line: TypedLine, returned: str, link: LaidLink) -> bool:
        words = returned[link.start : link.end]
        edits = self._edits[line.file.path].sorted()
        if any(f"[{escape(words)}]({link.address})" in made.words for made in edits):
            return True  # it came with new words
        places = [found.start() for found in re.finditer(re.escape(words), line.words.text)]
        before = len(re.findall(re.escape(words), returned[: link.start]))
        if len(places) != len(re.findall(re.escape(words), returned)) or line.form == "code":
            return False
        first = places[before]
        start, end = line.words.span(first, first + len(words))
        for holder in holders_of(line.inlines):
            inside = start <= holder.start < end or start < holder.end <= end
            around = holder.start <= start and end <= holder.end
            if isinstance(holder, Link) and (inside or around):
                return False  # an address is there, which Word was not shown
            if inside and not around:
                start, end = min(start, holder.start), max(end, holder.end)
        if any(made.start < end and start < made.end for made in edits):
            return False
        trial = FileEdits()
        opening, closing = _ends_of_link(link.address.replace("|", "%7C"), line.form)
        trial.put(start, start, opening)
        trial.put(end, end, closing)
        if not self._reads(line, trial, line.words.text):
            return False
        self._edits[line.file.path].extend(trial)
        return True

    def change_title(self, line: TypedLine, shown: str, returned: str) -> None:
        """Change the title at the head of the first file with the heading that repeats it."""
        front = line.file.text[: line.file.document.start]
        title = _TITLE.search(front)
        if line.form != "heading" or title is None or title["words"] != shown:
            return
        words = returned if _PLAIN_TITLE.fullmatch(returned) else _quoted(returned)
        start, end = title.span("value")
        self._edits[line.file.path].put(start, end, words)

    def _reads(self, line: TypedLine, trial: FileEdits, returned: str) -> bool:
        """Whether a file with an edit shows the words that came back, in the same line."""
        judged, reads = self._judged.get(id(line), (None, False))
        if judged == trial.sorted():
            return reads
        text = apply_to_text(line.file.text, trial.sorted())
        end = len(text)
        new_labels = self._writer.new_labels if NOTE in returned else ()
        text += "".join(f"\n\n[^{label}]: …" for label in new_labels)
        after = [each for each in self._read(line.file, text, [returned]) if each.start < end]
        if len(after) != len(self._lines[line.file.path]):
            return False
        shown = _shown_words(after[self._places[id(line)]], new_labels)
        return shown == squeeze(returned.replace(NOTE, ""))

    def _read(self, file: TypedFile, text: str, returned: Iterable[str]) -> list[TypedLine]:
        """Return the lines of a file with another text, where some words came back."""
        changed = TypedFile(file.number, file.path, text, read(text, file.document.start))
        return _lines(typed_nodes(changed, self._said | {squeeze(words) for words in returned}))


def _stretched(looks: Sequence[Marks], words: str, picture: str) -> list[Marks]:
    """Return how each letter looks when `picture` is written for every picture of the words."""
    stretched: list[Marks] = []
    for look, letter in zip(looks, words, strict=True):
        stretched += [look] * len(letter.replace(PICTURE, picture))
    return stretched


def _ends_of_link(address: str, form: str) -> tuple[str, str]:
    """Return what stands before and behind the words of a link in a line of a form."""
    if form == "html":
        return f'<a href="{escape_html(address)}">', "</a>"
    return "[", f"]({address})"


def _note_keys(node: Shown | None) -> Iterator[str]:
    """Return the keys of Word's own notes in a line, in order."""
    if not isinstance(node, ShownLine):
        return iter(())
    return iter([span.note for span in node.paragraph.spans if span.note])


def _quoted(words: str) -> str:
    """Return words as a scalar of YAML in double quotes."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _shown_words(line: TypedLine, new_labels: Iterable[str]) -> str:
    """Return what a line says, squeezed, less the numbers of notes that are new."""
    source = line.file.text
    calls = tuple(f"[^{label}]" for label in new_labels)
    pieces = [
        piece.text for piece in line.words.pieces if not source.startswith(calls, piece.start)
    ]
    return squeeze("".join(pieces))


def _lines(nodes: Iterable[Typed]) -> list[TypedLine]:
    lines: list[TypedLine] = []
    for node in nodes:
        if isinstance(node, TypedLine):
            lines.append(node)
        else:
            lines += [cell for row in node.rows for cell in row.cells]
    return lines
