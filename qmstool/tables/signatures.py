"""Make the signature block: who wrote, reviewed and approved each document.

What goes in: a release or candidate, and what was signed below it. Each signature comes out with
person, title, unit, day and evidence. Authors and reviewers are those who signed; where nobody did,
those whom the document names, without a day. Who typed a commit is somebody else, and never stands
here. Pure.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.opinions import opinions_behind
from qmstool.tables.registers import Columns, Table, display_value, pick_cells, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.circulation import Opinions, Signature
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Approval, Release
    from qmstool.manual.values import LocatedDay
    from qmstool.parsing.yaml.nodes import LocatedText

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


def signature_block(
    manual: Manual,
    keys: Iterable[str],
    opinions: Opinions | None,
    release: Release | None,
    lang: Lang,
) -> Table:
    """Return the signature block of some documents.

    `opinions`: with what was signed below them; `release`: what recorded the approval.
    """
    rows: list[dict[str, str]] = []
    for key in keys:
        rows += _before_approval(manual, key, opinions, release, lang)
        rows += _approval(manual, key, release, lang)
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def signatures_before_approval(
    manual: Manual, keys: Iterable[str], opinions: Opinions | None, lang: Lang
) -> Table:
    """Return who wrote and reviewed some documents: what the approver wants to know first."""
    rows: list[dict[str, str]] = []
    for key in keys:
        rows += _before_approval(manual, key, opinions, None, lang)
    return Table(TITLE, COLUMNS, pick_cells(rows, COLUMNS))


def signed_by(manual: Manual, release: Release, key: str, capacity: str, lang: Lang) -> str:
    """Return who signed a version as author or reviewer; "" where nobody is recorded.

    «Trần Văn B (2024-02-18)».
    """
    parts = []
    opinions = opinions_behind(manual, release)
    for signature in opinions.signed_as(capacity, key) if opinions else ():
        name = name_of(manual, signature.person, lang)
        parts.append(f"{name} ({display_value(written_day(signature.date), lang)})")
    return ", ".join(parts)


def _before_approval(
    manual: Manual, key: str, opinions: Opinions | None, release: Release | None, lang: Lang
) -> Iterator[dict[str, str]]:
    document, name = manual.documents.get(key), _name(manual, key, release)
    named: dict[str, Sequence[LocatedText]] = {"author": (), "reviewer": ()}
    if document:
        front_matter = document.front_matter
        named = {"author": front_matter.authors, "reviewer": front_matter.reviewers}
    for capacity, marks in named.items():
        head = {"document": name, "capacity": manual.config.labels[capacity].get(lang)}
        signatures = opinions.signed_as(capacity, key) if opinions else ()
        for signature in signatures:
            yield head | _signed(manual, signature, lang)
        if not signatures:
            for mark in marks:
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
        for approval in release.approvals:
            yield head | _approved_before(manual, approval, lang)
        yield head | _approved(manual, release, lang)
    elif document:
        approvers = [mark.text for mark in document.front_matter.approvers]
        for name in approvers or [UNKNOWN]:
            yield head | _named(manual, name, lang)


def _name(manual: Manual, key: str, release: Release | None) -> str:
    document = manual.documents.get(key)
    if document:
        return document.name
    items = release.items_of.get(key, ()) if release else ()
    return items[0].code if items else key


def _signed(manual: Manual, signature: Signature, lang: Lang) -> dict[str, str]:
    role = signature.role or _role_on(manual, signature.person, signature.date)
    unit = text_of(signature.unit) or _unit_of_role(manual, role)
    return {
        "person": name_of(manual, signature.person, lang),
        "title": name_of(manual, role, lang),
        "unit": unit_name(manual, unit, lang),
        "date": display_value(written_day(signature.date), lang),
        "evidence": evidence_text(signature.evidence, lang) or NOT_EVIDENCED.get(lang),
    }


def _role_on(manual: Manual, person: str, day: LocatedDay | None) -> str:
    """The one role that a person held on a day; "" where there are several or none.

    Of a day that nobody knows: the one that the person still holds.
    """
    known = manual.config.people.get(person)
    if known is None or day is None:
        return ""
    roles = {held.role.text for held in known.holds if held.covers(day.known or date.max)}
    return roles.pop() if len(roles) == 1 else ""


def _unit_of_role(manual: Manual, role: str) -> str:
    """The key of the unit that a role belongs to; "" where it belongs to none."""
    known = manual.config.roles.get(role)
    return known.unit.text if known and known.unit else ""


def _named(manual: Manual, name: str, lang: Lang) -> dict[str, str]:
    """Somebody whom the document names, and who did not sign."""
    field = "person" if name in manual.config.people else "title"
    unit = unit_name(manual, _unit_of_role(manual, name), lang)
    return {field: name_of(manual, name, lang), "unit": unit, "evidence": UNSIGNED.get(lang)}


def _approved(manual: Manual, release: Release, lang: Lang) -> dict[str, str]:
    signer, instrument = release.signer, release.instrument
    person = role = capacity = day = UNKNOWN
    if signer:
        person, role, capacity = signer.person, signer.role, signer.capacity
    if instrument:
        day = str(instrument.date)
    title = (capacity, name_of(manual, role, lang))
    kept = [proof for proof in release.evidence if proof.kind not in NO_APPROVAL]
    return {
        "person": name_of(manual, person, lang),
        "title": " ".join(word for word in title if word != UNKNOWN),
        "unit": unit_name(manual, _unit_of_role(manual, role), lang),
        "date": display_value(day, lang),
        "evidence": evidence_text(kept, lang) or NOT_EVIDENCED.get(lang),
    }


def _approved_before(manual: Manual, approval: Approval, lang: Lang) -> dict[str, str]:
    """Somebody who approved before the signer; what proves it is the release's evidence."""
    return {
        "person": name_of(manual, approval.person, lang),
        "title": "" if approval.role == UNKNOWN else name_of(manual, approval.role, lang),
        "unit": unit_name(manual, _unit_of_role(manual, approval.role), lang),
        "date": display_value(written_day(approval.date), lang),
    }


def name_of(manual: Manual, name: str, lang: Lang) -> str:
    """Return what a person or role is called; one that qms.yml does not know stands as written."""
    return display_value(manual.config.role_name(name), lang)


def evidence_text(evidence: Iterable[Evidence], lang: Lang) -> str:
    """Return where some evidence is: files, references, the original's place."""
    return "; ".join(filter(None, (_proof(proof, lang) for proof in evidence)))


def _proof(proof: Evidence, lang: Lang) -> str:
    place = ORIGINAL.fill({"place": proof.original}).get(lang) if proof.original else ""
    return ", ".join(filter(None, (proof.file, proof.reference, place)))
