"""Give the words by which files are understood, from `templates/importing/recognized.yml`.

What goes in: the name of a list. What comes out: its lines as one regular expression, or a table of
such expressions. How organizations write is data; this package names none of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from qmstool.storage import resources

FILE = "templates/importing/recognized.yml"


@cache
def _read() -> dict[str, Any]:
    data = resources.find(None, FILE) or b""
    record: dict[str, Any] = yaml.load(data, Loader=yaml.BaseLoader)  # noqa: S506 (texts only, ours)
    return record


def expression(name: str) -> str:
    """Return the lines of a list as alternatives, without a group around them."""
    return "|".join(_read()[name])


def expressions(name: str) -> dict[str, str]:
    """Return key → alternatives, in the order of the file."""
    return {key: "|".join(lines) for key, lines in _read()[name].items()}


def texts(name: str) -> dict[str, str]:
    """Return a table of plain texts."""
    return dict(_read()[name])


def compiled(name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the lines of a list as a pattern that is blind to case."""
    return re.compile(f"{before}(?:{expression(name)}){after}", re.IGNORECASE)
