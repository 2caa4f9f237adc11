"""Read what the user trusts: what `--trust` names, else what lies in this user's own folder."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.releases.signers import read_signers
from qmstool.signatures.reading import read_signatures
from qmstool.signatures.trusted import sort_trusted
from qmstool.storage.user_dirs import state_folder
from qmstool.verify.signed_files import pdf_evidence

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qmstool.manual.model import Manual
    from qmstool.signatures.values import Trusted
    from qmstool.verify.evidence import CollectedEvidence

NOTHING_TRUSTED = Text(
    "Trong «{path}» không có chứng thư, danh sách thu hồi hay khóa niêm phong nào để tin cậy. Hãy "
    "xem lại đường dẫn và tệp.",
    "There is no certificate, list of revoked ones or key for seals in «{path}». Look again at "
    "the path and the file.",
)
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
    `trust` beside what stays. Raises QmsError for what cannot be read, and for a name under which
    nothing to trust is found: nobody would know that nothing was compared.
    """
    paths = list(named)
    folder = state_folder() if own and not paths else None
    if folder is not None and (folder / OWN_FOLDER).is_dir():
        paths = [folder / OWN_FOLDER]
    files: dict[str, bytes] = {}
    for path in paths:
        inside = [each for each in path.iterdir() if each.is_file()] if path.is_dir() else [path]
        read = {str(each): console.read_user_file(each) for each in sorted(inside)}
        if named and not _names_anything(read):
            raise QmsError(NOTHING_TRUSTED.fill({"path": str(path)}))
        files |= read
    return sort_trusted(files)


def _names_anything(files: Mapping[str, bytes]) -> bool:
    """Whether files hold a certificate, a list of revoked ones, or a signer of seals."""
    trusted, lines = sort_trusted(files)
    return bool(trusted.certificates or trusted.revoked or any(read_signers(lines or b"")))


def with_signatures(
    evidence: CollectedEvidence, manual: Manual, trusted: Trusted, day: date
) -> CollectedEvidence:
    """Return the evidence with what is found inside its PDF files; `day`: that of asking."""
    moment = datetime.combine(day, LAST_SECOND, manual.config.zone)
    files = pdf_evidence(manual, evidence)
    found = read_signatures(files, trusted, manual.config.key_usages, moment)
    return replace(evidence, signatures=found)
