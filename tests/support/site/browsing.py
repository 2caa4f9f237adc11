"""A real browser on a real site on a local port; requests to other hosts are counted, and get nowhere."""

from __future__ import annotations

import contextlib
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import CHROMIUM, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
# The search: its box, a result, and the line above the results.
BOX, HIT, META = ".md-search__input", ".md-search-result__link", ".md-search-result__meta"
needed = [
    pytest.mark.browser,
    needs(CHROMIUM),
]


class Served:
    """A site on a local port, each answer with the given headers."""

    def __init__(self, folder: Path, headers: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        handler = functools.partial(Quiet, directory=str(folder), headers=headers or {})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def pages(self) -> list[str]:
        found = (
            path.relative_to(self.folder).as_posix()
            for path in sorted(self.folder.rglob("index.html"))
        )
        return [path.removesuffix("index.html") for path in found]


def headers_of_static_hosts(folder: Path) -> dict[str, str]:
    """The headers that a site's file for static hosts tells them to send, read as such a host does."""
    first, *lines = (folder / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


class Quiet(SimpleHTTPRequestHandler):
    def __init__(self, *request: Any, headers: Mapping[str, str], **options: Any) -> None:
        self.sent = headers
        super().__init__(*request, **options)

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        # A browser that leaves a page before all of it came is no fault.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        # What all pages share is fetched once; a page is asked for each time.
        shared = "/assets/" in self.path
        self.send_header("Cache-Control", "max-age=600" if shared else "no-cache")
        super().end_headers()


class Visit:
    """A browser tab in which requests to other addresses are counted; the browser finds no host."""

    def __init__(self, browser: Any, address: str, width: int, scheme: str = "light") -> None:
        self.tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.address = address
        self.outside: list[str] = []
        self.trouble: list[str] = []
        # Not by `route`: it would switch the cache off, and hand each request to this process.
        self.tab.on("request", self.count)
        self.tab.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.tab.on("dialog", lambda dialog: self.trouble.append(dialog.message))
        self.tab.on("console", self.hear)

    def hear(self, message: Any) -> None:
        """Keep what a page complains of.

        Of itself a browser asks for an icon where a file names none, as a drawing that is opened.
        """
        own = message.location["url"] == f"{self.address}favicon.ico"
        if message.type == "error" and not own:
            self.trouble.append(message.text)

    def count(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def watch_policy(self) -> list[str]:
        """From now on keep what the content security policy of a page refuses."""
        refused: list[str] = []
        self.tab.expose_function("refused", lambda each: refused.append(each))  # noqa: PLW0108 - playwright marks the function
        self.tab.add_init_script(
            "addEventListener('securitypolicyviolation', each => "
            "refused(`${location.pathname}: ${each.violatedDirective}"
            " ${each.blockedURI} ${each.sourceFile}:${each.lineNumber}`), true)"
        )
        return refused

    def go(self, page: str) -> None:
        self.tab.goto(self.address + page)


def until(visit: Visit, expression: str) -> None:
    """Wait until something holds on the page.

    Asked from outside, because the page's policy forbids what would ask within.
    """
    for _ in range(1500):
        if visit.tab.evaluate(expression):
            return
        visit.tab.wait_for_timeout(10)
    pytest.fail(f"never: {expression}")


def search(visit: Visit, typed: str) -> list[str]:
    """Type into the box, wait for its results, and return the addresses of those shown."""
    visit.tab.fill(BOX, "")
    until(visit, f"!document.querySelector('{HIT}') && !document.querySelector('{META} strong')")
    visit.tab.fill(BOX, typed)
    visit.tab.wait_for_selector(f"{HIT}, {META} strong", timeout=15000)
    links: list[str] = visit.tab.eval_on_selector_all(
        HIT, "all => all.map(each => new URL(each.href)).map(each => each.origin + each.pathname)"
    )
    return [link.removeprefix(visit.address) for link in links]
