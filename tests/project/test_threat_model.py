"""Every line of the threat model names a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs/security.md").read_text("utf-8")
ROWS = [
    line
    for line in MODEL.split("## What they must not be able to do")[1].splitlines()
    if line.startswith("| ") and not line.startswith("| must not")
]
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", MODEL)))


def test_every_line_has_its_test() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if "`tests/" not in row] == []


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    place = ROOT / path
    assert place.exists()
    if name:
        tree = ast.parse(place.read_text("utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_page_for_reporters_leads_there() -> None:
    assert "(docs/security.md)" in (ROOT / "SECURITY.md").read_text("utf-8")
