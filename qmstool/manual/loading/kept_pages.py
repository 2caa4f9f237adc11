"""Keep what a document says of itself apart from the words of its page.

After an edit every document is asked how it may be cited and what it bears; the words of its page
are asked of few, and they are most of it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from qmstool.parsing.markdown.page import Page, read_page

if TYPE_CHECKING:
    from qmstool.findings import LoadError
    from qmstool.manual.documents import Document
    from qmstool.parsing.source import SourceFile
    from qmstool.storage.kept_facts import KeptFacts

WORDS = ("prose", "blocks", "code", "notes")
_NEAR = tuple(name for name in Page.__match_args__ if name not in WORDS)
_words_of, _near_of = attrgetter(*WORDS), attrgetter(*_NEAR)
_fill = object.__setattr__  # a page is frozen


class RecalledPage(Page):
    """A page whose words are unpacked, or read again, when somebody first asks for one of them."""

    __slots__ = ("_body", "_facts", "_outline", "_source")
    _body: int
    _facts: KeptFacts
    _outline: bytes
    _source: SourceFile

    def __init__(self, source: SourceFile, facts: KeptFacts) -> None:
        _fill(self, "_source", source)
        _fill(self, "_facts", facts)

    def __getattr__(self, name: str) -> Any:
        """Return what is not there yet."""
        if name not in WORDS:
            raise AttributeError(name)
        words = self._facts.recall("words", self._source.path)
        if words is None:  # another process wrote one of the two parcels
            words = _words_of(read_page(self._source.text, self._body))
            self._facts.keep("words", self._source.path, words)
        for each, value in zip(WORDS, words, strict=True):
            _fill(self, each, value)
        return getattr(self, name)

    def fill(self, body: int, outline: bytes, near: tuple[object, ...]) -> None:
        """Set what is kept with its document; `body`: where its text begins."""
        _fill(self, "_body", body)
        _fill(self, "_outline", outline)
        for name, value in zip(_NEAR, near, strict=True):
            _fill(self, name, value)

    @property
    def outline(self) -> bytes:
        """A digest of what may be cited in it."""
        return self._outline

    def __reduce__(self) -> tuple[object, ...]:
        return Page, tuple(getattr(self, name) for name in Page.__match_args__)


def keep_document(
    facts: KeptFacts,
    source: SourceFile,
    more: bytes,
    problems: tuple[LoadError, ...],
    document: Document | None,
) -> None:
    """Keep the document that one file holds, None for none, with what is wrong with it.

    `more`: what it is read by, besides its bytes.
    """
    anchors: tuple[object, ...] = (source,)
    said = None
    if document is not None:
        file = document.files[0]
        anchors = source, file.page
        said = document, file.body, file.page.outline, _near_of(file.page)
        facts.keep("words", source.path, _words_of(file.page))
    facts.keep("document", source.path, (problems, said), more, anchors=anchors)


def recall_document(
    facts: KeptFacts, source: SourceFile, more: bytes
) -> tuple[tuple[LoadError, ...], Document | None] | None:
    """Return what `keep_document` kept of the very same file; None where it kept nothing."""
    page = RecalledPage(source, facts)
    kept = facts.recall("document", source.path, more, anchors=(source, page))
    if kept is None:
        return None
    problems, said = kept
    if said is None:
        return problems, None
    document, body, outline, near = said
    page.fill(body, outline, near)
    return problems, document
