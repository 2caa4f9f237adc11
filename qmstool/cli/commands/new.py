"""Begin a document: a file with its front matter (`qmstool new`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.scaffold.new_document import new_document
from qmstool.storage import files
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse

IS_THERE = Text(
    "Đã có tệp «{path}». Tệp ấy để nguyên.", "«{path}» is there already, and left as it is."
)
MADE = Text(
    "Đã tạo {path}, mã {code}. Hãy ghi ai chủ trì, ai phê duyệt ở đầu tệp, rồi viết nội dung.",
    "Made {path} with the code {code}. Name its owner and approver at its head, then write.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("type", metavar="TYPE", help="loại, theo qms.yml / a type of qms.yml")
    parser.add_argument("code", metavar="CODE", help="mã / code")
    parser.add_argument("title", metavar="TITLE", help="tên / title")
    parser.add_argument(
        "--parent", default="", metavar="CODE", help="biểu mẫu: thuộc tài liệu / a form's document"
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; one that is there stays."""
    manual = load(FolderTree(options.root))
    lang = console.screen_language(options, manual.config)
    path, code, text = new_document(
        manual,
        options.type,
        options.code,
        options.title,
        parent=options.parent,
        lang=manual.config.screen,
    )
    if (options.root / path).exists():
        raise QmsError(IS_THERE.fill({"path": path}))
    files.write(options.root, path, text, new=True)
    console.print_note(MADE.fill({"path": path, "code": code}), lang)
    return 0
