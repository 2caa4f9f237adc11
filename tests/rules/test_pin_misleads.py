"""Test the rule `pin-misleads`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import hashlib

import pytest

from qmstool.checking.runner import check
from qmstool.digest import name_blob
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.releases.record import blob_ids, digest_parts, sha256
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from tests.support.manuals import DAY, findings_of, tiny, tiny_with
from tests.support.rule_examples import example

SLUG = "pin-misleads"
PATH, MAPPING = "procedures/qt-vp-01.md", "clauses/mapping/tiny-1.yml"
SIGNED = tiny()[PATH]
DRAFT = SIGNED + "\nMột câu chưa ai ký.\n".encode()


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


def _record(blob: str, digest: str, *, basis: str = "", act: str = "new") -> str:
    return f"""\
schema: 1
release: 1
title: Đợt 1
instrument: {{kind: decision, number: "1", date: 2025-01-01}}
signer: {{person: unknown, role: unknown, capacity: unknown}}
effective: 2025-01-01
recorder: unknown
previous: none
basis: [{basis}]
items:
  - code: QT VP 01
    act: {act}
    title: Quy trình kiểm soát tài liệu
    issue: 1
    revision: 0
    digest: {digest}
    files: [{{path: {PATH}, blob: {blob}}}]
"""


def _told(record: str, text: bytes, *, history: bool = False) -> list[str]:
    given: dict[str, str | bytes] = {"releases/0001.yml": record, PATH: text}
    wanted = {SLUG, "release-doubted"}
    found = findings_of(given, history=history)
    return [each for each in found if each.split()[0] in wanted and "digest" in _line(record, each)]


def _line(record: str, finding: str) -> str:
    return record.splitlines()[int(finding.split(":")[-2]) - 1]


@pytest.mark.parametrize("text", [DRAFT, DRAFT.replace(b"\n", b"\r\n")])
def test_a_draft_under_the_check_code_of_what_was_signed(text: bytes) -> None:
    """Also where Windows has written it out with its own line ends."""
    record = _record(name_blob(DRAFT), digest_parts([SIGNED], []))
    assert _told(record, text) == [f"{SLUG} releases/0001.yml:16:13"]


def test_ids_of_a_repository_of_sha_256() -> None:
    whole = b"blob %d\0" % len(DRAFT) + DRAFT
    assert blob_ids(DRAFT) == (name_blob(DRAFT), hashlib.sha256(whole).hexdigest())
    record = _record(blob_ids(DRAFT)[1], digest_parts([SIGNED], []))
    assert _told(record, DRAFT) == [f"{SLUG} releases/0001.yml:16:13"]


def test_an_honest_record_is_left_alone() -> None:
    record = _record(name_blob(SIGNED), digest_parts([SIGNED], []))
    assert _told(record, SIGNED) == []
    assert _told(record, DRAFT) == []  # what is here now is a draft: `changed-since-release`
    assert _told(record, SIGNED.replace(b"\n", b"\r\n")) == []


def test_what_is_only_in_the_history_is_not_judged_here() -> None:
    record = _record(name_blob(b"gone"), digest_parts([SIGNED], []))
    assert _told(record, DRAFT) == []


def test_with_the_history_it_is_told_once() -> None:
    record = _record(name_blob(DRAFT), digest_parts([SIGNED], []))
    assert _told(record, DRAFT, history=True) == ["release-doubted releases/0001.yml:16:13"]


def test_the_data_beside_the_texts() -> None:
    mapping = tiny()[MAPPING]
    honest, forged = (
        _record(name_blob(SIGNED), digest_parts([SIGNED], []), basis=pin)
        for pin in (
            f"{{path: {MAPPING}, blob: {name_blob(mapping)}, digest: {digest}}}"
            for digest in (sha256(mapping), sha256(b"x"))
        )
    )
    assert _told(honest, SIGNED) == []
    assert _told(forged, SIGNED) == [f"{SLUG} releases/0001.yml:9:100"]


def test_where_nobody_can_read_files_nothing_is_said_of_them() -> None:
    """A library that hands no files over is told what its values say alone."""
    made = load(tiny_with({"releases/0001.yml": _record(name_blob(DRAFT), "a" * 64), PATH: DRAFT}))
    for slug in (SLUG, "not-covered"):
        report = check(made, resolve(made), root=".", day=DAY, rules=(BY_SLUG[slug],))
        assert report.findings == ()
        assert report.skipped == ()
