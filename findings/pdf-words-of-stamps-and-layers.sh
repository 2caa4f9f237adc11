#!/bin/sh
# The text of a page by pypdf 7.1.1, pypdfium2 5.15.2 (pdfium), PyMuPDF 2.0 and poppler 22.12. A stamp and
# the value in a field (annotations with an appearance) are text for the last two alone; the words of
# a layer that is switched off, which no viewer shows, for the first two alone.
# Output seen:
# stamp | pypdf: no | pdfium: no | PyMuPDF: yes | poppler: yes
# field | pypdf: no | pdfium: no | PyMuPDF: yes | poppler: yes
# layer off | pypdf: yes | pdfium: yes | PyMuPDF: no | poppler: no
# layer on | pypdf: yes | pdfium: yes | PyMuPDF: yes | poppler: yes
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pikepdf==10.18.0 pypdf==7.1.1 pypdfium2==5.15.2 PyMuPDF==2.0
(cd "$folder" && venv/bin/python -) > "$folder/seen" <<'PYTHON'
import subprocess

import pikepdf
import pymupdf
import pypdf
import pypdfium2
from pikepdf import Dictionary, Name, Stream

WORDS = b"BT /F1 12 Tf 5 5 Td (WITHDRAWN) Tj ET"
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
KINDS = {"stamp": Name.Stamp, "field": Name.Widget}


def write(kind):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200)).obj
    page.Resources = Dictionary(Font=Dictionary(F1=FONT))
    if kind not in KINDS:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
        page.Resources.Properties = Dictionary(L=layer)
        page.Contents = Stream(pdf, b"/OC /L BDC " + WORDS + b" EMC")
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D={"/OFF": [layer] * (kind == "layer off")})
    else:
        look = Stream(pdf, WORDS, Subtype=Name.Form, BBox=[0, 0, 90, 20], Resources=page.Resources)
        note = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[9, 9, 99, 29], F=4))
        note.Subtype, note.AP = KINDS[kind], Dictionary(N=look)
        page.Annots = [note]
        if kind == "field":
            note.FT, note.T, note.V, note.DA = Name.Tx, "a", "WITHDRAWN", "/F1 12 Tf"
            pdf.Root.AcroForm = Dictionary(Fields=page.Annots)
    pdf.save("a.pdf")


READERS = {
    "pypdf": lambda: pypdf.PdfReader("a.pdf").pages[0].extract_text(),
    "pdfium": lambda: pypdfium2.PdfDocument("a.pdf")[0].get_textpage().get_text_range(),
    "PyMuPDF": lambda: pymupdf.open("a.pdf")[0].get_text(),
    "poppler": lambda: subprocess.check_output(["pdftotext", "a.pdf", "-"], text=True),
}
for kind in (*KINDS, "layer off", "layer on"):
    write(kind)
    print(kind, *(f"| {name}: {('no', 'yes')['WITHDRAWN' in read()]}" for name, read in READERS.items()))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
