"""Name the text that an exported file holds, so that a file that comes back finds it again.

The name stands where other programs leave it: among the keywords of the file's properties, and in
the name of a bookmark. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGN = "qmstool"
BOOKMARK = "qms_"
_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_COMMIT = re.compile(r"[0-9a-f]{12,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ExportedText:
    """The text of a document that was exported.

    `key`: the document's; `code`: check code of its text; `commit`: the newest one when it was
    exported; `day`: as of which it was (ISO); `lang`: language of the words around it;
    `in_force`: whether it was the text in force on that day. What is not known is "".
    """

    key: str
    code: str
    commit: str = ""
    day: str = ""
    lang: str = ""
    in_force: bool = False

    def keywords(self) -> str:
        """Return the name for the file's properties."""
        state = "in-force" if self.in_force else "draft"
        return "; ".join((SIGN, self.key, self.code, self.commit[:12], self.day, self.lang, state))

    def bookmark(self) -> str:
        """Return the name for a bookmark: letters, digits and underscores, at most 40."""
        return BOOKMARK + self.code.replace("-", "_")


def read_keywords(keywords: str) -> ExportedText | None:
    """Return the name that a file's properties hold, None where they hold none.

    LibreOffice joins keywords anew with blanks, whatever stood between them.
    """
    parts = [part.strip() for part in re.split(r"[;,\s]+", keywords)]
    if SIGN not in parts:
        return None
    key, code, *rest = [*parts[parts.index(SIGN) + 1 :], "", ""][:6]
    if not key or not _CODE.fullmatch(code):
        return None
    return ExportedText(
        key,
        code,
        next((part for part in rest if _COMMIT.fullmatch(part)), ""),
        next((part for part in rest if _DAY.fullmatch(part)), ""),
        next((part for part in rest if part in {"vi", "en"}), ""),
        "in-force" in parts,
    )


def read_bookmarks(names: Iterable[str]) -> str:
    """Return the check code that the name of a bookmark holds, "" for none."""
    for name in names:
        code = name.removeprefix(BOOKMARK).replace("_", "-")
        if name.startswith(BOOKMARK) and _CODE.fullmatch(code):
            return code
    return ""
