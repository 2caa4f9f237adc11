"""The page of the process map: two drawings, and the same as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.edition.addresses import slugify
from qmstool.site.edition.edition import PageLink
from qmstool.site.pages.map_layout import group_processes
from qmstool.site.pages.map_layout_tall import draw_tall
from qmstool.site.pages.map_layout_wide import draw_wide
from qmstool.site.parts.render import list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Flow, Process, ProcessMap
    from qmstool.site.edition.edition import Edition
    from qmstool.site.parts.render import SitePage


def pages(edition: Edition) -> Iterator[SitePage]:
    """The map, where the manual has one."""
    chart = edition.manual.process_map
    if chart is None or not chart.processes:
        return
    lang = edition.lang
    values = {
        "title": chart.title.get(lang),
        "note": chart.note,
        "wide": draw_wide(chart, lang),
        "tall": draw_tall(chart, lang),
        "targets": {key: _target(edition, process) for key, process in chart.processes.items()},
        "groups": tuple(
            _group(edition, chart, key, inside) for key, inside in group_processes(chart).items()
        ),
        "flows": tuple(_flow(edition, chart, flow) for flow in chart.flows),
    }
    yield list_page(edition, "map", values, whole=True)


def _group(
    edition: Edition, chart: ProcessMap, key: str, inside: list[Process]
) -> tuple[str, tuple[dict[str, object], ...]]:
    return chart.groups[key][0].get(edition.lang), tuple(
        _entry(edition, chart, each) for each in inside
    )


def _flow(edition: Edition, chart: ProcessMap, flow: Flow) -> tuple[PageLink, PageLink, str]:
    return (
        _name(edition, chart, flow.source.text),
        _name(edition, chart, flow.target.text),
        edition.bilingual(flow.item),
    )


def _target(edition: Edition, process: Process) -> str:
    """Where a box leads: the procedure, else the first clause answered, else the entry below the picture."""
    procedure = edition.document(process.procedure.text).address if process.procedure else None
    clauses = (edition.clause(mark.text).address for mark in process.clauses)
    return (
        procedure
        or next((address for address in clauses if address), None)
        or edition.addresses.process(process.key)
    )


def _entry(edition: Edition, chart: ProcessMap, process: Process) -> dict[str, object]:
    gives = [flow for flow in chart.flows if flow.source.text == process.key]
    takes = [flow for flow in chart.flows if flow.target.text == process.key]
    return {
        "id": slugify(process.key),
        "title": process.title.get(edition.lang),
        "owner": edition.role(process.owner),
        "procedure": edition.document(process.procedure.text) if process.procedure else None,
        "inputs": tuple(mark.text for mark in process.inputs),
        "outputs": tuple(mark.text for mark in process.outputs),
        "clauses": tuple(edition.clause(mark.text) for mark in process.clauses),
        "to": tuple(_name(edition, chart, flow.target.text) for flow in gives),
        "from": tuple(_name(edition, chart, flow.source.text) for flow in takes),
        "note": process.note,
    }


def _name(edition: Edition, chart: ProcessMap, key: str) -> PageLink:
    if key in chart.processes:
        return PageLink(
            chart.processes[key].title.get(edition.lang), edition.addresses.process(key)
        )
    party = chart.parties.get(key)
    return PageLink(party.name.get(edition.lang) if party else key)
