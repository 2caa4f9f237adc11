from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.cli.scenes import (
    MAPPING,
    PEOPLE,
    SECOND,
    ask_opinions,
    hand_out_copies,
    make_scene,
    run_command,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDe1"
NAMED = SECOND.replace(
    "owner: VP", "owner: VP\nreview_months: 12\nauthors: [tran-van-thu]\nreviewers: [truong-kt]"
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_scene(tmp_path / "kho")


def rows(repo: Repo, capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[str, str, str]]:
    status, out = run_command(
        capsys, "handover", *words, "--root", str(repo.folder), "--format", "json"
    )
    assert status == 0
    return [(row["kind"], row["what"], row["left"]) for row in json.loads(out)]


def test_everything_under_a_name_and_what_stays_without_anybody(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_out_copies(repo)
    signers = f'thu@example.org valid-before="20271231" {KEY}\nkhac@example.org {KEY[:-1]}2\n'
    settings = PEOPLE.replace(
        "emails: [thu@example.org]", f'emails: [thu@example.org]\n    keys: ["{KEY} máy bàn"]'
    )
    mapping = MAPPING.replace("role: giam-doc", "role: truong-kt")
    more = {
        "releases/allowed_signers": signers,
        "qms.yml": settings,
        "clauses/mapping/tiny-1.yml": mapping,
    }
    repo.commit("Khóa", {"procedures/qt-vp-01.md": NAMED, **more})
    found = rows(repo, capsys, "tran-van-thu")
    assert found == rows(repo, capsys, "Trần Văn Thử")
    nobody = "CHƯA AI PHỤ TRÁCH"
    assert [row for row in found if row[0] != "điều khoản"] == [
        ("vai trò", "Trưởng phòng Kỹ thuật", nobody),
        ("đứng đầu đơn vị", "Phòng Kỹ thuật", nobody),
        ("tài liệu chủ trì", "QT KT 01 – Quy trình bảo trì thiết bị đo", nobody),
        (
            "tài liệu biên soạn",
            "QT VP 01 – Quy trình kiểm soát tài liệu",
            "thay tên trong tài liệu",
        ),
        ("tài liệu xem xét", "QT VP 01 – Quy trình kiểm soát tài liệu", nobody),
        ("có dự thảo sửa đổi", "QT VP 01 – Quy trình kiểm soát tài liệu", ""),
        ("hạn xem xét", "QT VP 01 – Quy trình kiểm soát tài liệu", ""),
        ("bản giữ", "QT VP 01 (2)", "phải thu hồi"),
        ("bản giữ", "QT KT 01", "bàn giao hoặc thu hồi"),
        ("khóa trong qms.yml", "ssh-ed25519 …" + KEY[-12:], ""),
        (
            "khóa niêm phong",
            "ssh-ed25519 …" + KEY[-12:],
            "gỡ khỏi allowed_signers; mất hoặc lộ thì ghi vào releases/revoked.yml",
        ),
    ]
    assert [row for row in found if row[0] == "điều khoản"] == [("điều khoản", "1.1", nobody)]


def test_what_is_in_progress_and_owed(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    ask_opinions(repo)
    found = rows(repo, capsys, "tran-van-thu", "--as-of", "2024-02-20")
    assert ("hồ sơ đang trình ký", "dot-2: QT KT 01", "") in found
    assert ("ý kiến còn nợ", "dot-2", "") in found
    assert "ý kiến còn nợ" not in [
        kind for kind, _, _ in rows(repo, capsys, "tran-van-thu", "--as-of", "2024-02-22")
    ]


def test_another_holder_stays_and_a_role_that_ended_is_left_out(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    second = (
        "  ba-hai:\n    name: Bà Hai\n    holds:\n      - {role: truong-kt, from: 2024-01-01}\n"
        "      - {role: giam-doc, from: 2010-01-01, to: 2015-12-31}\n"
    )
    repo.commit("Người", {"qms.yml": PEOPLE.replace("people:\n", "people:\n" + second)})
    assert ("vai trò", "Trưởng phòng Kỹ thuật", "còn Bà Hai") in rows(repo, capsys, "tran-van-thu")
    assert [what for kind, what, _ in rows(repo, capsys, "ba-hai") if kind == "vai trò"] == [
        "Trưởng phòng Kỹ thuật"
    ]
    back_then = rows(repo, capsys, "ba-hai", "--as-of", "2015-06-01")
    assert (
        "tài liệu phê duyệt",
        "QT VP 01 – Quy trình kiểm soát tài liệu",
        "CHƯA AI PHỤ TRÁCH",
    ) in back_then
    assert "tài liệu phê duyệt" not in [kind for kind, _, _ in rows(repo, capsys, "ba-hai")]


def test_a_person_nobody_knows_is_refused(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(capsys, "handover", "le-thi-mua", "--root", str(repo.folder))[0] == 2
