"""The tip in the writer's browser: a small web server on this machine only, and a new build after every save."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.site.build.appearance import PATH
from qmstool.storage import files
from qmstool.storage.watcher import PAUSE, changed, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

HOST = "127.0.0.1"
NAMED = 3


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word, and never lets the browser keep an old one."""

    def log_message(self, *_: object) -> None:
        """Say nothing; the terminal is for what was rebuilt."""

    def end_headers(self) -> None:
        """Forbid caching: the next save makes another site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class PreviewServer:
    """Serves one folder at a time; `show` exchanges it while the server runs."""

    def __init__(self, folder: Path, port: int) -> None:
        try:
            self.server = ThreadingHTTPServer((HOST, port), partial(_Quiet, directory=str(folder)))
        except OSError as error:
            vi = f"Không mở được cổng {port}: {error.strerror}. Hãy chọn cổng khác bằng --port."
            en = f"Port {port} could not be opened: {error.strerror}. Choose another with --port."
            raise QmsError(Text(vi, en)) from error
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the site is to be seen."""
        return f"http://{HOST}:{self.server.server_port}/"

    def show(self, folder: Path) -> None:
        """Serve another folder from now on."""
        self.server.RequestHandlerClass = partial(_Quiet, directory=str(folder))

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()


@dataclass(frozen=True, slots=True)
class DraftBuild:
    """A built draft: its folder, how many pages, and how to show one saved file of it at once (False: that cannot be done)."""

    folder: Path
    pages: int
    glance: Callable[[tuple[str, ...]], bool]


def serve_draft(
    root: Path,
    make: Callable[[Path], DraftBuild],
    *,
    port: int,
    say: Callable[[Text], None],
    stop: Callable[[], bool],
) -> None:
    """Show what `make` builds into a folder it is given, and again after each save, until `stop` says so.

    A saved page is shown at once where that can be done; everything is built anew behind it.
    """
    with files.scratch() as work, ThreadPoolExecutor(1) as builder:
        seen = snapshot(root, PATH)
        shown = make(work / "0")
        preview = PreviewServer(shown.folder, port)
        say(
            Text(
                f"{shown.pages} trang tại {preview.address}",
                f"{shown.pages} pages at {preview.address}",
            )
        )
        turn, begun, saved, building = 0, 0.0, (), None  # type: int, float, tuple[str, ...], Future[DraftBuild] | None
        try:
            while not stop():
                time.sleep(PAUSE)
                now = snapshot(root, PATH)
                if more := changed(seen, now):
                    moment = time.monotonic()
                    begun = begun or moment
                    seen, saved = now, tuple(dict.fromkeys((*saved, *more)))
                    if shown.glance(more):
                        say(
                            _told(
                                more,
                                moment,
                                Text("đã hiện", "shown"),
                                Text("; đang dựng lại cả trang", "; building the rest"),
                            )
                        )
                if building is None and saved:
                    turn += 1
                    building, waiting, saved = builder.submit(make, work / str(turn)), saved, ()
                elif building is not None and building.done():
                    if not saved:
                        shown, begun = (
                            _exchange(building, shown, preview, work, waiting, begun, say),
                            0.0,
                        )
                    else:
                        saved = tuple(dict.fromkeys((*waiting, *saved)))
                    building = None
        finally:
            preview.close()


def _exchange(
    built: Future[DraftBuild],
    shown: DraftBuild,
    preview: PreviewServer,
    work: Path,
    saved: tuple[str, ...],
    begun: float,
    say: Callable[[Text], None],
) -> DraftBuild:
    """Show what was built after a save, or keep what is shown, and tell the writer."""
    try:
        new = built.result()
    except QmsError as error:
        say(_told(saved, 0, error.text, Text("", ""), sign=":"))
        return shown
    preview.show(new.folder)
    for old in work.iterdir():
        if old not in new.folder.parents:
            files.remove(old)
    say(_told(saved, begun, Text(f"{new.pages} trang", f"pages: {new.pages}"), Text("", "")))
    return new


def _told(saved: tuple[str, ...], begun: float, what: Text, more: Text, sign: str = " →") -> Text:
    """Which files were saved, what became of them, and after how long."""
    names = ", ".join(saved[:NAMED]) + (" …" if len(saved) > NAMED else "")
    took = time.monotonic() - begun if begun else 0.0
    after = (
        (f", sau {took:.1f} giây".replace(".", ","), f", after {took:.1f} s") if begun else ("", "")
    )
    return Text(
        f"{names}{sign} {what.vi}{after[0]}{more.vi}", f"{names}{sign} {what.en}{after[1]}{more.en}"
    )
