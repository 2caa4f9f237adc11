"""A loaded manual is values with fields: no mapping to read by key, and no day that is a string."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.values import Unknown
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.records import Record
from tests.support.memory import EXTERNAL, MANIFEST, PROCEDURE, manual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Manual

BLOB = "a" * 40
DIGEST = "b" * 64
PEOPLE = """
units: {A: {name: Phòng A}}
roles: {gd: {name: Giám đốc, approves: [procedure]}}
people:
  b: {name: Bà B, holds: [{role: gd, from: 2021-01-01, to: 2022-01-01}], emails: [b@vi.du]}
"""
EVIDENCE = f"""evidence:
      - kind: scan
        file: releases/evidence/a.pdf
        reference: sổ 12
        digest: {DIGEST}
        original: tủ A
        publish: true
"""
ITEM = f"""
  - code: QT A 01
    act: new
    title: Quy trình mẫu
    issue: "1"
    revision: "0"
    digest: {DIGEST}
    files: [{{path: procedures/qt-a-01.md, blob: {BLOB}, digest: {DIGEST}}}]
    summary: gọn hơn
    reason: phiếu 7
"""
PINS = f"""
basis: [{{path: qms.yml, blob: {BLOB}, digest: {DIGEST}}}]
items:{ITEM}"""
RELEASE = f"""schema: 1
release: 1
title: Đợt một
instrument: {{kind: decision, number: 12/QĐ, date: 2023-01-01}}
signer: {{person: b, role: gd, capacity: KT.}}
effective: 2023-01-03
{EVIDENCE}
recorder: văn thư
recorded: 2023-01-02
tool: qmstool 0
catalogues: [small]
mends: [7]
cancels: [8]
previous: none{PINS}"""
CANDIDATE = f"""schema: 1
candidate: dot-2
title: Đợt hai
commit: {BLOB}
prepared: 2023-02-01
catalogues: [small]{PINS}"""
OPINIONS = f"""schema: 1
candidate: dot-2
asked:
  - unit: A
    documents: [QT A 01]
    sent: 2023-02-02
    by: b
    reference: 7/CV
    due: 2023-02-04
    answered: 2023-02-03
    answer: agrees
    person: b
    comment: không
    response: đã rõ
    {EVIDENCE}
signed:
  - {{as: author, documents: [QT A 01], person: b, role: gd, unit: A, date: 2023-02-05}}
"""
COPIES = f"""schema: 1
copies:
  - document: QT A 01
    release: 1
    unit: A
    number: "3"
    copies: 2
    handed_out: 2023-03-01
    to: b
    received: 2023-03-02
    recalled: 2023-03-03
    destroyed: 2023-03-04
    lost: 2023-03-05
    note: rách bìa
    {EVIDENCE}
"""
REVOKED = """schema: 1
revoked:
  - {key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDe1, from: 2023-04-01, holder: b, reason: mất, reported: 2023-04-02}
"""
DATED_EXTERNAL = EXTERNAL.replace(
    "status: unknown",
    "issued: 2020-01-01, effective: 2020-02-01, expired: 2024-01-01, checked_on: 2023-05-01, "
    "status: unknown",
)
PAPER = PROCEDURE.replace("names:", "paper: {issue: '1', effective: 2020-03-01}\nnames:")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What the words of the data stand in: these hold the text itself.
TEXTS = (SourceFile, LocatedText)


@pytest.fixture(scope="module")
def whole() -> Manual:
    """A manual with every kind of record, each with every day that it may have."""
    made = manual(
        **{
            "qms.yml": MANIFEST + PEOPLE,
            "procedures/qt-a-01.md": PAPER,
            "procedures/external.yml": DATED_EXTERNAL,
            "releases/0001.yml": RELEASE,
            "releases/candidates/dot-2.yml": CANDIDATE,
            "releases/opinions/dot-2.yml": OPINIONS,
            "releases/copies.yml": COPIES,
            "releases/revoked.yml": REVOKED,
        }
    )
    assert made.problems == ()
    return made


def reached(value: object, where: str = "manual") -> Iterator[tuple[str, object]]:
    """Yield everything that a value leads to, each with the way to it."""
    yield where, value
    if isinstance(value, TEXTS):
        return
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from reached(entry, f"{where}[{key!r}]")
    elif isinstance(value, tuple | frozenset):
        for index, entry in enumerate(value):
            yield from reached(entry, f"{where}[{index}]")
    else:
        for name in getattr(value, "__match_args__", ()):
            yield from reached(getattr(value, name), f"{where}.{name}")


def test_nothing_in_a_manual_is_read_by_key(whole: Manual) -> None:
    records = [where for where, value in reached(whole) if isinstance(value, Record)]
    assert records == []


def test_no_value_of_a_record_hides_behind_a_key() -> None:
    """The walk would find it: a record put where a value belongs is seen."""
    hidden = Record(LocatedText("", SourceFile("x.yml", b""), 0, 0), {}, {})
    assert [where for where, value in reached((hidden,)) if isinstance(value, Record)]


def test_every_day_is_a_day(whole: Manual) -> None:
    strings, days = [], set()
    for where, value in reached(whole):
        if isinstance(value, str) and DAY.fullmatch(value):
            strings.append(where)
        elif isinstance(value, date):
            days.add(value.isoformat())
    assert strings == []
    files = (PEOPLE, PAPER, DATED_EXTERNAL, RELEASE, CANDIDATE, OPINIONS, COPIES, REVOKED)
    written = {day for text in files for day in DAY.findall(text)}
    # Who reported a lost key, and when, nothing reads.
    assert days == written - {"2023-04-02"}


def test_what_nobody_knows_is_no_string() -> None:
    text = RELEASE.replace("2023-01-01", "unknown").replace("recorded: 2023-01-02\n", "")
    text = text.replace("effective: 2023-01-03", "effective: unknown")
    (release,) = manual(releases__0001_dot_yml=text).releases
    assert (release.effective, release.recorded) == (Unknown.UNKNOWN, Unknown.UNKNOWN)
    assert release.instrument is not None
    assert release.instrument.date is Unknown.UNKNOWN


def line(mark: LocatedText) -> str:
    """The line on which a word stands."""
    return mark.source.text.splitlines()[mark.location.line - 1]


def test_words_of_a_release_keep_their_places(whole: Manual) -> None:
    (release,) = whole.releases
    assert line(release.marks.number) == "release: 1"
    assert line(release.marks.effective) == "effective: 2023-01-03"
    assert line(release.marks.recorded) == "recorded: 2023-01-02"
    assert line(release.marks.previous) == "previous: none"
    assert line(release.marks.basis).startswith("basis:")
    assert line(release.marks.items) == "items:"
    (item,) = release.items
    assert [mark.text for mark in (item.mark, item.marks.act, item.marks.issue)] == [
        "QT A 01",
        "new",
        "1",
    ]
    assert (item.marks.revision.text, item.marks.digest.text) == ("0", DIGEST)
    (proof,) = release.evidence
    assert (proof.file_mark.text, proof.digest_mark.text) == (proof.file, proof.digest)
    assert release.signer is not None
    assert (release.signer.person_mark.text, release.signer.role_mark.text) == ("b", "gd")
    assert [entry.mark.text for entry in (*release.mends, *release.cancels)] == ["7", "8"]


def test_a_word_that_does_not_fit_is_told_at_its_key_and_one_that_lacks_at_its_entry() -> None:
    text = RELEASE.replace("effective: 2023-01-03", "effective: mai").replace(
        "recorded: 2023-01-02\n", ""
    )
    (release,) = manual(releases__0001_dot_yml=text).releases
    assert release.marks.effective.text == "effective"
    assert release.marks.recorded.location.line == 1
