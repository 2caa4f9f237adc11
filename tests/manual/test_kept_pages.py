"""A kept document is the one that was read, whether or not the words of its page were kept."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.kept_pages import WORDS, RecalledPage
from qmstool.manual.loading.loader import load
from qmstool.parsing.markdown.page import Page
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.tree import TEXT_SUFFIXES
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from qmstool.manual.documents import Document

PATH = "procedures/qt-vp-01.md"


@pytest.fixture
def facts() -> KeptFacts:
    """Facts of the tiny manual, read once."""
    texts = {path: data for path, data in tiny().items() if path.endswith(TEXT_SUFFIXES)}
    kept = KeptFacts(None, b"", b"tool", texts)
    load(MemoryTree(dict(tiny())), kept)
    return kept


def document(facts: KeptFacts | None) -> Document:
    documents = load(MemoryTree(dict(tiny())), facts).documents.values()
    return next(each for each in documents if each.path == PATH)


def all_of(page: Page) -> dict[str, object]:
    return {name: getattr(page, name) for name in (*Page.__match_args__, "outline")}


def test_all_of_a_page_comes_back(facts: KeptFacts) -> None:
    kept, fresh = document(facts).files[0].page, document(None).files[0].page
    assert isinstance(kept, RecalledPage)
    assert all_of(kept) == all_of(fresh)
    assert kept.prose.strip()


def test_lost_words_are_read_again(facts: KeptFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    page = document(facts).files[0].page
    with monkeypatch.context() as lost:
        lost.setattr(facts, "recall", lambda *_: None)
        assert all_of(page) == all_of(document(None).files[0].page)


def test_words_that_were_read_again_are_kept_again(facts: KeptFacts) -> None:
    words = facts.recall("words", PATH)
    facts.keep("words", PATH, (), b"as if of other bytes")
    assert document(facts).files[0].page.prose
    assert facts.recall("words", PATH) == words


def test_words_are_unpacked_when_one_of_them_is_asked_for(facts: KeptFacts) -> None:
    asked: list[str] = []
    recall = facts.recall

    def noted(kind: str, *more: object, **named: object) -> object:
        asked.append(kind)
        return recall(kind, *more, **named)  # type: ignore[arg-type]

    facts.recall = noted  # type: ignore[method-assign]
    page = document(facts).files[0].page
    assert page.headings
    assert "words" not in asked
    assert [bool(getattr(page, name)) for name in WORDS].count(True) > 1
    assert asked.count("words") == 1


def test_sections_stand_on_the_page_of_their_file(facts: KeptFacts) -> None:
    kept = document(facts)
    assert kept.sections[0].file is kept.files[0]
    assert kept.sections[0].heading is kept.files[0].page.headings[0]


def test_another_process_has_it_whole(facts: KeptFacts) -> None:
    page = document(facts).files[0].page
    assert pickle.loads(pickle.dumps(page)) == document(None).files[0].page


def test_it_has_nothing_else(facts: KeptFacts) -> None:
    with pytest.raises(AttributeError, match="wards"):
        _ = document(facts).files[0].page.wards  # type: ignore[attr-defined]
