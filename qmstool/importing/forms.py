"""Tell what a form is: it stays the Word or Excel file that people fill in.

What goes in: the file's name and bytes, the documents that were taken in. What comes out: its code,
title, the document it belongs to, and what its page header says of issue and revision.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError
from qmstool.importing.draft import make_draft
from qmstool.importing.kinds import prefix
from qmstool.importing.naming import slug
from qmstool.importing.readers import WORD, read_source
from qmstool.importing.types import FORM
from qmstool.importing.workbooks import registers
from qmstool.parsing.codes import fold_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.types import Types

UNKNOWN = "unknown"
CLAIMS = {"issue": "issue", "revision": "revision", "effective": "date"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form; "" for a code or parent that nothing says.

    `kind`: its type; `paper`: {} where nothing is claimed.
    """

    code: str
    kind: str
    key: str
    title: str
    parent: str
    paper: Mapping[str, str]


def read_form(name: str, data: bytes, drafts: Sequence[DraftDocument], types: Types) -> Form:
    """Return what a form is, by its name and, where it is a Word file, by what it says."""
    stem = PurePosixPath(name).stem
    code, title = types.split_file_name(stem)
    kind, _ = types.kind_of(code, title, stem)
    told = _draft_of_form(name, data, types)
    claims = {key: told.claim(claim) for key, claim in CLAIMS.items()} if told else {}
    paper = {key: value or UNKNOWN for key, value in claims.items()} if any(claims.values()) else {}
    return Form(
        code=code,
        kind=kind if types.is_form(kind) else FORM,
        key=fold_code(code) if code else slug(stem),
        title=_with_marks(title or stem, told),
        parent=parent_of_form(code, name, drafts),
        paper=paper,
    )


def _draft_of_form(name: str, data: bytes, types: Types) -> DraftDocument | None:
    """Return what a form in Word says of itself; None for one that is not read, and stays whole."""
    if PurePosixPath(name).suffix.casefold() not in WORD:
        return None
    try:
        return make_draft(read_source(data, name, changes="accept"), types)
    except QmsError:
        return None


def _with_marks(title: str, told: DraftDocument | None) -> str:
    """Return a title as the file writes it, where its name has lost the marks of its letters."""
    parts = [] if told is None else [told.source.blocks, *(part for _, part in told.source.headers)]
    for part in parts:
        for block in registers.all_paragraphs(part):
            words = " ".join(block.text.split())
            if words and slug(words) == slug(title):
                return words.capitalize() if words == words.upper() else words
    return title


def parent_of_form(code: str, name: str, drafts: Sequence[DraftDocument]) -> str:
    """Return the document whose numbers a form's code begins with, or that names it; else ""."""
    coded = [draft for draft in drafts if draft.code and draft.kind != "manual"]
    for draft in coded:
        if code and _carries(code, draft.code):
            return draft.code
    for draft in coded:
        if code and code in draft.bare_text:
            return draft.code
    folder = PurePosixPath(name).parent.name
    return next((draft.code for draft in coded if draft.code in folder), "")


def _carries(code: str, other: str) -> bool:
    """Whether a form's code carries those of another one: BM-VP-01.02 carries QT-VP-01."""
    parts, own = (re.findall(r"[^\W\d_]+|\d+", text)[1:] for text in (code, other))
    parts = [part for part in parts if part != prefix(other)]
    return bool(own) and len(parts) > len(own) and parts[: len(own)] == own
