"""A real browser on a real site: served on a local port, every request to another host refused and counted."""

from __future__ import annotations

import functools
import os
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
ROOT = Path(__file__).parents[2]
needed = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists() and not os.environ.get("QMS_REQUIRE_ALL"), reason="no Chromium on this machine"),
]


class Served:
    """A site on a local port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        handler = functools.partial(Quiet, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def pages(self) -> list[str]:
        found = (path.relative_to(self.folder).as_posix() for path in sorted(self.folder.rglob("index.html")))
        return [path.removesuffix("index.html") for path in found]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Visit:
    """A browser tab in which every request to another host is refused and counted."""

    def __init__(self, browser: Any, address: str, width: int, scheme: str = "light") -> None:
        self.tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.address = address
        self.outside: list[str] = []
        self.trouble: list[str] = []
        self.tab.route("**/*", self.route)
        self.tab.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.tab.on("dialog", lambda dialog: self.trouble.append(dialog.message))
        self.tab.on("console", lambda message: self.trouble.append(message.text) if message.type == "error" else None)

    def route(self, route: Any) -> None:
        if route.request.url.startswith(self.address):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def go(self, page: str) -> None:
        self.tab.goto(self.address + page)
