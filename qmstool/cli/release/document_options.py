"""Read what the command line says of single documents: which, which act, which number, why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from qmstool.candidates.drafting import Overrides
from qmstool.i18n import QmsError, Text
from qmstool.manual.schema.releases import ACTS
from qmstool.parsing.similar import not_found_error
from qmstool.parsing.yaml.schema import SLUG
from qmstool.releases.numbering import Number

if TYPE_CHECKING:
    from qmstool.cli.context import HistoryContext


def parse_slug(text: str) -> str:
    """Return a short name from the command line: a–z, 0–9 and hyphens."""
    if not SLUG.match(text):
        raise argparse.ArgumentTypeError(
            f"«{text}»: chỉ gồm a–z, 0–9, gạch nối / only a–z, 0–9 and hyphens"
        )
    return text


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options; each may be given again for another document."""
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CODE",
        help="chỉ trình tài liệu này / only this document",
    )
    for name, form, text in (
        ("act", "CODE=ACT", f"việc ban hành / act: {', '.join(ACTS)}"),
        ("number", "CODE=1/2", "lần ban hành/lần sửa đổi / issue and revision"),
        ("summary", "CODE=…", "nội dung sửa đổi / what changed"),
        ("reason", "CODE=…", "lý do, căn cứ / why"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar=form, type=_pair, help=text
        )


def read_overrides(options: argparse.Namespace, context: HistoryContext) -> Overrides:
    """Return what was said, by the documents' keys.

    Raises QmsError for a document, act or number that cannot be.
    """
    return Overrides(
        frozenset(map(context.document_key, options.only)),
        {context.document_key(code): _act(value) for code, value in options.act},
        {context.document_key(code): _number(value) for code, value in options.number},
        {context.document_key(code): value for code, value in options.summary},
        {context.document_key(code): value for code, value in options.reason},
    )


def _pair(text: str) -> tuple[str, str]:
    code, sign, value = text.partition("=")
    if not sign or not value.strip():
        raise argparse.ArgumentTypeError(f"«{text}»: viết dạng «MÃ=giá trị» / written «CODE=value»")
    return code.strip(), value.strip()


def _act(text: str) -> str:
    if text not in ACTS:
        raise not_found_error(text, Text("việc ban hành", "act"), ACTS)
    return text


def _number(text: str) -> Number:
    issue, sign, revision = text.partition("/")
    if not sign or not issue or not revision:
        raise QmsError(
            Text(f"«{text}»: số viết dạng «1/2».", f"«{text}»: a number is written «1/2».")
        )
    return Number(issue, revision)
