#!/bin/sh
# pandoc 3.9 (pypandoc_binary 1.17) reading gfm, beside cmarkgfm 2025.10.22 (GitHub's own cmark-gfm) and
# pyromark 0.10.3 (pulldown-cmark 0.13.5): a table with empty lines around it is a table for all. Right
# under a line of text, as people write «Danh mục:» above it, it is a table on GitHub and one paragraph
# of bars for pandoc. A line right under the last row is a further row on GitHub, and for pandoc a
# paragraph. So one register has other rows on the site than in the Word file, and nothing tells.
# Output seen (tables, rows with the head):
# empty lines | cmark-gfm: 1, 2 | pulldown-cmark: 1, 2 | pandoc: 1, 2
# text above | cmark-gfm: 1, 2 | pulldown-cmark: 1, 2 | pandoc: 0, 0
# item above | cmark-gfm: 1, 2 | pulldown-cmark: 1, 2 | pandoc: 0, 0
# text below | cmark-gfm: 1, 3 | pulldown-cmark: 1, 3 | pandoc: 1, 2
# heading above | cmark-gfm: 1, 2 | pulldown-cmark: 1, 2 | pandoc: 1, 2
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pypandoc_binary==1.17 cmarkgfm==2025.10.22 pyromark==0.10.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import cmarkgfm
import pypandoc
import pyromark

TABLE = "| Mã | Tên |\n|---|---|\n| QT-01 | Hồ sơ |\n"
TEXTS = {
    "empty lines": f"Danh mục:\n\n{TABLE}\nHết.\n",
    "text above": f"Danh mục:\n{TABLE}",
    "item above": "- Danh mục:\n" + "".join(f"  {line}\n" for line in TABLE.splitlines()),
    "text below": f"{TABLE}Hết.\n",
    "heading above": f"# Danh mục\n{TABLE}",
}
for name, text in TEXTS.items():
    read = {
        "cmark-gfm": cmarkgfm.github_flavored_markdown_to_html(text),
        "pulldown-cmark": pyromark.html(text, options=pyromark.Options.ENABLE_TABLES),
        "pandoc": pypandoc.convert_text(text, "html", "gfm"),
    }
    print(name, *(f"| {who}: {html.count('<table')}, {html.count('<tr')}" for who, html in read.items()))
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
