"""The register of external documents against itself, and what is said of those that a text relies on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import check_tree, tiny_with

if TYPE_CHECKING:
    from qmstool.findings import Finding

PATH = "procedures/external.yml"
CITED = "nd-30-2020"  # the tiny manual names it in a text and in its mapping
HEAD = "type: Nghị định, issuer: Chính phủ, title: Văn thư"


def register(**entries: str) -> str:
    """A register of decrees: the id, and what it says besides its type, issuer and title; days of issue unless it says one."""
    lines = []
    for key, said in entries.items():
        name = key.replace("_", "-")
        issued = "" if "issued:" in said else "issued: 2020-03-05, "
        number = (
            ""
            if "number:" in said
            else f"number: {name.split('-')[1]}/{name.split('-')[2]}/NĐ-CP, "
        )
        lines.append(
            f"  {name}: {{{number}{HEAD if 'type:' not in said else 'title: x'}, {issued}{said}}}\n"
        )
    return "schema: 1\ndocuments:\n" + "".join(lines)


def findings(text: str) -> list[Finding]:
    return [
        each for each in check_tree(tiny_with({PATH: text})).findings if each.location.path == PATH
    ]


def told(text: str) -> list[tuple[str, str]]:
    """Slug and words of everything found in the register."""
    lines = text.splitlines()
    found = ((each.slug, each.location) for each in findings(text))
    return sorted(
        (slug, lines[at.line - 1][at.column - 1 : at.end_column - 1]) for slug, at in found
    )


GOOD = "nd_30_2020"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # Today is 2026-11-22. A status and the days beside it.
        ("status: in_force, expired: 2021-01-01", [("external-status-contradicted", "in_force")]),
        ("status: in_force, expired: 2026-11-22", [("external-status-contradicted", "in_force")]),
        ("status: in_force, expired: 2026-11-23", []),
        ("status: in_force, expired: unknown", []),
        (
            "status: in_transition, expired: 2021-01-01",
            [
                ("external-in-transition", "nd-30-2020"),
                ("external-status-contradicted", "in_transition"),
            ],
        ),
        ("status: in_force, effective: 2027-01-01", [("external-status-contradicted", "in_force")]),
        ("status: in_force, effective: 2026-11-22", []),
        (
            "status: superseded, expired: 2027-01-01",
            [("external-status-contradicted", "superseded")],
        ),
        ("status: repealed, expired: 2027-01-01", [("external-status-contradicted", "repealed")]),
        ("status: superseded, expired: 2021-01-01", []),
        ("status: unknown, expired: 2021-01-01", [("external-unchecked", "unknown")]),
        # A check is a thing of the past, and nobody need say who made it.
        ("status: in_force, checked_on: 2099-01-01", [("external-day-to-come", "2099-01-01")]),
        ("status: in_force, checked_on: 2026-11-22", []),
        (
            "status: in_force, issued: 2027-01-01, effective: unknown",
            [("external-day-to-come", "2027-01-01")],
        ),
        (
            "status: in_force, checked_on: 2020-03-04",
            [("days-out-of-order", "2020-03-04"), ("external-stale", "2020-03-04")],
        ),
        # What cannot be, and what can: a text may reach back behind its issue.
        ("status: superseded, expired: 2019-01-01", [("days-out-of-order", "2019-01-01")]),
        (
            "status: superseded, effective: 2020-05-01, expired: 2020-04-01",
            [("days-out-of-order", "2020-04-01")],
        ),
        (
            "status: superseded, effective: 2020-05-01, expired: 2019-04-01",
            [("days-out-of-order", "2019-04-01")],
        ),
        ("status: superseded, effective: 2020-05-01, expired: 2020-05-01", []),
        ("status: in_force, effective: 2019-01-01", []),
        # Where to read it.
        ("status: in_force, url: 'htp:/x'", [("wrong-value", "'htp:/x'")]),
        ("status: in_force, url: 'https://'", [("wrong-value", "'https://'")]),
        ("status: in_force, url: www.example.vn", [("wrong-value", "www.example.vn")]),
        (
            "status: in_force, url: 'javascript:alert(1)'",
            [("wrong-value", "'javascript:alert(1)'")],
        ),
        ("status: in_force, url: 'http://intranet/van-ban?id=1'", []),
        ("status: in_force, url: unknown", []),
        # What follows it.
        (
            "status: in_force, superseded_by: [31/2021/NĐ-CP]",
            [("external-status-contradicted", "in_force")],
        ),
        (
            "status: partly_superseded, superseded_by: [31/2021/NĐ-CP]",
            [("external-amended", "nd-30-2020")],
        ),
        (
            "status: in_transition, superseded_by: [31/2021/NĐ-CP]",
            [("external-in-transition", "nd-30-2020")],
        ),
        ("status: in_force, superseded_by: [31/2021/NĐ-CP], expired: 2027-01-01", []),
        ("status: in_force, superseded_by: [nd-khong-co]", [("unknown-external", "nd-khong-co")]),
        ("status: in_force, superseded_by: unknown", []),
        ("status: superseded, superseded_by: [nd-30-2020]", [("external-in-circle", "nd-30-2020")]),
        (
            "status: superseded, superseded_by: [30/2020/NĐ-CP]",
            [("external-in-circle", "30/2020/NĐ-CP")],
        ),
        (
            "status: amended, amended_by: [nd-30-2020]",
            [("external-amended", "nd-30-2020"), ("external-in-circle", "nd-30-2020")],
        ),
        ("status: in_force, superseded_by: [nd-30-2020]", [("external-in-circle", "nd-30-2020")]),
    ],
)
def test_one_entry_against_itself(said: str, expected: list[tuple[str, str]]) -> None:
    assert told(register(nd_30_2020=said)) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # One number twice; the same number of another year, issuer or type is another document.
        (
            {"nd_30_2020": "status: in_force", "nd_b": "number: 30/2020/NĐ-CP, status: in_force"},
            ["30/2020/NĐ-CP"],
        ),
        (
            {
                "nd_30_2020": "status: in_force",
                "nd_b": "number: 30/2020/nđ-cp, issued: unknown, status: in_force",
            },
            ["30/2020/nđ-cp"],
        ),
        (
            {
                "qd_a": "number: 101/QĐ-A, status: in_force",
                "qd_b": "number: 101/QĐ-A, issued: 2019-01-21, status: in_force",
            },
            [],
        ),
        (
            {
                "qd_a": "number: 101/QĐ-UBND, issuer: UBND tỉnh A, type: Quyết định, status: in_force",
                "qd_b": "number: 101/QĐ-UBND, issuer: UBND tỉnh B, type: Quyết định, status: in_force",
            },
            [],
        ),
        (
            {
                "qd_a": "number: '15', issuer: Sở A, type: Công văn, status: in_force",
                "qd_b": "number: '15', issuer: Sở A, type: Hướng dẫn, status: in_force",
            },
            [],
        ),
        ({"a": "number: unknown, status: in_force", "b": "number: unknown, status: in_force"}, []),
    ],
)
def test_a_number_twice(entries: dict[str, str], expected: list[str]) -> None:
    text = register(**{GOOD: "status: in_force"} | entries)
    assert [words for slug, words in told(text) if slug == "external-twice"] == expected


@pytest.mark.parametrize(
    ("entries", "circles"),
    [
        (
            [
                "superseded, superseded_by: [nd-2-2020]",
                "superseded, superseded_by: [nd-1-2020]",
                "in_force",
            ],
            ["1 → 2 → 1"],
        ),
        (
            [
                "superseded, superseded_by: [nd-2-2020]",
                "amended, amended_by: [1/2020/NĐ-CP]",
                "in_force",
            ],
            ["1 → 2 → 1"],
        ),
        (
            [f"superseded, superseded_by: [nd-{following}-2020]" for following in (2, 3, 1)],
            ["1 → 2 → 3 → 1"],
        ),
        # A way into a circle is no part of it, and two ways to one end are none.
        (
            [f"superseded, superseded_by: [nd-{following}-2020]" for following in (2, 3, 2)],
            ["2 → 3 → 2"],
        ),
        (
            [
                "superseded, superseded_by: [nd-2-2020, nd-3-2020]",
                "superseded, superseded_by: [nd-3-2020]",
                "in_force",
            ],
            [],
        ),
    ],
)
def test_circles_are_named_once(entries: list[str], circles: list[str]) -> None:
    text = register(
        **{f"nd_{at}_2020": f"status: {said}" for at, said in enumerate(entries, 1)},
        **{GOOD: "status: in_force"},
    )
    found = [each.values["circle"] for each in findings(text) if each.slug == "external-in-circle"]
    assert [each.replace("/2020/NĐ-CP", "") for each in found] == circles


def test_a_document_that_follows_itself_is_told_in_words_of_its_own() -> None:
    found = findings(register(nd_30_2020="status: superseded, superseded_by: [nd-30-2020]"))
    assert [each.message.vi.partition(",")[0] for each in found] == [
        "Danh mục ghi Nghị định 30/2020/NĐ-CP được chính nó sửa đổi hay thay thế"
    ]


@pytest.mark.parametrize(
    ("effective", "expected"),
    [("2027-01-01", []), ("2026-11-22", ["in_force"]), ("unknown", ["in_force"])],
)
def test_what_takes_its_place_later_is_no_contradiction(
    effective: str, expected: list[str]
) -> None:
    after = f"effective: {effective}, status: unknown"
    text = register(nd_30_2020="status: in_force, superseded_by: [nd-31-2021]", nd_31_2021=after)
    assert [
        words for slug, words in told(text) if slug == "external-status-contradicted"
    ] == expected


def said_of_uses(text: str) -> set[str]:
    """What is said, in Vietnamese, where the tiny manual relies on the cited decree."""
    found = check_tree(tiny_with({PATH: text})).findings
    return {
        each.message.vi
        for each in found
        if each.slug in {"superseded-external", "external-amended", "external-in-transition"}
    }


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        # An id that is not registered is told as such (unknown-external), and not as a fact.
        ({GOOD: "status: superseded, superseded_by: [nd-khong-co]"}, "Văn bản tiếp theo: chưa rõ."),
        (
            {GOOD: "status: superseded, superseded_by: [31/2021/NĐ-CP]"},
            "Văn bản tiếp theo: 31/2021/NĐ-CP.",
        ),
        ({GOOD: "status: amended, amended_by: [nd-khong-co]"}, "(bởi: chưa rõ)"),
        (
            {
                GOOD: (
                    "status: amended, amended_by: [1/2021/NĐ-CP, nd-khong-co], superseded_by: "
                    "[nd-x]"
                )
            },
            "(bởi: 1/2021/NĐ-CP)",
        ),
        (
            {
                GOOD: "status: partly_superseded, superseded_by: [nd-1-2021]",
                "nd_1_2021": "status: in_force",
            },
            "(bởi: 1/2021/NĐ-CP)",
        ),
        ({GOOD: "status: in_transition, superseded_by: [nd-khong-co]"}, "bản mới (chưa rõ)"),
        # By id or by number, a chain is followed to its end; where the end is not registered, to
        # the last that is.
        (
            {
                GOOD: "status: superseded, superseded_by: [1/2021/NĐ-CP]",
                "nd_1_2021": "status: superseded, superseded_by: [9/2024/NĐ-CP]",
            },
            "Văn bản tiếp theo: 9/2024/NĐ-CP.",
        ),
        (
            {
                GOOD: "status: superseded, superseded_by: [nd-1-2021]",
                "nd_1_2021": "status: superseded, superseded_by: [nd-khong-co]",
            },
            "Văn bản tiếp theo: 1/2021/NĐ-CP.",
        ),
        # A circle has no end, and says so.
        (
            {
                GOOD: "status: superseded, superseded_by: [nd-1-2021]",
                "nd_1_2021": "status: superseded, superseded_by: [nd-30-2020]",
            },
            "chưa rõ, vì danh mục ghi vòng tròn 30/2020/NĐ-CP → 1/2021/NĐ-CP → 30/2020/NĐ-CP.",
        ),
    ],
)
def test_what_follows_is_told_as_far_as_it_is_known(entries: dict[str, str], words: str) -> None:
    said = said_of_uses(register(**entries))
    assert len(said) == 1
    assert words in said.pop()


def test_a_stale_check_offers_no_day_to_paste() -> None:
    found = [
        each
        for each in findings(register(nd_30_2020="status: in_force, checked_on: 2026-01-05"))
        if each.slug == "external-stale"
    ]
    assert [(each.suggestion, each.fix) for each in found] == [(None, None)]
    assert "2026-11-22" not in found[0].message.vi + found[0].message.en


def test_of_a_number_twice_the_other_place_is_that_number() -> None:
    entries = {
        GOOD: "status: in_force",
        "nd_b": "number: 30/2020/nđ-cp, issued: unknown, status: in_force",
    }
    text = register(**entries)
    (finding,) = [
        each
        for each in check_tree(tiny_with({"procedures/external.yml": text})).findings
        if each.slug == "external-twice"
    ]
    (other,) = finding.related
    line = text.splitlines()[other.line - 1]
    assert line[other.column - 1 :].startswith("30/2020/NĐ-CP")
