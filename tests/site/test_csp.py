"""The content security policy: everything works under it, and what was planted does not run."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.site.safety.csp import content_security_policy, security_headers
from tests.support.site.browsing import (
    Served,
    Visit,
    headers_of_static_hosts,
    needed,
    search,
)

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = (
    "<script>document.title = 'planted'</script><img src=x onerror=\"document.title = 'planted'\">"
)


def test_the_policy_is_strict() -> None:
    assert content_security_policy().startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert not re.search(
        r"unsafe|\*|https?:|strict-dynamic",
        content_security_policy() + content_security_policy(in_page=True),
    )


def test_every_kind_of_server_is_told_the_same(published: Served) -> None:
    folder = published.folder
    assert headers_of_static_hosts(folder) == security_headers()
    nginx = dict(
        re.findall(
            r'^add_header (\S+) "([^"]+)" always;$',
            (folder / "nginx-headers.conf").read_text(),
            re.MULTILINE,
        )
    )
    apache = dict(
        re.findall(
            r'^  Header always set (\S+) "([^"]+)"$',
            (folder / ".htaccess").read_text(),
            re.MULTILINE,
        )
    )
    iis = {
        each.get("name"): each.get("value") for each in ET.parse(folder / "web.config").iter("add")
    }
    assert nginx == apache == iis == security_headers()


@needed[0]
@needed[1]
def test_search_colours_versions_and_printing_work_under_it(guarded: Served, browser: Any) -> None:
    visit = Visit(browser, guarded.address, 1280)
    refused = visit.watch_policy()
    visit.go("")
    visit.tab.click(".q-search")
    assert search(visit, "chinh sach chat luong")[0] == "so-tay/5.2/"
    visit.tab.keyboard.press("Escape")
    for scheme in ("default", "slate"):
        visit.tab.click("[data-md-component=palette] label:not([hidden])")
        visit.tab.wait_for_selector(f"body[data-md-color-scheme={scheme}]")
    visit.go("tai-lieu/")
    assert visit.tab.get_attribute("body", "data-md-color-scheme") == "slate"
    visit.tab.select_option(".q-versions", label="Dự thảo")
    visit.tab.wait_for_url("**/du-thao/**")
    assert visit.tab.get_attribute("body", "data-md-color-scheme") == "slate"
    assert visit.tab.pdf().startswith(b"%PDF")
    assert refused == []
    assert visit.trouble == []


@needed[0]
@needed[1]
@pytest.mark.parametrize("by_header", [True, False])
def test_what_was_planted_does_not_run(
    published: Served, browser: Any, tmp_path: Path, by_header: bool
) -> None:
    source = (published.folder / "tai-lieu/index.html").read_text("utf-8")
    if by_header:
        source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    (tmp_path / "index.html").write_text(
        source.replace("</article>", f"{PLANTED}</article>"), "utf-8"
    )
    shutil.copytree(published.folder / "assets", tmp_path / "assets")
    served = Served(tmp_path, security_headers() if by_header else None)
    visit = Visit(browser, served.address, 1280)
    refused = visit.watch_policy()
    visit.go("")
    visit.tab.wait_for_load_state("networkidle")
    assert visit.tab.title() != "planted"
    assert sorted(each.split()[1] for each in refused) == ["script-src-attr", "script-src-elem"]
    served.server.shutdown()


@needed[0]
@needed[1]
def test_a_copy_on_a_disk_is_read_without_a_server(published: Served, browser: Any) -> None:
    tab = browser.new_page()
    tab.goto((published.folder / "tai-lieu/index.html").as_uri())
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('.q-chip')).display") == "inline-flex"
    )
    assert tab.evaluate("typeof __md_get") == "function"
