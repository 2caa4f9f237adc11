"""The tip in the writer's browser: a small web server on this machine only, and a new build after every save."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from qmstool import files
from qmstool.findings import QmsError, Text
from qmstool.site.look import PATH
from qmstool.tree import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HOST = "127.0.0.1"
PAUSE = 0.3
NAMED = 3
Snapshot = dict[str, tuple[int, int]]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word, and never lets the browser keep an old one."""

    def log_message(self, *_: object) -> None:
        """Say nothing; the terminal is for what was rebuilt."""

    def end_headers(self) -> None:
        """Forbid caching: the next save makes another site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Preview:
    """Serves one folder at a time; `show` exchanges it while the server runs."""

    def __init__(self, folder: Path, port: int) -> None:
        try:
            self.server = ThreadingHTTPServer((HOST, port), partial(_Quiet, directory=str(folder)))
        except OSError as error:
            vi, en = f"Không mở được cổng {port}: {error.strerror}", f"Port {port} could not be opened: {error.strerror}"
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


def snapshot(root: Path) -> Snapshot:
    """Return time and size of every file that a build reads."""
    found: Snapshot = {}
    for path in (*Folder(root).list(), PATH):
        try:
            status = os.stat(root / path)  # noqa: PTH116 - a few times a second, over every file
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def changed(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """Return the paths that came, went or were saved between two snapshots."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def serve(
    root: Path, make: Callable[[Path], tuple[Path, int]], *, port: int, say: Callable[[Text], None], stop: Callable[[], bool]
) -> None:
    """Show what `make` builds into a folder it is given (the site, its pages), and again after each save, until `stop` says so."""
    with files.scratch() as work:
        seen, turn = snapshot(root), 0
        folder, count = make(work / "0")
        preview = Preview(folder, port)
        say(Text(f"{count} trang tại {preview.address}", f"{count} pages at {preview.address}"))
        try:
            while not stop():
                time.sleep(PAUSE)
                now = snapshot(root)
                if saved := changed(seen, now):
                    seen, turn = now, turn + 1
                    say(rebuild(make, work / str(turn), preview, saved))
        finally:
            preview.close()


def rebuild(make: Callable[[Path], tuple[Path, int]], work: Path, preview: Preview, saved: tuple[str, ...]) -> Text:
    """Build after a save and show the result, or keep what is shown. Returns what to tell the writer."""
    begun = time.monotonic()
    what = ", ".join(saved[:NAMED]) + (" …" if len(saved) > NAMED else "")
    try:
        folder, count = make(work)
    except QmsError as error:
        files.remove(work)
        return Text(f"{what}: {error.text.vi}", f"{what}: {error.text.en}")
    preview.show(folder)
    for old in work.parent.iterdir():
        if old != work:
            files.remove(old)
    took = time.monotonic() - begun
    return Text(f"{what} → {count} trang, {took:.1f} giây", f"{what} → {count} pages, {took:.1f} s")
