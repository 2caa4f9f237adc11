"""Every place of the data (mapping, registers, front matter, process map, manifest) that names something defined elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.records import SLUG
from qmstool.register.opinions import open_opinions
from qmstool.rules.base.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import Mark

Kind = Literal[
    "document", "external", "record", "role", "unit", "holder", "type", "group", "process"
]


def named(manual: Manual) -> Mapping[Kind, tuple[Mark, ...]]:
    """The marks of names, by kind, in the order of the files; absent ones and `unknown` are left out."""
    found: dict[Kind, list[Mark]] = {}
    for part in (_manifest, _mapping, _documents, _registers, _map, _circulation):
        for kind, mark in part(manual):
            if mark is not None and mark.text != UNKNOWN:
                found.setdefault(kind, []).append(mark)
    return {kind: tuple(marks) for kind, marks in found.items()}


def known(manual: Manual) -> Mapping[Kind, Names]:
    """What may be named, by kind."""
    config, flow = manual.config, manual.process_map
    roles = {key: (role.name,) for key, role in config.roles.items()}
    people = {key: (person.name,) for key, person in config.people.items()}
    documents = manual.documents.values()
    titles: dict[Kind, Mapping[str, tuple[str, ...]]] = {
        "type": {key: (kind.name.vi, kind.name.en) for key, kind in config.types.items()},
        "unit": {key: (unit.name,) for key, unit in config.units.items()},
        "role": roles,
        "holder": people | roles,
        "document": {
            each.code or each.key: (each.title, *(mark.text for mark in each.names))
            for each in documents
        },
        "external": {
            key: (each.title, each.number, f"{each.type} {each.number}")
            for key, each in manual.externals.items()
        },
        "record": {key: (record.title,) for key, record in manual.records.items()},
        "group": {key: (title.vi, title.en) for key, (title, _) in flow.groups.items()}
        if flow
        else {},
        "process": {
            **{
                key: (process.title.vi, process.title.en)
                for key, process in (flow.processes if flow else {}).items()
            },
            **{
                key: (party.name.vi, party.name.en)
                for key, party in (flow.parties if flow else {}).items()
            },
        },
    }
    return {kind: Names(each) for kind, each in titles.items()}


def _manifest(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    for kind in manual.config.types.values():
        yield "type", kind.form_of
    for unit in manual.config.units.values():
        yield "role", unit.head
    for role in manual.config.roles.values():
        yield "unit", role.unit
        yield from (("type", mark) for mark in role.approves)
    for person in manual.config.people.values():
        yield from (("role", holding.role) for holding in person.holds)


def _mapping(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            yield from (("document", mark) for mark in row.documents)
            yield from (("external", mark) for mark in row.external)
            yield from (("record", mark) for mark in row.records)
            yield "role", row.role


def _documents(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    for document in manual.documents.values():
        entry = document.entry
        yield "type", entry.get("type")
        yield "unit", entry.get("owner")
        yield "role", entry.get("approver")
        yield "document", entry.get("parent")
        yield from (
            ("holder", mark) for name in ("authors", "reviewers") for mark in entry.list(name)
        )
        yield from (("unit", copy.get("unit")) for copy in entry.entries("distribution"))
        yield from (("record", mark) for mark in entry.list("records"))


def _registers(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    for record in manual.records.values():
        yield "document", record.entry.get("form")
        yield "unit", record.entry.get("owner")
    for external in manual.externals.values():
        followers = (*external.amended_by, *external.superseded_by)
        # These two may also give an outside number; only what is written as an id must be one.
        yield from (("external", mark) for mark in followers if SLUG.match(mark.text))


def _circulation(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    """What is still going round; of what is over, names may be gone by now."""
    for found in open_opinions(manual):
        for asked in found.asked:
            yield "unit", asked.unit
            yield from (("document", mark) for mark in asked.entry.list("documents"))
        for signed in found.signed:
            yield "unit", signed.entry.get("unit")
            yield from (("document", mark) for mark in signed.entry.list("documents"))
    for copy in manual.copies:
        if not (copy.recalled or copy.destroyed or copy.lost):
            yield "unit", copy.unit


def _map(manual: Manual) -> Iterator[tuple[Kind, Mark | None]]:
    if manual.process_map is None:
        return
    for process in manual.process_map.processes.values():
        yield "group", process.group if process.group.text else None
        yield "role", process.owner
        yield "document", process.procedure
    for flow in manual.process_map.flows:
        yield "process", flow.source
        yield "process", flow.target
