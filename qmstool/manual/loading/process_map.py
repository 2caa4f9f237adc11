"""Read the process map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.process_map import PROCESS_MAP_FILE, Flow, OutsideParty, Process, ProcessMap
from qmstool.manual.schema.process_map import PROCESS_MAP
from qmstool.parsing.yaml.nodes import LocatedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.yaml.records import Record


def read_process_map(reader: DataReader) -> ProcessMap | None:
    """Read the process map; None where the manual has none."""
    record = reader.file(PROCESS_MAP_FILE, PROCESS_MAP)
    if record is None:
        return None
    flows = tuple(_flows(record))
    parties = record.keyed("parties")
    return ProcessMap(
        title=record.bilingual("title") or Text("", ""),
        note=record.text("note"),
        groups={
            mark.text: (entry.bilingual("name") or _name(mark), mark)
            for mark, entry in record.keyed("groups")
        },
        parties={mark.text: _party(mark, entry, flows) for mark, entry in parties},
        processes={mark.text: _process(mark, entry) for mark, entry in record.keyed("processes")},
        flows=flows,
        source=reader.sources[PROCESS_MAP_FILE],
    )


def _name(mark: LocatedText) -> Text:
    return Text(mark.text, mark.text)


def _party(mark: LocatedText, record: Record, flows: tuple[Flow, ...]) -> OutsideParty:
    name = record.bilingual("name") or _name(mark)
    return OutsideParty(mark.text, name, record.text("side", _side(mark.text, flows)), mark)


def _side(party: str, flows: tuple[Flow, ...]) -> str:
    """Return the side of the map on which the flows of a party run: in, out or both."""
    gives = any(flow.source.text == party for flow in flows)
    takes = any(flow.target.text == party for flow in flows)
    if gives and takes:
        return "both"
    return "out" if takes else "in"


def _process(mark: LocatedText, record: Record) -> Process:
    return Process(
        key=mark.text,
        title=record.bilingual("title") or _name(mark),
        group=record.get("group") or LocatedText("", mark.source, mark.start, mark.end),
        owner=record.get("owner"),
        procedure=record.get("procedure"),
        inputs=record.list("inputs"),
        outputs=record.list("outputs"),
        clauses=record.list("clauses"),
        note=record.text("note"),
        mark=mark,
    )


def _flows(record: Record) -> Iterator[Flow]:
    for entry in record.entries("flows"):
        source, target = entry.get("from"), entry.get("to")
        if source is not None and target is not None:
            yield Flow(source, target, entry.bilingual("item"))
