#!/bin/sh
# pandoc 3.9 (pypandoc_binary 1.17) reads workbooks, which it long did not. What a cell shows is not what
# comes out: a day is the number of days since 1900, an issue number 7 is 7.0 whether the sheet shows 7
# or 007, a share of 7.5 % is 7.5e-2 and a TRUE is 1.0. openpyxl 3.1.5 and python-calamine 0.9.1, which
# look at the format of the cell, have the day as a day. A day that was typed as text stays as typed.
# Output seen (pandoc, openpyxl, calamine):
# day: 46082.0 | datetime.datetime(2026, 3, 1, 0, 0) | datetime.date(2026, 3, 1)
# 007: 7.0 | 7 | 7.0
# share: 7.5e-2 | 0.075 | 0.075
# yes: 1.0 | True | True
# text: 01/03/2026 | '01/03/2026' | '01/03/2026'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1 pypandoc_binary==1.17
(cd "$folder" && venv/bin/python -) > "$folder/seen" <<'PYTHON'
import datetime

import openpyxl
import pypandoc
import python_calamine
import xlsxwriter

CELLS = {
    "day": (datetime.date(2026, 3, 1), "dd/mm/yyyy"),
    "007": (7, "000"),
    "share": (0.075, "0.0%"),
    "yes": (True, "General"),
    "text": ("01/03/2026", "@"),
}
with xlsxwriter.Workbook("a.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "value"])
    for row, (name, (value, shown)) in enumerate(CELLS.items(), 1):
        sheet.write_string(row, 0, name)
        sheet.write(row, 1, value, book.add_format({"num_format": shown}))
table = [line for line in pypandoc.convert_file("a.xlsx", "gfm").splitlines() if line.startswith("|")]
one = [line.split("|")[2].strip() for line in table[2:]]
two = [row[1].value for row in openpyxl.load_workbook("a.xlsx").active.iter_rows(min_row=2)]
three = [row[1] for row in python_calamine.load_workbook("a.xlsx").get_sheet_by_index(0).to_python()[1:]]
for name, text, other, third in zip(CELLS, one, two, three, strict=True):
    print(f"{name}: {text} | {other!r} | {third!r}")
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
