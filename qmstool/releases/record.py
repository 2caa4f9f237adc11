"""What a release is made of: the digest of a document, its check code, pins of files, and the text of a release record.

A document and a way to read bytes come in; digests, codes and YAML text go out. Nothing here knows a repository (design §4).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.manual.model import Document, Manual
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

    Read = Callable[[str], bytes]

RELEASES_FOLDER = "releases/"
ALLOWED_SIGNERS = "releases/allowed_signers"
NONE = "none"
_RELEASE = re.compile(r"releases/\d{4}\.yml")
_BOM = b"\xef\xbb\xbf"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS = 60
_COMMENT = rb"[ \t]*<!--[ \t]*qms:[ \t]*allow\b(?:(?!-->)[^\n])*-->[ \t]*"
# A comment with blank lines on both sides goes with one of them, so that the text reads as it did
# before the comment came.
_SUPPRESSION = re.compile(
    rb"(?:(?<=\n\n)|\A)" + _COMMENT + rb"\n\n|^" + _COMMENT + rb"(?:\n|\Z)", re.MULTILINE
)
_BASIS = re.compile(
    r"qms\.yml|clauses/(?:mapping|catalogues|transitions)/[^/]+\.yml|procedures/(?:external|records)\.yml"
    r"|manual/(?:process-map|abbreviations)\.yml|releases/(?:allowed_signers|revoked\.yml)"
)


def document_files(document: Document) -> tuple[str, ...]:
    """Return the paths a document consists of: its texts in the manual's order, then what they carry, by first appearance."""
    return tuple(dict.fromkeys((*(file.path for file in document.files), *document.attachments)))


def normalize_text(data: bytes) -> bytes:
    """Return a text as the digest sees it: no byte-order mark, LF line ends, suppression comments taken out (design §4)."""
    text = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
    return _SUPPRESSION.sub(b"", text) if b"qms:" in text else text


def digest_parts(texts: Iterable[bytes], attachments: Iterable[bytes]) -> str:
    """Return the SHA-256 digest of a document's bytes, in hexadecimal.

    What is hashed, so that anybody can repeat it: for each text file the line `text <length>`, LF,
    and its plain bytes; then for each attachment the line `file <length>`, LF, and its bytes as
    they are. Lengths are decimal and count bytes, so no two documents give the same stream. Paths
    are not hashed: a pure move changes nothing.
    """
    hashed = hashlib.sha256()
    for kind, parts in ((b"text", map(normalize_text, texts)), (b"file", attachments)):
        for part in parts:
            hashed.update(b"%s %d\n" % (kind, len(part)))
            hashed.update(part)
    return hashed.hexdigest()


def digest_document(document: Document, read: Read) -> str:
    """Return the digest of a document whose bytes `read` gives by path."""
    texts = [file.path for file in document.files]
    return digest_parts(
        map(read, texts), (read(path) for path in document_files(document) if path not in texts)
    )


def digest_documents(manual: Manual, read: Read) -> dict[str, str]:
    """Return the digest of every document of a manual, by key."""
    return {key: digest_document(document, read) for key, document in manual.documents.items()}


def check_code(hexadecimal: str) -> str:
    """Return the short form of a digest that people compare: its first 60 bits in Crockford's base 32, `K7QF-2M9X-81AB`."""
    bits = int(hexadecimal[: _CODE_BITS // 4], 16)
    letters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(_CODE_BITS - 5, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes with LF line ends: how pins of the basis and the chain of releases are digested."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def exact_sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as they are: how evidence is digested, so that `sha256sum` says the same."""
    return hashlib.sha256(data).hexdigest()


def blob_id(data: bytes) -> str:
    """Return the id that git gives these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def basis_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Return which of a manual's files are the data in force beside its texts: manifest, clauses, registers, map, signers."""
    return tuple(sorted(path for path in paths if _BASIS.fullmatch(path)))


def pin_file(path: str, data: bytes, *, digested: bool = False) -> dict[str, Value]:
    """Return one file of a release as written: path, git blob and, where asked for, SHA-256."""
    made: dict[str, Value] = {"path": path, "blob": blob_id(data)}
    if digested:
        made["digest"] = sha256(data)
    return made


def pin_basis(tree: Tree) -> list[Value]:
    """Return the pins of the data in force beside the texts."""
    return [pin_file(path, tree.read(path), digested=True) for path in basis_paths(tree.list())]


def catalogue_ids(manual: Manual) -> list[Value]:
    """Return the ids of the editions and amendments that a manual follows."""
    marks = (
        mark for each in manual.config.standards for mark in (each.catalogue, *each.amendments)
    )
    return [mark.text for mark in marks]


def release_path(number: int) -> str:
    """Return where a release is kept."""
    return f"{RELEASES_FOLDER}{number:04d}.yml"


def read_release_files(tree: Tree) -> dict[str, bytes]:
    """Return path → bytes of every release file."""
    return tree.read_all(path for path in tree.list() if _RELEASE.fullmatch(path))


def tag_name(number: int) -> str:
    """Return the name of the tag that keeps a release's texts."""
    return f"release/{number:04d}"


def release_text(record: Mapping[str, Value]) -> str:
    """Return a release record as the YAML text of its file: the keys in their order, one line for each pin."""
    from qmstool.releases.canonical_yaml import dump  # noqa: PLC0415 - a check asks for digests only, and start-up counts

    return dump({"schema": "1", **record})


_UNSIGNED: Mapping[str, Value] = {
    "instrument": {"kind": UNKNOWN, "number": UNKNOWN, "date": UNKNOWN},
    "signer": {"person": UNKNOWN, "role": UNKNOWN, "capacity": UNKNOWN},
    "effective": UNKNOWN,
    "evidence": [],
}


def import_baseline(
    manual: Manual,
    tree: Tree,
    *,
    title: str,
    tool: str,
    recorder: str = UNKNOWN,
    recorded: str = UNKNOWN,
) -> str:
    """Return the text of releases/0001.yml for a manual taken over as it stands, nothing about its approval claimed.

    Every document is an item, held or not; where a registered document's paper tells issue and revision, so does the item.
    """
    return release_text(
        {
            "release": "1",
            "imported": "true",
            "title": title,
            **_UNSIGNED,
            "recorder": recorder,
            "recorded": recorded,
            "tool": tool,
            "catalogues": catalogue_ids(manual),
            "previous": NONE,
            "basis": pin_basis(tree),
            "items": [_taken_over(document, tree.read) for document in manual.documents.values()],
        }
    )


def _taken_over(document: Document, read: Read) -> Value:
    paper = document.entry.entry("paper")
    return {
        "code": document.code or document.key,
        "act": "new",
        "title": document.title,
        "issue": paper.text("issue", UNKNOWN) if paper else UNKNOWN,
        "revision": paper.text("revision", UNKNOWN) if paper else UNKNOWN,
        "digest": digest_document(document, read),
        "files": [pin_file(path, read(path)) for path in document_files(document)],
    }
