"""Bind the numbers of one text by the words that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.references.bindings import (
    ANY_FOLLOWED,
    HERE,
    OUTSIDE,
    TO_OUTSIDE,
    TO_OWN_DOCUMENT,
    TO_UNKNOWN,
    Binding,
    BindingStrength,
    BoundNumber,
    bind_either,
)
from qmstool.references.joining import CLOSE, HEAD
from qmstool.references.mentions import link_around
from qmstool.references.model import Target
from qmstool.references.naming import WORD, same_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import TextFile
    from qmstool.references.mentions import Mention
    from qmstool.references.model import Reference
    from qmstool.references.naming import DocumentNaming

# How far beside a number, in characters, its document is looked for.
REACH = 240
# So many words between a number and «của» may still tell what the number is of.
FEW = 8
# So many words may call a document by its kind and a proper name.
FEW_NAMING = 4
# So many mentions before «quy trình này» may be what it means.
MENTIONS_BEFORE = 4
# What most often stands between a document and its number, or between a number and what is not its.
PLAINLY_BEFORE = frozenset({" ", ", ", ",\n", " ("})
SENTENCE_END = regex(rf"[.!?][{CLOSE}]*(?= |\Z)|\x00")
# The end of a stretch of running text, or a sign of punctuation.
CLAUSE_END = regex(r"[ \t\x01]*(?:\x00|[.;:!?](?!\w)|\Z)")
CELL_BORDER = regex(r"[ \t*_`]*\|[ \t*_`]*")
ITEM = regex(r"\n[ \t>\x01]*[-–—]")


class TextBinder:
    """One file with what it mentions, and what its words bind each list of numbers to.

    `text`: its running text, links joined; `links`: those near numbers. A list of numbers is given
    by its index among the mentions.
    """

    def __init__(
        self,
        document: Document,
        file: TextFile,
        text: str,
        mentions: list[Mention],
        naming: DocumentNaming,
        links: Sequence[Reference],
    ) -> None:
        self.document = document
        self.source = file.source.text
        self.text = text
        self.mentions = mentions
        self.links = links
        self.naming = naming
        self.joining = naming.joining
        self.documents = naming.manual.documents

    def mention(self, index: int) -> Mention | None:
        """Return a mention; None before the first and after the last."""
        return self.mentions[index] if 0 <= index < len(self.mentions) else None

    def _low(self, start: int, end: int) -> str:
        """Return a stretch of the text, lowered."""
        return lower_in_place(self.text[start:end])

    # --- by a link

    def bind_linked(self, index: int) -> BoundNumber | None:
        """Bind a number that is the words of a link: «[mục 5.2](../procedures/qt-bis-01.md)»."""
        numbers = self.mentions[index]
        link = link_around(self.links, numbers.start)
        if link is None or link.target is None or numbers.end > link.whole_span[1]:
            return None
        for other in self.mentions[max(0, index - 1) : index + 2]:
            if other.target and link.whole_span[0] <= other.start < link.whole_span[1]:
                return None  # the link's words name a document themselves
        binding = bind_either(Target("document", link.target.key))
        return BoundNumber(BindingStrength.LINKED, binding)

    def bind_here(self, index: int) -> BoundNumber | None:
        """Bind «section 5 below» to the text's own document."""
        end = self.mentions[index].end
        if not self.joining.points_here(self._low(end, end + REACH)):
            return None
        return BoundNumber(BindingStrength.SAID, TO_OWN_DOCUMENT)

    # --- by what stands before

    def bind_before(self, index: int, claimed: int) -> BoundNumber | None:
        """Bind «QT BIS 01, mục 5.2», «QT BIS 01 tại mục 5.2», «| QT BIS 01 | mục 5.2 |».

        `claimed`: the mention that the number before has claimed, -1 for none. What is not held
        here owns one number only so: «clause 6.4 of ISO 17025; section 5».
        """
        before = self.mention(index - 1)
        if claimed == index - 1 and before and before.target and before.target.kind in OUTSIDE:
            return None
        return self._bind_before(index, claimed)

    def _bind_before(self, index: int, claimed: int) -> BoundNumber | None:
        before = self.mention(index - 1)
        if before is None or before.target is None:
            return None
        is_claimed = claimed == index - 1
        between = self.text[before.end : self.mentions[index].start]
        if between in PLAINLY_BEFORE and not is_claimed:
            return BoundNumber(
                BindingStrength.BEFORE, Binding((before.target,), owner=before.words)
            )
        loose = BoundNumber(BindingStrength.BEFORE_LOOSE, bind_either(before.target, before.words))
        if "\x00" in between:
            start = self.mentions[index].start
            return loose if CELL_BORDER.fullmatch(self.source, before.end, start) else None
        if len(between) > REACH or ITEM.search(between):
            return None
        between = lower_in_place(between)
        if any(char.isalnum() for char in between):
            between = self.naming.without_title(between, before.target)
        if not is_claimed and self.joining.joins_before(between):
            return BoundNumber(
                BindingStrength.BEFORE, Binding((before.target,), owner=before.words)
            )
        return loose if self.joining.joins_loosely(between) else None

    # --- by what stands after

    def bind_after(self, index: int) -> BoundNumber | None:
        """Bind «mục 5.2 của QT BIS 01», «mục 5.2 (QT BIS 01)», «mục 5.2 của sổ tay này»."""
        numbers = self.mentions[index]
        following = self.mention(index + 1)
        series = self.joining.series_length(self._low(numbers.end, numbers.end + REACH))
        if series and not (following and following.start < numbers.end + series):
            numbers = numbers._replace(end=numbers.end + series)
        if CLAUSE_END.match(self.text, numbers.end):
            return self._bind_next_cell(numbers, following)
        rest = self._low(numbers.end, numbers.end + REACH)
        stop = SENTENCE_END.search(rest)
        length = stop.start() if stop else len(rest)
        reach = length
        if following:
            reach = following.start - numbers.end
        head = HEAD.match(rest, 0, min(reach, length))
        if head is None:
            return None
        sign = head["sep"] or ""
        of = self.joining.match_of(rest, head.end())
        words_start = of.end() if of else head.end()
        begin = len(rest) - len(rest[words_start:].lstrip(" "))
        if following and following.target and reach <= length:
            target = following.target
            bound = None
            if self.naming.only_calls(rest[begin:reach], outside=target.kind in OUTSIDE):
                bound = self._bind_called(index, following, target, sign, by_word=of is not None)
            elif not sign:
                bound = self._bind_entitled(numbers, target, rest[:reach])
            if bound:
                return bound
        if sign:
            return None
        return self._bind_described(index, of[0] if of else "", rest[begin:length])

    def _bind_next_cell(self, numbers: Mention, following: Mention | None) -> BoundNumber | None:
        """Bind «| mục 5.2 | QT BIS 01 |»."""
        if following is None or following.target is None:
            return None
        if not CELL_BORDER.fullmatch(self.source, numbers.end, following.start):
            return None
        return BoundNumber(BindingStrength.NEXT_CELL, Binding((HERE, following.target)))

    def _bind_called(
        self, index: int, following: Mention, target: Target, sign: str, *, by_word: bool
    ) -> BoundNumber | None:
        """Bind to a document that follows, by the word or sign before it."""
        numbers = self.mentions[index]
        right_beside = sign in {"", "("}
        if by_word and right_beside:
            return BoundNumber(
                BindingStrength.SAID, Binding((target,), by_word=True, owner=following.words)
            )
        if following.kind == "name" and self._is_own_title(numbers, following):
            return None  # «mục 6.2 Mục tiêu chất lượng»
        if right_beside:
            return BoundNumber(BindingStrength.BESIDE, Binding((target,), owner=following.words))
        if self._belongs_to_next(index, following):
            return None  # «mục 1.2, QT VP 01, mục 2»: the code is that of the next number
        if sign != "," and ITEM.search(self.text, numbers.end, following.start):
            return None
        binding = bind_either(target, following.words)
        if target.kind in OUTSIDE and following.kind != "designation" and numbers.kind != "clause":
            binding = TO_UNKNOWN
        return BoundNumber(BindingStrength.AFTER_COMMA, binding)

    def _is_own_title(self, numbers: Mention, following: Mention) -> bool:
        """Whether a name that follows a number begins the title of that section."""
        own = self.document.by_number.get(numbers.number)
        if own is None:
            return False
        title = fold_name(own.title)
        named = fold_name(self.text[following.start : following.end])
        return bool(title) and title.startswith(named)

    def _belongs_to_next(self, index: int, following: Mention) -> bool:
        """Whether what follows a number stands right before another number."""
        onward = self.mention(index + 2)
        if onward is None or onward.target is not None:
            return False
        return self.joining.joins_before(self._low(following.end, onward.start))

    def _bind_entitled(self, numbers: Mention, target: Target, words: str) -> BoundNumber | None:
        """Bind «mục 5.2 Cách làm của QT BIS 01».

        And less certainly «mục 5.2 về hồ sơ của QT BIS 01».
        """
        title, of, call = self.joining.split_title(words)
        if not title or target.kind != "document":
            return None
        if not self.naming.only_calls(call, outside=False):
            return None
        section = self.documents[target.key].by_number.get(numbers.number)
        if section and same_title(section.title, title):
            return BoundNumber(BindingStrength.SAID, Binding((target,), by_word=True))
        if self.joining.is_possessive(of) and title.count(" ") < FEW:
            return BoundNumber(BindingStrength.SAID, Binding((target, HERE), sure=False))
        return None

    def _bind_described(self, index: int, of: str, words: str) -> BoundNumber | None:
        """Bind to a document that is not called by code or name.

        «của sổ tay này», «của Sổ tay chất lượng», «của hợp đồng», «Luật …».
        """
        calling = self.naming.calling_words(words)
        this = self.naming.this_document(calling)
        if this:
            return BoundNumber(BindingStrength.SAID, self._bind_this(index, this))
        target = self.naming.find_titled(calling)
        if not of:
            return self._bind_unjoined(index, target, calling)
        if target:
            return BoundNumber(BindingStrength.SAID, Binding((target,), by_word=True))
        binding = self._bind_kind(index, of, calling)
        return BoundNumber(BindingStrength.SAID, binding) if binding else None

    def _bind_kind(self, index: int, of: str, calling: tuple[str, ...]) -> Binding | None:
        """Bind to what is called by its kind only: «của tiêu chuẩn», «of the EA guidelines»."""
        followed = self.naming.manual.followed_catalogues
        if followed and self.naming.means_standard(calling):
            meant = ANY_FOLLOWED
            if len(followed) == 1:
                meant = Target("catalogue", followed[0].key)
            return Binding((meant,), by_word=True)
        if self.joining.is_possessive(of):
            if self.naming.means_outside(calling) or self._names_other(index, calling):
                return TO_OUTSIDE
            if self.naming.means_some_document(calling):
                return TO_UNKNOWN
            if calling and self.mentions[index].kind != "clause":
                return TO_UNKNOWN  # «section 2 of QF-0004-1», «section 4.1 of chapter II»
        elif self.naming.means_outside(calling):
            return TO_UNKNOWN  # «annex XV to the Regulation»
        return None

    def _names_other(self, index: int, calling: tuple[str, ...]) -> bool:
        """Whether words call a document by its kind and a proper name: «the EA guidelines»."""
        if not self.naming.holds_document_word(calling[:FEW_NAMING]):
            return False
        if self.naming.may_be(self.document, " ".join(calling)):
            return False
        start = self.mentions[index].end
        words = WORD.findall(self.text[start : start + REACH])
        low = [lower_in_place(word) for word in words]
        first = low.index(calling[0]) if calling[0] in low else len(low)
        others = words[first : first + FEW_NAMING]
        return any(word[:2].isupper() and len(word) > 1 for word in others)

    def _bind_unjoined(
        self, index: int, target: Target | None, calling: tuple[str, ...]
    ) -> BoundNumber | None:
        """Bind to a document that follows without a word such as «của»."""
        own = self.document.by_number.get(self.mentions[index].number)
        is_own_title = own is not None and same_title(own.title, " ".join(calling))
        if target and not is_own_title:
            return BoundNumber(BindingStrength.BESIDE, bind_either(target))
        if self.naming.means_outside(calling):
            return BoundNumber(BindingStrength.SAID, TO_OUTSIDE)
        return None

    def _bind_this(self, index: int, called: str) -> Binding:
        """Bind to the text's own document, if it may be called so.

        Else perhaps to the one named last that may.
        """
        if self.naming.may_be(self.document, called):
            return TO_OWN_DOCUMENT
        for mention in reversed(self.mentions[max(0, index - MENTIONS_BEFORE) : index]):
            target = mention.target
            if target is None or target.kind != "document":
                continue
            if self.naming.may_be(self.documents[target.key], called):
                return bind_either(target)
        return TO_UNKNOWN

    # --- by another list of numbers

    def is_joined(self, index: int) -> bool:
        """Whether a list and the next are of one kind, and joined: «mục 1 và mục 2»."""
        one, two = self.mentions[index], self.mentions[index + 1]
        if one.kind != two.kind:
            return False
        between = self.text[one.end : two.start]
        return len(between) < REACH and self.joining.chains(lower_in_place(between))

    def is_nested(self, index: int) -> bool:
        """Whether a number is in a part that the next tells: «mục 2 Phụ lục I của Nghị định …»."""
        one, two = self.mentions[index], self.mention(index + 1)
        if two is None or two.target or two.start - one.end > REACH:
            return False
        if one.kind in {two.kind, "clause"}:
            return False
        return self.joining.nests(self._low(one.end, two.start))
