"""The prose rule on exclusions: what the manual says of a clause that does not apply, against the mapping's one statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Violation
from qmstool.parsing.codes import fold_name
from qmstool.references.sections import section_named
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import CoverageRow
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Facts


def exclusion_stated_differently(facts: Facts) -> Iterator[Violation]:
    """Mentions of an excluded clause whose title or reason is not the one of the mapping (ISO 9001 4.3: stated once)."""
    manual = facts.manual
    for key, coverage in manual.coverage.items():
        catalogue = manual.catalogues.get(key)
        for row in coverage.rows.values():
            clause = catalogue.clauses.get(row.clause.text) if catalogue else None
            if (
                row.excluded is not None
                and row.excluded.text
                and clause is not None
                and clause.title is not None
            ):
                yield from _mentions(
                    facts, row, row.excluded.text, clause.title.get(manual.config.language)
                )


def _mentions(facts: Facts, row: CoverageRow, reason: str, title: str) -> Iterator[Violation]:
    """Where the manual says that a clause does not apply: the title of its own section, and its number elsewhere."""
    main = facts.manual.main
    about = re.compile(alternatives(facts.prose.lists["exclusion"]), re.IGNORECASE)
    own = section_named(facts.manual, row.section.text) if row.section else None
    for writing in facts.prose.by_document.get(main.key if main else "", ()):
        if about.search(writing.words) is None:
            continue
        if own is not None and own.file is writing.file:
            place, same = (
                (own.heading.start, own.heading.end),
                fold_name(title) == fold_name(own.title),
            )
            found = [] if same else [(place, own.title)]
        else:
            found = list(_numbers(writing, row.clause.text, title, reason))
        for place, said in found:
            values = {"clause": row.clause.text, "said": said, "title": title, "reason": reason}
            related = row.excluded.location if row.excluded else row.clause.location
            yield Violation(writing.locate(*place), values, related=(related,))


def _numbers(
    writing: Writing, clause: str, title: str, reason: str
) -> Iterator[tuple[tuple[int, int], str]]:
    """The lines that begin to name a clause by its number and do not go on as the mapping does."""
    whole = fold_name(reason).rstrip(".") in fold_name(writing.words.replace("\0", " "))
    for found in re.finditer(rf"(?<![\w.]){re.escape(clause)}(?!\w|\.\d)[^\n\x00]*", writing.words):
        end = found.start() + len(found[0].rstrip(" .;,\x01"))
        said = writing.said(found.start(), end)
        if not (whole and fold_name(title) in fold_name(said)):
            yield (found.start(), end), said
