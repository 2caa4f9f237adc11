"""Make the record of what was signed on paper before: taken over with what each text claims.

What goes in: a manual as a commit holds it, what is recorded already, and the claims. What comes
out: the text of the next release file. It puts nothing in force and proves no approval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.manual.model import UNKNOWN
from qmstool.manual.releases import Claim, TakenOver
from qmstool.manual.values import Unknown, written_day
from qmstool.releases import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.values import Day
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

UNSIGNED: Mapping[str, Value] = {
    "instrument": {"kind": UNKNOWN, "number": UNKNOWN, "date": UNKNOWN},
    "signer": {"person": UNKNOWN, "role": UNKNOWN, "capacity": UNKNOWN},
    "effective": UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is taken over: the record's number and title, who records it, when and with what.

    `claims`: by the documents' keys; `replaces`: number of the record whose mistaken take-over it
    replaces, None for none, because of `reason`; `previous`: digest of the record before.
    """

    number: int
    title: str
    tool: str
    recorder: str = UNKNOWN
    recorded: Day = Unknown.UNKNOWN
    claims: Mapping[str, TakenOver] | None = None
    replaces: int | None = None
    reason: str = ""
    previous: str = record.NONE


def adopt(manual: Manual, tree: Tree, keys: Iterable[str], adoption: Adoption) -> str:
    """Return the text of a release file that takes some documents over.

    Issue and revision are those that a text claims, else what its registered paper bears. What a
    text says of itself at its head is a claim too, unless another is given. The first record is an
    imported baseline, as ever.
    """
    keys = tuple(keys)
    claims = _with_own_claims(manual, keys, adoption.claims or {})
    first = adoption.number == 1
    written: dict[str, Value] = {"release": str(adoption.number)}
    if first:
        written["imported"] = "true"
    written |= {"title": adoption.title, **UNSIGNED, "evidence": []}
    written |= {
        "recorder": adoption.recorder,
        "recorded": str(adoption.recorded),
        "tool": adoption.tool,
        "catalogues": record.catalogue_ids(manual),
    }
    if adoption.replaces is not None:
        written |= {"replaces_record": str(adoption.replaces), "reason": adoption.reason}
    items = [_item(manual.documents[key], tree, claims.get(key), first=first) for key in keys]
    written |= {"previous": adoption.previous, "basis": record.pin_basis(tree), "items": items}
    return record.release_text(written, "1" if first and not claims else "2")


def _with_own_claims(
    manual: Manual, keys: Iterable[str], given: Mapping[str, TakenOver]
) -> Mapping[str, TakenOver]:
    """Return the claims of documents that have any: those given, then what their heads say."""
    claims = {}
    for key in keys:
        taken = given.get(key)
        own = own_claims(manual.documents[key])
        if taken or own:
            taken = taken or TakenOver("none", ())
            others = tuple(claim for claim in own if not taken.claimed_value(claim.what))
            claims[key] = replace(taken, claims=(*taken.claims, *others))
    return claims


def own_claims(document: Document) -> tuple[Claim, ...]:
    """Return what a text, or its paper, says at its head; it stood under that key of that file."""
    own = [
        Claim(own.what, own.mark.text, f"{document.path}: {own.key}")
        for own in document.front_matter.claims
    ]
    said = {claim.what for claim in own}
    paper = document.front_matter.paper
    if paper is not None:
        words = {
            "issue": paper.issue,
            "revision": paper.revision,
            "effective": written_day(paper.effective),
        }
        for what, value in words.items():
            if value not in {"", UNKNOWN} and what not in said:
                own.append(Claim(what, value, f"{document.path}: paper.{what}"))
    return tuple(own)


def _item(document: Document, tree: Tree, taken: TakenOver | None, *, first: bool) -> Value:
    written = dict(record.taken_over_item(document, tree))
    if taken:
        written["issue"] = taken.claimed_value("issue") or written["issue"]
        written["revision"] = taken.claimed_value("revision") or written["revision"]
    if not taken and first:
        return written
    said: dict[str, Value] = {"level": taken.level if taken else "none"}
    claims = []
    for claim in taken.claims if taken else ():
        words = {"what": claim.what, "value": claim.value, "stood": claim.stated_in}
        claims.append({name: text for name, text in words.items() if text})
    if claims:
        said["claims"] = claims
    return written | {"taken_over": said}
