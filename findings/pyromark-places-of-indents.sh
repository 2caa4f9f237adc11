#!/bin/sh
# pyromark 0.10.3 (pulldown-cmark 0.13.5), events_with_range:
# 1. What is left of an indent before a block of HTML in an item comes as a Text event, not Html,
#    with a blank in it and an empty range: no byte of the source stands for it.
# 2. An item begins with the indent before its mark, so that the first byte of its range is not the
#    mark; a heading at the same place begins with its mark.
# Output seen:
# Text ' ' 18 18
# Html '<!-- c -->' 18 28
# Item '  - a\n'
# Item '  - a\n'
# Heading '# a\n'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyromark==0.10.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pyromark

for event, place in pyromark.events_with_range("1) <!-- c -->\n    <!-- c -->"):
    if isinstance(event, dict) and place["start"] == 18:
        for name in event.keys() & {"Text", "Html"}:
            print(name, repr(event[name]), place["start"], place["end"])
for text in (">   - a\n", "  - a\n", ">   # a\n"):
    for event, place in pyromark.events_with_range(text):
        start = event.get("Start", "") if isinstance(event, dict) else ""
        name = start if isinstance(start, str) else next(iter(start))
        if name in ("Item", "Heading"):
            print(name, repr(text[place["start"] : place["end"]]))
PYTHON
cat "$folder/seen"
sed -n '/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p' "$0" | diff - "$folder/seen"
