"""A manual whose every field is an attack, in a browser: each page opened, hovered over, focused,
printed, each attachment opened. Nothing runs, no request leaves, no page leads away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.site.test_safety import HOSTILE
from tests.support.site.browsing import Served, Visit, needed
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from collections.abc import Iterator

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
TOUCH = """async () => {
  for (const each of document.querySelectorAll("*")) {
    for (const name of ["pointerover", "pointerenter", "mouseover", "mouseenter", "mousemove"])
      each.dispatchEvent(new MouseEvent(name, {bubbles: name.endsWith("over")}));
    if (each.focus && !each.matches("select")) each.focus({preventScroll: true});
  }
  await new Promise(done => setTimeout(done, 400));
}"""
READ = "() => [...document.querySelectorAll('.q-strip__facts .q-mono, .q-line .q-mono')].map(e => e.textContent)"


def hostile_site(folder: Any) -> Any:
    files: dict[str, str | bytes] = {path: text.encode() for path, text in HOSTILE.items()}
    files["procedures/qt-vp-01.md"] = (HOSTILE["procedures/qt-vp-01.md"] + TEXT).encode()
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


def test_whatever_is_touched_nothing_runs_and_no_page_leads_away(
    hostile: Served, browser: Any
) -> None:
    visit = Visit(browser, hostile.address, 1280)
    for page in hostile.pages():
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
