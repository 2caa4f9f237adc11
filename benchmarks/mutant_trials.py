"""Run, in place of all tests, those that a change needs: a plugin of pytest for `mutants.py`.

In: the copy of the checkout in which this process works, and which of its places are to be tried.
Out: what no test noticed. Every test runs once unchanged, to learn to which places it comes and how
long it takes; that is kept, where a folder for it is given, and asked again only of tests that were
changed. Then the tests that come to a place run with its change, in a process forked from this one,
which has everything loaded, until one fails or a bound is reached: those first that come to most of
its file, to least of others, in least time, and of those that come to the very same places of it one
at a time.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import resource
import shutil
import signal
from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pytest

LONGEST = 300  # seconds of one run; what never ends is noticed
# Seconds of a processor, and how many times as long as usual, a test may take: then it hangs.
PATIENCE, TIMES = 5, 10
# What is taken for the time of the quickest tests, which are started too.
START = 0.02


class Unchanged:
    """What the tests did without any change: how long each took, and to which places it came."""

    def __init__(self, kept: Path | None, copy: Path) -> None:
        self.kept, self.copy = kept, copy
        self.lasts: dict[str, float] = {}
        self.places: dict[str, list[int]] = {}
        self._digests: dict[str, str] = {}

    def read(self) -> None:
        """Read what was kept of the tests that are as they were."""
        kept = self.kept.read_text("utf-8") if self.kept else ""
        for name, told in json.loads(kept or "{}").items():
            digest, seconds, places = told
            if digest == self._digest(name):
                self.add(name, seconds, places)

    def add(self, name: str, seconds: float, places: list[int]) -> None:
        self.lasts[name], self.places[name] = seconds, places

    def keep(self) -> None:
        if self.kept is not None:
            told = {
                name: (self._digest(name), self.lasts[name], self.places[name])
                for name in self.lasts
            }
            self.kept.write_text(json.dumps(told), "utf-8")

    def _digest(self, name: str) -> str:
        """A digest of the file of a test and of all changes, which are numbered in their order.

        "" where there is no such file any more.
        """
        path = name.partition("::")[0]
        file = self.copy / path
        if path not in self._digests:
            read = (self.copy.parent / "told").read_bytes()
            digest = sha256(file.read_bytes() + read).hexdigest() if file.exists() else ""
            self._digests[path] = digest
        return self._digests[path]


class Trials:
    """Tries changes of some rooms, with the tests that were collected.

    `places`: by room, those to be drawn from. `place`: where it is told what came of it.
    """

    def __init__(
        self, places: Mapping[str, list[int]], draw: tuple[int, int], most: float, place: Path
    ) -> None:
        self.places, self.most, self.place = places, most, place
        self.count, self.seed = draw
        told = json.loads((place / "told").read_text("utf-8"))
        of_file: dict[str, set[int]] = defaultdict(set)
        for number, each in enumerate(told):
            of_file[each.partition(":")[0]].add(number)
        self.files = [of_file[each.partition(":")[0]] for each in told]
        kept = place / "kept"
        self.unchanged = Unchanged(kept.resolve() if kept.exists() else None, place / "copy")
        self.done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try changes of each room."""
        early = set(_of_copy().MET)  # come to before any test runs
        self._run_unchanged(session)
        gc.freeze()
        for room, places in self.places.items():
            late = [number for number in places if number not in early]
            drawn = random.Random(f"{self.seed} {room}").sample(late, min(self.count, len(late)))
            left = []
            for done, number in enumerate(drawn, 1):
                why = self._try(session, number)
                left += [why] if why else []
                with (self.place / "progress").open("a", encoding="utf-8") as opened:
                    print(done, number, why or "noticed", file=opened)
            row = f"| `{room}` | {len(late)} | {len(drawn)} | {len(drawn) - len(left)} |"
            with (self.place / "rows").open("a", encoding="utf-8") as opened:
                print(row, *left, sep="\n", file=opened)
        self.done = True
        return True

    def _run_unchanged(self, session: pytest.Session) -> None:
        """Learn which tests come to which place, and how long each takes."""
        unchanged, asked = self.unchanged, self.place / "asked"
        unchanged.read()
        new = [item.nodeid for item in session.items if item.nodeid not in unchanged.lasts]
        if new:
            failed = self._forked(session, -1, new, asked)
            assert not failed, "the tests fail without any change"
            for line in asked.read_text("utf-8").splitlines():
                unchanged.add(*json.loads(line))
            unchanged.keep()
        self.met: dict[int, set[str]] = defaultdict(set)
        self.deep: dict[str, set[int]] = defaultdict(set)
        for item in session.items:
            for number in unchanged.places[item.nodeid]:
                self.met[number].add(item.nodeid)
                self.deep[item.nodeid].add(number)

    def _try(self, session: pytest.Session, number: int) -> str:
        """Return why no test noticed a change, after its number; "" where one did."""
        file, lasts = self.files[number], self.unchanged.lasts

        def worth(name: str) -> tuple[float, str]:
            # What comes to many places of the file and to few others is about it.
            here, everywhere = len(self.deep[name] & file), len(self.deep[name])
            return -here * here / everywhere / (lasts[name] + START), name

        first = _by_kinds(
            sorted(self.met[number], key=worth), lambda name: frozenset(self.deep[name] & file)
        )
        if not first:
            return f"{number} no test comes there"
        chosen = _within(first, lasts, self.most)
        if self._forked(session, number, chosen):
            return ""
        return f"{number} {len(chosen)} of {len(first)} tests that come there"

    def _forked(
        self, session: pytest.Session, number: int, names: list[str], asked: Path | None = None
    ) -> bool:
        """Run tests in this order in a process of their own; return whether one fails."""
        shutil.rmtree(self.place / "temp", ignore_errors=True)
        (self.place / "temp").mkdir()
        child = os.fork()
        if not child:
            quiet = os.open(os.devnull, os.O_RDWR)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            status = 1
            try:
                status = self._run(session, number, names, asked)
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        return status != 0

    def _run(
        self, session: pytest.Session, number: int, names: list[str], asked: Path | None
    ) -> int:
        """Be the process of one change: return 0 where every test passes."""
        changes = _of_copy()
        failed: list[str] = []

        class Failures:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                if report.failed:
                    failed.append(report.nodeid)

        session.config.pluginmanager.register(Failures())
        changes.WANTED = number
        os.environ["QMS_MUTANT"] = str(number)
        if asked is None:
            signal.alarm(LONGEST)
        items: dict[str, Any] = {item.nodeid: item for item in session.items}
        order = [items[name] for name in names]
        for at, item in enumerate(order):
            begun = _spent()
            if asked is None:
                usual = self.unchanged.lasts[item.nodeid]
                _allow(PATIENCE + TIMES * usual)
            changes.MET.clear()
            following = order[at + 1] if at + 1 < len(order) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if asked is None:
                if failed:
                    return 1
                continue
            with asked.open("a", encoding="utf-8") as opened:
                print(json.dumps((item.nodeid, _spent() - begun, [*changes.MET])), file=opened)
        if failed:
            (self.place / "failed").write_text("\n".join(failed))
        return int(bool(failed))


def _of_copy() -> Any:
    """Return the module that says which change is asked for; only the copy has it."""
    return importlib.import_module("qmstool._changes")


def _by_kinds(names: list[str], kind: Callable[[str], object]) -> list[str]:
    """Return first one of each kind, then the second of each, and so on, each in their order."""
    met: Counter[object] = Counter()
    turns = []
    for name in names:
        turns.append(met[kind(name)])
        met[kind(name)] += 1
    return [name for _, name in sorted(zip(turns, names, strict=True), key=lambda pair: pair[0])]


def _within(names: list[str], lasts: dict[str, float], most: float) -> list[str]:
    """Return so many tests as take no longer than may be, at least one."""
    total = 0.0
    chosen: list[str] = []
    for name in names:
        total += lasts[name]
        if chosen and total > most:
            break
        chosen.append(name)
    return chosen


def _spent() -> float:
    """The seconds of a processor that this process and those it started have taken."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _allow(seconds: float) -> None:
    """End this process where it takes so many more seconds of a processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
