#!/bin/sh
# pyromark 0.10.3 (pulldown-cmark 0.13.5), beside cmarkgfm 2025.10.22 (GitHub's own cmark-gfm): both
# take bold words between letters, punctuation and blanks alike. Where a symbol of Unicode (an arrow, a
# tilde, a currency or a degree) touches the stars they part: CommonMark counts symbols as punctuation
# since 0.31, and cmark-gfm, which follows 0.29, does not. So «**~ 5 ngày**» is bold in one and shown
# with its stars in the other; between letters it is the other way round, «giá**€5**đồng».
# Output seen:
# **a** b | cmark-gfm: 1 | pulldown-cmark: 1
# **(1)**.**(2)** | cmark-gfm: 2 | pulldown-cmark: 2
# **(1)**→**(2)** | cmark-gfm: 1 | pulldown-cmark: 2
# **~ 5 ngày** | cmark-gfm: 0 | pulldown-cmark: 1
# giá**€5**đồng | cmark-gfm: 1 | pulldown-cmark: 0
# 5**°C**nóng | cmark-gfm: 1 | pulldown-cmark: 0
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyromark==0.10.3 cmarkgfm==2025.10.22
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import cmarkgfm
import pyromark

options = pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_GFM
for words in ("**a** b", "**(1)**.**(2)**", "**(1)**→**(2)**", "**~ 5 ngày**", "giá**€5**đồng", "5**°C**nóng"):
    theirs = cmarkgfm.github_flavored_markdown_to_html(words).count("<strong>")
    other = pyromark.html(words, options=options).count("<strong>")
    print(words, "| cmark-gfm:", theirs, "| pulldown-cmark:", other)
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
