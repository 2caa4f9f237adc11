"""Check the process map: owners, procedures, inputs and outputs, and which way flows run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.hiders import damaged_entry
from qmstool.rules.base.hiding import about, at_first_certain
from qmstool.rules.base.rule import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from qmstool.manual.process_map import Process, ProcessMap
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts


def _ownerless(process: Process) -> LocatedText | None:
    """Return the place where a process fails to name its owner."""
    if process.owner is None:
        return process.mark
    return process.owner if process.owner.text == UNKNOWN else None


def _undescribed(process: Process) -> LocatedText | None:
    """Return the place of a process that names no procedure."""
    procedure = process.procedure
    return process.mark if procedure is None or procedure.text == UNKNOWN else None


def _processes_lacking(
    find_gap: Callable[[Process], LocatedText | None],
) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check for processes that lack something; `find_gap` says where."""

    def check(facts: Facts) -> Iterator[Violation]:
        process_map = facts.manual.process_map
        if process_map is None:
            return
        for process in process_map.processes.values():
            gap = find_gap(process)
            if gap is not None:
                subject = Subject(process.key, process_map.source.path)
                yield Violation(gap.location, subjects=(subject,))

    return check


def _processes(facts: Facts) -> Iterator[LocatedText]:
    """Yield the name of every process of the map."""
    process_map = facts.manual.process_map
    if process_map is not None:
        for process in process_map.processes.values():
            yield process.mark


@about
def unclear_flow(facts: Facts) -> Callable[[Subject], NotChecked | bool]:
    """Leave unchecked a process whose flows are not known.

    A flow may name no process at all, or a line that speaks of the process could not be read.
    """
    process_map = facts.manual.process_map
    reasons = {} if process_map is None else dict(_unclear_processes(facts, process_map))
    return lambda subject: reasons.get(subject.name, False)


def _unclear_processes(facts: Facts, process_map: ProcessMap) -> Iterator[tuple[str, NotChecked]]:
    """Yield processes whose flows are not known, each with why."""
    processes = tuple(process_map.processes)
    known = {*processes, *process_map.parties}
    for flow in process_map.flows:
        for mark in (flow.source, flow.target):
            if mark.text in known:
                continue
            unclear, close = processes, nearest_name(mark.text, processes)
            if close is not None:
                unclear = (close,)
            for key in unclear:
                yield key, NotChecked("unknown-process", mark.location)
    for key in processes:
        problem = facts.lost_lines.first_problem(process_map.source.path, (key,))
        if problem is not None:
            yield key, NotChecked.because_of(problem)


PROCESS_WITHOUT_OWNER = Rule(
    "QMS213",
    "process-without-owner",
    Severity.INFO,
    title=Text("Quá trình chưa có người chịu trách nhiệm", "A process that nobody owns"),
    message=Text(
        "{count} quá trình của sơ đồ chưa có người chịu trách nhiệm (owner). Hãy hỏi rồi ghi vào.",
        "Processes of the map without an owner: {count}. Ask, and write it down.",
    ),
    check=_processes_lacking(_ownerless),
    hidden_by=(damaged_entry(_processes, "owner"),),
    gather=at_first_certain,
)

PROCESS_WITHOUT_PROCEDURE = Rule(
    "QMS214",
    "process-without-procedure",
    Severity.INFO,
    title=Text("Quá trình chưa có tài liệu mô tả", "A process that no document describes"),
    message=Text(
        (
            "{count} quá trình của sơ đồ chưa gắn với tài liệu nào nói cách làm. Hãy ghi mã "
            "tài liệu vào procedure."
        ),
        (
            "Processes of the map that name no document on how they are done: {count}. Write "
            "its code under procedure."
        ),
    ),
    check=_processes_lacking(_undescribed),
    hidden_by=(damaged_entry(_processes, "procedure"),),
    gather=at_first_certain,
)


@rule(
    "QMS215",
    "process-apart",
    Severity.INFO,
    title=Text("Quá trình đứng riêng", "A process that stands apart"),
    message=Text(
        (
            "{count} quá trình của sơ đồ không có dòng chuyển nào nối với nơi khác. Hãy ghi "
            "vào flows: nhận gì từ đâu, chuyển gì cho ai."
        ),
        (
            "Processes of the map that no flow joins to anything else: {count}. Write under "
            "flows what they take from whom, and hand to whom."
        ),
    ),
    hidden_by=(unclear_flow,),
    gather=at_first_certain,
)
def process_apart(facts: Facts) -> Iterator[Violation]:
    """Find processes that no flow comes to or leaves."""
    process_map = facts.manual.process_map
    if process_map is None or not process_map.flows:
        return
    sources, targets = _connected(process_map)
    joined = sources | targets
    apart = [process for process in process_map.processes.values() if process.key not in joined]
    yield from _one_for_each(apart)


@rule(
    "QMS230",
    "process-without-input",
    Severity.INFO,
    title=Text("Quá trình không có đầu vào", "A process that takes nothing in"),
    message=Text(
        (
            "{count} quá trình của sơ đồ không có đầu vào nào. Hãy ghi những gì quá trình "
            "nhận vào inputs, hoặc thêm dòng chuyển đến."
        ),
        (
            "Processes of the map that take nothing in: {count}. Write their inputs, or add "
            "the flow that comes to them."
        ),
    ),
    hidden_by=(unclear_flow,),
    gather=at_first_certain,
)
def process_without_input(facts: Facts) -> Iterator[Violation]:
    """Find processes that state no input and that nothing flows into (ISO 9001 4.4.1).

    Of a map with flows, only processes that something leaves: the others stand apart.
    """
    process_map = facts.manual.process_map
    if process_map is None:
        return
    sources, targets = _connected(process_map)
    half_joined = _joined_on_one_side(process_map, sources, targets)
    yield from _one_for_each([process for process in half_joined if not process.inputs])


@rule(
    "QMS216",
    "dead-end",
    Severity.INFO,
    title=Text("Quá trình không có đầu ra", "A process that hands on nothing"),
    message=Text(
        (
            "{count} quá trình của sơ đồ không có đầu ra nào. Hãy ghi kết quả vào outputs, "
            "hoặc thêm dòng chuyển đi."
        ),
        (
            "Processes of the map that hand on nothing: {count}. Write their outputs, or add "
            "the flow that leaves them."
        ),
    ),
    hidden_by=(unclear_flow,),
    gather=at_first_certain,
)
def dead_end(facts: Facts) -> Iterator[Violation]:
    """Find processes that something flows into, with no flow and no output (ISO 9001 4.4.1)."""
    process_map = facts.manual.process_map
    if process_map is None:
        return
    sources, targets = _connected(process_map)
    half_joined = _joined_on_one_side(process_map, targets, sources)
    yield from _one_for_each([process for process in half_joined if not process.outputs])


def _joined_on_one_side(
    process_map: ProcessMap, joined: Collection[str], lacking: Collection[str]
) -> list[Process]:
    """Return the processes that flows join on one side and not on the other.

    Of a map without flows all: there only what is written of a process itself can join it.
    """
    return [
        process
        for process in process_map.processes.values()
        if (process.key in joined or not process_map.flows) and process.key not in lacking
    ]


def _connected(process_map: ProcessMap) -> tuple[set[str], set[str]]:
    """Return what flows leave and what they reach; a flow of a process to itself joins nothing."""
    sources, targets = set(), set()
    for flow in process_map.flows:
        if flow.source.text != flow.target.text:
            sources.add(flow.source.text)
            targets.add(flow.target.text)
    return sources, targets


def _one_for_each(lacking: list[Process]) -> Iterator[Violation]:
    for process in lacking:
        yield Violation(process.mark.location, subjects=(Subject(process.key),))


@rule(
    "QMS231",
    "flow-against-side",
    Severity.WARNING,
    title=Text(
        "Dòng chuyển ngược phía của bên ngoài",
        "A flow against the side of an outside party",
    ),
    message=Text(
        (
            "Dòng chuyển này {way_vi} «{name_vi}», mà bên ấy khai side: {side}. Hãy đổi "
            "chiều dòng chuyển; nếu bên ấy vừa giao vừa nhận thì ghi side: both."
        ),
        (
            "This flow {way_en} «{name_en}», which says side: {side}. Turn the flow round, "
            "or write side: both for a party that gives and takes."
        ),
    ),
)
def flow_against_side(facts: Facts) -> Iterator[Violation]:
    """Find flows out of a party that only takes, or into one that only gives."""
    process_map = facts.manual.process_map
    if process_map is None:
        return
    for flow in process_map.flows:
        for mark, wrong_side, way in (
            (flow.source, "out", Text("đi từ", "comes from")),
            (flow.target, "in", Text("đi đến", "goes to")),
        ):
            party = process_map.parties.get(mark.text)
            if party is None or party.side != wrong_side:
                continue
            values = {
                "side": party.side,
                "way_vi": way.vi,
                "way_en": way.en,
                "name_vi": party.name.vi,
                "name_en": party.name.en,
            }
            yield Violation(mark.location, values, None, (party.mark.location,))


RULES: tuple[Rule, ...] = (
    PROCESS_WITHOUT_OWNER,
    PROCESS_WITHOUT_PROCEDURE,
    process_apart,
    dead_end,
    process_without_input,
    flow_against_side,
)
