"""What is written of a signed candidate: its shape, numbers that were used, and one record of one decision."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.candidates.recording import (
    Instrument,
    Recording,
    SignedInstrument,
    earlier_record,
    record_release,
)
from qmstool.candidates.unseen import UnseenError
from qmstool.frozen import replace
from qmstool.i18n import QmsError
from qmstool.manual.loading.candidates import read_candidate
from qmstool.manual.releases import Approval
from qmstool.parsing.source import SourceFile
from tests.support.planted import item, planted, record

if TYPE_CHECKING:
    from qmstool.manual.candidates import Candidate

PATH = "releases/candidates/dot-2.yml"
DAY = date(2024, 3, 20)
PAPER = Instrument("decision", "12/QĐ", date(2024, 3, 1), "an", "giam-doc", "", date(2024, 3, 15))
WHO = Recording("van-thu", DAY, "t")
FIRST = record(1, "2024-01-01", "2024-01-01", item(issue="'1'", revision="'0'", digest="a" * 64))


def candidate(*items: str) -> Candidate:
    text = (
        f"schema: 1\ncandidate: dot-2\ntitle: Đợt 2\ncommit: {'a' * 40}\nprepared: 2024-02-20\n"
        f"basis: []\nitems: [{', '.join(items)}]\n"
    )
    return read_candidate(SourceFile(PATH, text.encode()))[0]


def made(
    found: Candidate,
    *records: tuple[str, str],
    paper: SignedInstrument | None = None,
    who: Recording = WHO,
) -> tuple[str, str]:
    releases = planted(*records).releases
    files = {path: text.encode() for path, text in records}
    signed = paper or SignedInstrument(PAPER)
    return record_release(found, found.source.text.encode(), files, releases, signed, who)


REVISED = item("revise", issue="'1'", revision="'1'", digest="b" * 64)


@pytest.mark.parametrize(
    ("items", "who", "shape"),
    [
        (REVISED, WHO, "1"),
        (REVISED, replace(WHO, without_evidence=True), "2"),
        (REVISED[:-1] + ", follows: 1}", WHO, "2"),
    ],
)
def test_a_record_has_the_first_shape_that_knows_its_keys(
    items: str, who: Recording, shape: str
) -> None:
    path, text = made(candidate(items), FIRST, who=who)
    assert path == "releases/0002.yml"
    assert re.findall(r"^schema: (\d)$", text, re.MULTILINE) == [shape]
    assert ("without_evidence: true" in text) is who.without_evidence
    assert "as_signed" not in text


def test_the_first_record_is_number_one() -> None:
    first = candidate(item(issue="'1'", revision="'0'", digest="a" * 64))
    path, text = made(first)
    assert path == "releases/0001.yml"
    assert "previous: none\n" in text


def test_what_was_signed_beside_another_text_in_force_is_recorded_knowingly() -> None:
    unseen = candidate(REVISED[:-1] + ", follows: 0}")
    with pytest.raises(UnseenError):
        made(unseen, FIRST)
    _, text = made(unseen, FIRST, who=replace(WHO, as_signed=True))
    assert "as_signed: true\n" in text
    assert "schema: 2\n" in text


def test_who_approved_before_is_written_with_what_is_known_of_it() -> None:
    approvals = (
        Approval("binh", "pho", "", date(2024, 2, 28)),
        Approval("chi", "unknown", "", DAY),
    )
    _, text = made(candidate(REVISED), FIRST, paper=SignedInstrument(PAPER, (), approvals))
    assert text.startswith("schema: 2\n") or "\nschema: 2\n" in text
    assert "role: pho" in text
    assert "role: unknown" not in text


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (item("revise", issue="'1'", revision="'0'", digest="b" * 64), True),
        (item("reissue", issue="'1'", revision="'0'", digest="a" * 64), False),
        (item("withdraw", issue="'1'", revision="'0'", digest="none"), False),
        (item("revise", issue="'1'", revision="'2'", digest="b" * 64), False),
        (item("revise", issue="unknown", revision="unknown", digest="b" * 64), False),
    ],
)
def test_one_number_is_of_one_text(wanted: str, refused: bool) -> None:
    if refused:
        with pytest.raises(QmsError, match="QT A 01 1/0"):
            made(candidate(wanted), FIRST)
    else:
        assert made(candidate(wanted), FIRST)[0] == "releases/0002.yml"


def test_another_text_takes_another_number_also_where_it_puts_a_record_right() -> None:
    wanted = item("revise", issue="'1'", revision="'0'", digest="b" * 64)
    with pytest.raises(QmsError, match="1/0"):
        made(candidate(wanted), FIRST, who=replace(WHO, mends=(1,)))


def test_what_is_not_recorded_is_neither_put_right_nor_cancelled() -> None:
    with pytest.raises(QmsError, match="Release 7 is not recorded"):
        made(candidate(REVISED), FIRST, who=replace(WHO, mends=(9, 7)))
    later = record(2, "2024-09-01", "2024-03-01", item("revise", issue="'1'", revision="'5'"))
    for cancelled in ((2,), (1,)):
        who = replace(WHO, cancels=cancelled)
        if cancelled == (1,):
            with pytest.raises(QmsError):
                made(candidate(REVISED), FIRST, later, who=who)
        else:
            assert "cancels: [2]" in made(candidate(REVISED), FIRST, later, who=who)[1]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, 2),
        ({"number": "13/QĐ"}, "otherwise"),
        ({"kind": "notice"}, "otherwise"),
        ({"date": date(2024, 3, 2)}, "otherwise"),
        ({"person": "binh"}, "otherwise"),
        ({"role": "pho"}, "otherwise"),
        ({"capacity": "KT."}, "otherwise"),
        ({"effective": date(2024, 3, 16)}, "otherwise"),
    ],
)
def test_one_decision_is_recorded_once(changes: dict[str, Any], told: object) -> None:
    found = candidate(REVISED)
    second = made(found, FIRST)
    releases = planted(FIRST, second).releases
    given = replace(PAPER, **changes)
    assert earlier_record(found, releases[:1], given, WHO) is None
    if told == 2:
        earlier = earlier_record(found, releases, given, WHO)
        assert earlier is not None
        assert earlier.number == 2
    else:
        with pytest.raises(QmsError):
            earlier_record(found, releases, given, WHO)
        assert earlier_record(found, releases, given, replace(WHO, mends=(2,))) is None


@pytest.mark.parametrize("lost", ["instrument", "signer"])
def test_a_record_that_names_no_paper_or_nobody_is_not_known_as_the_same(lost: str) -> None:
    found = candidate(REVISED)
    first, second = planted(FIRST, made(found, FIRST)).releases
    changes: dict[str, Any] = {lost: None}
    with pytest.raises(QmsError):
        earlier_record(found, (first, replace(second, **changes)), PAPER, WHO)
