"""Find errors of typing: phrases that are slips of the pen, and words typed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.citations import BLANK
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.prose_text import Writing
    from qmstool.rules.base.rule import Rule

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+")
_NEXT = re.compile(rf"{BLANK}+({_LETTER}+)")
LONGEST_WORD = 40
_DOUBLED = re.compile(
    rf"(?<![\w-])(?P<one>{_LETTER}{{2,}}){BLANK}+(?P<two>(?P=one))(?![\w-])", re.IGNORECASE
)


@rule(
    "QMS602",
    "likely-slip",
    Severity.WARNING,
    Text("Cụm chữ có lẽ viết nhầm", "A phrase that looks like a slip"),
    Text(
        "«{words}» có lẽ là một chỗ viết nhầm. Công cụ không tự sửa; người có thẩm quyền quyết "
        "định.",
        "«{words}» looks like a slip of the pen. Nothing is fixed by itself; somebody must decide.",
    ),
)
def likely_slip(facts: Facts) -> Iterator[Violation]:
    """Find phrases that are nearly always slips of the pen; a person decides."""
    corrections = {fold_name(slip): right for slip, right in facts.prose.lists.slips}
    for writing in facts.prose.writings:
        for hit in writing.hits.get("slips", ()):
            values = {"words": writing.said(hit.start, hit.end)}
            suggestion = corrections[hit.phrase]
            if writing.words[hit.start].isupper():
                suggestion = suggestion[0].upper() + suggestion[1:]
            yield Violation(writing.locate(hit.start, hit.end), values, suggestion)


@rule(
    "QMS605",
    "doubled-word",
    Severity.WARNING,
    Text("Lặp từ", "A word typed twice"),
    Text(
        "«{words}»: một chữ viết hai lần liền. Hãy bỏ một chữ.",
        "«{words}»: one word stands twice. Take one out.",
    ),
)
def doubled_word(facts: Facts) -> Iterator[Violation]:
    """Find words typed twice.

    Not reduplication, and not two compounds that meet («cơ quan quan trọng»).
    """
    lists = facts.prose.lists
    reduplication = {fold_name(word) for word in lists["reduplication"]}
    compounds = {" ".join(fold_name(phrase).split()[:2]) for phrase in lists["compounds"]}
    for writing in facts.prose.writings:
        doubles = [
            double
            for double in _DOUBLED.finditer(writing.words)
            if fold_name(double["one"]) not in reduplication
        ]
        if not doubles:
            continue
        words_before = _words_before_pairs(writing)
        for double in doubles:
            if double["one"].islower() and double["two"].istitle():
                continue  # «trưởng phòng Phòng Tổ chức»
            if not _begins_compound(writing, double, compounds, words_before):
                span = double.span()
                values = {"words": writing.said(*span)}
                yield Violation(writing.locate(*span), values, double["one"])


def _words_before_pairs(writing: Writing) -> dict[str, set[str]]:
    """Return each pair of neighbouring words of a file, with the words that stand before it."""
    words_before: dict[str, set[str]] = {}
    words = [word.casefold() for word in _WORD.findall(writing.words)]
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        words_before.setdefault(f"{second} {third}", set()).add(first)
    return words_before


def _begins_compound(
    writing: Writing,
    double: re.Match[str],
    compounds: set[str],
    words_before: dict[str, set[str]],
) -> bool:
    """Whether the second word begins a compound.

    A listed one, or one that this file uses after other words too.
    """
    following = _NEXT.match(writing.words, double.end())
    if following is None:
        return False
    pair = f"{double['two']} {following[1]}".casefold()
    if pair in compounds:
        return True
    lead = writing.words[max(0, double.start() - LONGEST_WORD) : double.start()]
    own = {double["one"].casefold()}
    own.update(word.casefold() for word in _WORD.findall(lead)[-1:])
    return bool(words_before.get(pair, set()) - own)


RULES: tuple[Rule, ...] = (
    likely_slip,
    doubled_word,
)
