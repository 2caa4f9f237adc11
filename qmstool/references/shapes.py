"""Collect what counts as a citation in a manual: its code shapes, names and words."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citation_numbers import NumberWords
from qmstool.parsing.citations import CitationShapes
from qmstool.parsing.codes import fits_shape, fold_name
from qmstool.parsing.designations import standard_number
from qmstool.parsing.scripts import is_unparted
from qmstool.references.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.references.naming import WordsByList

# Lists of words that may stand after the last number of a list.
AFTER = ("after_numbers", "part_of", "within", "document_words", "this")


def citation_shapes(manual: Manual, lists: WordsByList) -> CitationShapes:
    """Return what counts as a citation: code shapes, codes that have no shape, names and words."""
    types = manual.config.types.values()
    code_shapes = [kind.code.text for kind in types if kind.code]
    codes = [document.code for document in manual.documents.values() if document.code]
    number_shapes = [mark.text for mark in manual.config.external_shapes]
    externals = manual.externals.values()
    numbers = [external.number for external in externals if external.number != UNKNOWN]
    return CitationShapes(
        codes=(*code_shapes, *_shapeless(codes, code_shapes)),
        external=(*number_shapes, *_shapeless(numbers, number_shapes)),
        names=tuple(named_targets(manual)),
        words=_number_words(manual, lists),
        standards=standard_names(manual),
        bodies=lists.get("standard_bodies", ()),
        laws=lists.get("laws", ()),
        editions=_editions(manual),
        kinds=lists.get("outside_words", ()),
        own_bodies=tuple(followed_bodies(manual)),
    )


def _shapeless(codes: Iterable[str], shapes: list[str]) -> list[str]:
    """Return the codes that no shape finds in a text."""
    return [code for code in codes if not _is_found(code, shapes)]


def _is_found(code: str, shapes: list[str]) -> bool:
    """Whether a shape finds a code; not surely one that opens in Chinese, with no blank before."""
    return not is_unparted(code[:1]) and any(fits_shape(code, shape) for shape in shapes)


def standard_names(manual: Manual) -> frozenset[str]:
    """Return the names of the standards held here, folded."""
    names = (catalogue.cited_as for catalogue in manual.catalogues.values())
    return frozenset(map(fold_name, chain.from_iterable(names)))


def followed_bodies(manual: Manual) -> frozenset[str]:
    """Return what makes the standards followed, as their names open: «ISO»."""
    named = (standard_number(catalogue.standard)[0] for catalogue in manual.followed_catalogues)
    return frozenset(chain.from_iterable(named))


def _editions(manual: Manual) -> tuple[str, ...]:
    """Return the numbers of the standards held here with their years: «9001:2015»."""
    numbers = []
    for catalogue in manual.catalogues.values():
        number = standard_number(catalogue.standard)[1]
        if number and not catalogue.amends:
            numbers.append(f"{number}:{catalogue.edition}")
    return tuple(numbers)


def control_letters(manual: Manual) -> str:
    """Return the letters that open the numbers of controls in the standards followed: «A»."""
    letters: set[str] = set()
    for catalogue in manual.followed_catalogues:
        letters.update(number[0] for number in catalogue.clauses if not number[0].isdigit())
    return "".join(sorted(letters))


def _number_words(manual: Manual, lists: WordsByList) -> NumberWords:
    words = manual.config.all_words
    after: list[str] = []
    for name in AFTER:
        after += lists.get(name, ())
    return NumberWords(
        words.clause,
        words.section,
        words.annex,
        part=lists.get("part", ()),
        control=lists.get("control", ()),
        letters=control_letters(manual),
        range_to=lists["range_to"],
        joined=lists["joined"],
        range_from=lists.get("range_from", ()),
        numbered=lists.get("numbered", ()),
        plural=lists.get("plural", ()),
        after_numbers=tuple(after),
        other=lists.get("not_citing", ()),
    )


def named_targets(manual: Manual) -> dict[str, Target]:
    """Return every name by which running text may call something, folded, with what it means."""
    names: dict[str, Target] = {}
    for name, target in _named(manual):
        names.setdefault(fold_name(name), target)
    return names


def registered_names(manual: Manual) -> tuple[str, ...]:
    """Return the same names as they are registered, each once."""
    names: dict[str, str] = {}
    for name, _ in _named(manual):
        names.setdefault(fold_name(name), " ".join(unicodedata.normalize("NFC", name).split()))
    return tuple(names.values())


def _named(manual: Manual) -> Iterator[tuple[str, Target]]:
    """Yield every name as it is registered, with what it means; of two that are one the first."""
    for catalogue in manual.catalogues.values():
        for name in catalogue.cited_as:
            yield name, Target("catalogue", catalogue.key)
    for external in manual.externals.values():
        for mark in external.names:
            yield mark.text, Target("external", external.key)
    for document in manual.documents.values():
        for mark in document.names:
            yield mark.text, Target("document", document.key)
