"""What is kept beside a record, who relies on what is withdrawn, and what stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.candidates.attachments import keep_files, prepare_attachments
from qmstool.candidates.prescribed import relying_documents
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.releases.record import exact_sha256
from tests.support.cli.scenes import make_scene, prepare
from tests.support.manuals import tiny_with

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

FORM = (
    "---\ncode: BM VP 02.01\ntype: form\ntitle: Phiếu\nparent: QT VP 02\nowner: VP\n"
    "text: not-held\n---\n"
)
NEXT = """\
---
code: QT VP 09
type: procedure
title: Quy trình mới
owner: VP
approver: giam-doc
replaces: [{code}]
---

# Quy trình mới

## 1. Mục đích

Đánh giá nội bộ mỗi năm một lần.
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_scene(tmp_path / "kho")


def test_a_file_that_is_kept_is_described_and_takes_no_others_place() -> None:
    tree = tiny_with({"releases/evidence/b.pdf": b"cu"})
    copies, said = keep_files(tree, [("scan", "a.pdf", b"moi"), ("scan", "b.pdf", b"cu")])
    assert copies == {"releases/evidence/a.pdf": b"moi", "releases/evidence/b.pdf": b"cu"}
    assert said == (
        {"kind": "scan", "file": "releases/evidence/a.pdf", "digest": exact_sha256(b"moi")},
        {"kind": "scan", "file": "releases/evidence/b.pdf", "digest": exact_sha256(b"cu")},
    )
    for files in ([("scan", "b.pdf", b"khac")], [("scan", "a.pdf", b"1"), ("scan", "a.pdf", b"1")]):
        with pytest.raises(QmsError, match="already"):
            keep_files(tree, files)


def test_only_a_file_is_published() -> None:
    _, proofs = prepare_attachments(
        tiny_with({}),
        7,
        [("scan", "a.pdf", b"x")],
        [("paper", "Sổ 1")],
        original="VP",
        publish=True,
    )
    assert [(proof.file, proof.reference, proof.publish) for proof in proofs] == [
        ("releases/evidence/0007-a.pdf", "", True),
        ("", "Sổ 1", False),
    ]


def test_a_form_relies_on_its_procedure_and_a_text_on_what_it_cites() -> None:
    manual = load(tiny_with({"procedures/bm-vp-02-01.md": FORM}))
    references = resolve(manual)
    assert relying_documents("qt-vp-02", manual, references) == {"bm-vp-02-01", "stcl"}
    assert relying_documents("bm-vp-02-01", manual, references) == set()


def test_a_clause_that_is_answered_by_what_is_withdrawn_is_named(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert prepare(repo, "--act", "QT VP 02=withdraw", "--number", "QT VP 02=1/0") == 0
    told = capsys.readouterr().err
    assert "hồ sơ này bãi bỏ QT VP 02, nhưng" in told
    assert "điều khoản 2.1" in told
    assert "điều khoản 1.1" not in told


@pytest.mark.parametrize("way", ["replaced", "same file"])
def test_a_file_that_is_gone_is_withdrawn_where_another_stands_in_its_place(
    repo: Repo, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = repo.folder / "procedures/qt-vp-02.md"
    link = "qt-vp-02.md"
    if way == "replaced":
        path.unlink()
        link = "qt-vp-09.md"
        repo.commit("Thay", {"procedures/qt-vp-09.md": NEXT.format(code="QT VP 02")})
    else:
        repo.commit("Đổi mã", {"procedures/qt-vp-02.md": NEXT.format(code="QT VP 55")})
    for name in ("clauses/mapping/tiny-1.yml", "manual/2.1.md"):
        text = (repo.folder / name).read_text("utf-8")
        repo.commit(
            "Đổi mã", {name: text.replace("QT VP 02", "QT VP 09").replace("qt-vp-02.md", link)}
        )
    capsys.readouterr()
    status = prepare(
        repo, "--number", "QT VP 02=1/0", "--number", "QT VP 09=1/0", "--number", "STCL=1/0"
    )
    told = capsys.readouterr().err
    assert "git show" not in told, told
    assert status == 0, told
    text = (repo.folder / "releases/candidates/dot-2.yml").read_text("utf-8")
    assert "{code: QT VP 02, act: withdraw," in text
