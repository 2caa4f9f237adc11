#!/bin/sh
# typst 0.15.2 (PyPI): what compile() raises is a TypstError, which has the message and its hints;
# query() of the same module raises the RuntimeError that TypstError is made from, for a label that a
# sound document does not have too. Who catches TypstError around both lets the second pass.
# Output seen (what was asked, the class of the error):
# query, one of one none
# query, one of none RuntimeError
# compile TypstError
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.2
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import typst

SOUND = b"= A heading\n#metadata(1) <kept>\n"
ASKS = {
    "query, one of one": lambda: typst.query(SOUND, "<kept>", field="value", one=True),
    "query, one of none": lambda: typst.query(SOUND, "<other>", field="value", one=True),
    "compile": lambda: typst.compile(b'#panic("said")'),
}
for name, ask in ASKS.items():
    raised = "none"
    try:
        ask()
    except RuntimeError as error:
        raised = type(error).__name__
    print(name, raised)
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | grep -v "^Output" | diff - "$folder/seen"
