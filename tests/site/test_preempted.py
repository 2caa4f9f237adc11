"""A scheduled release that a hotfix outranked, as the pages tell it."""

from __future__ import annotations

from typing import Any

import pytest

from qmstool.site.pages.timeline import pages
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.status import change_lines, status_line
from tests.support.manuals import tiny_with
from tests.support.site.scenes import edition_of

KEY = "qt-vp-01"


def record(number: int, effective: str, recorded: str, act: str = "revise") -> str:
    pin = f"{{path: procedures/qt-vp-01.md, blob: {str(number) * 40}}}"
    return (
        f"schema: 1\nrelease: {number}\ntitle: x\ninstrument: {{kind: notice}}\nsigner: "
        f"{{person: unknown}}\n"
        f"effective: {effective}\nrecorder: x\nrecorded: {recorded}\nprevious: none\nbasis: "
        "[]\nitems:\n"
        f"  - {{code: QT VP 01, act: {act}, title: x, revision: {number}, digest: "
        f"{str(number) * 64}, files: [{pin}]}}\n"
    )


@pytest.mark.parametrize(("hotfix", "number"), [("2026-03-01", 1), ("2027-08-01", 2)])
def test_the_page_says_so_and_compares_with_what_people_worked_by(hotfix: str, number: int) -> None:
    overlay = {
        "releases/0001.yml": record(1, "2026-01-01", "2026-01-01", "new"),
        "releases/0002.yml": record(2, "2027-07-01", "2026-02-01"),
        "releases/0003.yml": record(3, hotfix, "2026-03-01"),
    }
    edition = edition_of(tiny_with(overlay))
    told = status_line(edition, edition.register.statuses[KEY])
    states = [step.state for step in change_lines(edition, KEY)]
    releases: Any = next(pages(edition)).values["releases"]
    stops = [each["state"] for each in releases]
    if number == 1:
        assert (
            told.preempted
            == "đợt 2 sẽ không có hiệu lực, vì đợt 3, ghi nhận sau, có hiệu lực trước"
        )
        assert told.coming == ""
        assert states == ["effective", "overtaken", "superseded"]
        assert stops == ["effective", "overtaken", "effective"]
        change = last_change(edition, edition.manual.documents[KEY])
        assert change is not None
        assert "0001" in change.before
    else:
        assert (told.preempted, told.coming) == ("", "01/07/2027")
        assert states == ["scheduled", "scheduled", "effective"]
        assert stops == ["scheduled", "scheduled", "effective"]
