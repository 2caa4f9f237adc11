#!/bin/sh
# typst 0.15.0 (PyPI), read back with pypdf 7.1.0: places for a line to end within a long code.
# A space of no width, h(0pt), between the letters gives none: the word stays on one line and leaves
# its column. An empty box() gives one, and the text that readers copy is whole. A zero-width space
# gives one too, but comes back in the copied text, so that a search for the code finds nothing.
# Output seen (lines, U+200B in the text):
# h(0pt) 1 0
# box() 3 0
# sym.zws 3 39
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.0 pypdf==7.1.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import io

import pypdf
import typst

CODE = "QT01ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
for joint in ("h(0pt)", "box()", "sym.zws"):
    source = (
        "#set page(width: 6cm, height: 8cm, margin: 1cm)\n#set text(size: 11pt)\n"
        f'#"{CODE}".clusters().join({joint})\n'
    )
    content = typst.compile(source.encode(), ignore_system_fonts=True, timestamp=1700000000)
    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    print(joint, len(text.split("\n")), text.count("\u200b"))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | grep -v "^Output" | diff - "$folder/seen"
