"""Say in the reader's language why the system refused a file or folder, and what to look at."""

from __future__ import annotations

import errno
from pathlib import Path

from qmstool.i18n import Text
from qmstool.storage.files import is_unfinished

_NOT_THERE = Text(
    "Không có tệp hay thư mục «{what}». Kiểm tra đường dẫn.",
    "There is no file or folder «{what}». Look at the path.",
)
_REFUSED = Text(
    "Không ghi hoặc không đọc được «{what}» ({why}). Kiểm tra đường dẫn, quyền truy cập và dung "
    "lượng còn trống.",
    "«{what}» cannot be written or read ({why}). Look at the path, the permissions and the room "
    "that is left.",
)
_REFUSED_SOMEWHERE = Text(
    "Máy không cho ghi hoặc đọc một tệp ({why}). Kiểm tra dung lượng còn trống và quyền truy cập, "
    "rồi chạy lại.",
    "The system did not let a file be written or read ({why}). Look at the room that is left and "
    "the permissions, then run again.",
)
_NO_ROOM = Text(
    "Máy đang hết chỗ để chạy «{what}» ({why}). Hãy đóng bớt chương trình rồi chạy lại lệnh.",
    "The system has no room left to run «{what}» ({why}). Close other programs, then run the "
    "command again.",
)
_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "nơi ấy chỉ cho đọc",
    errno.ENOSPC: "đĩa đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EFBIG: "tệp quá lớn",
    errno.EISDIR: "đó là thư mục",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EEXIST: "đã có",
    errno.ENOTEMPTY: "thư mục không trống",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết dẫn vòng quanh",
    errno.EBUSY: "chương trình khác đang dùng",
    errno.EIO: "ổ đĩa hỏng hoặc mất kết nối",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENOENT: "không có",
    errno.EAGAIN: "quá nhiều chương trình",
    errno.ENOMEM: "hết bộ nhớ",
}


def _typed_name(name: str) -> str:
    """Return what somebody knows of a name: of what is not finished, the folder it is to be in."""
    parts = Path(name).parts
    unfinished = [number for number, part in enumerate(parts) if is_unfinished(part)]
    return str(Path(*parts[: unfinished[0]])) if unfinished else name


def os_error_text(error: OSError) -> Text:
    """Say what to do where the system refuses: nothing there, a folder not ours, a full disk."""
    what = _typed_name(str(error.filename or ""))
    if error.errno == errno.ENOENT and what and not Path(what).exists():
        return _NOT_THERE.fill({"what": what})
    english = error.strerror or str(error)
    reason = Text(_REASONS.get(error.errno or 0, english), english)
    if error.errno in {errno.EAGAIN, errno.ENOMEM}:
        return _NO_ROOM.fill({"what": what or "qmstool", "why": reason})
    if not what:
        return _REFUSED_SOMEWHERE.fill({"why": reason})
    return _REFUSED.fill({"what": what, "why": reason})
