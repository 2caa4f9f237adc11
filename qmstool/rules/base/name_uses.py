"""Collect the places of the data that name something defined elsewhere, and what they may name.

Data are the manifest, mappings, front matter, registers, the process map and circulation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.nodes import text_of
from qmstool.parsing.yaml.schema import SLUG
from qmstool.register.opinions import open_opinions
from qmstool.rules.base.name_index import NameIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText

NameKind = Literal[
    "document", "external", "record", "role", "unit", "holder", "type", "group", "process"
]


def collect_name_uses(manual: Manual) -> Mapping[NameKind, tuple[LocatedText, ...]]:
    """Return the places of names, by kind, in the order of the files; without `unknown`."""
    uses: dict[NameKind, list[LocatedText]] = {}
    for part in (_manifest, _mapping, _documents, _registers, _process_map, _circulation):
        for kind, mark in part(manual):
            if mark is not None and mark.text != UNKNOWN:
                uses.setdefault(kind, []).append(mark)
    return {kind: tuple(marks) for kind, marks in uses.items()}


def index_known_names(manual: Manual) -> Mapping[NameKind, NameIndex]:
    """Return what data may name, by kind."""
    config = manual.config
    roles = {key: (role.name,) for key, role in config.roles.items()}
    people = {key: (person.name,) for key, person in config.people.items()}
    titles: dict[NameKind, Mapping[str, tuple[str, ...]]] = {
        "type": {key: (each.name.vi, each.name.en) for key, each in config.types.items()},
        "unit": {key: (unit.name,) for key, unit in config.units.items()},
        "role": roles,
        "holder": people | roles,
        "document": _document_titles(manual),
        "external": _external_titles(manual),
        "record": {key: (record.title,) for key, record in manual.records.items()},
        "group": _group_titles(manual),
        "process": _process_titles(manual),
    }
    return {kind: NameIndex(names) for kind, names in titles.items()}


def _document_titles(manual: Manual) -> Mapping[str, tuple[str, ...]]:
    titles = {}
    for document in manual.documents.values():
        names = [mark.text for mark in document.names]
        titles[document.code or document.key] = (document.title, *names)
    return titles


def _external_titles(manual: Manual) -> Mapping[str, tuple[str, ...]]:
    titles = {}
    for key, external in manual.externals.items():
        titles[key] = (external.title, external.number, f"{external.type} {external.number}")
    return titles


def _group_titles(manual: Manual) -> Mapping[str, tuple[str, ...]]:
    if manual.process_map is None:
        return {}
    groups = manual.process_map.groups
    return {key: (title.vi, title.en) for key, (title, _) in groups.items()}


def _process_titles(manual: Manual) -> Mapping[str, tuple[str, ...]]:
    """Return what flows may join: processes, and the parties outside."""
    titles: dict[str, tuple[str, ...]] = {}
    if manual.process_map is not None:
        for key, process in manual.process_map.processes.items():
            titles[key] = (process.title.vi, process.title.en)
        for key, party in manual.process_map.parties.items():
            titles[key] = (party.name.vi, party.name.en)
    return titles


def _manifest(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    for document_type in manual.config.types.values():
        yield "type", document_type.form_of
    for unit in manual.config.units.values():
        yield "role", unit.head
    for role in manual.config.roles.values():
        yield "unit", role.unit
        for mark in role.approves:
            yield "type", mark
    for person in manual.config.people.values():
        for holding in person.holds:
            yield "role", holding.role


def _mapping(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    for coverage in manual.coverage.values():
        for row in coverage.rows.values():
            yield from _all_of("document", row.documents)
            yield from _all_of("external", row.external)
            yield from _all_of("record", row.records)
            yield "role", row.role


def _documents(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    for document in manual.documents.values():
        front_matter = document.front_matter
        yield "type", front_matter.type
        yield _owner(manual, front_matter.owner), front_matter.owner
        yield from _all_of("role", front_matter.approvers)
        yield "document", front_matter.parent
        yield from _all_of("holder", front_matter.authors)
        yield from _all_of("holder", front_matter.reviewers)
        for recipient in front_matter.distribution:
            yield "unit", recipient.unit
        yield from _all_of("record", front_matter.records)
    for filled in manual.filled:
        if filled.code:
            yield "document", filled.mark


def _owner(manual: Manual, mark: LocatedText | None) -> NameKind:
    """Return what an owner names: a role or person where there is such, else a unit."""
    name, config = text_of(mark), manual.config
    if name in config.units:
        return "unit"
    return "holder" if name in config.roles or name in config.people else "unit"


def _registers(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    for record in manual.records.values():
        yield "document", record.form
        yield "unit", record.owner
    for external in manual.externals.values():
        for mark in (*external.amended_by, *external.superseded_by):
            # These two may also give an outside number; only what is written as an id must be one.
            if SLUG.match(mark.text):
                yield "external", mark


def _process_map(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    if manual.process_map is None:
        return
    for process in manual.process_map.processes.values():
        if process.group.text:
            yield "group", process.group
        yield "role", process.owner
        yield "document", process.procedure
    for flow in manual.process_map.flows:
        yield "process", flow.source
        yield "process", flow.target


def _circulation(manual: Manual) -> Iterator[tuple[NameKind, LocatedText | None]]:
    """Yield what is still going round; of what is over, names may be gone by now."""
    for circulation in open_opinions(manual):
        for request in circulation.requests:
            yield "unit", request.unit
            yield from _all_of("document", request.codes)
        for opinion in circulation.signatures:
            yield "unit", opinion.unit
            yield from _all_of("document", opinion.codes)
    for copy in manual.copies:
        if not (copy.recalled or copy.destroyed or copy.lost):
            yield "unit", copy.unit


def _all_of(kind: NameKind, marks: Iterable[LocatedText]) -> Iterator[tuple[NameKind, LocatedText]]:
    return ((kind, mark) for mark in marks)
