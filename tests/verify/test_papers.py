"""Days, numbers and papers of records: what cannot be right, and what was recorded twice or otherwise than signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.frozen import replace
from qmstool.manual.loading.loader import load
from qmstool.register.effect import signing_day
from qmstool.releases.record import digest_parts, sha256
from qmstool.signatures.values import SignedPdf
from qmstool.verify.approval import check_evidence, check_repeated
from qmstool.verify.records.sequence import check_dates, check_numbers
from tests.support.asked import signature
from tests.support.memory import files
from tests.support.planted import item, record
from tests.support.proved import (
    TODAY,
    blob,
    issued,
    pin,
    proved,
    slugs,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def dated(effective: str, recorded: str, signed: str) -> tuple[str, str]:
    path, text = record(1, effective, recorded, issued())
    return path, text.replace(
        "instrument: {kind: notice}",
        f"instrument: {{kind: decision, number: '2/QĐ', date: {signed}}}",
    )


@pytest.mark.parametrize(
    ("effective", "recorded", "signed", "told"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01", []),
        ("2024-03-01", "2024-02-29", "2024-03-01", ["recorded-before-signed"]),
        ("2024-03-01", "2024-12-01", "2024-03-01", []),
        ("2024-03-01", "2024-12-02", "2024-03-01", ["recorded-ahead"]),
        ("2024-01-30", "2024-03-01", "2024-03-01", []),
        ("2024-01-29", "2024-03-01", "2024-03-01", ["effect-before-signature"]),
        ("unknown", "2024-03-01", "2024-03-01", ["effective-unknown"]),
        ("2024-03-01", "unknown", "2024-03-01", []),
        ("2024-03-01", "2024-03-01", "unknown", []),
        ("2024-03-01", "2024-02-31", "2024-03-01", ["recorded-impossible"]),
    ],
)
def test_days_that_cannot_be_right(
    effective: str, recorded: str, signed: str, told: list[str]
) -> None:
    manual = load(files(**dict([dated(effective, recorded, signed)])))
    found = list(check_dates(manual.releases, TODAY))
    assert [each.slug for each in found] == told
    day = signing_day(manual.releases[0])
    assert (day.isoformat() if day else "unknown") == signed
    if told == ["effect-before-signature"]:
        assert "32 days before" in found[0].message.en


def test_what_is_taken_over_may_have_no_day() -> None:
    taken = record(1, "unknown", "2024-01-01", issued(taken_over="{level: none, claims: []}"))
    assert slugs(check_dates(load(files(**dict([taken]))).releases, TODAY)) == []
    imported = record(1, "unknown", "2024-01-01", issued(), imported="true")
    assert slugs(check_dates(load(files(**dict([imported]))).releases, TODAY)) == []


def test_records_are_made_one_after_the_other() -> None:
    def found(*days: str) -> list[str]:
        records = [
            record(number, "2024-03-01", recorded, issued())
            for number, recorded in enumerate(days, 1)
        ]
        return slugs(check_dates(load(files(**dict(records))).releases, TODAY))

    assert found("2024-01-02", "2024-01-02") == []
    assert found("2024-01-02", "2024-01-01") == ["recorded-backwards 0002.yml"]
    assert found("2024-01-02", "unknown", "2024-01-01") == ["recorded-backwards 0003.yml"]


@pytest.mark.parametrize(
    ("before", "after", "keys", "told"),
    [
        (("1", "0"), ("1", "1"), {}, False),
        (("1", "9"), ("2", "0"), {}, False),
        (("1", "1"), ("1", "1"), {}, True),
        (("2", "0"), ("1", "9"), {}, True),
        (("1", "1"), ("1", "1"), {"mends": "[1]"}, False),
    ],
)
def test_issue_and_revision_go_forward(
    before: tuple[str, str], after: tuple[str, str], keys: dict[str, object], told: bool
) -> None:
    one = record(
        1, "2024-01-01", "2024-01-01", item(issue=f"'{before[0]}'", revision=f"'{before[1]}'")
    )
    for act, is_told in (("revise", told), ("withdraw", False)):
        other = record(
            2,
            "2024-02-01",
            "2024-02-01",
            item(act, issue=f"'{after[0]}'", revision=f"'{after[1]}'"),
            **keys,
        )
        found = list(check_numbers(load(files(**dict([one, other]))).releases, lambda *_: True))
        assert slugs(found) == (["number-backwards 0002.yml"] if is_told else [])


def numbered(
    number: int, paper: str, signed: str = "2024-01-01", **keys: object
) -> tuple[str, str]:
    path, text = record(number, "2024-01-01", "2024-01-01", issued(), **keys)
    return path, text.replace(
        "instrument: {kind: notice}",
        f"instrument: {{kind: decision, number: '{paper}', date: {signed}}}",
    )


def repeated(
    *records: tuple[str, str], signatures: Mapping[str, SignedPdf] | None = None
) -> list[str]:
    manual = load(files(**dict(records)))
    return slugs(check_repeated(manual.releases, manual.word_lists, signatures or {}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4/QĐ-VP", "04/QĐ–VP", True),
        ("4/QĐ-VP", "4/qd vp", True),
        ("4/QĐ-VP", "4/QĐ-VX", False),
        ("4/QĐ-VP", "40/QĐ-VP", False),
        ("0/QĐ", "00/QĐ", True),
        ("–", "–", True),
        ("–", "—", False),
        ("unknown", "unknown", False),
    ],
)
def test_one_paper_is_recorded_once_however_its_number_is_written(
    one: str, other: str, same: bool
) -> None:
    assert repeated(numbered(1, one), numbered(2, other)) == (
        ["recorded-twice 0002.yml"] if same else []
    )
    assert repeated(numbered(1, one), numbered(2, other, "2025-01-01")) == []
    assert repeated(numbered(1, one), numbered(2, other, mends="[1]")) == []


@pytest.mark.parametrize(
    ("kind", "told"), [("signed-file", True), ("candidate", True), ("scan", False)]
)
def test_one_signed_file_is_recorded_once(kind: str, told: bool) -> None:
    proof = f"[{{kind: {kind}, file: releases/evidence/x.pdf, digest: {'a' * 64}}}]"
    records = [
        record(number, "2024-01-01", "2024-01-01", issued(), evidence=proof) for number in (1, 2)
    ]
    assert repeated(*records) == (["recorded-twice 0002.yml"] if told else [])
    both = [numbered(number, "4/QĐ", evidence=proof) for number in (1, 2)]
    assert repeated(*both) == ["recorded-twice 0002.yml"]


CANDIDATE = (
    "schema: 1\ncandidate: dot-1\ntitle: x\ncommit: "
    + "a" * 40
    + "\nprepared: 2024-01-01\nbasis: []\nitems: [{}]\n"
)
SIGNED = 'issue: "1", revision: "0", digest: ' + "a" * 64


@pytest.mark.parametrize(
    ("recorded", "at"),
    [
        (item(issue="'1'", revision="'0'", digest="a" * 64), None),
        (item("revise", issue="'1'", revision="'0'", digest="a" * 64), "revise"),
        (item(issue="'2'", revision="'0'", digest="a" * 64), "'2'"),
        (item(issue="'1'", revision="'3'", digest="a" * 64), "'3'"),
        (item(issue="'1'", revision="'0'", digest="b" * 64), "b" * 64),
    ],
)
def test_what_is_recorded_is_what_was_signed(recorded: str, at: str | None) -> None:
    path = "releases/candidates/dot-1.yml"
    text = CANDIDATE.format(f"{{code: QT A 01, act: new, title: x, {SIGNED}}}")
    proof = f"[{{kind: candidate, file: {path}, digest: {sha256(text.encode())}}}]"
    manual, held = proved(
        record(1, "2024-01-01", "2024-01-01", recorded, evidence=proof), more={path: text}
    )
    found = list(check_evidence(manual.releases, held, manual.candidates))
    assert slugs(found) == (["not-as-signed 0001.yml"] if at else [])
    assert words(manual, found) == ([at] if at else [])
    more = record(1, "2024-01-01", "2024-01-01", recorded, issued(code="QT A 02"), evidence=proof)
    manual, held = proved(more, more={path: text})
    told = list(check_evidence(manual.releases, held, manual.candidates))
    assert words(manual, told)[-1] == "QT A 02"
    other = record(1, "2024-01-01", "2024-01-01", issued(code="QT A 02"), evidence=proof)
    manual, held = proved(other, more={path: text})
    assert len(list(check_evidence(manual.releases, held, manual.candidates))) == 2


@pytest.mark.parametrize(
    ("recorded", "told"), [("a.md, b.png", ""), ("a.md", "QT A 01"), ("a.md, c.png", "blob")]
)
def test_the_files_of_a_document_are_those_that_were_signed(recorded: str, told: str) -> None:
    def item_of(names: str) -> str:
        pins = ", ".join([pin(name, name.encode()) for name in names.split(", ")])
        return f"{{code: QT A 01, act: new, title: x, {digest}, files: [{pins}]}}"

    others = [name.encode() for name in recorded.split(", ")[1:]]
    # The candidate gives the digest of what is recorded, and names other files beside it.
    digest = SIGNED.replace("a" * 64, digest_parts([b"a.md"], others))
    path = "releases/candidates/dot-1.yml"
    text = CANDIDATE.format(item_of("a.md, b.png"))
    proof = f"[{{kind: candidate, file: {path}, digest: {sha256(text.encode())}}}]"
    made = record(1, "2024-01-01", "2024-01-01", item_of(recorded), evidence=proof)
    blobs = tuple(name.encode() for name in recorded.split(", "))
    manual, held = proved(made, blobs=blobs, more={path: text})
    found = list(check_evidence(manual.releases, held, manual.candidates))
    assert words(manual, found) == ([told.replace("blob", blob(b"c.png"))] if told else [])


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("scan", "scan"), []),
        (("scan", "signed-file"), ["recorded-twice 0002.yml"]),
        (("signed-file", "scan"), ["recorded-twice 0002.yml"]),
        (("scan", "scan", "signed-file"), ["recorded-twice 0003.yml"]),
    ],
)
def test_a_scan_shows_several_decisions_and_is_no_signed_file_of_another(
    kinds: tuple[str, ...], told: list[str]
) -> None:
    proof = "[{{kind: {}, file: releases/evidence/x.pdf, digest: {}}}]"
    records = [
        record(number, "2024-01-01", "2024-01-01", issued(), evidence=proof.format(kind, "a" * 64))
        for number, kind in enumerate(kinds, 1)
    ]
    assert repeated(*records) == told


@pytest.mark.parametrize(
    ("over", "other_kind", "told"),
    [
        ("a", "signed-file", ["recorded-twice 0002.yml"]),
        ("a", "scan", ["recorded-twice 0002.yml"]),
        ("b", "signed-file", []),
        ("", "signed-file", []),
    ],
)
def test_one_signature_is_of_one_decision_whatever_else_was_put_into_the_file(
    over: str, other_kind: str, told: list[str]
) -> None:
    """Proofs that are stored later, or a second signature, make another file of it."""
    records = [
        record(
            number, "2024-01-01", "2024-01-01", issued(),
            evidence=f"[{{kind: {kind}, file: releases/evidence/{number}.pdf, digest: {digest}}}]",
        )
        for number, kind, digest in ((1, "signed-file", "a" * 64), (2, other_kind, "b" * 64))
    ]  # fmt: skip
    found = {
        f"releases/evidence/{number}.pdf": SignedPdf((replace(signature(), over=one),))
        for number, one in ((1, "a" if over else ""), (2, over))
    }
    assert repeated(*records, signatures=found) == told


def test_a_file_of_evidence_is_there_and_as_recorded() -> None:
    proof = f"[{{kind: scan, file: releases/evidence/x.pdf, digest: {sha256(b'%PDF 1')}}}]"
    made = record(1, "2024-01-01", "2024-01-01", issued(), evidence=proof)
    for data, told in (
        (b"%PDF 1", []),
        (b"%PDF 2", ["evidence-differs 0001.yml"]),
        (None, ["evidence-missing 0001.yml"]),
    ):
        manual, held = proved(made, evidence={"releases/evidence/x.pdf": data} if data else {})
        assert slugs(check_evidence(manual.releases, held, {})) == told
