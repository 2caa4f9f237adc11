"""Read what the user trusts: what `--trust` and `--witness` name, else this user's own folder."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.releases.record import sha256
from qmstool.releases.signers import read_signers
from qmstool.signatures.reading import read_signatures
from qmstool.signatures.trusted import sort_trusted
from qmstool.storage.user_dirs import state_folder
from qmstool.verify.signed_files import pdf_evidence
from qmstool.verify.witness import witness_codes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.signatures.values import Trusted
    from qmstool.verify.evidence import CollectedEvidence

NOTHING_TRUSTED = Text(
    "Trong «{path}» không có chứng thư, danh sách thu hồi hay khóa niêm phong nào để tin cậy. Hãy "
    "xem lại đường dẫn và tệp.",
    "There is no certificate, list of revoked ones or key for seals in «{path}». Look again at "
    "the path and the file.",
)
NO_CODE = Text(
    "--witness «{word}» không có mã kiểm tra nào. Hãy ghi mã dạng K7QF-2M9X-81AB, mã SHA-256, hoặc "
    "tệp chứa mã.",
    "--witness «{word}» names no check code. Give a code such as K7QF-2M9X-81AB, a SHA-256 digest, "
    "or a file with one.",
)
OWN_FOLDER = "trust"
LAST_SECOND = time(23, 59, 59)


def add_trust_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--trust`, which may stand several times."""
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="FILE|DIR",
        help="khóa tin cậy cho niêm phong đầu tiên; chứng thư gốc và danh sách thu hồi (.crl) cho "
        "chữ ký điện tử / signers of the first seal; root certificates and revocation lists",
    )


def add_trust_options(parser: argparse.ArgumentParser) -> None:
    """Add the options `--witness` and `--trust`."""
    parser.add_argument(
        "--witness",
        metavar="CODE|FILE",
        help="mã kiểm tra của đợt mới nhất, giữ ở nơi khác / code of the newest release",
    )
    add_trust_option(parser)


def read_witness(word: str) -> str:
    """Return what a witness says: a code, or a file that names one or is a copy of the release.

    Raises QmsError where it names none: nothing would be compared, and nobody would know.
    """
    text = word
    if word.strip() and Path(word).is_file():
        data = console.read_user_file(word)
        # A copy of a release names the one before it, which must not speak for it.
        if b"\nprevious: " in data:
            return sha256(data)
        text = data.decode("utf-8", errors="replace")
    if not witness_codes(text):
        raise QmsError(NO_CODE.fill({"word": word}))
    return text


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
