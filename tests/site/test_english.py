"""The English interface: where the manual is English, no Vietnamese word is left on any page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qmstool.storage.tree import FolderTree
from tests.support.baseline import baseline_text
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.site.lives import record
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from pathlib import Path

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
QMS = """\
schema: 1
organization: {name: Example Office}
language: en
timezone: Asia/Ho_Chi_Minh
standards: [{catalogue: tiny-1}]
types:
  manual: {name: Manual, code: QM, requires: [owner]}
  procedure: {name: Procedure, code: "QP {unit} {nn}", requires: [owner]}
  form: {name: Form, code: "F {unit} {nn}.{nn}", form_of: procedure}
units: {VP: {name: Secretariat}}
roles: {head: {name: Head, approves: [manual, procedure]}}
site: {url: https://qms.example.org, contact: The secretariat, edit_url: "https://forge.example.org/{path}"}
"""


def procedure(code: str, title: str, text: str, front: str = "") -> str:
    head = f"code: {code}\ntype: procedure\ntitle: {title}\nowner: VP\napprover: head\n{front}"
    return f"---\n{head}---\n\n# {title}\n\n## 1. Work\n\n{text}\n"


FILES: dict[str, str | bytes] = {
    "qms.yml": QMS,
    "manual/index.md": (
        "---\ncode: QM\ntype: manual\ntitle: Quality manual\nowner: VP\n---\n\n# Quality manual\n"
        "\nOpening.\n"
    ),
    "manual/1.2.md": "# 1.2. Documented information\n\nDocuments are controlled by QP VP 01.\n",
    "manual/process-map.yml": (
        "schema: 1\ntitle: Map\ngroups: {g: {name: Work}}\n"
        "parties: {p: {name: Citizens, side: both}}\n"
        "processes: {x: {title: Control, group: g, owner: VP, procedure: QP VP 01}}\n"
        "flows: [{from: p, to: x, item: request}]\n"
    ),
    "manual/abbreviations.yml": (
        "schema: 1\nabbreviations: {QMS: {expansion: Quality management system}}\n"
    ),
    "procedures/qp-vp-01.md": procedure(
        "QP VP 01", "Control of documents", "The office keeps a list."
    ),
    "procedures/qp-vp-02.md": procedure("QP VP 02", "Internal audit", "An audit a year."),
    "procedures/f-vp-01-01.md": (
        "---\ncode: F VP 01.01\ntype: form\ntitle: Request\nparent: QP VP 01\nfile: f.docx\n---\n"
    ),
    "procedures/f.docx": b"PK word",
    "procedures/external.yml": (
        "schema: 1\ndocuments:\n"
        "  act: {number: 30/2020/ND, type: Act, issuer: Parliament, title: Archives, "
        "status: superseded, superseded_by: [next]}\n"
        "  next: {number: 31/2024/ND, type: Act, issuer: Parliament, title: Archives, "
        "status: in_force}\n"
    ),
    "procedures/records.yml": (
        "schema: 1\nrecords:\n  report: {title: Audit report, owner: VP, retention: 5 years}\n"
    ),
    "clauses/mapping/tiny-1.yml": (
        "schema: 1\ncatalogue: tiny-1\nclauses:\n"
        "  '1.2':\n    section: '1.2'\n    documents: [QP VP 01]\n"
        "    external: [act]\n    covers: ['1.2.1']\n"
        "  '2.1':\n    documents: [QP VP 02]\n    records: [report]\n"
        "  '2.2':\n    excluded: {reason: Nothing is designed.}\n"
    ),
}


def catalogue() -> str:
    """The tiny catalogue with English titles in both languages: a page shows a standard in both."""
    text = tiny()["clauses/catalogues/tiny-1.yml"].decode()
    text = re.sub(r"\{vi: [^,{}]+, en: ([^,{}]+)", r"{vi: \1, en: \1", text)
    text = text.replace("Tiêu chuẩn Nhỏ", "A small standard")
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def test_no_vietnamese_word_is_left(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "repo")
    english = "Writer <w@example.org>"
    repo.commit("Texts", {**FILES, "clauses/catalogues/tiny-1.yml": catalogue()}, author=english)
    tree = FolderTree(repo.folder)
    imported = baseline_text(tree, title="As found")
    repo.commit("Import", {"releases/0001.yml": imported}, author=english)
    changed = str(FILES["procedures/qp-vp-01.md"]).replace(
        "keeps a list", "keeps and publishes a list"
    )
    repo.commit("Change", {"procedures/qp-vp-01.md": changed}, author=english)
    for number, day in ((2, "2026-01-01"), (3, "2027-01-01")):
        items = [("QP VP 01", "revise", str(number - 1), "procedures/qp-vp-01.md")]
        made = record(repo.folder, number, day, items)
        plain = {
            path: text.replace("Đợt", "Release")
            .replace("Nội dung của đợt", "Of release")
            .replace("Đề nghị của Văn phòng", "Asked")
            for path, text in made.items()
        }
        repo.commit(
            f"Release {number}",
            {path: text.replace("QĐ-VD", "D") for path, text in plain.items()},
            author=english,
        )
    repo.commit(
        "Draft",
        {
            "procedures/qp-vp-02.md": str(FILES["procedures/qp-vp-02.md"]).replace(
                "a year", "each year"
            )
        },
        author=english,
    )
    site = built(repo.folder, tmp_path / "site", "en").target
    left = []
    told = [*site.rglob("*.json"), *site.rglob("search/**/*.js"), site / "build.js"]
    told = [path for path in told if "assets" not in path.parts]
    for path in sorted([*site.rglob("*.html"), *told]):
        text = path.read_text("utf-8")
        text = json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".json" else text
        left += [
            f"{path.relative_to(site)}: {text[max(0, found.start() - 40) : found.end() + 20]}"
            for found in VIETNAMESE.finditer(text)
        ]
    assert len(list(site.rglob("*.html"))) > 60
    assert sorted(set(left))[:9] == []
