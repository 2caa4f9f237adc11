"""Read what the user trusts: what `--trust` names, else what lies in this user's own folder."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.frozen import replace
from qmstool.signatures.reading import read_signatures
from qmstool.signatures.trusted import sort_trusted
from qmstool.storage.user_dirs import state_folder
from qmstool.verify.signed_files import pdf_evidence

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from qmstool.manual.model import Manual
    from qmstool.signatures.values import Trusted
    from qmstool.verify.evidence import CollectedEvidence

OWN_FOLDER = "trust"
LAST_SECOND = time(23, 59, 59)


def add_trust_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--trust`, which may stand several times."""
    from pathlib import Path

    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="FILE|DIR",
        help="khóa tin cậy cho niêm phong đầu tiên; chứng thư gốc và danh sách thu hồi (.crl) cho "
        "chữ ký điện tử / signers of the first seal; root certificates and revocation lists",
    )


def read_trusted(named: Sequence[Path], *, own: bool = True) -> tuple[Trusted, bytes | None]:
    """Return what the files named hold: certificates and lists, and signers of the first seal.

    A folder stands for the files in it. `own`: where none is named, this user's own folder counts,
    `trust` beside what stays. Raises QmsError for what cannot be read.
    """
    paths = list(named)
    folder = state_folder() if own and not paths else None
    if folder is not None and (folder / OWN_FOLDER).is_dir():
        paths = [folder / OWN_FOLDER]
    files = {}
    for path in paths:
        inside = [each for each in path.iterdir() if each.is_file()] if path.is_dir() else [path]
        for each in sorted(inside):
            files[str(each)] = console.read_user_file(each)
    return sort_trusted(files)


def with_signatures(
    evidence: CollectedEvidence, manual: Manual, trusted: Trusted, day: date
) -> CollectedEvidence:
    """Return the evidence with what is found inside its PDF files; `day`: that of asking."""
    moment = datetime.combine(day, LAST_SECOND, manual.config.zone)
    files = pdf_evidence(manual, evidence)
    found = read_signatures(files, trusted, manual.config.key_usages, moment)
    return replace(evidence, signatures=found)
