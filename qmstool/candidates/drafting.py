"""Say what a candidate does to each document: new, revised, withdrawn, and with which number.

What goes in: a manual as a commit holds it, what is recorded, and what the secretary says besides.
What comes out: the items of a candidate as they are written. A document that was withdrawn comes
back by an explicit act alone, and one in force never goes because its file is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.parsing.codes import fold_code
from qmstool.register import origins
from qmstool.register.change_rows import is_standing, scheduled_versions, version_on
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.releases import record
from qmstool.releases.numbering import Number, next_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qmstool.git.history import History
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

GONE = Text(
    "{codes}: đang có hiệu lực (hoặc đã ban hành, chờ có hiệu lực) mà tệp {path} không còn. Nếu "
    "mất do nhầm, lấy lại đúng nội dung đã ban hành: {bring_back}. Nếu muốn bãi bỏ: "
    "lấy lại tệp rồi chạy qmstool withdraw {first}, hoặc lập hồ sơ với "
    "--act {withdrawn}.",
    "{codes}: in force (or issued, and to take effect) while the file {path} is gone. If it was "
    "lost by mistake, bring back the very text that was issued: {bring_back}. To "
    "withdraw it: bring the file back and run qmstool withdraw {first}, or prepare with "
    "--act {withdrawn}.",
)
WITHDRAWN = Text(
    "«{code}» đã bị bãi bỏ nên không tự vào hồ sơ trình ký. Muốn ban hành lại: --act {new}.",
    "«{code}» was withdrawn, so it is not taken by itself. To issue it again: --act {new}.",
)
STANDING = Text(
    "«{code}» đang có hiệu lực (hoặc đã ban hành, chờ có hiệu lực) nên không thể là tài liệu mới. "
    "Bỏ --act {new}; nếu muốn sang lần ban hành sau: --act {reissue}.",
    "«{code}» is in force (or issued, and to take effect), so it is not new. Leave --act {new} "
    "out; for its next issue: --act {reissue}.",
)
STILL_MARKED = Text(
    "«{code}» còn dòng «withdraw: next» ở đầu tệp, tức là đề nghị bãi bỏ. Hãy bỏ dòng ấy (qmstool "
    "withdraw {quoted} --undo), lưu vào git rồi lập hồ sơ.",
    "«{code}» still has the line «withdraw: next» in its head, which asks to withdraw it. Take the "
    "line out (qmstool withdraw {quoted} --undo), commit, and prepare again.",
)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the secretary says besides.

    `only_codes`: the keys of the documents to take, all that changed if it is empty; by key, their
    acts, numbers, summaries and reasons.
    """

    only_codes: frozenset[str] = frozenset()
    acts: Mapping[str, str] | None = None
    numbers: Mapping[str, Number] | None = None
    summaries: Mapping[str, str] | None = None
    reasons: Mapping[str, str] | None = None


def _typed(code: str) -> dict[str, str]:
    """Return a code as it is written, and as a command takes it."""
    acts = {act: shell.quote(f"{code}={act}") for act in ("new", "reissue")}
    return {"code": code, "quoted": shell.quote(code), **acts}


class GoneError(QmsError):
    """Documents in force whose files are gone; `items`: what was last recorded of each."""

    def __init__(self, items: Sequence[ReleaseItem]) -> None:
        first = items[0]
        pin = first.files[0] if first.files else None
        values = {
            "codes": ", ".join(item.code for item in items),
            "first": shell.quote(first.code),
            "withdrawn": shell.quote(f"{first.code}=withdraw"),
            "path": pin.path if pin else "",
            "bring_back": shell.into_file(f"git show {pin.blob[:12]}", pin.path) if pin else "",
        }
        super().__init__(GONE.fill(values))
        self.items = items


class Drafting:
    """Says what is to be done to each document, and writes it as an item.

    `day`: the day whose manual in force the texts are compared with.
    """

    def __init__(
        self,
        manual: Manual,
        tree: Tree,
        day: date,
        overrides: Overrides,
        history: History | None,
        releases: Sequence[Release],
    ) -> None:
        self.manual = manual
        self.tree = tree
        self.day = day
        self.overrides = overrides
        self.history = history
        self.lives = items_by_key(valid_releases(releases))

    def items(self) -> list[Value]:
        """Return an item for each document to be signed. Raises QmsError where a file is gone."""
        items: list[Value] = []
        gone: list[ReleaseItem] = []
        for key in dict.fromkeys((*self.manual.documents, *self.lives)):
            if self.overrides.only_codes and key not in self.overrides.only_codes:
                continue
            act = self._act(key)
            if act == "gone":
                gone.append(self.lives[key][-1][1])
            elif act:
                items.append(self._item(key, act))
        if gone:
            raise GoneError(gone)
        return items

    def _act(self, key: str) -> str | None:
        """What is to be done to a document; None where it stands as recorded."""
        document = self.manual.documents.get(key)
        wanted = (self.overrides.acts or {}).get(key)
        to_withdraw = wanted == "withdraw"
        if document is not None and document.front_matter.withdraw is not None:
            if wanted not in {None, "withdraw"}:
                raise QmsError(STILL_MARKED.fill(_typed(document.name)))
            to_withdraw = True
        if not is_standing(self.lives.get(key, ())):
            if to_withdraw or document is None:
                return None
            return self._first_act(key, document, wanted)
        if to_withdraw or (document is None and self._is_replaced(key)):
            return "withdraw"
        if document is None:
            return "gone"
        if wanted == "new":
            raise QmsError(STANDING.fill(_typed(document.name)))
        return wanted or self._revision(key, document)

    def _first_act(self, key: str, document: Document, wanted: str | None) -> str | None:
        """What is to be done to a document that no record holds, or the last one withdrew."""
        if key not in self.lives or wanted:
            return "new"
        if self.overrides.only_codes:
            raise QmsError(WITHDRAWN.fill(_typed(document.name)))
        return None

    def _revision(self, key: str, document: Document) -> str | None:
        """«revise» where a text is neither the one in force nor one that is to take effect."""
        life = self.lives[key]
        before = version_on(life, self.day)
        recorded = [*scheduled_versions(life, self.day), *([before] if before else ())]
        for _, item in recorded:
            if record.released_digest(document, (item,), self.tree.read) == item.digest:
                return None
        return "revise"

    def _is_replaced(self, key: str) -> bool:
        """Whether a document at hand says that it stands in the place of another, or has its file.

        A file that bears another code now has given its document another one.
        """
        paths = {pin.path for pin in self.lives[key][-1][1].files}
        for document in self.manual.documents.values():
            if any(fold_code(mark.text) == key for mark in document.front_matter.replaces):
                return True
            if document.path in paths:
                return True
        return False

    def _item(self, key: str, act: str) -> Value:
        document = self.manual.documents.get(key)
        life = self.lives.get(key, ())
        last = life[-1][1] if life else None
        number = (self.overrides.numbers or {}).get(key)
        number = number or _next(document, self.manual, last, act)
        written = _named(key, document, last, act) | {
            "issue": number.issue,
            "revision": number.revision,
        }
        paths = _paths(document, last)
        if document and act != "withdraw":
            written["digest"] = record.digest_document(document, self.tree.read)
            written["files"] = [record.pin_file(self.tree, path) for path in paths]
        before = version_on(life, self.day)
        written["follows"] = str(before[0].number) if before else "0"
        return written | self._words(key, paths, last)

    def _words(self, key: str, paths: tuple[str, ...], last: ReleaseItem | None) -> dict[str, str]:
        """Summary and reason, as the secretary says them or the commits do."""
        words = {}
        for field, trailer, given in (
            ("summary", "Change", self.overrides.summaries),
            ("reason", "Reason", self.overrides.reasons),
        ):
            text = (given or {}).get(key)
            if not text and self.history:
                text = origins.trailer_values_since(self.history, paths, last, trailer)
            if text:
                words[field] = text
        return words


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
