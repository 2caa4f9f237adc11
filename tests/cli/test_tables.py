from __future__ import annotations

import csv
import io
import json

from qmstool.cli.console import escape_controls
from qmstool.i18n import Text
from qmstool.tables.format import as_csv, as_json, as_text
from qmstool.tables.registers import Table

TABLE = Table(
    Text("Danh mục", "Register"),
    (("code", Text("Mã", "Code")), ("title", Text("Tên", "Title"))),
    (("QT 01", "Quy trình kiểm soát"), ("=cmd()", "x\x1b[31m")),
)


def test_csv_opens_in_excel_with_accents_and_without_formulas() -> None:
    text = as_csv(TABLE, "vi")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Mã", "Tên"]
    assert rows[2][0] == "'=cmd()"


def test_json_keeps_the_words_as_they_are() -> None:
    assert json.loads(as_json(TABLE, "en"))[1] == {"code": "=cmd()", "title": "x\x1b[31m"}


def test_a_table_fits_the_terminal_and_carries_no_control_characters() -> None:
    text = escape_controls(as_text(TABLE, "vi", 120))
    assert "\x1b" not in text
    assert "\\x1b[31m" in text
    assert max(map(len, text.splitlines())) <= 120


def test_direction_marks_are_shown_and_not_obeyed() -> None:
    assert escape_controls("a\u202eb\x07") == "a\\u202eb\\x07"
