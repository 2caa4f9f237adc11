#!/bin/sh
# markdown-it-py 4.3.0 with linkify-it-py 2.2.0, beside cmarkgfm 2025.10.22 (GitHub's own cmark-gfm): the
# presets gfm-like and gfm-like2 link bare addresses as GitHub does, and more: whatever ends like the
# name of a country, without http or www before it. The name of a Markdown file is then a link to a
# site in Moldova, a script one to Paraguay; .xlsx and .docx are no countries. GitHub links none.
# Output seen (links made):
# www.example.vn | cmark-gfm: http://www.example.vn | gfm-like: http://www.example.vn | gfm-like2: http://www.example.vn
# QT-BIS-01.md | cmark-gfm: none | gfm-like: http://QT-BIS-01.md | gfm-like2: http://QT-BIS-01.md
# theo README.vi.md, | cmark-gfm: none | gfm-like: http://README.vi.md | gfm-like2: http://README.vi.md
# check.py | cmark-gfm: none | gfm-like: http://check.py | gfm-like2: http://check.py
# BM-01.xlsx | cmark-gfm: none | gfm-like: none | gfm-like2: none
# `QT-BIS-01.md` | cmark-gfm: none | gfm-like: none | gfm-like2: none
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q markdown-it-py==4.3.0 linkify-it-py==2.2.0 mdit-py-plugins==0.7.0 cmarkgfm==2025.10.22
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import re

import cmarkgfm
from markdown_it import MarkdownIt

READERS = {
    "cmark-gfm": cmarkgfm.github_flavored_markdown_to_html,
    "gfm-like": MarkdownIt("gfm-like").render,
    "gfm-like2": MarkdownIt("gfm-like2").render,
}
for text in (
    "www.example.vn",
    "QT-BIS-01.md",
    "theo README.vi.md,",
    "check.py",
    "BM-01.xlsx",
    "`QT-BIS-01.md`",
):
    links = {name: re.findall('href="([^"]*)"', read(text)) for name, read in READERS.items()}
    print(text, *(f"| {name}: {' '.join(found) or 'none'}" for name, found in links.items()))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
