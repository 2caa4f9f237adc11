"""A verification + what a sheet says of itself → a page to print on A4, for the auditor's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text
from qmstool.releases.record import check_code
from qmstool.tables.registers import instrument
from qmstool.templating import TemplatePrinter
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree
    from qmstool.templating import Imprint
    from qmstool.verify.verification import Verification

TITLE = Text("Kiểm chứng hồ sơ ban hành", "Verification of the releases")


def page(found: Verification, manual: Manual, imprint: Imprint, lang: Lang, tree: Tree) -> str:
    """Return the page; `tree` may hold a template of the manual's own, `templates/print/verification.html.j2`."""
    counts = {
        outcome: sum(answer.outcome == outcome for answer in found.answers) for outcome in OUTCOMES
    }
    releases = [
        {
            "number": f"{each.number:04d}",
            "title": each.title,
            "instrument": instrument(each, lang),
            "level": evidence.level(each).get(lang),
            "evidence": [
                proof.text("file") or proof.text("reference") for proof in evidence.proofs(each)
            ],
        }
        for each in manual.releases
    ]
    newest = (
        {"number": f"{manual.releases[-1].number:04d}", "code": check_code(found.newest)}
        if manual.releases
        else None
    )
    values = {
        "found": found,
        "outcomes": OUTCOMES,
        "counts": counts,
        "releases": releases,
        "newest": newest,
    }
    return TemplatePrinter(tree, lang, "print")(
        "verification", title=TITLE.get(lang), imprint=imprint, **values
    )
