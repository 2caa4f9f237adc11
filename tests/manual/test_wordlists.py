"""The word lists: the package's fit their shape, a manual's own are added, and what does not fit is told."""

from __future__ import annotations

from typing import cast, get_args

import pytest

from qmstool.i18n import Lang
from qmstool.manual.loading import wordlists
from qmstool.manual.schema.wordlists import WORDS_FILE
from qmstool.parsing.source import SourceFile
from qmstool.storage import resources
from tests.support.manuals import check_tree
from tests.support.memory import files, manual

LANGS = cast("tuple[Lang, ...]", get_args(Lang))


@pytest.mark.parametrize("lang", LANGS)
def test_the_packages_lists_fit_and_leave_none_out(lang: Lang) -> None:
    source = SourceFile(
        f"templates/words/{lang}.yml", resources.find(None, f"templates/words/{lang}.yml") or b""
    )
    lists, problems = wordlists.read_word_lists(source)
    assert problems == []
    assert set(lists.plain) == {field.name for field in WORDS_FILE.fields} - {
        "schema", "slips", "old_words", "variants", "tones", "periods", "units",
    }  # fmt: skip
    # What holds in every language stands in mul.yml.
    for name in {field.name for field in WORDS_FILE.fields} - {"standard_bodies", "laws"}:
        assert f"\n{name}:" in source.text


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_stands_twice(lang: Lang) -> None:
    lists = wordlists.packaged_lists(lang)
    said = {
        **lists.plain,
        "slips": [said for said, _ in lists.slips],
        "old_words": [said for said, _ in lists.old_words],
    }
    twice = {
        name: [word for word in words if list(words).count(word) > 1]
        for name, words in said.items()
    }
    assert not any(twice.values()), twice


def test_a_manuals_own_words_are_added() -> None:
    own = "schema: 1\nweak: [lúc rảnh]\nslips: [{said: sở sách, meant: sổ sách}]\n"
    body = "Việc này làm lúc rảnh, nếu cần thiết thì ghi sở sách."
    report = check_tree(files(body=body, templates__words__vi_dot_yml=own))
    assert [(each.slug, each.values["words"]) for each in report.findings if each.location.path == "manual/1/4.1.md"] == [
        ("likely-slip", "sở sách"), ("weak-obligation", "lúc rảnh"), ("weak-obligation", "nếu cần thiết"),
    ]  # fmt: skip


def test_what_does_not_fit_is_a_finding_in_that_file() -> None:
    report = check_tree(
        files(
            templates__words__vi_dot_yml="schema: 1\nweek: [lúc rảnh]\nslips: [{said: sở sách}]\n"
        )
    )
    told = [
        (each.slug, each.location.line)
        for each in report.findings
        if each.location.path == "templates/words/vi.yml"
    ]
    assert told == [("unknown-key", 2), ("missing-key", 3)]


def test_a_broken_file_of_words_breaks_nothing_else() -> None:
    report = check_tree(files(body="Làm nếu cần thiết.", templates__words__vi_dot_yml="weak: [\n"))
    assert {"broken-yaml", "weak-obligation"} <= {each.slug for each in report.findings}


def test_loading_gives_the_lists_of_the_languages_of_a_manual() -> None:
    own = "schema: 1\nweak: [lúc rảnh]\n"
    read = manual(templates__words__vi_dot_yml=own)
    assert set(read.word_lists) == {"vi", "en", "mul"}
    assert read.word_lists["vi"]["weak"] == (*wordlists.packaged_lists("vi")["weak"], "lúc rảnh")
