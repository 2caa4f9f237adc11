"""The rule on links whose words are the code, title or section number of something else than what they open."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_name
from qmstool.references.model import Target
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.findings import Location
    from qmstool.manual.documents import Document
    from qmstool.references.model import Reference

WORD = re.compile(r"[^\W_]+")


def link_names_another(facts: Facts) -> Iterator[Violation]:
    """Links whose words are the code, name, title or section number of something else than what they open."""
    labels = _Labels(facts)
    for cited in facts.references.by_path.values():
        named_in_text = [each for each in cited if each.kind != "link"]
        starts = [each.start for each in named_in_text]
        for link in cited:
            target = link.target
            if (
                link.kind == "link"
                and target is not None
                and target.kind in {"document", "section"}
            ):
                begin, end = link.whole
                first = bisect_left(starts, begin)
                some = first < len(starts) and starts[first] < end
                inside = (
                    [
                        each
                        for each in named_in_text[first : bisect_left(starts, end)]
                        if each.end <= end
                    ]
                    if some
                    else []
                )
                named = labels.meant(link, target, inside)
                if named is not None:
                    yield _opens_another(facts, link, target, named)


class _Labels:
    """What the words of links name."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        config = facts.manual.config
        kinds = (name for kind in config.types.values() for name in (kind.name.vi, kind.name.en))
        self.idle = frozenset(
            word for each in (*kinds, *config.all_words.of) for word in fold_name(each).split()
        )
        self.section_words = frozenset(map(fold_name, config.all_words.section))
        self.numbers: dict[str, Mapping[str, str]] = {}

    def meant(self, link: Reference, target: Target, inside: list[Reference]) -> Target | None:
        """The document or section that the words of a link name, where they name nothing but others than its target."""
        label, titles = (
            link.file.page.prose[slice(*link.whole)].strip("\0\1 "),
            self.facts.beside.titles,
        )
        titled = (
            titles.keys.get(fold_name(label), set())
            if label.split(" ")[0].casefold() in titles.heads
            else set()
        )
        if titled:
            return None if target.key in titled else Target("document", min(titled))
        if not inside or not _only_cites(link, inside, self.idle):
            return None
        named = [
            each.target
            for each in inside
            if each.kind in {"code", "name"} and each.target and each.target.kind == "document"
        ]
        if named:
            return None if target.key in {each.key for each in named} else named[0]
        return (
            self.section(inside[0], target)
            if len(inside) == 1 and inside[0].kind == "number"
            else None
        )

    def section(self, number: Reference, target: Target) -> Target | None:
        """The section of the target's document that a number names, where the target is another."""
        words, _, said = number.words.rpartition(" ")
        home = self.facts.manual.documents[target.key]
        if fold_name(words) not in self.section_words or self.facts.lost.section(home):
            return None
        if home.key not in self.numbers:
            self.numbers[home.key] = _numbers(home)
        here, there = self.numbers[home.key].get(target.anchor, ""), home.by_number.get(said)
        return (
            Target("section", home.key, there.anchor)
            if here and there and not _within(said, here)
            else None
        )


def _only_cites(link: Reference, inside: list[Reference], idle: frozenset[str]) -> bool:
    """Whether the words of a link are citations and nothing else, save idle ones such as «quy trình», «của»."""
    prose, (at, end), rest = link.file.page.prose, link.whole, []
    for each in inside:
        rest.append(prose[at : max(at, each.start)])
        at = max(at, each.end)
    return set(WORD.findall(fold_name(" ".join([*rest, prose[at:end]])))) <= idle


def _numbers(home: Document) -> Mapping[str, str]:
    """The number of each section, or of the last one before it that has a number, by anchor."""
    found: dict[str, str] = {}
    number = ""
    for section in home.sections:
        number = section.number or number
        found.setdefault(section.anchor, number)
    return found


def _opens_another(facts: Facts, link: Reference, target: Target, named: Target) -> Violation:
    """The fault of a link, with the address that its words mean."""
    meant, opened = (_place(facts, each) for each in (named, target))
    path = posixpath.relpath(meant.path, posixpath.dirname(link.file.path))
    right = f"{path}#{named.anchor}" if named.anchor else path
    values = {
        "words": " ".join(
            link.file.page.prose[slice(*link.whole)].replace("\1", " ").strip("\0 ").split()
        )
    }
    values |= {"named": _call(facts, named), "opened": _call(facts, target)}
    plain = link.whole[0] <= link.start < link.whole[1]
    place = link.location if plain else link.file.source.locate(*link.whole)
    return Violation(place, values, right if plain else None, (meant, opened))


def _place(facts: Facts, target: Target) -> Location:
    document = facts.manual.documents[target.key]
    section = document.by_anchor.get(target.anchor)
    return section.location if section else document.mark.location


def _call(facts: Facts, target: Target) -> str:
    document = facts.manual.documents[target.key]
    section = document.by_anchor.get(target.anchor)
    called = f"{document.code} ({document.title})" if document.code else document.title
    return f"{section.heading.text} ({document.name})" if section else called


def _within(one: str, other: str) -> bool:
    """Whether one number is the other or stands above or below it."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


# fmt: off
RULES = (
    Rule(
        "QMS130", "link-names-another", Severity.WARNING,
        Text("Chữ của đường dẫn gọi một nơi, bấm vào ra nơi khác", "A link whose words name another place than it opens"),
        Text(
            "Chữ của đường dẫn là «{words}», tức {named}, nhưng bấm vào thì ra {opened}. Nếu "
            "chữ đúng thì sửa địa chỉ; nếu địa "
            "chỉ đúng thì sửa chữ.",
            "The words of this link, «{words}», name {named}, but it opens {opened}. If the "
            "words are right, fix the address; if "
            "the address is right, fix the words.",
        ),
        link_names_another,
    ),
)
