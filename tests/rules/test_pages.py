"""Every rule has a page in both languages, and what the page shows is what the checker does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from qmstool.rules import ALL, BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.storage.resources import list_names
from tests.support.manuals import findings_of
from tests.support.rule_examples import Example, example, headings

if TYPE_CHECKING:
    from qmstool.i18n import Lang

PAGES = [(rule.slug, lang) for rule in ALL for lang in HEADINGS]


def findings_in(shown: Example, slug: str) -> list[str]:
    """What a check finds where an example lies over the tiny manual, as the rule needs it."""
    history = "history" in BY_SLUG[slug].needs
    return _findings(tuple(sorted(shown.files.items())), history=history)


@cache
def _findings(files: tuple[tuple[str, bytes], ...], *, history: bool) -> list[str]:
    """Both languages show the same example: it is checked once."""
    return findings_of(dict(files), history=history)


def test_a_page_for_every_rule_and_a_rule_for_every_page() -> None:
    assert set(list_names("rules")) == {f"{slug}.{lang}.md" for slug, lang in PAGES}


def test_the_tiny_manual_is_clean() -> None:
    assert findings_of({}) == []


@pytest.mark.parametrize(("slug", "lang"), PAGES)
def test_headings(slug: str, lang: Lang) -> None:
    text = read_page(BY_SLUG[slug], lang)
    assert text.startswith(f"# {BY_SLUG[slug].id} {slug}: {BY_SLUG[slug].title.get(lang)}\n")
    assert headings(text) == HEADINGS[lang]


@pytest.mark.parametrize(("slug", "lang"), PAGES)
def test_a_page_says_that_its_rule_is_asked_by_name(slug: str, lang: Lang) -> None:
    said = f"`check --only {slug}`" in read_page(BY_SLUG[slug], lang)
    assert said == BY_SLUG[slug].on_request


@pytest.mark.parametrize(("slug", "lang"), PAGES)
def test_bad_gives_that_rule_at_that_place_and_no_other(slug: str, lang: Lang) -> None:
    bad = example(read_page(BY_SLUG[slug], lang), HEADINGS[lang][2])
    assert bad.places
    assert findings_in(bad, slug) == [f"{slug} {place}" for place in bad.places]


@pytest.mark.parametrize(("slug", "lang"), PAGES)
def test_good_gives_nothing(slug: str, lang: Lang) -> None:
    good = example(read_page(BY_SLUG[slug], lang), HEADINGS[lang][3])
    assert good.files
    assert findings_in(good, slug) == []


@pytest.mark.parametrize("slug", [rule.slug for rule in ALL])
def test_both_languages_show_the_same_examples(slug: str) -> None:
    for at in (2, 3):
        shown = [example(read_page(BY_SLUG[slug], lang), HEADINGS[lang][at]) for lang in HEADINGS]
        assert shown[0] == shown[1]
