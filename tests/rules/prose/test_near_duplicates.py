"""Sections that say nearly the same: how long they are, how alike, how often, and in which documents."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from tests.support.manuals import check_tree
from tests.support.marked import assert_marked
from tests.support.memory import files

SLUG = "near-duplicate"
HEAD = "---\ncode: QT A {:02}\ntype: procedure\ntitle: Việc {:02}\n---\n# Việc\n\n"


def words(count: int, first: int = 0) -> str:
    """So many different words that no rule knows."""
    return " ".join(f"từ{number}" for number in range(first, first + count))


def two(one: str, other: str) -> str:
    return f"## ⟦2. Một⟧\n\n{one}\n\n## ‹3. Hai›\n\n{other}\n"


def apart(one: str, other: str) -> str:
    return two(one, other).translate({ord(sign): None for sign in "‹›⟦⟧"})


def test_sections_of_twenty_words_are_compared_and_shorter_ones_say_little() -> None:
    assert_marked(SLUG, two(words(20), words(20)))
    assert_marked(SLUG, apart(words(19), words(19)))
    assert_marked(SLUG, apart(words(20), words(19)))


def test_chapters_are_not_compared() -> None:
    assert_marked(SLUG, two(words(400), words(400)))
    assert_marked(SLUG, apart(words(401), words(401)))


def test_six_words_of_ten_in_common_are_nearly_the_same() -> None:
    # Of a hundred words the same and in order, and of others.
    same = words(66)
    assert_marked(SLUG, two(f"{same} {words(34, 1000)}", f"{same} {words(34, 2000)}"))
    same = words(50)
    assert_marked(SLUG, apart(f"{same} {words(50, 1000)}", f"{same} {words(50, 2000)}"))


def woven(same: int, pairs: int, size: int, first: int) -> str:
    """`same` words in a row, then `pairs` of common words, each behind another; and others."""
    parts = [words(same)]
    for number in range(pairs):
        parts += [words(1, first + number), words(2, 100 + 2 * number)]
    return " ".join(parts) + f" {words(size - same - 3 * pairs, first + 500)}"


def test_three_runs_of_twenty_seven_words_are_enough_to_be_compared() -> None:
    """More than six words of ten are common, in pairs that make no run of three."""
    assert_marked(SLUG, two(woven(5, 7, 27, 1000), woven(5, 7, 27, 2000)))
    assert_marked(SLUG, apart(woven(4, 7, 27, 1000), woven(4, 7, 27, 2000)))


def test_runs_that_other_sections_share_do_not_count() -> None:
    one, other = woven(4, 7, 27, 1000), woven(4, 7, 27, 2000)
    third = " ".join([*other.split()[4:], *other.split()[:4]]).replace("từ", "chữ")
    assert_marked(SLUG, f"{apart(one, other)}\n## 4. Ba\n\n{third}\n\n## 5. Bốn\n\n{words(4).replace('từ', 'chữ')} {words(16, 3000)}\n")  # fmt: skip


def test_exactly_six_words_of_ten_are_enough() -> None:
    def text(common: int, first: int) -> str:
        mixed = [
            words(1, first + number) + f" {words(1, 100 + number)}" for number in range(common)
        ]
        return " ".join([words(6), *mixed, words(24 - 2 * common, first + 500)])

    assert_marked(SLUG, two(text(12, 1000), text(12, 2000)))
    assert_marked(SLUG, apart(text(11, 1000), text(11, 2000)))


def test_the_same_words_in_another_order_say_something_else() -> None:
    backwards = " ".join(reversed(words(22, 5).split()))
    assert_marked(SLUG, apart(words(27), f"{words(5)} {backwards}"))


def test_the_other_may_be_twice_as_long() -> None:
    parts = [words(10, number * 100) for number in range(5)]
    again = ". ".join(reversed(parts))
    assert_marked(SLUG, two(". ".join(parts), f"{again}. {words(48, 1000)}"))
    assert_marked(SLUG, apart(". ".join(parts), f"{again}. {words(49, 1000)}"))


def test_the_order_of_sentences_does_not_matter_but_the_length_does() -> None:
    parts = [words(20, number * 100) for number in range(5)]
    assert_marked(SLUG, two(". ".join(parts), ". ".join(reversed(parts))))
    assert_marked(SLUG, two(words(50), words(95)))
    assert_marked(SLUG, apart(words(50), words(150)))


def test_the_same_number_twice_is_another_rules() -> None:
    assert_marked(SLUG, f"## 2. Một\n\n{words(30)}\n\n## 2. Hai\n\n{words(30)}\n")
    assert_marked(SLUG, f"## ⟦Một⟧\n\n{words(30)}\n\n## ‹Hai›\n\n{words(30)}\n")


def test_the_same_address_twice_in_a_file_is_another_rules() -> None:
    assert_marked(SLUG, f"## Một {{#x}}\n\n{words(30)}\n\n## Hai {{#x}}\n\n{words(30)}\n")
    other = {"manual/1/4.2.md": f"# 4.2. Khác\n\n## ‹Việc›\n\n{words(30)}\n"}
    assert_marked(SLUG, f"## ⟦Việc⟧\n\n{words(30)}\n", **other)


def test_a_document_of_one_file_is_compared_with_itself() -> None:
    given = files(**{"procedures/b.md": HEAD.format(2, 2) + apart(words(30), words(30))})
    (finding,) = check_tree(given, rules=(BY_SLUG[SLUG],)).findings
    assert finding.location.path == "procedures/b.md"


def test_files_of_one_document_are_compared() -> None:
    told = assert_marked(
        SLUG,
        f"## ⟦2. Một⟧\n\n{words(30)}\n",
        **{"manual/1/4.2.md": f"# 4.2. Khác\n\n## ‹3. Hai›\n\n{words(30)}\n"},
    )
    assert (told.value("title"), told.value("other")) == (["3. Hai"], ["2. Một"])


def documents(count: int, text: str, *, told: bool) -> dict[str, str]:
    found = {}
    for number in range(2, 2 + count):
        heading = "2. Việc"
        if told:
            heading = f"⟦{heading}⟧" if number == 2 else f"‹{heading}›"
        found[f"procedures/{number}.md"] = HEAD.format(number, number) + f"## {heading}\n\n{text}\n"
    return found


def test_sections_of_forty_words_are_compared_between_documents() -> None:
    assert_marked(SLUG, **documents(2, words(60), told=True))
    assert_marked(SLUG, **documents(2, words(40), told=True))
    assert_marked(SLUG, **documents(2, words(39), told=False))


# Where the titles are one, each is told once.
@pytest.mark.parametrize(("count", "pairs"), [(2, 1), (4, 3), (5, 0)])
def test_what_stands_in_five_documents_is_a_formula(count: int, pairs: int) -> None:
    given = files(**documents(count, words(60), told=False))
    report = check_tree(given, rules=(BY_SLUG[SLUG],))
    assert len(report.findings) == pairs


@pytest.mark.parametrize(("count", "pairs"), [(2, 1), (4, 6), (5, 0)])
def test_what_stands_in_five_sections_of_one_document_is_a_formula(count: int, pairs: int) -> None:
    body = "".join(f"## {number}. Việc\n\n{words(30)}\n\n" for number in range(2, 2 + count))
    report = check_tree(files(body=body), rules=(BY_SLUG[SLUG],))
    assert len(report.findings) == pairs


@pytest.mark.parametrize(("common", "is_told"), [(90, True), (63, True), (60, False)])
def test_between_documents_most_runs_must_be_common(common: int, is_told: bool) -> None:
    one = documents(2, "", told=is_told)
    texts = [f"{words(common)} {words(100 - common, 1000 * number)}" for number in (1, 2)]
    given = {
        path: text.rstrip("\n") + f"\n\n{own}\n"
        for (path, text), own in zip(one.items(), texts, strict=True)
    }
    assert_marked(SLUG, **given)


# Of forty runs of three words, twenty-four are common or one less.
@pytest.mark.parametrize(("common", "is_told"), [(26, True), (25, False)])
def test_six_runs_of_ten_are_most(common: int, is_told: bool) -> None:
    one = documents(2, "", told=is_told)
    texts = [f"{words(common)} {words(42 - common, 1000 * number)}" for number in (1, 2)]
    given = {
        path: f"{text.rstrip()}\n\n{own}\n"
        for (path, text), own in zip(one.items(), texts, strict=True)
    }
    assert_marked(SLUG, **given)


def test_two_files_are_a_document_of_several() -> None:
    tree = files(body=f"## 2. Một\n\n{words(30)}\n")
    tree.files["manual/index.md"] += f"## 3. Hai\n\n{words(30)}\n".encode()
    del tree.files["manual/2/01.md"]
    report = check_tree(tree, rules=(BY_SLUG[SLUG],))
    assert len(report.findings) == 1
