"""The citations of a text → what each announced number is a part of: a document named beside it, or the text's own.

The one place where a number is bound to a document. What stands right beside it counts, as administrative texts are written: «QT
BIS 01, mục 5.2», «mục 5.2 của quy trình QT BIS 01», «mục 5.2 của sổ tay này». A word such as «của» after the number outranks a
document before it. Where either of two documents may be meant both are given: only a number which neither has is told.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.references.mentions import (
    Mention,
    collect_mentions,
    join_across_links,
    link_around,
    links_near_numbers,
    with_links,
)
from qmstool.references.model import Target
from qmstool.references.naming import CLOSE, HEAD, DocumentNaming, same_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.model import Manual
    from qmstool.parsing.citations import Citation
    from qmstool.references.model import Reference

# The text's own document; for a clause, the standard that the manual follows.
HERE = Target("document", "")
OUTSIDE = frozenset({"external", "outside"})
# How far beside a number, in characters, its document is looked for.
REACH = 240
# So many words between a number and «của» may still tell what the number is of.
FEW = 8
# What most often stands between a document and its number, or between a number and what is not its.
PLAINLY_BEFORE = frozenset({" ", ", ", ",\n", " ("})
SENTENCE_END = re.compile(rf"[.!?][{CLOSE}]*(?= |\Z)|\x00")
ENDED = re.compile(r"[ \t\x01]*(?:\x00|[.;:!?](?!\w)|\Z)")
CELL_BORDER = re.compile(r"[ \t*_`]*\|[ \t*_`]*")
ITEM = re.compile(r"\n[ \t>\x01]*[-–—]")


class BindingStrength(IntEnum):
    """How firmly the words beside a number bind it; of two documents the firmer has it."""

    NEXT_CELL = 1
    AFTER_COMMA = 2
    BEFORE_LOOSE = 3
    BESIDE = 4
    BEFORE = 5
    SAID = 6
    LINKED = 7


class Binding(NamedTuple):
    """Where a number is to be looked up, the likeliest first.

    Not `sure`: if none has it, something else may be meant.

    `said`: a word such as «của» stands before the document.
    """

    targets: tuple[Target, ...]
    sure: bool = True
    said: bool = False


HOME = Binding((HERE,))
NOBODY_KNOWS = Binding((HERE,), sure=False)


class NumberBinder:
    """The question what the numbers of a manual's texts are parts of."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.calling = DocumentNaming(manual)

    def of(
        self,
        document: Document,
        file: TextFile,
        cited: Sequence[tuple[Citation, Target | None]],
        links: Iterable[Reference],
    ) -> dict[int, Binding]:
        """For each list of numbers of a file, by where it begins, what it is a part of.

        With each citation comes what it means: None for a number, a kind in `OUTSIDE` for no
        document of this manual. `links` are the file's.
        """
        homes = _plain(file.page.prose, cited)
        return self._read(document, file, cited, links) if homes is None else homes

    def _read(
        self,
        document: Document,
        file: TextFile,
        cited: Iterable[tuple[Citation, Target | None]],
        links: Iterable[Reference],
    ) -> dict[int, Binding]:
        things = collect_mentions(cited)
        lists = [at for at, each in enumerate(things) if each.target is None]
        near = links_near_numbers(file.page.prose, links, [things[at] for at in lists])
        if near:
            things = with_links(things, near)
            lists = [at for at, each in enumerate(things) if each.target is None]
        text = _Text(
            document, file, join_across_links(file.page.prose, near), things, self.calling, near
        )
        own: dict[int, Binding] = {}
        onward: set[int] = (
            set()
        )  # lists that hand their home on to the one before: «mục 1 và mục 2 của QT BIS 01»
        taken = -1  # a code that the number before it has claimed binds the next one less firmly
        for at in lists:
            after = text.after(at)
            found = max(
                (each for each in (text.linked(at), after, text.preceded(at, taken)) if each),
                default=None,
                key=_firmness,
            )
            if found is None:
                continue
            own[at] = found[1]
            if found[0] in {BindingStrength.SAID, BindingStrength.BESIDE}:
                onward.add(at)
                claimed = (
                    found is after
                    and at + 1 < len(things)
                    and things[at + 1].target == found[1].targets[0]
                )
                taken = at + 1 if claimed else taken
        return {things[at].lead: home for at, home in text.inherited(lists, own, onward).items()}


Bound = tuple[BindingStrength, Binding]


def _firmness(bound: Bound) -> int:
    return bound[0]


class _Text:
    """One file with what it names, and the bonds of its lists of numbers."""

    def __init__(
        self,
        document: Document,
        file: TextFile,
        text: str,
        things: list[Mention],
        calling: DocumentNaming,
        links: Sequence[Reference],
    ) -> None:
        self.document, self.source = document, file.source.text
        self.text, self.things, self.links = text, things, links
        self.calling, self.documents = calling, calling.manual.documents

    def low(self, start: int, end: int) -> str:
        """A stretch of the text, lowered."""
        return lower_in_place(self.text[start:end])

    def linked(self, at: int) -> Bound | None:
        """A number that is the words of a link: «[mục 5.2](../procedures/qt-bis-01.md)»."""
        this = self.things[at]
        link = link_around(self.links, this.start)
        if link is None or link.target is None or this.end > link.whole[1]:
            return None
        beside = (each for each in self.things[max(0, at - 1) : at + 2] if each.target)
        named = any(link.whole[0] <= each.start < link.whole[1] for each in beside)
        return (
            None
            if named
            else (BindingStrength.LINKED, _either(Target("document", link.target.key)))
        )

    def preceded(self, at: int, taken: int) -> Bound | None:
        """«QT BIS 01, mục 5.2», «QT BIS 01 tại mục 5.2», «| QT BIS 01 | mục 5.2 |»."""
        before = self.things[at - 1] if at else None
        if before is None or before.target is None:
            return None
        between = self.text[before.end : self.things[at].start]
        if between not in PLAINLY_BEFORE or taken == at - 1:
            if "\x00" in between:
                border = CELL_BORDER.fullmatch(self.source, before.end, self.things[at].start)
                return (BindingStrength.BEFORE_LOOSE, _either(before.target)) if border else None
            if len(between) > REACH or ITEM.search(between):
                return None
            between = lower_in_place(between)
            if any(char.isalnum() for char in between):
                between = self.calling.untitled(between, before.target)
            if taken == at - 1 or not self.calling.before(between):
                loose = self.calling.before_loose(between)
                return (BindingStrength.BEFORE_LOOSE, _either(before.target)) if loose else None
        return BindingStrength.BEFORE, Binding((before.target,))

    def after(self, at: int) -> Bound | None:
        """«mục 5.2 của QT BIS 01», «mục 5.2 (QT BIS 01)», «mục 5.2, QT BIS 01», «mục 5.2 của sổ tay này»."""
        this = self.things[at]
        following = self.things[at + 1] if at + 1 < len(self.things) else None
        if ENDED.match(self.text, this.end):
            border = following and CELL_BORDER.fullmatch(self.source, this.end, following.start)
            return (
                (BindingStrength.NEXT_CELL, Binding((HERE, following.target)))
                if border and following and following.target
                else None
            )
        rest = self.low(this.end, this.end + REACH)
        stop = SENTENCE_END.search(rest)
        length = stop.start() if stop else len(rest)
        reach = following.start - this.end if following else length
        head = HEAD.match(rest, 0, min(reach, length))
        of = self.calling.of(rest, head.end()) if head else None
        if head is None:
            return None
        sep, begin = (
            head["sep"] or "",
            len(rest) - len(rest[of.end() if of else head.end() :].lstrip(" ")),
        )
        if following and following.target and reach <= length:
            if self.calling.calls(rest[begin:reach], outside=following.target.kind in OUTSIDE):
                bound = self._called(at, following, following.target, sep, said=of is not None)
            else:
                bound = None if sep else self._entitled(this, following.target, rest[:reach])
            if bound:
                return bound
        return None if sep else self._described(at, of[0] if of else "", rest[begin:length])

    def _called(
        self, at: int, following: Mention, target: Target, sep: str, *, said: bool
    ) -> Bound | None:
        """The bond to a document that follows, by the word or sign before it."""
        this = self.things[at]
        if said and sep in {"", "("}:
            return BindingStrength.SAID, Binding((target,), said=True)
        own = self.document.by_number.get(this.number)
        title = following.kind == "name" and own and fold_name(own.title)
        if title and title.startswith(fold_name(self.text[following.start : following.end])):
            return None  # «mục 6.2 Mục tiêu chất lượng» is the section's own title
        if sep in {"", "("}:
            return BindingStrength.BESIDE, Binding((target,))
        onward = self.things[at + 2] if at + 2 < len(self.things) else None
        another = (
            onward
            and onward.target is None
            and self.calling.before(self.low(following.end, onward.start))
        )
        if another or (sep != "," and ITEM.search(self.text, this.end, following.start)):
            return None  # «mục 1.2, QT VP 01, mục 2»: the code is that of the next number
        return BindingStrength.AFTER_COMMA, NOBODY_KNOWS if target.kind in OUTSIDE else _either(
            target
        )

    def _entitled(self, this: Mention, target: Target, words: str) -> Bound | None:
        """«mục 5.2 Cách làm của QT BIS 01», and less certainly «mục 5.2 về hồ sơ của QT BIS 01»."""
        title, of, call = self.calling.entitled(words)
        if not title or target.kind != "document" or not self.calling.calls(call, outside=False):
            return None
        section = self.documents[target.key].by_number.get(this.number)
        if section and same_title(section.title, title):
            return BindingStrength.SAID, Binding((target,), said=True)
        return (
            (BindingStrength.SAID, Binding((target, HERE), sure=False))
            if self.calling.possessive(of) and title.count(" ") < FEW
            else None
        )

    def _described(self, at: int, of: str, words: str) -> Bound | None:
        """A document that is not called by code or name: «của sổ tay này», «của Sổ tay chất lượng», «của hợp đồng», «Luật …»."""
        said = self.calling.said(words)
        target, called = self.calling.titled(said), self.calling.this(said)
        if called:
            return BindingStrength.SAID, self._this(at, called)
        if not of:
            own = self.document.by_number.get(self.things[at].number)
            if target and not (own and same_title(own.title, " ".join(said))):
                return BindingStrength.BESIDE, _either(target)
            return (BindingStrength.SAID, NOBODY_KNOWS) if self.calling.outside(said) else None
        if target:
            return BindingStrength.SAID, Binding((target,), said=True)
        if self.calling.standard(said) and self.calling.manual.catalogue:
            return BindingStrength.SAID, Binding(
                (Target("catalogue", self.calling.manual.catalogue.key),)
            )
        return (
            (BindingStrength.SAID, NOBODY_KNOWS)
            if self.calling.possessive(of) and self.calling.unknown(said)
            else None
        )

    def _this(self, at: int, called: str) -> Binding:
        """The text's own document, if it may be called so; else perhaps the one named last that may."""
        if self.calling.may_be(self.document, called):
            return HOME
        last = (each.target for each in reversed(self.things[max(0, at - 4) : at]) if each.target)
        found = (
            each
            for each in last
            if each.kind == "document" and self.calling.may_be(self.documents[each.key], called)
        )
        target = next(found, None)
        return _either(target) if target else NOBODY_KNOWS

    def inherited(
        self, lists: Sequence[int], own: Mapping[int, Binding], onward: set[int]
    ) -> dict[int, Binding]:
        """The home of every list: its own, or that of the list it is joined to, before or after."""
        homes = dict(own)
        if len(own) < len(lists):
            for at in lists:
                if at not in homes and at - 1 in homes and self._joined(at - 1):
                    homes[at] = _with_here(homes[at - 1])
            for at in reversed(lists):
                if at not in homes and at + 1 in onward and self._joined(at):
                    homes[at] = _with_here(homes[at + 1])
                    onward.add(at)
                elif at not in homes and self._nested(at):
                    homes[at] = Binding(homes.get(at + 1, HOME).targets, sure=False)
        return {at: homes.get(at, HOME) for at in lists}

    def _joined(self, at: int) -> bool:
        """Whether a list and the next are of one kind, and joined: «mục 1 và mục 2»."""
        one, two = self.things[at], self.things[at + 1]
        between = self.text[one.end : two.start]
        return (
            one.kind == two.kind
            and len(between) < REACH
            and self.calling.chains(lower_in_place(between))
        )

    def _nested(self, at: int) -> bool:
        """Whether a number is in a part that the next tells: «mục 2 Phụ lục I của Nghị định …»."""
        one, two = self.things[at], self.things[at + 1] if at + 1 < len(self.things) else None
        if (
            two is None
            or two.target
            or one.kind in {two.kind, "clause"}
            or two.start - one.end > REACH
        ):
            return False
        return self.calling.nests(self.low(one.end, two.start))


def _either(target: Target) -> Binding:
    """What is named, or the text's own document."""
    return Binding((target,) if target.kind in OUTSIDE else (target, HERE))


def _with_here(home: Binding) -> Binding:
    return home if HERE in home.targets else Binding((*home.targets, HERE), home.sure)


def _plain(
    prose: str, cited: Sequence[tuple[Citation, Target | None]]
) -> dict[int, Binding] | None:
    """The homes where every number stands right after its document and ends a clause, as most do; None where one does not."""
    homes: dict[int, Binding] = {}
    for at, (each, target) in enumerate(cited):
        if target is None:
            before, home = cited[at - 1] if at else (each, None)
            if (
                home is None
                or prose[before.end : each.start] not in PLAINLY_BEFORE
                or not ENDED.match(prose, each.end)
            ):
                return None
            homes[each.lead] = Binding((home,))
    return homes
