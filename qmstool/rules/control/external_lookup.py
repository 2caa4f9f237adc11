"""Look external documents up in their register: by id or number, and from one to the next."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_code
from qmstool.parsing.yaml.schema import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.model import Manual
    from qmstool.manual.registers import ExternalDocument
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts

    Circle = tuple[tuple[ExternalDocument, LocatedText], ...]

# Nobody has seen a longer one; a register of thousands of rows may be one chain.
LONGEST_CIRCLE = 100


def display_name(external: ExternalDocument) -> str:
    """Return what a message calls an external document.

    Its type and number; its title while the number is unknown.
    """
    return external.title if external.number == UNKNOWN else f"{external.type} {external.number}"


def find_external(manual: Manual, reference: str) -> ExternalDocument | None:
    """Return the document of the register that an id or a number means."""
    if reference in manual.externals:
        return manual.externals[reference]
    return manual.externals_by_number.get(fold_code(reference))


def called_numbers(
    manual: Manual, marks: Iterable[LocatedText], but: ExternalDocument | None = None
) -> tuple[str, ...]:
    """Return how the documents are called that marks name, each once, `but` left out.

    An id that the register lacks names none (`unknown-external` reports it); a number that the
    register lacks is kept as it is written.
    """
    calls: dict[str, None] = {}
    for mark in marks:
        if mark.text == UNKNOWN:
            continue
        external = find_external(manual, mark.text)
        if external is None:
            if not SLUG.match(mark.text):
                calls[mark.text] = None
        elif external is not but:
            calls[_short_name(external)] = None
    return tuple(calls)


def _short_name(external: ExternalDocument) -> str:
    return external.title if external.number == UNKNOWN else external.number


def find_uses(facts: Facts, key: str) -> Iterator[Location]:
    """Yield where a text or the mapping names an external document."""
    for reference in facts.references.by_target.get(("external", key), ()):
        yield reference.location
    yield from facts.manual.mapped_externals.get(key, ())


def find_circle(manual: Manual, external: ExternalDocument) -> Circle:
    """Return the shortest way from a document over its successors back to itself; else nothing.

    A successor amends or supersedes a document. Each step is a document and the words that name the
    next one.
    """
    paths: deque[Circle] = deque([()])
    visited: set[str] = set()
    while paths and len(visited) <= LONGEST_CIRCLE:
        path = paths.popleft()
        last = find_external(manual, path[-1][1].text) if path else external
        if last is None:
            continue
        for mark in (*last.amended_by, *last.superseded_by):
            successor = find_external(manual, mark.text)
            if successor is None or successor.key in visited:
                continue
            longer = (*path, (last, mark))
            if successor.key == external.key:
                return longer
            visited.add(successor.key)
            paths.append(longer)
    return ()


def format_circle(path: Circle) -> str:
    """Write a circle out: «A → B → A»."""
    names = [_short_name(external) for external, _ in path]
    return " → ".join([*names, names[0]])
