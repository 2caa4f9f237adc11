"""A small manual in a real repository, with people that are nobody, for the commands about its
past.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from qmstool.cli.main import main
from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MANIFEST = (
    tiny()["qms.yml"]
    .decode()
    .replace("  VP: {name: Văn phòng}\n", "  VP: {name: Văn phòng}\n  KT: {name: Phòng Kỹ thuật}\n")
    .replace(
        "citations:",
        (
            "people:\n  le-thi-mau:\n    name: Lê Thị Mẫu\n    holds: [{role: giam-doc, from: "
            "2020-01-01}]\ncitations:"
        ),
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
    .replace(
        "| 2 | Xem xét | Trưởng đơn vị |",
        "| 2 | Xem xét | Trưởng đơn vị, trong 2 ngày |\n| 3 | Phê duyệt | Giám đốc |",
    )
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
MAPPING = (
    tiny()["clauses/mapping/tiny-1.yml"]
    .decode()
    .replace("documents: [QT VP 02]", "documents: [QT VP 02, QT KT 01]")
)


def make_scene(folder: Path) -> Repo:
    """A baseline taken over as release 1."""
    repo = Repo.make(folder)
    repo.commit(
        "Bản đầu",
        {**tiny(), "qms.yml": MANIFEST, "procedures/qt-vp-01.md": FIRST},
        day="2024-01-05",
    )
    assert main(["release", "adopt", "--root", str(folder)]) == 0
    repo.commit("Ghi nhận bản tiếp nhận", day="2024-01-06")
    return repo


def change(repo: Repo) -> None:
    """A change with its reason, and a new document."""
    message = (
        "Gọn việc thu hồi\n\nChange: rút ngắn thời hạn thu hồi\nReason: Phiếu đề nghị số 7 của "
        "Văn phòng"
    )
    repo.commit(
        message,
        {"procedures/qt-vp-01.md": SECOND},
        author="Trần Văn Thử <thu@example.org>",
        day="2024-02-10",
    )
    repo.commit(
        "Thêm quy trình\n\nReason: Phiếu đề nghị số 8 của Phòng Kỹ thuật",
        {"procedures/qt-kt-01.md": THIRD, "clauses/mapping/tiny-1.yml": MAPPING},
        day="2024-02-12",
    )


def prepare(repo: Repo, *more: str, key: str = "dot-2") -> int:
    """Freeze a candidate; the number after the imported one has to be said."""
    number = [] if "--number" in more else ["--number", "QT VP 01=1/1"]
    return main(
        [
            "release",
            "prepare",
            key,
            "--root",
            str(repo.folder),
            "--title",
            "Ban hành đợt 2 năm 2024",
            *number,
            *more,
        ]
    )


def record(
    repo: Repo,
    *more: str,
    key: str = "dot-2",
    effective: str = "2024-03-01",
    number: str = "12/QĐ-VD",
) -> int:
    """Record what was signed; where no evidence is given, the original is with the records office."""
    proof = ["--reference", "paper=Sổ văn bản đi"]
    if {"--evidence", "--reference", "--without-evidence"} & {*more}:
        proof = []
    paper = [
        *proof,
        "--kind",
        "decision",
        "--number",
        number,
        "--date",
        effective,
        "--person",
        "le-thi-mau",
        "--role",
        "giam-doc",
    ]
    return main(
        [
            "release",
            "record",
            key,
            "--root",
            str(repo.folder),
            *paper,
            "--effective",
            effective,
            "--recorder",
            "van-thu",
            *more,
        ]
    )


def sign_release(repo: Repo, *more: str) -> None:
    """The whole way: changed, prepared, recorded, committed."""
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký", day="2024-02-20")
    assert record(repo, "--recorded", "2024-03-05", *more) == 0
    repo.commit("Ghi nhận đợt 2", day="2024-03-05")


PEOPLE = (
    MANIFEST.replace(
        "  KT: {name: Phòng Kỹ thuật}", "  KT: {name: Phòng Kỹ thuật, head: truong-kt}"
    )
    .replace("roles:\n", "roles:\n  truong-kt: {name: Trưởng phòng Kỹ thuật, unit: KT}\n")
    .replace(
        "people:\n",
        "people:\n  tran-van-thu:\n    name: Trần Văn Thử\n    holds: [{role: truong-kt, "
        "from: 2021-01-01}]\n"
        "    emails: [thu@example.org]\n",
    )
)
OPINIONS = """\
schema: 1
candidate: dot-2
asked:
  - unit: KT
    documents: [QT VP 01]
    sent: 2024-02-12
    by: le-thi-mau
    reference: Phiếu gửi số 5
    due: 2024-02-19
    answered: 2024-02-21
    answer: comments
    person: tran-van-thu
    comment: Thời hạn thu hồi nên là 5 ngày.
    response: Không tiếp thu, vì đã thống nhất 3 ngày.
    evidence: [{kind: paper, reference: Sổ công văn đến số 31, original: Văn thư}]
  - {unit: VP, sent: 2024-02-12, due: 2024-02-19}
signed:
  - {as: author, documents: [QT VP 01], person: tran-van-thu, date: 2024-02-10}
  - {as: reviewer, person: Phạm Thị Ví Dụ, role: QMR, date: 2024-02-18, evidence: [{kind: paper, original: Văn phòng}]}
"""
COPIES = """\
schema: 1
copies:
  - {document: QT VP 01, release: 1, unit: VP, number: "1", handed_out: 2024-01-10, to: Văn thư, recalled: 2024-03-06}
  - {document: QT VP 01, release: 1, unit: KT, number: "2", handed_out: 2024-01-10, to: tran-van-thu}
  - document: QT VP 01
    release: 2
    unit: VP
    number: "1"
    handed_out: 2024-03-06
    to: Văn thư
    received: 2024-03-06
    evidence: [{kind: paper, original: Văn phòng}]
  - {document: QT KT 01, release: 2, unit: KT, copies: 2, handed_out: 2024-03-06, to: tran-van-thu}
"""


def ask_opinions(repo: Repo) -> None:
    """Changed, asked about and prepared: it lies before the signer."""
    change(repo)
    repo.commit(
        "Lấy ý kiến", {"qms.yml": PEOPLE, "releases/opinions/dot-2.yml": OPINIONS}, day="2024-02-19"
    )
    assert prepare(repo) == 0
    repo.commit("Lập hồ sơ trình ký", day="2024-02-20")


def hand_out_copies(repo: Repo) -> None:
    """Heard, recorded, and its copies handed out."""
    ask_opinions(repo)
    assert record(repo, "--recorded", "2024-03-05", "--without-evidence") == 0
    repo.commit("Ghi nhận đợt 2", day="2024-03-05")
    repo.commit("Phát bản giấy", {"releases/copies.yml": COPIES}, day="2024-03-07")


def tool(repo: Repo, *words: str) -> int:
    """Run a command in a repository; its status."""
    return main([*words, "--root", str(repo.folder)])


def type_line(repo: Repo, line: str) -> int:
    """Run a command as one would type it, quotes and all; its status."""
    return tool(repo, *shlex.split(line))


def run_command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command; its status and what it printed."""
    capsys.readouterr()
    return main(list(words)), capsys.readouterr().out
