"""External documents as their register tells of them: found by id or number, called by number, followed from one to the next."""

from __future__ import annotations

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
    from qmstool.rules.base.rule import Facts

EXTERNALS = "procedures/external.yml"
ENDED = frozenset({"superseded", "repealed"})


def name(external: ExternalDocument) -> str:
    """What a message calls an external document: by type and number, by title while the number is unknown."""
    return external.title if external.number == UNKNOWN else f"{external.type} {external.number}"


def registered(manual: Manual, said: str) -> ExternalDocument | None:
    """The document of the register that an id or a number means."""
    if said in manual.externals:
        return manual.externals[said]
    folded = fold_code(said)
    return next(
        (
            each
            for each in manual.externals.values()
            if each.number != UNKNOWN and fold_code(each.number) == folded
        ),
        None,
    )


def numbers(
    manual: Manual, marks: Iterable[LocatedText], but: ExternalDocument | None = None
) -> tuple[str, ...]:
    """How the documents are called that marks name, one left out; an id that the register lacks names none (`unknown-external`)."""
    found = ((mark.text, registered(manual, mark.text)) for mark in marks if mark.text != UNKNOWN)
    named = [
        (said, each)
        for said, each in found
        if (each is None and not SLUG.match(said)) or (each is not None and each is not but)
    ]
    return tuple(dict.fromkeys(_called(said, each) for said, each in named))


def _called(said: str, external: ExternalDocument | None) -> str:
    if external is None:
        return said
    return external.title if external.number == UNKNOWN else external.number


def uses(facts: Facts, key: str) -> Iterator[Location]:
    """Where a text or the mapping names an external document."""
    yield from (reference.location for reference in facts.references.to.get(("external", key), ()))
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            yield from (mark.location for mark in row.external if mark.text == key)


def circle(
    manual: Manual, external: ExternalDocument
) -> tuple[tuple[ExternalDocument, LocatedText], ...]:
    """The shortest way from a document over those that amend or supersede it back to itself, with the words of each step."""
    ways: list[tuple[tuple[ExternalDocument, LocatedText], ...]] = [()]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        last = registered(manual, way[-1][1].text) if way else external
        for mark in (*last.amended_by, *last.superseded_by) if last else ():
            following = registered(manual, mark.text)
            if following is not None and following.key not in seen and last is not None:
                step = (*way, (last, mark))
                if following.key == external.key:
                    return step
                seen.add(following.key)
                ways.append(step)
    return ()


def shown(way: Iterable[tuple[ExternalDocument, LocatedText]]) -> str:
    """A circle in words: «A → B → A»."""
    called = [_called(each.key, each) for each, _ in way]
    return " → ".join([*called, called[0]])
