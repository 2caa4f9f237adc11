"""Find the titles and names of documents where they begin or end in running text.

Only a whole title or name counts, word for word, so that nothing is guessed.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from qmstool.manual.documents import Document
    from qmstool.manual.wordlists import WordLists
    from qmstool.references.outline import Outline

BLANKS = "[ \\t\\n\\u00a0\\u202f\\x01]*"
CLOSING_QUOTE = "[»”\"’']?"
# What may stand between a title and its code: «… đánh giá nội bộ (QT VP 01)», «… – QT VP 01»,
# «… QT VP 01»; a comma only before a word for «code», for it also parts a list.
BEFORE_CODE = (
    rf"{BLANKS}{CLOSING_QUOTE}{BLANKS}"
    rf"(?:(?P<code_word>[(,;–—-]?{BLANKS}(?:{{words}}){BLANKS}:?)|[-–—(:|]?){BLANKS}\Z"
)
# What may follow a title so that it is the whole of it; its words may also go on with «của …».
AFTER_TITLE = regex(rf"{BLANKS}{CLOSING_QUOTE}{BLANKS}(?:[.,;:()\[\]|/–—\x00-]|\Z)")
# A title needs so many words to be told from other text, and is at most so long, in characters.
FEWEST_WORDS, LONGEST = 2, 200


def own_words(outline: Outline) -> WordLists:
    """Return the word lists of a manual's language."""
    return outline.manual.word_lists[outline.manual.config.language]


class TitleIndex:
    """The titles and names of a manual's documents.

    `keys` maps each, folded, to the keys of the documents called so, `names` each name to how it is
    written. `heads` and `tails` are the first and last words. A name is recognized in any letters,
    a title only with its capital.
    """

    def __init__(self, outline: Outline) -> None:
        manual, lists = outline.manual, own_words(outline)
        self.names: dict[str, str] = {}
        self.keys: dict[str, set[str]] = {}
        for document in manual.documents.values():
            self._add(document.title, document)
            for mark in document.names:
                if self._add(mark.text, document):
                    self.names.setdefault(fold_name(mark.text), mark.text)
        self.heads = frozenset([title.partition(" ")[0] for title in self.keys])
        self.tails = frozenset([WORD.findall(title)[-1] for title in self.keys])
        # The last words of what may stand before a code: of titles, and of words for «code».
        code_words = [phrase.split() for phrase in lists["code_words"]]
        self.lasts = self.tails.union([words[-1].casefold() for words in code_words if words])
        self._code_words, self._of = lists["code_words"], manual.config.all_words.part_of

    # Few texts ask for these, and to compile them costs start-up.

    @cached_property
    def before_code(self) -> re.Pattern[str]:
        """What may stand between a title and its code."""
        words = alternatives(self._code_words)
        return regex(BEFORE_CODE.format(words=words), re.IGNORECASE)

    @cached_property
    def part_of(self) -> re.Pattern[str]:
        """«của» and its like, after which a title goes on."""
        return regex(rf"{BLANKS}(?:{alternatives(self._of)})(?!\w)", re.IGNORECASE)

    def _add(self, title: str, document: Document) -> bool:
        """Add a title or name that can be told from other text, and tell whether it can be."""
        folded = fold_name(title)
        if folded.count(" ") + 1 < FEWEST_WORDS:
            return False
        if not folded[0].isalnum() or not folded[-1].isalnum():
            return False
        self.keys.setdefault(folded, set()).add(document.key)
        return True

    def opening(self, prose: str, start: int) -> tuple[str, int] | None:
        """Return the longest title that begins at a place, folded, and where it ends."""
        head = WORD.match(prose, start)
        if head is None or head[0].casefold() not in self.heads:
            return None
        end = prose.find("\0", start, start + LONGEST)
        text = prose[start : end if end >= 0 else start + LONGEST]
        for word in reversed(list(WORD.finditer(text))):
            if word[0].casefold() not in self.tails:
                continue
            title = fold_name(text[: word.end()])
            if title in self.keys:
                if text[0].isupper() or title in self.names:
                    return title, start + word.end()
                return None
        return None

    def ending(self, prose: str, end: int) -> tuple[str, int] | None:
        """Return the longest title that ends at a place, folded, and where it begins."""
        start = max(prose.rfind("\0", max(0, end - LONGEST), end) + 1, end - LONGEST, 0)
        text = prose[start:end]
        words = list(WORD.finditer(text))
        if not words or words[-1].end() != len(text) or words[-1][0].casefold() not in self.tails:
            return None
        for word in words:
            if word[0].casefold() not in self.heads:
                continue
            title = fold_name(text[word.start() :])
            if title in self.keys:
                if word[0][0].isupper() or title in self.names:
                    return title, start + word.start()
                return None
        return None

    def is_whole(self, prose: str, end: int) -> bool:
        """Whether nothing follows a title that would make it a longer one."""
        return bool(AFTER_TITLE.match(prose, end) or self.part_of.match(prose, end))
