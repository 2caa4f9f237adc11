"""Any language: its tag, the words of pages and papers, and what it falls back to."""

from __future__ import annotations

import pickle
import re
from typing import TYPE_CHECKING, cast

import pytest

from qmstool.cli.main import main
from qmstool.cli.page_words import page_sentences
from qmstool.frozen import replace
from qmstool.i18n import (
    LANGUAGE_TAG,
    FilledText,
    PageLanguage,
    Text,
    join_texts,
    screen_language,
    shorter_tags,
    text_direction,
)
from qmstool.manual.loading.data_files import DataReader
from qmstool.manual.loading.loader import load
from qmstool.manual.loading.page_language import read_page_language
from qmstool.site.edition.dates import format_dates
from tests.references.test_whose_number import tree
from tests.support.manuals import check_tree
from tests.support.memory import MANIFEST, manual

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.i18n import Lang

FILLED_IN = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("tag", ["vi", "en", "en-GB", "pt-BR", "zh-Hant-TW", "sr-Latn-RS", "es-419", "de-CH-1996", "en-x-plain"])  # fmt: skip
def test_a_well_formed_tag_is_taken(tag: str) -> None:
    assert LANGUAGE_TAG.match(tag)
    assert check_tree(tree("x", tag)).summary.documents == 3


@pytest.mark.parametrize("tag", ["", "e", "english", "en_GB", "en-", "vi VN", "12"])
def test_what_is_no_tag_is_told(tag: str) -> None:
    assert LANGUAGE_TAG.match(tag) is None


def test_findings_are_told_in_vietnamese_where_that_is_the_language_and_else_in_english() -> None:
    assert [screen_language(tag) for tag in ("vi", "vi-VN", "en-GB", "es", "via")] == [
        "vi", "vi", "en", "en", "en",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["es", "de"])
def test_the_shipped_words_fit_and_say_that_nobody_has_read_them(tag: str) -> None:
    reader = DataReader({}, [])
    language = read_page_language(reader, tag)
    assert reader.problems == []
    assert isinstance(language, PageLanguage)
    # Every sentence that readers and signers see, those within functions and templates too.
    assert set(language.words) == set(page_sentences())
    assert {"Some release has no evidence.", "clause {x}"} <= set(language.words)
    for english, words in language.words.items():
        assert words.strip(), english
        assert set(FILLED_IN.findall(words)) == set(FILLED_IN.findall(english)), english
    # Addresses of pages are one word each, and no two the same.
    places = [words for english, words in language.words.items() if english.endswith("/")]
    assert len(set(places)) == len(places)
    assert all(place.isascii() and place.endswith("/") for place in places)


def test_what_is_missing_falls_back_to_english_and_never_to_vietnamese() -> None:
    language = load(tree("x", "es")).page_language
    assert Text("Trang chủ", "Home").get(language) == "Inicio"
    assert Text("câu lạ", "a strange sentence").get(language) == "a strange sentence"
    assert str(load(tree("x", "fi")).page_language) == "fi"
    assert Text("Trang chủ", "Home").get(load(tree("x", "fi")).page_language) == "Home"


def test_an_outsider_adds_a_language_as_one_file() -> None:
    words = 'schema: 1\ndate: "{year}/{month}/{day}"\nwords:\n  "Home": "Etusivu"\n'
    given = tree("x", "fi-FI", **{"templates/words/site/fi.yml": words})
    language = load(given).page_language
    assert Text("Trang chủ", "Home").get(language) == "Etusivu"
    assert "stray-file" not in {each.slug for each in check_tree(given).findings}
    assert format_dates("2026-03-14", language) == "2026/03/14"


def test_days_are_written_as_the_language_does() -> None:
    said = [format_dates("2024-03-14", load(tree("x", tag)).page_language) for tag in ("es", "de", "en", "vi", "fi")]  # fmt: skip
    assert said == ["14 de marzo de 2024", "14. März 2024", "14 March 2024", "14/03/2024", "14 March 2024"]  # fmt: skip


def test_a_file_of_words_that_does_not_fit_is_told() -> None:
    given = tree("x", "es", **{"templates/words/site/es.yml": "schema: 1\nwrds: {}\n"})
    places = [each.location.path for each in check_tree(given).findings]
    assert "templates/words/site/es.yml" in places


def test_schema_begins_a_file_and_keeps_what_it_says(tmp_path: Path) -> None:
    for path, data in tree("x", "fi").files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert main(["--root", str(tmp_path), "schema", "--words", "fi"]) == 0
    file = tmp_path / "templates/words/site/fi.yml"
    begun = file.read_text()
    assert '# "Home": ""' in begun
    file.write_text(begun.replace('# "Home": ""', '  "Home": "Etusivu"'))
    assert main(["schema", "--words", "fi", "--root", str(tmp_path)]) == 0
    assert '  "Home": "Etusivu"' in file.read_text()
    with pytest.raises(SystemExit):
        main(["schema", "--words", "not a tag"])


def test_prose_rules_are_asked_only_where_their_language_is_known() -> None:
    skipped = {each.rule for each in check_tree(tree("x", "es")).skipped}
    assert {"QMS601", "QMS610"} <= skipped
    assert "QMS610" not in {each.rule for each in check_tree(tree("x", "en-GB")).skipped}


def test_papers_are_plain_wherever_the_language_is_not_vietnamese() -> None:
    assert load(tree("x", "es")).config.plain_dossier
    assert not load(tree("x", "vi")).config.plain_dossier
    given = tree("x", "vi")
    given.files["qms.yml"] += b"dossier: plain\n"
    assert load(given).config.plain_dossier


@pytest.mark.parametrize(
    ("said", "lang"), [("de_DE.UTF-8", "There is no"), ("vi_VN.UTF-8", "Không có"), ("C.UTF-8", "Không có")]
)  # fmt: skip
def test_without_a_manual_the_screen_speaks_as_the_system(
    said: str,
    lang: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    nowhere = str(tmp_path / "nowhere")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", said)
    assert main(["--root", nowhere, "check"]) == 2
    assert lang in capsys.readouterr().err
    assert main(["--lang", "vi", "check", "--root", nowhere]) == 2
    assert "Không có" in capsys.readouterr().err


def test_the_narrowest_tag_comes_first() -> None:
    assert shorter_tags("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh")


def test_a_filled_sentence_is_said_in_the_language_of_its_pattern() -> None:
    pattern = Text("đợt {number}: {why}", "release {number}: {why}")
    filled = pattern.fill({"number": "2", "why": "{x}"})
    spanish = PageLanguage.with_words(
        "es", {"release {number}: {why}": "publicación {number}: {why}"}
    )
    assert filled.get(cast("Lang", spanish)) == "publicación 2: {x}"
    assert filled.get(cast("Lang", PageLanguage.with_words("fr", {}))) == "release 2: {x}"
    assert (filled.get("vi"), filled.get("en")) == ("đợt 2: {x}", "release 2: {x}")
    plain = Text("đợt 2: {x}", "release 2: {x}")
    assert filled == plain
    assert plain == filled
    assert len({filled, plain}) == 1
    assert pickle.loads(pickle.dumps(filled)) == plain
    assert replace(filled, vi="x").get(cast("Lang", spanish)) == "release 2: {x}"


def test_a_sentence_filled_when_it_is_read_is_the_same() -> None:
    pattern, values = Text("đợt {number}", "release {number}"), {"number": "2"}
    later = FilledText.later(pattern, values)
    assert later == pattern.fill(values) == Text("đợt 2", "release 2")
    assert Text("đợt 2", "release 2") == FilledText.later(pattern, values)
    assert hash(FilledText.later(pattern, values)) == hash(pattern.fill(values))
    assert pickle.loads(pickle.dumps(FilledText.later(pattern, values))) == later
    assert FilledText.later(pattern, values).get("en") == "release 2"
    with pytest.raises(AttributeError):
        later.words  # noqa: B018


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("{count} abreviaturas", False),
        ("abreviaturas", True),
        ("{count.__class__}", True),
        ("{count:>99999999}", True),
        ("{cuenta}", True),
        ("{count", True),
    ],
)
def test_a_sentence_with_other_values_than_the_english_is_told_and_left_out(
    sentence: str, *, told: bool
) -> None:
    english = "Abbreviations used in the manual: {count}."
    made = manual(
        qms_dot_yml=MANIFEST.replace("language: vi", "language: eo"),
        templates__words__site__eo_dot_yml=f"schema: 1\ndate: '{{day.__class__}}'\nwords: {{'{english}': '{sentence}'}}\n",
    )
    assert [problem.slug for problem in made.problems] == (["wrong-value"] if told else [])
    language = made.page_language
    assert isinstance(language, PageLanguage)
    assert language.words == ({} if told else {english: sentence})
    assert language.date == ""


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    spanish = cast("Lang", PageLanguage.with_words("es", {"release {n}": "publicación {n}", "lost": "perdido", "of {what}: {why}": "de {what}: {why}"}))  # fmt: skip
    release = Text("đợt {n}", "release {n}").fill({"n": "2"})
    whole = Text("của {what}: {why}", "of {what}: {why}").fill(
        {"what": release, "why": Text("mất", "lost")}
    )
    assert whole.get(spanish) == "de publicación 2: perdido"
    assert (whole.get("vi"), whole.get("en")) == ("của đợt 2: mất", "of release 2: lost")
    both = join_texts("; ", [release, Text("mất", "lost")])
    assert both.get(spanish) == "publicación 2; perdido"
    assert (both.vi, both.en) == ("đợt 2; mất", "release 2; lost")


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"), ("he-IL", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl"), ("uz-Arab-AF", "rtl"), ("az-Hebr", "rtl"),
        ("vi", "ltr"), ("en-GB", "ltr"), ("fa-Latn", "ltr"), ("sr-Latn-RS", "ltr"), ("zh-Hant-TW", "ltr"), ("de-CH-1996", "ltr"),
    ],
)  # fmt: skip
def test_lines_begin_where_the_script_has_it(tag: str, direction: str) -> None:
    assert text_direction(tag) == direction
