"""What is in force, for every day of a planted life, against the simulator's own truth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from qmstool.manual.loading.loader import load
from qmstool.parsing.codes import fold_code
from qmstool.register.effect import items_by_key, known_releases, valid_releases
from qmstool.register.preempted import Preempted, undeclared_cancellations
from qmstool.register.reviews import months_after, review_due
from qmstool.register.standing_lives import StandingLife, is_overtaken, standing_lives
from qmstool.register.status import item_state, pins_in_force, register, state_text
from qmstool.tables.registers import Table, forms_register, internal_register
from tests.support import simulator
from tests.support.memory import MemoryTree, files
from tests.support.simulator import CODES, Life

if TYPE_CHECKING:
    from qmstool.manual.model import Manual


@pytest.fixture(scope="module", params=[1, 2, 3])
def life(request: pytest.FixtureRequest) -> Life:
    return simulator.plant(request.param)


@pytest.fixture(scope="module")
def manual(life: Life) -> Manual:
    """The manual of a life, at its end."""
    return load(MemoryTree({**life.files, **simulator.release_files(life)}))


def test_every_day_stands_as_it_was_planted(life: Life, manual: Manual) -> None:
    assert not [
        each for each in manual.problems if each.violation.location.path.startswith("releases/")
    ]
    truth = life.painted()
    for day in simulator.days():
        standings = register(manual, manual.releases, day).statuses
        for code in CODES:
            planted = truth.get((code, day))
            standing = standings.get(fold_code(code))
            if planted is None:
                assert standing is None or standing.state in {"scheduled", "draft"}, (code, day)
                continue
            event, item = planted
            assert standing is not None
            expected = (
                "withdrawn"
                if item.act == "withdraw"
                else ("imported" if event.number == 1 else "effective")
            )
            assert (standing.state, standing.release) == (expected, event.number), (code, day)
            assert (standing.issue, standing.revision) == (str(item.issue), str(item.revision))


def test_every_day_as_it_was_known_on_another(life: Life, manual: Manual) -> None:
    for known_on in simulator.days()[::97]:
        truth = life.painted(known_on)
        heard = known_releases(manual.releases, known_on)
        for day in simulator.days()[::31]:
            standings = register(manual, heard, day).statuses
            said = {
                code: standing.release
                for code in CODES
                if (standing := standings.get(fold_code(code)))
                and standing.state in {"effective", "imported", "withdrawn"}
            }
            assert said == {
                code: truth[code, day][0].number for code in CODES if (code, day) in truth
            }


def test_the_pins_of_every_day_are_the_planted_texts(life: Life, manual: Manual) -> None:
    releases = manual.releases
    truth = life.painted()
    wrong = {number for event in life.events for number in event.mends}
    for day in simulator.days()[::7]:
        pins = pins_in_force(releases, day)
        newest = max(
            (
                event
                for event in life.events
                if event.number not in wrong and (event.effective is None or event.effective <= day)
            ),
            key=lambda event: event.number,
        )
        expected = {path: simulator.blob(text) for path, text in newest.basis.items()}
        held = [
            item
            for code in CODES
            if (code, day) in truth
            for item in [truth[code, day][1]]
            if item.act != "withdraw"
        ]
        assert pins == expected | {item.path: item.blob for item in held}


def test_what_is_coming_comes_and_what_is_overtaken_never_does(life: Life, manual: Manual) -> None:
    for heard in life.events[4::6]:
        day, truth = heard.recorded, life.painted(heard.recorded)
        releases = known_releases(manual.releases, day)
        for code in CODES:
            standing = register(manual, releases, day).statuses.get(fold_code(code))
            counting = {event.number for (one, _), (event, _) in truth.items() if one == code}
            lines = items_by_key(valid_releases(releases)).get(fold_code(code), ())
            states = {
                release.number: item_state(StandingLife(lines), at, day)
                for at, (release, _) in enumerate(lines)
            }
            if standing and standing.coming:
                effective = next(
                    event.effective for event in life.events if event.number == standing.coming
                )
                assert effective is not None
                assert (code, effective) not in truth or truth[code, effective][
                    0
                ].number == standing.coming
            assert not counting & {
                number for number, state in states.items() if state == "overtaken"
            }
            scheduled = {number for number, state in states.items() if state == "scheduled"}
            inside = {
                event.number
                for event in life.events
                if event.effective and event.effective <= simulator.days()[-1]
            }
            assert (scheduled & inside) <= counting


def planted(*events: str, tip: str = "") -> Manual:
    """A manual whose QT A 01 lived through `number effective recorded act` events."""
    given = {}
    for event in events:
        number, effective, recorded, act, *mends = event.split()
        given[f"releases/{int(number):04d}.yml"] = (
            f"schema: 1\nrelease: {number}\ntitle: x\ninstrument: {{kind: notice}}\nsigner: "
            f"{{person: unknown}}\n"
            f"effective: {effective}\n"
            f"recorder: unknown\nrecorded: {recorded}\nprevious: none\nbasis: []\n"
            + (f"mends: [{mends[0]}]\n" if mends else "")
            + f"items: [{{code: QT A 01, act: {act}, title: x, revision: '{number}'}}]\n"
        )
    return load(files(body=tip, **given))


def state(manual: Manual, day: str) -> tuple[str, int | None, int | None]:
    standing = register(manual, manual.releases, date.fromisoformat(day)).statuses["qt-a-01"]
    return standing.state, standing.release, standing.coming


def test_nothing_recorded_is_a_draft() -> None:
    assert state(planted(), "2024-01-01") == ("draft", None, None)


def test_in_a_candidate_it_is_submitted() -> None:
    manual = planted()
    standings = register(manual, (), date(2024, 1, 1), submitted=frozenset({"qt-a-01"})).statuses
    assert (standings["qt-a-01"].state, standings["st"].state) == ("submitted", "draft")


def test_scheduled_then_effective_on_its_very_day() -> None:
    manual = planted("1 2024-03-14 2024-03-01 new")
    assert state(manual, "2024-03-13")[:2] == ("scheduled", 1)
    assert state(manual, "2024-03-14") == ("effective", 1, None)


def test_what_comes_next_is_told() -> None:
    manual = planted("1 2024-01-01 2024-01-01 new", "2 2024-06-01 2024-03-01 revise")
    assert state(manual, "2024-05-31") == ("effective", 1, 2)


def test_a_hotfix_while_a_later_release_is_scheduled_wins_by_sequence() -> None:
    manual = planted(
        "1 2024-01-01 2024-01-01 new",
        "2 2024-06-01 2024-03-01 revise",
        "3 2024-04-01 2024-04-01 correct",
    )
    assert [state(manual, day)[1] for day in ("2024-03-31", "2024-04-01", "2024-06-01")] == [
        1,
        3,
        3,
    ]


HOTFIX = (
    "1 2024-01-01 2024-01-01 new",
    "2 2024-06-01 2024-03-01 revise",
    "3 2024-04-01 2024-04-01 correct",
)


def test_a_scheduled_release_that_a_hotfix_outranks_is_never_coming() -> None:
    manual = planted(*HOTFIX)
    standing = register(manual, manual.releases, date(2024, 4, 2)).statuses["qt-a-01"]
    assert (standing.release, standing.coming, standing.preempted) == (
        3,
        None,
        Preempted(2, 3),
    )
    assert standing.preempted is not None
    assert (
        standing.preempted.text.vi
        == "đợt 2 sẽ không có hiệu lực, vì đợt 3, ghi nhận sau, có hiệu lực trước"
    )
    life = StandingLife(items_by_key(manual.releases)["qt-a-01"])
    for day in (date(2024, 3, 31), date(2024, 4, 2), date(2024, 7, 1)):
        assert item_state(life, 1, day) == "overtaken"
    assert register(manual, manual.releases, date(2024, 7, 1)).statuses["qt-a-01"].preempted is None
    lives = standing_lives(items_by_key(manual.releases))
    assert [is_overtaken(lives, each) for each in manual.releases] == [
        False,
        True,
        False,
    ]


def test_before_the_hotfix_was_known_the_scheduled_release_was_coming() -> None:
    manual = planted(*HOTFIX)
    heard = known_releases(manual.releases, date(2024, 3, 15))
    assert register(manual, heard, date(2024, 3, 15)).statuses["qt-a-01"].coming == 2


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (HOTFIX, [(3, 2)]),
        ((*HOTFIX, "4 2024-06-01 2024-04-10 revise"), []),  # issued anew from the scheduled day on
        ((*HOTFIX, "4 2024-05-01 2024-05-01 correct"), [(3, 2), (4, 2)]),
        (
            (*HOTFIX[:2], "3 2024-05-01 2024-07-01 correct"),
            [],
        ),  # retroactive: the other had taken effect
        (
            (*HOTFIX[:2], "3 2024-06-01 2024-04-01 correct"),
            [],
        ),  # for the same day: plainly in its place
        (
            (*HOTFIX[:2], "3 2024-04-01 2024-04-01 correct 2"),
            [],
        ),  # the scheduled one was a wrong record
        ((*HOTFIX[:2], "3 2024-04-01 unknown correct"), [(3, 2)]),
    ],
)
def test_which_records_cancel_without_a_word(
    events: tuple[str, ...], told: list[tuple[int, int]]
) -> None:
    releases = valid_releases(planted(*events).releases)
    assert [
        (each.number, found.release.number) for each, found in undeclared_cancellations(releases)
    ] == told


def test_a_record_that_says_what_it_cancels_is_heard() -> None:
    manual = planted(*HOTFIX)
    texts = {path: source.text for path, source in manual.sources.items()}
    texts["releases/0003.yml"] = texts["releases/0003.yml"].replace(
        "previous:", "cancels: [2]\nprevious:"
    )
    assert list(undeclared_cancellations(load(MemoryTree(dict(texts))).releases)) == []


def test_a_late_record_takes_effect_back_then() -> None:
    manual = planted("1 2024-01-01 2024-01-01 new", "2 2024-02-01 2024-04-01 revise")
    assert state(manual, "2024-02-01")[1] == 2
    standings = register(
        manual, known_releases(manual.releases, date(2024, 3, 1)), date(2024, 3, 1)
    ).statuses
    assert standings["qt-a-01"].release == 1


def test_withdrawal_is_an_act_and_a_new_one_ends_it() -> None:
    manual = planted(
        "1 2024-01-01 2024-01-01 new",
        "2 2024-02-01 2024-02-01 withdraw",
        "3 2024-03-01 2024-03-01 new",
    )
    assert [state(manual, day)[0] for day in ("2024-01-31", "2024-02-01", "2024-03-01")] == [
        "effective",
        "withdrawn",
        "effective",
    ]


def test_a_wrong_record_is_mended_by_a_later_one() -> None:
    manual = planted(
        "1 2024-01-01 2024-01-01 new",
        "2 2024-02-01 2024-02-01 revise",
        "3 2024-05-01 2024-03-01 revise 2",
    )
    assert [state(manual, day)[1] for day in ("2024-03-15", "2024-05-01")] == [1, 3]
    assert [release.number for release in valid_releases(manual.releases)] == [1, 3]


def test_an_unknown_day_counts_only_in_an_imported_baseline() -> None:
    assert state(planted("1 unknown unknown new"), "2024-01-01")[0] == "draft"


def test_replaced_by_another_document_is_superseded() -> None:
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: x\nreplaces: [QT-A-01]\n---\n"
    manual = planted("1 2024-01-01 2024-01-01 new", "2 2024-02-01 2024-02-01 withdraw")
    two = load(
        MemoryTree(
            {
                **{path: manual.sources[path].text for path in manual.sources},
                "procedures/qt-a-02.md": head,
                "releases/0003.yml": manual.sources["releases/0002.yml"]
                .text.replace("release: 2", "release: 3")
                .replace("QT A 01, act: withdraw", "QT A 02, act: new"),
            }
        )
    )
    assert state(two, "2024-02-01")[0] == "superseded"


def test_the_lines_of_a_change_table() -> None:
    manual = planted(
        "1 2024-01-01 2024-01-01 new",
        "2 2024-02-01 2024-02-01 revise",
        "3 2024-06-01 2024-03-01 reissue",
    )
    line = StandingLife(items_by_key(manual.releases)["qt-a-01"])
    assert [item_state(line, at, date(2024, 4, 1)) for at in range(3)] == [
        "superseded",
        "effective",
        "scheduled",
    ]


def test_a_changed_text_is_told_only_where_its_digest_is_known() -> None:
    manual = planted("1 2024-01-01 2024-01-01 new")
    day = date(2024, 2, 1)
    assert register(manual, manual.releases, day).statuses["qt-a-01"].changed is None
    assert (
        register(manual, manual.releases, day, digests={"qt-a-01": "f" * 64})
        .statuses["qt-a-01"]
        .changed
        is True
    )


def test_words_of_states() -> None:
    assert state_text("scheduled").vi == "đã ban hành, chưa có hiệu lực"


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-15", 12, "2024-12-15"),
        ("2024-11-30", 3, "2025-02-28"),
    ],
)
def test_months_after(day: str, months: int, due: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(due)


def test_a_review_is_due_after_the_documents_own_interval() -> None:
    manual = planted("1 2024-01-31 2024-01-01 new")
    source = manual.sources["procedures/qt-a-01.md"].text.replace(
        "type:", "review_months: 6\ntype:"
    )
    again = load(
        MemoryTree(
            {
                **{path: each.text for path, each in manual.sources.items()},
                "procedures/qt-a-01.md": source,
            }
        )
    )
    standing = register(again, again.releases, date(2024, 2, 1)).statuses["qt-a-01"]
    assert review_due(again.documents["qt-a-01"], standing, again.config) == date(2024, 7, 31)


def column(table: Table, name: str) -> list[str]:
    at = [key for key, _ in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_the_internal_register_is_a_table_of_texts(manual: Manual) -> None:
    table = internal_register(
        manual, register(manual, manual.releases, simulator.START + timedelta(days=900)), "vi"
    )
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert {"đang có hiệu lực"} <= set(column(table, "state"))
    assert all(
        " ngày " in cell
        for cell, state in zip(column(table, "instrument"), column(table, "state"), strict=True)
        if state == "đang có hiệu lực"
    )


def test_forms_are_those_with_a_parent() -> None:
    manual = load(
        files(
            **{
                "procedures/bm.md": (
                    "---\ncode: BM 1\ntype: procedure\ntitle: Mẫu\nparent: QT A 01\n---\n"
                )
            }
        )
    )
    table = forms_register(manual, register(manual, (), date(2024, 1, 1)), "vi")
    assert column(table, "parent") == ["QT A 01"]
