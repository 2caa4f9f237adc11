"""A manual with a whole life: every state that a document can be in, and every kind of page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmstool.digest import name_blob
from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_documents
from qmstool.storage.tree import FolderTree
from tests.support.baseline import baseline_text
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.site.scenes import CHANGED, FORM

if TYPE_CHECKING:
    from pathlib import Path

MAP = """\
schema: 1
title: Sơ đồ quá trình
groups: {lam: {name: Thực hiện}}
parties: {dan: {name: Người dân, side: both}}
processes:
  tl: {title: Kiểm soát tài liệu, group: lam, owner: VP, procedure: QT VP 01}
  dg: {title: Đánh giá nội bộ, group: lam, owner: VP, procedure: QT VP 03}
flows: [{from: dan, to: tl, item: yêu cầu}, {from: tl, to: dg, item: danh mục}]
"""
ABBREVIATIONS = "schema: 1\nabbreviations:\n  HTQL: {expansion: Hệ thống quản lý}\n"
THIRD = CHANGED.replace("giữ và công bố danh mục", "giữ, công bố và rà lại danh mục")


def procedure(code: str, title: str, text: str, front: str = "") -> str:
    return (
        f"---\ncode: {code}\ntype: procedure\ntitle: {title}\nowner: VP\napprover: giam-doc\n"
        f"{front}---\n\n# {title}\n\n{text}\n"
    )


def record(
    folder: Path, number: int, effective: str, items: list[tuple[str, str, str, str]]
) -> dict[str, str]:
    """The record of a release by decision, as a file.

    `items`: code, act, revision, and path of a text in the folder.
    """
    tree = FolderTree(folder)
    manual = load(tree)
    of = digest_documents(manual, tree.read)
    titles = {each.code: each.title for each in manual.documents.values()}
    keys = {each.code: each.key for each in manual.documents.values()}
    basis = [
        {"path": each, "blob": name_blob(tree.read(each))}
        for each in tree.list()
        if not each.startswith("releases/") and each.endswith(".yml")
    ]
    made = {
        "schema": "1",
        "release": str(number),
        "title": f"Đợt {number}",
        "effective": effective,
        "recorder": "VP",
        "previous": "none",
        "instrument": {"kind": "decision", "number": f"{number}/QĐ-VD", "date": effective},
        "signer": {"person": "unknown", "role": "giam-doc"},
        "basis": basis,
        "items": [
            {
                "code": code,
                "act": act,
                "title": titles.get(code, code),
                "issue": "1",
                "revision": revision,
                **(
                    {
                        "digest": of[keys[code]],
                        "files": [{"path": path, "blob": name_blob(tree.read(path))}],
                    }
                    if path
                    else {}
                ),
                "summary": f"Nội dung của đợt {number}",
                "reason": "Đề nghị của Văn phòng",
            }
            for code, act, revision, path in items
        ],
    }
    return {f"releases/{number:04d}.yml": json.dumps(made, ensure_ascii=False, indent=1)}


def lived(folder: Path) -> Repo:
    """On 22 November 2026 QT VP 01 is in force, its next revision scheduled, 02 superseded.

    04 is withdrawn, 05 scheduled, 06 a draft.
    """
    repo = Repo.make(folder)
    fourth = procedure("QT VP 04", "Quy trình tiếp khách", "Văn phòng tiếp khách.")
    repo.commit(
        "Texts",
        {
            **tiny(),
            "manual/process-map.yml": MAP,
            "manual/abbreviations.yml": ABBREVIATIONS,
            "procedures/qt-vp-04.md": fourth,
        },
    )
    tree = FolderTree(folder)
    repo.commit(
        "Release 1",
        {"releases/0001.yml": baseline_text(tree)},
    )
    repo.commit("Change", {"procedures/qt-vp-01.md": CHANGED})
    repo.commit(
        "Release 2",
        record(folder, 2, "2025-03-01", [("QT VP 01", "revise", "1", "procedures/qt-vp-01.md")]),
    )
    front = "replaces: [QT VP 02]\ndistribution: [{unit: VP, medium: paper, copies: 1}]\n"
    third = procedure("QT VP 03", "Quy trình đánh giá", "## 1. Cách làm\n\nLập báo cáo.", front)
    mapping = tiny()["clauses/mapping/tiny-1.yml"].decode().replace("QT VP 02", "QT VP 03")
    repo.commit(
        "A successor", {"procedures/qt-vp-03.md": third, "clauses/mapping/tiny-1.yml": mapping}
    )
    items = [
        ("QT VP 03", "new", "0", "procedures/qt-vp-03.md"),
        ("QT VP 02", "withdraw", "0", ""),
        ("QT VP 04", "withdraw", "0", ""),
    ]
    repo.commit("Release 3", record(folder, 3, "2026-06-01", items))
    for gone in ("02", "04"):
        (folder / f"procedures/qt-vp-{gone}.md").unlink()
    fifth = procedure("QT VP 05", "Quy trình tiếp công dân", "Văn phòng tiếp công dân.")
    section = (
        tiny()["manual/2.1.md"]
        .decode()
        .replace(
            "đánh giá nội bộ](../procedures/qt-vp-02.md)", "đánh giá](../procedures/qt-vp-03.md)"
        )
    )
    repo.commit(
        "More",
        {
            "procedures/qt-vp-01.md": THIRD,
            "procedures/qt-vp-05.md": fifth,
            "manual/2.1.md": section,
        },
    )
    coming = [
        ("QT VP 01", "revise", "2", "procedures/qt-vp-01.md"),
        ("QT VP 05", "new", "0", "procedures/qt-vp-05.md"),
    ]
    repo.commit("Release 4", record(folder, 4, "2027-01-01", coming))
    sixth = procedure("QT VP 06", "Quy trình lưu trữ", "Văn phòng lưu hồ sơ.")
    repo.commit(
        "Draft",
        {
            "procedures/qt-vp-06.md": sixth,
            "procedures/bm-vp-01-01.md": FORM,
            "procedures/bm-vp-01-01.docx": b"PK word",
        },
    )
    return repo
