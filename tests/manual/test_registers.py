"""The entries of registers are values: words with their places, days known, unknown or not said."""

from __future__ import annotations

from tests.support.memory import manual

RECORDS = """schema: 1
records:
  so-cong-van:
    title: Sổ công văn
    form: BM A 01.01
    owner: A
    retention: 10 năm
    place: văn thư
  bien-ban:
    title: Biên bản
    retention: unknown
"""


def test_retained_records() -> None:
    records = manual(procedures__records_dot_yml=RECORDS).records
    ledger, minutes = records["so-cong-van"], records["bien-ban"]
    assert ledger.retention is not None
    assert (ledger.retention.text, ledger.retention.location.line) == ("10 năm", 7)
    assert ledger.form is not None
    assert (ledger.form.text, ledger.place, ledger.note) == ("BM A 01.01", "văn thư", "")
    assert (minutes.form, minutes.owner, minutes.disposition) == (None, None, "")
