"""What stands beside a finding: the other places that belong to it, and which of two is named."""

from __future__ import annotations

import pytest

from qmstool.rules import BY_SLUG
from tests.support.manuals import check_tree
from tests.support.marked import assert_marked
from tests.support.memory import CATALOGUE, MANIFEST, MAPPING, PROCEDURE, files
from tests.support.planted import item, record

HEAD = "---\ncode: QT A {:02}\ntype: procedure\ntitle: Việc {:02}\n{}---\n# Việc\n\n"


def documents(count: int, keys: str) -> dict[str, str]:
    return {
        f"procedures/{number:02}.md": HEAD.format(number, number, keys)
        for number in range(2, 2 + count)
    }


@pytest.mark.parametrize("count", [9, 12])
def test_owners_that_nobody_knows_are_told_one_by_one_or_once_with_the_others(count: int) -> None:
    given = documents(count, "owner: unknown\n")
    given["procedures/qt-a-01.md"] = PROCEDURE.replace("title:", "owner: VP\ntitle:")
    given["manual/index.md"] = "---\ncode: ST\ntype: manual\ntitle: Sổ tay\nowner: VP\n---\n"
    if count > 10:
        marked = {path: text.replace("unknown", "⟦unknown⟧") for path, text in given.items()}
        marked["procedures/02.md"] = given["procedures/02.md"].replace("unknown", "‹unknown›")
        told = assert_marked("unknown-owner", **marked)
        assert told.value("more_en") == [f" and of others: {count - 1}"]
    else:
        marked = {path: text.replace("unknown", "‹unknown›") for path, text in given.items()}
        told = assert_marked("unknown-owner", **marked)
        assert told.value("more_en") == [""] * count
        assert told.beside == []


def test_a_parent_that_can_be_none() -> None:
    own = {"procedures/02.md": HEAD.format(2, 2, "parent: ‹QT A 02›\n")}
    assert assert_marked("parent-impossible", **own).beside == []


def test_a_text_that_is_here_although_it_is_said_not_to_be() -> None:
    text = HEAD.format(2, 2, "text: ‹not-held›\n").replace("# Việc", "# ⟦Việc⟧")
    told = assert_marked("held-after-all", **{"procedures/02.md": text + "## 2. Khác\n\nLàm.\n"})
    assert told.suggestions == ["held"]


def test_a_clause_below_the_row_is_meant_that_no_row_answers() -> None:
    clauses = '  "4.1.1": {vi: A, en: A}\n  "4.1.2": {vi: B, en: B}\n'
    catalogue = CATALOGUE.replace('  "4.10"', clauses + '  "4.10"')
    mapping = MAPPING.replace("documents: [QT A 01]}", 'covers: [‹"4.10"›]}')
    mapping += '  "4.1.1": {section: "4.1"}\n'
    given = {"clauses/catalogues/small.yml": catalogue, "clauses/mapping/small.yml": mapping}
    assert assert_marked("covers-not-below", **given).suggestions == ["4.1.2"]


PROOF = "[{kind: candidate, file: releases/candidates/dot-1.yml}]"
OPINIONS = """\
schema: 1
candidate: dot-1
asked: []
signed:
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["{as: author, person: an, date: 2024-01-01}"], True),
        (["{as: author, person: Bà An, date: 2024-01-01}"], False),
        (
            [
                "{as: author, person: an, date: 2024-01-01}",
                "{as: author, person: binh, date: 2024-01-01}",
            ],
            False,
        ),
        (["{as: reviewer, person: binh, date: 2024-01-01}"], False),
        (["{as: author, documents: [ST], person: an, date: 2024-01-01}"], False),
    ],
)
def test_who_signs_alone_what_he_wrote(rows: list[str], told: bool) -> None:
    path, text = record(1, "2024-01-01", "2024-01-01", item(), evidence=PROOF)
    place = "‹an›" if told else "an"
    given = {
        path: text.replace("person: unknown", f"person: {place}"),
        "releases/opinions/dot-1.yml": OPINIONS + "".join(f"  - {row}\n" for row in rows),
    }
    assert_marked("signer-is-author", **given)


def key(name: str, until: str = "") -> str:
    option = f'valid-before="{until}" ' if until else ""
    return f"{name}@x {option}ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{name * 20}\n"


@pytest.mark.parametrize(
    ("keys", "who"),
    [
        ((key("a", "20261201"),), "a@x"),
        ((key("a", "20261201"), key("b", "20261202")), "b@x"),
        ((key("a", "20261202"), key("b", "20261201")), "a@x"),
        ((key("a", "20261201"), key("b", "20261201")), "a@x"),
        ((key("a", "20261201"), key("b", "20300101")), None),
        ((key("a", "20261201"), key("b")), None),
    ],
)
def test_the_last_key_that_may_seal_is_named_the_first_of_equals(
    keys: tuple[str, ...], who: str | None
) -> None:
    tree = files(**{"releases/allowed_signers": "".join(keys), "qms.yml": MANIFEST})
    report = check_tree(tree, rules=(BY_SLUG["sealing-key-ending"],))
    assert [each.values["who"] for each in report.findings] == ([who] if who else [])


def test_a_table_that_is_a_document_is_here_after_all() -> None:
    head = HEAD.format(2, 2, "text: ‹not-held›\nfile: ⟦../clauses/mapping/small.yml⟧\n")
    told = assert_marked("held-after-all", **{"procedures/02.md": head.partition("# Việc")[0]})
    assert told.suggestions == ["held"]
