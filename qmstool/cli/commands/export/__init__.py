"""Hand documents and registers on as files for paper and other programs (`qmstool export`)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from qmstool.cli import console

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

# Each kind of file is a module of this folder with `add(parser)` and `run(arguments) -> int`.
KINDS = {
    "pdf": "tài liệu, cả sổ tay hoặc danh mục thành PDF / documents, manual or register as PDF",
    "docx": "một tài liệu thành tệp Word, có thể kèm dấu vết sửa đổi / a document for Word",
    "pack": "gói hồ sơ đánh giá của một ngày, kiểm tra được khi không có mạng / an audit pack",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the kinds of files, each with its options."""
    kinds = parser.add_subparsers(dest="kind", metavar=f"<{'|'.join(KINDS)}>", required=True)
    for name, text in KINDS.items():
        kind = kinds.add_parser(name, help=text, description=text)
        console.add_common_options(kind, again=True)
        _kind_module(name).add(kind)


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    status: int = _kind_module(options.kind).run(options)
    return status


def _kind_module(kind: str) -> ModuleType:
    return import_module(f"qmstool.cli.commands.export.{kind}")
