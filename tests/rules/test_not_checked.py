"""A slip in a data file: what can still be asked of the rest is asked, and what cannot is listed with the line that is why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import check_tree, finding_lines, tiny, tiny_with

if TYPE_CHECKING:
    from qmstool.findings import Report
    from qmstool.i18n import Lang

MAPPING, RECORDS, EXTERNAL = (
    "clauses/mapping/tiny-1.yml",
    "procedures/records.yml",
    "procedures/external.yml",
)
MAP = "manual/process-map.yml"
PROCESSES = """\
schema: 1
title: Sơ đồ
groups: {core: {name: Chính}}
parties: {dan: {name: Dân, side: in}}
processes:
  nhan: {title: Tiếp nhận, group: core, owner: giam-doc, procedure: QT VP 01}
  xu-ly: {title: Xử lý, group: core, owner: giam-doc, procedure: QT VP 01}
  luu: {title: Lưu, group: core, owner: giam-doc, procedure: QT VP 01}
flows:
  - {from: dan, to: nhan, item: Đơn}
  - {from: nhan, to: xu-ly, item: Phiếu}
"""


def edited(path: str, *changes: tuple[str, str]) -> str:
    text = tiny()[path].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def hindered(report: Report, lang: Lang = "vi") -> dict[str, str]:
    """Why each rule was not asked of all, the history left out."""
    return {
        each.rule: each.why.get(lang).rpartition(": ")[2]
        for each in report.skipped
        if each.rule != "QMS407"
    }


RECORD = ("    records: [bao-cao-danh-gia]\n", "")


@pytest.mark.parametrize(
    ("slip", "line"),
    [
        (('section: "1.1"', 'section: "1.1"\n    rolee: giam-doc'), 5),
        (('section: "1.1"', 'section: "1.1": x'), 5),
    ],
)
def test_a_slip_in_one_row_leaves_the_others_to_be_asked(slip: tuple[str, str], line: int) -> None:
    text = edited(MAPPING, RECORD, slip)
    report = check_tree(tiny_with({MAPPING: text}))
    assert [each.split()[0] for each in finding_lines(report)][1:] == ["no-record"]
    assert "QMS207" not in hindered(report)
    assert hindered(report)["QMS206"].startswith(f"{MAPPING}:{line + ('rolee' in slip[1])} (QMS00")


def test_a_mistyped_key_in_a_row_says_what_is_not_known_of_that_row() -> None:
    text = edited(MAPPING, ("    records: [bao-cao-danh-gia]", "    recordz: [bao-cao-danh-gia]"))
    line = text[: text.index("recordz")].count("\n") + 1
    report = check_tree(tiny_with({MAPPING: text}))
    assert finding_lines(report) == [f"unknown-key {MAPPING}:{line}:5"]
    assert hindered(report)["QMS207"] == f"{MAPPING}:{line} (QMS003)"
    other = edited(MAPPING, ("    records: [bao-cao-danh-gia]", "    rolee: giam-doc"))
    assert "no-record" in {
        each.split()[0] for each in finding_lines(check_tree(tiny_with({MAPPING: other})))
    }


@pytest.mark.parametrize(
    "slip",
    [
        "  an: {name: An, holds: [{role: giam-doc, from: 2020-13-01}]}",
        "  an: {name: An, holdz: []}",
        "  an: {name: An: B}",
        "  an: {name: An, name: B}",
    ],
)
def test_a_slip_among_people_hides_no_unknown_unit_or_type(slip: str) -> None:
    role = "giam-doc: {name: Giám đốc, approves: [manual, procedure]}"
    manifest = (
        edited("qms.yml", (role, "giam-doc: {name: Giám đốc, unit: XX, approves: [procdure]}"))
        + f"people:\n{slip}\n"
    )
    found = {
        each.split()[0] for each in finding_lines(check_tree(tiny_with({"qms.yml": manifest})))
    }
    assert {"unknown-unit", "unknown-type"} < found
    assert len(found) == 3
    assert (
        "QMS318" in hindered(check_tree(tiny_with({"qms.yml": manifest}))) or "2020-13-01" in slip
    )


def test_a_name_that_a_lost_line_defines_is_not_missed() -> None:
    manifest = edited("qms.yml", ("units:", "unitz:"))
    assert [
        each.split()[0] for each in finding_lines(check_tree(tiny_with({"qms.yml": manifest})))
    ] == ["unknown-key"]


def test_a_flow_that_goes_astray_leaves_the_other_processes_to_be_asked() -> None:
    astray = PROCESSES + "  - {from: nhan, to: xu-lý, item: Đơn}\n"
    report = check_tree(tiny_with({MAP: astray}))
    assert finding_lines(report) == [f"unknown-process {MAP}:12:22", f"process-apart {MAP}:8:3"]
    assert hindered(report)["QMS216"] == f"{MAP}:12 (QMS307)"


def test_a_flow_to_nowhere_near_says_what_is_not_known() -> None:
    report = check_tree(tiny_with({MAP: PROCESSES + "  - {from: nhan, to: qq, item: Đơn}\n"}))
    assert finding_lines(report) == [f"unknown-process {MAP}:12:22"]
    assert {rule: hindered(report)[rule] for rule in ("QMS215", "QMS216")} == dict.fromkeys(
        ("QMS215", "QMS216"), f"{MAP}:12 (QMS307)"
    )


def test_of_records_those_that_were_read_are_asked() -> None:
    text = (
        "schema: 1\nrecords:\n  bao-cao-danh-gia: {title: Báo cáo, owner: VP}\n  khac: {title: "
        "Khác, owner: VP, retentionn: 3}\n"
    )
    report = check_tree(tiny_with({RECORDS: text}))
    assert [each.split()[0] for each in finding_lines(report)] == ["missing-key", "unknown-key"]
    assert hindered(report)["QMS321"].startswith(f"{RECORDS}:3 (QMS004)")
    both = text.replace("owner: VP}", "owner: VP, retention: unknown}", 1)
    report = check_tree(tiny_with({RECORDS: both}))
    assert finding_lines(report) == [
        f"unknown-key {RECORDS}:4:34",
        f"retention-unknown {RECORDS}:3:3",
    ]
    assert hindered(report)["QMS321"] == f"{RECORDS}:4 (QMS003)"


def test_of_external_documents_those_that_were_read_are_asked() -> None:
    text = edited(
        EXTERNAL,
        (
            "documents:\n",
            "documents:\n  khac: {number: 1/2020/NĐ-CP, title: Khác, statuss: in_force}\n",
        ),
    )
    text = text.replace("status: in_force", "status: superseded")
    report = check_tree(tiny_with({EXTERNAL: text}))
    slugs = [each.split()[0] for each in finding_lines(report)]
    assert "unknown-key" in slugs
    assert "superseded-external" in slugs
    assert [why for why in hindered(report).values() if why.startswith(f"{EXTERNAL}:3 (QMS003)")]


def test_a_broken_release_says_what_is_not_known() -> None:
    report = check_tree(tiny_with({"releases/0001.yml": "schema: 1\nrelease: 1\nimportd: true\n"}))
    assert hindered(report)["QMS402"] == "releases/0001.yml:3 (QMS003)"
    assert "unknown-key" in {each.split()[0] for each in finding_lines(report)}
