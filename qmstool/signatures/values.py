"""Define what is found of the signatures inside a PDF file, and what its reader trusts."""

from __future__ import annotations

from typing import Literal

from qmstool.frozen import dataclass

Judgement = Literal["holds", "unjudged", "broken"]
"""What a signature is worth: it holds; nobody can tell; it speaks against the file."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature inside a PDF file, in the order of signing.

    `signer` and `issuer`: the names in the certificate; `claimed`: the moment that the signer's own
    clock showed; `stamped`: the moment that a trusted time stamp proves; both in ISO 8601, "" where
    there is none. `entire`: whether it covers the entire file; `after`: what was added after it:
    `nothing`, `bytes` (no part of the document), `proofs` (stored revocation data, time stamps),
    `signing` (a later signature), `filled` (fields of a form), `notes` (on unchanged pages) or
    `other`; `part` where it covers a part of the file alone; `added`: the names of those fields,
    the numbers of those pages. `reason`: a key of `words.REASONS` where it does not hold, "" where
    it does; `detail`: the value that belongs to the reason. `over`: the digest of the bytes that
    it is over, by which it is the same one in every file that holds it; "" where nobody can tell.
    """

    signer: str
    issuer: str
    claimed: str
    stamped: str
    entire: bool
    after: str
    judgement: Judgement
    reason: str
    detail: str
    added: str = ""
    over: str = ""

    @property
    def is_last_word(self) -> bool:
        """Whether nothing that its signer may not have seen was filled in or noted after it."""
        return self.after not in {"filled", "notes"}


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """What is found inside one PDF file.

    `problem`: a key of `words.PROBLEMS` where its signatures could not be read, or where there is
    none; "" otherwise; `detail`: the value that belongs to it.
    """

    signatures: tuple[PdfSignature, ...] = ()
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the user trusts: certificates and lists of revoked ones, each in DER."""

    certificates: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()
