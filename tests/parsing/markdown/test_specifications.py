"""The examples of CommonMark's and GitHub's specifications, where they are at hand.

They are under a licence of their own and not kept here. `QMSTOOL_SPECIFICATIONS` names a folder
with `commonmark.json` (the sdist of markdown-it-py has it under `tests/test_cmark_spec`) and
`spec.txt` (github/cmark-gfm has it under `test`); what is missing is skipped.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.reader import read

from .test_html import parsers_own

FOLDER = Path(os.environ.get("QMSTOOL_SPECIFICATIONS", "/nonexistent"))
_EXAMPLE = re.compile(r"^`{32} example.*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|@")


def _examples(name: str) -> list[tuple[str, str]]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    text = path.read_text("utf-8")
    if name.endswith(".json"):
        return [(example["markdown"], example["html"]) for example in json.loads(text)]
    return [(found[1].replace("→", "\t"), found[2]) for found in _EXAMPLE.finditer(text)]


@pytest.mark.parametrize("name", ["commonmark.json", "spec.txt"])
def test_every_example(name: str) -> None:
    for text, specified in _examples(name):
        made = html(read(text)).replace(' class="paren"', "")
        own = parsers_own(text)
        if made != own and _ADDRESS.search(text):  # the extension that the parser lacks
            assert made == specified or name == "commonmark.json" or "<a " not in specified, text
        else:
            assert made == own, text
