"""Find stray punctuation: blanks on the wrong side of a sign, signs without theirs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.file_answers import question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.text.spans import lies_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule
    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

# How far around a sign, in characters, a web or mail address is looked for.
ADDRESS_REACH = 40
# What stands so often in one file, or in a manual, is a way of writing and no slip.
IN_ONE_FILE, IN_ONE_MANUAL = 3, 8
# What may be one, by the groups of the patterns: «System/ Quality», «products- process».
HABITS = {"torn": "slash", "slash": "slash", "hyphen": "hyphen"}
_CURLY = regex("[“”„‟]")
_ADDRESS = regex(r"\S*?(?:://|www\.|@)")
# What is stray begins with a blank before a sign, or with a sign. Few texts have such a blank.
_FROM_BLANK = r"""
    (?P<before>(?<=[^\W\d_][ \u00a0\u202f])[ \u00a0\u202f]*                            # «đề ra .»
        (?:[,;!?]|:(?!\))|\.(?![.\w…])))
    |(?P<close>(?<=\w[ \u00a0])[ \u00a0]*\))                                          # «cần )»
    |(?P<torn>(?<=[^\W\d_][ \u00a0])[ \u00a0]*/(?=[^\W\d_]))                          # «phẩm /kết»
"""
_FROM_SIGN = r"""
    (?P<open>(?<=\()[ \u00a0]+(?=\w))                                                 # «( nếu»
    |(?P<hyphen>(?<=[^\W\d_]-)[ \u00a0]+(?=(?P<next>[^\W\d_]+)))                      # «đi- đến»
    |(?P<slash>(?<=[^\W\d_]/)(?<!/s/)[ \u00a0]+(?=[^\W\d_]))                         # «phẩm/ kết»
    |(?P<joined>(?<=[^\W\d_][,;])(?=[^\W\d_]))                                        # «thư,lưu»
    |(?P<twice>(?:(?<=\.)\.|(?<=,),|(?<=;);)(?<=[^\W\d_]..)(?<!v\.v..)(?![.…\w/\\]))  # «lại..»
"""
_STRAY_SIGN = regex(
    rf"[,;:!?.)/(-](?:(?P<blank>(?<=[ \u00a0\u202f][,;:!?.)/]))|{_FROM_SIGN})", re.VERBOSE
)
_STRAY = regex(rf"[ \u00a0\u202f(,;./-](?:{_FROM_BLANK}|{_FROM_SIGN})", re.VERBOSE)


class StraySign(NamedTuple):
    """What looks stray, and where it begins, -1 for a heading; `habit` names a way of writing."""

    start: int
    habit: str
    violation: Violation


@question
def stray_signs(writing: Writing) -> tuple[StraySign, ...]:
    """Find what looks stray: it may be part of a code, or a habit of the text or its manual."""
    suspended = writing.wording.prepared(_suspended)
    signs: list[StraySign] = []
    for found in _stray_signs(writing.words):
        following = found["next"]
        if following is not None and following.casefold() in suspended:
            continue  # «pre- and post-market»: the hyphen stands for the rest of a word
        if found["joined"] is None or not _is_in_address(writing.words, found.start()):
            kind = found.lastgroup or ""
            habit = HABITS.get("hyphen" if kind == "next" else kind, "")
            signs.append(StraySign(found.start(), habit, _stray(writing, found)))
    signs += [StraySign(-1, "heading", each) for each in _colon_headings(writing)]
    return tuple(signs)


def _stray_signs(words: str) -> Iterator[re.Match[str]]:
    """Yield what looks stray in some words."""
    signs = list(_STRAY_SIGN.finditer(words))
    after_blank = any(found["blank"] is not None for found in signs)
    yield from _STRAY.finditer(words) if after_blank else signs


def _suspended(wording: Wording) -> frozenset[str]:
    return frozenset(wording.lists["suspended"])


@rule(
    "QMS607",
    "stray-punctuation",
    Severity.INFO,
    Text("Dấu câu, khoảng trắng lệch chỗ", "Stray punctuation or blanks"),
    Text(
        "«{words}»: dấu câu hoặc khoảng trắng không đúng chỗ.",
        "«{words}»: punctuation or a blank stands in the wrong place.",
    ),
    reads=(stray_signs,),
)
def stray_punctuation(facts: Facts) -> Iterator[Violation]:
    """Find blanks on the wrong side of a sign, signs without theirs, headings with a colon.

    And titles of documents that open a quotation or a bracket and do not close it.
    """
    found = [
        (writing, sign) for writing, signs in facts.files.answers_to(stray_signs) for sign in signs
    ]
    in_file = Counter((writing.file.path, sign.habit) for writing, sign in found)
    in_manual = Counter(sign.habit for _, sign in found)
    for writing, sign in found:
        path, habit = writing.file.path, sign.habit
        often = in_file[path, habit] >= IN_ONE_FILE or in_manual[habit] >= IN_ONE_MANUAL
        if habit and often:
            continue
        cited = facts.references.of(path)
        codes = [reference.whole_span for reference in cited if reference.kind == "code"]
        if not lies_inside(codes, sign.start):  # «NĐ- CP» in a number is another spelling of it
            yield sign.violation
    yield from _half_titles(facts)


def _half_titles(facts: Facts) -> Iterator[Violation]:
    """Find titles with one half of a pair; what closes alone may end the number of a list."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.title
        if mark is None:
            continue
        title = mark.text
        quotes = len(_CURLY.findall(title)) % 2  # „one“ in German, “one” in English
        if quotes or title.count("«") != title.count("»") or title.count("(") > title.count(")"):
            yield Violation(mark.location, {"words": title})


def _colon_headings(writing: Writing) -> Iterator[Violation]:
    """Find numbered headings that end in a colon; one without a number announces what follows."""
    for heading in writing.file.page.headings:
        if heading.number is None:
            continue
        line = writing.file.source.text[heading.line_start : heading.line_end]
        if "\n" in line.rstrip("\n"):
            continue  # a line of hyphens made a heading of it: another rule reports that
        title = writing.words[heading.start : heading.end].rstrip("\x01 ")
        if title.endswith(":") and title[-2:-1].isalnum():
            words = writing.plain_words(heading.start, heading.end)
            place = writing.locate(heading.start, heading.end)
            yield Violation(place, {"words": words}, words.rstrip(":"))


def _is_in_address(words: str, at: int) -> bool:
    """Whether a sign stands in a web or mail address."""
    first = at - ADDRESS_REACH
    after_blanks = (words.rfind(blank, max(0, first), at) + 1 for blank in " \n\0\x01\u00a0")
    return _ADDRESS.match(words, max(first, *after_blanks), at + ADDRESS_REACH) is not None


def _stray(writing: Writing, found: re.Match[str]) -> Violation:
    """Report a stray sign, with the words that touch it put right."""
    start, end = found.span()
    sign = re.sub(r"[ \u00a0\u202f]+", "", found[0])
    if found["twice"] is not None:
        sign = sign[:1]
    first, last = writing.whole_words(start, end)
    before = " " if sign == "-" else ""
    after = " " if sign in ",;:!?-" and writing.words[end : end + 1].isalpha() else ""
    tidy = (
        writing.plain_words(first, start) + before + sign + after + writing.plain_words(end, last)
    )
    return Violation(writing.locate(first, last), {"words": writing.plain_words(first, last)}, tidy)


RULES: tuple[Rule, ...] = (stray_punctuation,)
