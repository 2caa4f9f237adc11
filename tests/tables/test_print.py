"""Registers on paper: every sheet says what it is, heads repeat, nothing leaves the sheet."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

import pytest

from qmstool.cli.main import main
from qmstool.i18n import PageLanguage, Text
from qmstool.tables.print import print_table
from qmstool.tables.registers import Table
from qmstool.templating import Imprint, format_print_dates
from tests.support.cli.scenes import make_scene, run_command, sign_release
from tests.support.machine import CHROMIUM, needs
from tests.support.memory import MemoryTree
from tests.support.paper import print_page

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.i18n import Lang
    from tests.support.repository import Repo

IMPRINT = Imprint(
    "Sở & Ban",
    date(2024, 3, 14),
    datetime(2024, 3, 14, 8, 5, tzinfo=UTC),
    "abc1234567",
    changed=False,
    tool="t 1",
)
no_browser = needs(CHROMIUM)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        Text("Danh mục", "Register"),
        (("code", Text("Mã", "Code")), ("title", Text("Tên", "Title"))),
        rows,
    )


def test_nothing_of_a_cell_runs_and_days_read_as_on_paper() -> None:
    html = print_table(
        table(("QT 1", "<script>x</script> từ 2024-03-01"), ("QT 2", "</style>")),
        IMPRINT,
        "vi",
        MemoryTree({}),
    )
    assert "<script" not in html
    assert html.count("</style>") == 1
    assert "từ 01/03/2024" in html
    assert "Tính đến ngày 14/03/2024" in html
    assert "Sở &amp; Ban" in html
    assert not re.search(r"https?:", html)
    english = print_table(table(), IMPRINT, "en", MemoryTree({}))
    assert "As of 2024-03-14" in english
    assert "Nothing to list." in english


def test_days_and_times_and_what_only_looks_like_them() -> None:
    assert format_print_dates("2024-03-05T01:02:03+07:00", "vi") == "05/03/2024 01:02"
    assert (
        format_print_dates("12/QĐ ngày 2024-03-05; 1-2024-03-05", "vi")
        == "12/QĐ ngày 05/03/2024; 1-2024-03-05"
    )
    assert format_print_dates("2024-03-05T01:02:03+07:00", "en") == "2024-03-05 01:02"


def test_a_template_of_the_manual_s_own_comes_first() -> None:
    own = MemoryTree(
        {"templates/print/table.html.j2": "{{ imprint.organization }}: {{ table.rows | length }}"}
    )
    assert print_table(table(("a", "b")), IMPRINT, "vi", own) == "Sở &amp; Ban: 1"


def many(repo: Repo) -> list[str]:
    """Sixty more procedures, put in force with the rest; their codes."""
    codes = [f"QT KT {number:02d}" for number in range(10, 70)]
    title = "Quy trình vận hành và bảo dưỡng thiết bị đo kiểm số {0}"
    text = f"---\ncode: {{0}}\ntype: procedure\ntitle: {title}\nowner: KT\n---\n\n# Q\n\n1\n"
    mapping = (repo.folder / "clauses/mapping/tiny-1.yml").read_text(encoding="utf-8")
    named = mapping.replace("documents: [QT VP 02", f"documents: [{', '.join(codes)}, QT VP 02")
    made = {f"procedures/{code.lower().replace(' ', '-')}.md": text.format(code) for code in codes}
    repo.commit(
        "Nhiều quy trình\n\nReason: phiếu 6",
        {**made, "clauses/mapping/tiny-1.yml": named},
        day="2024-02-01",
    )
    return codes


def printed(html: Path) -> list[tuple[str, float, list[tuple[float, float]]]]:
    """Print with Chromium: each sheet's text, its width, and where each word begins and ends."""
    pdf = html.with_suffix(".pdf")
    print_page(html, pdf)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    sheets = []
    for each in boxes.split("<page ")[1:]:
        words = re.findall(
            r'xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)</word>', each
        )
        width = float(re.search(r'width="([\d.]+)"', each)[1])  # type: ignore[index]
        sheets.append(
            (
                " ".join(word for _, _, word in words),
                width,
                [(float(one), float(two)) for one, two, _ in words],
            )
        )
    return sheets


@pytest.mark.browser
@no_browser
@pytest.mark.parametrize("command", [["register", "internal"], ["as-of", "2024-04-01"]])
def test_a_long_register_prints_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    codes = many(repo)
    sign_release(repo)
    out = tmp_path / "danh-muc.html"
    assert (
        main([*command, "--root", str(repo.folder), "--format", "html", "--output", str(out)]) == 0
    )
    sheets = printed(out)
    assert len(sheets) > 2
    whole = " ".join(text for text, _, _ in sheets)
    _, as_csv = run_command(capsys, *command, "--root", str(repo.folder), "--format", "csv")
    checks = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", as_csv))
    assert len(checks) > len(codes)
    assert not [each for each in [*codes, *checks] if each not in whole]
    head = repo.git("rev-parse", "HEAD")[:10]
    for at, (text, width, words) in enumerate(sheets, 1):
        assert f"Trang {at}/{len(sheets)}" in text
        assert f"git {head}" in text
        assert "Mã kiểm tra" in text
        assert ("CƠ QUAN VÍ DỤ" if at == 1 else "Cơ quan Ví dụ") in text
        assert width > 800
        assert all(30 < begin < end < width - 30 for begin, end in words)


@pytest.mark.browser
@no_browser
def test_a_verification_prints_with_its_doubts_and_the_code_to_keep(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    words = ["verify", "--root", str(repo.folder)]
    code = re.search(r"0002 ([0-9A-Z-]{14})", run_command(capsys, *words)[1])
    repo.write({"releases/candidates/dot-2.yml": "khác"})
    out = tmp_path / "kiem-chung.html"
    assert main([*words, "--format", "html", "--output", str(out)]) == 1
    sheets = printed(out)
    whole = " ".join(text for text, _, _ in sheets)
    assert code
    assert code[1] in whole
    assert re.search(r"releases/0002\.yml:\d+:\d+", whole)
    assert "và thay đổi chưa lưu vào git" in whole
    assert all(50 < begin < end < width - 30 for _, width, words in sheets for begin, end in words)


@pytest.mark.parametrize(("tag", "begins"), [("ar", '<html lang="ar" dir="rtl">'), ("es", '<html lang="es">')])  # fmt: skip
def test_a_sheet_of_a_language_from_right_to_left_says_so(tag: str, begins: str) -> None:
    lang = cast("Lang", PageLanguage.with_words(tag, {}))
    assert begins in print_table(table(("QT 1", "x")), IMPRINT, lang, MemoryTree({}))
