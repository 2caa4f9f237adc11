"""Every citation and link of a manual to its target, or to nothing: the one answer that the checker and the site both use."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from qmstool.model import UNKNOWN
from qmstool.references import How, Reference, References, Target
from qmstool.resolve_links import Links
from qmstool.sources.citations import BLANK, Citation, Finder, Shapes
from qmstool.sources.codes import fits, phrase
from qmstool.sources.codes import key as fold_code
from qmstool.sources.entries import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.model import Document, Manual, Section, TextFile

# What a code or outside number means that nothing registers; that is told where it stands, and its parts are not looked for.
NOWHERE = Target("outside", "")
# Numbers of one list stand this close, in characters: «8.1, 8.2 và 8.4».
JOINED = 12
# «mục 2 Phụ lục I của Nghị định số 30/2020/NĐ-CP»: a few words may stand between a part and the outside document it is of.
OUTSIDE_LEAD = re.compile(rf"(?:{BLANK}+[^\W\d_]+){{0,6}}{BLANK}+")


def resolve(manual: Manual) -> References:
    """Find and resolve every reference of every document of a manual."""
    resolver = _Resolver(manual)
    found = [
        reference
        for document in manual.documents.values()
        for file in document.files
        for reference in resolver.file(document, file)
    ]
    return References(tuple(found))


def shapes_of(manual: Manual) -> Shapes:
    """What counts as a citation in this manual: its code shapes, the codes that have no shape, names and words."""
    words = manual.config.all_words
    typed = [each.code.text for each in manual.config.types.values() if each.code]
    codes = [document.code for document in manual.documents.values() if document.code]
    shapeless = [code for code in codes if not any(fits(code, shape) for shape in typed)]
    numbers = [each.text for each in manual.config.external_shapes]
    known = [each.number for each in manual.externals.values() if each.number != UNKNOWN]
    odd = [number for number in known if not any(fits(number, shape) for shape in numbers)]
    return Shapes(
        codes=(*typed, *shapeless),
        external=(*numbers, *odd),
        names=tuple(_names(manual)),
        clause=words.clause,
        section=words.section,
        annex=words.annex,
        to=words.to,
        both=words.both,
    )


def _names(manual: Manual) -> dict[str, Target]:
    """Every name by which running text may call something, folded, with what it means."""
    names: dict[str, Target] = {}
    for catalogue in manual.catalogues.values():
        for name in catalogue.cited_as:
            names.setdefault(fold_name(name), Target("catalogue", catalogue.key))
    for external in manual.externals.values():
        for mark in external.names:
            names.setdefault(fold_name(mark.text), Target("external", external.key))
    for document in manual.documents.values():
        for mark in document.names:
            names.setdefault(fold_name(mark.text), Target("document", document.key))
    return names


class _Resolver:
    """The indexes of one manual, and the questions asked of them."""

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.links = Links(manual)
        self.finder = Finder(shapes_of(manual))
        self.close: dict[tuple[str, str], str | None] = {}
        self.names = _names(manual)
        self.numbers = {fold_code(each.number): each.key for each in manual.externals.values() if each.number != UNKNOWN}
        self.standard = manual.catalogue.key if manual.catalogue else ""
        self.editions = {fold_name(name): each.key for each in manual.catalogues.values() for name in each.cited_as}
        self.meant: dict[tuple[str, str], Target | None] = {}
        self.annexes: dict[str, dict[str, Section]] = {}
        of = "|".join(phrase(word) for word in manual.config.all_words.of)
        self.joint = re.compile(rf"{BLANK}*(?:[,;:(]|{of or '(?!)'})?{BLANK}*(?:(?:{of or '(?!)'}){BLANK}+)?\Z", re.IGNORECASE)

    def file(self, document: Document, file: TextFile) -> Iterator[Reference]:
        """All references of one file, in the order of its words."""
        found = [self.links.reference(document, file, link) for link in file.page.links]
        prose = file.page.prose
        cited = self.finder.find(prose)
        targets = [self.named(each) or (None if each.number else NOWHERE) for each in cited]
        for at, citation in enumerate(cited):
            if citation.number:
                if not _in_heading(file, citation):
                    reference = self.numbered(document, file, cited, targets, at)
                    if reference is not None:
                        found.append(reference)
            else:
                found.append(self.cited(document, file, citation, None if targets[at] is NOWHERE else targets[at]))
        found.sort(key=lambda each: each.start)
        yield from found

    # --- codes and names ---

    def named(self, citation: Citation) -> Target | None:
        """What a code, outside number or name means; most are cited more than once."""
        asked = (citation.kind, citation.text)
        if asked not in self.meant:
            self.meant[asked] = self.meaning(citation)
        return self.meant[asked]

    def meaning(self, citation: Citation) -> Target | None:
        """What a code, outside number or name is registered as."""
        match citation.kind:
            case "code":
                key = fold_code(citation.text)
                return Target("document", key) if key in self.manual.documents else None
            case "external":
                key = self.numbers.get(fold_code(citation.text), "")
                return Target("external", key) if key else None
            case "name":
                return self.names.get(fold_name(citation.text))
            case _:
                return None

    def cited(self, document: Document, file: TextFile, citation: Citation, target: Target | None) -> Reference:
        """The reference of a code, outside number or name."""
        how: How = "name" if citation.kind == "name" else "code"
        fault, suggestion = None, None
        if target is None:
            fault = "unknown-code" if citation.kind == "code" else "unknown-external"
            suggestion = self.nearest(citation)
        return _reference(document, file, how, citation, target, fault, suggestion)

    def nearest(self, citation: Citation) -> str | None:
        """The registered code or number closest to one that is not."""
        asked = (citation.kind, citation.text)
        if asked not in self.close:
            names = [each.code for each in self.manual.documents.values() if each.code]
            numbers = [each.number for each in self.manual.externals.values()]
            self.close[asked] = nearest(citation.text, names if citation.kind == "code" else numbers)
        return self.close[asked]

    # --- numbers after a word ---

    def numbered(
        self, document: Document, file: TextFile, cited: list[Citation], targets: list[Target | None], at: int
    ) -> Reference | None:
        """The reference of «mục 5.2», «điều khoản 7.5», «phụ lục 1»; None for a part of an outside or unregistered document."""
        citation = cited[at]
        whose = self.whose(file.page.prose, cited, targets, at)
        if whose is not None and whose.kind in {"external", "outside"}:
            return None
        if citation.kind == "clause" or (whose is not None and whose.kind == "catalogue"):
            return self.clause(document, file, citation, whose.key if whose and whose.kind == "catalogue" else self.standard)
        home = self.manual.documents[whose.key] if whose else document
        return self.section(document, file, citation, home)

    def whose(self, prose: str, cited: list[Citation], targets: list[Target | None], at: int) -> Target | None:
        """What a number is a part of by its neighbours: «QT BIS 01, mục 5.2», «mục 5.2 của QT BIS 01»; None: nothing named."""
        first, last = _run(cited, at)
        if first and targets[first - 1] is not None and self.joint.match(prose[cited[first - 1].end : cited[first].start]):
            return self.edition(cited[first - 1], targets[first - 1])
        if last + 1 == len(cited):
            return None
        if cited[last + 1].number and self.joint.match(prose[cited[last].end : cited[last + 1].start]):
            # «mục 2 Phụ lục I của …»: what the next number is a part of, this one is a part of too.
            return self.whose(prose, cited, targets, last + 1) if cited[last + 1].kind != cited[last].kind else None
        following = self.edition(cited[last + 1], targets[last + 1])
        between = prose[cited[last].end : cited[last + 1].start]
        if self.joint.match(between) and not between.lstrip(" \x01").startswith((",", ";", ":")):
            return following
        outside = cited[last + 1].kind == "external" and OUTSIDE_LEAD.fullmatch(between)
        return following if outside else None

    def edition(self, citation: Citation, target: Target | None) -> Target | None:
        """A standard cited as an outside document is, for its clauses, the catalogue of that name."""
        key = self.editions.get(fold_name(citation.text)) if target is not None and target.kind == "external" else None
        return Target("catalogue", key) if key else target

    def clause(self, document: Document, file: TextFile, citation: Citation, key: str) -> Reference:
        """A clause of a standard."""
        catalogue = self.manual.catalogues.get(key)
        if catalogue is None or citation.number in catalogue.clauses:
            target = Target("clause", citation.number, within=key) if catalogue else None
            return _reference(document, file, "number", citation, target)
        values = (("number", citation.number), ("standard", f"{catalogue.standard}:{catalogue.edition}"))
        close = near_number(citation.number, catalogue.clauses)
        return _reference(document, file, "number", citation, None, "unknown-clause", close, values)

    def section(self, document: Document, file: TextFile, citation: Citation, home: Document) -> Reference:
        """A section or annex of a document of this manual."""
        annex = citation.kind == "annex"
        numbers = self.annexes_of(home) if annex else home.by_number
        section = numbers.get(_annex(citation.number) if annex else citation.number)
        if section is None and home is self.manual.main and citation.kind == "section":
            section = self.answering(citation.number)
        if section is not None:
            return _reference(document, file, "number", citation, Target("section", home.key, section.anchor))
        if not home.held:
            values = (("number", citation.number), ("document", home.name))
            return _reference(document, file, "number", citation, Target("document", home.key), "section-not-held", None, values)
        what = (("what_vi", "phụ lục"), ("what_en", "annex")) if annex else (("what_vi", "mục"), ("what_en", "section"))
        told = (("number", citation.number), ("document", home.name), *what)
        close = near_number(citation.number, numbers)
        return _reference(document, file, "number", citation, None, "unknown-section", close, told)

    def annexes_of(self, document: Document) -> dict[str, Section]:
        """The annexes of a document by number."""
        if document.key not in self.annexes:
            self.annexes[document.key] = _annexes(document, self.manual)
        return self.annexes[document.key]

    def answering(self, number: str) -> Section | None:
        """The section of the manual that answers a clause without a section of its own number."""
        coverage = self.manual.coverage.get(self.standard)
        row = coverage.answer(number) if coverage else None
        return section_of(self.manual, row.section.text) if row and row.section else None


def section_of(manual: Manual, name: str) -> Section | None:
    """The manual's section named by the mapping: its number, or number#anchor."""
    main = manual.main
    if main is None:
        return None
    number, _, anchor = name.partition("#")
    section = main.by_number.get(number)
    if section is None or not anchor:
        return section
    return next((each for each in main.sections if each.file is section.file and each.anchor == anchor), None)


def near_number(number: str, numbers: Iterable[str]) -> str | None:
    """The number probably meant by one that is not there: one beside it under the same heading; else one spelt like it."""
    known = tuple(numbers)
    above, dot, own = number.strip(" .").rpartition(".")
    if above + dot + own in known:
        return above + dot + own
    beside = {int(last): each for each in known for head, _, last in [each.rpartition(".")] if head == above and last.isdigit()}
    if beside and own.isdigit():
        return beside[min(beside, key=lambda last: (abs(last - int(own[:6])), -last))]
    return nearest(number, known)


def fold_name(name: str) -> str:
    """A name as it is compared: NFC, lower case, one blank, one kind of dash without blanks around it."""
    folded = unicodedata.normalize("NFC", " ".join(name.replace("\x01", " ").split())).casefold()
    return re.sub(r" ?[-–—‐‑] ?", "-", folded)


def _run(cited: list[Citation], at: int) -> tuple[int, int]:
    """First and last of the numbers listed together with one: «8.1, 8.2 và 8.4»."""
    first = last = at
    while first and _listed(cited, first - 1):
        first -= 1
    while last + 1 < len(cited) and _listed(cited, last):
        last += 1
    return first, last


def _listed(cited: list[Citation], at: int) -> bool:
    one, two = cited[at], cited[at + 1]
    return bool(one.number and two.number) and one.kind == two.kind and two.start - one.end < JOINED


def _annex(number: str) -> str:
    """«01» and «1» are one annex: a title's leading zero is lay-out."""
    return number.lstrip("0") or number


def _annexes(document: Document, manual: Manual) -> dict[str, Section]:
    """The annexes of a document by number: headings that open with an annex word."""
    words = manual.config.all_words.annex
    if not words:
        return {}
    opening = re.compile(rf"(?:{'|'.join(phrase(word) for word in words)})\s+(\d+|[A-Z]|[IVX]+)(?!\w)", re.IGNORECASE)
    found = ((opening.match(section.heading.text), section) for section in document.sections)
    return {_annex(match[1]): section for match, section in found if match}


def _in_heading(file: TextFile, citation: Citation) -> bool:
    headings = file.page.headings
    at = bisect_right(headings, citation.start, key=lambda heading: heading.start) - 1
    return at >= 0 and citation.start < headings[at].end


def _reference(
    document: Document,
    file: TextFile,
    how: How,
    citation: Citation,
    target: Target | None,
    fault: str | None = None,
    suggestion: str | None = None,
    values: tuple[tuple[str, str], ...] = (),
) -> Reference:
    span = (citation.start, citation.end)
    values = (("words", citation.text), *values)
    return Reference(file, document.key, how, *span, citation.text, target, span, fault, suggestion, values)
