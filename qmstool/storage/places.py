"""Make folders, but never that of the manual anew: where it has gone, nothing is to be written.

A folder that is moved, renamed or on a disk that is unplugged while a command runs would else be
begun again in its old place, with the one file that was just written, which nobody ever finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

_GONE = Text(
    "Thư mục sổ tay «{root}» không còn ở chỗ cũ từ lúc lệnh bắt đầu (đã bị chuyển đi, đổi tên, hay "
    "ổ đĩa bị ngắt), nên không ghi gì vào đó. Hãy đưa thư mục về chỗ cũ, rồi chạy lại lệnh.",
    "The manual's folder «{root}» is no longer where it was when the command began (moved, "
    "renamed, or its disk was unplugged), and nothing is written there. Bring it back to its "
    "place, then run the command again.",
)
_kept: list[Path] = []  # where the manual of this run lies; nothing where it has none


def keep_place(root: Path | None) -> None:
    """Remember where the manual of this run lies; None for a run that has none."""
    _kept.clear()
    if root is not None and (root / MANIFEST).is_file():
        _kept.append(real_path(root))


def make_folders(folder: Path) -> None:
    """Make a folder, and those above it, where there is none; `folder`: links followed.

    Raises QmsError where it is to lie in the manual, and the manual is not there any more.
    """
    for root in _kept:
        if folder != root and root not in folder.parents:
            continue
        if not (root / MANIFEST).is_file():
            raise QmsError(_GONE.fill({"root": str(root)}))
        try:
            for above in (*reversed(folder.relative_to(root).parents), folder.relative_to(root)):
                if above.parts:
                    (root / above).mkdir(exist_ok=True)
        except FileNotFoundError as error:
            raise QmsError(_GONE.fill({"root": str(root)})) from error
        return
    folder.mkdir(parents=True, exist_ok=True)
