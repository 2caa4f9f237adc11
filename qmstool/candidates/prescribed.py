"""Find what a candidate withdraws although documents that stay still prescribe it.

What goes in: a candidate, and the manual with the references that it froze. What comes out: one
`StillPrescribed` for each such document, those of the same candidate first. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.nodes import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import ReleaseItem
    from qmstool.references.model import References

TOLD = Text(
    "Chú ý: hồ sơ này bãi bỏ {code}, nhưng {users} vẫn dựa vào. Hãy sửa các chỗ ấy trong cùng đợt, "
    "hoặc chưa bãi bỏ {code}.",
    "Note: this candidate withdraws {code}, but {users} still relies on it. Change these places in "
    "the same release, or do not withdraw {code} yet.",
)
SAME = Text("{name} (cùng hồ sơ)", "{name} (in this candidate)")
CLAUSE = Text("điều khoản {number}", "clause {number}")


@dataclass(frozen=True, slots=True)
class StillPrescribed:
    """A document that is to be withdrawn, and in words what still relies on it."""

    item: ReleaseItem
    users: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """The same as a warning."""
        vi = ", ".join(user.vi for user in self.users)
        en = ", ".join(user.en for user in self.users)
        code = self.item.code
        return Text(
            TOLD.fill({"code": code, "users": vi}).vi, TOLD.fill({"code": code, "users": en}).en
        )


def still_prescribed(
    candidate: Candidate, manual: Manual, references: References
) -> Iterator[StillPrescribed]:
    """Yield what is withdrawn while texts, forms, processes or clauses still rely on it."""
    leaving = {item.key for item in candidate.items if item.act == "withdraw"}
    for item in candidate.items:
        if item.act != "withdraw":
            continue
        using = relying_documents(item.key, manual, references) - leaving
        own = sorted(using & candidate.keys)
        others = sorted(using - candidate.keys)
        users = [SAME.fill({"name": manual.documents[key].name}) for key in own]
        for key in others:
            name = manual.documents[key].name
            users.append(Text(name, name))
        users += [CLAUSE.fill({"number": number}) for number in _clauses(item.key, manual)]
        if users:
            yield StillPrescribed(item, tuple(users))


def relying_documents(key: str, manual: Manual, references: References) -> set[str]:
    """Return keys of the documents that cite a document, one of its sections, or belong to it."""
    using = set()
    for reference in references.by_target.get(("document", key), ()):
        using.add(reference.document)
    for document in manual.documents.values():
        parent = document.front_matter.parent
        if parent is not None and fold_code(text_of(parent)) == key:
            using.add(document.key)
    using.discard(key)
    return using


def _clauses(key: str, manual: Manual) -> list[str]:
    """The clauses whose row of a mapping names a document as what answers them."""
    numbers = []
    for coverage in manual.coverage.values():
        for number, row in coverage.rows.items():
            if any(fold_code(mark.text) == key for mark in row.documents):
                numbers.append(number)
    return numbers
