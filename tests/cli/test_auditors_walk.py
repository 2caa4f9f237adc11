"""What an auditor reads of one manual on the command line, on paper and before the signer: what was
in force, who approved it and when, what changed; of what was withdrawn, and of a file that changed
beside a text that did not.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.diff.document import compare_attachments
from tests.cli.test_forged_acts import WITHDRAWN, items
from tests.cli.test_forgeries import R5, new_record, seal
from tests.support.cli import forgery
from tests.support.cli.forgery import PICTURE, SignedManual, commit, edit, in_sequence, remove
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")


def said(kept: SignedManual, *words: str) -> str:
    """What a command answers and notes, spaces joined."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main([*words, "--root", str(kept.folder)])
    return " ".join(out.getvalue().split())


def rows(kept: SignedManual, *words: str) -> list[dict[str, str]]:
    _, out = forgery.run_command(*words, "--root", str(kept.folder), "--format", "json")
    found: list[dict[str, str]] = json.loads(out)
    return found


# --- a picture that changed beside a text that did not


def test_two_versions_that_differ_in_a_picture_are_not_the_same(template: SignedManual) -> None:
    assert said(template, "diff", "QT VP 01", "2", "4").endswith("── tệp so-do.png (sửa đổi)")
    assert "file so-do.png (changed)" in said(
        template, "diff", "QT VP 01", "2", "4", "--lang", "en"
    )
    assert "Hai bản như nhau" in said(template, "diff", "QT VP 02", "1", "2")


def test_a_draft_that_has_another_picture_is_not_the_same(kept: SignedManual) -> None:
    assert "Hai bản như nhau" in said(kept, "diff", "QT VP 01")
    kept.repo.write({PICTURE: forgery.WHITE})
    page = kept.folder.parent / "khac.html"
    assert "tệp so-do.png (sửa đổi)" in said(kept, "diff", "QT VP 01")
    said(kept, "diff", "QT VP 01", "--format", "html", "--output", str(page))
    assert "tệp so-do.png (sửa đổi)" in page.read_text("utf-8")


def test_a_change_table_names_the_picture_that_changed(template: SignedManual) -> None:
    told = {row["release"]: row["sections"] for row in rows(template, "history", "QT VP 01")}
    assert told == {
        "4": "tệp so-do.png (sửa đổi)",
        "2": "2. Cách làm; tệp so-do.png (thêm mới)",
        "1": "toàn bộ",
    }


def test_the_signer_is_told_that_a_picture_changed(template: SignedManual, tmp_path: Path) -> None:
    said(template, "release", "dossier", "dot-4", "--dossier", str(tmp_path / "ho-so"))
    page = next((tmp_path / "ho-so").glob("4-*.html")).read_text("utf-8")
    assert "tệp so-do.png (sửa đổi)" in page
    assert "(tệp mới, xem toàn văn)" in page
    assert "Nội dung không đổi" not in page


def test_a_file_that_was_only_moved_is_unchanged() -> None:
    old = {"a.png": "1", "b.png": "2", "c.png": "3"}
    new = {"x/a.png": "1", "b.png": "4", "d.png": "5"}
    found = [(change.kind, change.path) for change in compare_attachments(old, new)]
    assert found == [("changed", "b.png"), ("added", "d.png"), ("removed", "c.png")]


# --- who approved it, and when


def test_the_trail_says_on_which_day_somebody_signed(template: SignedManual) -> None:
    told = [
        (row["when"], row["who"], row["what"])
        for row in rows(template, "trail", "--document", "QT KT 01")
        if row["reference"] == "3/QĐ-VD"
    ]
    assert told == [
        ("2024-05-01", "", "có hiệu lực từ 2024-05-01"),
        ("2024-04-10", "Lê Thị Mẫu, Giám đốc", "ký ban hành đợt 3"),
    ]
    named = rows(template, "trail", "--person", "Lê Thị Mẫu")
    assert {row["what"] for row in named} == {f"ký ban hành đợt {n}" for n in (2, 3, 4)}


def test_whoever_signed_on_the_day_of_effect_stands_beside_it(kept: SignedManual) -> None:
    in_sequence(new_record(5, effective="2024-06-10"), seal(5, "b"), commit)(kept)
    told = [
        (row["who"], row["what"])
        for row in rows(kept, "trail", "--document", "QT VP 01")
        if row["reference"] == "5/QĐ-VD"
    ]
    assert told == [("Lê Thị Mẫu, Giám đốc", "có hiệu lực từ 2024-06-10")]


# --- what was withdrawn


def withdrawn(kept: SignedManual) -> SignedManual:
    in_sequence(
        new_record(5), items(WITHDRAWN), seal(5, "b"), commit, remove("procedures/qt-kt-01.md")
    )(kept)
    return kept


def test_what_was_withdrawn_is_not_called_replaced(kept: SignedManual) -> None:
    told = [
        (row["release"], row["act"], row["state"])
        for row in rows(withdrawn(kept), "history", "QT KT 01")
    ]
    assert told == [
        ("5", "bãi bỏ", "bãi bỏ"),
        ("3", "sửa đổi", "bãi bỏ"),
        ("2", "ban hành mới", "đã được thay thế"),
    ]


def test_who_asks_for_the_version_that_withdrew_it_is_told_that_it_did(kept: SignedManual) -> None:
    told = said(withdrawn(kept), "diff", "QT KT 01", "3", "5")
    assert re.search(r"Không có bản «5».*: 2 \(1/0\), 3 \(1/1\), 5 \(bãi bỏ\)\.", told)


def test_a_paper_of_what_was_withdrawn_shows_no_day_of_effect(
    kept: SignedManual, tmp_path: Path
) -> None:
    pdftotext = pytest.importorskip("pypdf").PdfReader
    in_sequence(new_record(5), items(WITHDRAWN), seal(5, "b"), commit)(kept)
    paper = tmp_path / "giay.pdf"
    said(kept, "export", "pdf", "QT KT 01", "--output", str(paper))
    words = " ".join(" ".join(page.extract_text().split()) for page in pdftotext(paper).pages)
    assert "Bãi bỏ từ: 01/08/2024" in words
    assert "Ngày hiệu lực: 01/08/2024" not in words
    assert re.search(r"01/08/2024 bãi bỏ", words)


# --- what is missing, and nothing to tell


def test_of_a_file_that_is_gone_nobody_is_told_to_trust_a_certificate(kept: SignedManual) -> None:
    remove("releases/evidence/0003-qd-3.pdf")(kept)
    told = said(kept, "verify", "--lang", "en")
    assert "«releases/evidence/0003-qd-3.pdf» is not there" in told
    assert "0003-qd-3.pdf»: its signatures are not read" not in told
    assert ".;" not in told


def test_a_table_without_rows_says_so(kept: SignedManual) -> None:
    assert said(kept, "opinions").endswith("(không có dòng nào)")
    assert said(kept, "opinions", "--lang", "en").endswith("(no rows)")
    assert "không có dòng nào" not in said(kept, "opinions", "--format", "csv")


def test_of_paper_that_is_still_out_it_is_said_which(kept: SignedManual) -> None:
    row = "{document: QT VP 01, release: 2, unit: VP, handed_out: 2024-03-05, copies: 2}"
    kept.repo.write({"releases/copies.yml": f"schema: 1\ncopies:\n  - {row}\n"})
    assert "2 bản giấy hết hiệu lực chưa thu hồi: QT VP 01 (Văn phòng)." in said(kept, "verify")
    nowhere = row.replace("unit: VP", "unit: unknown")
    kept.repo.write({"releases/copies.yml": f"schema: 1\ncopies:\n  - {nowhere}\n"})
    told = said(kept, "verify", "--lang", "en")
    assert "Paper copies of old texts still out, 2 in all: QT VP 01 (unknown)." in told


def test_a_signer_renamed_in_the_draft_at_hand_is_nothing_to_what_was_signed(
    kept: SignedManual,
) -> None:
    edit("procedures/qt-vp-01.md", "approver: giam-doc", "approver: [pho, giam-doc]")(kept)
    commit(kept)
    assert "no approval by" not in said(kept, "verify", "--lang", "en")
    assert R5 not in said(kept, "verify")


def test_no_copies_are_no_record_of_copies(kept: SignedManual) -> None:
    row = "{document: QT VP 01, release: 4, unit: VP, handed_out: 2024-07-05, copies: 0}"
    kept.repo.write({"releases/copies.yml": f"schema: 1\ncopies:\n  - {row}\n"})
    assert "QMS005" in said(kept, "check")
