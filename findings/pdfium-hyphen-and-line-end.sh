#!/bin/sh
# pypdfium2 5.15.2 (pdfium): a hyphen at the end of a line and the end itself are one sign, U+FFFE,
# in the text of a page. Where the page shows "QT-BIS-" and below it "01", get_text_range() has
# neither hyphen nor line break; who drops the sign, which is no character, reads QT-BIS01. The
# same hyphen is U+0002 in get_text_bounded().
# Output seen:
# 'theo QT-BIS\ufffe01'
# 'theo QT-BIS\x02'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pypdfium2==5.15.2 typst==0.15.2
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pypdfium2
import typst

page = "#set page(width: 60mm, height: 30mm, margin: 4mm)\ntheo QT-BIS-\\\n01"
text = pypdfium2.PdfDocument(typst.compile(page.encode()))[0].get_textpage()
print(ascii(text.get_text_range()))
text.count_rects()
print(ascii(text.get_text_bounded(*text.get_rect(0))))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
