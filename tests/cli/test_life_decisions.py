"""Five years with withdrawals, hotfixes under scheduled releases, texts taken over and reviews: every
command, page and printed sheet names the same versions on every day that is asked.

The register is asked about every single day. Commands, papers, pages and sheets are asked about days
on which something takes effect and their eves, a sample of them in CI and all of them with
`QMS_DAYS=all` (`just long`): between them nothing changes. What is in force by decisions is the simulator's truth; what was taken over counts from the day that
it claims, and a record of another document changes nothing of it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pypdf
import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.manual.releases import Claim, TakenOver
from qmstool.parsing.codes import fold_code
from qmstool.references.resolver import resolve
from qmstool.register.status import register
from qmstool.releases.adoption import Adoption, adopt
from qmstool.releases.record import check_code
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.edition.versions import plan_versions
from qmstool.site.pages.registry import pages
from qmstool.site.parts.render import PageRenderer
from qmstool.storage.tree import FolderTree
from tests.support import simulator
from tests.support.cli.forgery import run_command
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.simulator import Event, Life, PlantedItem

    Painted = dict[tuple[str, date], tuple[Event, PlantedItem]]

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
    step = 1 if os.environ.get("QMS_DAYS") == "all" else 6
    sampled = sorted(day for day in both if day > simulator.START)[::step]
    eves = [day - timedelta(days=back) for day in TAKEN.values() for back in (0, 1)]
    return sorted({*sampled, *eves})


def truth(life: Life, day: date, painted: Painted | None = None) -> dict[str, tuple[str, str]]:
    """Code → release and check code of what is in force on a day."""
    painted = painted or life.painted()
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


def test_the_register_is_right_on_every_single_day(lived: tuple[Repo, Life]) -> None:
    repo, life = lived
    manual, painted = load(FolderTree(repo.folder)), life.painted()
    seen = set()
    for day in simulator.days()[1:]:
        statuses = register(manual, manual.releases, day).statuses.values()
        told = {
            each.key: (str(each.release), each.check_code) for each in statuses if each.in_force
        }
        expected = {fold_code(code): held for code, held in truth(life, day, painted).items()}
        assert told == expected, day
        seen.add(tuple(sorted(told.items())))
    assert len(seen) > len(life.events) / 2


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


# --- printed sheets and pages

# Without the section that no text of the simulator has, so that a candidate can be prepared.
SOUND_MAPPING = """\
schema: 1
catalogue: small
clauses:
  "4.1": {documents: [QT A 01]}
  "4.10": {documents: [QT A 01]}
"""


@pytest.fixture(scope="module")
def drafted(
    lived: tuple[Repo, Life], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Repo, Life, frozenset[str]]:
    """A copy with a draft of every text that is there, and the codes of these drafts."""
    folder = tmp_path_factory.mktemp("du-thao") / "kho"
    shutil.copytree(lived[0].folder, folder, symlinks=True)
    repo, life = Repo(folder, minute=900), lived[1]
    texts = {path: text for path, text in life.files.items() if path.endswith(".md")}
    for code in TAKEN:
        texts[f"procedures/{code.lower().replace(' ', '-')}.md"] = simulator.text_of(code, 1)
    files: dict[str, str | bytes] = {path: f"{text}\nThêm.\n" for path, text in texts.items()}
    files["clauses/mapping/small.yml"] = SOUND_MAPPING
    repo.commit("Dự thảo\n\nReason: phiếu 99", files, day="2024-12-22")
    codes = [re.findall(r"^code: (.+)$", text, re.MULTILINE)[0] for text in texts.values()]
    return repo, life, frozenset(codes)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def releases_named(html: str, code: str) -> set[str]:
    """The releases named in the rows about a document."""
    named: set[str] = set()
    for row in re.findall(r"<tr\b.*?</tr>", html, re.DOTALL):
        words = plain(row)
        if re.search(rf"(?<![\w-]){code}(?![\w-])", words):
            named |= set(re.findall(r"[Đđ]ợt (\d+)", words))
    return named


def predecessors(papers: Path, code: str) -> Iterator[tuple[str, set[str]]]:
    """What each sheet of a dossier says that a document's text follows."""
    for name in ("1-to-trinh", "2-du-thao-quyet-dinh", "5-noi-nhan"):
        yield name, releases_named((papers / f"{name}.html").read_text("utf-8"), code)
    text = (papers / f"3-toan-van-{code.lower().replace(' ', '-')}.html").read_text("utf-8")
    yield "3-toan-van", set(re.findall(r"Thay: đợt (\d+)", plain(text)))
    comparison = (papers / "4-bang-so-sanh.html").read_text("utf-8")
    parts = [plain(part) for part in comparison.split("<h2>")[1:]]
    own = next(part for part in parts if re.match(rf"\d+\. {code} –", part))
    yield "4-bang-so-sanh", set(re.findall(r"Bản trước: đợt (\d+)", own))


def test_every_paper_of_a_hotfix_names_what_is_in_force_on_its_day(
    drafted: tuple[Repo, Life, frozenset[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repo, life, codes = drafted
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    frozen = repo.folder / "releases/candidates/thu.yml"
    numbers = [word for code in TAKEN for word in ("--number", f"{code}=4/0")]
    for day in days(life):
        papers = tmp_path / day.isoformat()
        words = ["--title", "Thử", "--effective", day.isoformat(), "--dossier", str(papers)]
        assert (
            main(["release", "prepare", "thu", *words, *numbers, "--root", str(repo.folder)]) == 0
        )
        expected = truth(life, day)
        followed = dict(
            re.findall(r"code: (.+?)\n.*?follows: (\d+)", frozen.read_text("utf-8"), re.DOTALL)
        )
        frozen.unlink()
        for code in codes:
            number = expected[code][0] if code in expected else ""
            assert followed[code] == (number or "0"), (day, code)
            for name, named in predecessors(papers, code):
                assert named == ({number} if number else set()), (day, code, name)
        shutil.rmtree(papers)


def test_every_page_names_what_is_in_force_on_its_day(
    drafted: tuple[Repo, Life, frozenset[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, life, _ = drafted
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    tip = load(FolderTree(repo.folder))
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    builder = SiteBuilder(repo.folder, FolderTree(repo.folder), moment, "vi", tip, resolve(tip))
    for day in days(life):
        expected = {code: check for code, (_, check) in truth(life, day).items()}
        edition, _ = builder.editions.make(plan_versions(tip.releases, day, "vi")[0])
        renderer = PageRenderer(edition, None)
        told: dict[str, str] = {}
        for page in pages(edition):
            if page.address == edition.addresses.place("documents"):
                html = renderer.render(page).html
                assert in_force_in(html) == expected, day
            elif page.address.startswith(edition.addresses.place("documents")) and page.document:
                html = renderer.render(page).html
                strip = html.partition('class="q-strip ')[2].partition("</dl>")[0]
                if re.match(r"q-strip--(effective|unevidenced|imported)", strip):
                    code = plain(html.partition("<h1")[2].partition("</h1>")[0])
                    check = re.findall(r'q-mono">([\w-]+)<', strip)
                    told[code.partition(">")[2].partition(" · ")[0].strip()] = check[0]
        main_page = {"ST"} & set(expected)
        assert told == {code: expected[code] for code in set(expected) - main_page}, day


def in_force_in(html: str) -> dict[str, str]:
    """Code → check code of the rows of the register whose chip says that they are in force."""
    found = {}
    for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL):
        if re.search(r"q-chip--(effective|unevidenced|imported)", row):
            code = re.findall(r'q-code">([^<]+)<', row)[0]
            found[code] = re.findall(r'q-mono">([\w-]+)<', row)[-1]
    return found


def test_every_sheet_and_comparison_names_what_is_in_force_on_its_day(
    drafted: tuple[Repo, Life, frozenset[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    repo, life, codes = drafted
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    root = ["--root", str(repo.folder)]
    for number, day in enumerate(days(life)):
        expected = truth(life, day)
        _, html = run_command(
            "register", "internal", "--as-of", str(day), *root, "--format", "html"
        )
        for code, (_, check) in expected.items():
            assert check in html, (day, code)
        for code in sorted(codes & set(expected)):
            capsys.readouterr()
            assert main(["diff", code, str(day), *root]) == 0
            assert f"So sánh đợt {expected[code][0]} " in capsys.readouterr().err, (day, code)
        code = sorted(expected)[number % len(expected)]
        sheet = tmp_path / "tờ.pdf"
        asked = ["export", "pdf", code, "--as-of", str(day), "--output", str(sheet), *root]
        assert run_command(*asked)[0] == 0
        pdf = pypdf.PdfReader(io.BytesIO(sheet.read_bytes()))
        words = " ".join(page.extract_text() for page in pdf.pages)
        assert expected[code][1] in words, (day, code)
