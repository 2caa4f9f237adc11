"""Processes and what flows: who takes nothing in, hands nothing on, stands apart, and who gives where he only takes."""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from tests.support.manuals import check_tree, tiny_with

PATH = "manual/process-map.yml"
HEAD = """\
schema: 1
title: Sơ đồ
groups: {g: {name: Nhóm}}
parties:
  dan: {name: Công dân, side: both}
  nha-in: {name: Bên giao, side: in}
  co-quan: {name: Bên nhận, side: out}
  ai: {name: Ai đó}
processes:
"""
PROCESS = "  {key}: {{title: Việc {key}, group: g, owner: giam-doc, procedure: QT VP 02{more}}}\n"
BOTH = ", inputs: [x], outputs: [y]"
SLUGS = {"process-apart", "process-without-input", "dead-end", "flow-against-side"}


def told(processes: dict[str, str], *flows: str) -> set[tuple[str, ...]]:
    """What is found of a map: the slug and the words at each of its places."""
    text = HEAD + "".join(PROCESS.format(key=key, more=more) for key, more in processes.items())
    ends = [flow.split(" > ") for flow in flows]
    text += (
        "flows:\n" + "".join(f"  - {{from: {one}, to: {other}}}\n" for one, other in ends)
        if flows
        else ""
    )
    found = [
        each for each in check_tree(tiny_with({PATH: text})).findings if each.location.path == PATH
    ]
    assert {each.slug for each in found} <= SLUGS
    lines = text.splitlines()
    return {
        (
            each.slug,
            *(
                lines[at.line - 1][at.column - 1 : at.end_column - 1]
                for at in (each.location, *each.related)
            ),
        )
        for each in found
    }


@pytest.mark.parametrize(
    ("processes", "flows", "expected"),
    [
        ({"a": BOTH, "b": BOTH}, ["a > b"], set()),
        ({"a": BOTH}, ["dan > a", "a > dan"], set()),
        # Sends, receives nothing and names no input; with one it is in order.
        ({"a": ""}, ["a > dan"], {("process-without-input", "a")}),
        ({"a": ", inputs: []"}, ["a > dan"], {("process-without-input", "a")}),
        ({"a": ", inputs: [x]"}, ["a > dan"], set()),
        ({"a": "", "b": ""}, ["a > b"], {("process-without-input", "a"), ("dead-end", "b")}),
        (
            {"a": "", "b": "", "c": ""},
            ["a > b", "c > b", "b > dan"],
            {("process-without-input", "a", "c")},
        ),
        # What a process hands to itself is neither an input nor an output, and joins it to nothing.
        ({"a": BOTH, "b": BOTH}, ["b > dan", "a > a"], {("process-apart", "a")}),
        ({"a": ""}, ["a > a", "a > dan"], {("process-without-input", "a")}),
        ({"a": ""}, ["dan > a", "a > a"], {("dead-end", "a")}),
        ({"a": ""}, ["dan > a", "a > a", "a > dan"], set()),
        # One that stands apart is told as such, once.
        ({"a": "", "b": ""}, ["dan > a", "a > dan"], {("process-apart", "b")}),
        # A map that draws no flows yet says inputs and outputs by their names.
        ({"a": BOTH}, [], set()),
        ({"a": ", inputs: [x]"}, [], {("dead-end", "a")}),
        ({"a": ", outputs: [x]"}, [], {("process-without-input", "a")}),
        # Sides of outside parties.
        ({"a": ""}, ["nha-in > a", "a > co-quan"], set()),
        ({"a": ""}, ["ai > a", "a > ai"], set()),
        ({"a": BOTH}, ["co-quan > a"], {("flow-against-side", "co-quan", "co-quan")}),
        ({"a": BOTH}, ["a > nha-in"], {("flow-against-side", "nha-in", "nha-in")}),
        (
            {"a": BOTH},
            ["co-quan > nha-in", "a > dan"],
            {("flow-against-side", each, each) for each in ("co-quan", "nha-in")},
        ),
    ],
)
def test_what_flows(
    processes: dict[str, str], flows: list[str], expected: set[tuple[str, ...]]
) -> None:
    assert told(processes, *flows) == expected


def test_a_flow_against_its_side_says_which_way_it_goes() -> None:
    text = (
        HEAD
        + PROCESS.format(key="a", more=BOTH)
        + "flows: [{from: co-quan, to: a}, {from: a, to: nha-in}]\n"
    )
    found = [
        each.message
        for each in check_tree(tiny_with({PATH: text})).findings
        if each.slug == "flow-against-side"
    ]
    assert [each.vi.split(",")[0] for each in found] == [
        "Dòng chuyển này đi từ «Bên nhận»",
        "Dòng chuyển này đi đến «Bên giao»",
    ]
    assert "comes from «Bên nhận», which says side: out" in found[0].en


@pytest.mark.parametrize(
    ("flows", "side"),
    [
        (["ai > a"], "in"),
        (["a > ai"], "out"),
        (["a > ai", "ai > a"], "both"),
        (["a > dan"], "in"),
        ([], "in"),
    ],
)
def test_a_party_that_says_no_side_stands_where_its_flows_put_it(
    flows: list[str], side: str
) -> None:
    lines = "".join(
        f"  - {{from: {one}, to: {other}}}\n"
        for one, other in (each.split(" > ") for each in flows)
    )
    charted = load(
        tiny_with({PATH: HEAD + PROCESS.format(key="a", more=BOTH) + f"flows:\n{lines}"})
    ).process_map
    assert charted is not None
    assert charted.parties["ai"].side == side


@pytest.mark.parametrize(
    ("key", "lacking"),
    [("owner", "process-without-owner"), ("procedure", "process-without-procedure")],
)
def test_what_a_damaged_entry_may_have_said_is_not_missed(key: str, lacking: str) -> None:
    """A key nearly right may be the one that is missed: it alone is told."""
    whole = PROCESS.format(key="a", more=BOTH)
    for changed, slugs in ((f"{key}x: ", {"unknown-key"}), ("", {lacking})):
        entry = whole.replace(f"{key}: ", changed) if changed else _without(whole, key)
        text = f"{HEAD}{entry}flows:\n  - {{from: dan, to: a}}\n  - {{from: a, to: dan}}\n"
        report = check_tree(tiny_with({PATH: text}))
        assert {each.slug for each in report.findings if each.location.path == PATH} == slugs


def _without(entry: str, key: str) -> str:
    start = entry.index(f"{key}: ")
    return entry[:start] + entry[entry.index(", ", start) + 2 :]
