"""A release or candidate → who wrote, reviewed and approved each document: person, title, unit, day, evidence. Pure.

Authors and reviewers are those who signed; where nobody did, those whom the document names, without a day. Who typed a commit is
somebody else, and never stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.register.opinions import opinions_behind
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import Opinions, Signature
    from qmstool.manual.model import Manual, Release
    from qmstool.parsing.yaml.records import Entry

TITLE = Text("Biên soạn, xem xét, phê duyệt", "Authors, reviewers, approvers")
NOT_EVIDENCED = Text("chưa có bằng chứng", "not evidenced")
ORIGINAL = Text("bản gốc ở {place}", "original at {place}")
UNSIGNED = Text("chưa có chữ ký được ghi nhận", "no signature is recorded")
COLUMNS: Columns = (
    ("document", Text("Tài liệu", "Document")),
    ("capacity", Text("Tư cách", "As")),
    ("person", Text("Họ và tên", "Name")),
    ("title", Text("Chức vụ", "Title")),
    ("unit", Text("Đơn vị", "Unit")),
    ("date", Text("Ngày", "Day")),
    ("evidence", Text("Bằng chứng", "Evidence")),
)
# What lay before the signer, and proves no approval.
NO_APPROVAL = frozenset({"candidate", "opinions"})
NAMED_FIELDS = {"author": "authors", "reviewer": "reviewers"}


def signature_block(
    manual: Manual, keys: Iterable[str], found: Opinions | None, release: Release | None, lang: Lang
) -> Table:
    """Return the signature block of some documents; `found`: what was signed below them, `release`: what recorded the approval."""
    rows = [
        row
        for key in keys
        for row in (
            *_before(manual, key, found, release, lang),
            *_approval(manual, key, release, lang),
        )
    ]
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def signatures_before_approval(
    manual: Manual, keys: Iterable[str], found: Opinions | None, lang: Lang
) -> Table:
    """Return who wrote and reviewed some documents: what the approver wants to know before signing."""
    rows = [row for key in keys for row in _before(manual, key, found, None, lang)]
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def signed_by(manual: Manual, release: Release, key: str, capacity: str, lang: Lang) -> str:
    """Return who signed a version as author or reviewer: «Trần Văn B (2024-02-18)»; "" where nobody is recorded."""
    found = opinions_behind(manual, release)
    signed = (
        [each for each in found.signed if each.capacity == capacity and each.concerns(key)]
        if found
        else []
    )
    return ", ".join(
        f"{name_of(manual, each.person, lang)} ({display_value(each.date, lang)})"
        for each in signed
    )


def _before(
    manual: Manual, key: str, found: Opinions | None, release: Release | None, lang: Lang
) -> Iterator[dict[str, str]]:
    document, name = manual.documents.get(key), _name(manual, key, release)
    for capacity, field in NAMED_FIELDS.items():
        head = {"document": name, "capacity": manual.config.labels[capacity].get(lang)}
        signed = (
            [each for each in found.signed if each.capacity == capacity and each.concerns(key)]
            if found
            else []
        )
        if signed:
            yield from (head | _signed(manual, each, lang) for each in signed)
        elif document:
            for mark in document.entry.list(field):
                yield head | _named(manual, mark.text, lang)


def _approval(
    manual: Manual, key: str, release: Release | None, lang: Lang
) -> Iterator[dict[str, str]]:
    document = manual.documents.get(key)
    head = {
        "document": _name(manual, key, release),
        "capacity": manual.config.labels["approver"].get(lang),
    }
    if release is not None:
        yield head | _approved(manual, release, lang)
    elif document:
        yield head | _named(manual, document.entry.text("approver", UNKNOWN), lang)


def _name(manual: Manual, key: str, release: Release | None) -> str:
    document = manual.documents.get(key)
    items = release.items if release else ()
    return (
        document.name if document else next((item.code for item in items if item.key == key), key)
    )


def _signed(manual: Manual, each: Signature, lang: Lang) -> dict[str, str]:
    role = each.role or _role_on(manual, each.person, each.date)
    home = manual.config.roles[role].unit if role in manual.config.roles else None
    return {
        "person": name_of(manual, each.person, lang),
        "title": name_of(manual, role, lang),
        "unit": unit_name(manual, each.unit or (home.text if home else ""), lang),
        "date": display_value(each.date, lang),
        "evidence": evidence_text(each.entry, lang) or NOT_EVIDENCED.get(lang),
    }


def _role_on(manual: Manual, person: str, day: str) -> str:
    """The one role that a person held on a day; "" where there are several or none."""
    known = manual.config.people.get(person)
    held = {each.role.text for each in known.holds if each.covers(day)} if known else set()
    return held.pop() if len(held) == 1 else ""


def _named(manual: Manual, name: str, lang: Lang) -> dict[str, str]:
    """Somebody whom the document names, and who did not sign."""
    config = manual.config
    field = "person" if name in config.people else "title"
    home = config.roles[name].unit if name in config.roles else None
    unit = unit_name(manual, home.text, lang) if home else ""
    return {field: name_of(manual, name, lang), "unit": unit, "evidence": UNSIGNED.get(lang)}


def _approved(manual: Manual, release: Release, lang: Lang) -> dict[str, str]:
    signer, paper = release.entry.entry("signer"), release.entry.entry("instrument")
    role = signer.text("role", UNKNOWN) if signer else UNKNOWN
    capacity = signer.text("capacity", UNKNOWN) if signer else UNKNOWN
    home = manual.config.roles[role].unit if role in manual.config.roles else None
    kept = (
        proof
        for proof in release.entry.entries("evidence")
        if proof.text("kind") not in NO_APPROVAL
    )
    return {
        "person": name_of(manual, signer.text("person", UNKNOWN) if signer else UNKNOWN, lang),
        "title": " ".join(
            part for part in (capacity, name_of(manual, role, lang)) if part != UNKNOWN
        ),
        "unit": unit_name(manual, home.text, lang) if home else "",
        "date": display_value(paper.text("date", UNKNOWN) if paper else UNKNOWN, lang),
        "evidence": _proofs(kept, lang) or NOT_EVIDENCED.get(lang),
    }


def name_of(manual: Manual, name: str, lang: Lang) -> str:
    """Return what a person or role is called; a name that qms.yml does not know stands as written."""
    return display_value(manual.config.role_name(name), lang)


def evidence_text(entry: Entry, lang: Lang) -> str:
    """Return where the evidence beside a record is: files kept, references, the place of the original."""
    return _proofs(entry.entries("evidence"), lang)


def _proofs(kept: Iterable[Entry], lang: Lang) -> str:
    return "; ".join(filter(None, (_proof(each, lang) for each in kept)))


def _proof(entry: Entry, lang: Lang) -> str:
    original = entry.text("original")
    told = [
        entry.text("file"),
        entry.text("reference"),
        ORIGINAL.fill({"place": original}).get(lang) if original else "",
    ]
    return ", ".join(filter(None, told))
