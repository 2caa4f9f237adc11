#!/bin/sh
# pyromark 0.10.3 (pulldown-cmark 0.13.5) with ENABLE_HEADING_ATTRIBUTES:
# braces at the end of a heading are taken for attributes even where they name no id and no class,
# so the words in them leave the title: "# Biểu {mẫu}" has the text "Biểu". Of such a word of one
# byte not even an attribute remains: "# Biểu {B}" gives no attribute and no text, nothing tells of
# it. A letter of two bytes, or a value ("B=1"), is kept as an attribute.
# Output seen:
# {B} () ['Biểu']
# {mẫu} (('mẫu', None),) ['Biểu']
# {#b c} () ['Biểu']
# {#b đ} (('đ', None),) ['Biểu']
# {c=d} (('c', 'd'),) ['Biểu']
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyromark==0.10.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pyromark

for braces in ("{B}", "{mẫu}", "{#b c}", "{#b đ}", "{c=d}"):
    events = list(
        pyromark.events(f"# Biểu {braces}\n", options=pyromark.Options.ENABLE_HEADING_ATTRIBUTES)
    )
    attributes = events[0]["Start"]["Heading"]["attrs"]
    print(braces, attributes, [event["Text"] for event in events if "Text" in event])
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
