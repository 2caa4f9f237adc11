"""Plain text, PDF text and files of LibreOffice become the same sections and words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.importing.plain.text import read_text
from qmstool.importing.readers import read_source
from qmstool.manual.loading.loader import load
from qmstool.storage.tree import FolderTree
from tests.support.machine import needs
from tests.support.office_folder import office_folder
from tests.support.real_manual import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "tests/data/source/so-tay-chat-luong.txt"
CLAUSES = [
    "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3", "6.1", "6.2", "6.3", "7.1", "7.2", "7.3", "7.4", "7.5",
    "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "9.1", "9.2", "9.3", "10.1", "10.2", "10.3",
]  # fmt: skip


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    assert main(["init", str(folder), "--name", "Sở", "--yes", "--from", str(SOURCE)]) == 0
    return folder


def _sections(folder: Path) -> list[Path]:
    """Return the files of the sections in the order in which the manual itself has them."""
    main = load(FolderTree(folder)).main
    assert main is not None
    return [folder / file.path for file in main.files if file.path != "manual/index.md"]


def test_the_real_manual_has_its_sections(manual: Path) -> None:
    heads = [path.read_text("utf-8").split("\n")[0] for path in _sections(manual)]
    assert [match[1] for head in heads if (match := re.match(r"# (\d+\.\d+)", head))] == CLAUSES
    assert [match[1] for head in heads if (match := re.match(r"# ([IVX]+)\. ", head))] == [
        "I",
        "II",
        "III",
        "IV",
    ]
    assert len([head for head in heads if head.startswith("# Phụ lục 01")]) == 1


def test_the_real_manual_passes_check(manual: Path) -> None:
    assert main(["check", "--root", str(manual), "--no-cache"]) == 0


def test_the_words_of_the_real_manual_keep_their_order(manual: Path) -> None:
    """Of the parts and clauses, against the source itself; headings stand before their text."""
    source = SOURCE.read_text("utf-8").partition("Phụ lục 01")[0]
    ours = " ".join(
        path.read_text("utf-8") for path in _sections(manual) if "phu-luc" not in path.name
    )
    wanted, made = (re.findall(r"\w+", text) for text in (source, ours))
    blocks = SequenceMatcher(None, wanted, made, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) / len(wanted) > 0.995


def test_lines_that_a_page_broke_are_joined() -> None:
    text = "Quy trình này áp dụng cho mọi đơn vị của trung tâm và cho mọi\nngười làm việc ở đó.\n\n3\n\n- Một;\n- Hai.\n"
    source = read_text(text.encode(), "a.txt")
    assert [block.text for block in source.blocks] == [
        "Quy trình này áp dụng cho mọi đơn vị của trung tâm và cho mọi người làm việc ở đó.", "- Một;", "- Hai.",
    ]  # fmt: skip
    assert [piece.text for piece in source.left_out] == ["3"]


def test_old_letters_are_known_in_plain_text() -> None:
    text = "Sæ tay chÊt l­îng cña Së ®Þnh h­íng vµ ¸p dông".encode("latin-1")
    source = read_text(text, "a.txt")
    assert source.blocks[0].text == "Sổ tay chất lượng của Sở định hướng và áp dụng"


@pytest.mark.slow
@needs("soffice")
def test_other_kinds_become_the_same_document(tmp_path: Path) -> None:
    import subprocess

    name = "Quy trinh/QT-VP-01 Kiểm soát thông tin dạng văn bản.docx"
    data = office_folder()[name]
    (tmp_path / "a.docx").write_bytes(data)
    expected = [
        block.text for block in read_source(data, "a.docx", changes="").blocks if block.text
    ]
    for suffix in ("odt", "rtf"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
            check=True, capture_output=True,
        )  # fmt: skip
        source = read_source((tmp_path / f"a.{suffix}").read_bytes(), f"a.{suffix}", changes="")
        assert [block.text for block in source.blocks if block.text] == expected
