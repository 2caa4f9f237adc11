"""List all that carries a person's name, and what is left without anybody (`qmstool handover`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import moments, tables
from qmstool.cli.context import HistoryContext
from qmstool.i18n import Text
from qmstool.parsing.similar import not_found_error
from qmstool.register.candidates import pending_candidates
from qmstool.register.responsibilities import Responsibilities
from qmstool.register.status import register
from qmstool.releases import signers
from qmstool.releases.record import ALLOWED_SIGNERS, digest_documents
from qmstool.tables.handover import handover_table

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "person",
        metavar="PERSON",
        help="một người trong qms.yml: tên ngắn hoặc họ tên / a person of qms.yml",
    )
    moments.add_as_of(parser)
    tables.add_table_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    context = HistoryContext(options)
    open_ones = {candidate.key: candidate.keys for candidate in pending_candidates(context.manual)}
    submitted = frozenset(key for keys in open_ones.values() for key in keys)
    standing = register(
        context.manual,
        context.manual.releases,
        moments.asked_day(options, context) or context.today,
        digests=digest_documents(context.manual, context.tree.read),
        submitted=submitted,
    )
    lines = tuple(
        signers.read_signers(context.tree.read_all([ALLOWED_SIGNERS]).get(ALLOWED_SIGNERS, b""))
    )
    duties = Responsibilities(_person(context, options.person), context.manual, standing)
    table = handover_table(duties, context.readers, waiting=open_ones, signers=lines)
    tables.print_table(
        options, table, context.readers, context.tree, context.manual.config, day=standing.day
    )
    return 0


def _person(context: HistoryContext, word: str) -> str:
    """Return the person that a key or a name means. Raises QmsError with the nearest."""
    people = context.manual.config.people
    for key, person in people.items():
        if word in {key, person.name}:
            return key
    names = [person.name for person in people.values()]
    raise not_found_error(word, Text("người", "person"), (*people, *names))
