"""Manuals whose sites the tests look at, and the build of them."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from qmstool.digest import name_blob
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.register.status import register
from qmstool.releases.record import digest_documents
from qmstool.site.edition.attachments import collect_attachments
from qmstool.site.edition.edition import BuildStamp, Edition
from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from qmstool.site.publish import BuiltSite, build_site
from qmstool.storage import files
from qmstool.storage.tree import FolderTree
from tests.support.baseline import baseline_text
from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)
CHANGED = (
    tiny()["procedures/qt-vp-01.md"]
    .decode()
    .replace("Văn phòng giữ danh mục", "Văn phòng giữ và công bố danh mục")
)
FORM = """\
---
code: BM VP 01.01
type: form
title: Phiếu đề nghị
parent: QT VP 01
file: bm-vp-01-01.docx
---
"""


def built(
    root: Path, target: Path, lang: Lang | None = None, day: date = DAY, now: datetime = NOW
) -> BuiltSite:
    """Build a whole site."""
    return build_site(root, target, day=day, now=now, lang=lang, progress=lambda _: None)


def edition_of(tree: Tree, lang: Lang = "vi", *, draft: bool = False) -> Edition:
    """One edition of a tree, as a build would make it."""
    manual = load(tree)
    references = resolve(manual)
    copied = collect_attachments(manual, references, tree)
    standing = register(manual, manual.releases, DAY)
    return Edition(
        manual,
        references,
        standing,
        lang,
        BuildStamp(NOW, DAY, "qmstool", draft=draft),
        {path: len(data) for path, data in copied.items()},
    )


def rendered(tree: Tree, lang: Lang = "vi") -> dict[str, str]:
    """The HTML of every page, by address."""
    edition = edition_of(tree, lang)
    renderer = PageRenderer(edition, None)
    return {page.address: renderer.render(page).html for page in pages(edition)}


def released(folder: Path) -> Repo:
    """The tiny manual with a life: an imported baseline, a release by decision, and a draft."""
    repo = Repo.make(folder)
    repo.commit("Baseline", tiny())
    tree = FolderTree(folder)
    repo.commit(
        "Release 1",
        {"releases/0001.yml": baseline_text(tree)},
    )
    repo.commit("Change", {"procedures/qt-vp-01.md": CHANGED})
    repo.commit("Release 2", {"releases/0002.yml": second_release(folder)})
    draft = tiny()["procedures/qt-vp-02.md"].decode().replace("Tìm ra chỗ", "Sớm tìm ra chỗ")
    repo.commit(
        "Draft",
        {
            "procedures/qt-vp-02.md": draft,
            "procedures/bm-vp-01-01.md": FORM,
            "procedures/bm-vp-01-01.docx": b"PK word",
        },
    )
    return repo


def make_released(home: Path) -> None:
    """Make the repository `repo` of the manual with a life, and its site `web/qms`."""
    built(released(home / "repo").folder, home / "web/qms")


def copy_released(home: Path, folder: Path) -> tuple[Repo, Path]:
    """Copy what `make_released` made into a folder; return the repository and the site."""
    for name in ("repo", "web"):
        shutil.copytree(home / name, folder / name, symlinks=True)
    return Repo(folder / "repo", minute=60), folder / "web/qms"


def second_release(folder: Path, effective: str = "2025-03-01") -> str:
    """The record of a release that puts the changed QT VP 01 in force."""
    tree = FolderTree(folder)
    digest = digest_documents(load(tree), tree.read)["qt-vp-01"]
    path = "procedures/qt-vp-01.md"
    basis = [
        {"path": each, "blob": name_blob(tree.read(each))}
        for each in tree.list()
        if not each.startswith("releases/") and each.endswith(".yml")
    ]
    item = {
        "code": "QT VP 01",
        "act": "revise",
        "title": "Quy trình kiểm soát tài liệu",
        "issue": "1",
        "revision": "1",
        "digest": digest,
        "files": [{"path": path, "blob": name_blob(tree.read(path))}],
        "summary": "Công bố danh mục",
        "reason": "Đề nghị của Văn phòng",
    }
    record = {
        "schema": "1",
        "release": "2",
        "title": "Sửa QT VP 01",
        "effective": effective,
        "recorder": "VP",
        "previous": "none",
        "instrument": {"kind": "decision", "number": "12/QĐ-VD", "date": "2025-02-20"},
        "signer": {"person": "unknown", "role": "giam-doc"},
        "basis": basis,
        "items": [item],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def write(folder: Path, overlay: dict[str, str | bytes]) -> Path:
    """The tiny manual in a folder, some files replaced or added."""
    for path, data in {**tiny(), **overlay}.items():
        files.write(folder, path, data)
    return folder
