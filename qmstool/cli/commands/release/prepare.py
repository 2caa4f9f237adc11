"""`qmstool release prepare`: freeze a candidate («lập hồ sơ trình ký») and write the dossier for the signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates import candidate
from qmstool.candidates.frozen import refuse_open_numbers
from qmstool.checking.runner import check
from qmstool.cli.commands.release.dossier import add_folder_option, write_dossier
from qmstool.cli.context import HistoryContext
from qmstool.cli.release import summary
from qmstool.cli.release.document_options import (
    add_document_options,
    parse_slug,
    read_overrides,
)
from qmstool.findings import Severity
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import Source
from qmstool.references.resolver import resolve
from qmstool.storage import files
from qmstool.storage.tree import commit

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "key",
        type=parse_slug,
        metavar="KEY",
        help="tên ngắn của hồ sơ, như «dot-2» / short name, like «dot-2»",
    )
    parser.add_argument("--title", required=True, help="tên đợt ban hành / title of the release")
    parser.add_argument(
        "--commit",
        default="HEAD",
        metavar="REV",
        help="phiên bản git cần trình / the commit to freeze",
    )
    add_document_options(parser)
    add_folder_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the candidate's file and the dossier; refused where the frozen manual has errors."""
    context = HistoryContext(options)
    repository = git.whole(context.repository_state)
    frozen = git.resolve(repository, options.commit)
    tree = commit(options.root, frozen)
    manual = load(tree)
    if (
        check(manual, resolve(manual), root=str(options.root), day=context.today).worst
        == Severity.ERROR
    ):
        raise QmsError(
            Text(
                "Bản cần trình còn lỗi. Hãy chạy qmstool check và sửa trước.",
                "The manual to be frozen has errors; run qmstool check and fix them first.",
            )
        )
    path = candidate.path_of(options.key)
    if path in context.tree.list():
        raise QmsError(
            Text(
                f"Đã có «{path}». Hãy đặt tên khác.",
                f"«{path}» is there already. Choose another name.",
            )
        )
    label = candidate.Label(
        options.key, options.title, frozen, context.today.isoformat(), f"qmstool {__version__}"
    )
    text = candidate.prepare(
        manual,
        tree,
        label,
        wish=read_overrides(options, context),
        history=log.read(repository, frozen),
    )
    made, _ = candidate.read(Source(path, text.encode()))
    refuse_open_numbers(made)
    home = write_dossier(options, context, made)
    files.write(options.root, path, text)
    summary.print_summary(context, made, home)
    return 0
