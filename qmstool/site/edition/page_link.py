"""Hold what a page shows of a thing that has a page: words that may lead there."""

from __future__ import annotations

from qmstool.frozen import dataclass


@dataclass(frozen=True, slots=True)
class PageLink:
    """Words that may lead somewhere.

    `code` stands before them, `state` and `status` put a mark beside them.
    """

    words: str
    address: str | None = None
    code: str = ""
    state: str = ""
    status: str = ""
