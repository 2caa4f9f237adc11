"""Make the page of the process map: two drawings, and the same as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.edition.addresses import slugify
from qmstool.site.edition.page_link import PageLink
from qmstool.site.pages.map_layout import group_processes
from qmstool.site.pages.map_layout_tall import draw_tall
from qmstool.site.pages.map_layout_wide import draw_wide
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.process_map import Flow, Process, ProcessMap
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the map, where the manual has one."""
    chart = edition.manual.process_map
    if chart is None or not chart.processes:
        return
    lang = edition.lang
    groups = []
    for key, inside in group_processes(chart).items():
        entries = tuple(_entry(edition, chart, process) for process in inside)
        groups.append((chart.groups[key][0].get(lang), entries))
    values = {
        "title": chart.title.get(lang),
        "note": chart.note,
        "wide": draw_wide(chart, lang),
        "tall": draw_tall(chart, lang),
        "targets": {key: _target(edition, process) for key, process in chart.processes.items()},
        "groups": tuple(groups),
        "flows": tuple(_flow(edition, chart, flow) for flow in chart.flows),
    }
    yield list_page(edition, "map", values, whole=True)


def _flow(edition: Edition, chart: ProcessMap, flow: Flow) -> tuple[PageLink, PageLink, str]:
    """What a flow leads from, what it leads to, and what is handed over."""
    source = _name(edition, chart, flow.source.text)
    target = _name(edition, chart, flow.target.text)
    return source, target, edition.bilingual(flow.item)


def _target(edition: Edition, process: Process) -> str:
    """Where a box leads: the procedure, else the first clause answered.

    Else the entry below the picture.
    """
    procedures = [process.procedure] if process.procedure else []
    for link in (*edition.documents(procedures), *edition.clauses(process.clauses)):
        if link.address:
            return link.address
    return edition.addresses.process(process.key)


def _entry(edition: Edition, chart: ProcessMap, process: Process) -> dict[str, object]:
    """A process in words: who answers for it, what it takes and gives, and by which documents."""
    targets = [flow.target.text for flow in chart.flows if flow.source.text == process.key]
    sources = [flow.source.text for flow in chart.flows if flow.target.text == process.key]
    procedure = edition.document(process.procedure.text) if process.procedure else None
    return {
        "id": slugify(process.key),
        "title": process.title.get(edition.lang),
        "owner": edition.role(process.owner),
        "procedure": procedure,
        "inputs": tuple(mark.text for mark in process.inputs),
        "outputs": tuple(mark.text for mark in process.outputs),
        "clauses": edition.clauses(process.clauses),
        "to": tuple(_name(edition, chart, key) for key in targets),
        "from": tuple(_name(edition, chart, key) for key in sources),
        "note": process.note,
    }


def _name(edition: Edition, chart: ProcessMap, key: str) -> PageLink:
    """A process, led to its entry, or a party, which has none; by its key where it is neither."""
    process = chart.processes.get(key)
    if process is not None:
        return PageLink(process.title.get(edition.lang), edition.addresses.process(key))
    party = chart.parties.get(key)
    return PageLink(party.name.get(edition.lang) if party else key)
