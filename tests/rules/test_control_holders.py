"""People who hold roles: terms that end before they begin, and two who seem to hold one approving role."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny, tiny_with

MANIFEST = "qms.yml"


def of_people(*people: str) -> list[tuple[str, int]]:
    """Slug and line, counted from the first person, of what is found of people who hold giam-doc, or the role they say."""
    lines = [
        f"  p{at}: {{name: Người {at}, holds: [{{role: giam-doc, {each}}}]}}\n"
        for at, each in enumerate(people, 1)
    ]
    text = tiny()[MANIFEST].decode()
    report = check_tree(
        tiny_with(
            {MANIFEST: text.replace("citations:", "people:\n" + "".join(lines) + "citations:")}
        )
    )
    first = text[: text.index("citations:")].count("\n") + 1
    return [(each.slug, each.location.line - first) for each in report.findings]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (["from: 2020-01-01"], []),
        (["from: 2020-01-01, to: 2019-01-01", "from: 2021-01-01"], [("days-out-of-order", 1)]),
        (["from: 2020-01-01, to: 2020-01-01", "from: 2021-01-01"], []),
        (["from: 2020-01-01, to: 2024-02-29", "from: 2024-03-01"], []),
        # On the day of handing over both hold it.
        (["from: 2020-01-01, to: 2024-03-01", "from: 2024-03-01"], []),
        (["from: 2020-01-01", "from: 2024-03-01"], [("role-held-twice", 2)]),
        (["from: 2024-03-01", "from: 2020-01-01"], [("role-held-twice", 1)]),
        (["from: 2020-01-01, to: 2024-05-01", "from: 2024-03-01"], [("role-held-twice", 2)]),
        # Who acts for another, what is not known, and a role of many.
        (["from: 2020-01-01", "from: 2024-03-01, capacity: KT."], []),
        (["from: 2020-01-01", "from: unknown"], []),
        (["from: 2020-01-01, to: unknown", "from: 2024-03-01"], []),
        (["from: 2020-01-01", "from: 2024-03-01", "from: 2025-03-01"], []),
        # Written twice of one person, it is no second holder.
        (["from: 2020-01-01}, {role: giam-doc, from: 2021-01-01"], []),
    ],
)
def test_holders_of_an_approving_role(people: list[str], expected: list[tuple[str, int]]) -> None:
    assert of_people(*people) == expected


def test_a_role_that_approves_nothing_may_have_two() -> None:
    two = "people:\n" + "".join(
        f"  p{at}: {{name: Người {at}, holds: [{{role: tap-su, from: 2020-01-01}}]}}\n"
        for at in (1, 2)
    )
    text = tiny()[MANIFEST].decode().replace("citations:", two + "citations:")
    text = text.replace("roles:\n", "roles:\n  tap-su: {name: Văn phòng}\n")
    assert "role-held-twice" not in {
        each.slug for each in check_tree(tiny_with({MANIFEST: text})).findings
    }


@pytest.mark.parametrize(("approves", "named"), [("[procedure]", "Phó giám đốc"), ("[]", "nobody")])
def test_who_may_approve_instead_is_named(approves: str, named: str) -> None:
    text = tiny()[MANIFEST].decode()
    role = "giam-doc: {name: Giám đốc, approves: [manual, procedure]}"
    assert role in text
    other = f"giam-doc: {{name: Giám đốc, approves: [manual]}}\n  pho: {{name: Phó giám đốc, approves: {approves}}}"
    report = check_tree(tiny_with({MANIFEST: text.replace(role, other)}))
    told = [each for each in report.findings if each.slug == "approver-may-not"]
    assert {each.values["may_en"] for each in told} == {named}
    assert {each.values["may_vi"] for each in told} == {named.replace("nobody", "chưa ai")}
