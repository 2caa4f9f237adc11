"""Show the tip in the writer's browser: a web server on this machine, a build after each save."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.appearance import PATH
from qmstool.storage import files, temporary
from qmstool.storage.watcher import PAUSE, changed_paths, look_again, snapshot

if TYPE_CHECKING:
    import io
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path
    from typing import BinaryIO

    Say = Callable[[Text], None]

HOST = "127.0.0.1"
# What the server opens where a folder is asked for.
INDEXES = ("index.html", "index.htm")
# Who says nothing for so long, in seconds, is heard no more.
PATIENCE = 60
HTTP_PORT = 80
MOST_NAMED = 3


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word, and never lets the browser keep an old one.

    Only who asks for this machine by its own name is answered: a page of a stranger may have a name
    of its own lead here. No link leads out of the folder, nothing hidden is shown (`.git` of a site
    that is published from a branch), and nothing is opened that is no file.
    """

    timeout = PATIENCE

    def parse_request(self) -> bool:
        """Read a request; one for another host is refused."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) == 1 and hosts[0].lower() in self._names():
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the head of an answer; what lies behind a link that leads out is not there.

        Nor is what no disk can have as a name, what is hidden, and a pipe or a device.
        """
        if self._is_shown(self.translate_path(self.path)):
            return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _is_shown(self, path: str) -> bool:
        """Whether a path leads to a file or folder of this site, or to nothing at all."""
        home = os.path.realpath(self.directory)
        try:
            place = os.path.realpath(path)
        except ValueError:
            return False
        if place != home and not place.startswith(home + os.sep):
            return False
        if f"{os.sep}." in place.removeprefix(home):
            return False
        if os.path.isdir(place):  # noqa: PTH112 - a plain name, as the server has it
            return all(self._is_shown(f"{place}{os.sep}{name}") for name in INDEXES)
        return os.path.isfile(place) or not os.path.lexists(place)  # noqa: PTH113

    def list_directory(self, _: object) -> None:
        """List nothing: no page of a site leads to a folder without one."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def _names(self) -> set[str]:
        """Return how a browser on this machine may call it."""
        _, port, *_ = self.connection.getsockname()
        names = {f"{HOST}:{port}", f"localhost:{port}"}
        return names | {HOST, "localhost"} if port == HTTP_PORT else names

    def log_message(self, *_: object) -> None:
        """Say nothing; the terminal is for what was rebuilt."""

    def end_headers(self) -> None:
        """Forbid caching: the next save makes another site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class _QuietServer(ThreadingHTTPServer):
    """A server to which a browser that hangs up is nothing to speak of."""

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever asked is gone, and the next one is answered."""


class PreviewServer:
    """Serves one folder at a time on this machine; `show` exchanges it while the server runs."""

    def __init__(self, folder: Path, port: int) -> None:
        """Start serving. Raises QmsError where the port cannot be opened; 0 takes a free one."""
        try:
            self.server = _QuietServer((HOST, port), _handler(folder))
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
        self.server.RequestHandlerClass = _handler(folder)

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()


def _handler(folder: Path) -> partial[_QuietHandler]:
    return partial(_QuietHandler, directory=str(folder))


@dataclass(frozen=True, slots=True)
class DraftBuild:
    """A built draft: its folder and how many pages it has.

    `show_saved` renders the pages of saved files in it at once; it returns False where that cannot
    be done.
    """

    folder: Path
    pages: int
    show_saved: Callable[[tuple[str, ...]], bool]


def serve_draft(
    root: Path,
    make: Callable[[Path], DraftBuild],
    *,
    port: int,
    say: Say,
    stop: Callable[[], bool],
) -> None:
    """Show what `make` builds into a folder it is given, and again after each save, until `stop`.

    A saved page is shown at once where that can be done; everything is built anew behind it.
    """
    with temporary.lend_folder() as work, ThreadPoolExecutor(1) as pool:
        before = snapshot(root, PATH)
        draft = make(work / "0")
        server = PreviewServer(draft.folder, port)
        pages, address = draft.pages, server.address
        say(Text(f"{pages} trang tại {address}", f"{pages} pages at {address}"))
        rebuilds = _Rebuilds(work, make, pool, server, draft, say)
        try:
            while not stop():
                time.sleep(PAUSE)
                after = look_again(root, before, PATH)
                paths = changed_paths(before, after)
                if paths:
                    before = after
                    rebuilds.note_saved(paths)
                rebuilds.step()
        finally:
            server.close()


class _Rebuilds:
    """Builds the draft anew after saves, one build at a time, and shows what was built last.

    What is saved while a build runs makes its result stale: it is dropped, and built once more.
    """

    def __init__(
        self,
        work: Path,
        make: Callable[[Path], DraftBuild],
        pool: ThreadPoolExecutor,
        server: PreviewServer,
        draft: DraftBuild,
        say: Say,
    ) -> None:
        self.work = work
        self.make = make
        self.pool = pool
        self.server = server
        self.draft = draft
        self.say = say
        self.builds = 0
        # The moment of the first save that is not shown whole yet; 0 where there is none.
        self.begun = 0.0
        self.saved: tuple[str, ...] = ()
        self.building: Future[DraftBuild] | None = None
        self.built_from: tuple[str, ...] = ()

    def note_saved(self, paths: tuple[str, ...]) -> None:
        """Take note of saved files, and show their pages at once where that can be done."""
        moment = time.monotonic()
        self.begun = self.begun or moment
        self.saved = _merged(self.saved, paths)
        if self._is_shown(paths):
            shown = Text("đã hiện", "shown")
            more = Text("; đang dựng lại cả trang", "; building the rest")
            self.say(_report(paths, moment, shown, more))

    def _is_shown(self, paths: tuple[str, ...]) -> bool:
        """Show the pages of saved files at once; False where that cannot be done.

        Whatever stands in the way is told by the build that follows.
        """
        try:
            return self.draft.show_saved(paths)
        except Exception:  # noqa: BLE001 - no save may end the preview
            return False

    def step(self) -> None:
        """Start a build where files wait for one; show the one that is done."""
        if self.building is None:
            if self.saved:
                self.builds += 1
                self.building = self.pool.submit(self.make, self.work / str(self.builds))
                self.built_from, self.saved = self.saved, ()
        elif self.building.done():
            if self.saved:
                self.saved = _merged(self.built_from, self.saved)
            else:
                self._exchange(self.building)
                self.begun = 0.0
            self.building = None
            self._remove_unshown()

    def _exchange(self, built: Future[DraftBuild]) -> None:
        """Show what was built after a save, or keep what is shown; tell the writer either way."""
        nothing = Text("", "")
        try:
            draft = built.result()
        except QmsError as error:
            self.say(_report(self.built_from, 0, error.text, nothing, sign=":"))
            return
        except Exception as error:  # noqa: BLE001 - no save may end the preview
            cause = f"{type(error).__name__}: {error}"
            self.say(_report(self.built_from, 0, Text(cause, cause), nothing, sign=":"))
            return
        self.server.show(draft.folder)
        pages = Text(f"{draft.pages} trang", f"pages: {draft.pages}")
        self.say(_report(self.built_from, self.begun, pages, nothing))
        self.draft = draft

    def _remove_unshown(self) -> None:
        """Remove what no page is shown from: what was shown before, what is stale, what failed."""
        for folder in self.work.iterdir():
            if folder not in self.draft.folder.parents:
                # A browser may hold a file of it: the next build tries again.
                with suppress(OSError):
                    files.remove(folder)


def _merged(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _report(paths: tuple[str, ...], begun: float, what: Text, more: Text, sign: str = " →") -> Text:
    """Say which files were saved, what became of them, and after how long (`begun` 0: unsaid)."""
    names = ", ".join(paths[:MOST_NAMED])
    if len(paths) > MOST_NAMED:
        names += " …"
    after = Text("", "")
    if begun:
        seconds = f"{time.monotonic() - begun:.1f}"
        after = Text(f", sau {seconds} giây".replace(".", ","), f", after {seconds} s")
    return Text(
        f"{names}{sign} {what.vi}{after.vi}{more.vi}",
        f"{names}{sign} {what.en}{after.en}{more.en}",
    )
