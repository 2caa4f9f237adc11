"""Rules on the process map: processes that nobody owns or no procedure describes, and what flows into and out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qmstool.manual.process_map import Flow, Process, ProcessMap
    from qmstool.parsing.yaml.nodes import LocatedText


def _meant(facts: Facts, charted: ProcessMap) -> Iterator[tuple[str, NotChecked]]:
    """Processes that a flow gone astray was perhaps meant for, or a line that could not be read: what they lack is not known."""
    processes, known = tuple(charted.processes), {*charted.processes, *charted.parties}
    for mark in (mark for flow in charted.flows for mark in (flow.source, flow.target)):
        if mark.text not in known:
            close = nearest_name(mark.text, processes)
            yield from (
                (each, NotChecked("unknown-process", mark.location))
                for each in processes
                if close in {None, each}
            )
    for each in processes:
        problem = facts.lost.why(charted.source.path, (each,))
        if problem is not None:
            yield each, NotChecked.of(problem)


def together(marks: Sequence[LocatedText]) -> Iterator[Violation]:
    """One fault for many places of one file: the first is its place, the others stand beside it."""
    if marks:
        yield Violation(
            marks[0].location,
            {"count": str(len(marks))},
            None,
            tuple(mark.location for mark in marks[1:]),
        )


def lacking(
    key: str, place: Callable[[Process], LocatedText | None]
) -> Callable[[Facts], Iterator[Violation | NotChecked]]:
    """Return the check for processes that lack what stands under a key; `place` says where one does."""

    def check(facts: Facts) -> Iterator[Violation | NotChecked]:
        charted = facts.manual.process_map
        processes = tuple(charted.processes.values()) if charted else ()
        hurt = facts.lost.hurt([process.mark for process in processes], key)
        found = {process.key: mark for process in processes if (mark := place(process)) is not None}
        yield from (NotChecked.of(hurt[each]) for each in found if each in hurt)
        yield from together([mark for each, mark in found.items() if each not in hurt])

    return check


def _ownerless(process: Process) -> LocatedText | None:
    if process.owner is None:
        return process.mark
    return process.owner if process.owner.text == UNKNOWN else None


def _undescribed(process: Process) -> LocatedText | None:
    return process.mark if process.procedure is None or process.procedure.text == UNKNOWN else None


def _passing(charted: ProcessMap) -> tuple[Flow, ...]:
    """The flows from one place to another: what a process hands to itself comes from nowhere and goes nowhere."""
    return tuple(flow for flow in charted.flows if flow.source.text != flow.target.text)


def process_apart(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Processes that no flow comes to or leaves."""
    charted = facts.manual.process_map
    if charted is None or not charted.flows:
        return
    joined = {mark.text for flow in _passing(charted) for mark in (flow.source, flow.target)}
    yield from _alone(
        facts, charted, [each for each in charted.processes.values() if each.key not in joined]
    )


def without_input(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Processes that say no input and that nothing flows into (ISO 9001 4.4.1); of those that stand apart that is told."""
    charted = facts.manual.process_map
    if charted is None:
        return
    flows = _passing(charted)
    fed, feeding = {flow.target.text for flow in flows}, {flow.source.text for flow in flows}
    asked = [
        each for each in charted.processes.values() if each.key in feeding or not charted.flows
    ]
    yield from _alone(
        facts, charted, [each for each in asked if each.key not in fed and not each.inputs]
    )


def dead_end(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Processes that something flows into and nothing comes out of: no flow, no output (ISO 9001 4.4.1)."""
    charted = facts.manual.process_map
    if charted is None:
        return
    flows = _passing(charted)
    fed, feeding = {flow.target.text for flow in flows}, {flow.source.text for flow in flows}
    asked = [each for each in charted.processes.values() if each.key in fed or not charted.flows]
    yield from _alone(
        facts, charted, [each for each in asked if each.key not in feeding and not each.outputs]
    )


def _alone(
    facts: Facts, charted: ProcessMap, found: Sequence[Process]
) -> Iterator[Violation | NotChecked]:
    """What is told of processes that lack a flow, and what is not because a flow may have been meant for them."""
    meant = dict(_meant(facts, charted)) if found else {}
    yield from (meant[process.key] for process in found if process.key in meant)
    yield from together([process.mark for process in found if process.key not in meant])


def flow_against_side(facts: Facts) -> Iterator[Violation]:
    """Flows out of a party that only takes, or into one that only gives, as the map itself says."""
    charted = facts.manual.process_map
    for flow in charted.flows if charted else ():
        for mark, side, vi, en in (
            (flow.source, "out", "đi từ", "comes from"),
            (flow.target, "in", "đi đến", "goes to"),
        ):
            party = charted.parties.get(mark.text) if charted else None
            if party is not None and party.side == side:
                told = {
                    "side": side,
                    "way_vi": vi,
                    "way_en": en,
                    "name_vi": party.name.vi,
                    "name_en": party.name.en,
                }
                yield Violation(mark.location, told, None, (party.mark.location,))


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS213", "process-without-owner", I,
        Text("Quá trình chưa có người chịu trách nhiệm", "A process that nobody owns"),
        Text(
            (
                "{count} quá trình của sơ đồ chưa có người chịu trách nhiệm (owner). Hãy hỏi rồi "
                "ghi vào."
            ),
            "Processes of the map without an owner: {count}. Ask, and write it down.",
        ),
        lacking("owner", _ownerless),
    ),
    Rule(
        "QMS214", "process-without-procedure", I,
        Text("Quá trình chưa có tài liệu mô tả", "A process that no document describes"),
        Text(
            (
                "{count} quá trình của sơ đồ chưa gắn với tài liệu nào nói cách làm. Hãy ghi mã "
                "tài liệu vào procedure."
            ),
            (
                "Processes of the map that name no document on how they are done: {count}. Write "
                "its code under procedure."
            ),
        ),
        lacking("procedure", _undescribed),
    ),
    Rule(
        "QMS215", "process-apart", I,
        Text("Quá trình đứng riêng", "A process that stands apart"),
        Text(
            "{count} quá trình của sơ đồ không có dòng chuyển nào nối với nơi khác. Hãy ghi "
            "vào flows: nhận gì từ đâu, chuyển gì "
            "cho ai.",
            "Processes of the map that no flow joins to anything else: {count}. Write under "
            "flows what they take from whom, and "
            "hand to whom.",
        ),
        process_apart,
    ),
    Rule(
        "QMS216", "dead-end", I,
        Text("Quá trình không có đầu ra", "A process that hands on nothing"),
        Text(
            (
                "{count} quá trình của sơ đồ không có đầu ra nào. Hãy ghi kết quả vào outputs, "
                "hoặc thêm dòng chuyển đi."
            ),
            (
                "Processes of the map that hand on nothing: {count}. Write their outputs, or add "
                "the flow that leaves them."
            ),
        ),
        dead_end,
    ),
    Rule(
        "QMS230", "process-without-input", I,
        Text("Quá trình không có đầu vào", "A process that takes nothing in"),
        Text(
            "{count} quá trình của sơ đồ không có đầu vào nào. Hãy ghi những gì quá trình "
            "nhận vào inputs, hoặc thêm dòng chuyển "
            "đến.",
            (
                "Processes of the map that take nothing in: {count}. Write their inputs, or add "
                "the flow that comes to them."
            ),
        ),
        without_input,
    ),
    Rule(
        "QMS231", "flow-against-side", W,
        Text("Dòng chuyển ngược phía của bên ngoài", "A flow against the side of an outside party"),
        Text(
            "Dòng chuyển này {way_vi} «{name_vi}», mà bên ấy khai side: {side}. Hãy đổi "
            "chiều dòng chuyển; nếu bên ấy vừa giao vừa "
            "nhận thì ghi side: both.",
            "This flow {way_en} «{name_en}», which says side: {side}. Turn the flow round, "
            "or write side: both for a party that "
            "gives and takes.",
        ),
        flow_against_side,
    ),
)
