"""A text without its data, or with half of them: told by name, with what it lacks and what to paste."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.runner import check
from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.report import FORMATS
from tests.support.manuals import tiny, tiny_with
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.findings import Finding


def _findings(overlay: dict[str, str | bytes], *, without: tuple[str, ...] = ()) -> list[Finding]:
    files: dict[str, str | bytes] = {**tiny_with(overlay).files}
    for path in without:
        del files[path]
    manual = load(MemoryTree(files), only_problems=True)
    found = check(manual, resolve(manual), root=".").findings
    return [each for each in found if each.slug in {"no-front-matter", "missing-key"}]


def _block(path: str, text: str, **more: str) -> list[str]:
    files: dict[str, str | bytes] = {name.replace("__", "/"): data for name, data in more.items()}
    (finding,) = _findings({**files, path: text})
    assert finding.slug == "no-front-matter"
    assert path in finding.message.vi
    assert path in finding.message.en
    lines = (finding.suggestion or "").split("\n")
    assert (lines[0], lines[-1]) == ("---", "---")
    return lines[1:-1]


PROCEDURE = ["code: QT VP 03", "type: procedure", 'title: "Quy trình mua sắm"', "owner: VP"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("procedures/qt-vp-03.md", "# Quy trình mua sắm\n\nVăn phòng mua sắm.\n"),
        ("procedures/qt-vp-03.md", "# QT VP 03 – Quy trình mua sắm\n"),
        ("procedures/qt-vp-03.md", "Quy trình mua sắm\n===\n\nNội dung.\n"),
        ("procedures/mua-sam.md", "# QT-VP-03: Quy trình mua sắm\n"),
        ("procedures/mua-sam.md", "# Quy trình mua sắm (QT VP 03)\n"),
        ("procedures/QT_VP_03 mua sam.md", "# **Quy trình mua sắm**\n"),
        ("procedures/qtvp03.md", "# 1. Quy trình mua sắm\n"),
    ],
)
def test_the_block_is_filled_from_heading_and_file_name(path: str, text: str) -> None:
    assert _block(path, text) == PROCEDURE


def test_what_neither_says_is_left_unknown() -> None:
    assert _block("procedures/ghi-chu.md", "Ghi chú.\n") == [
        "code: unknown", "key: ghi-chu", "type: ", 'title: "ghi chu"',
    ]  # fmt: skip
    assert _block("procedures/mua-sam.md", "# Quy trình mua sắm\n") == [
        "code: unknown", "key: mua-sam", "type: procedure", 'title: "Quy trình mua sắm"', "owner: unknown",
    ]  # fmt: skip
    assert _block("procedures/qt-vp-03.md", "") == [
        "code: QT VP 03", "type: procedure", 'title: "QT VP 03"', "owner: VP",
    ]  # fmt: skip


def test_a_code_that_another_document_bears_is_not_proposed_again() -> None:
    assert _block("procedures/qt-vp-01-cu.md", "# Quy trình cũ\n")[0] == "code: unknown"


def test_a_form_gets_its_document_and_its_file() -> None:
    lines = _block(
        "procedures/bm-vp-01-07.md", "# Phiếu đề nghị\n", **{"procedures/bm-vp-01-07.docx": "x"}
    )
    assert lines == [
        "code: BM VP 01.07", "type: form", 'title: "Phiếu đề nghị"', "parent: QT VP 01",
        "file: bm-vp-01-07.docx",
    ]  # fmt: skip


def test_what_is_pasted_is_read() -> None:
    text = "# QT VP 03 – Quy trình mua sắm\n\nVăn phòng mua sắm.\n"
    block = "\n".join(["---", *_block("procedures/qt-vp-03.md", text), "---", ""])
    manual = load(tiny_with({"procedures/qt-vp-03.md": f"{block}\n{text}"}))
    assert manual.documents["qt-vp-03"].title == "Quy trình mua sắm"


@pytest.mark.parametrize(
    ("head", "keys", "block"),
    [
        ("title: Mua sắm\nowner: VP", "code», «type", "code: QT VP 03\ntype: procedure"),
        ("code: QT VP 03\nowner: VP", "title", 'title: "Mua sắm"'),  # its code tells the type
        ("code: MS 3\nowner: VP", "type», «title", 'type: procedure\ntitle: "Mua sắm"'),
        ("owner: VP", "code», «type», «title", 'code: QT VP 03\ntype: procedure\ntitle: "Mua sắm"'),
    ],
)
def test_half_a_head_is_one_finding_with_the_other_half(head: str, keys: str, block: str) -> None:
    path = "procedures/qt-vp-03.md"
    (finding,) = _findings({path: f"---\n{head}\n---\n\n# Mua sắm\n"})
    assert (finding.slug, finding.values["key"], finding.suggestion) == ("missing-key", keys, block)
    assert path in finding.message.vi
    assert path in finding.message.en


def test_sections_without_the_main_file_are_not_passed_over() -> None:
    (finding,) = _findings({}, without=("manual/index.md",))
    assert (finding.slug, finding.location.path) == ("no-front-matter", "manual/1.1.md")
    assert "manual/index.md" in finding.message.vi
    assert (
        finding.suggestion == '---\ncode: STCL\ntype: manual\ntitle: "Sổ tay"\nowner: unknown\n---'
    )


def test_the_main_file_without_data() -> None:
    (finding,) = _findings({"manual/index.md": "# Sổ tay chất lượng\n"})
    assert finding.suggestion == (
        '---\ncode: STCL\ntype: manual\ntitle: "Sổ tay chất lượng"\nowner: unknown\n---'
    )


def test_a_manual_of_which_nothing_could_be_read_is_reported_and_not_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ("qms.yml", "clauses/catalogues/tiny-1.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(tiny()[path])
    procedures = tmp_path / "procedures"
    procedures.mkdir()
    (procedures / "qt-vp-03.md").write_text("# Quy trình mua sắm\n", "utf-8")
    (procedures / "qt-vp-04.md").write_text("# Quy trình lưu trữ\n", "utf-8")
    assert main(["check", "--no-cache", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert 'code: QT VP 03\n      type: procedure\n      title: "Quy trình mua sắm"' in said
    assert "Tệp procedures/qt-vp-04.md chưa có" in said


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_form_of_the_report_carries_the_block(name: str, lang: str) -> None:
    manual = load(tiny_with({"procedures/qt-vp-03.md": "# Quy trình mua sắm\n"}))
    text = FORMATS[name](check(manual, resolve(manual), root="."), "vi" if lang == "vi" else "en")
    if name in {"json", "sarif", "gitlab"}:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    for part in ("procedures/qt-vp-03.md", "code: QT VP 03", "type: procedure", "owner: VP"):
        assert part in text
