"""A publisher killed at random moments of each phase, while somebody reads: always one whole build.

Real processes and real SIGKILL. Three files tell which build they are of: a page, a style sheet and
the search index. The reader fetches the page, the others, and the page again: where both times it
was of one build, so must be all that was between.
"""

from __future__ import annotations

import functools
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from tests.support.manuals import tiny
from tests.support.shared import made_once
from tests.support.site.browsing import Quiet
from tests.support.site.scenes import built, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PAGE, STYLE, INDEX = (
    "tai-lieu/qt-vp-01/index.html",
    "assets/own/templates/own.css",
    "search/index.js",
)
# How many publications are killed, and how many last parts of one.
WHOLES, LASTS = (40, 120) if os.environ.get("QMS_KILLS") == "all" else (12, 24)
TOKEN = re.compile(rb"BANDUNG(\d+)")
WHOLE = [sys.executable, "-m", "qmstool", "build"]
# The last part of a publication alone, without the renderer: most kills hit here, where it matters.
# It says which phase begins. Every build has a number of its own: with two in turn, a reader that a
# busy machine holds up over two switches would take what lies between for a mixture.
LAST = [sys.executable, "-c", r"""
import re, shutil, sys
from pathlib import Path
from qmstool.storage import atomic_switch as switch
made, live, build = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].encode()
put, rmtree = switch._switch, shutil.rmtree
def said(phase, work):
    def run(*arguments, **options):
        print(phase, flush=True)
        return work(*arguments, **options)
    return run
switch._switch, shutil.rmtree = said("switch", put), said("sweep", rmtree)
with switch.replacing(live) as work:
    print("copy", flush=True)
    shutil.copytree(made, work / "site")
    for name in sys.argv[4:]:
        path = work / "site" / name
        path.write_bytes(re.sub(rb"BANDUNG\d+", rb"BANDUNG" + build, path.read_bytes()))
"""]  # fmt: skip
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def texts(build: int) -> dict[str, str | bytes]:
    """The tiny manual with a build's number in what becomes page, index and style sheet."""
    title = "title: Quy trình kiểm soát tài liệu"
    return {
        "procedures/qt-vp-01.md": tiny()["procedures/qt-vp-01.md"]
        .decode()
        .replace(title, f"{title} BANDUNG{build}"),
        "templates/own.css": f"/* BANDUNG{build} */",
        "mkdocs.yml": "extra_css: [templates/own.css]",
    }


class Lasting(Quiet):
    """Answers on one connection: opening another for each file costs more than the file."""

    protocol_version = "HTTP/1.1"


class Reader:
    """Somebody who keeps reading: over the web, and in the folder itself."""

    def __init__(self, live: Path) -> None:
        self.live = live
        self.wrong: list[str] = []
        self.read: Counter[int] = Counter()
        self.straddled = 0
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Lasting, directory=str(live), headers={})
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port)
        self.stopped = threading.Event()
        self.threads = [
            threading.Thread(target=self.server.serve_forever),
            threading.Thread(target=self.run),
        ]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.threads[1].join()
        self.connection.close()
        self.server.shutdown()
        self.server.server_close()

    def build_of(self, path: str) -> int:
        self.connection.request("GET", f"/{path}")
        answer = self.connection.getresponse()
        found = TOKEN.search(answer.read())
        return int(found[1]) if found and answer.status == http.HTTPStatus.OK else -1

    def run(self) -> None:
        """Read every few milliseconds: enough to meet a switch; the processor stays free."""
        while not self.stopped.is_set():
            try:
                page, style, index, again = map(self.build_of, (PAGE, STYLE, INDEX, PAGE))
            except (http.client.HTTPException, OSError) as error:
                self.wrong.append(repr(error))
                self.connection.close()
                continue
            if page != again:
                self.straddled += 1
            elif len({page, style, index}) > 1 or page < 0:
                self.wrong.append(f"{page} {style} {index}")
            else:
                self.read[page] += 1
            time.sleep(0.005)

    def wait_for(self, met: Callable[[], bool]) -> None:
        """Wait until it was so, a minute at the most: a busy machine may not let it read for long.

        What is waited for is asked once more by the test.
        """
        end = time.monotonic() + 60
        while not met() and time.monotonic() < end:
            time.sleep(0.01)


STAGES = ("reads the manual", "writes the frame", "renders", "gathers the versions")
ROOT_BUILD = "build-"  # each version is built in a folder of its own; that of the root has no name


def stage(live: Path, before: frozenset[Path]) -> str:
    """What a publisher is at, as its folder tells; `before`: what others left."""
    work = next(
        (each for each in live.parent.glob(f".{live.name}.new-*") if each not in before), None
    )
    if work is None or not (work / ROOT_BUILD).is_dir():
        return STAGES[3] if work is not None and (work / "site").is_dir() else STAGES[0]
    return STAGES[2] if (work / ROOT_BUILD / "mkdocs.yml").is_file() else STAGES[1]


def started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        start_new_session=True,
    )


def kill(running: subprocess.Popen[bytes], *, children: bool = True) -> None:
    if running.poll() is None:
        (os.killpg if children else os.kill)(running.pid, signal.SIGKILL)
    assert running.stdout is not None
    running.stdout.close()
    running.wait()


def kill_at(live: Path, command: list[str], wanted: str, delay: float, *, children: bool) -> str:
    """Kill a whole publication `delay` seconds after it came to a stage.

    Returns the stage it was really at, "" if at its end.
    """
    before = frozenset(live.parent.glob(f".{live.name}.new-*"))
    running = started(command)
    while running.poll() is None and stage(live, before) != wanted:
        time.sleep(0.001)
    time.sleep(delay)
    found = "" if running.poll() is not None else stage(live, before)
    kill(running, children=children)
    return found


def kill_after(command: list[str], phase: str, delay: float) -> str:
    """Kill the last part of a publication `delay` seconds after it said that a phase begins.

    Returns what it said last.
    """
    running = started(command)
    assert running.stdout is not None
    said = " "
    while said and said != phase:
        said = running.stdout.readline().decode().strip()
    time.sleep(delay)
    kill(running)
    return said


@pytest.fixture(params=["plain folder", "link"])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    target = tmp_path / "web" / "site"
    target.parent.mkdir()
    if request.param == "link":
        target.symlink_to(".site.at-0")
    yield target
    assert {path.name.rpartition("-")[0] for path in target.parent.iterdir()} <= {"", ".site.at"}
    assert len(list(target.parent.iterdir())) <= 3


def make_build(home: Path) -> None:
    """Build a site with its number in it."""
    built(write(home / "repo", texts(1)), home / "made")


@pytest.mark.slow
def test_a_reader_meets_one_build_whatever_moment_the_publisher_is_killed(
    live: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """QMS_KILLS=all kills five times as often."""
    chance = random.Random(5)
    made = made_once(tmp_path_factory, "numbered-build", make_build) / "made"
    root = write(tmp_path / "repo", texts(2))
    built(root, live)
    took = time.monotonic()
    whole = [*WHOLE, "--root", str(root), "--output", str(live)]
    subprocess.run(whole, check=True, env=ENVIRONMENT, capture_output=True)
    took = time.monotonic() - took
    killed: Counter[str] = Counter()
    with Reader(live) as reader:
        for turn in range(WHOLES):
            write(root, texts(10 + turn))
            delay = chance.uniform(0, took / 8 if turn % 4 in {0, 2} else 0.02)
            killed[kill_at(live, whole, STAGES[turn % 4], delay, children=turn % 3 > 0)] += 1
        for turn in range(LASTS):
            phase = ("copy", "switch", "sweep")[turn % 3]
            delay = chance.uniform(0, {"copy": 0.01, "switch": 0.0008, "sweep": 0.004}[phase])
            words = [str(made), str(live), str(100 + turn), PAGE, STYLE, INDEX]
            assert kill_after([*LAST, *words], phase, delay) == phase
            killed[phase] += 1
        reader.wait_for(lambda: max([*reader.read], default=0) >= 100)
        write(root, texts(99))
        time.sleep(took)  # a renderer whose publisher was killed alone comes to its end
        subprocess.run(whole, check=True, env=ENVIRONMENT, capture_output=True)
        seen = sum(reader.read.values())
        reader.wait_for(lambda: sum(reader.read.values()) >= seen + 5)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{live.name}: killed {dict(killed)}; read {sum(reader.read.values())} times, "
            f"{reader.straddled} over a switch\n"
        )
    assert reader.wrong == []
    del killed[""]  # came to its end before the signal
    assert sum(killed.values()) > LASTS
    assert set(killed) >= {"reads the manual", "renders", "copy", "switch", "sweep"}
    assert 99 in reader.read
    assert any(build >= 100 for build in reader.read)
