"""Define the process map of an organisation: processes, outside parties, and what flows between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Text
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText

PROCESS_MAP_FILE = "manual/process-map.yml"


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the map."""

    key: str
    title: Text
    group: LocatedText
    owner: LocatedText | None
    procedure: LocatedText | None
    inputs: tuple[LocatedText, ...]
    outputs: tuple[LocatedText, ...]
    clauses: tuple[LocatedText, ...]
    note: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class OutsideParty:
    """Somebody outside, at the edge of the map."""

    key: str
    name: Text
    side: str
    mark: LocatedText


@dataclass(frozen=True, slots=True)
class Flow:
    """What one node of the map hands to another."""

    source: LocatedText
    target: LocatedText
    item: Text | None


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """The process map as data."""

    title: Text
    note: str
    groups: Mapping[str, tuple[Text, LocatedText]]
    parties: Mapping[str, OutsideParty]
    processes: Mapping[str, Process]
    flows: tuple[Flow, ...]
    source: SourceFile
