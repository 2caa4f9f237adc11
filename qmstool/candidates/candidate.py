"""A manual as a commit holds it → a candidate: texts frozen with their numbers, before anybody signs («lập hồ sơ trình ký»).

The draft line may move on; what is signed and recorded is the candidate. Its file lies in `releases/candidates/` and is read back
here. Number and date of the instrument do not exist yet (design §4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.releases import item
from qmstool.manual.model import UNKNOWN
from qmstool.manual.schema import CANDIDATE
from qmstool.parsing.yaml.nodes import Mark, compose
from qmstool.parsing.yaml.records import read as read_entry
from qmstool.register import origins
from qmstool.register.status import items_by_key, valid_releases
from qmstool.releases import record as release
from qmstool.releases.numbering import Number, next_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Problem
    from qmstool.git.commits import History
    from qmstool.manual.model import Document, Item, Manual
    from qmstool.parsing.source import Source
    from qmstool.parsing.yaml.records import Entry
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

CANDIDATES_FOLDER = "releases/candidates/"


@dataclass(frozen=True, slots=True)
class CandidateHeader:
    """What a new candidate is called, the commit it freezes, and when and by what it is prepared."""

    key: str
    title: str
    commit: str
    prepared: str
    tool: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the secretary says besides: which documents (all that changed, if none); by key, their acts, numbers and words."""

    only: frozenset[str] = frozenset()
    acts: Mapping[str, str] | None = None
    numbers: Mapping[str, Number] | None = None
    summaries: Mapping[str, str] | None = None
    reasons: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate as its file says."""

    key: str
    title: str
    commit: str
    prepared: str
    items: tuple[Item, ...]
    entry: Entry
    source: Source

    @property
    def keys(self) -> frozenset[str]:
        """The documents in it."""
        return frozenset(item.key for item in self.items)


def unknown_numbers(candidate: Candidate) -> tuple[str, ...]:
    """Return the codes of documents whose issue or revision nobody knows yet: what is signed has to bear them."""
    items = (each for each in candidate.items if each.act != "withdraw")
    return tuple(each.code for each in items if UNKNOWN in {each.issue, each.revision})


def read_candidate(source: Source) -> tuple[Candidate, list[Problem]]:
    """Read a candidate's file."""
    node, problems = compose(source)
    entry, more = read_entry(node, CANDIDATE, Mark("", source, 0, 0))
    key, title, commit, prepared = (
        entry.text(name) for name in ("candidate", "title", "commit", "prepared")
    )
    items = tuple(item(each) for each in entry.entries("items"))
    return Candidate(key, title, commit, prepared, items, entry, source), problems + more


def pending_candidates(manual: Manual) -> tuple[Candidate, ...]:
    """Return the candidates that no release has recorded yet: what lies before the signer."""
    recorded = {
        proof.text("file") for each in manual.releases for proof in each.entry.entries("evidence")
    }
    homes = (
        source
        for path, source in sorted(manual.sources.items())
        if path.startswith(CANDIDATES_FOLDER) and path not in recorded
    )
    return tuple(read_candidate(source)[0] for source in homes)


def submitted_documents(manual: Manual) -> frozenset[str]:
    """Return the keys of the documents that lie before the signer."""
    return frozenset(key for each in pending_candidates(manual) for key in each.keys)


def candidate_path(key: str) -> str:
    """Return where a candidate is kept."""
    return f"{CANDIDATES_FOLDER}{key}.yml"


def prepare_candidate(
    manual: Manual,
    tree: Tree,
    label: CandidateHeader,
    *,
    overrides: Overrides | None = None,
    history: History | None = None,
) -> str:
    """Return the text of a candidate's file: what is new, changed or gone since it was last recorded. Raises QmsError for nothing.

    `manual` and `tree` are those of the label's commit. With the history, summaries and reasons are taken from trailers.
    """
    items = list(_items(manual, tree, overrides or Overrides(), history))
    if not items:
        raise QmsError(
            Text(
                (
                    "Không có tài liệu nào mới, sửa đổi hay bãi bỏ để trình ký. Thay đổi phải "
                    "được lưu vào git trước."
                ),
                (
                    "No document is new, changed or gone: nothing to sign. Changes must be "
                    "committed first."
                ),
            )
        )
    return release.release_text(
        {
            "candidate": label.key,
            "title": label.title,
            "commit": label.commit,
            "prepared": label.prepared,
            "tool": label.tool,
            "catalogues": release.catalogue_ids(manual),
            "basis": release.pin_basis(tree),
            "items": items,
        }
    )


def _items(manual: Manual, tree: Tree, overrides: Overrides, history: History | None) -> Iterator[Value]:
    last = {key: life[-1][1] for key, life in items_by_key(valid_releases(manual.releases)).items()}
    for key in dict.fromkeys((*manual.documents, *last)):
        if overrides.only and key not in overrides.only:
            continue
        act = _act(key, manual, tree, last.get(key), overrides)
        if act:
            yield _item(key, act, manual, tree, last.get(key), overrides, history)


def _act(key: str, manual: Manual, tree: Tree, last: Item | None, overrides: Overrides) -> str | None:
    """What is to be done to a document; None where it stands as recorded."""
    document = manual.documents.get(key)
    asked = (overrides.acts or {}).get(key)
    gone = last is None or last.act == "withdraw"
    if document is None:
        return None if gone else "withdraw"
    if asked == "withdraw":
        return None if gone else "withdraw"
    if gone:
        return "new"
    changed = last is not None and release.digest_document(document, tree.read) != last.digest
    return asked or ("revise" if changed else None)


def _item(
    key: str,
    act: str,
    manual: Manual,
    tree: Tree,
    last: Item | None,
    overrides: Overrides,
    history: History | None,
) -> Value:
    document = manual.documents.get(key)
    number = (overrides.numbers or {}).get(key) or _next(document, manual, last, act)
    made: dict[str, Value] = {
        "code": (document.code or document.key) if document else (last.code if last else key),
        "act": act,
        "title": document.title if document else (last.title if last else key),
        "issue": number.issue,
        "revision": number.revision,
    }
    if document and act != "withdraw":
        made["digest"] = release.digest_document(document, tree.read)
        made["files"] = [
            release.pin_file(path, tree.read(path)) for path in release.document_files(document)
        ]
    paths = (
        release.document_files(document)
        if document
        else [pin.path for pin in last.files]
        if last
        else []
    )
    for name, trailer, given in (
        ("summary", "Change", overrides.summaries),
        ("reason", "Reason", overrides.reasons),
    ):
        told = origins.trailer_values_since(history, paths, last, trailer) if history else ""
        if said := (given or {}).get(key) or told:
            made[name] = said
    return made


def _next(document: Document | None, manual: Manual, last: Item | None, act: str) -> Number:
    kind = manual.config.types.get(document.type) if document else None
    previous = Number(last.issue, last.revision) if last else None
    if last is None and document and (paper := document.entry.entry("paper")):
        previous = Number(paper.text("issue", UNKNOWN), paper.text("revision", UNKNOWN))
    return next_number(kind.numbering if kind else "issue-revision", previous, act)
