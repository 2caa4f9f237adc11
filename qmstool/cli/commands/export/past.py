"""Read a recorded version of one document, from the very files that its release pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.register.status import Register, register, version_status
from qmstool.register.versions import find_issue, life_blobs, recorded_life
from qmstool.storage.tree import MANIFEST
from qmstool.tables.change_table import change_table

if TYPE_CHECKING:
    from qmstool.cli.context import HistoryContext
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

LOST = Text(
    "Kho ở đây không có đủ nội dung của bản «{name}»: {paths}.",
    "The text of the version «{name}» is not whole here: {paths}.",
)

UNPINNED = Text(
    "Bản ghi phát hành có bản «{name}» không ghi mã nội dung của {file}, nên không biết bản ấy "
    "được đọc theo thiết lập nào. Hãy chọn một bản ban hành sau đó.",
    "The release record with the version «{name}» pins no {file}, so nobody knows by which "
    "settings it was read. Choose a later version.",
)


@dataclass(frozen=True, slots=True)
class PastIssue:
    """A past issue of a document: its text, how it stands today, and its changes up to it."""

    document: Document
    manual: Manual
    standing: Register
    tree: Tree
    changes: dict[str, Table]


def texts_of_version(
    context: HistoryContext, release: Release, item: ReleaseItem, name: str
) -> tuple[Manual, Tree]:
    """Return the manual of one document that a release pins, and its files.

    `name`: what the user called the version. Raises QmsError where its text is not whole here, or
    its release pins no settings to read it by.
    """
    if all(pin.path != MANIFEST for pin in release.basis):
        raise QmsError(UNPINNED.fill({"name": name, "file": MANIFEST}))
    tree = context.proved_tree({pin.path: pin.blob for pin in (*release.basis, *item.files)})
    if tree.missing():
        raise QmsError(LOST.fill({"name": name, "paths": ", ".join(tree.missing())}))
    return load(tree), tree


def past_issue(context: HistoryContext, code: str, issue: str) -> PastIssue:
    """Return an issue of a document by its number, «2» or «2/1»: how it stands is of today.

    Raises QmsError where the document or the issue is not recorded, or its text is not here.
    """
    life = recorded_life(context.manual, code)
    index = find_issue(life, issue)
    release, item = life[index]
    manual, tree = texts_of_version(context, release, item, issue)
    today = register(manual, context.manual.releases, context.today)
    status = version_status(life, index, context.today)
    standing = Register(today.day, {**today.statuses, item.key: status}, today.releases)
    until = life[: index + 1]
    blobs = context.texts_of_blobs(life_blobs(until))
    table = change_table(context.manual, until, context.today, context.readers, blobs=blobs)
    return PastIssue(manual.documents[item.key], manual, standing, tree, {item.key: table})
