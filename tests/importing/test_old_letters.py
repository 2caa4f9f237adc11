"""The table of TCVN3 is that of glibc."""

from __future__ import annotations

import subprocess

import pytest

from qmstool.importing.old_letters import (
    _FROM,
    has_old_letters,
    is_old_font,
    read_old_letters,
)
from tests.support.machine import needs


@needs("iconv")
def test_table_is_that_of_iconv() -> None:
    done = subprocess.run(
        ["iconv", "-f", "TCVN", "-t", "UTF-8"],
        input=_FROM.encode("latin-1"), capture_output=True, check=True,
    )  # fmt: skip
    assert read_old_letters(_FROM, ".VnTime") == done.stdout.decode()


def test_a_font_of_capitals_shows_capitals() -> None:
    assert read_old_letters("ChÊt l­îng", ".VnTimeH") == "CHẤT LƯỢNG"


@pytest.mark.parametrize(
    ("font", "old"),
    [(".VnTime", True), (".vnArial", True), ("Times New Roman", False), ("", False)],
)
def test_knows_the_fonts(font: str, old: bool) -> None:
    assert is_old_font(font) is old


def test_knows_the_letters() -> None:
    assert has_old_letters("Sæ tay chÊt l­îng cña Së §¨ng ký, ®Þnh h­íng vµ ¸p dông")
    assert not has_old_letters("Sổ tay chất lượng")
    assert not has_old_letters("Année 2024 — ½ façade")
