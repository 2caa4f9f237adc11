#!/bin/sh
# typst 0.15.0 (PyPI), read back with pypdf 7.1.0: par(image(...)) compiles and says nothing, and
# the picture is not in the PDF. A paragraph holds parts of lines only, and a picture is a block; in
# a box it is part of a line and is there. A broken file within par(...) is no error either.
# Output seen (pictures in the PDF):
# image 1
# par(image) 0
# par(box(image)) 1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.0 pypdf==7.1.0 pillow==12.0.0
"$folder/venv/bin/python" - "$folder" > "$folder/seen" <<'PYTHON'
import io
import sys

import pypdf
import typst
from PIL import Image

folder = sys.argv[1]
Image.new("L", (40, 20), 128).save(f"{folder}/a.png")
picture = 'image("a.png")'
for name, code in (
    ("image", picture),
    ("par(image)", f"par({picture})"),
    ("par(box(image))", f"par(box({picture}))"),
):
    with open(f"{folder}/a.typ", "w") as file:
        file.write(f"#{code}\n")
    content = typst.compile(f"{folder}/a.typ", root=folder, timestamp=1700000000)
    print(name, len(pypdf.PdfReader(io.BytesIO(content)).pages[0].images))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | grep -v "^Output" | diff - "$folder/seen"
