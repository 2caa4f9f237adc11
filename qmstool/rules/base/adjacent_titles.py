"""Codes and the titles of documents that stand right beside them, in either order, in a sentence or in two cells of one row.

Only a whole title or name is one, word for word, so that nothing is guessed: «QT VP 01 – Quy trình đánh giá nội bộ»,
«Quy trình đánh giá nội bộ (mã số: QT VP 01)», «| QT VP 01 | Quy trình đánh giá nội bộ |».
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.manual.wordlists import WordLists
    from qmstool.references.model import Reference, References

BLANKS = "[ \\t\\n\\u00a0\\u202f\\x01]*"
OPEN, CLOSE = "[«“\"‘']?", "[»”\"’']?"
# «QT VP 01 – Quy trình …», «QT VP 01 (Quy trình …», «QT VP 01: quy trình …», «QT VP 01 «Quy trình
# …»»; on one line also nothing.
AFTER = re.compile(rf"{BLANKS}(?P<sign>[-–—:(|«“\"]|(?=[^\W\d_])){BLANKS}{OPEN}{BLANKS}")
# «… đánh giá nội bộ (QT VP 01)», «… – QT VP 01», «… QT VP 01»; a comma only before a word for
# «code», for it also parts a list.
BEFORE = rf"{BLANKS}{CLOSE}{BLANKS}(?:(?P<said>[(,;–—-]?{BLANKS}(?:{{words}}){BLANKS}:?)|[-–—(:|]?){BLANKS}\Z"
# What may follow a title so that it is the whole of it; its words may also go on with «của …».
CLOSED = re.compile(rf"{BLANKS}{CLOSE}{BLANKS}(?:[.,;:()\[\]|/–—\x00-]|\Z)")
WORD = re.compile(r"[^\W_]+")
FEWEST_WORDS, LONGEST, REACH = 2, 200, 60
# How far before a code, in characters, the last word of a title is looked for first: most have no
# title beside them.
LAST = 24
PARTING = frozenset(",;.")
SIGNS = " \t\n\u00a0\u202f\x01-–—:(|,;«»“”\"'‘’*"
EDGES = "\x01\0 "


class Beside(NamedTuple):
    """A code, the title beside it as it is registered, and the documents called so; `at`: where the title begins and ends.

    `sure`: a word between them says that this is the title's code.
    """

    code: Reference
    title: str
    keys: frozenset[str]
    at: tuple[int, int]
    sure: bool


class Titles:
    """The titles and names of documents, and how to find one at a place.

    A name is one in any letters, a title with its capital.
    """

    def __init__(self, manual: Manual, lists: WordLists) -> None:
        self.names: dict[str, str] = {}
        self.keys: dict[str, set[str]] = {}
        for document in manual.documents.values():
            self._add(document.title, document, named=False)
            for mark in document.names:
                self._add(mark.text, document, named=True)
        self.heads = frozenset([title.partition(" ")[0] for title in self.keys])
        self.tails = frozenset([WORD.findall(title)[-1] for title in self.keys])
        self.lasts = self.tails | {
            word.casefold() for phrase in lists["code_words"] for word in phrase.split()[-1:]
        }
        self._code_words, self._of = lists["code_words"], manual.config.all_words.of

    # Few texts ask for these, and to compile them costs start-up.

    @cached_property
    def before(self) -> re.Pattern[str]:
        """What may stand between a title and its code."""
        return re.compile(BEFORE.format(words=alternatives(self._code_words)), re.IGNORECASE)

    @cached_property
    def of(self) -> re.Pattern[str]:
        """«của» and its like, after which a title goes on."""
        return re.compile(rf"{BLANKS}(?:{alternatives(self._of)})(?!\w)", re.IGNORECASE)

    def _add(self, title: str, document: Document, *, named: bool) -> None:
        folded = fold_name(title)
        if folded.count(" ") + 1 >= FEWEST_WORDS and folded[0].isalnum() and folded[-1].isalnum():
            self.keys.setdefault(folded, set()).add(document.key)
            if named:
                self.names.setdefault(folded, title)

    def opening(self, prose: str, start: int) -> tuple[str, int] | None:
        """The longest title that begins at a place, folded, and where it ends."""
        head = WORD.match(prose, start)
        if head is None or head[0].casefold() not in self.heads:
            return None
        end = prose.find("\0", start, start + LONGEST)
        said = prose[start : end if end >= 0 else start + LONGEST]
        for word in reversed(list(WORD.finditer(said))):
            if (
                word[0].casefold() in self.tails
                and (folded := fold_name(said[: word.end()])) in self.keys
            ):
                return (
                    (folded, start + word.end())
                    if said[0].isupper() or folded in self.names
                    else None
                )
        return None

    def ending(self, prose: str, end: int) -> tuple[str, int] | None:
        """The longest title that ends at a place, folded, and where it begins."""
        first = max(prose.rfind("\0", max(0, end - LONGEST), end) + 1, end - LONGEST, 0)
        said = prose[first:end]
        words = list(WORD.finditer(said))
        if not words or words[-1].end() != len(said) or words[-1][0].casefold() not in self.tails:
            return None
        for word in words:
            if (
                word[0].casefold() in self.heads
                and (folded := fold_name(said[word.start() :])) in self.keys
            ):
                return (
                    (folded, first + word.start())
                    if word[0][0].isupper() or folded in self.names
                    else None
                )
        return None

    def closed(self, prose: str, end: int) -> bool:
        """Whether nothing follows a title that would make it a longer one."""
        return bool(CLOSED.match(prose, end) or self.of.match(prose, end))


class Pairs:
    """Every code of a manual with a title beside it, right or wrong."""

    def __init__(self, manual: Manual, references: References, lists: WordLists) -> None:
        self._manual = manual
        self._references = references
        self.titles = Titles(manual, lists)
        self._relation_words = lists["relation_words"]

    @cached_property
    def _relations(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternatives(self._relation_words)})(?!\w)", re.IGNORECASE)

    @cached_property
    def by_path(self) -> Mapping[str, tuple[Beside, ...]]:
        """The pairs by the file they stand in."""
        return {
            path: found
            for path, cited in self._references.by_path.items()
            if (found := tuple(self._file(cited)))
        }

    def _file(self, cited: tuple[Reference, ...]) -> Iterator[Beside]:
        for each in cited:
            if each.kind == "code" and each.target is not None and each.target.kind == "document":
                prose = each.file.page.prose
                next_ = prose[each.end : each.end + 1]
                if next_ not in PARTING and (after := self._after(each)) is not None:
                    yield after
                if (before := self._before(each)) is not None:
                    yield before
                if not next_.strip(EDGES) and not prose[max(0, each.start - 1) : each.start].strip(
                    EDGES
                ):
                    yield from self._cells(each)  # nothing of a sentence touches it

    def _pair(
        self, code: Reference, folded: str, at: tuple[int, int], *, sure: bool = False
    ) -> Beside:
        keys = frozenset(self.titles.keys[folded])
        first = min(keys)
        title = self._manual.documents[first].title
        return Beside(
            code, title if fold_name(title) == folded else self.titles.names[folded], keys, at, sure
        )

    def _after(self, code: Reference) -> Beside | None:
        prose = code.file.page.prose
        sign = AFTER.match(prose, code.end)
        if sign is None or (not sign["sign"] and "\n" in sign[0]):
            return None
        found = self.titles.opening(prose, sign.end())
        if found is None:
            return None
        folded, end = found
        told = folded in self.titles.names and sign["sign"] and sign["sign"] != ":"
        if not told and not self.titles.closed(prose, end):
            return None
        if not sign["sign"] and prose[sign.end()].islower():
            return None
        return self._pair(code, folded, (sign.end(), end))

    def _before(self, code: Reference) -> Beside | None:
        prose = code.file.page.prose
        blank = prose.rfind(" ", max(0, code.start - LAST), code.start - 1)
        plain = (
            prose[blank + 1 : code.start - 1] if blank >= 0 and prose[code.start - 1] == " " else ""
        )
        if plain.isalnum() and plain.casefold() not in self.titles.lasts:
            return None  # «theo QT VP 01», as most are
        last = prose[max(0, code.start - LAST) : code.start].rstrip(SIGNS).split()[-1:]
        if not last or last[0].strip(SIGNS).casefold() not in self.titles.lasts:
            return None
        first = max(
            prose.rfind("\0", max(0, code.start - REACH), code.start) + 1, code.start - REACH, 0
        )
        sign = self.titles.before.search(prose, first, code.start)
        found = self.titles.ending(prose, sign.start()) if sign else None
        if sign is None or found is None:
            return None
        return self._pair(code, found[0], (found[1], sign.start()), sure=bool(sign["said"]))

    def _cells(self, code: Reference) -> Iterator[Beside]:
        """The title in the only other cell beside a cell that is a code and nothing else."""
        row, at = row_of(code.file, code.start)
        if not row[1:] or not _whole(code, row[at]):
            return
        prose, cited = code.file.page.prose, self._references.by_path[code.file.path]
        inside = cited[
            bisect_left(cited, row[0][0], key=_begins) : bisect_left(cited, row[-1][1], key=_begins)
        ]
        codes = [each for each in inside if each.kind == "code"]
        titles = []
        for column, cell in enumerate(row):
            start, end = _trimmed(prose, cell)
            found = self.titles.opening(prose, start)
            if found is not None and found[1] == end:
                titles.append((column, found[0], (start, end)))
        if (
            len(titles) == len(codes) == 1
            and abs(titles[0][0] - at) == 1
            and not self._related(code.file, row, at)
        ):
            yield self._pair(code, titles[0][1], titles[0][2])

    def _related(self, file: TextFile, row: tuple[tuple[int, int], ...], at: int) -> bool:
        """Whether the head of a code's column says that it is another document's: «Thực hiện theo», «Thay cho»."""
        top = file.source.text.rfind("\n\n", 0, row[0][0])
        below = file.page.blocks[bisect_right(file.page.blocks, (top + 1, 0)) :][:1]
        head, _ = row_of(file, below[0][0]) if below else ((), 0)
        columns = head if len(head) == len(row) else ()
        return any(
            self._relations.search(file.page.prose, *each)
            for each in columns[max(0, at - 1) : at + 2]
        )


def _begins(reference: Reference) -> int:
    return reference.start


def row_of(file: TextFile, at: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The cells of the row that an offset stands in, and which of them that is; of what is no table, the block alone."""
    blocks = file.page.blocks
    here = first = last = bisect_right(blocks, (at, len(file.source.text))) - 1
    if here < 0:
        return (), 0
    while first > 0 and _joined(file, blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _joined(file, blocks[last], blocks[last + 1]):
        last += 1
    return blocks[first : last + 1], here - first


def _joined(file: TextFile, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = file.source.text[one[1] : other[0]]
    return "|" in between and "\n" not in between


def _whole(code: Reference, cell: tuple[int, int]) -> bool:
    return _trimmed(code.file.page.prose, cell) == (code.start, code.end)


def _trimmed(prose: str, place: tuple[int, int]) -> tuple[int, int]:
    """A place without the blanks and markup at its edges."""
    said = prose[slice(*place)]
    return place[0] + len(said) - len(said.lstrip(EDGES)), place[1] - len(said) + len(
        said.rstrip(EDGES)
    )
