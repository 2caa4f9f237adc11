"""Show the trail on one page: who did what to which document, when and why.

It is narrowed by unit, person and year without any script. A row carries the classes of its units,
people and year; the style sheet hides the others while a place of that name is the target of the
address. So each view has an address of its own, and prints as it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.tables.trail import Event

    # The views of each kind by its letter in ids and classes: what is shown, and its number.
    Views = dict[str, dict[str, int]]

MOST_SHOWN = 1000
# So many views of a kind the style sheet knows.
MOST_VIEWS = 24


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the trail, where the repository's log was read."""
    events = edition.context.trail
    if not events:
        return
    shown = events[:MOST_SHOWN]
    views = _views(edition, shown)
    values = {
        "groups": _groups(edition, views),
        "lines": tuple(_line(edition, event, views) for event in shown),
        "count": len(events),
        "shown": MOST_SHOWN,
    }
    yield list_page(edition, "trail", values, whole=True)


def _views(edition: Edition, events: Iterable[Event]) -> Views:
    """Number the units, people and years of events, in their order.

    Those beyond what the style sheet knows are left to the words of the filter.
    """
    views: Views = {"u": {}, "p": {}, "y": {}}
    for event in events:
        for kind, names in _named(edition, event).items():
            for name in names:
                if len(views[kind]) < MOST_VIEWS:
                    views[kind].setdefault(name, len(views[kind]))
    return views


def _groups(
    edition: Edition, views: Views
) -> tuple[tuple[str, str, tuple[tuple[int, str], ...]], ...]:
    """The views as the page offers them: letter of the kind, its word, number and name of each."""
    units = tuple((number, edition.unit(key)) for key, number in views["u"].items())
    people = tuple((number, name) for name, number in views["p"].items())
    years = tuple((number, year) for year, number in views["y"].items())
    return (
        ("u", "trail_by_unit", units),
        ("p", "trail_by_person", people),
        ("y", "trail_by_year", years),
    )


def _named(edition: Edition, event: Event) -> dict[str, tuple[str, ...]]:
    """The units, people and year of an event."""
    units = tuple(_units(edition, event))
    names = [person.partition(" <")[0] for person in event.people]
    people = tuple(name for name in names if name)
    return {"u": units, "p": people, "y": (event.when[:4],)}


def _units(edition: Edition, event: Event) -> Iterator[str]:
    """The units that own the documents of an event."""
    for key in event.documents:
        document = edition.manual.documents.get(key)
        owner = text_of(document.front_matter.owner) if document else ""
        unit = edition.manual.config.owning_unit(owner)
        if unit:
            yield unit


def _line(edition: Edition, event: Event, views: Views) -> dict[str, object]:
    """One event as a row, with the classes by which a view shows it."""
    named = _named(edition, event)
    classes: dict[str, None] = {}
    for kind, names in named.items():
        for name in names:
            if name in views[kind]:
                classes[f"q-{kind}-{views[kind][name]}"] = None
    day = event.when[:10]
    return {
        "classes": " ".join(classes),
        "day": day,
        "when": edition.day(day),
        "who": ", ".join(named["p"]),
        "act": edition.day(event.what.get(edition.lang)),
        "documents": tuple(map(edition.document, event.documents)),
        "subject": event.subject,
        "why": event.why,
        "reference": event.reference,
    }
