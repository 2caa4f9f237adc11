"""Rules on titles beside what they do not belong to: a code, or the number of a section or clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmstool.findings import Severity, Violation
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code, fold_name
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.manual.standards import Catalogue
    from qmstool.references.model import Reference, Target
    from qmstool.rules.base.adjacent_titles import Beside

BLANKS = "[ \\t\\n\\u00a0\\u202f\\x01]*"
# What may stand between a number and the title beside it: «mục 7.4 (Trao đổi thông tin)», «mục 7.4:
# Trao đổi thông tin».
OPENING = re.compile(rf"{BLANKS}(?P<sign>[(:«“\"–—-]){BLANKS}[«“\"]?{BLANKS}")
# The other way round only in quotes, for a title is often plain words: ««Trao đổi thông tin» (mục
# 7.4)».
CLOSING = re.compile(rf"[«“\"](?P<said>[^«»“”\"\x00]{{2,200}})[»”\"]{BLANKS}[(,–—-]?{BLANKS}\Z")
ENDS = re.compile(rf"{BLANKS}[)»”\"]")
SHORTEST_TITLE, SHORTEST_ALONE, LONGEST_TITLE = 3, 2, 200
ALONE = re.compile(rf"{BLANKS}\)")


def code_beside_other_title(facts: Facts) -> Iterator[Violation]:
    """A document's code with the title or name of another right beside it."""
    for pairs in facts.beside.by_path.values():
        # «QT VP 01 – Quy trình đánh giá nội bộ (QT VP 02)»: the title has its own code on its other
        # side.
        settled = {
            pair.at for pair in pairs if pair.code.target and pair.code.target.key in pair.keys
        }
        for pair in pairs:
            if pair.at in settled:
                continue
            coded = facts.manual.documents[pair.code.target.key] if pair.code.target else None
            named = facts.manual.documents[min(pair.keys)]
            if coded is None or not _contradicts(pair, coded, named):
                continue
            instead = Text(f"ghi mã {named.code}", f"the code is {named.code}")
            if not named.code:
                instead = Text(
                    "bỏ mã này (tài liệu ấy chưa có mã)",
                    "leave the code out (that document has none)",
                )
            values = {
                "name": pair.title,
                "words": pair.code.words,
                "title": coded.title,
                "code": named.name,
            }
            values |= {"instead_vi": instead.vi, "instead_en": instead.en}
            yield Violation(
                pair.code.location,
                values,
                named.code or None,
                (named.mark.location, coded.mark.location),
            )


def _contradicts(pair: Beside, coded: Document, named: Document) -> bool:
    """Whether a code is not that of the title beside it: nor its form's or procedure's, nor a short form of its own."""
    said = fold_name(pair.title)
    if coded.key in pair.keys or any(
        fold_name(own).startswith(said)
        for own in (coded.title, *(each.text for each in coded.names))
    ):
        return False
    if pair.sure:
        return True
    families = {
        fold_code(each.text)
        for each in (coded.record.get("parent"), named.record.get("parent"))
        if each
    }
    if families & {coded.key, named.key}:
        return False
    # «Mục tiêu chất lượng (STCL, mục 6.2)» says where a thing is told, not what its code is.
    registered = any(fold_name(each.text) == said for each in named.names)
    prose, (start, end) = pair.code.file.page.prose, pair.at
    inside = end <= pair.code.start and "(" in prose[end : pair.code.start]
    return (
        registered
        or not inside
        or ALONE.match(prose, pair.code.end) is not None
        or start > pair.code.start
    )


class Titled(NamedTuple):
    """Something with a number and a title: a section, or a clause of a standard."""

    number: str
    title: str
    location: Location


@dataclass(frozen=True, slots=True)
class Home:
    """What is titled in one document or standard: by folded title, long enough to be told; and by number."""

    by_title: Mapping[str, tuple[Titled, ...]]
    by_number: Mapping[str, Titled]


def number_beside_other_title(facts: Facts) -> Iterator[Violation]:
    """The number of a section or clause with the title of another right beside it, as renumbering leaves them behind."""
    homes: dict[tuple[str, str], Home] = {}
    for reference in facts.references.all:
        target = reference.target
        if reference.kind != "number" or target is None or target.kind not in {"section", "clause"}:
            continue
        said = _beside(reference)
        if not said:
            continue
        at = (target.kind, target.within if target.kind == "clause" else target.key)
        if at not in homes:
            homes[at] = _home(facts, *at)
        own = _called(facts, homes[at], target)
        if own is None or (fold_name(own.title) in said and own.title):
            continue
        found = next((homes[at].by_title[part] for part in said if part in homes[at].by_title), ())
        if found and not any(_within(each.number, own.number) for each in found):
            values = {
                "words": reference.words,
                "title": found[0].title,
                "own": own.title,
                "number": found[0].number,
            }
            right = (
                reference.words.removesuffix(reference.words.rpartition(" ")[2]) + found[0].number
            )
            yield Violation(reference.location, values, right, (found[0].location, own.location))


def _beside(reference: Reference) -> list[str]:
    """What may be the title beside a number, folded, the longest first."""
    prose = reference.file.page.prose
    opening = OPENING.match(prose, reference.end)
    if opening:
        said = prose[opening.end() : opening.end() + LONGEST_TITLE].partition("\0")[0]
        ends = ENDS.search(said)
        alone = fold_name(said[: ends.start()]) if ends and said[:1].isupper() else ""
        return [
            each
            for each in _beginnings(fold_name(said))
            if each.count(" ") + 1 >= SHORTEST_TITLE or each == alone
        ]
    before = CLOSING.search(prose, max(0, reference.start - LONGEST_TITLE), reference.start)
    return [fold_name(before["said"]).strip()] if before else []


def _beginnings(said: str) -> list[str]:
    """What may be a title at the head of a text, the longest first: all of it, or up to where a word ends."""
    return [said[:at] for at in range(len(said), 0, -1) if not said[at : at + 1].isalnum()]


def _home(facts: Facts, kind: str, key: str) -> Home:
    """What is titled in a standard or document; nothing of a document whose anchors stand twice."""
    document = facts.manual.documents.get(key)
    titled: list[Titled] = []
    if kind == "clause":
        titled = list(_clauses(facts.manual.catalogues[key]))
    elif document is not None and not facts.lost.section(document):
        titled = [
            Titled(each.number, each.title, each.location)
            for each in document.sections
            if each.number
        ]
    found: dict[str, list[Titled]] = {}
    for each in titled:
        folded = fold_name(each.title)
        if folded.count(" ") + 1 >= SHORTEST_ALONE:
            found.setdefault(folded, []).append(each)
    return Home(
        {title: tuple(group) for title, group in found.items()},
        {each.number: each for each in reversed(titled)},
    )


def _clauses(catalogue: Catalogue) -> Iterator[Titled]:
    for clause in catalogue.clauses.values():
        for title in dict.fromkeys((clause.title.vi, clause.title.en) if clause.title else ()):
            yield Titled(clause.number, title, clause.mark.location)


def _called(facts: Facts, home: Home, target: Target) -> Titled | None:
    """What a number leads to, or the nearest clause above it that has a title; None of an annex."""
    if target.kind == "section":
        section = facts.manual.documents[target.key].by_anchor.get(target.anchor)
        return home.by_number.get(section.number) if section else None
    number = target.key
    while number and number not in home.by_number:
        number = number.rpartition(".")[0]
    return home.by_number.get(number)


def _within(one: str, other: str) -> bool:
    """Whether one number is the other or stands above or below it."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


W = Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS112", "code-beside-other-title", W,
        Text("Mã đứng cạnh tên của tài liệu khác", "A code beside another document's title"),
        Text(
            "«{name}» là tên của {code}, còn mã «{words}» ghi cạnh đó là của «{title}». Nếu "
            "tên đúng thì {instead_vi}; nếu mã đúng "
            "thì ghi tên «{title}». Người có thẩm quyền quyết định.",
            "«{name}» is the title of {code}, but the code beside it, «{words}», is that of "
            "«{title}». If the title is right, "
            "{instead_en}; if the code is right, the title is «{title}». Somebody with "
            "authority must decide which.",
        ),
        code_beside_other_title,
    ),
    Rule(
        "QMS116", "number-beside-other-title", W,
        Text("Số mục, số điều khoản đứng cạnh tên của nơi khác", "A number beside another section's or clause's title"),
        Text(
            "«{words}» là «{own}», nhưng tên ghi cạnh đó («{title}») là của số {number}. Nếu "
            "tên đúng thì ghi số {number}; nếu số "
            "đúng thì ghi tên «{own}».",
            "«{words}» is «{own}», but the title beside it («{title}») is that of number "
            "{number}. If the title is right, the "
            "number is {number}; if the number is right, the title is «{own}».",
        ),
        number_beside_other_title,
    ),
)
