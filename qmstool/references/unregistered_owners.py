"""Bind a number to what is called right before it and registered nowhere.

A file's name, a link to somewhere else, a word for a document: «`core.md` (section 2.9)»,
«[Handbook](https://…) – chapter 5.4», «Management-Handbuch (Kapitel 2.2)». If the text has such a
section, that is meant perhaps; that nobody can look it up is no error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.citations import lower_in_place
from qmstool.patterns import regex
from qmstool.references.bindings import TO_OUTSIDE, TO_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.documents import Document
    from qmstool.references.bindings import Binding
    from qmstool.references.mentions import Mention
    from qmstool.references.model import Reference
    from qmstool.references.naming import DocumentNaming

# How far before a number, in characters, what calls its document may begin.
REACH = 120
# The words right before a number, after which only a sign or a word of citation stands.
_LAST_WORDS = regex(r"([\w./-]*\w)(?P<between>[^\w\x00]*)\Z")
_FILE = regex(r"\w[\w./-]*\.(?:md|pdf|docx?|odt|xlsx?|ods|pptx?|html?|txt|ya?ml)\Z")
# So many words may call a kind of document: «work instruction».
_FEW = 3


class UnregisteredOwners:
    """The words and links of one text that call what is registered nowhere.

    `text`: its running text; `links`: the file's.
    """

    def __init__(
        self, document: Document, text: str, links: Iterable[Reference], naming: DocumentNaming
    ) -> None:
        self._document = document
        self._text = text
        self._naming = naming
        self._ends = [link.whole_span[1] for link in links if _leads_elsewhere(link)]

    def bind(self, number: Mention) -> Binding | None:
        """Return the binding of a section by what is called right before it; None without."""
        if number.kind == "clause":
            return None
        before = self._text[max(0, number.start - REACH) : number.start]
        low = lower_in_place(before)
        if self._follows_link(number) or self._follows_name(low):
            return TO_UNKNOWN
        within = self._naming.joining.without_of(low)  # «the PMCF plan in section 1.1»
        if within and self._follows_name(within) and _has_name(before[: len(within)]):
            return TO_OUTSIDE
        return None

    def _follows_link(self, number: Mention) -> bool:
        for end in self._ends:
            if number.start - REACH < end <= number.start:
                between = lower_in_place(self._text[end : number.start].lstrip("\x00\x01"))
                if self._naming.joining.joins_before(between):
                    return True
        return False

    def _follows_name(self, before: str) -> bool:
        """Whether lowered words end in a file's name, or in a word for another document."""
        found = _LAST_WORDS.search(before.replace("`", " ").replace("*", " "))
        if found is None or not self._naming.joining.joins_before(found["between"]):
            return False
        if _FILE.search(found[1]):
            return True
        words = before[: found.end(1)].split()
        for count in range(1, min(_FEW, len(words)) + 1):
            called = " ".join(words[-count:])
            if self._naming.calls_kind(called):
                return not self._naming.may_be(self._document, called.rpartition("-")[2])
        return False


def _has_name(before: str) -> bool:
    """Whether a name in capitals is among the last words: «the PMCF plan»."""
    return any(word[:2].isupper() and len(word) > 1 for word in before.split()[-_FEW:])


def _leads_elsewhere(link: Reference) -> bool:
    return link.target is None or link.target.kind not in {"document", "section"}
