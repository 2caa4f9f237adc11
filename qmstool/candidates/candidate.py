"""Prepare candidates: texts frozen with numbers, to be signed («lập hồ sơ trình ký»).

What goes in: a manual as a commit holds it, and what the secretary says besides. What comes out:
the text of a file in `releases/candidates/`; loading it gives a `Candidate`. The draft line may
move on; what is signed and recorded is the candidate. Number and date of the instrument do not
exist yet: the records office gives them after the signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.model import UNKNOWN
from qmstool.register import origins
from qmstool.register.status import items_by_key, valid_releases
from qmstool.releases import record
from qmstool.releases.numbering import Number, next_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from qmstool.git.history import History
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import ReleaseItem
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

NOTHING_TO_SIGN = Text(
    (
        "Không có tài liệu nào mới, sửa đổi hay bãi bỏ để trình ký. Thay đổi phải "
        "được lưu vào git trước."
    ),
    "No document is new, changed or gone: nothing to sign. Changes must be committed first.",
)


@dataclass(frozen=True, slots=True)
class CandidateHeader:
    """What a new candidate is called, the commit that it freezes, when and by what it is made."""

    key: str
    title: str
    commit: str
    prepared: date
    tool: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the secretary says besides.

    `only`: the keys of the documents to take, all that changed if it is empty; by key, their acts,
    numbers, summaries and reasons.
    """

    only: frozenset[str] = frozenset()
    acts: Mapping[str, str] | None = None
    numbers: Mapping[str, Number] | None = None
    summaries: Mapping[str, str] | None = None
    reasons: Mapping[str, str] | None = None


def unknown_numbers(candidate: Candidate) -> tuple[str, ...]:
    """Return the codes of documents whose issue or revision nobody knows yet.

    What is signed has to bear them.
    """
    items = [item for item in candidate.items if item.act != "withdraw"]
    return tuple(item.code for item in items if UNKNOWN in {item.issue, item.revision})


def prepare_candidate(
    manual: Manual,
    tree: Tree,
    header: CandidateHeader,
    *,
    overrides: Overrides | None = None,
    history: History | None = None,
) -> str:
    """Return the text of a candidate's file: what is new, changed or gone since last recorded.

    `manual` and `tree` are those of the header's commit. With the history, summaries and reasons
    are taken from trailers. Raises QmsError where nothing is to be signed.
    """
    items = list(_items(manual, tree, overrides or Overrides(), history))
    if not items:
        raise QmsError(NOTHING_TO_SIGN)
    return record.release_text(
        {
            "candidate": header.key,
            "title": header.title,
            "commit": header.commit,
            "prepared": header.prepared.isoformat(),
            "tool": header.tool,
            "catalogues": record.catalogue_ids(manual),
            "basis": record.pin_basis(tree),
            "items": items,
        }
    )


def _items(
    manual: Manual, tree: Tree, overrides: Overrides, history: History | None
) -> Iterator[Value]:
    lives = items_by_key(valid_releases(manual.releases))
    last = {key: life[-1][1] for key, life in lives.items()}
    for key in dict.fromkeys((*manual.documents, *last)):
        if overrides.only and key not in overrides.only:
            continue
        act = _act(manual.documents.get(key), last.get(key), tree, (overrides.acts or {}).get(key))
        if act:
            yield _item(key, act, manual, tree, last.get(key), overrides, history)


def _act(
    document: Document | None, last: ReleaseItem | None, tree: Tree, wanted: str | None
) -> str | None:
    """What is to be done to a document; None where it stands as recorded."""
    in_force = last is not None and last.act != "withdraw"
    if document is None or wanted == "withdraw":
        return "withdraw" if in_force else None
    if last is None or not in_force:
        return "new"
    if wanted:
        return wanted
    return "revise" if record.released_digest(document, (last,), tree.read) != last.digest else None


def _item(
    key: str,
    act: str,
    manual: Manual,
    tree: Tree,
    last: ReleaseItem | None,
    overrides: Overrides,
    history: History | None,
) -> Value:
    document = manual.documents.get(key)
    number = (overrides.numbers or {}).get(key) or _next(document, manual, last, act)
    written = _named(key, document, last, act) | {
        "issue": number.issue,
        "revision": number.revision,
    }
    paths = _paths(document, last)
    if document and act != "withdraw":
        written["digest"] = record.digest_document(document, tree.read)
        written["files"] = [record.pin_file(tree, path) for path in paths]
    words = (
        ("summary", "Change", overrides.summaries),
        ("reason", "Reason", overrides.reasons),
    )
    for field, trailer, given in words:
        text = (given or {}).get(key)
        if not text and history:
            text = origins.trailer_values_since(history, paths, last, trailer)
        if text:
            written[field] = text
    return written


def _named(
    key: str, document: Document | None, last: ReleaseItem | None, act: str
) -> dict[str, Value]:
    """What a document is called: as it calls itself, else as it was last recorded."""
    if document:
        return {"code": document.code or document.key, "act": act, "title": document.title}
    if last:
        return {"code": last.code, "act": act, "title": last.title}
    return {"code": key, "act": act, "title": key}


def _paths(document: Document | None, last: ReleaseItem | None) -> tuple[str, ...]:
    if document:
        return record.document_files(document)
    return tuple(pin.path for pin in last.files) if last else ()


def _next(document: Document | None, manual: Manual, last: ReleaseItem | None, act: str) -> Number:
    kind = manual.config.types.get(document.type) if document else None
    policy = kind.numbering if kind else "issue-revision"
    return next_number(policy, _previous(document, last), act)


def _previous(document: Document | None, last: ReleaseItem | None) -> Number | None:
    """The number to count on from: the recorded one, else what a registered paper bears."""
    if last:
        return Number(last.issue, last.revision)
    paper = document.front_matter.paper if document else None
    if paper is None:
        return None
    return Number(paper.issue, paper.revision)
