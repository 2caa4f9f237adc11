"""Read one file whole or not at all: no pipe, no device, nothing past the limit, nothing in part.

What is read in part would be checked, published and written back without its end; a pipe would
never answer.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Literal, TypeAlias

from qmstool.git.sizes import MAX_FILE_BYTES
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from pathlib import Path

    # Leads out of the manual's own files, or nowhere; stands for a record; is no file; is too
    # large; may not be read; holds only where its words are.
    Refusal: TypeAlias = Literal[
        "outside", "nowhere", "record-link", "special", "too-large", "denied", "pointer"
    ]

_BLOCK = 1 << 20
# A pipe that nobody writes into is opened at once, and then refused.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
TOO_LARGE = Text(
    "Tệp «{path}» lớn hơn {most} MB. Hãy giảm dung lượng (quét ảnh nhẹ hơn, tách tệp) rồi làm lại.",
    "«{path}» is larger than {most} MB. Make it smaller (a lighter scan, parts), then try again.",
)
NO_FILE = Text(
    "«{path}» không phải là một tệp. Hãy chỉ đúng tệp cần đọc.",
    "«{path}» is not a file. Name the file that is to be read.",
)


NO_TEXT = Text(
    "«{path}» có chỗ không phải là văn bản UTF-8, nên chưa đổi gì. Hãy chạy qmstool check để biết "
    "chỗ nào, sửa rồi chạy lại.",
    "«{path}» is not all UTF-8 text, and nothing is changed. Run qmstool check to see where, mend "
    "it and run again.",
)


class RefusedFileError(OSError):
    """A file that is there and is not read; `why` says which bound it breaks."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


def read_whole(path: str) -> bytes:
    """Return a file's bytes.

    Raises RefusedFileError where it is too large or no file, OSError where the system refuses.
    """
    number = os.open(path, _FLAGS)  # ten thousand files: an object for each costs as much again
    try:
        status = os.fstat(number)
        why = why_refused(status)
        if why:
            raise RefusedFileError(why)
        data = os.read(number, status.st_size + 1)
        # A file that grows meanwhile is read to its end, too.
        if len(data) != status.st_size:
            while len(data) <= MAX_FILE_BYTES and (more := os.read(number, _BLOCK)):
                data += more
    finally:
        os.close(number)
    if len(data) > MAX_FILE_BYTES:
        raise RefusedFileError("too-large")
    return data


def why_refused(status: os.stat_result) -> Refusal | None:
    """Return why what has this status is not read; None for a file of a permitted size."""
    if not stat.S_ISREG(status.st_mode):
        return "special"
    return "too-large" if status.st_size > MAX_FILE_BYTES else None


def read_named_file(path: Path) -> bytes:
    """Return the bytes of a file that the user named.

    Raises QmsError where it is too large or no file, OSError where the system refuses.
    """
    try:
        return read_whole(str(path))
    except RefusedFileError as error:
        text = TOO_LARGE if error.why == "too-large" else NO_FILE
        values = {"path": str(path), "most": str(MAX_FILE_BYTES // 1024 // 1024)}
        raise QmsError(text.fill(values)) from error


def decode_to_change(path: str, data: bytes) -> str:
    """Return the text of a file that is to be changed. Raises QmsError where it is not all UTF-8.

    Put together of what can be read it would be written back without the rest.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QmsError(NO_TEXT.fill({"path": path})) from error
