"""Every command about the past, against the simulator's truth: in a clone, from a bare repository,
and where no remote ever was.

What is in force changes on few days. Each of these days and its eve are asked, so every day in
between is answered too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.releases.record import check_code
from tests.support import simulator
from tests.support.cli.forgery import run_command
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.simulator import Event, Life, PlantedItem

pytestmark = pytest.mark.slow
PLACES = ("no remote", "clone", "bare")
ACTS = {
    "new": "ban hành mới",
    "revise": "sửa đổi",
    "reissue": "ban hành lại",
    "correct": "đính chính",
    "withdraw": "bãi bỏ",
}
OUT = {"withdrawn": "bãi bỏ", "scheduled": "đã ban hành, chưa có hiệu lực"}


@dataclass
class Planted:
    life: Life
    brought: dict[int, str]
    roots: dict[str, Path]

    def ask(self, place: str, *words: str) -> Any:
        status, out = run_command(*words, "--root", str(self.roots[place]), "--format", "json")
        assert status == 0, (words, out)
        return json.loads(out)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    home = tmp_path_factory.mktemp("doi")
    life, repo = simulator.plant(2, releases=24), Repo.make(home / "kho")
    brought = simulator.write(life, repo)
    repo.git("clone", "-q", str(repo.folder), str(home / "sao"))
    repo.git("clone", "-q", "--bare", str(repo.folder), str(home / "trần"))
    return Planted(
        life, brought, {"no remote": repo.folder, "clone": home / "sao", "bare": home / "trần"}
    )


def turning(life: Life, place: str) -> list[date]:
    """Each day on which something is recorded or takes effect, and its eve.

    Few of them where the place is all that differs.
    """
    days = {day for event in life.events for day in (event.recorded, event.effective) if day}
    both = sorted(
        {day - timedelta(days=back) for day in days for back in (0, 1) if day > simulator.START}
    )
    return both if place == "clone" else both[5::14]


Day = dict[str, tuple["Event", "PlantedItem"]]


def on(truth: dict[tuple[str, date], tuple[Event, PlantedItem]], day: date) -> Day:
    """What the calendar shows on a day, by code."""
    return {code: truth[code, day] for code in simulator.CODES if (code, day) in truth}


def standing(shown: Day) -> Day:
    return {code: found for code, found in shown.items() if found[1].act != "withdraw"}


def valid_acts(life: Life, code: str) -> list[tuple[Event, PlantedItem]]:
    """What happened to a document, without what was put right later."""
    wrong = {number for event in life.events for number in event.mends}
    valid = [event for event in life.events if event.number not in wrong]
    return [(event, item) for event in valid for item in event.items if item.code == code]


def signed_by(event: Event) -> str:
    return f"{simulator.PEOPLE[event.signer][0]}, Giám đốc" if event.signer else "chưa rõ"


def test_the_life_holds_every_kind_of_event() -> None:
    events = [
        event
        for seed in (1, 5, 2)
        for event in simulator.plant(seed, 24 if seed == 2 else 40).events
    ]
    dated = [(event, event.effective) for event in events if event.effective]
    assert {item.act for event in events for item in event.items} == set(ACTS)
    assert any(effective > event.recorded for event, effective in dated)
    assert any(effective < event.recorded for event, effective in dated)
    assert any(event.mends for event in events)
    assert {event.signer for event in events} == {"", *simulator.PEOPLE}
    life = simulator.plant(2, releases=24).events
    late = [(one, one.effective) for one in life if one.effective and one.effective > one.recorded]
    hotfixed = [
        (one.number, two.number)
        for one, effective in late
        for two in life[one.number :]
        if two.recorded < effective and two.effective and two.effective < effective
        and {item.code for item in one.items} & {item.code for item in two.items}
    ]  # fmt: skip
    assert hotfixed == [(8, 9)]
    assert any("moved" in item.path for event in life for item in event.items)


@pytest.mark.parametrize("place", PLACES)
def test_as_of_every_day_and_as_known_on_another(planted: Planted, place: str) -> None:
    truth = planted.life.painted()
    for day in turning(planted.life, place):
        assert listed(planted.ask(place, "as-of", day.isoformat())) == expected(
            standing(on(truth, day))
        ), day
    for day in turning(planted.life, place)[::5]:
        for known in (day - timedelta(days=20), day + timedelta(days=9)):
            then = planted.life.painted(known)
            found = planted.ask(place, "as-of", day.isoformat(), "--known-on", known.isoformat())
            assert listed(found) == expected(standing(on(then, day))), (day, known)


def listed(rows: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    keys = ("release", "issue", "revision", "check_code", "approver", "effective")
    return {row["code"]: tuple(row[key] for key in keys) for row in rows}


def expected(shown: Day) -> dict[str, tuple[str, ...]]:
    return {
        code: (
            str(event.number), str(item.issue), str(item.revision), check_code(item.digest), signed_by(event),
            str(event.effective or "chưa rõ"),
        )
        for code, (event, item) in shown.items()
    }  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_the_register_of_every_day(planted: Planted, place: str) -> None:
    truth = planted.life.painted()
    for day in turning(planted.life, place):
        shown = on(truth, day)
        rows = planted.ask(place, "register", "internal", "--as-of", day.isoformat())
        found = {
            row["code"]: (row["issue"], row["revision"], row["check_code"], row["owner"])
            for row in rows
            if row["state"] not in OUT.values()
        }
        assert found == {
            code: (
                str(item.issue),
                str(item.revision),
                check_code(item.digest),
                simulator.UNITS[simulator.copies_of(item.version)[0]],
            )
            for code, (_, item) in standing(shown).items()
        }, day
        gone = {row["code"] for row in rows if row["state"] == OUT["withdrawn"]}
        assert gone == {code for code, (_, item) in shown.items() if item.act == "withdraw"}, day
        coming = {row["code"] for row in rows if row["state"] == OUT["scheduled"]}
        assert coming == coming_first(planted.life, day) - set(shown), day


def coming_first(life: Life, day: date) -> set[str]:
    """Codes of releases that were recorded by a day and take effect after it."""
    wrong = {number for event in life.events for number in event.mends}
    return {
        item.code for event in life.events if event.number not in wrong and event.recorded <= day
        and event.effective and event.effective > day for item in event.items
    }  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_who_holds_which_copy_on_a_day(
    planted: Planted, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = planted.life.painted()
    for day in turning(planted.life, place)[::4]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str((day - date(1970, 1, 1)).days * 86400 + 3600))
        found = {
            (row["code"], row["unit"], row["copies"]) for row in planted.ask(place, "distribution")
        }
        assert found == {
            (code, *held(item)) for code, (_, item) in standing(on(truth, day)).items()
        }, day


def held(item: PlantedItem) -> tuple[str, str]:
    unit, copies = simulator.copies_of(item.version)
    return simulator.UNITS[unit], str(copies)


def test_what_each_release_recalls(planted: Planted) -> None:
    truth = planted.life.painted()
    wrong = {number for event in planted.life.events for number in event.mends}
    for event in planted.life.events[1:]:
        if event.effective and event.number not in wrong:
            before, after = (
                standing(on(truth, event.effective - timedelta(days=back))) for back in (1, 0)
            )
            moved = {code for code in {*before, *after} if before.get(code) != after.get(code)}
            rows = planted.ask("clone", "distribution", "--recall", str(event.number))
            assert {(row["code"], row["unit"]) for row in rows if row["act"] == "thu hồi"} == {
                (code, held(before[code][1])[0]) for code in moved if code in before
            }, event.number
            assert {(row["code"], row["unit"]) for row in rows if row["act"] != "thu hồi"} == {
                (code, held(after[code][1])[0]) for code in moved if code in after
            }, event.number


@pytest.mark.parametrize("place", PLACES)
def test_the_texts_of_a_day(planted: Planted, place: str, tmp_path: Path) -> None:
    truth = planted.life.painted()
    for at, day in enumerate(turning(planted.life, place)[3::9]):
        planted.ask(place, "as-of", day.isoformat(), "--texts", str(tmp_path / str(at)))
        written = {
            file.relative_to(tmp_path / str(at)).as_posix(): file.read_text()
            for file in (tmp_path / str(at)).rglob("*.md")
        }
        assert written == {item.path: item.text for _, item in standing(on(truth, day)).values()}, (
            day
        )


@pytest.mark.parametrize("place", PLACES)
def test_the_change_table_of_every_document(planted: Planted, place: str) -> None:
    for code in simulator.CODES:
        life = valid_acts(planted.life, code)
        rows = planted.ask(place, "history", code)
        assert [
            tuple(row[key] for key in ("release", "issue", "revision", "act", "effective", "recorded", "approver", "check_code"))
            for row in reversed(rows)
        ] == [
            (
                str(event.number), str(item.issue), str(item.revision), ACTS[item.act] if event.effective else "bản tiếp nhận",
                str(event.effective or "chưa rõ"), event.recorded.isoformat(), signed_by(event),
                "" if item.act == "withdraw" else check_code(item.digest),
            )
            for event, item in life
        ]  # fmt: skip
        for row, (event, item) in zip(reversed(rows), life, strict=True):
            assert (
                item.act == "withdraw"
                or planted.brought[event.number][:10] in row["commits"].split()
            ), (code, event.number)


@pytest.mark.parametrize("place", PLACES)
def test_two_versions_word_by_word(planted: Planted, place: str) -> None:
    code = "ST"
    life = valid_acts(planted.life, code)
    for (one, old), (two, new) in pairwise(life):
        for names in (
            (str(one.number), str(two.number)),
            (f"{old.issue}/{old.revision}", f"{new.issue}/{new.revision}"),
        ):
            status, out = run_command("diff", code, *names, "--root", str(planted.roots[place]))
            assert (status, f"Bản thứ [-{old.version}-]{{+{new.version}+}} của {code}" in out) == (
                0,
                True,
            ), (names, out)


@pytest.mark.parametrize("place", PLACES)
def test_the_trail_by_document_person_unit_clause_and_period(planted: Planted, place: str) -> None:
    def recorded(*words: str) -> set[int]:
        told = (row["what"] for row in planted.ask(place, "trail", *words))
        return {int(what.rsplit(" ", 1)[1]) for what in told if what.startswith("ghi nhận đợt")}

    def of(*codes: str) -> set[int]:
        return {
            event.number
            for event in planted.life.events
            if {item.code for item in event.items} & set(codes)
        }

    for code in simulator.CODES:
        assert recorded("--document", code) == of(code), code
    assert recorded() == {event.number for event in planted.life.events}
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    period = {event.number for event in planted.life.events if first <= event.recorded <= last}
    assert recorded("--since", first.isoformat(), "--until", last.isoformat()) == period
    for key, (name, _, _) in simulator.PEOPLE.items():
        rows = planted.ask(place, "trail", "--person", name)
        signed = {event.instrument for event in planted.life.events if event.signer == key}
        assert {row["reference"] for row in rows} == signed, name
    at_hand = latest(planted.life)
    for unit in simulator.UNITS:
        owned = {
            code for code, version in at_hand.items() if simulator.copies_of(version)[0] == unit
        }
        assert recorded("--unit", unit) == of(*owned), unit
    assert recorded("--clause", "4.1") == of("QT A 01")


def latest(life: Life) -> dict[str, int]:
    """The version of each document that lies at the tip."""
    found: dict[str, int] = {}
    for event in life.events:
        for item in event.items:
            found = (
                found | {item.code: item.version}
                if item.act != "withdraw"
                else {k: v for k, v in found.items() if k != item.code}
            )
    return found


@pytest.mark.parametrize("place", PLACES)
def test_nothing_speaks_against_an_honest_life(planted: Planted, place: str) -> None:
    found = planted.ask(place, "verify")
    assert [doubt for answer in found["answers"] for doubt in answer["doubts"]] == []
    assert {answer["key"]: answer["outcome"] for answer in found["answers"]}["trail"] == "yes"
