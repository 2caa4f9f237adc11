"""A judge of signatures that dies of some files."""

from __future__ import annotations

import base64
import json
import sys

files = [base64.b64decode(data) for data in json.load(sys.stdin)["files"]]
if b"dies" in files:
    sys.exit(1)
sys.stdout.write(json.dumps([{"problem": "none"} for _ in files]))
