#!/bin/sh
# openpyxl 3.1.5 beside python-calamine 0.9.1: a cell whose text came with CR LF (from a web form, from
# Word). SpreadsheetML cannot hold a carriage return as it is and writes _x000D_ for it (ECMA-376,
# ST_Xstring), as XlsxWriter 3.3.1 does. calamine gives the sign back; openpyxl gives the seven letters,
# although it does undo the escape of an underscore, so that nobody can tell them from typed ones.
# A file that openpyxl writes itself has the sign as it is and comes back with LF alone.
# Output seen (how it was written: openpyxl, calamine):
# XlsxWriter 'a\r\nb': 'a_x000D_\nb' 'a\r\nb'
# XlsxWriter 'a\rb': 'a_x000D_b' 'a\rb'
# XlsxWriter '_x000D_': '_x000D_' '_x000D_'
# openpyxl 'a\r\nb': 'a\nb' 'a\nb'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import io

import openpyxl
import python_calamine
import xlsxwriter


def written_by_xlsxwriter(text, file):
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_string(0, 0, text)


def written_by_openpyxl(text, file):
    book = openpyxl.Workbook()
    book.active["A1"] = text
    book.save(file)


for name, write, text in (
    ("XlsxWriter", written_by_xlsxwriter, "a\r\nb"),
    ("XlsxWriter", written_by_xlsxwriter, "a\rb"),
    ("XlsxWriter", written_by_xlsxwriter, "_x000D_"),
    ("openpyxl", written_by_openpyxl, "a\r\nb"),
):
    file = io.BytesIO()
    write(text, file)
    one = openpyxl.load_workbook(file).active["A1"].value
    file.seek(0)
    ((other,),) = python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()
    print(f"{name} {text!r}: {one!r} {other!r}")
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
