"""Check exclusions: what a text says of a clause that does not apply, against the mapping."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.references.sections import section_named
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.standards import CoverageRow
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing


@rule(
    "QMS601",
    "exclusion-stated-differently",
    Severity.WARNING,
    Text("Điều khoản không áp dụng được nói mỗi nơi một khác", "An exclusion stated differently"),
    Text(
        "Chỗ này nói điều khoản {clause} không áp dụng bằng lời khác với bảng điều khoản: "
        "«{said}». Hãy dùng tên «{title}» và lý do «{reason}», đúng như trong bảng.",
        "Here the manual says in other words than the mapping that clause {clause} does not "
        "apply: «{said}». Use the title «{title}» and the reason «{reason}», as in the mapping.",
    ),
)
def exclusion_stated_differently(facts: Facts) -> Iterator[Violation]:
    """Find mentions of an excluded clause with another title or reason than the mapping's.

    ISO 9001 4.3: the scope, and why a requirement does not apply, is stated once.
    """
    manual = facts.manual
    for key, coverage in manual.coverage.items():
        catalogue = manual.catalogues.get(key)
        if catalogue is None:
            continue
        for row in coverage.rows.values():
            clause = catalogue.clauses.get(row.clause.text)
            if clause is None or clause.title is None:
                continue
            if row.excluded is not None and row.excluded.text:
                title = clause.title.get(manual.config.screen)
                yield from _mentions(facts, row, row.excluded, title)


def _mentions(
    facts: Facts, row: CoverageRow, excluded: LocatedText, title: str
) -> Iterator[Violation]:
    """Find where the manual says in other words that a clause does not apply.

    In the title of the clause's own section, and by its number in other files.
    """
    main = facts.manual.main
    if main is None:
        return
    about = regex(alternatives(facts.prose.lists["exclusion"]), re.IGNORECASE)
    own = section_named(facts.manual, row.section.text) if row.section else None
    clause = row.clause.text
    for writing in facts.prose.by_document.get(main.key, ()):
        if about.search(writing.words) is None:
            continue
        if own is None or own.file is not writing.file:
            mentions = list(_by_number(writing, clause, title, excluded.text))
        elif fold_name(title) == fold_name(own.title):
            mentions = []
        else:
            mentions = [(own.heading.start, own.heading.end, own.title)]
        for start, end, words in mentions:
            values = {"clause": clause, "said": words, "title": title, "reason": excluded.text}
            yield Violation(writing.locate(start, end), values, related=(excluded.location,))


def _by_number(
    writing: Writing, clause: str, title: str, reason: str
) -> Iterator[tuple[int, int, str]]:
    """Yield the lines that begin to name a clause and do not go on as the mapping does."""
    has_reason = fold_name(reason).rstrip(".") in fold_name(writing.words.replace("\0", " "))
    line = rf"(?<![\w.]){re.escape(clause)}(?!\w|\.\d)[^\n\x00]*"
    for mention in re.finditer(line, writing.words):
        end = mention.start() + len(mention[0].rstrip(" .;,\x01"))
        words = writing.plain_words(mention.start(), end)
        if not has_reason or fold_name(title) not in fold_name(words):
            yield mention.start(), end, words


RULES: tuple[Rule, ...] = (exclusion_stated_differently,)
