"""Sort the files that a user trusts: certificates, lists of revoked ones, signers of seals.

What goes in: files by name, as bytes. What comes out: `Trusted`, and the text of the files that
hold neither, which are signers of seals. PEM may hold many (RFC 7468), DER holds one. Pure.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.signatures.values import Trusted

if TYPE_CHECKING:
    from collections.abc import Mapping

_PEM = re.compile(
    rb"-----BEGIN (?P<label>[A-Z0-9 ]{1,40})-----\s*(?P<body>[A-Za-z0-9+/=\s]*)"
    rb"-----END (?P=label)-----"
)
_CERTIFICATE = {b"CERTIFICATE", b"TRUSTED CERTIFICATE", b"X509 CERTIFICATE"}
_LIST = b"X509 CRL"
_DER = b"\x30"
NOT_READ = Text(
    "Tệp tin cậy «{name}» bị hỏng: phần mã hóa base64 không đọc được. Hãy tải lại tệp.",
    "The trusted file «{name}» is damaged: its base64 cannot be read. Fetch it again.",
)


def sort_trusted(files: Mapping[str, bytes]) -> tuple[Trusted, bytes | None]:
    """Return what certificates and lists there are, and the lines that name signers of seals.

    A list in DER ends with `.crl`; any other file in DER is a certificate. Raises QmsError for PEM
    that cannot be read.
    """
    certificates: list[bytes] = []
    revoked: list[bytes] = []
    signers: list[bytes] = []
    for name, data in files.items():
        blocks = [(block["label"], block["body"]) for block in _PEM.finditer(data)]
        if data.startswith(_DER):
            (revoked if name.lower().endswith(".crl") else certificates).append(data)
        elif not blocks:
            signers.append(data)
        for label, body in blocks:
            if label in _CERTIFICATE:
                certificates.append(_decode(name, body))
            elif label == _LIST:
                revoked.append(_decode(name, body))
    found = Trusted(tuple(dict.fromkeys(certificates)), tuple(dict.fromkeys(revoked)))
    return found, b"\n".join(signers) if signers else None


def _decode(name: str, body: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error as error:
        raise QmsError(NOT_READ.fill({"name": name})) from error
