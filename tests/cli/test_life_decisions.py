"""Five years with withdrawals, hotfixes under scheduled releases, texts taken over and reviews: every
command names the same versions on every day that is asked.

What is in force by decisions is the simulator's truth; what was taken over counts from the day that
it claims, and a record of another document changes nothing of it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.manual.releases import Claim, TakenOver
from qmstool.parsing.codes import fold_code
from qmstool.releases.adoption import Adoption, adopt
from qmstool.releases.record import check_code
from qmstool.storage.tree import FolderTree
from tests.support import simulator
from tests.support.cli.forgery import run_command
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.simulator import Life

pytestmark = pytest.mark.slow
# Code → the day that its paper claims.
TAKEN = {"QT B 01": date(2020, 5, 1), "QT B 02": date(2022, 9, 15)}
NOW = "1735700000"  # 2025-01-01


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Life]:
    life, repo = simulator.plant(2, releases=24), Repo.make(tmp_path_factory.mktemp("doi") / "kho")
    simulator.write(life, repo)
    for code in TAKEN:
        path = f"procedures/{code.lower().replace(' ', '-')}.md"
        repo.commit("Tìm thấy bản giấy", {path: simulator.text_of(code, 1)}, day="2024-12-01")
    # The command refuses a manual with errors, as the simulator's has: its mapping names no section.
    tree = FolderTree(repo.folder)
    manual = load(tree)
    claims = {fold_code(code): _claims(day) for code, day in TAKEN.items()}
    last = (repo.folder / "releases/0024.yml").read_bytes()
    adoption = Adoption(
        25, "Tiếp nhận", "t", recorded=date(2024, 12, 2), claims=claims,
        previous=hashlib.sha256(last).hexdigest(),
    )  # fmt: skip
    record = adopt(manual, tree, claims, adoption)
    repo.commit("Tiếp nhận", {"releases/0025.yml": record}, day="2024-12-02")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOW)
        root = ["--root", str(repo.folder)]
        for code in TAKEN:
            words = ["--outcome", "stands", "--person", "ba-ba", "--date", "2024-12-20"]
            assert main(["record", "review", code, *words, *root]) == 0
        repo.commit("Xem xét", day="2024-12-20")
    return repo, life


def _claims(day: date) -> TakenOver:
    return TakenOver("paper", (Claim("issue", "3", "bìa"), Claim("effective", str(day), "bìa")))


def days(life: Life) -> list[date]:
    """Days on which something takes effect, and their eves; a sample of them."""
    turning = {day for event in life.events for day in (event.recorded, event.effective) if day}
    turning |= set(TAKEN.values())
    both = {day - timedelta(days=back) for day in turning for back in (0, 1)}
    sampled = sorted(day for day in both if day > simulator.START)[::6]
    eves = [day - timedelta(days=back) for day in TAKEN.values() for back in (0, 1)]
    return sorted({*sampled, *eves})


def truth(life: Life, day: date) -> dict[str, tuple[str, str]]:
    """Code → release and check code of what is in force on a day."""
    painted = life.painted()
    found = {}
    for code in simulator.CODES:
        if (code, day) in painted and painted[code, day][1].act != "withdraw":
            event, item = painted[code, day]
            found[code] = (str(event.number), check_code(item.digest))
    for code, since in TAKEN.items():
        if since <= day:
            data = simulator.text_of(code, 1).encode()
            item = simulator.PlantedItem(code, "new", 3, 0, "", data.decode())
            found[code] = ("25", check_code(item.digest))
    return found


def ask(repo: Repo, *words: str) -> list[dict[str, str]]:
    status, out = run_command(*words, "--root", str(repo.folder), "--format", "json")
    assert status == 0, (words, out)
    return list(json.loads(out))


def test_every_command_names_the_same_versions(
    lived: tuple[Repo, Life], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, life = lived
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    for number, day in enumerate(days(life)):
        expected = truth(life, day)
        rows = ask(repo, "as-of", day.isoformat())
        assert {row["code"]: (row["release"], row["check_code"]) for row in rows} == expected, day
        words = [row["grounds"].startswith("bản tiếp nhận") for row in rows]
        assert words == sorted(words), day
        listed = {
            row["code"]: row["check_code"]
            for row in ask(repo, "register", "internal", "--as-of", day.isoformat())
            if row["state"].startswith(("đang có hiệu lực", "bản tiếp nhận"))
        }
        assert listed == {code: check for code, (_, check) in expected.items()}, day
        held = {row["code"] for row in ask(repo, "distribution", "--as-of", day.isoformat())}
        assert held == set(expected), day
        if number % 5 == 0:
            target = tmp_path / str(number)
            command = ["as-of", day.isoformat(), "--texts", str(target)]
            assert run_command(*command, "--root", str(repo.folder))[0] == 0
            texts = [file.read_text() for file in sorted(target.rglob("*.md"))]
            assert len(texts) == len(expected), day


def test_nothing_that_was_overtaken_or_put_right_takes_effect(
    lived: tuple[Repo, Life], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, life = lived
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    painted = life.painted()
    for code in simulator.CODES:
        told = {row["what"] for row in ask(repo, "trail", "--document", code)}
        for (painted_code, _), (event, item) in painted.items():
            if painted_code == code and event.effective and event.effective <= simulator.days()[-1]:
                words = "bãi bỏ từ" if item.act == "withdraw" else "có hiệu lực từ"
                assert f"{words} {event.effective}" in told, (code, event.number)
        wrong = {number for event in life.events for number in event.mends}
        states = {row["release"] for row in ask(repo, "history", code)}
        assert not states & {str(number) for number in wrong}, code


def test_reviews_without_change_move_the_review_date_and_nothing_else(
    lived: tuple[Repo, Life], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, _ = lived
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    status, out = run_command("verify", "--root", str(repo.folder), "--format", "json")
    answers = json.loads(out)
    assert status == 0
    assert {answer["code"] for answer in answers["documents"] if answer["proved"]}.isdisjoint(TAKEN)
    told = [row["what"] for row in ask(repo, "trail", "--document", "QT B 01")]
    assert "xem xét: giữ nguyên" in told
