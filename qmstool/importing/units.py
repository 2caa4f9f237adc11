"""Find the unit of an organization that a line names: by its key, its name, or its initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADS = re.compile(
    r"^(?:các |toàn thể |như |lưu\s*:?\s*)?(?:phòng|ban|bộ phận|tổ|trung tâm)?\s*", re.IGNORECASE
)


def find_unit(written: str, units: Mapping[str, str]) -> str:
    """Return the key of the unit that is meant; "" where none is, or it is not clear."""
    name = re.sub(r"^lưu\s*:?\s*", "", " ".join(written.split()), flags=re.IGNORECASE)
    name = name.strip(" .;:-")
    if not name:
        return ""
    folded = name.casefold()
    for key, title in units.items():
        if folded in {key.casefold(), title.casefold(), f"{title} ({key})".casefold()}:
            return key
    match = re.search(r"\(([^\W\d_]{1,8})\)", name)
    if match and match[1] in units:
        return match[1]
    initials = initials_of(name)
    meant = [key for key in units if key.upper() in initials]
    return meant[0] if len(meant) == 1 else ""


def initials_of(name: str) -> set[str]:
    """Return the letters that a name may go by: VP of «Văn phòng», KT of «Phòng Kỹ thuật»."""
    return {_initials(name), _initials(_HEADS.sub("", name))} - {""}


def _initials(name: str) -> str:
    words = [
        word
        for word in re.findall(r"[^\W\d_]+", name)
        if word.casefold() not in {"và", "and", "of"}
    ]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""
