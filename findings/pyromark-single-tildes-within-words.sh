#!/bin/sh
# pyromark 0.10.3 (pulldown-cmark 0.13.5) with ENABLE_STRIKETHROUGH and ENABLE_GFM, beside cmarkgfm
# 2025.10.22 (GitHub's own cmark-gfm): both strike out words between two single tildes that stand
# apart, and words between two pairs of tildes wherever they stand. Within words they part: cmark-gfm
# strikes out between single tildes there too, so that ranges («5~7, 8~9») and formulas («H~2~O»)
# lose their signs; pulldown-cmark leaves these as typed. The same text, two pages, and nothing tells.
# Output seen:
# ~a~ | cmark-gfm: True | pulldown-cmark: True
# a ~b~ c | cmark-gfm: True | pulldown-cmark: True
# H~2~O | cmark-gfm: True | pulldown-cmark: False
# 5~7, 8~9 | cmark-gfm: True | pulldown-cmark: False
# H~~2~~O | cmark-gfm: True | pulldown-cmark: True
# 5~~7, 8~~9 | cmark-gfm: True | pulldown-cmark: True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyromark==0.10.3 cmarkgfm==2025.10.22
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import cmarkgfm
import pyromark

options = pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_GFM
for words in ("~a~", "a ~b~ c", "H~2~O", "5~7, 8~9", "H~~2~~O", "5~~7, 8~~9"):
    theirs = "<del>" in cmarkgfm.github_flavored_markdown_to_html(words)
    other = "<del>" in pyromark.html(words, options=options)
    print(words, "| cmark-gfm:", theirs, "| pulldown-cmark:", other)
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
