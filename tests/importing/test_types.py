"""A file taken into a manual is of the type whose code shape its code has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.importing.kinds import code_shape
from qmstool.importing.types import Types
from tests.support.word_files import make_docx, paragraph

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = """\
schema: 1
organization: {name: Lombey}
language: es
timezone: America/Argentina/Buenos_Aires
standards: []
types:
  mgc: {name: Manual, code: MGC}
  pg: {name: Procedimiento General, code: "PG {nn}"}
  rpg: {name: Registro, code: "RPG {nn} {nn}"}
  qf: {name: Formulario, code: "QF-{n}-{n}", form_of: pg}
"""
TYPES = Types(
    ("mgc", "pg", "rpg", "qf"),
    {"mgc": "MGC", "pg": "PG {nn}", "rpg": "RPG {nn} {nn}", "qf": "QF-{n}-{n}"},
    frozenset({"qf"}),
)


@pytest.mark.parametrize(
    ("stem", "code", "title"),
    [
        ("PG_06_Mejora_continua", "PG 06", "Mejora continua"),
        ("PG-06 Mejora", "PG 06", "Mejora"),
        ("RPG_01_01_Minuta", "RPG 01 01", "Minuta"),
        ("rpg_01_01_minuta", "RPG 01 01", "Minuta"),
        ("QF-0023-1_SupplierApprovalForm", "QF-0023-1", "SupplierApprovalForm"),
        # No shape of this manual, and four figures: the code is whole all the same.
        ("QF-0005_IncomingInspectionRecord", "QF-0005", "IncomingInspectionRecord"),
        ("QF-0005", "QF-0005", ""),
        ("QT-VP-01_Kiểm soát", "QT-VP-01", "Kiểm soát"),
        ("Minuta_2024", "", "Minuta 2024"),
    ],
)
def test_the_name_of_a_file_gives_its_code_whole(stem: str, code: str, title: str) -> None:
    assert TYPES.split_file_name(stem) == (code, title)


@pytest.mark.parametrize(
    ("code", "title", "kind"),
    [
        ("PG 06", "Mejora", "pg"),
        ("RPG 01 01", "Minuta", "rpg"),
        ("QF-0023-1", "Supplier", "qf"),
        ("QF-0005", "Incoming Inspection Record", "qf"),  # begins as codes of that type alone do
        ("", "Formulario: checklist", "qf"),  # the only type of forms
        ("XX 1", "Texto", "unknown"),
    ],
)
def test_the_shape_of_a_code_tells_the_type(code: str, title: str, kind: str) -> None:
    assert TYPES.kind_of(code, title, title)[0] == kind


def test_where_a_manual_begins_words_tell() -> None:
    types = Types(("procedure", "form", "instruction"), {}, frozenset({"form"}))
    assert types.kind_of("QT-01", "Quy trình", "")[0] == "procedure"
    assert types.kind_of("", "Hướng dẫn", "")[0] == "instruction"
    assert types.kind_of("XX-1", "Gì đó", "") == ("procedure", False)


def _imported(folder: Path, *names: str) -> int:
    (folder / "qms.yml").write_text(MANIFEST, "utf-8")
    source = folder.parent / "nguon"
    source.mkdir()
    for name in names:
        (source / name).write_bytes(make_docx(paragraph("1. Objeto"), paragraph("Texto.")))
    return main(["import", str(source), "--root", str(folder), "--yes"])


def test_types_are_those_of_the_manual_and_forms_stay_files(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    names = ("PG 06 Mejora.docx", "RPG_01_01_Minuta.docx", "QF-0023-1_SupplierApproval.docx")
    assert _imported(folder, *names) == 0
    made = {path.name: path.read_text("utf-8") for path in folder.glob("procedures/*.md")}
    assert sorted(made) == ["pg-06.md", "qf-0023-1.md", "rpg-01-01.md"]
    assert "type: pg\n" in made["pg-06.md"]
    assert "type: rpg\n" in made["rpg-01-01.md"]
    assert "type: qf\n" in made["qf-0023-1.md"]
    assert "file: forms/qf-0023-1.docx\n" in made["qf-0023-1.md"]
    assert (folder / "procedures/forms/qf-0023-1.docx").is_file()


def test_a_folder_without_texts_is_told_how_to_take_some_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qms.yml").write_text(MANIFEST, "utf-8")
    assert main(["check", "--root", str(tmp_path), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "qmstool import FOLDER" in told
    assert "qmstool init FOLDER --from FILES" in told


@pytest.mark.parametrize(
    ("codes", "shape"),
    [
        (["QT-VP-01", "QT-KT-02"], "QT-{unit}-{nn}"),
        (["QT.VP.01", "QT.KT.02"], "QT.{unit}.{nn}"),
        (["QT VP 01", "QT KT 02"], "QT {unit} {nn}"),
        (["QT-VP-01", "QT KT 02"], "QT {unit} {nn}"),
        (["QT01", "QT02"], "QT{nn}"),
        (["BM-VP-01.01", "BM-VP-01.02"], "BM-{unit}-{nn}.{nn}"),
    ],
)
def test_a_shape_that_is_learnt_has_the_signs_of_its_codes(codes: list[str], shape: str) -> None:
    """What `new` writes then looks as the codes that are there."""
    assert code_shape(codes, {"QT", "BM"}) == shape
