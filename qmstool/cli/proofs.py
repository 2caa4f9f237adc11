"""What the command line says of a signed paper: the instrument, its signer, and the evidence kept beside the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import tabular
from qmstool.cli.past import refuse
from qmstool.findings import QmsError, Text
from qmstool.model import UNKNOWN
from qmstool.release.content import exact_sha256
from qmstool.shapes import INSTRUMENTS
from qmstool.signing.evidence import HOME, KINDS
from qmstool.signing.recording import Proof

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from qmstool.cli.past import Past


def add(parser: argparse.ArgumentParser) -> None:
    """Options on the paper and its evidence."""
    kinds = [kind for kind in INSTRUMENTS if kind != UNKNOWN]
    parser.add_argument("--kind", choices=kinds, required=True, help="quyết định, ký trên bìa, thông báo / kind of instrument")
    parser.add_argument("--number", metavar="NO", help="số, ký hiệu văn bản / number of the instrument")
    parser.add_argument("--date", type=tabular.day, metavar="DAY", help="ngày ký / day of signature")
    parser.add_argument("--person", default=UNKNOWN, metavar="WHO", help="người ký / who signed")
    parser.add_argument("--role", default=UNKNOWN, help="chức vụ trong qms.yml / role of qms.yml")
    parser.add_argument("--capacity", metavar="KT.|TUQ.|Q.", help="tư cách ký / signing capacity")
    parser.add_argument("--effective", type=tabular.day, required=True, metavar="DAY", help="ngày hiệu lực / effective date")
    names = ", ".join(KINDS)
    parser.add_argument("--evidence", action="append", default=[], metavar="KIND=FILE", help=f"tệp chứng minh / file ({names})")
    parser.add_argument(
        "--reference", action="append", default=[], metavar="KIND=…", help="nơi tra cứu / where it can be looked up"
    )
    parser.add_argument("--original", default="", metavar="…", help="bản gốc lưu ở đâu / where the original is kept")
    parser.add_argument("--publish", action="store_true", help="cho đăng tệp chứng minh lên trang / the site may show the files")


def add_seal(parser: argparse.ArgumentParser) -> None:
    """The option of the integrity seal."""
    parser.add_argument("--seal", type=Path, metavar="KEY", help="khóa SSH để niêm phong toàn vẹn / SSH key of the integrity seal")


def written(day: date | None) -> str:
    """A day as records write it."""
    return day.isoformat() if day else ""


def gather(options: argparse.Namespace, past: Past, number: int) -> tuple[dict[str, bytes], tuple[Proof, ...]]:
    """Path → bytes of the files to keep, and what the record says of each. Raises QmsError for what cannot be."""
    if options.role != UNKNOWN and options.role not in past.manual.config.roles:
        refuse(options.role, Text("chức vụ", "role"), past.manual.config.roles)
    copies, told = {}, []
    for kind, name in map(_pair, options.evidence):
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise QmsError(Text(f"Không đọc được tệp «{name}».", f"The file «{name}» cannot be read.")) from error
        path = f"{HOME}{number:04d}-{Path(name).name}"
        if path in copies or past.tree.read_all([path]).get(path, data) != data:
            raise QmsError(Text(f"Đã có một tệp khác ở «{path}».", f"Another file is at «{path}» already."))
        copies[path] = data
        told.append(Proof(kind, path, exact_sha256(data), "", options.original, options.publish))
    told += [Proof(kind, "", "", text, options.original, publish=False) for kind, text in map(_pair, options.reference)]
    return copies, tuple(told)


def _pair(given: str) -> tuple[str, str]:
    kind, sign, value = given.partition("=")
    if not sign or not value:
        raise QmsError(Text(f"«{given}»: viết dạng «loại=…».", f"«{given}»: written «kind=…»."))
    if kind not in KINDS:
        refuse(kind, Text("loại bằng chứng", "kind of evidence"), KINDS)
    return kind, value
