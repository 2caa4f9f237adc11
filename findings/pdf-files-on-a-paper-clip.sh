#!/bin/sh
# A file that was pinned to a page of a PDF with a paper clip (an annotation FileAttachment, ISO 32000-1,
# 12.5.6.15) is a file in the PDF like one in its list of embedded files, and viewers show both in one
# list. pypdf 7.1.1, pikepdf 10.18.0, pypdfium2 5.15.2 and PyMuPDF 2.0 count the list alone: who asks
# them whether a PDF brings files with it is told none. pdfdetach of poppler 22.12 finds both.
# Output seen:
# in the list | pypdf: 1 | pikepdf: 1 | pdfium: 1 | PyMuPDF: 1 | poppler: 1
# paper clip | pypdf: 0 | pikepdf: 0 | pdfium: 0 | PyMuPDF: 0 | poppler: 1
# both | pypdf: 1 | pikepdf: 1 | pdfium: 1 | PyMuPDF: 1 | poppler: 2
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
from pikepdf import Array, Dictionary, Name, Stream


def file(pdf, name):
    content = Dictionary(F=Stream(pdf, b"a;b", Type=Name.EmbeddedFile))
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=name, UF=name, EF=content))


def write(listed, pinned):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200)).obj
    if listed:
        names = Array(["one.csv", file(pdf, "one.csv")])
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    if pinned:
        clip = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[9, 9, 29, 29])
        clip.FS = file(pdf, "two.csv")
        page.Annots = Array([pdf.make_indirect(clip)])
    pdf.save("a.pdf")


def poppler():
    told = subprocess.run(["pdfdetach", "-list", "a.pdf"], capture_output=True, text=True).stdout
    return int(told.split()[0])


READERS = {
    "pypdf": lambda: len(pypdf.PdfReader("a.pdf").attachments),
    "pikepdf": lambda: len(pikepdf.open("a.pdf").attachments),
    "pdfium": lambda: pypdfium2.PdfDocument("a.pdf").count_attachments(),
    "PyMuPDF": lambda: pymupdf.open("a.pdf").embfile_count(),
    "poppler": poppler,
}
for name, listed, pinned in (("in the list", 1, 0), ("paper clip", 0, 1), ("both", 1, 1)):
    write(listed, pinned)
    print(name, *(f"| {reader}: {count()}" for reader, count in READERS.items()))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
