"""Slips of people who edit the real manual, one at a time: each is told once, where it was made, and nothing else is.

The table is `tests/data/slips.yml`: what was done, what a good colleague would say, and what the checker says. Slips that no
machine can honestly tell stay in it, with the reason.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from qmstool.checking import comparison as compare
from qmstool.report.display import group_by_cause
from tests.support.real_manual import (
    check_real,
    kept_readings,
    real_files,
    report_of_real_manual,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.findings import Report

SLIPS: list[dict[str, Any]] = yaml.load(  # the C loader is ten times faster
    (Path(__file__).parents[1] / "data" / "slips.yml").read_bytes(),
    getattr(yaml, "CSafeLoader", yaml.SafeLoader),
)
# That a text is no longer the released one is so of every change in it, and says nothing of the
# slip.
ALWAYS = "changed-since-release"
SAVED: dict[str, Callable[[str], bytes]] = {
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cp1258": lambda text: text.encode("cp1258", "replace"),
    "utf-16": lambda text: text.encode("utf-16"),
}


def changed(files: dict[str, bytes], edits: list[dict[str, Any]]) -> dict[str, bytes]:
    """The files after a slip. Raises AssertionError where the manual has no such place any more."""
    done = dict(files)
    for edit in edits:
        match edit:
            case {"drop": path}:
                del done[path]
            case {"move": path, "to": other}:
                done[other] = done.pop(path)
            case {"copy": path, "to": other}:
                done[other] = (
                    _put(done[path].decode(), edit).encode() if "put" in edit else done[path]
                )
            case {"add": path, "like": other}:
                done[path] = done[other]
            case {"add": path, "text": text}:
                done[path] = text.encode()
            case {"in": path, "save": how}:
                done[path] = SAVED[how](done[path].decode())
            case {"in": path}:
                done[path] = _put(done[path].decode(), edit).encode()
            case _:
                raise AssertionError(edit)
    return done


def _put(text: str, edit: dict[str, Any]) -> str:
    """A text with a passage replaced (`put`, `cut`), said twice (`repeat`), or with words after it (`after`)."""
    if "after" in edit:
        return text + str(edit["after"])
    words = edit.get("put") or edit.get("cut") or edit["repeat"]
    assert text.count(words) == 1 or ("every" in edit and words in text), words
    if "put" in edit:
        return text.replace(words, edit["by"])
    start = text.index(words)
    end = text.index(edit["until"], start) if "until" in edit else len(text)
    passage = text[start:end] * 2 if "repeat" in edit else edit.get("by", "")
    return text[:start] + passage + text[end:]


def told(before: Report, after: Report, paths: tuple[str, ...]) -> list[str]:
    """What a slip brought, as «slug path:line:column», each cause once, with how often it was found and what was perhaps meant."""
    known = {(each.slug, each.location.path, each.location.line) for each in before.findings}
    new = compare.new_findings(before, after, paths=paths).findings
    fresh = [
        each
        for each in new
        if (each.slug, each.location.path, each.location.line) not in known and each.slug != ALWAYS
    ]
    lines = []
    for cause in group_by_cause(fresh):
        place, many = cause.first.location, len(cause.places)
        times = f" x{many}" if many > 1 else ""
        meant = f" → {cause.first.suggestion}" if cause.first.suggestion else ""
        lines.append(
            f"{cause.first.severity.word} {cause.first.slug} "
            f"{place.path}:{place.line}:{place.column}{times}{meant}"
        )
    return lines


@pytest.mark.parametrize("slip", SLIPS, ids=[each["slip"] for each in SLIPS])
def test_a_slip_is_told_once_and_where_it_was_made(slip: dict[str, Any]) -> None:
    after = changed(real_files(), slip["edits"])
    with kept_readings():
        report = check_real(after)
    assert told(report_of_real_manual(), report, tuple(after)) == slip["told"]


def test_the_table_is_honest() -> None:
    """Many slips; each told, or said to be harmless or beyond a machine; nearly all in one line."""
    names = [each["slip"] for each in SLIPS]
    assert len(names) == len(set(names))
    assert len(names) >= 80
    assert [each["slip"] for each in SLIPS if bool(each["told"]) == bool(each.get("untold"))] == []
    several = [each["slip"] for each in SLIPS if len(each["told"]) > 1]
    assert len(several) < len(SLIPS) / 10
    assert [
        each["slip"] for each in SLIPS if len(each["told"]) > 1 and not each.get("several")
    ] == []
