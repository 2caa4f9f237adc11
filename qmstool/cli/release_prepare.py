"""`qmstool release prepare`: freeze a candidate («lập hồ sơ trình ký») and write the dossier for the signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__, files, git
from qmstool.check import check
from qmstool.cli import prepared
from qmstool.cli.past import Past
from qmstool.cli.release_dossier import add_place, write
from qmstool.cli.wishes import add as add_wishes
from qmstool.cli.wishes import slug, wish
from qmstool.findings import QmsError, Severity, Text
from qmstool.history import log
from qmstool.load import load
from qmstool.resolve import resolve
from qmstool.signing import candidate
from qmstool.signing.opening import refuse_open_numbers
from qmstool.sources.text import Source
from qmstool.tree import commit

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("key", type=slug, metavar="KEY", help="tên ngắn của hồ sơ, như «dot-2» / short name, like «dot-2»")
    parser.add_argument("--title", required=True, help="tên đợt ban hành / title of the release")
    parser.add_argument("--commit", default="HEAD", metavar="REV", help="phiên bản git cần trình / the commit to freeze")
    add_wishes(parser)
    add_place(parser)


def run(options: argparse.Namespace) -> int:
    """Write the candidate's file and the dossier; refused where the frozen manual has errors."""
    past = Past(options)
    repository = git.whole(past.found)
    frozen = git.resolve(repository, options.commit)
    tree = commit(options.root, frozen)
    manual = load(tree)
    if check(manual, resolve(manual), root=str(options.root), day=past.today).worst == Severity.ERROR:
        raise QmsError(
            Text(
                "Bản cần trình còn lỗi. Hãy chạy qmstool check và sửa trước.",
                "The manual to be frozen has errors; run qmstool check and fix them first.",
            )
        )
    path = candidate.path_of(options.key)
    if path in past.tree.list():
        raise QmsError(Text(f"Đã có «{path}». Hãy đặt tên khác.", f"«{path}» is there already. Choose another name."))
    label = candidate.Label(options.key, options.title, frozen, past.today.isoformat(), f"qmstool {__version__}")
    text = candidate.prepare(manual, tree, label, wish=wish(options, past), history=log.read(repository, frozen))
    made, _ = candidate.read(Source(path, text.encode()))
    refuse_open_numbers(made)
    home = write(options, past, made)
    files.write(options.root, path, text)
    prepared.tell(past, made, home)
    return 0
