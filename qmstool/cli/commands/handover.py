"""List all that carries a person's name, and what is left without anybody (`qmstool handover`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import waiting
from qmstool.cli import tables
from qmstool.cli.context import HistoryContext
from qmstool.i18n import Text
from qmstool.parsing.yaml.records import no_such
from qmstool.register.responsibilities import Duties
from qmstool.register.status import register
from qmstool.releases import signers
from qmstool.releases.record import SIGNERS, digests
from qmstool.tables.handover import handover

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "person",
        metavar="PERSON",
        help="một người trong qms.yml: tên ngắn hoặc họ tên / a person of qms.yml",
    )
    parser.add_argument(
        "--as-of", type=tables.parse_day, metavar="YYYY-MM-DD", help="tính tại ngày / as of a day"
    )
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    context = HistoryContext(options)
    open_ones = {candidate.key: candidate.keys for candidate in waiting(context.manual)}
    submitted = frozenset(key for keys in open_ones.values() for key in keys)
    standing = register(
        context.manual,
        context.manual.releases,
        options.as_of or context.today,
        digests=digests(context.manual, context.tree.read),
        submitted=submitted,
    )
    lines = tuple(signers.read(context.tree.read_all([SIGNERS]).get(SIGNERS, b"")))
    duties = Duties(_person(context, options.person), context.manual, standing)
    table = handover(duties, context.lang, waiting=open_ones, signers=lines)
    tables.print_table(
        options, table, context.lang, context.tree, context.manual.config, day=standing.day
    )
    return 0


def _person(context: HistoryContext, word: str) -> str:
    """Return the person that a key or a name means. Raises QmsError with the nearest."""
    people = context.manual.config.people
    for key, person in people.items():
        if word in {key, person.name}:
            return key
    names = [person.name for person in people.values()]
    raise no_such(word, Text("người", "person"), (*people, *names))
