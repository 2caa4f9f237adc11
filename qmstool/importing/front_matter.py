"""Make the head of a document's file from what the document says of itself.

What goes in: a draft. What comes out: the keys of its front matter, and what could not be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt

if TYPE_CHECKING:
    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.names import Names

UNKNOWN = "unknown"
NO_SIGNER = Text(
    "Người ký «{part}»: {person} {office}; không rõ là ai nên chưa ghi vào đầu tệp.",
    "Signed as «{part}»: {person} {office}; not clear enough to be written at the head.",
)


def front_matter(
    draft: DraftDocument,
    kind: str,
    key: str,
    names: Names,
    usual_manual_code: str,
    distribution: list[dict[str, str]],
) -> tuple[dict[str, object], list[Doubt]]:
    """Return the head of a document of type `kind`; `key` names it where its code is unknown.

    `usual_manual_code`: for a manual that says none; `distribution`: who is to hold it.
    """
    doubts: list[Doubt] = []
    code = draft.code
    if draft.kind == "manual":
        code = code or usual_manual_code
    front: dict[str, object] = {"code": code or UNKNOWN}
    if not code:
        front["key"] = key
    front |= {"type": kind, "title": " ".join(draft.title.split())}
    front["owner"] = names.unit(draft.claim("owner")) or UNKNOWN
    front |= _signers(draft, kind, names, doubts)
    if distribution:
        front["distribution"] = distribution
    paper = {
        "issue": draft.claim("issue"),
        "revision": draft.claim("revision"),
        "effective": draft.claim("date"),
    }
    if any(paper.values()):
        front["paper"] = {name: value or UNKNOWN for name, value in paper.items()}
    return front, doubts


def _signers(
    draft: DraftDocument, kind: str, names: Names, doubts: list[Doubt]
) -> dict[str, object]:
    """Return who wrote, looked through and approved, as far as the table of signers is clear."""
    people: dict[str, list[str]] = {"author": [], "reviewer": [], "approver": []}
    for signature in draft.signatures:
        if signature.part == "approver":
            name = names.role(signature.office, kind) if signature.office else ""
            if name and signature.person:
                names.person(signature.person)
        elif signature.person:
            name = names.person(signature.person)
        else:
            name = names.role(signature.office) if signature.office else ""
        if name:
            people[signature.part].append(name)
        elif signature.person or signature.office:
            values = {"part": signature.part, "person": signature.person}
            message = NO_SIGNER.fill(values | {"office": signature.office})
            doubts.append(Doubt(message, signature.place))
    front: dict[str, object] = {}
    for part, key in (("author", "authors"), ("reviewer", "reviewers")):
        if people[part]:
            front[key] = list(dict.fromkeys(people[part]))
    front["approver"] = (*people["approver"], UNKNOWN)[0]
    return front
