"""Define evidence: what a record names as proof of what it says, a file kept or a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.parsing.yaml.nodes import LocatedText


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; each word is "" where it is not said.

    `file`: path of the file kept; `reference`: where it can be looked up; `digest`: SHA-256 of the
    file's bytes as they are; `original`: where the original is kept; `publish`: whether the site
    may show the file, which saying nothing does not allow. The marks are the places of these words:
    of the value, else of its key, else of the whole entry.
    """

    kind: str
    file: str
    reference: str
    digest: str
    original: str
    publish: bool
    file_mark: LocatedText
    digest_mark: LocatedText
