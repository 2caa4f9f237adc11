"""Bind each announced number of a text to a document: one named beside it, or the text's own.

The one place where a number is bound. What stands right beside it counts, as administrative texts
are written: «QT BIS 01, mục 5.2», «mục 5.2 của quy trình QT BIS 01», «mục 5.2 của sổ tay này». A
word such as «của» after the number outranks a document before it. Where either of two documents
may be meant both are given: only a number which neither has is told.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmstool.references.bindings import (
    HERE,
    TO_OWN_DOCUMENT,
    TO_UNKNOWN,
    Binding,
    BindingStrength,
    BoundNumber,
    bind_here_too,
)
from qmstool.references.context_binding import ContextBinder
from qmstool.references.mentions import (
    collect_mentions,
    join_across_links,
    links_near_numbers,
    with_links,
)
from qmstool.references.model import Target
from qmstool.references.naming import DocumentNaming
from qmstool.references.sections import deepest_number, depth
from qmstool.references.text_binding import CLAUSE_END, PLAINLY_BEFORE, TextBinder
from qmstool.references.unregistered_owners import UnregisteredOwners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.citations import Citation
    from qmstool.references.mentions import Mention
    from qmstool.references.model import Reference
    from qmstool.references.naming import WordsByList

_FOLLOWING = frozenset({BindingStrength.SAID, BindingStrength.BESIDE})


class NumberBinder:
    """Tells what the numbers of a manual's texts are parts of."""

    def __init__(self, manual: Manual, words: WordsByList) -> None:
        self.manual = manual
        self.naming = DocumentNaming(manual, words)
        self.annexed = frozenset(
            key
            for key, catalogue in manual.catalogues.items()
            if any(not number[0].isdigit() for number in catalogue.clauses)
        )

    def bind(
        self,
        document: Document,
        file: TextFile,
        cited: Sequence[tuple[Citation, Target | None]],
        links: Sequence[Reference],
    ) -> dict[int, Binding]:
        """Return for each list of numbers of a file, by where it begins, what it is a part of.

        With each citation comes what it means: None for a number, a kind in `OUTSIDE` for no
        document of this manual. `links` are the file's.
        """
        plain = _bind_plainly(file.page.prose, cited)
        return self._bind(document, file, cited, links) if plain is None else plain

    def _bind(
        self,
        document: Document,
        file: TextFile,
        cited: Iterable[tuple[Citation, Target | None]],
        links: Sequence[Reference],
    ) -> dict[int, Binding]:
        prose = file.page.prose
        mentions = collect_mentions(cited)
        numbers = [mention for mention in mentions if mention.target is None]
        near = links_near_numbers(prose, links, numbers)
        if near:
            mentions = with_links(mentions, near)
        text = join_across_links(prose, near)
        binder = TextBinder(document, file, text, mentions, self.naming, near)
        lists = [index for index, mention in enumerate(mentions) if mention.target is None]
        own, onward = _bind_by_own_words(binder, lists)
        bindings = _inherit(binder, lists, own, onward)
        context = ContextBinder(file, prose, mentions, self.naming.joining, self.annexed)
        unregistered = UnregisteredOwners(document, prose, links, self.naming)
        # Of a document with thousands of sections the deepest is sought once.
        deepest = cache(lambda: deepest_number(document))
        own_document = {HERE, Target("document", document.key)}
        for index in lists:
            if index in bindings:
                continue
            number = mentions[index]
            binding = unregistered.bind(number) or context.bind(number)
            if binding is None or own_document.issuperset(binding.targets):
                binding = binding if binding == TO_UNKNOWN else _bind_to_own(deepest, number)
            if binding.targets[0] == HERE and context.is_in_history(number):
                binding = binding._replace(sure=False)
            bindings[index] = binding
        return {mentions[index].list_start: binding for index, binding in bindings.items()}


def _bind_by_own_words(
    binder: TextBinder, lists: Sequence[int]
) -> tuple[dict[int, Binding], set[int]]:
    """Return the bindings of the lists that words beside them bind, and those that hand theirs on.

    A list hands its binding on to the one before: «mục 1 và mục 2 của QT BIS 01».
    """
    own: dict[int, Binding] = {}
    onward: set[int] = set()
    claimed = -1  # a code that the number before it has claimed binds the next one less firmly
    for index in lists:
        after = binder.bind_after(index)
        before = binder.bind_before(index, claimed)
        tried = (binder.bind_linked(index), binder.bind_here(index), after, before)
        bound = max((each for each in tried if each), default=None, key=_strength)
        if bound is None:
            continue
        own[index] = bound.binding
        if bound.strength not in _FOLLOWING:
            continue
        onward.add(index)
        following = binder.mention(index + 1)
        if bound is after and following and following.target == bound.binding.targets[0]:
            claimed = index + 1
    return own, onward


def _bind_to_own(deepest: Callable[[], int], number: Mention) -> Binding:
    """Return the binding of a number by which nothing is named: to the text's own document.

    Where that numbers no section at all, or none nearly as deep, nobody can say whose is meant:
    `deepest` tells how many parts the longest number of its sections has.
    """
    if number.kind != "section" or deepest() + 1 >= depth(number.number):
        return TO_OWN_DOCUMENT
    return TO_UNKNOWN


def _strength(bound: BoundNumber) -> int:
    return bound.strength


def _inherit(
    binder: TextBinder, lists: Sequence[int], own: Mapping[int, Binding], onward: set[int]
) -> dict[int, Binding]:
    """Return the binding of each list that has one: its own, or that of a list it is joined to."""
    bindings = dict(own)
    if len(own) < len(lists):
        for index in lists:
            before = bindings.get(index - 1)
            if index not in bindings and before and binder.is_joined(index - 1):
                bindings[index] = bind_here_too(before)
        for index in reversed(lists):
            if index in bindings:
                continue
            if index + 1 in onward and binder.is_joined(index):
                bindings[index] = bind_here_too(bindings[index + 1])
                onward.add(index)
            elif binder.is_nested(index):
                greater = bindings.get(index + 1, TO_OWN_DOCUMENT)
                bindings[index] = Binding(greater.targets, sure=False)
    return bindings


def _bind_plainly(
    prose: str, cited: Sequence[tuple[Citation, Target | None]]
) -> dict[int, Binding] | None:
    """Return the bindings where every number stands right after its document and ends a clause.

    So most do; None where one does not.
    """
    bindings: dict[int, Binding] = {}
    for index, (number, target) in enumerate(cited):
        if target is not None:
            continue
        if not index:
            return None
        before, named = cited[index - 1]
        if named is None or prose[before.end : number.start] not in PLAINLY_BEFORE:
            return None
        if not CLAUSE_END.match(prose, number.end):
            return None
        bindings[number.list_start] = Binding((named,), owner=before.text)
    return bindings
