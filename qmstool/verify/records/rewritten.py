"""Tell records that were changed after they were recorded: in a commit, or in this folder alone.

What goes in: a release, and what git holds of its record. What comes out: discrepancies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.parsing.source import SourceFile
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.releases import Release

REWRITTEN = Text(
    "Bản ghi đợt {number} bị sửa sau khi ghi nhận, ở lần lưu {commit}.",
    "The record of release {number} was changed after it was recorded, in commit {commit}.",
)
NOT_AS_COMMITTED = Text(
    "Bản ghi đợt {number} ở đây khác với bản đã lưu trong git. Bản ghi không được sửa: hãy lấy lại "
    "bản cũ (git checkout HEAD -- {path}); lấy lại mà vẫn khác thì một thuộc tính git đổi nội dung "
    "tệp (git check-attr -a -- {path}), hãy bỏ nó; nếu bản cũ ghi nhầm thì ghi nhận lại với "
    "--mends.",
    "The record of release {number} differs here from the one committed in git. A record is never "
    "edited: get the old one back (git checkout HEAD -- {path}); if it still differs then, an "
    "attribute of git gives it other bytes (git check-attr -a -- {path}): take that out; if the "
    "old one was wrong, record again with --mends.",
)


def check_rewritten(
    release: Release, commits: Iterable[str], first: bytes | None, last: bytes | None
) -> Iterator[Discrepancy]:
    """Yield each change of a record after it was recorded, at the first word that differs.

    `commits`: those that changed it; `first`: its bytes as they were recorded; `last`: those of the
    last commit, where they differ in this folder. That is told as it will be once it is committed.
    """
    path, number = release.source.path, str(release.number)
    for commit in commits:
        message = REWRITTEN.fill({"number": number, "commit": commit[:10]})
        yield Discrepancy("release-rewritten", _altered(release, first), message)
    if last is not None:
        message = NOT_AS_COMMITTED.fill({"number": number, "path": path})
        yield Discrepancy("release-rewritten", _altered(release, last), message)


def _altered(release: Release, before: bytes | None) -> Location:
    """The first word of a record that is not as it was; its number where it was put back."""
    now = release.source.text
    then = SourceFile(release.source.path, before).text if before is not None else now
    differing = _first_difference(now, then)
    if differing is None:
        return release.marks.number.location
    start = max(now.rfind(" ", 0, differing), now.rfind("\n", 0, differing)) + 1
    word = re.split(r"[ \n]", now[start:], maxsplit=1)[0]
    return release.source.locate(start, start + len(word))


def _first_difference(one: str, two: str) -> int | None:
    for index, (left, right) in enumerate(zip(one, two, strict=False)):
        if left != right:
            return index
    return None
