"""The two options that name what proves a thing: a file to keep, or where it can be looked up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.candidates.evidence import KINDS
from qmstool.cli import console
from qmstool.i18n import QmsError, Text
from qmstool.parsing.similar import not_found_error

if TYPE_CHECKING:
    import argparse

PAIR = Text("«{given}»: viết dạng «loại=…».", "«{given}»: written «kind=…».")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options; each may be given again."""
    names = ", ".join(KINDS)
    parser.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="KIND=FILE",
        help=f"tệp chứng minh / file ({names})",
    )
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="KIND=…",
        help="nơi tra cứu / where it can be looked up",
    )


def read_options(
    options: argparse.Namespace,
) -> tuple[list[tuple[str, str, bytes]], list[tuple[str, str]]]:
    """Return files as kind, name and bytes, then references as kind and place.

    Raises QmsError for what is no pair, a kind that is not there, a file that cannot be read.
    """
    held = [
        (kind, Path(name).name, console.read_user_file(name))
        for kind, name in map(_pair, options.evidence)
    ]
    return held, [_pair(given) for given in options.reference]


def _pair(given: str) -> tuple[str, str]:
    kind, sign, value = given.partition("=")
    if not sign or not value:
        raise QmsError(PAIR.fill({"given": given}))
    if kind not in KINDS:
        raise not_found_error(kind, Text("loại bằng chứng", "kind of evidence"), KINDS)
    return kind, value
