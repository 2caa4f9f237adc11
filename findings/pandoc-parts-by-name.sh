#!/bin/sh
# pandoc 3 (pypandoc_binary 1.17) reads a Word file's numbering and footnotes by the usual names of
# their parts, although the format finds parts by relationships alone. The same file with the parts
# called numbering1.xml and footnotes1.xml, properly related, is read without an error: its list is
# no list any more, and its footnote is there and empty.
# Output seen:
# usual: '1.  One\n\n2.  Two[^1]\n\n[^1]: Kept.\n'
# other: 'One\n\nTwo[^1]\n\n[^1]:\n'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pypandoc_binary==1.17
"$folder/venv/bin/python" - "$folder" > "$folder/seen" <<'PYTHON'
import sys
import zipfile

import pypandoc

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def item(text, more=""):
    place = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{place}<w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def related(*lines):
    return f'<Relationships xmlns="{PACKAGE}relationships">{"".join(lines)}</Relationships>'


def relation(key, kind, target):
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def write(path, numbering, footnotes):
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}document.main+xml"/>'
        f'<Override PartName="/word/{numbering}" ContentType="{MAIN}numbering+xml"/>'
        f'<Override PartName="/word/{footnotes}" ContentType="{MAIN}footnotes+xml"/></Types>',
        "_rels/.rels": related(relation("d", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": related(
            relation("n", "numbering", numbering), relation("f", "footnotes", footnotes)
        ),
        "word/document.xml": f"<w:document {W}><w:body>{item('One')}{item('Two', note)}</w:body></w:document>",
        f"word/{numbering}": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        f"word/{footnotes}": f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Kept.</w:t></w:r></w:p></w:footnote></w:footnotes>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


for label, numbering, footnotes in (
    ("usual", "numbering.xml", "footnotes.xml"),
    ("other", "numbering1.xml", "footnotes1.xml"),
):
    write(f"{sys.argv[1]}/a.docx", numbering, footnotes)
    text = pypandoc.convert_file(f"{sys.argv[1]}/a.docx", "gfm", extra_args=["--wrap=none"])
    print(f"{label}: {text!r}")
PYTHON
cat "$folder/seen"
grep -q "^usual: '1\.  One.*\[^1\]: Kept" "$folder/seen"
grep -q "^other: 'One.*\[^1\]:\\\\n'" "$folder/seen"
