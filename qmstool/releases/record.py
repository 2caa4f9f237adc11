"""Make what a release consists of: digests, check codes, pins of files, the text of its record.

What goes in: a document or manual, and a way to read bytes by path. What comes out: digests,
codes and YAML text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from qmstool import digest
from qmstool.i18n import QmsError, Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.releases import RELEASE_PATH
from qmstool.patterns import regex
from qmstool.storage.pinned_tree import PinnedTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import ReleaseItem
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

    Read = Callable[[str], bytes]

RELEASES_FOLDER = "releases/"
ALLOWED_SIGNERS = "releases/allowed_signers"
NONE = "none"
UNREAD = Text(
    "Không đọc được «{path}», nên không tính được mã kiểm tra của tài liệu. Hãy chạy qmstool "
    "check.",
    "«{path}» cannot be read, so the document has no check code. Run qmstool check.",
)
# Stands for the bytes of a file that may not be read; of no record.
_NOT_READ = b"\0not read"
_BOM = b"\xef\xbb\xbf"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS = 60
_COMMENT = rb"[ \t]*<!--[ \t]*qms:[ \t]*allow\b(?:(?!--!?>)[^\n])*-->[ \t]*"
# Where some comments of a text are seen, it is read again for each, but no more than this in all.
MOST_READ_AGAIN = 2_000_000
# A comment with blank lines on both sides goes with one of them, so that the text reads as it did
# before the comment came.
_SUPPRESSION = regex(
    rb"(?:(?<=\n\n)|\A)" + _COMMENT + rb"\n\n|^" + _COMMENT + rb"(?:\n|\Z)", re.MULTILINE
)
_BASIS = regex(
    r"qms\.yml|clauses/(?:mapping|catalogues|transitions)/[^/]+\.yml"
    r"|procedures/(?:external|records)\.yml|manual/(?:process-map|abbreviations)\.yml"
    r"|releases/(?:allowed_signers|revoked\.yml)"
)


def document_files(document: Document) -> tuple[str, ...]:
    """Return the paths that a document consists of.

    Its texts come first, in the manual's order; then the files that they carry, by appearance.
    """
    return tuple(dict.fromkeys((*(file.path for file in document.files), *document.attachments)))


def normalize_text(data: bytes) -> bytes:
    """Return a text as the digest sees it.

    Without byte-order mark, with LF line ends, and without suppression comments: what only a
    checkout or a checker makes of a text changes no digest. A line that a reader sees, in a block
    of code say, or that shows or hides other words, is no such comment, however it is spelt.
    """
    text = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
    if b"qms:" not in text:
        return text
    bare = _SUPPRESSION.sub(b"", text)
    return text if bare == text else _without_hidden_comments(text, bare)


@lru_cache(maxsize=256)
def _without_hidden_comments(text: bytes, bare: bytes) -> bytes:
    """Return a text without those suppression comments that show nothing; `bare`: without any."""
    from qmstool.releases.shown import shown  # noqa: PLC0415 - few texts have any, and start-up counts

    seen = shown(text)
    if shown(bare) == seen:
        return bare
    # From the last on, so that what stands before keeps its place.
    most = MOST_READ_AGAIN // len(text)
    for comment in reversed([*_SUPPRESSION.finditer(text)][:most]):
        less = text[: comment.start()] + text[comment.end() :]
        if shown(less) == seen:
            text = less
    return text


def digest_parts(texts: Iterable[bytes], attachments: Iterable[bytes]) -> str:
    """Return the SHA-256 digest of a document's bytes, in hexadecimal.

    What is hashed, so that anybody can repeat it: for each text file the line `text <length>`, LF,
    and its plain bytes; then for each attachment the line `file <length>`, LF, and its bytes as
    they are. Lengths are decimal and count bytes, so no two documents give the same stream. Paths
    are not hashed: a pure move changes nothing.
    """
    hashed = digest.sha256()
    for kind, parts in ((b"text", map(normalize_text, texts)), (b"file", attachments)):
        for part in parts:
            hashed.update(b"%s %d\n" % (kind, len(part)))
            hashed.update(part)
    return hashed.hexdigest()


def digest_document(document: Document, read: Read) -> str:
    """Return the digest of a document whose bytes `read` gives by path.

    Raises QmsError where one of its files may not be read: nobody could repeat it.
    """
    try:
        return _digest(document, read)
    except KeyError as error:
        raise QmsError(UNREAD.fill({"path": str(error.args[0])})) from error


def _digest(document: Document, read: Read) -> str:
    texts = [file.path for file in document.files]
    attachments = [path for path in document_files(document) if path not in texts]
    return digest_parts(map(read, texts), map(read, attachments))


def _digest_here(document: Document, read: Read) -> str:
    """Return the digest of a document as it is here; of no record, where a file is not read."""

    def read_or_nothing(path: str) -> bytes:
        try:
            return read(path)
        except KeyError:  # what may not be read, of which `unreadable-file` tells
            return _NOT_READ

    return _digest(document, read_or_nothing)


def released_digest(document: Document, items: Sequence[ReleaseItem], read: Read) -> str:
    """Return the digest of a document as its records would have it.

    It is that of the newest item whose text and attachments are here as recorded, else that of
    today's files. So a picture or form that only today's parser sees makes no revision.
    """
    today = _digest_here(document, read)
    for item in reversed(items):
        if item.digest == today or _is_as_recorded(document, item, read):
            return item.digest
    return today


def uncovered_files(document: Document, item: ReleaseItem, read: Read) -> tuple[str, ...]:
    """Return the attachments that the check code of an item does not cover, its text unchanged."""
    recorded = {file.path for file in item.files}
    more = tuple([path for path in document.attachments if path not in recorded])
    if not more or item.digest == _digest_here(document, read):
        return ()
    return more if _is_as_recorded(document, item, read) else ()


def _is_as_recorded(document: Document, item: ReleaseItem, read: Read) -> bool:
    """Tell whether the text here, with the attachments that an item names, is what it recorded."""
    texts = [file.path for file in document.files]
    attachments = [file.path for file in item.files if not file.path.endswith(".md")]
    try:
        return digest_parts(map(read, texts), map(read, attachments)) == item.digest
    except KeyError:
        return False


def digest_documents(manual: Manual, read: Read) -> dict[str, str]:
    """Return the digest of every document of a manual, by key, as its records would have it."""
    items: dict[str, list[ReleaseItem]] = {}
    for release in manual.releases:
        for item in release.items:
            items.setdefault(item.key, []).append(item)
    return {
        key: released_digest(document, items.get(key, ()), read)
        for key, document in manual.documents.items()
    }


def check_code(hexadecimal: str) -> str:
    """Return the short form of a hexadecimal digest that people compare, `K7QF-2M9X-81AB`.

    It is the digest's first 60 bits in Crockford's base 32, which has no letters that are easily
    taken for each other.
    """
    bits = int(hexadecimal[: _CODE_BITS // 4], 16)
    letters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(_CODE_BITS - 5, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes with LF line ends, in hexadecimal.

    So pins of the basis and the chain of releases are digested.
    """
    return digest.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def exact_sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as they are, in hexadecimal.

    So evidence is digested: `sha256sum` says the same.
    """
    return digest.sha256(data).hexdigest()


def blob_ids(data: bytes) -> tuple[str, str]:
    """Return the ids that git gives these bytes, in a repository of SHA-1 and one of SHA-256."""
    return digest.name_blob(data), digest.name_blob(data, digest.SHA256_DIGITS)


def basis_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Return which of a manual's files are the data in force beside its texts, sorted.

    These are the manifest, clauses, registers, process map, and who may sign.
    """
    return tuple(sorted(path for path in paths if _BASIS.fullmatch(path)))


def pin_file(tree: Tree, path: str, *, digested: bool = False) -> dict[str, Value]:
    """Return one file of a release as written: path, git blob and, where asked for, SHA-256."""
    data = tree.read(path)
    # Git's own id, where there is a commit: git may keep other bytes (line ends, a pointer of Git
    # LFS) and other ids (SHA-256) than this file's.
    blob = tree.blobs[path] if isinstance(tree, PinnedTree) else digest.name_blob(data)
    written: dict[str, Value] = {"path": path, "blob": blob}
    if digested:
        written["digest"] = sha256(data)
    return written


def pin_basis(tree: Tree) -> list[Value]:
    """Return the pins of the data in force beside the texts."""
    return [pin_file(tree, path, digested=True) for path in basis_paths(tree.list())]


def catalogue_ids(manual: Manual) -> list[Value]:
    """Return the ids of the editions and amendments that a manual follows."""
    ids: list[Value] = []
    for standard in manual.config.standards:
        ids += [standard.catalogue.text, *(amendment.text for amendment in standard.amendments)]
    return ids


def release_path(number: int) -> str:
    """Return where a release is kept."""
    return f"{RELEASES_FOLDER}{number:04d}.yml"


def is_release_file(path: str) -> bool:
    """Whether a path of the manual is that of a release file."""
    return RELEASE_PATH.fullmatch(path) is not None


def read_release_files(tree: Tree) -> dict[str, bytes]:
    """Return path → bytes of every release file."""
    return tree.read_all(filter(is_release_file, tree.list()))


def tag_name(number: int) -> str:
    """Return the name of the tag that keeps a release's texts."""
    return f"release/{number:04d}"


def release_text(record: Mapping[str, Value], schema: str = "1") -> str:
    """Return a release record as the YAML text of its file: keys in order, a line for each pin.

    `schema`: the first shape whose keys are enough for it, so that older tools read what they can.
    """
    # A check asks for digests only, and start-up counts.
    from qmstool.releases.canonical_yaml import dump  # noqa: PLC0415

    return dump({"schema": schema, **record})


def taken_over_item(document: Document, tree: Tree) -> Mapping[str, Value]:
    """Return the item of a document taken over as it stands."""
    paper = document.front_matter.paper
    return {
        "code": document.code or document.key,
        "act": "new",
        "title": document.title,
        "issue": paper.issue if paper else UNKNOWN,
        "revision": paper.revision if paper else UNKNOWN,
        "digest": digest_document(document, tree.read),
        "files": [pin_file(tree, path) for path in document_files(document)],
    }
