"""Make a page to print on A4 of a verification, for the auditor's file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text
from qmstool.releases.record import check_code
from qmstool.tables.registers import instrument_text
from qmstool.templating import TemplatePrinter
from qmstool.verify.format import signature_lines
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.storage.tree import Tree
    from qmstool.templating import Imprint
    from qmstool.verify.verification import Verification

TITLE = Text("Kiểm chứng hồ sơ ban hành", "Verification of the releases")


def print_verification(
    verification: Verification, manual: Manual, imprint: Imprint, lang: Lang, tree: Tree
) -> str:
    """Return the page as HTML; `imprint` is what each sheet says of itself.

    `tree` may hold a template of the manual's own, `templates/print/verification.html.j2`.
    """
    counts = Counter(answer.outcome for answer in verification.answers)
    newest = None
    if manual.releases:
        number = f"{manual.releases[-1].number:04d}"
        newest = {"number": number, "code": check_code(verification.newest)}
    values = {
        "found": verification,
        "outcomes": OUTCOMES,
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "releases": [_release(release, manual, verification, lang) for release in manual.releases],
        "newest": newest,
    }
    printer = TemplatePrinter(tree, lang, "print")
    return printer("verification", title=TITLE.get(lang), imprint=imprint, **values)


def _release(
    release: Release, manual: Manual, verification: Verification, lang: Lang
) -> dict[str, object]:
    proofs = evidence.approval_evidence(release)
    return {
        "number": f"{release.number:04d}",
        "title": release.title,
        "instrument": instrument_text(release, lang),
        "level": verification.levels[release.number].get(lang),
        "evidence": [proof.file or proof.reference for proof in proofs],
        "signatures": [line.get(lang) for line in signature_lines(release, manual, verification)],
    }
