"""A small manual in a real repository, with people that are nobody, for the commands about its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import main
from tests.manuals import tiny
from tests.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MANIFEST = (
    tiny()["qms.yml"]
    .decode()
    .replace("  VP: {name: Văn phòng}\n", "  VP: {name: Văn phòng}\n  KT: {name: Phòng Kỹ thuật}\n")
    .replace(
        "citations:",
        "people:\n  le-thi-mau:\n    name: Lê Thị Mẫu\n    holds: [{role: giam-doc, from: 2020-01-01}]\ncitations:",
    )
)
FIRST = """\
---
code: QT VP 01
type: procedure
title: Quy trình kiểm soát tài liệu
names: [quy trình kiểm soát tài liệu]
owner: VP
approver: giam-doc
distribution: [{unit: VP, medium: paper, copies: 1}, {unit: KT, medium: electronic}]
---

# Quy trình kiểm soát tài liệu

## 1. Mục đích

Mọi người luôn dùng đúng bản đang có hiệu lực.

## 2. Cách làm

Văn phòng giữ danh mục tài liệu. Danh mục được cập nhật **hằng quý**.

| Bước | Việc | Người làm |
|---|---|---|
| 1 | Nhận phiếu đề nghị | Văn thư |
| 2 | Xem xét | Trưởng đơn vị |

- Bản giấy cũ được thu hồi trong 10 ngày.
- Bản điện tử nằm trên trang sổ tay.
"""
SECOND = (
    FIRST.replace("hằng quý", "hằng tháng")
    .replace("trong 10 ngày", "trong 3 ngày làm việc")
    .replace("| 2 | Xem xét | Trưởng đơn vị |", "| 2 | Xem xét | Trưởng đơn vị, trong 2 ngày |\n| 3 | Phê duyệt | Giám đốc |")
)
THIRD = """\
---
code: QT KT 01
type: procedure
title: Quy trình bảo trì thiết bị đo
owner: KT
approver: giam-doc
distribution: [{unit: KT, medium: paper, copies: 2}]
---

# Quy trình bảo trì thiết bị đo

## 1. Mục đích

Thiết bị đo luôn sẵn sàng và cho kết quả tin được, theo QT VP 01, mục 2.
"""
MAPPING = tiny()["clauses/mapping/tiny-1.yml"].decode().replace("documents: [QT VP 02]", "documents: [QT VP 02, QT KT 01]")


def scene(folder: Path) -> Repo:
    """A baseline taken over as release 1."""
    repo = Repo.make(folder)
    repo.commit("Bản đầu", {**tiny(), "qms.yml": MANIFEST, "procedures/qt-vp-01.md": FIRST}, day="2024-01-05")
    assert main(["release", "import", "--root", str(folder)]) == 0
    repo.commit("Ghi nhận bản nhập", day="2024-01-06")
    return repo


def change(repo: Repo) -> None:
    """A change with its reason, and a new document."""
    message = "Gọn việc thu hồi\n\nChange: rút ngắn thời hạn thu hồi\nReason: Phiếu đề nghị số 7 của Văn phòng"
    repo.commit(message, {"procedures/qt-vp-01.md": SECOND}, author="Trần Văn Thử <thu@example.org>", day="2024-02-10")
    repo.commit(
        "Thêm quy trình\n\nReason: Phiếu đề nghị số 8 của Phòng Kỹ thuật",
        {"procedures/qt-kt-01.md": THIRD, "clauses/mapping/tiny-1.yml": MAPPING},
        day="2024-02-12",
    )


def prepare(repo: Repo, *more: str, key: str = "dot-2") -> int:
    """Freeze a candidate; the number after the imported one has to be said."""
    said = [] if "--number" in more else ["--number", "QT VP 01=1/1"]
    return main(["release", "prepare", key, "--root", str(repo.folder), "--title", "Ban hành đợt 2 năm 2024", *said, *more])


def record(repo: Repo, *more: str, key: str = "dot-2", effective: str = "2024-03-01", number: str = "12/QĐ-VD") -> int:
    """Record what was signed."""
    paper = ["--kind", "decision", "--number", number, "--date", effective, "--person", "le-thi-mau", "--role", "giam-doc"]
    return main(
        ["release", "record", key, "--root", str(repo.folder), *paper, "--effective", effective, "--recorder", "van-thu", *more]
    )


def signed(repo: Repo, *more: str) -> None:
    """The whole way: changed, prepared, recorded, committed."""
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký", day="2024-02-20")
    assert record(repo, "--recorded", "2024-03-05", *more) == 0
    repo.commit("Ghi nhận đợt 2", day="2024-03-05")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command; its status and what it printed."""
    capsys.readouterr()
    return main(list(words)), capsys.readouterr().out
