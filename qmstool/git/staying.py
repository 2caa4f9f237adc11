"""Tell whether a repository can still be read as it could when a long command began.

What is made of texts that went away meanwhile would say of them that they are lost, or nothing: a
disk that fails or is unplugged, a `git gc` or a clean-up of somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git import objects
from qmstool.git.absence import AbsenceError
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WENT = Text(
    "Trong lúc chạy, git thôi đọc được {count} văn bản hay phiên bản đã đọc được lúc đầu, nên "
    "không ghi gì. Hãy kiểm tra ổ đĩa và kho (git fsck), rồi chạy lại lệnh.",
    "While this ran, git stopped being able to read what it could read at the beginning (texts or "
    "commits: {count}), so nothing was written. Look at the disk and at the repository (git "
    "fsck), then run the command again.",
)


class Readable:
    """What of some texts and commits a folder's repository could read when this was made."""

    def __init__(self, folder: Path, blobs: Iterable[str], commits: Iterable[str]) -> None:
        self._folder = folder
        self._blobs = frozenset(blobs)
        self._commits = frozenset(commits)
        self._unread = self._list_unread()

    def require(self) -> None:
        """Raise QmsError where something cannot be read any more."""
        went = self._list_unread() - self._unread
        if went:
            raise QmsError(_WENT.fill({"count": str(len(went))}))

    def _list_unread(self) -> frozenset[str]:
        held = objects.read_blobs(self._folder, self._blobs) if self._blobs else {}
        commits = (commit for commit in self._commits if not self._is_listed(commit))
        return (self._blobs - held.keys()).union(commits)

    def _is_listed(self, commit: str) -> bool:
        try:
            return objects.list_files(self._folder, commit) is not None
        except AbsenceError:
            return False
