"""Whether evidence is what its kind and its file's name say, at first sight."""

from __future__ import annotations

import base64

import pytest

from qmstool.manual.loading.loader import load
from qmstool.verify.evidence_kinds import unlike_its_kind
from tests.support.memory import files
from tests.support.planted import item, record


def told(proof: str, data: bytes | None) -> str | None:
    path, text = record(1, "2024-01-01", "2024-01-01", item(), evidence=f"[{{{proof}}}]")
    (made,) = load(files(**{path: text})).releases[0].evidence
    why = unlike_its_kind(made, data)
    return why.en if why else None


DIGEST = "digest: " + "a" * 64


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        ("kind: e-office, reference: '12/VB'", None),
        ("kind: paper, original: tủ 3", None),
        (
            "kind: paper",
            "the evidence «paper» names neither a file, a reference nor where the original is",
        ),
        (
            "kind: signed-file, reference: '12/VB', original: tủ 3",
            "the evidence «signed-file» has no file kept here",
        ),
    ],
)
def test_without_a_file(proof: str, why: str | None) -> None:
    assert told(proof, None) == why


def armoured(data: bytes, kind: str = "PGP SIGNATURE", head: str = "") -> bytes:
    body = base64.b64encode(data).decode()
    return f"-----BEGIN {kind}-----\n{head}\n{body}\n=aB3d\n-----END {kind}-----\n".encode()


LIKE = {
    "pdf": b"%PDF-1.7",
    "png": b"\x89PNG\r\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "tiff": b"MM\0*",
    "docx": b"PK\x03\x04",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "xml": b" \n<?xml",
    "html": b"\xef\xbb\xbf<p>",
    "p7s": b"-----BEGIN PKCS7-----",
    "p7m": b"\x30\x80",
    "unknown": b"x",
}


@pytest.mark.parametrize("suffix", LIKE)
def test_a_file_begins_as_its_suffix_says(suffix: str) -> None:
    paper = f"kind: paper, file: releases/evidence/x.{suffix.upper()}, {DIGEST}"
    assert told(paper, LIKE[suffix]) is None
    other = (
        None
        if suffix == "unknown"
        else f"the file of evidence «releases/evidence/x.{suffix.upper()}» is no .{suffix} file"
    )
    assert told(paper, b"x" + LIKE[suffix][1:].replace(b"%PDF", b"").replace(b"PDF", b"")) == other
    assert (
        told(paper, b"\0 \n")
        == f"the file of evidence «releases/evidence/x.{suffix.upper()}» is empty"
    )
    assert told(paper, None) is None


def test_a_pdf_may_have_a_head_of_a_mail_gateway() -> None:
    scan = f"kind: scan, file: releases/evidence/x.pdf, {DIGEST}"
    assert told(scan, b"x" * 1020 + b"%PDF") is None
    assert (
        told(scan, b"x" * 1021 + b"%PDF")
        == "the file of evidence «releases/evidence/x.pdf» is no .pdf file"
    )
    assert told(scan, b" \n<p>") is not None


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b"\x80", True),
        (b"\x7f\x90", False),
        (b"SSHSIG", True),
        (b"\x30\x82", True),
        (b"\x30\x80", True),
        (b"\x30\x81", False),
        (b"x SSHSIG", False),
        (armoured(b"\x89\x01"), True),
        (armoured(b"\x89\x01", head="Version: 1\nComment: x y\n"), True),
        (armoured(b"SSHSIG", "SSH SIGNATURE"), True),
        (armoured(b"\x30\x01"), True),
        (armoured(b"\x10\x01"), False),
        (b"-----BEGIN A-----\n*?\n-----END A-----", False),
        (b"-----BEGIN A-----\niQ==\n-----END B-----", False),
    ],
)
@pytest.mark.parametrize("suffix", ["asc", "sig", "gpg"])
def test_a_signature_beside_a_file(data: bytes, is_one: bool, suffix: str) -> None:
    proof = f"kind: signed-file, file: releases/evidence/x.{suffix}, {DIGEST}"
    assert (told(proof, data) is None) is is_one


@pytest.mark.parametrize("suffix", ["png", "txt", "html"])
def test_a_picture_or_plain_text_cannot_be_signed(suffix: str) -> None:
    data = LIKE.get(suffix, b"x")
    place = f"file: releases/evidence/x.{suffix}, {DIGEST}"
    assert (
        told(f"kind: signed-file, {place}", data)
        == f"the file «releases/evidence/x.{suffix}» cannot bear a digital signature, so it is no «signed-file»"
    )
    assert told(f"kind: paper, {place}", data) is None


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "zip", "p7s", "svg", "exe", "unknown"])
def test_what_no_scanner_makes_is_no_scan(suffix: str) -> None:
    data = LIKE.get(suffix, b"PK\x03\x04")
    name = f"releases/evidence/x.{suffix}"
    why = f"the file «{name}» is neither a picture nor a PDF, so it is no scan"
    assert told(f"kind: scan, file: {name}, {DIGEST}", data) == why


@pytest.mark.parametrize("suffix", ["pdf", "png", "jpg", "HEIC"])
def test_what_a_scanner_or_a_camera_makes_is_a_scan(suffix: str) -> None:
    data = LIKE.get(suffix.lower(), b"x")
    assert told(f"kind: scan, file: releases/evidence/x.{suffix}, {DIGEST}", data) is None
