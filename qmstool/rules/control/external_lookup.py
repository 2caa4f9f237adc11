"""External documents as their register tells of them: found by id or number, called by number, followed from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.yaml.records import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.model import External, Manual
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.rules.base.rule import Facts

EXTERNALS = "procedures/external.yml"
ENDED = frozenset({"superseded", "repealed"})


def display_name(external: External) -> str:
    """What a message calls an external document: by type and number, by title while the number is unknown."""
    return external.title if external.number == UNKNOWN else f"{external.type} {external.number}"


def find_external(manual: Manual, said: str) -> External | None:
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


def called_numbers(
    manual: Manual, marks: Iterable[Mark], but: External | None = None
) -> tuple[str, ...]:
    """How the documents are called that marks name, one left out; an id that the register lacks names none (`unknown-external`)."""
    found = (
        (mark.text, find_external(manual, mark.text)) for mark in marks if mark.text != UNKNOWN
    )
    named = [
        (said, each)
        for said, each in found
        if (each is None and not SLUG.match(said)) or (each is not None and each is not but)
    ]
    return tuple(dict.fromkeys(_called(said, each) for said, each in named))


def _called(said: str, external: External | None) -> str:
    if external is None:
        return said
    return external.title if external.number == UNKNOWN else external.number


def find_uses(facts: Facts, key: str) -> Iterator[Location]:
    """Where a text or the mapping names an external document."""
    yield from (reference.location for reference in facts.references.to.get(("external", key), ()))
    for coverage in facts.manual.coverage.values():
        for row in coverage.rows.values():
            yield from (mark.location for mark in row.external if mark.text == key)


def find_circle(manual: Manual, external: External) -> tuple[tuple[External, Mark], ...]:
    """The shortest way from a document over those that amend or supersede it back to itself, with the words of each step."""
    ways: list[tuple[tuple[External, Mark], ...]] = [()]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        last = find_external(manual, way[-1][1].text) if way else external
        for mark in (*last.amended_by, *last.superseded_by) if last else ():
            following = find_external(manual, mark.text)
            if following is not None and following.key not in seen and last is not None:
                step = (*way, (last, mark))
                if following.key == external.key:
                    return step
                seen.add(following.key)
                ways.append(step)
    return ()


def format_circle(way: Iterable[tuple[External, Mark]]) -> str:
    """A circle in words: «A → B → A»."""
    called = [_called(each.key, each) for each, _ in way]
    return " → ".join([*called, called[0]])
