"""Tell what was added to a PDF file after a signature: nothing, its kind, and where it stands.

What goes in: a file, one of its signatures, and the library's judgement of it. A part of the
program of `judge.py`; what its words mean is said in `values.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.status import SignatureCoverageLevel

from qmstool.signatures.notes import pages_with_notes

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MOST_NAMED, MOST_LETTERS = 20, 200  # of fields and pages that are named
SPOILT = {"part": "part", "other": "changed"}
"""What leaves nothing of a signature or a time stamp over the file, and the reason."""
_KINDS = {
    ModificationLevel.NONE: "bytes",
    ModificationLevel.LTA_UPDATES: "proofs",
    ModificationLevel.FORM_FILLING: "signing",
    ModificationLevel.ANNOTATIONS: "notes",
}


class Additions:
    """What one file holds behind each of its signatures."""

    def __init__(self, reader: PdfFileReader, data: bytes) -> None:
        self._reader = reader
        self._data = data

    def has_none(self, signed: EmbeddedPdfSignature) -> bool:
        """Whether a signature covers every byte of the file but its own."""
        span = [int(number) for number in signed.byte_range]
        if len(span) != 4 or span[0] != 0:  # noqa: PLR2004 - from, length, from, length
            return False
        _, length, start, rest = span
        between = self._data[length:start]
        own = between[:1] == b"<" and between[-1:] == b">" and len(between) == start - length
        return (
            own and start + rest == len(self._data) and _holds_only(between, signed.pkcs7_content)
        )

    def kind(self, signed: EmbeddedPdfSignature, status: Any) -> str:
        """Return what was added after a signature, by its kind; `status`: the judgement of it."""
        if self.has_none(signed):
            return "nothing"
        if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            return "part"
        level = getattr(status, "modification_level", None)
        if getattr(status, "docmdp_ok", True) is False or level is None:
            return "other"
        if level == ModificationLevel.FORM_FILLING and self._filled(status):
            return "filled"
        return _KINDS.get(level, "other")

    def named(self, signed: EmbeddedPdfSignature, status: Any, kind: str) -> str:
        """Return which fields were filled in after a signature, or which pages got notes."""
        if kind == "filled":
            names = [f"«{name}»" for name in self._filled(status)]
            return ", ".join(names[:MOST_NAMED])[:MOST_LETTERS]
        if kind != "notes":
            return ""
        held = self._reader.get_historical_resolver(signed.signed_revision)
        now = self._reader.get_historical_resolver(self._reader.xrefs.total_revisions - 1)
        return ", ".join(map(str, pages_with_notes(held, now)[:MOST_NAMED])) or "?"

    def _filled(self, status: Any) -> list[str]:
        """Return the fields that were filled in after a signature, save those for signatures."""
        fields = enumerate_sig_fields(self._reader)
        return sorted(status.diff_result.changed_form_fields - {name for name, _, _ in fields})


def _holds_only(between: bytes, content: bytes) -> bool:
    """Whether the gap in what is signed holds the signature and nothing else."""
    try:
        return bytes.fromhex(between[1:-1].decode("ascii")) == content
    except ValueError:
        return False
