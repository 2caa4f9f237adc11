#!/bin/sh
# python-docx 1.2.0, LibreOffice 7.4 (soffice): a picture in a line stands 3.2 mm further in than the
# text around it, and a picture as wide as the text reaches over the margin. python-docx writes
# wp:inline without distL and distR; LibreOffice takes 0.125 inch for what is not said. With
# distL="0" both stand on one edge.
# Output seen:
# as written: 3.2 mm
# distL="0": 0.0 mm
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q python-docx==1.2.0 pypdfium2==5.15.2 pillow==13.0.0
(cd "$folder" && venv/bin/python -) > "$folder/seen" <<'PYTHON'
import io
import os
import subprocess

import docx
import pypdfium2
from PIL import Image

picture = io.BytesIO()
Image.new("RGB", (200, 100), "red").save(picture, "PNG")
for name, distance in (("as written", None), ('distL="0"', "0")):
    document = docx.Document()
    picture.seek(0)
    shape = document.add_picture(picture)
    if distance is not None:
        shape._inline.set("distL", distance)
    document.save("one.docx")
    command = ["soffice", f"-env:UserInstallation=file://{os.getcwd()}/profile", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", "one.docx"], check=True, capture_output=True)
    page = pypdfium2.PdfDocument("one.pdf")[0]
    (image,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    margin = document.sections[0].left_margin.mm
    print(f"{name}: {abs(image.get_bounds()[0] / 72 * 25.4 - margin):.1f} mm")
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
