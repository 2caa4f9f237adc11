"""The entries of registers are values: words with their places, days known, unknown or not said."""

from __future__ import annotations

from datetime import date

from qmstool.manual.values import Unknown, known_day, written_day
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


EXTERNAL = """schema: 1
documents:
  luat-1:
    number: 1/2015/QH13
    type: Luật
    issuer: Quốc hội
    title: Luật mẫu
    issued: 2015-06-19
    effective: unknown
    expired: tháng sau
    status: in_force
    checked_on: 2026-10-01
"""


def test_external_documents() -> None:
    law = manual(procedures__external_dot_yml=EXTERNAL).externals["luat-1"]
    assert law.issued is not None
    assert (law.issued.known, law.issued.mark.location.line) == (date(2015, 6, 19), 8)
    assert law.effective is not None
    assert (law.effective.day, law.effective.known) == (Unknown.UNKNOWN, None)
    assert law.expired is None
    assert "expired" in law.keys
    assert law.status_mark is not None
    assert law.status_mark.location.line == 11
    assert (law.checked_by, law.url) == (None, "")


def test_a_day_against_today() -> None:
    law = manual(procedures__external_dot_yml=EXTERNAL).externals["luat-1"]
    assert law.issued is not None
    assert law.effective is not None
    before, that_day = date(2015, 6, 18), date(2015, 6, 19)
    assert (law.issued.has_come(before), law.issued.is_to_come(before)) == (False, True)
    assert (law.issued.has_come(that_day), law.issued.is_to_come(that_day)) == (True, False)
    assert not law.effective.has_come(that_day)
    assert not law.effective.is_to_come(that_day)
    assert (known_day(law.issued), known_day(law.effective)) == (that_day, None)
    days = (law.issued, law.effective, law.expired)
    assert list(map(written_day, days)) == ["2015-06-19", "unknown", ""]
