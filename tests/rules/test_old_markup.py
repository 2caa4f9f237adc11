"""Test the rule `old-markup`: what `--fix` makes of it, and what stays until the next revision."""

from __future__ import annotations

import pytest

from qmstool.checking.fixes import apply_fixes
from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_document
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.baseline import baseline_text
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.memory import MemoryTree
from tests.support.rule_examples import example

SLUG = "old-markup"
PAGE = "manual/2.1.md"
HEAD = tiny()[PAGE].decode()
NOTE = '!!! note "Lưu ý"\n    Hỏi lại lịch.\n'
CANDIDATE = (
    "schema: 1\ncandidate: dot-2\ntitle: Đợt 2\n"
    "commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nprepared: 2026-11-01\nbasis: []\n"
    "items:\n  - {{code: QT VP 01, act: new, title: Quy trình kiểm soát tài liệu, issue: 1, "
    "revision: 0, digest: {digest}}}\n"
)


def old_places(tree: MemoryTree) -> list[tuple[str, str, str | None]]:
    """Place, Vietnamese message and fix of each finding of the rule."""
    findings = [each for each in check_tree(tree).findings if each.slug == SLUG]
    places = [(each, each.location) for each in findings]
    return [
        (
            f"{place.path}:{place.line}:{place.column}-{place.end_line}:{place.end_column}",
            each.message.vi,
            each.fix,
        )
        for each, place in places
    ]


def fixed(tree: MemoryTree) -> dict[str, bytes]:
    return {each.path: each.after for each in apply_fixes(check_tree(tree).findings, tree.read)}


def released(text: str) -> MemoryTree:
    """The tiny manual with a page, taken over as its baseline."""
    tree = tiny_with({PAGE: text})
    record = baseline_text(tree)
    return MemoryTree({**tree.files, "releases/0001.yml": record})


def test_what_the_page_calls_bad_becomes_what_it_calls_good() -> None:
    text = read_page(BY_SLUG[SLUG], "vi")
    bad, good = (example(text, HEADINGS["vi"][at]).files for at in (2, 3))
    assert fixed(tiny_with(bad)) == good


def test_a_draft_comes_with_the_words_that_take_its_place() -> None:
    new = "> [!NOTE]\n> **Lưu ý**\n>\n> Hỏi lại lịch."
    ((place, message, fix),) = old_places(tiny_with({PAGE: f"{HEAD}\n{NOTE}"}))
    line = HEAD.count("\n") + 2
    assert (place, fix) == (f"{PAGE}:{line}:1-{line + 1}:18", new)
    assert "thành > [!NOTE]; qmstool check --fix" in message


def test_a_title_that_the_alert_bears_itself_is_left_out() -> None:
    note = NOTE.replace("Lưu ý", "Ghi chú")
    assert fixed(tiny_with({PAGE: f"{HEAD}\n{note}"})) == {
        PAGE: f"{HEAD}\n> [!NOTE]\n> Hỏi lại lịch.\n".encode()
    }


def test_a_text_in_force_stays_until_its_next_revision() -> None:
    tree = released(f"{HEAD}\n{NOTE}")
    ((place, message, fix),) = old_places(tree)
    line = HEAD.count("\n") + 2
    assert (place, fix) == (f"{PAGE}:{line}:1-{line}:17", None)
    assert "viết lại với lần sửa đổi tới" in message
    assert fixed(tree) == {}
    changed = MemoryTree({**tree.files, PAGE: f"{HEAD}\nThêm một câu.\n\n{NOTE}"})
    assert list(fixed(changed)) == [PAGE]


@pytest.mark.parametrize("changed", [False, True])
def test_a_text_before_the_signer_stays(*, changed: bool) -> None:
    path = "procedures/qt-vp-01.md"
    text = f"{tiny()[path].decode()}\n{NOTE}"
    tree = tiny_with({path: text})
    digest = digest_document(load(tree).documents["qt-vp-01"], tree.read)
    files = {
        path: f"{text}\nThêm một câu.\n" if changed else text,
        "releases/candidates/dot-2.yml": CANDIDATE.format(digest=digest),
    }
    ((place, message, fix),) = old_places(tiny_with(files))
    assert place.split(":")[0] == path
    assert (fix is not None) == changed
    assert ("với lần sửa đổi tới" in message) != changed


def test_with_a_release_that_cannot_be_read_nothing_is_certain() -> None:
    files = {PAGE: f"{HEAD}\n{NOTE}", "releases/0001.yml": "schema: [1\n"}
    assert [fix for _, _, fix in old_places(tiny_with(files))] == [None]


@pytest.mark.parametrize(
    "note",
    [
        "- a\n\n    !!! note\n        b\n",
        "> !!! note\n>     b\n",
        "??? note\n    ```\n    mã\n",
    ],
)
def test_what_would_look_otherwise_is_left_to_the_writer(note: str) -> None:
    ((_, message, fix),) = old_places(tiny_with({PAGE: f"{HEAD}\n{note}"}))
    assert fix is None
    assert "hãy tự viết lại" in message


def test_abbreviations_are_told_once_a_file() -> None:
    text = f"{HEAD}\nLập BCX và BCY.\n\n*[BCX]: báo cáo xa\n*[BCY]: báo cáo gần\n"
    ((place, message, fix),) = old_places(tiny_with({PAGE: text}))
    line = HEAD.count("\n") + 4
    assert (place, fix) == (f"{PAGE}:{line}:1-{line}:19", None)
    assert "2 dòng như thế" in message


def test_the_rest_of_a_file_stays_as_it_is_stored() -> None:
    text = f"\ufeff{HEAD}\nhai  \n{NOTE}ba\t\n".replace("\n", "\r\n")
    new = f"{HEAD}\nhai  \n\n> [!NOTE]\n> **Lưu ý**\n>\n> Hỏi lại lịch.\n\nba\t\n"
    assert fixed(tiny_with({PAGE: text.encode()})) == {PAGE: new.encode()}
