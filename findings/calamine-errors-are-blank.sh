#!/bin/sh
# python-calamine 0.9.1 beside openpyxl 3.1.5 and pandoc 3.9 (pypandoc_binary 1.17): the value of a
# formula that failed is the empty text for calamine, the same as for a cell with nothing in it. A
# register whose look-up found nothing reads as a register with a gap. The other two give the words
# that the sheet shows.
# Output seen (openpyxl, calamine, pandoc):
# formula #N/A: '#N/A' '' '\\#N/A'
# formula #REF!: '#REF!' '' '\\#REF!'
# formula #DIV/0!: '#DIV/0!' '' '\\#DIV/0!'
# text #N/A: '#N/A' '#N/A' '\\#N/A'
# nothing: None '' ''
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1 pypandoc_binary==1.17
(cd "$folder" && venv/bin/python -) > "$folder/seen" <<'PYTHON'
import openpyxl
import pypandoc
import python_calamine
import xlsxwriter

NAMES = ("formula #N/A", "formula #REF!", "formula #DIV/0!", "text #N/A", "nothing")
with xlsxwriter.Workbook("a.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Mã", "Tên"])
    for row, name in enumerate(NAMES, 1):
        sheet.write_string(row, 0, name)
        kind, _, value = name.partition(" ")
        if kind == "formula":
            sheet.write_formula(row, 1, "=VLOOKUP(1,D1:E2,2,0)", None, value)
        elif kind == "text":
            sheet.write_string(row, 1, value)
one = [row[1].value for row in openpyxl.load_workbook("a.xlsx", data_only=True).active.iter_rows(min_row=2)]
two = [row[1] for row in python_calamine.load_workbook("a.xlsx").get_sheet_by_index(0).to_python()[1:]]
table = [line for line in pypandoc.convert_file("a.xlsx", "gfm").splitlines() if line.startswith("|")]
three = [line.split("|")[2].strip() for line in table[2:]]
for name, *values in zip(NAMES, one, two, three, strict=True):
    print(f"{name}:", *map(repr, values))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
