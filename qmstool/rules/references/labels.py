"""Find links whose words are the code, title or section number of something else than they open."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD
from qmstool.references.model import Target
from qmstool.rules.base.clause_numbers import on_one_branch
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.hiders import doubled_sections
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.text.spans import starting_within
from qmstool.rules.base.text.title_index import TitleIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.references.model import Reference
    from qmstool.references.outline import Outline
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing


@citing_question
def links_named_otherwise(citing: Citing) -> tuple[tuple[int, Target], ...]:
    """Find which references of a file are links whose words name another place, and which."""
    in_text = tuple([each for each in citing.references if each.kind != "link"])
    found = []
    for place, link in enumerate(citing.references):
        target = link.target
        if link.kind != "link" or target is None or target.kind not in {"document", "section"}:
            continue
        start, end = link.whole_span
        inside = [each for each in starting_within(in_text, start, end) if each.end <= end]
        named = citing.outline.index(_LabelReader).named_instead(link, target, inside)
        if named is not None:
            found.append((place, named))
    return tuple(found)


@rule(
    "QMS130",
    "link-names-another",
    Severity.WARNING,
    title=Text(
        "Chữ của đường dẫn gọi một nơi, bấm vào ra nơi khác",
        "A link whose words name another place than it opens",
    ),
    message=Text(
        (
            "Chữ của đường dẫn là «{words}», tức {named}, nhưng bấm vào thì ra {opened}. Nếu "
            "chữ đúng thì sửa địa chỉ; nếu địa chỉ đúng thì sửa chữ."
        ),
        (
            "The words of this link, «{words}», name {named}, but it opens {opened}. If the "
            "words are right, fix the address; if the address is right, fix the words."
        ),
    ),
    hidden_by=(doubled_sections,),
    reads=(links_named_otherwise,),
)
def link_names_another(facts: Facts) -> Iterator[Violation]:
    """Find links whose words name another document or section than the one they open."""
    for writing, found in facts.citing.answers_to(links_named_otherwise):
        for place, named in found:
            link = facts.references.of(writing.file.path)[place]
            if link.target is not None:
                yield _opens_another(facts, link, link.target, named)


class _LabelReader:
    """Reads what the words of links name."""

    def __init__(self, outline: Outline) -> None:
        self.titles = outline.index(TitleIndex)
        config = outline.manual.config
        idle = list(config.all_words.part_of)
        for document_type in config.types.values():
            idle += [document_type.name.vi, document_type.name.en]
        # Words such as «quy trình», «của», which name nothing by themselves.
        self.idle_words = frozenset(" ".join(map(fold_name, idle)).split())
        self.section_words = frozenset(map(fold_name, config.all_words.section))
        self.documents = outline.manual.documents
        self.numbers: dict[str, Mapping[str, str]] = {}

    def named_instead(
        self, link: Reference, target: Target, inside: list[Reference]
    ) -> Target | None:
        """Return what the words of a link name, where that is not its target.

        `inside` are the citations within the words.
        """
        titled = self.documents_titled(link.file.page.prose[slice(*link.whole_span)].strip("\0\1 "))
        if titled:
            return None if target.key in titled else Target("document", min(titled))
        if not inside or not self.only_cites(link, inside):
            return None
        documents = []
        for citation in inside:
            cited = citation.target
            if citation.kind in {"code", "name"} and cited is not None and cited.kind == "document":
                documents.append(cited)
        if documents:
            keys = {document.key for document in documents}
            return None if target.key in keys else documents[0]
        if len(inside) == 1 and inside[0].kind == "number":
            return self.other_section(inside[0], target)
        return None

    def documents_titled(self, label: str) -> set[str]:
        """Return the keys of the documents whose title or name is all of a link's words."""
        if label.partition(" ")[0].casefold() not in self.titles.heads:
            return set()
        return self.titles.keys.get(fold_name(label), set())

    def only_cites(self, link: Reference, inside: list[Reference]) -> bool:
        """Whether the words of a link are citations and nothing else, save idle words."""
        prose, (start, end) = link.file.page.prose, link.whole_span
        rest = []
        for citation in inside:
            rest.append(prose[start : max(start, citation.start)])
            start = max(start, citation.end)
        rest.append(prose[start:end])
        return self.idle_words.issuperset(WORD.findall(fold_name(" ".join(rest))))

    def other_section(self, citation: Reference, target: Target) -> Target | None:
        """Return the section that a number names in the target's document, where it is another."""
        words, _, number = citation.words.rpartition(" ")
        if fold_name(words) not in self.section_words:
            return None
        document = self.documents[target.key]
        if document.key not in self.numbers:
            self.numbers[document.key] = _numbers(document)
        opened = self.numbers[document.key].get(target.anchor, "")
        section = document.by_number.get(number)
        if not opened or section is None or on_one_branch(number, opened):
            return None
        return Target("section", document.key, section.anchor)


def _numbers(document: Document) -> Mapping[str, str]:
    """Return the number of each section by anchor; of one without a number, the last before it."""
    numbers: dict[str, str] = {}
    number = ""
    for section in document.sections:
        number = section.number or number
        numbers.setdefault(section.anchor, number)
    return numbers


def _opens_another(facts: Facts, link: Reference, target: Target, named: Target) -> Violation:
    """Return the violation of a link, with the address that its words mean."""
    meant, opened = _locate(facts, named), _locate(facts, target)
    path = posixpath.relpath(meant.path, posixpath.dirname(link.file.path))
    address = f"{path}#{named.anchor}" if named.anchor else path
    label = link.file.page.prose[slice(*link.whole_span)].replace("\1", " ").strip("\0 ")
    values = {
        "words": " ".join(label.split()),
        "named": _describe(facts, named),
        "opened": _describe(facts, target),
    }
    # The address of a reference link stands elsewhere: «[words][label]».
    place, fix = link.file.source.locate(*link.whole_span), None
    if link.whole_span[0] <= link.start < link.whole_span[1]:
        place, fix = link.location, address
    # Only what is said of a section depends on its document's anchors.
    subjects = (Subject(named.anchor, named.key),) if named.kind == "section" else ()
    return Violation(place, values, fix, (meant, opened), subjects=subjects)


def _locate(facts: Facts, target: Target) -> Location:
    document = facts.manual.documents[target.key]
    section = document.by_anchor.get(target.anchor)
    return section.location if section else document.mark.location


def _describe(facts: Facts, target: Target) -> str:
    document = facts.manual.documents[target.key]
    section = document.by_anchor.get(target.anchor)
    if section is not None:
        return f"{section.heading.text} ({document.name})"
    return f"{document.code} ({document.title})" if document.code else document.title


RULES: tuple[Rule, ...] = (link_names_another,)
