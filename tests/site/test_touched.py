"""A manual whose every field is an attack, in a browser: each page opened, hovered over, focused,
printed, each attachment opened. Nothing runs, no request leaves, no page leads away.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli.main import main
from qmstool.git.sizes import MAX_FILE_BYTES
from qmstool.storage.file_kinds import OTHERS, PICTURES
from tests.site.test_safety import HOSTILE
from tests.support.cli.scenes import FIRST, PEOPLE, SECOND, prepare, record
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needed
# What takes a page elsewhere when a title is made HTML of; the words of a link's own title too.
LEADS_AWAY = (
    "<meta http-equiv=refresh content=0;url=https://evil.invalid/><img src=https://evil.invalid/x>"
)
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<script>alert(1)</script><script xlink:href="https://evil.invalid/x.js"/>
<image xlink:href="https://evil.invalid/x.png" width="9" height="9"/><text y="5">{}</text></svg>
"""
TEXT = f"""

## 9. Chỗ thử

![hình](hinh.svg "{LEADS_AWAY}") [liên kết](https://example.org "{LEADS_AWAY}") <abbr title="{LEADS_AWAY}">VT</abbr>

<p class="q-strip q-strip--effective"><span class="q-chip q-chip--effective">Đang có hiệu lực</span> <span class="q-mono">GIẢ-MẠO</span></p>

<pre class="mermaid">graph TD; a-->b</pre>

<p class="q-print" role="status" aria-label="khác">chữ chỉ in</p> <p class="onscreen q-paper">chữ trên màn hình</p>

- <span title="{LEADS_AWAY}" class="q-search">chạm</span>
"""
# Every kind that a site carries, each a page that runs if a browser takes it for one.
OPENED = b"<!doctype html><html><script>alert(1)</script><img src=https://evil.invalid/x onerror=alert(1)>"
ENDINGS = sorted({*PICTURES, *OTHERS} - {"svg"})
LINKS = "".join(f"\n\n[tệp {ending}](tep.{ending})" for ending in ENDINGS)
# The page by which a browser shows a PDF, and what that page loads out of the browser itself.
OF_THE_BROWSER = ("chrome-extension:", "chrome://resources/")
TOUCH = """async () => {
  for (const each of document.querySelectorAll("*")) {
    for (const name of ["pointerover", "pointerenter", "mouseover", "mouseenter", "mousemove"])
      each.dispatchEvent(new MouseEvent(name, {bubbles: name.endsWith("over")}));
    if (each.focus && !each.matches("select")) each.focus({preventScroll: true});
  }
  await new Promise(done => setTimeout(done, 400));
}"""
READ = "() => [...document.querySelectorAll('.q-strip__facts .q-mono, .q-line .q-mono')].map(e => e.textContent)"


def lived_site(folder: Path) -> Path:
    """A manual with a release, whose record, commits, people and opinions are attacks."""
    evil = f"<script>alert(1)</script>{LEADS_AWAY}"
    repo = Repo.make(folder / "repo")
    manifest = PEOPLE.replace("Lê Thị Mẫu", f"Mẫu {evil}").replace(
        "name: Giám đốc,", f"name: 'GĐ {evil}',"
    )
    first = FIRST.replace("title: Quy trình", f"title: {evil} Quy trình")
    repo.commit("Đầu", {**tiny(), "qms.yml": manifest, "procedures/qt-vp-01.md": first})
    root = ("--root", str(folder / "repo"))
    assert main(["release", "adopt", "--title", f"Nhận {evil}", *root]) == 0
    repo.commit(f"Nhận {evil}", day="2024-01-06")
    second = SECOND.replace("title: Quy trình", f"title: {evil} Quy trình")
    second = second.replace("Nhận phiếu", f"Nhận {evil} phiếu")
    said = f"Sửa {evil}\n\nChange: đổi {evil}\nReason: vì {evil}"
    who = f"Kẻ <script>alert{evil} <thu@example.org>"
    repo.commit(
        said, {"procedures/qt-vp-01.md": second}, author=who.replace("\n", ""), day="2024-02-10"
    )
    assert prepare(repo, "--title", f"Đợt {evil}", "--number", "QT VP 01=1/1") == 0
    repo.commit(f"Lập {evil}", day="2024-02-20")
    approved = [
        "--approval",
        "C <b onclick=alert(1)><script>alert(1)</script>",
        "--capacity",
        f"thay {evil}",
    ]
    assert record(repo, "--recorded", "2024-03-05", *approved, number=f"12 {evil}") == 0
    repo.commit("Ghi nhận", day="2024-03-05")
    built(folder / "repo", folder / "site")
    return folder / "site"


def hostile_site(folder: Any) -> Any:
    files: dict[str, str | bytes] = {path: text.encode() for path, text in HOSTILE.items()}
    files["procedures/qt-vp-01.md"] = (HOSTILE["procedures/qt-vp-01.md"] + TEXT + LINKS).encode()
    files |= {f"procedures/tep.{ending}": OPENED for ending in ENDINGS}
    files["procedures/hinh.svg"] = DRAWING.replace("{}", "chữ trong hình").encode()
    name = f"site_name: 'S {LEADS_AWAY}'\ncopyright: 'C {LEADS_AWAY}'\n"
    files["mkdocs.yml"] = name.encode()
    built(write(folder / "repo", files), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(hostile_site(tmp_path_factory.mktemp("touched")))
    yield served
    served.server.shutdown()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(lived_site(tmp_path_factory.mktemp("lived")))
    yield served
    served.server.shutdown()


@pytest.mark.parametrize("name", ["hostile", "lived"])
def test_whatever_is_touched_nothing_runs_and_no_page_leads_away(
    name: str, request: pytest.FixtureRequest, browser: Any
) -> None:
    served: Served = request.getfixturevalue(name)
    visit = Visit(browser, served.address, 1280)
    for page in served.pages():
        visit.go(page)
        before = visit.tab.url
        visit.tab.evaluate(TOUCH)
        visit.tab.emulate_media(media="print")
        visit.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        visit.tab.emulate_media(media="screen")
        assert visit.tab.url == before
    assert visit.outside == []
    assert [each for each in visit.trouble if "404" not in each] == []


def test_a_text_wears_nothing_of_the_page_and_is_still_read(hostile: Served, browser: Any) -> None:
    visit = Visit(browser, hostile.address, 1280)
    visit.go("tai-lieu/qt-vp-01/")
    words = visit.tab.inner_text("article")
    for part in ("Đang có hiệu lực", "chữ chỉ in", "chữ trên màn hình", "graph TD"):
        assert part in words
    assert "GIẢ-MẠO" not in visit.tab.evaluate(READ)
    assert visit.tab.locator("article [role=status], article .mermaid").count() == 0
    assert visit.tab.locator(".q-print", has_text="chữ chỉ in").count() == 0


def test_what_leads_out_or_is_too_large_is_on_no_page_and_the_text_is_read(
    tmp_path: Path, browser: Any
) -> None:
    """Links of the disk and addresses that leave the manual, and files over the limit of reading."""
    secret = b"chi-nguoi-giu-moi-biet"
    root = write(tmp_path / "repo", dict(tiny()))
    outside, procedures = tmp_path / "ngoai", root / "procedures"
    outside.mkdir()
    (outside / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + secret)
    (outside / "x.md").write_bytes(FIRST.replace("QT VP 01", "QT VP 77").encode() + secret)
    (root / ".git").mkdir()
    (root / ".git/config").write_bytes(secret)
    for name, target in (
        ("la.png", outside / "x.png"),
        ("la.txt", root / ".git/config"),
        ("thu-muc", outside),
        ("la.md", outside / "x.md"),
        ("qua.png", "la.png"),
    ):
        (procedures / name).symlink_to(target)
    for name in ("to.pdf", "to.md"):
        with (procedures / name).open("wb") as large:
            large.write(secret)
            large.truncate(MAX_FILE_BYTES + 1)
    shown = (
        "la.png",
        "la.txt",
        "thu-muc/x.png",
        "qua.png",
        "to.pdf",
        "../.git/config",
        "%2e%2e/.git/config",
        "..%2f.git%2fconfig",
        "../../ngoai/x.png",
        "file:///etc/hostname",
        "/etc/hostname",
        "//evil.invalid/x.png",
    )
    lines = "".join(
        f"![hình {at}]({each}) [chữ {at}]({each}) <img src='{each}'>\n\n"
        for at, each in enumerate(shown)
    )
    path = procedures / "qt-vp-01.md"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n\n## 9. Chỗ thử\n\n{lines}", encoding="utf-8"
    )
    built(root, tmp_path / "site")
    for file in (tmp_path / "site").rglob("*"):
        assert not file.is_file() or secret not in file.read_bytes(), file
    served = Served(tmp_path / "site")
    visit = Visit(browser, served.address, 1280)
    for page in served.pages():
        visit.go(page)
        visit.tab.evaluate(TOUCH)
    visit.go("tai-lieu/qt-vp-01/")
    words = visit.tab.inner_text("article")
    links = visit.tab.eval_on_selector_all(
        "article a, article img", "all => all.map(e => e.href || e.src)"
    )
    served.server.shutdown()
    assert [at for at in range(len(shown)) if f"chữ {at}" not in words] == []
    assert [each for each in links if not each.startswith(served.address)] == []
    assert (visit.outside, visit.trouble) == ([], [])


def test_a_drawing_that_is_opened_is_a_drawing(hostile: Served, browser: Any) -> None:
    drawings = [*hostile.folder.rglob("*.svg")]
    ours = [path for path in drawings if "assets" not in path.parts]
    assert ours
    visit = Visit(browser, hostile.address, 1280)
    for path in ours:
        visit.go(path.relative_to(hostile.folder).as_posix())
        assert visit.tab.evaluate("document.querySelectorAll('script, [href]').length") == 0
        assert "chữ trong hình" in visit.tab.evaluate("document.documentElement.textContent")
    assert (visit.outside, visit.trouble) == ([], [])


def test_an_attachment_of_any_kind_is_opened_as_what_it_is_called(
    hostile: Served, browser: Any
) -> None:
    from playwright.sync_api import Error

    carried = sorted(hostile.folder.rglob("tep*.*"))
    assert {path.suffix[1:] for path in carried} == {*ENDINGS}
    visit = Visit(browser, hostile.address, 1280)
    for path in carried:
        # What a browser does not show it stores, and says so by an error.
        with contextlib.suppress(Error):
            visit.go(path.relative_to(hostile.folder).as_posix())
        assert visit.tab.evaluate("document.querySelectorAll('script').length") == 0, path.name
    # A PDF is shown by a page of the browser's own, with style sheets of its own.
    assert [each for each in visit.outside if not each.startswith(OF_THE_BROWSER)] == []
    assert not any("alert" in each for each in visit.trouble)
