"""`qmstool handover`: everything that carries a person's name, and what is left without anybody once that person goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.candidate import pending_candidates
from qmstool.cli import tables as tabular
from qmstool.cli.context import Past
from qmstool.i18n import Text
from qmstool.parsing.yaml.records import no_such
from qmstool.register.responsibilities import Responsibilities
from qmstool.register.status import register
from qmstool.releases import signers
from qmstool.releases.record import ALLOWED_SIGNERS, digest_documents
from qmstool.tables.handover import handover_table

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "person",
        metavar="PERSON",
        help="một người trong qms.yml: tên ngắn hoặc họ tên / a person of qms.yml",
    )
    parser.add_argument(
        "--as-of", type=tabular.day, metavar="YYYY-MM-DD", help="tính tại ngày / as of a day"
    )
    tabular.add(parser)


def run(options: argparse.Namespace) -> int:
    """Print."""
    past = Past(options)
    open_ones = {each.key: each.keys for each in pending_candidates(past.manual)}
    submitted = frozenset(key for keys in open_ones.values() for key in keys)
    found = digest_documents(past.manual, past.tree.read)
    standing = register(
        past.manual,
        past.manual.releases,
        options.as_of or past.today,
        digests=found,
        submitted=submitted,
    )
    lines = tuple(
        signers.read_signers(past.tree.read_all([ALLOWED_SIGNERS]).get(ALLOWED_SIGNERS, b""))
    )
    duties = Responsibilities(_person(past, options.person), past.manual, standing)
    table = handover_table(duties, past.lang, waiting=open_ones, signers=lines)
    tabular.give(options, table, past.lang, past.tree, past.manual.config, day=standing.day)
    return 0


def _person(past: Past, word: str) -> str:
    """The person that a key or a name means. Raises QmsError with the nearest."""
    people = past.manual.config.people
    found = [key for key, each in people.items() if word in {key, each.name}]
    if not found:
        raise no_such(
            word, Text("người", "person"), (*people, *(each.name for each in people.values()))
        )
    return found[0]
