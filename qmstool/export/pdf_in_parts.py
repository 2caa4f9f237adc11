"""Set a large paper in parts, each in a process of its own, and join them: one PDF comes out.

Typst holds all sheets of a file at once; in parts no process holds more than some hundreds. What a
part must know of the others (its first number, the number of all, where headings stand) is asked of
each part first.
"""

from __future__ import annotations

import contextlib
import json
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, TypeVar

from qmstool.export.joined_pdf import HEADING_LINK, join_pdfs
from qmstool.export.pdf import Press
from qmstool.i18n import QmsError
from qmstool.process import fresh_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

PART = 500_000  # letters of data that one process sets: some 200 sheets, 300 MB
CONTENTS_DEPTH = 2

UNKNOWN = {"before": 0, "all": 0, "contents": []}  # what a part is told that is only asked

_Given = TypeVar("_Given")


def as_pdf(
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    made: date,
    *,
    profile: str = "pdf",
    fonts: Path | None = None,
    part: int = PART,
) -> bytes:
    """Return a PDF of what `sheets` made, at once where it is small.

    `part`: how many letters of data are set by one process; for the rest see `Press`. Raises
    QmsError where Typst refuses, or is not installed.
    """
    press = Press(made, profile, fonts)
    runs = _parted(data["sheets"], part)
    if len(runs) == 1:
        return press.set_sheets(data, pictures)
    parts = [{**data, "sheets": run, "cover": None} for run in runs]
    surveys = [_apart(Press.survey, press, {**own, "part": UNKNOWN}, pictures) for own in parts]
    entries = _entries(data["sheets"], [each for own in surveys for each in own["headings"]])
    listed = [entry for entry in entries if entry["level"] <= CONTENTS_DEPTH]
    before = [0]
    if data["cover"] is not None:
        # Its list of contents has its lines already, so that its sheets can be counted.
        cover = {**data, "sheets": [], "part": {**UNKNOWN, "contents": listed}}
        before.append(_apart(Press.survey, press, cover, {})["sheets"])
        parts.insert(0, cover)
    place = 0
    for surveyed in surveys:
        for entry, (_, page) in zip(entries[place:], surveyed["headings"], strict=False):
            entry["page"] = before[-1] + page
        place += len(surveyed["headings"])
        before.append(before[-1] + surveyed["sheets"])
    pieces = []
    for own, start in zip(parts, before, strict=False):
        known = {"before": start, "all": before[-1], "contents": listed}
        pieces.append(_apart(Press.set_sheets, press, {**own, "part": known}, pictures))
    return join_pdfs(pieces)


def _parted(sheets: Sequence[Any], most: int) -> list[list[Any]]:
    """Return sheets in runs of so many letters, at least one sheet in each."""
    runs: list[list[Any]] = [[]]
    room = most
    for sheet in sheets:
        letters = len(json.dumps(sheet, ensure_ascii=False))
        if room < letters and runs[-1]:
            runs.append([])
            room = most
        runs[-1].append(sheet)
        room -= letters
    return runs


def _entries(
    sheets: Sequence[Mapping[str, Any]], headings: Sequence[Sequence[int]]
) -> list[dict[str, Any]]:
    """Return an entry of the list of contents for each heading, its sheet not known yet.

    `headings`: level and sheet of each, as set.
    """
    titles = []
    for sheet in sheets:
        if sheet.get("front"):
            titles.append(sheet["front"]["title"])
        for segment in sheet["segments"]:
            titles += _titles(segment["blocks"])
    return [
        {"level": level, "title": title, "page": 0, "to": f"{HEADING_LINK}{number}"}
        for number, ((level, _), title) in enumerate(zip(headings, titles, strict=True))
    ]


def _titles(blocks: Sequence[Any]) -> list[Any]:
    """Return the words of the headings among blocks and within them, in order."""
    titles = []
    for block in blocks:
        if block["k"] == "h":
            titles.append(block["c"])
            continue
        for inner in (*block.get("cells", ()), *block.get("items", ()), block):
            own = inner.get("c", ())
            titles += _titles([each for each in own if isinstance(each, dict) and "k" in each])
    return titles


def _apart(
    work: Callable[..., _Given],
    press: Press,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
) -> _Given:
    """Return what a press gives in a process of its own, which ends with it.

    It is given only the pictures that its sheets show. What it refuses is told by this process,
    which knows them all.
    """
    written = json.dumps(data["sheets"])
    shown = {name: picture for name, picture in pictures.items() if f'"{name}"' in written}
    given: _Given | None = None
    # Where this system starts no process, or ends it for want of memory, this one does the work.
    refused = BrokenProcessPool, OSError, NotImplementedError
    with contextlib.suppress(*refused), fresh_processes(1) as pool:
        given = pool.submit(_or_none, work, press, data, shown).result()
    return work(press, data, pictures) if given is None else given


def _or_none(
    work: Callable[..., _Given],
    press: Press,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
) -> _Given | None:
    """Return what a press gives; None where it refuses."""
    try:
        return work(press, data, pictures)
    except QmsError:
        return None
