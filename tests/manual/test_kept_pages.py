"""A kept document is the one that was read, and its page has the words of its file."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

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
    """All that a page says, but what holds its text, and its digest before anybody asked for it."""
    names = (*Page.__match_args__, "outline", "prose", "blocks", "code", "notes")
    return {name: getattr(page, name) for name in names if name not in {"source", "_outline"}}


def test_all_of_a_page_comes_back(facts: KeptFacts) -> None:
    kept, fresh = document(facts).files[0].page, document(None).files[0].page
    assert all_of(kept) == all_of(fresh)
    assert kept.prose.strip()
    assert kept.blocks


def test_its_outline_is_kept(facts: KeptFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    outline = document(None).files[0].page.outline
    kept = document(facts).files[0].page
    monkeypatch.setattr("qmstool.parsing.markdown.page.blake2b", None)
    assert kept.outline == outline


def test_its_words_are_those_of_the_file_there_is(facts: KeptFacts) -> None:
    kept = document(facts).files[0]
    assert kept.page.source is kept.source


def test_sections_stand_on_the_page_of_their_file(facts: KeptFacts) -> None:
    kept = document(facts)
    assert kept.sections[0].file is kept.files[0]
    assert kept.sections[0].heading is kept.files[0].page.headings[0]


def test_another_process_has_it_whole(facts: KeptFacts) -> None:
    page = document(facts).files[0].page
    assert all_of(pickle.loads(pickle.dumps(page))) == all_of(document(None).files[0].page)
