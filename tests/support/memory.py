"""A manual in memory, for tests that want a few files and no disk."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from qmstool.storage.beside import find_beside
from qmstool.storage.tree import belongs_to_manual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.manual.model import Manual
    from qmstool.storage.beside import Beside
    from qmstool.storage.whole_file import Refusal


class LinkOut(bytes):
    """Stands for a link that leads out of the manual: the words are where to."""


class MemoryTree:
    """A `Tree` over a dict of path → text or bytes."""

    def __init__(self, files: dict[str, str | bytes]) -> None:
        self.files = {
            path: text.encode() if isinstance(text, str) else text for path, text in files.items()
        }

    def list(self) -> tuple[str, ...]:
        return tuple(sorted(self.files.keys() - self.refused().keys()))

    def refused(self) -> dict[str, Refusal]:
        return {path: "outside" for path, data in self.files.items() if isinstance(data, LinkOut)}

    def beside(self) -> tuple[Beside, ...]:
        return find_beside(self.files, self.files.get, belongs_to_manual)

    def read(self, path: str) -> bytes:
        if isinstance(self.files[path], LinkOut):
            raise KeyError(path)
        return self.files[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        listed = self.files.keys() - self.refused().keys()
        return {path: self.files[path] for path in paths if path in listed}


MANIFEST = """\
schema: 1
organization: {name: Công ty Mẫu}
language: vi
timezone: Asia/Ho_Chi_Minh
standards: [{catalogue: small}]
types:
  manual: {name: Sổ tay, code: ST}
  procedure: {name: Quy trình, code: "QT {unit} {nn}"}
citations:
  external: ["{n}/{yyyy}/{abc}"]
  words:
    vi: {clause: [điều khoản], section: [mục], annex: [phụ lục], to: [đến], and: [và], of: [của, tại]}
    en: {clause: [clause], section: [section], annex: [annex]}
"""

CATALOGUE = """\
schema: 1
standard: NORM
edition: "1"
title: Small norm
cited_as: ["NORM 1", "Tiêu chuẩn NORM"]
clauses:
  "4": {vi: Bối cảnh, en: Context}
  "4.1": {vi: Hiểu bối cảnh, en: Understanding}
  "4.10": {vi: Điều mười, en: Ten}
"""

MAPPING = """\
schema: 1
catalogue: small
clauses:
  "4.1": {section: "4.1", documents: [QT A 01]}
  "4.10": {section: "4.1"}
"""

EXTERNAL = """\
schema: 1
documents:
  nd-83: {number: 83/2006/NĐ-CP, type: Nghị định, issuer: Chính phủ, title: Về tổ chức, status: unknown}
"""

PROCEDURE = """\
---
code: QT A 01
type: procedure
title: Quy trình mẫu
names: [quy trình chung của nhóm A]
---
# Quy trình mẫu

## 5. Nội dung

### 5.2. Cách làm
"""


def files(**more: str) -> MemoryTree:
    """The small manual; `body` is the text of section 4.1, other keywords name files (`__` for `/`,
    `_dot_` for `.`).
    """
    body = more.pop("body", "")
    given: dict[str, str | bytes] = {
        "qms.yml": MANIFEST,
        "clauses/catalogues/small.yml": CATALOGUE,
        "clauses/mapping/small.yml": MAPPING,
        "manual/index.md": "---\ncode: ST\ntype: manual\ntitle: Sổ tay\n---\n",
        "manual/1/4.1.md": f"# 4.1. Bối cảnh\n\n{dedent(body)}",
        "manual/2/01.md": "# Phụ lục 01. Sơ đồ {#phu-luc-01}\n",
        "procedures/qt-a-01.md": PROCEDURE,
        "procedures/external.yml": EXTERNAL,
    }
    given |= {path.replace("__", "/").replace("_dot_", "."): text for path, text in more.items()}
    return MemoryTree(given)


def manual(**more: str) -> Manual:
    """The small manual, loaded."""
    return load(files(**more))
