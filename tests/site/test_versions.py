"""Versions in a browser: a manual with a whole life, a reader's clock, and addresses of days."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli.main import main
from qmstool.manual.loading.loader import load
from qmstool.register.status import pins_in_force
from qmstool.site.build import reuse as before
from qmstool.site.edition.versions import periods_in_force, plan_versions
from qmstool.storage import files
from qmstool.storage.tree import FolderTree
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.lives import record
from tests.support.site.scenes import CHANGED, DAY, built, copy_released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QT1 = "tai-lieu/qt-vp-01/"
browser_test = [pytest.mark.browser, needed[1]]


def at(
    browser: Any, served: Served, moment: str = "2026-11-22T10:00:00+07:00", width: int = 1280
) -> Visit:
    """A reader whose clock stands at a moment."""
    visit = Visit(browser, served.address, width)
    visit.tab.clock.set_fixed_time(moment)
    return visit


@pytest.fixture(scope="module")
def reader(life: Served, browser: Any) -> Iterator[Visit]:
    """Who reads on the day of the build, from page to page."""
    visit = at(browser, life)
    yield visit
    visit.tab.context.close()


def banner(visit: Visit, page: str) -> tuple[str, list[str]]:
    """What a kept page says of itself, and where its links lead."""
    visit.go(page)
    visit.tab.wait_for_selector("select.q-versions")
    line = visit.tab.locator("[data-qms-kept] span")
    links = line.locator("a").evaluate_all("all => all.map(each => each.href)")
    return " ".join(line.inner_text().split()), [link.removeprefix(visit.address) for link in links]


# --- what is told


@pytest.mark.browser
@needed[1]
@pytest.mark.parametrize(
    ("page", "said", "links"),
    [
        (f"0001/{QT1}", "Bản này không còn hiệu lực từ ngày 01/03/2025.", [f"0002/{QT1}", QT1]),
        (
            f"0002/{QT1}",
            "Đã có đợt sau từ ngày 01/06/2026; tài liệu trên trang này không thay đổi.",
            [QT1],
        ),
        (
            "0002/tai-lieu/qt-vp-04/",
            "Tài liệu này đã bãi bỏ từ ngày 01/06/2026.",
            ["tai-lieu/qt-vp-04/"],
        ),
        (
            "0002/tai-lieu/",
            "Bản này không còn hiệu lực từ ngày 01/06/2026.",
            ["0003/", "tai-lieu/"],
        ),
        ("0003/tai-lieu/qt-vp-03/", "Đợt này đang có hiệu lực.", ["tai-lieu/qt-vp-03/"]),
        (f"0004/{QT1}", "Chưa có hiệu lực: áp dụng từ 01/01/2027.", [QT1]),
    ],
)
def test_a_page_of_a_release_tells_what_became_of_it(
    reader: Visit, page: str, said: str, links: list[str]
) -> None:
    text, found = banner(reader, page)
    assert text.startswith(said)
    assert found == links


@pytest.mark.browser
@needed[1]
def test_a_kept_page_learns_of_later_days_from_the_readers_clock(
    life: Served, browser: Any
) -> None:
    visit = at(browser, life, "2027-01-02T10:00:00+07:00")
    assert banner(visit, f"0002/{QT1}") == (
        "Bản này không còn hiệu lực từ ngày 01/01/2027. Xem bản thay thế Xem bản đang có hiệu lực",
        [f"0004/{QT1}", QT1],
    )
    assert banner(visit, f"0004/{QT1}")[0].startswith("Đợt này đang có hiệu lực.")
    visit.go(QT1)
    visit.tab.wait_for_selector(".q-announce__stale:visible:has-text('Đợt 0004')")
    assert (
        visit.tab.locator(".q-announce__stale a").get_attribute("href")
        == f"{life.address}0004/{QT1}"
    )


@pytest.mark.browser
@needed[1]
@pytest.mark.parametrize(
    ("moment", "old"), [("2026-11-29T08:00:00+07:00", False), ("2026-11-30T08:00:00+07:00", True)]
)
def test_a_site_built_too_long_ago_says_so_on_every_page(
    life: Served, browser: Any, moment: str, old: bool
) -> None:
    visit = at(browser, life, moment)
    for page in ("", QT1, "du-thao/", "0002/tai-lieu/"):
        visit.go(page)
        visit.tab.wait_for_selector("select.q-versions")
        assert visit.tab.is_visible(".q-announce__stale") == old, page
    if old:
        assert "được dựng ngày 22/11/2026, đã quá 7 ngày" in visit.tab.inner_text(
            ".q-announce__stale"
        )
        assert visit.tab.locator(".q-announce__stale svg").count() == 1


def test_what_is_scheduled_stands_beside_what_is_in_force(life: Served) -> None:
    home, page, coming = (
        (life.folder / path / "index.html").read_text("utf-8")
        for path in ("", QT1, "tai-lieu/qt-vp-05")
    )
    assert "Sắp áp dụng" in home
    assert f'href="0004/{QT1}"' in home
    assert "Áp dụng từ 01/01/2027: bản sau" in page
    assert f'href="../../0004/{QT1}"' in page
    assert "rà lại danh mục" not in page
    assert "Đã ban hành, chưa đến ngày có hiệu lực" in coming
    assert 'href="../../0004/tai-lieu/qt-vp-05/"' in coming


def test_without_a_script_a_kept_page_still_says_what_it_is(life: Served) -> None:
    page = (life.folder / "0002/index.html").read_text("utf-8")
    assert "Đây là bản lưu của một đợt ban hành" in page
    assert "data-qms-kept" not in (life.folder / "index.html").read_text("utf-8")


# --- days


@pytest.mark.browser
@needed[1]
@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("?d=2024-05-01", "0001/"),
        ("?d=2025-02-28", "0001/"),
        ("?d=2025-03-01", "0002/"),
        (f"?d=2026-03-14&p={QT1}", f"0002/{QT1}"),
        ("?d=2026-11-22", "0003/"),
        ("?d=2030-01-01", "0004/"),
        ("?d=2026-03-14&p=https://evil.example/", "0002/"),
        ("?d=2026-03-14&p=../../../", "0002/"),
    ],
)
def test_the_version_of_a_day_by_address(reader: Visit, asked: str, page: str) -> None:
    reader.go(f"ngay/{asked}")
    reader.tab.wait_for_url(f"{reader.address}{page}")
    assert reader.outside == []


@pytest.mark.browser
@needed[1]
def test_the_page_of_days_asks_for_a_day_and_has_a_table(reader: Visit) -> None:
    reader.go("ngay/?d=nonsense")
    reader.tab.fill(".q-days input", "2025-12-31")
    reader.tab.keyboard.press("Enter")
    reader.tab.wait_for_url(f"{reader.address}0002/")
    reader.go("ngay/")
    rows = reader.tab.eval_on_selector_all(
        "main tbody tr",
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()).slice(0, 2))",
    )
    assert rows == [
        ["01/01/2027", "đến nay chưa có bản sau"],
        ["01/06/2026", "01/01/2027"],
        ["01/03/2025", "01/06/2026"],
        ["chưa rõ ngày bắt đầu", "01/03/2025"],
    ]


def test_a_later_release_that_took_effect_earlier_gets_the_day_its_own_version(
    tmp_path: Path,
) -> None:
    repo = Repo.make(tmp_path / "repo")
    repo.commit("Texts", {**tiny(), "procedures/qt-vp-01.md": CHANGED})
    repo.commit(
        "Scheduled",
        record(repo.folder, 1, "2027-01-01", [("QT VP 01", "new", "0", "procedures/qt-vp-01.md")]),
    )
    repo.commit(
        "At once",
        record(repo.folder, 2, "2026-06-01", [("QT VP 02", "new", "0", "procedures/qt-vp-02.md")]),
    )
    releases = load(FolderTree(repo.folder)).releases
    made = plan_versions(releases, DAY, "vi")
    assert [version.folder for version in made] == ["", "du-thao", "0002", "0001", "2027-01-01"]
    found = periods_in_force(made, releases)
    assert [(each.since, each.until, each.folder) for each in found] == [
        ("2027-01-01", "", "2027-01-01"),
        ("2026-06-01", "2027-01-01", "0002"),
    ]
    by_folder = {version.folder: version for version in made}
    for each in found:
        assert by_folder[each.folder].pins == pins_in_force(
            releases, date.fromisoformat(each.since)
        )
    built(repo.folder, tmp_path / "site")
    assert (tmp_path / "site/2027-01-01/tai-lieu/qt-vp-01/index.html").is_file()
    assert (tmp_path / "site/2027-01-01/tai-lieu/qt-vp-02/index.html").is_file()
    assert (
        json.loads((tmp_path / "site/versions.json").read_text())[-1]["title"] == "Ngày 01/01/2027"
    )


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manual taken over from paper: one text says since when it is in force, others do not."""
    folder = tmp_path_factory.mktemp("adopted") / "repo"
    texts = dict(tiny())
    path = "procedures/qt-vp-01.md"
    texts[path] = texts[path].replace(
        b"\ntype: procedure\n",
        b"\ntype: procedure\npaper: {issue: '1', revision: '0', effective: 2023-03-15}\n",
    )
    repo = Repo.make(folder)
    repo.commit("Texts", texts)
    words = ["--title", "Tiếp nhận", "--recorder", "lan"]
    assert main(["release", "adopt", "--root", str(folder), *words]) == 0
    return folder


def test_days_before_the_first_that_an_adopted_text_claims_have_a_version_too(
    adopted: Path,
) -> None:
    releases = load(FolderTree(adopted)).releases
    made = plan_versions(releases, DAY, "vi")
    assert [version.folder for version in made] == ["", "du-thao", "0001", "2023-03-14"]
    assert made[-1].until == "2023-03-15"
    assert [(each.since, each.until, each.folder) for each in periods_in_force(made, releases)] == [
        ("2023-03-15", "", "0001"),
        ("", "2023-03-15", "2023-03-14"),
    ]


@pytest.mark.browser
@needed[1]
def test_days_that_are_over_are_never_called_in_force(
    adopted: Path, tmp_path: Path, browser: Any
) -> None:
    built(adopted, tmp_path / "site")
    visit = at(browser, Served(tmp_path / "site"))
    over, _ = banner(visit, "2023-03-14/")
    assert over.startswith("Bản này không còn hiệu lực từ ngày 15/03/2023.")
    assert banner(visit, "2023-03-14/tai-lieu/qt-vp-02/")[0] == "Xem bản đang có hiệu lực"
    assert banner(visit, "0001/")[0].startswith("Đợt này đang có hiệu lực.")
    visit.tab.context.close()


# --- kept


@pytest.fixture
def another_toolchain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """A function that puts another version of a renderer in place, in every process from then on.

    A function replaced in this process would be the old one in those that build side by side.
    """

    def install() -> None:
        home = tmp_path / "installed"
        metadata = "Metadata-Version: 2.1\nName: segno\nVersion: 999\n"
        files.write(home, "segno-999.dist-info/METADATA", metadata)
        monkeypatch.syspath_prepend(str(home))
        before.toolchain_digest.cache_clear()

    yield install
    monkeypatch.undo()
    before.toolchain_digest.cache_clear()


@pytest.mark.parametrize("processors", [1, 3])
def test_a_kept_release_is_built_anew_when_the_code_that_makes_pages_changes(
    released_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    another_toolchain: Callable[[], None],
    processors: int,
) -> None:
    monkeypatch.setattr("qmstool.site.build.side_by_side.processors", lambda: processors)
    repo, site = copy_released(released_home, tmp_path)
    built(repo.folder, site)
    kept = [
        site / folder / page
        for folder in ("0001", "0002")
        for page in ("index.html", f"{QT1}index.html")
    ]
    made = [page.stat().st_ino for page in kept]
    built(repo.folder, site)
    assert [page.stat().st_ino for page in kept] == made
    another_toolchain()
    built(repo.folder, site)
    again = [page.stat().st_ino for page in kept]
    assert [page for page, old, new in zip(kept, made, again, strict=True) if old == new] == []


def test_what_makes_pages_is_known_by_every_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = before.toolchain_digest()
    (tmp_path / "page.md.jinja").write_text("x")
    monkeypatch.setattr("qmstool.storage.resources.packaged_path", lambda _: tmp_path)
    assert before.toolchain_digest.__wrapped__() != first
