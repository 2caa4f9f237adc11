"""Who has not read what is in force, what a person answers for, and when a review is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.register.readings import people_by_unit, unread_texts
from qmstool.register.responsibilities import Responsibilities
from qmstool.register.reviews import review_due
from qmstool.register.status import register
from qmstool.releases.record import check_code
from qmstool.tables.registers import status_row
from tests.support.memory import MANIFEST, PROCEDURE
from tests.support.planted import item, planted, record

if TYPE_CHECKING:
    from qmstool.manual.model import Manual

DAY = date(2024, 6, 1)
DIGEST = "a" * 64
PEOPLE = """\
units:
  VP: {name: Văn phòng, head: chanh-vp}
  KT: {name: Kỹ thuật}
  TC: {name: Tài chính}
roles:
  chanh-vp: {name: Chánh văn phòng, unit: TC}
  tho: {name: Thợ, unit: KT}
people:
  an: {name: Bà An, holds: [{role: chanh-vp, from: 2024-01-01, to: 2024-06-01}]}
  binh: {name: Ông Bình, holds: [{role: tho, from: 2024-01-01}]}
  chi: {name: Bà Chi, holds: [{role: tho, from: 2024-06-02}]}
"""
RELEASED = record(1, "2024-01-01", "2024-01-01", item(issue="'1'", revision="'0'", digest=DIGEST))


def manual(head: str = "", **more: str) -> Manual:
    text = PROCEDURE.replace("title:", f"{head}title:")
    files = {"qms.yml": MANIFEST + PEOPLE, "procedures/qt-a-01.md": text, **more}
    return planted(RELEASED, **files)


def unread(made: Manual, day: date = DAY) -> list[tuple[str, str]]:
    standing = register(made, made.releases, day)
    return [(each.unit, each.person) for each in unread_texts(made, standing)]


def read(*rows: str, code: str = check_code(DIGEST)) -> dict[str, str]:
    same = f'document: QT A 01, issue: "1", revision: "0", check_code: {code}'
    lines = "".join(f"  - {{{same}, {row}}}\n" for row in rows)
    return {"releases/readings.yml": f"schema: 1\nreadings:\n{lines}"}


ALL = "distribution: [{unit: VP}, {unit: KT}, {unit: KT}]\n"


def test_the_people_of_a_unit_are_those_who_hold_its_roles_that_day_and_its_head() -> None:
    config = manual().config
    assert people_by_unit(config, DAY) == {"VP": ("an",), "TC": ("an",), "KT": ("binh",)}
    assert people_by_unit(config, date(2024, 6, 2)) == {"KT": ("binh", "chi")}


def test_who_has_not_read_is_asked_person_by_person() -> None:
    assert unread(manual(ALL)) == [("VP", "an"), ("KT", "binh")]
    assert unread(manual(ALL), date(2024, 6, 2)) == [("VP", ""), ("KT", "binh"), ("KT", "chi")]
    assert unread(manual(ALL), date(2023, 12, 31)) == []
    assert unread(manual()) == []


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("person: binh, date: 2024-06-01", [("VP", "an")]),
        ("person: Ông Bình, date: 2024-05-01", [("VP", "an")]),
        ("person: binh, date: unknown", [("VP", "an")]),
        ("person: binh, date: 2024-06-02", [("VP", "an"), ("KT", "binh")]),
        ("person: Ông Khác, unit: KT, date: 2024-05-01", [("VP", "an"), ("KT", "binh")]),
    ],
)
def test_a_reading_counts_from_its_day_under_name_or_key(
    row: str, left: list[tuple[str, str]]
) -> None:
    assert unread(manual(ALL, **read(row))) == left


def test_a_reading_is_of_the_very_text() -> None:
    row = "person: binh, date: 2024-05-01"
    assert unread(manual(ALL, **read(row, code=check_code("b" * 64)))) == [
        ("VP", "an"),
        ("KT", "binh"),
    ]


def test_anybody_may_read_for_a_unit_of_which_nobody_is_known() -> None:
    later = date(2024, 6, 2)
    assert unread(manual(ALL, **read("person: x, unit: VP, date: 2024-06-02")), later) == [
        ("KT", "binh"),
        ("KT", "chi"),
    ]
    assert unread(manual(ALL, **read("person: x, unit: TC, date: 2024-06-02")), later)[0] == (
        "VP",
        "",
    )


def test_a_manual_of_the_past_is_asked_by_the_records_of_now() -> None:
    past, now = manual(ALL), manual(ALL, **read("person: binh, date: 2024-05-01"))
    standing = register(past, past.releases, DAY, tip=now)
    assert [(each.unit, each.person) for each in unread_texts(past, standing)] == [("VP", "an")]


def answers(made: Manual, person: str, day: date = DAY) -> list[tuple[str, str]]:
    asked = Responsibilities(person, made, register(made, made.releases, day))
    return [
        (each.kind, each.role) for of_document in asked.documents.values() for each in of_document
    ]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("owner: VP\n", [("owns", "chanh-vp")]),
        ("owner: an\n", [("owns", "")]),
        ("owner: chanh-vp\n", [("owns", "chanh-vp")]),
        ("owner: TC\n", []),
        ("owner: tho\n", []),
        ("authors: [an, chanh-vp, binh]\n", [("authors", ""), ("authors", "chanh-vp")]),
        ("reviewers: [chanh-vp]\n", [("reviewers", "chanh-vp")]),
        ("approver: chanh-vp\n", [("approves", "chanh-vp")]),
        ("", []),
    ],
)
def test_what_a_person_answers_for(head: str, told: list[tuple[str, str]]) -> None:
    assert answers(manual(head), "an") == told


def test_roles_units_and_who_else_holds_them_are_of_the_day() -> None:
    made = manual("owner: chanh-vp\n")
    assert answers(made, "an", date(2024, 6, 2)) == []
    asked = Responsibilities("an", made, register(made, made.releases, DAY))
    assert (asked.name, asked.roles, dict(asked.units)) == (
        "Bà An",
        ("chanh-vp",),
        {"VP": "chanh-vp"},
    )
    later = Responsibilities("binh", made, register(made, made.releases, date(2024, 6, 2)))
    assert later.others("tho") == ("Bà Chi",)
    assert Responsibilities("binh", made, register(made, made.releases, DAY)).others("tho") == ()
    assert asked.others("tho") == ("Ông Bình",)


def reviewed(*rows: str) -> dict[str, str]:
    lines = "".join(f"  - {{document: QT A 01, person: binh, {row}}}\n" for row in rows)
    return {"releases/reviews.yml": f"schema: 1\nreviews:\n{lines}"} if rows else {}


SAME = f'issue: "1", revision: "0", check_code: {check_code(DIGEST)}'


@pytest.mark.parametrize(
    ("rows", "last", "due"),
    [
        ((), None, "2025-01-01"),
        ((f"{SAME}, date: 2024-05-31, outcome: stands",), "2024-05-31", "2025-05-31"),
        ((f"{SAME}, date: 2024-06-01, outcome: stands",), "2024-06-01", "2025-06-01"),
        ((f"{SAME}, date: 2024-06-02, outcome: stands",), None, "2025-01-01"),
        ((f"{SAME}, date: unknown, outcome: stands",), None, "2025-01-01"),
        ((f"{SAME}, date: 2024-05-31, outcome: returned",), "2024-05-31", "2025-01-01"),
        # Of another text it says nothing of this one.
        ((SAME.replace('"0"', '"1"') + ", date: 2024-05-31, outcome: stands",), None, "2025-01-01"),
        ((SAME.replace('"1"', '"2"') + ", date: 2024-05-31, outcome: stands",), None, "2025-01-01"),
        # The last of several counts, in whatever order they stand; of one day the one written last.
        (
            (
                f"{SAME}, date: 2024-05-31, outcome: stands",
                f"{SAME}, date: 2024-03-31, outcome: stands",
            ),
            "2024-05-31",
            "2025-05-31",
        ),
        (
            (
                f"{SAME}, date: 2024-03-31, outcome: stands",
                f"{SAME}, date: 2024-05-31, outcome: returned",
            ),
            "2024-05-31",
            "2025-03-31",
        ),
    ],
)
def test_a_review_of_the_very_text_moves_the_next_one(
    rows: tuple[str, ...], last: str | None, due: str
) -> None:
    made = manual("review_months: 12\n", **reviewed(*rows))
    status = register(made, made.releases, DAY).statuses["qt-a-01"]
    told = status.last_review and status.last_review.date
    assert (str(told.day) if told else None) == last
    found = review_due(made.documents["qt-a-01"], status, made.config)
    assert found is not None
    assert found.isoformat() == due


@pytest.mark.parametrize(
    ("who", "due", "said"),
    [
        ("binh", "2025-05-31", ""),
        ("x", "2025-01-01", " (does not count: not in qms.yml, and no evidence)"),
        ("x, evidence: [{kind: paper}]", "2025-01-01", " (does not count: not in qms.yml, and no evidence)"),
        ('x, evidence: [{kind: paper, reference: "-"}]', "2025-01-01", " (does not count: not in qms.yml, and no evidence)"),
        ("x, evidence: [{kind: paper, original: Văn phòng}]", "2025-05-31", ""),
        ("cu", "2025-01-01", " (does not count: held no role on that day)"),
    ],
)  # fmt: skip
def test_a_review_by_a_stranger_or_somebody_without_a_role_moves_no_day(
    who: str, due: str, said: str
) -> None:
    left = "  cu: {name: Cũ, holds: [{role: tho, from: 2020-01-01, to: 2024-02-29}]}\n"
    row = f"{{document: QT A 01, {SAME}, date: 2024-05-31, outcome: stands, person: {who}}}"
    reviews = {"releases/reviews.yml": f"schema: 1\nreviews:\n  - {row}\n"}
    made = manual("review_months: 12\n", **reviews, **{"qms.yml": MANIFEST + PEOPLE + left})
    standing = register(made, made.releases, DAY)
    status = standing.statuses["qt-a-01"]
    assert str(review_due(made.documents["qt-a-01"], status, made.config)) == due
    assert status_row(made, standing, status, "en")["review"] == f"stands as it is{said}"


@pytest.mark.parametrize(
    ("own", "of_type", "due"),
    [
        ("review_months: 6\n", "review_months: 24, ", "2024-07-01"),
        ("", "review_months: 24, ", "2026-01-01"),
        ("review_months: unknown\n", "review_months: 24, ", None),
        ("", "", None),
    ],
)
def test_the_interval_is_the_documents_own_or_its_types(
    own: str, of_type: str, due: str | None
) -> None:
    settings = (MANIFEST + PEOPLE).replace("name: Quy trình,", f"name: Quy trình, {of_type}")
    made = manual(own, **{"qms.yml": settings})
    status = register(made, made.releases, DAY).statuses["qt-a-01"]
    found = review_due(made.documents["qt-a-01"], status, made.config)
    assert (found.isoformat() if found else None) == due
    before = register(made, made.releases, date(2023, 12, 31)).statuses["qt-a-01"]
    assert review_due(made.documents["qt-a-01"], before, made.config) is None
