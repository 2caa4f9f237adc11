"""The trail as one page: who did what to which document, when and why; narrowed by unit, person and year without any script.

A row carries the classes of its units, people and year; the style sheet hides the others while a place of that name is the target
of the address. So each view has an address of its own, and prints as it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage
    from qmstool.tables.trail import Event

SHOWN = 1000
# So many views of a kind the style sheet knows.
VIEWS = 24


def pages(edition: Edition) -> Iterator[SitePage]:
    """The trail, where the repository's log was read."""
    events = edition.context.trail
    if not events:
        return
    shown = events[:SHOWN]
    views = {
        "u": _views(name for event in shown for name in _units(edition, event)),
        "p": _views(name for event in shown for name in _people(event)),
        "y": _views(event.when[:4] for event in shown),
    }
    groups = (
        ("u", "trail_by_unit", tuple((at, edition.unit(name)) for name, at in views["u"].items())),
        ("p", "trail_by_person", tuple((at, name) for name, at in views["p"].items())),
        ("y", "trail_by_year", tuple((at, name) for name, at in views["y"].items())),
    )
    values = {
        "groups": groups,
        "lines": tuple(_line(edition, each, views) for each in shown),
        "count": len(events),
        "shown": SHOWN,
    }
    yield list_page(edition, "trail", values, whole=True)


def _views(names: Iterable[str]) -> dict[str, int]:
    """Names in their order, numbered; those beyond what the style sheet knows are left to the words of the filter."""
    return {name: at for at, name in enumerate(dict.fromkeys(names)) if at < VIEWS}


def _units(edition: Edition, event: Event) -> Iterator[str]:
    for key in event.documents:
        document = edition.manual.documents.get(key)
        owner = document.entry.text("owner") if document else ""
        if owner in edition.manual.config.units:
            yield owner


def _people(event: Event) -> Iterator[str]:
    return (name for each in event.people if (name := each.partition(" <")[0]))


def _line(edition: Edition, event: Event, views: dict[str, dict[str, int]]) -> dict[str, object]:
    named = {"u": tuple(_units(edition, event)), "p": tuple(_people(event)), "y": (event.when[:4],)}
    classes = dict.fromkeys(
        f"q-{kind}-{views[kind][name]}"
        for kind, names in named.items()
        for name in names
        if name in views[kind]
    )
    return {
        "classes": " ".join(classes),
        "day": event.when[:10],
        "when": edition.day(event.when[:10]),
        "who": ", ".join(named["p"]),
        "act": edition.day(event.what.get(edition.lang)),
        "documents": tuple(edition.document(key) for key in event.documents),
        "subject": event.subject,
        "why": event.why,
        "reference": event.reference,
    }
