"""Check abbreviations: explained nowhere, explained by the keeper only, or never used."""

from __future__ import annotations

import re
from itertools import chain, groupby
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.registers import ABBREVIATIONS_FILE
from qmstool.rules.base.citation_questions import citing_places
from qmstool.rules.base.hiders import lost_entry
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.spans import lies_inside
from qmstool.rules.prose.abbreviation_index import known_short_forms, short_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.prose.abbreviation_index import ShortForms, UsedShortForm

SHOWN = 5
# So many lines of a text's own list that nothing uses: it is none of abbreviations.
CODE_TABLE = 3


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
    hidden_by=(lost_entry(ABBREVIATIONS_FILE),),
    on_request=True,
    reads=(short_forms, citing_places),
)
def abbreviation_undefined(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations that neither the manual's list nor a document explains.

    Each is reported once a document. Words in capitals are many in manuals of others, and few of
    them are abbreviations that a reader does not know.
    """
    known = known_short_forms(facts)
    plainly = frozenset(
        chain.from_iterable(answer.plainly for _, answer in facts.files.answers_to(short_forms))
    )
    citing = facts.citing.answers_to(citing_places)
    cited = {writing.file.path: places for writing, places in citing}
    for _, group in groupby(facts.files.answers_to(short_forms), key=_document_of):
        files = list(group)
        uses: dict[str, list[Location]] = {}
        for writing, answer in files:
            path = writing.file.path
            misspelled = [code[:2] for code in facts.misspelled_codes.by_path.get(path, ())]
            spans = sorted([*[place[:2] for place in cited.get(path, ())], *misspelled])
            for use in answer.unexplained:
                if use.short not in known and not lies_inside(spans, use.start):
                    uses.setdefault(use.short, []).append(use.place(writing))
        explained = plainly.union(*(answer.explained for _, answer in files))
        for short, (first, *others) in uses.items():
            if short not in explained:
                suggestion, related = f"  {short}: {{expansion: …}}", tuple(others[:SHOWN])
                about = (Subject(short),)
                yield Violation(first, {"short": short}, suggestion, related, subjects=about)


def _document_of(answer: tuple[Writing, ShortForms]) -> str:
    return answer[0].document


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
    reads=(short_forms,),
)
def abbreviation_inferred(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations whose meaning the keeper inferred, and that no text explains."""
    abbreviations = facts.manual.abbreviations
    inferred = {short for short, each in abbreviations.items() if each.inferred}
    if not inferred:
        return
    for _, answer in facts.files.answers_to(short_forms):
        inferred -= answer.explained
    for short, (writing, use) in _first_uses(facts).items():
        if short in inferred:
            abbreviation = abbreviations[short]
            values = {"short": short, "expansion": abbreviation.expansion}
            related = (abbreviation.mark.location,)
            yield Violation(use.place(writing), values, related=related)


@rule(
    "QMS616",
    "abbreviation-unused",
    Severity.INFO,
    Text("Chữ viết tắt không ai dùng", "An abbreviation that nothing uses"),
    Text(
        "Không tài liệu nào dùng «{short}». Hãy bỏ dòng này khỏi bảng chữ viết tắt.",
        "No text uses «{short}». Take this line out of the list.",
    ),
    reads=(short_forms,),
)
def abbreviation_unused(facts: Facts) -> Iterator[Violation]:
    """Find abbreviations of the list, or of a document's own glossary, that no text uses.

    A glossary of which many are unused lists something else: the letters that codes are made of.
    """
    abbreviations = facts.manual.abbreviations
    first_uses = _first_uses(facts)
    for short, abbreviation in abbreviations.items():
        if short not in first_uses:
            yield Violation(abbreviation.mark.location, {"short": short})
    files = list(facts.files.answers_to(short_forms))
    used = frozenset(chain.from_iterable(answer.used for _, answer in files))
    for writing, answer in files:
        unused = [
            entry
            for entry in answer.entries
            if entry.short not in abbreviations  # the manual's list has it: that is reported
            and used.isdisjoint({entry.short, *re.split("[&-]", entry.short)})
        ]
        if len(unused) < CODE_TABLE:
            for entry in unused:
                yield Violation(entry.place(writing), {"short": entry.short})


def _first_uses(facts: Facts) -> dict[str, tuple[Writing, UsedShortForm]]:
    """Return where each short form of the list is first used; others are left out."""
    uses: dict[str, tuple[Writing, UsedShortForm]] = {}
    for writing, answer in facts.files.answers_to(short_forms):
        for use in answer.listed:
            uses.setdefault(use.short, (writing, use))
    return uses


RULES: tuple[Rule, ...] = (
    abbreviation_undefined,
    abbreviation_inferred,
    abbreviation_unused,
)
