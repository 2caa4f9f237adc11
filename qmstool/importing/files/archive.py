"""Open an Office file as a bounded archive: return the parts it holds, or refuse it with a reason.

The file comes from outside. Nothing is unpacked to disk; what would unpack without end, has a
password or is no archive is refused before its parts are read.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from qmstool.i18n import QmsError, Text
from qmstool.parsing.office_headers import UnreadReason

MOST_ENTRIES = 5_000
MOST_PART, MOST_WHOLE = 40_000_000, 200_000_000  # bytes unpacked
MOST_RATIO, RATIO_FROM = 300, 5_000_000  # real text packs 30 to 1 at most
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENTRY = b"PK\x01\x02"

REFUSED = Text(
    "Không đọc được tệp «{name}»: tệp {reason}.", "«{name}» cannot be read: it {reason}."
)

UNLOCK = Text(
    "Hãy mở bằng mật khẩu, bỏ mật khẩu (Word, Excel: Tệp › Thông tin › Bảo vệ), lưu lại rồi nhập "
    "lại.",
    "Open it with that, take it off (Word, Excel: File › Info › Protect), save, and import again.",
)


def refusal(name: str, reason: UnreadReason) -> QmsError:
    """Return the error that tells why a file is not read."""
    told = reason.message(name)
    text = REFUSED.fill({"name": name, "reason": told})
    if reason is UnreadReason.LOCKED:
        text = Text(f"{text.vi} {UNLOCK.vi}", f"{text.en} {UNLOCK.en}")
    return QmsError(text)


def read_archive(data: bytes, name: str) -> dict[str, bytes]:
    """Return path → bytes of the XML parts and pictures of an Office file.

    Raises QmsError for what is no such file, is damaged, has a password, or unpacks to too much.
    """
    if not data:
        raise refusal(name, UnreadReason.EMPTY)
    if data.startswith(_OLD):
        locked = _LOCKED in data
        raise refusal(name, UnreadReason.LOCKED if locked else UnreadReason.OLD)
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise refusal(name, UnreadReason.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_members(archive, name)
    except NotImplementedError as error:  # zipfile's word for a way of packing it does not know
        raise refusal(name, UnreadReason.ODDLY_PACKED) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        is_archive = data.startswith(b"PK")
        reason = UnreadReason.BROKEN if is_archive else UnreadReason.ANOTHER
        raise refusal(name, reason) from error


def _read_members(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if _is_wanted(member.filename)]
    if len(archive.infolist()) > MOST_ENTRIES:
        raise refusal(name, UnreadReason.TOO_LARGE)
    if len({member.filename.casefold() for member in members}) < len(members):
        raise refusal(name, UnreadReason.BROKEN)  # two parts of one name: each reader has another
    parts: dict[str, bytes] = {}
    whole = 0
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise refusal(name, UnreadReason.LOCKED)
        if member.compress_type not in _PLAIN:
            raise refusal(name, UnreadReason.ODDLY_PACKED)
        with archive.open(member) as part:
            content = part.read(MOST_PART + 1)
        whole += len(content)
        swollen = len(content) > RATIO_FROM and len(content) > MOST_RATIO * member.compress_size
        if len(content) > MOST_PART or whole > MOST_WHOLE or swollen:
            raise refusal(name, UnreadReason.TOO_LARGE)
        parts[member.filename] = content
    return parts


def _is_wanted(path: str) -> bool:
    """Whether a part is text or a picture; macros and what is embedded are not even unpacked."""
    return path.endswith((".xml", ".rels")) or "/media/" in path
