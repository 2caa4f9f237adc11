"""Mark a document to be withdrawn by the next release (`qmstool withdraw`).

The file stays: what was in force has to stay readable. `release prepare` takes the mark as the act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.candidates.prescribed import relying_documents
from qmstool.cli import changing, console
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.change_rows import is_standing
from qmstool.register.versions import document_key, life_of
from qmstool.scaffold.withdrawing import mark_withdrawal, unmark_withdrawal
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual

GONE = Text(
    "Tệp của «{code}» không còn. Lấy lại tệp rồi chạy lại lệnh này, hoặc lập hồ sơ với --act "
    "{act}.",
    "The file of «{code}» is gone. Bring it back and run this again, or prepare with --act {act}.",
)
NEVER_ISSUED = Text(
    "«{code}» chưa được ban hành, hoặc đã bị bãi bỏ: không có gì để bãi bỏ.",
    "«{code}» was never issued, or is withdrawn already: there is nothing to withdraw.",
)
RELIED_ON = Text(
    "Chú ý: {users} còn dựa vào {code}. Hãy sửa các tài liệu ấy trong cùng đợt.",
    "Note: {users} still relies on {code}. Change these documents in the same release.",
)
NEXT = Text(
    "Sau khi lưu vào git, {code} sẽ vào hồ sơ trình ký kế tiếp với việc «bãi bỏ» (qmstool release "
    "prepare). Tệp được giữ lại.",
    "Once committed, the next candidate will have {code} to be withdrawn (qmstool release "
    "prepare). The file stays.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    parser.add_argument(
        "--undo", action="store_true", help="thôi bãi bỏ, bỏ dấu / take the mark out again"
    )
    changing.add_change_options(parser)


def run(options: argparse.Namespace) -> int:
    """Show what would change, and change it when told."""
    tree = ReadOnceTree(FolderTree(options.root))
    manual = load(tree)
    lang = console.screen_language(options, manual.config)
    key = document_key(manual, options.code)
    document = manual.documents.get(key)
    if document is None:
        raise QmsError(
            GONE.fill({"code": options.code, "act": shell.quote(f"{options.code}=withdraw")})
        )
    if options.undo:
        return changing.make_change(
            options, unmark_withdrawal(document, tree.read, manual.config.habits), lang
        )
    if not is_standing(life_of(manual.releases, key)):
        raise QmsError(NEVER_ISSUED.fill({"code": document.name}))
    change = mark_withdrawal(document, tree.read, manual.config.habits)
    users = _users(manual, document)
    if users:
        console.print_note(RELIED_ON.fill({"users": users, "code": document.name}), lang)
    status = changing.make_change(options, change, lang)
    if not change.empty:
        console.print_note(NEXT.fill({"code": document.name}), lang)
    return status


def _users(manual: Manual, document: Document) -> str:
    """The names of the documents that still rely on one."""
    keys = relying_documents(document.key, manual, resolve(manual))
    return ", ".join(manual.documents[key].name for key in sorted(keys))
