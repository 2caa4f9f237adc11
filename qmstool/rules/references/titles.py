"""Find titles beside what they do not belong to: a code, or the number of a section or clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.frozen import NamedTuple, dataclass, replace
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.patterns import regex
from qmstool.rules.base.adjacent_titles import pairs_in_file
from qmstool.rules.base.clause_numbers import on_one_branch
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import doubled_sections
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.text.title_index import BLANKS
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.standards import Catalogue
    from qmstool.references.model import Reference, Target
    from qmstool.rules.base.adjacent_titles import AdjacentTitle
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing

# What may stand between a number and the title beside it: «mục 7.4 (Trao đổi thông tin)», «mục 7.4:
# Trao đổi thông tin».
BETWEEN = regex(rf"{BLANKS}(?P<sign>[(:«“\"–—-]){BLANKS}[«“\"]?{BLANKS}")
# The other way round only in quotes, for a title is often plain words: ««Trao đổi thông tin» (mục
# 7.4)».
QUOTED_BEFORE = regex(rf"[«“\"](?P<title>[^«»“”\"\x00]{{2,200}})[»”\"]{BLANKS}[(,–—-]?{BLANKS}\Z")
# Another number right before, joined by a sign: «4.2.4, 4.2.5».
LIST_BEFORE = regex(rf"\d{BLANKS}[,;/&]{BLANKS}\Z")
END_OF_QUOTE = regex(rf"{BLANKS}[)»”\"]")
END_OF_BRACKET = regex(rf"{BLANKS}\)")
# How many words a title needs to be told from other words, alone in brackets or quotes and else;
# and how long one may be, in characters.
FEWEST_WORDS_ALONE, FEWEST_WORDS, LONGEST_TITLE = 2, 3, 200


@rule(
    "QMS112",
    "code-beside-other-title",
    Severity.WARNING,
    title=Text("Mã đứng cạnh tên của tài liệu khác", "A code beside another document's title"),
    message=Text(
        (
            "«{name}» là tên của {code}, còn mã «{words}» ghi cạnh đó là của «{title}». Nếu "
            "tên đúng thì {instead_vi}; nếu mã đúng thì ghi tên «{title}». Người có thẩm "
            "quyền quyết định."
        ),
        (
            "«{name}» is the title of {code}, but the code beside it, «{words}», is that of "
            "«{title}». If the title is right, {instead_en}; if the code is right, the title "
            "is «{title}». Somebody with authority must decide which."
        ),
    ),
    reads=(pairs_in_file,),
)
def code_beside_other_title(facts: Facts) -> Iterator[Violation]:
    """Find codes of documents with the title or name of another one right beside them."""
    for pairs in facts.adjacent_titles.values():
        # «QT VP 01 – Quy trình đánh giá nội bộ (QT VP 02)»: the title has its own code on its other
        # side.
        settled = {pair.span for pair in pairs if pair.coded in pair.keys}
        # «Bảo trì: QT VP 01 – Quy trình kiểm soát tài liệu»: the code has its own title behind it.
        titled_behind = {
            pair.code.start
            for pair in pairs
            if pair.coded in pair.keys and pair.span[0] >= pair.code.end
        }
        for pair in pairs:
            if pair.span in settled or pair.code.start in titled_behind:
                continue
            coded = facts.manual.documents[pair.coded]
            titled = facts.manual.documents[min(pair.keys)]
            if _contradicts(pair, coded, titled):
                yield _mismatch(pair, coded, titled)


def _mismatch(pair: AdjacentTitle, coded: Document, titled: Document) -> Violation:
    """Return the violation of a code that is not that of the title beside it."""
    if titled.code:
        instead = Text(f"ghi mã {titled.code}", f"the code is {titled.code}")
    else:
        instead = Text(
            "bỏ mã này (tài liệu ấy chưa có mã)", "leave the code out (that document has none)"
        )
    values = {
        "name": pair.title,
        "words": pair.code.words,
        "title": coded.title,
        "code": titled.name,
        **bilingual(instead=instead),
    }
    related = (titled.mark.location, coded.mark.location)
    return Violation(pair.code.location, values, titled.code or None, related)


def _contradicts(pair: AdjacentTitle, coded: Document, titled: Document) -> bool:
    """Whether a code is wrong beside a title: neither its own nor that of its form or procedure."""
    if coded.key in pair.keys or _is_short_form(pair.title, coded):
        return False
    if pair.sure:
        return True
    # «Báo cáo đánh giá nội bộ QT VP 02» is a report on it.
    is_about = pair.touches and titled.type != coded.type
    if is_about or titled.key == _parent(coded) or coded.key == _parent(titled):
        return False
    # «Mục tiêu chất lượng (STCL, mục 6.2)» says where a thing is told, not what its code is.
    title = fold_name(pair.title)
    if any(fold_name(name.text) == title for name in titled.names):
        return True
    prose, (start, end) = pair.code.file.page.prose, pair.span
    if start > pair.code.start or "(" not in prose[end : pair.code.start]:
        return True
    return END_OF_BRACKET.match(prose, pair.code.end) is not None


def _is_short_form(title: str, document: Document) -> bool:
    """Whether a title is the beginning of a document's title or of one of its names."""
    folded = fold_name(title)
    own_names = (document.title, *(name.text for name in document.names))
    return any(fold_name(name).startswith(folded) for name in own_names)


def _parent(document: Document) -> str | None:
    """Return the key of the document that a form belongs to."""
    mark = document.front_matter.parent
    return fold_code(mark.text) if mark else None


class Titled(NamedTuple):
    """Something with a number and a title: a section, or a clause of a standard."""

    number: str
    title: str
    location: Location


@dataclass(frozen=True, slots=True)
class NumberedTitles:
    """What is titled in one document or standard: by folded title, and by number."""

    by_title: Mapping[str, tuple[Titled, ...]]
    by_number: Mapping[str, Titled]


@citing_question
def numbers_beside_words(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file are numbers with what may be a title beside them."""
    places = []
    for place, reference in enumerate(citing.references):
        target = reference.target
        if reference.kind != "number" or target is None or target.kind not in {"section", "clause"}:
            continue
        if _titles_beside(reference):
            places.append(place)
    return tuple(places)


@rule(
    "QMS116",
    "number-beside-other-title",
    Severity.WARNING,
    title=Text(
        "Số mục, số điều khoản đứng cạnh tên của nơi khác",
        "A number beside another section's or clause's title",
    ),
    message=Text(
        (
            "«{words}» là «{own}», nhưng tên ghi cạnh đó («{title}») là của số {number}. Nếu "
            "tên đúng thì ghi số {number}; nếu số đúng thì ghi tên «{own}»."
        ),
        (
            "«{words}» is «{own}», but the title beside it («{title}») is that of number "
            "{number}. If the title is right, the number is {number}; if the number is "
            "right, the title is «{own}»."
        ),
    ),
    hidden_by=(doubled_sections,),
    reads=(numbers_beside_words,),
)
def number_beside_other_title(facts: Facts) -> Iterator[Violation]:
    """Find numbers of sections and clauses with the title of another one right beside them."""
    titles_in: dict[tuple[str, str], NumberedTitles] = {}
    for reference in facts.references_of(numbers_beside_words):
        target = reference.target
        if target is None:
            continue
        candidates = _titles_beside(reference)
        home = (target.kind, target.key)
        if target.kind == "clause":
            home = (target.kind, target.owner)
        if home not in titles_in:
            titles_in[home] = _collect_titles(facts, *home)
        titles = titles_in[home]
        own = _titled_target(facts, titles, target)
        if own is None or (own.title and fold_name(own.title) in candidates):
            continue
        others = _first_known(titles, candidates)
        if others and not any(on_one_branch(other.number, own.number) for other in others):
            about = (Subject(target.anchor, target.key),) if target.kind == "section" else ()
            yield replace(_wrong_number(reference, own, others[0]), subjects=about)


def _first_known(titles: NumberedTitles, candidates: list[str]) -> tuple[Titled, ...]:
    """Return what bears the first of the candidates that is a title."""
    for candidate in candidates:
        if candidate in titles.by_title:
            return titles.by_title[candidate]
    return ()


def _wrong_number(reference: Reference, own: Titled, other: Titled) -> Violation:
    """Return the violation of a number that has the title of another one beside it."""
    values = {
        "words": reference.words,
        "title": other.title,
        "own": own.title,
        "number": other.number,
    }
    right = reference.words.removesuffix(reference.words.rpartition(" ")[2]) + other.number
    return Violation(reference.location, values, right, (other.location, own.location))


def _titles_beside(reference: Reference) -> list[str]:
    """Return what may be the title beside a number, folded, the longest first."""
    prose = reference.file.page.prose
    between = BETWEEN.match(prose, reference.end)
    if between is not None and LIST_BEFORE.search(prose, 0, reference.start):
        return []  # «4.2.4, 4.2.5: …» is a title of both
    if between is None:
        start = max(0, reference.start - LONGEST_TITLE)
        quoted = QUOTED_BEFORE.search(prose, start, reference.start)
        return [fold_name(quoted["title"]).strip()] if quoted else []
    words = prose[between.end() : between.end() + LONGEST_TITLE].partition("\0")[0]
    end = END_OF_QUOTE.search(words)
    alone = fold_name(words[: end.start()]) if end and words[:1].isupper() else ""
    beginnings = _beginnings(fold_name(words))
    return [title for title in beginnings if title == alone or _long_enough(title)]


def _long_enough(title: str) -> bool:
    return title.count(" ") + 1 >= FEWEST_WORDS


def _beginnings(words: str) -> list[str]:
    """Return a text up to where each of its words ends, the longest first: all of it."""
    return [words[:end] for end in range(len(words), 0, -1) if not words[end : end + 1].isalnum()]


def _collect_titles(facts: Facts, kind: str, key: str) -> NumberedTitles:
    """Return what is titled in a standard or a document."""
    titled: list[Titled] = []
    document = facts.manual.documents.get(key)
    if kind == "clause":
        titled += _clauses(facts.manual.catalogues[key])
    elif document is not None:
        titled += _sections(document)
    by_title: dict[str, list[Titled]] = {}
    for place in titled:
        folded = fold_name(place.title)
        if folded.count(" ") + 1 >= FEWEST_WORDS_ALONE:
            by_title.setdefault(folded, []).append(place)
    return NumberedTitles(
        {title: tuple(places) for title, places in by_title.items()},
        {place.number: place for place in reversed(titled)},
    )


def _sections(document: Document) -> Iterator[Titled]:
    for section in document.sections:
        if section.number:
            yield Titled(section.number, section.title, section.location)


def _clauses(catalogue: Catalogue) -> Iterator[Titled]:
    for clause in catalogue.clauses.values():
        titles = (clause.title.vi, clause.title.en) if clause.title else ()
        for title in dict.fromkeys(titles):
            yield Titled(clause.number, title, clause.mark.location)


def _titled_target(facts: Facts, titles: NumberedTitles, target: Target) -> Titled | None:
    """Return what a number leads to, or the nearest clause above it that has a title.

    None for an annex.
    """
    if target.kind == "section":
        section = facts.manual.documents[target.key].by_anchor.get(target.anchor)
        return titles.by_number.get(section.number) if section else None
    number = target.key
    while number and number not in titles.by_number:
        number = number.rpartition(".")[0]
    return titles.by_number.get(number)


RULES: tuple[Rule, ...] = (
    code_beside_other_title,
    number_beside_other_title,
)
