"""Tell whether a piece of evidence is what its kind and its file's name say.

What goes in: a piece of evidence and its file's bytes. What comes out: why it is not what it says,
None where it is. Only the first look: a signature inside a file is checked by its own program.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from qmstool.candidates.evidence import (
    CANDIDATE,
    EVIDENCE_FOLDER,
    KINDS,
    OPINIONS,
    SCAN,
    SIGNED_FILE,
)
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.register.people import names_proof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.evidence import Evidence

MEANT = Text(
    "không có loại bằng chứng «{kind}», có lẽ là «{meant}»",
    "there is no kind of evidence «{kind}»; perhaps it is «{meant}»",
)
ELSEWHERE = Text(
    "tệp bằng chứng «{file}» không nằm trong {folder}",
    "the file of evidence «{file}» does not lie in {folder}",
)
NOTHING = Text(
    "bằng chứng «{kind}» không nêu tệp, số sổ hay nơi giữ bản gốc",
    "the evidence «{kind}» names neither a file, a reference nor where the original is",
)
NO_FILE = Text(
    "bằng chứng «{kind}» phải có tệp giữ trong kho", "the evidence «{kind}» has no file kept here"
)
EMPTY = Text("tệp bằng chứng «{file}» rỗng", "the file of evidence «{file}» is empty")
NOT_ITS_KIND = Text(
    "tệp bằng chứng «{file}» không phải là tệp {suffix}",
    "the file of evidence «{file}» is no {suffix} file",
)
CANNOT_BE_SIGNED = Text(
    "tệp «{file}» không thể mang chữ ký điện tử, nên không phải bằng chứng loại «{kind}»",
    "the file «{file}» cannot bear a digital signature, so it is no «{kind}»",
)
NO_SCAN = Text(
    "tệp «{file}» không phải ảnh hay PDF, nên không phải bản chụp",
    "the file «{file}» is neither a picture nor a PDF, so it is no scan",
)

_ZIP = (b"PK\x03\x04",)
_OLD_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_MARKUP = (b"<", b"\xef\xbb\xbf<")
# How the files of a suffix begin. What is not here is taken as it is, unless it is empty.
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "webp": (b"RIFF",),
    "docx": _ZIP,
    "xlsx": _ZIP,
    "pptx": _ZIP,
    "odt": _ZIP,
    "ods": _ZIP,
    "zip": _ZIP,
    "asice": _ZIP,
    "asics": _ZIP,
    "doc": _OLD_OFFICE,
    "xls": _OLD_OFFICE,
    "msg": _OLD_OFFICE,
    "rtf": (b"{\\rtf",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "rar": (b"Rar!",),
    "xml": _MARKUP,
    "html": _MARKUP,
    "htm": _MARKUP,
    # A sequence in DER, or in PEM.
    "p7s": (b"\x30", b"-----BEGIN "),
    "p7m": (b"\x30", b"-----BEGIN "),
    "p7b": (b"\x30", b"-----BEGIN "),
}
# How alike a word must be to a kind, to be meant for it: «scam», «signed».
ALIKE = 0.7
# What a scanner or a camera makes.
SCANS = frozenset({
    "pdf", "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif",
    "avif", "jp2", "djvu", "djv",
})  # fmt: skip
SIGNATURES = frozenset({"asc", "sig", "sign", "gpg"})
# Pictures and plain text have no place for a digital signature.
UNSIGNABLE = frozenset({
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "txt", "md", "csv", "html", "htm",
})  # fmt: skip
# Every packet of OpenPGP begins with its highest bit set (RFC 4880, 4.2).
OPENPGP_PACKET = b"\x80"
# A reader of PDF takes what stands before the header, as mail gateways put it, for none.
_PDF_HEADER_WITHIN = 1024
_ARMOUR = re.compile(
    rb"-----BEGIN (?P<kind>[A-Z0-9 ]+)-----\r?\n(?P<body>.*?)-----END (?P=kind)-----", re.DOTALL
)
_ARMOUR_HEADER = re.compile(rb"^[A-Za-z]+: .*$|^=[A-Za-z0-9+/]{4}\s*$", re.MULTILINE)


def lies_elsewhere(proof: Evidence) -> Text | None:
    """Return why a file proves no approval by where it lies; None where it may, or there is none.

    What the tool keeps of its own, such as a seal or a list of signers, was signed by nobody.
    """
    is_kept = proof.kind in {CANDIDATE, OPINIONS} or proof.file.startswith(EVIDENCE_FOLDER)
    if not proof.file or is_kept:
        return None
    return ELSEWHERE.fill({"file": proof.file, "folder": EVIDENCE_FOLDER})


def misspelt_kind(proof: Evidence) -> Text | None:
    """Return why a piece of evidence proves nothing by what it is called; None where it may.

    A word that is nearly a kind is none: what the kind demands was never looked at. Other words are
    other evidence, and shown as that.
    """
    known = (*KINDS, CANDIDATE, OPINIONS)
    if proof.kind in known:
        return None
    meant = nearest_name(proof.kind, known, ALIKE)
    return MEANT.fill({"kind": proof.kind, "meant": meant}) if meant else None


def unlike_its_kind(proof: Evidence, data: bytes | None) -> Text | None:
    """Return why a piece of evidence is not what it says; None where it is, as far as can be seen.

    `data`: the bytes of its file, None where it names none or where it is not there.
    """
    values = {"kind": proof.kind, "file": proof.file}
    if proof.file:
        return _unlike_file(proof, data, values) if data is not None else None
    if proof.kind == SIGNED_FILE:
        return NO_FILE.fill(values)
    return None if names_proof(proof) else NOTHING.fill(values)


def _unlike_file(proof: Evidence, data: bytes, values: dict[str, str]) -> Text | None:
    suffix = proof.file.rpartition(".")[2].lower()
    if not data.strip(b"\0 \t\r\n"):
        return EMPTY.fill(values)
    if not _is_of(suffix, data):
        return NOT_ITS_KIND.fill({**values, "suffix": f".{suffix}"})
    if proof.kind == SIGNED_FILE and suffix in UNSIGNABLE:
        return CANNOT_BE_SIGNED.fill(values)
    if proof.kind == SCAN and suffix not in SCANS:
        return NO_SCAN.fill(values)
    return None


def _is_of(suffix: str, data: bytes) -> bool:
    """Whether bytes are, at first sight, a file of a suffix."""
    if suffix == "pdf":
        return b"%PDF" in data[:_PDF_HEADER_WITHIN]
    if suffix in SIGNATURES:
        return _is_signature(data)
    beginnings = BEGINNINGS.get(suffix)
    if suffix in {"xml", "html", "htm"}:
        data = data.lstrip()
    return beginnings is None or data.startswith(beginnings)


def _is_signature(data: bytes) -> bool:
    """Whether bytes are a signature of OpenPGP or OpenSSH, armoured or plain, or one in DER."""
    armour = _ARMOUR.search(data)
    if armour is None:
        return data[:1] >= OPENPGP_PACKET or data.startswith((b"SSHSIG", b"\x30\x82", b"\x30\x80"))
    body = b"".join(_ARMOUR_HEADER.sub(b"", armour["body"]).split())
    try:
        raw = base64.b64decode(body, validate=True)
    except binascii.Error:
        return False
    return raw[:1] >= OPENPGP_PACKET or raw.startswith((b"SSHSIG", b"\x30"))
