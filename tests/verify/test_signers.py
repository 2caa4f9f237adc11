"""Who signed: somebody, with a role on that day that may approve or withdraw each type, by the settings before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qmstool.frozen import replace
from qmstool.manual.config import Habits
from qmstool.register.people import find_person
from qmstool.verify.document_types import config_of, types_named, types_of
from qmstool.verify.signers import check_signers, signer_links
from qmstool.verify.standing import judge_records
from tests.support.memory import MANIFEST
from tests.support.planted import item, record
from tests.support.proved import OTHER, TEXT, blob, issued, pin, proved

TODAY = date(2024, 12, 1)
PEOPLE = """\
roles:
  giam-doc: {name: Giám đốc, approves: [procedure]}
  pho: {name: Phó giám đốc, approves: [manual]}
people:
  an: {name: Bà  An, holds: [{role: giam-doc, from: 2024-01-01, to: 2024-02-10}]}
  binh: {name: Ông Bình, holds: [{role: pho}]}
"""
SETTINGS = (MANIFEST + PEOPLE).encode()
BARE = MANIFEST.encode()
MORE = (
    SETTINGS.replace(b"to: 2024-02-10", b"to: 2024-12-31").replace(
        b"approves: [procedure]", b"approves: [procedure, manual]"
    )
    + b"  chi: {name: Chi, holds: [{role: thu-ky}]}\n"
)
MORE = MORE.replace(
    b"people:", b"  thu-ky: {name: Th\xc6\xb0 k\xc3\xbd, approves: [procedure]}\npeople:"
)


def signed(
    number: int,
    *items: str,
    person: str = "an",
    role: str = "giam-doc",
    day: str = "2024-02-01",
    basis: bytes | None = SETTINGS,
    recorded: str = "2024-02-05",
    approvals: str = "[]",
) -> tuple[str, str]:
    pinned = f"[{pin('qms.yml', basis)}]" if basis is not None else "[]"
    path, text = record(
        number, "2024-02-01", recorded, *(items or (issued(),)), basis=pinned, approvals=approvals
    )
    text = text.replace("signer: {person: unknown}", f"signer: {{person: {person}, role: {role}}}")
    return path, text.replace("{kind: notice}", f"{{kind: decision, number: '2/QĐ', date: {day}}}")


BLOBS = (TEXT, OTHER, SETTINGS, BARE, MORE)


def told(*records: tuple[str, str]) -> list[tuple[str, str]]:
    manual, held = proved(*records, blobs=BLOBS)
    standings = judge_records(manual.releases, held, TODAY)
    found = check_signers(standings, held)
    return [
        (each.slug, manual.sources[each.location.path].words_at(each.location)) for each in found
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"person": "Bà An"}, []),
        ({"person": "bà   an"}, []),
        ({"person": "unknown"}, []),
        ({"person": "Ông X"}, [("signer-unknown", "Ông X")]),
        ({"person": "Ông X", "role": "unknown"}, [("signer-unknown", "Ông X")]),
        ({"role": "unknown"}, []),
        ({"role": "truong-phong"}, [("signer-role-unknown", "truong-phong")]),
        (
            {"role": "truong-phong", "person": "Ông X"},
            [("signer-role-unknown", "truong-phong"), ("signer-unknown", "Ông X")],
        ),
        ({"role": "pho"}, [("signer-not-holder", "an"), ("signer-may-not-approve", "pho")]),
        ({"person": "binh", "role": "pho"}, [("signer-may-not-approve", "pho")]),
        ({"day": "2024-01-01"}, []),
        ({"day": "2023-12-31"}, [("signer-not-holder", "an")]),
        ({"day": "2024-02-10"}, []),
        ({"day": "2024-02-11"}, [("signer-not-holder", "an")]),
        # Of an unknown day of signing that of recording counts; of neither, nothing is held against anybody.
        ({"day": "unknown"}, []),
        ({"day": "unknown", "recorded": "2024-02-11"}, [("signer-not-holder", "an")]),
        ({"day": "unknown", "recorded": "unknown"}, []),
        ({"basis": BARE}, []),
        ({"basis": None}, []),
    ],
)
def test_the_first_record_is_judged_by_its_own_settings(
    given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(signed(1, **given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"basis": MORE}, []),
        ({"basis": MORE, "day": "2024-02-11"}, [("right-self-given", "an")]),
        (
            {"basis": MORE, "person": "chi", "role": "thu-ky"},
            [("right-self-given", "thu-ky"), ("right-self-given", "chi")],
        ),
        ({"basis": MORE, "person": "binh", "role": "thu-ky"}, [("right-self-given", "thu-ky")]),
        ({"basis": MORE, "person": "chi"}, [("signer-unknown", "chi")]),
    ],
)
def test_a_later_one_is_judged_by_the_settings_before_it(
    given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(signed(1), signed(2, issued("revise"), **given)) == expected
    # A third is judged by the second's.
    third = signed(3, issued("revise"), **{**given, "basis": MORE})
    if "person" not in given:
        assert told(signed(1), signed(2, issued("revise"), basis=MORE), third) == []


def test_the_right_over_a_type_is_that_before_the_record() -> None:
    manual = issued("revise", text=OTHER)
    # What changes its type is both: the signer may approve procedures, and not manuals.
    assert told(signed(1), signed(2, manual)) == [("signer-may-not-approve", "giam-doc")]
    assert told(signed(1), signed(2, manual, basis=MORE)) == [("right-self-given", "giam-doc")]
    assert told(signed(1, basis=MORE), signed(2, manual)) == []
    withdrawn = told(
        signed(1, person="binh", role="pho", basis=MORE),
        signed(2, item("withdraw"), person="binh", role="pho"),
    )
    assert [slug for slug, _ in withdrawn] == ["signer-may-not-approve", "signer-may-not-approve"]
    manual_, held = proved(
        signed(1, person="binh", role="pho"),
        signed(2, item("withdraw"), person="binh", role="pho"),
        blobs=BLOBS,
    )
    words = [
        each.message.en
        for each in check_signers(judge_records(manual_.releases, held, TODAY), held)
    ]
    assert words == [
        "QT A 01: «pho» may not approve the type «procedure».",
        "QT A 01: «pho» may not withdraw the type «procedure».",
    ]


def test_who_approved_before_the_signer_is_judged_likewise() -> None:
    def approved(person: str, role: str, day: str) -> list[tuple[str, str]]:
        return told(signed(1, approvals=f"[{{person: {person}, role: {role}, date: {day}}}]"))

    assert approved("binh", "pho", "2024-02-01") == []
    assert approved("an", "giam-doc", "2024-02-11") == [("signer-not-holder", "an")]
    assert approved("an", "giam-doc", "unknown") == []
    assert approved("Ông X", "pho", "2024-02-01") == [("signer-unknown", "Ông X")]
    assert approved("binh", "truong-phong", "2024-02-01") == [
        ("signer-role-unknown", "truong-phong")
    ]
    # He approves no type: only the signer puts in force.
    assert approved("binh", "unknown", "2024-02-01") == []


def missing(*records: tuple[str, str]) -> list[tuple[int, str]]:
    manual, held = proved(*records, blobs=BLOBS)
    return [
        (each.number, each.why.en[:30])
        for each in signer_links(judge_records(manual.releases, held, TODAY), held)
    ]


def test_what_is_missing_to_judge_a_signer() -> None:
    assert missing(signed(1)) == []
    assert missing(signed(1, basis=None)) == [(1, "no qms.yml is left to tell the")]
    assert missing(signed(1, basis=BARE)) == [(1, "no qms.yml before it names any")]
    assert missing(signed(1, day="unknown", recorded="unknown")) == [
        (1, "the day of signing is unknown,")
    ]
    assert missing(signed(1, day="unknown")) == []
    for unknown in ({"person": "unknown"}, {"role": "unknown"}):
        assert missing(signed(1, basis=None, **unknown)) == []


def test_settings_that_are_not_those_recorded_are_lost() -> None:
    manual, held = proved(signed(1), blobs=BLOBS)
    assert config_of(manual.releases[0], held) is not None
    assert config_of(manual.releases[0], replace(held, blobs={blob(SETTINGS): BARE})) is None
    settings = config_of(manual.releases[0], held)
    assert settings is not None
    for written, name in (("an", "Bà  An"), ("BÀ AN", "Bà  An"), ("Bà", None), ("", None)):
        found = find_person(settings, written)
        assert (found.name if found else None) == name


def test_a_text_gives_itself_its_type() -> None:
    manual, held = proved(signed(1), blobs=BLOBS)
    (made,) = manual.releases[0].items
    assert types_named(made, held, Habits()) == {"procedure"}
    assert types_named(made, replace(held, blobs={}), Habits()) == set()
    assert types_named(made, replace(held, blobs={blob(TEXT): b"no head"}), Habits()) == set()
    bare, _ = proved(record(1, "2024-01-01", "2024-01-01", item()))
    assert types_named(bare.releases[0].items[0], held, Habits()) == set()


@pytest.mark.parametrize(
    ("act", "earlier", "judged", "after"),
    [
        (issued(), set(), {"procedure"}, {"procedure"}),
        (issued("revise", text=OTHER), {"procedure"}, {"procedure", "manual"}, {"manual"}),
        # What is withdrawn has no text: it is what it was.
        (item("withdraw"), {"procedure"}, {"procedure"}, {"procedure"}),
        # Without a text and never seen before: what its code has the shape of.
        (item("withdraw"), set(), {"procedure"}, None),
        (item("withdraw", "Q\u0422 A 01"), set(), {"procedure"}, None),  # as a reader sees it
        (item("withdraw", "QT A x"), set(), set(), None),
        (issued(text=OTHER), set(), {"procedure", "manual"}, {"manual"}),
        (issued(code="ST", text=TEXT), set(), {"procedure", "manual"}, {"procedure"}),
        (issued(code="X 1"), set(), {"procedure"}, {"procedure"}),
    ],
)
def test_the_types_that_a_record_acts_on_and_leaves_behind(
    act: str, earlier: set[str], judged: set[str], after: set[str] | None
) -> None:
    manual, held = proved(signed(1, act), blobs=BLOBS)
    (release,) = manual.releases
    key = release.items[0].key
    known = {"khac": frozenset({"manual"})} | ({key: frozenset(earlier)} if earlier else {})
    told, left = types_of(release, known, held, config_of(release, held))
    assert told == {key: judged}
    assert left == {"khac": {"manual"}} | ({key: after} if after else {})
    assert known.get(key, set()) == earlier
