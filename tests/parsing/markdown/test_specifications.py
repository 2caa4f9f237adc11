"""The examples of CommonMark's and GitHub's specifications, where they are at hand.

They are under a licence of their own and not kept here. `QMSTOOL_SPECIFICATIONS` names a folder
with `commonmark.json` (the sdist of markdown-it-py has it under `tests/test_cmark_spec`) and
`spec.txt` (the source of Debian's cmark-gfm has it under `test`); what is missing is skipped, but
in CI, which brings both.
"""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest

from qmstool.parsing.markdown import inlines
from qmstool.parsing.markdown.headings import headings
from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.links import PlacedLink, linked_places
from qmstool.parsing.markdown.plain import walk
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.walking import lines_of
from tests.support.machine import REQUIRED

from .test_html import parsers_own

FOLDER = Path(os.environ.get("QMSTOOL_SPECIFICATIONS", "/nonexistent"))
_EXAMPLE = re.compile(r"^`{32} example.*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|@")


def _examples(name: str) -> list[tuple[str, str]]:
    path = FOLDER / name
    if not path.exists():
        if REQUIRED:
            pytest.fail(f"{name} is not at hand, and CI brings it")
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


@pytest.mark.parametrize("name", ["commonmark.json", "spec.txt"])
def test_every_place(name: str) -> None:
    for text, _ in _examples(name):
        document = read(text)
        for link in linked_places(document).links:
            assert _link_stands(text, link), (text, link)
        for block, _ in document.blocks:
            for node in walk(lines_of(block)):
                assert _node_stands(text, node), (text, node)
        for heading in headings(document):
            typed = text[heading.start : heading.end]
            assert typed == typed.strip()
            assert all(word in unescape(typed) for word in re.findall(r"\w+", heading.text))


def _link_stands(text: str, link: PlacedLink) -> bool:
    """Whether a link begins and ends with its marks, and its target is typed at its place."""
    whole, typed = text[link.start : link.end], text[link.target_start : link.target_end]
    if link.kind == "html":
        return whole.startswith("<") and whole.endswith(">")
    if link.kind in {"autolink", "email", "bare", "bare-email"}:
        marks = ("<", ">") if link.kind in {"autolink", "email"} else ("", "")
        ours = link.target.removeprefix("mailto:")
        return whole == f"{marks[0]}{typed}{marks[1]}" and ours.endswith(typed)
    read_as = unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", typed))
    closing = ")" if link.kind == "inline" else "]"
    return whole.startswith(("[", "![")) and whole.endswith(closing) and read_as == link.target


def _node_stands(text: str, node: inlines.Inline) -> bool:
    typed = text[node.start : node.end]
    if isinstance(node, inlines.Code):
        return typed.startswith("`") and typed.endswith("`")
    if isinstance(node, inlines.Strong):
        return typed[:2] in {"**", "__"} and typed.endswith(typed[:2])
    if isinstance(node, inlines.Emphasis | inlines.Strike):
        return typed[0] in "*_~" and typed[-1] == typed[0]
    return True
