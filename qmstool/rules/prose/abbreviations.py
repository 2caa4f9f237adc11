"""Check abbreviations: explained nowhere, explained by the keeper only, or never used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.rules.base.hiders import lost_entry
from qmstool.rules.base.rule import rule
from qmstool.rules.prose.abbreviation_index import AbbreviationIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Rule

ABBREVIATIONS = "manual/abbreviations.yml"
SHOWN = 5


@rule(
    "QMS614",
    "abbreviation-undefined",
    Severity.INFO,
    Text("Chữ viết tắt không được giải nghĩa", "An abbreviation that nothing explains"),
    Text(
        "«{short}» không có trong bảng chữ viết tắt (manual/abbreviations.yml), cũng không tài "
        "liệu nào giải nghĩa. Hãy ghi vào bảng, hoặc viết đầy đủ.",
        "«{short}» is not in the list of abbreviations (manual/abbreviations.yml), and no "
        "document explains it. Add it to the list, or write it out.",
    ),
    hidden_by=(lost_entry(ABBREVIATIONS),),
)
def abbreviation_undefined(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations that neither the manual's list nor a document explains.

    Each is reported once a document.
    """
    index = AbbreviationIndex(facts)
    for writings in facts.prose.by_document.values():
        uses: dict[str, list[tuple[Writing, int]]] = {}
        for writing in writings:
            for short, start in index.undefined(writing):
                uses.setdefault(short, []).append((writing, start))
        if not uses:
            continue
        explained = index.explained(writings)
        for short, places in uses.items():
            if short not in explained and short not in index.explained_anywhere:
                first, *others = [
                    writing.locate(start, start + len(short)) for writing, start in places
                ]
                suggestion, related = f"  {short}: {{expansion: …}}", tuple(others[:SHOWN])
                about = (Subject(short),)
                yield Violation(first, {"short": short}, suggestion, related, about=about)


@rule(
    "QMS615",
    "abbreviation-inferred",
    Severity.INFO,
    Text("Chữ viết tắt mới chỉ được suy ra", "An abbreviation that was only inferred"),
    Text(
        "Không tài liệu nào nói «{short}» là gì; bảng chữ viết tắt ghi «{expansion}» là suy ra. "
        "Hãy hỏi tác giả để xác nhận.",
        "No text says what «{short}» stands for; the list of abbreviations infers "
        "«{expansion}». Ask the author to confirm it.",
    ),
)
def abbreviation_inferred(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations whose meaning the keeper inferred, and that no text explains."""
    abbreviations = facts.manual.abbreviations
    inferred = {short for short, each in abbreviations.items() if each.inferred}
    if not inferred:
        return
    index = AbbreviationIndex(facts)
    for writings in facts.prose.by_document.values():
        inferred -= index.explained(writings)
    for short, (writing, start) in _first_uses(facts, inferred).items():
        abbreviation = abbreviations[short]
        values = {"short": short, "expansion": abbreviation.expansion}
        place = writing.locate(start, start + len(short))
        yield Violation(place, values, related=(abbreviation.mark.location,))


@rule(
    "QMS616",
    "abbreviation-unused",
    Severity.INFO,
    Text("Chữ viết tắt không ai dùng", "An abbreviation that nothing uses"),
    Text(
        "Không tài liệu nào dùng «{short}». Hãy bỏ dòng này khỏi bảng chữ viết tắt.",
        "No text uses «{short}». Take this line out of the list.",
    ),
)
def abbreviation_unused(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations of the list, or of a document's own glossary, that no text uses."""
    abbreviations = facts.manual.abbreviations
    used = _first_uses(facts, abbreviations)
    for short, abbreviation in abbreviations.items():
        if short not in used:
            yield Violation(abbreviation.mark.location, {"short": short})
    for writing, short, start in AbbreviationIndex(facts).unused_entries():
        yield Violation(writing.locate(start, start + len(short)), {"short": short})


def _first_uses(facts: Facts, shorts: Iterable[str]) -> dict[str, tuple[Writing, int]]:
    """Return where each short form is first used; those that no text uses are left out."""
    wanted = sorted(shorts, key=len, reverse=True)
    uses: dict[str, tuple[Writing, int]] = {}
    if not wanted:
        return uses
    any_of_them = "|".join(map(re.escape, wanted))
    pattern = re.compile(rf"(?<!\w)(?:{any_of_them})(?!\w)")
    for writing in facts.prose.writings:
        for use in pattern.finditer(writing.words):
            uses.setdefault(use[0], (writing, use.start()))
        if len(uses) == len(wanted):
            break
    return uses


RULES: tuple[Rule, ...] = (
    abbreviation_undefined,
    abbreviation_inferred,
    abbreviation_unused,
)
