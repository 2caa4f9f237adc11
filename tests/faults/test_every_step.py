"""Faults at every step of every command that writes: what was there stays whole, the next run works.

CI breaks each command at a step or two. QMS_FAULTS=all breaks each at every step, a long one
at a hundred of them (QMS_FAULTS=8 at eight), and prints the rows of docs/reliability.md.
"""

from __future__ import annotations

import os
import random
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.cli.scenes import FIRST, change, make_scene, prepare
from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.support.faults import Breaker, Fault, Outcome, contents

DAY = "1717200000"  # 2024-06-01
ROOTLESS = {"init", "explain"}
ASKED = os.environ.get("QMS_FAULTS", "")
EVERY = bool(ASKED)
# At most, of each command and by each fault.
STEPS = int(ASKED) if ASKED.isdigit() else 100 if EVERY else 1
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261128"))
UNFINISHED = ".qms-unfinished-"
LEFTOVERS = (UNFINISHED, ".site.new-")
# Read without writing any text, or dear: broken by `just long` alone.
LONG = {
    *(
        "check",
        "check --history",
        "register",
        "trail",
        "verify",
        "build",
        "serve",
        "release prepare",
    ),
    *("init", "schema", "matrix", "history", "diff", "as-of", "distribution", "opinions"),
    *("handover", "explain", "record opinion", "record copy", "record reading"),
    *("release dossier", "release tag"),
}
# What makes its output anew each time may leave some of it; what it leaves is nobody's text.
IN_STEPS = "kho/import-report.json"  # names a source as taken in only when all of it is there
MADE_ANEW = ("build/", "out/site", "out/.site", "out/a.")


class Command(NamedTuple):
    """A command, its status once more after its work was done, and where it was done at all."""

    words: str
    again: int = 0
    done: int = 0


COMMANDS = {
    "check": Command("check"),
    "check --fix": Command("check --fix"),
    "init": Command("init {out}/moi --yes --name A", again=2),
    "import": Command("import {out}/ghi-chu.txt --yes"),
    "new": Command("new procedure 'QT KT 07' Thử", again=2),
    "rename": Command("rename 'QT KT 01' 'QT KT 05' --yes", again=2),
    "renumber": Command("renumber 'QT VP 01' 2 5 --yes", again=2),
    "withdraw": Command("withdraw 'QT VP 02'"),
    "register": Command("register internal"),
    "trail": Command("trail"),
    "verify": Command("verify"),
    "record review": Command(
        "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-05-20"
    ),
    "release prepare": Command(
        "release prepare dot-9 --title X --number 'QT VP 01=1/2' --number 'QT KT 01=1/2'", again=2
    ),
    "release record": Command(
        "release record dot-2 --kind decision --number 12/QĐ-VD --date 2024-03-01 --person A"
        " --effective 2024-03-05 --recorder B --without-evidence"
    ),
    "as-of --texts": Command("as-of 2024-05-02 --texts {out}/ban"),
    "export pdf": Command("export pdf 'QT VP 01' --output {out}/a.pdf"),
    "export docx": Command("export docx 'QT VP 01' --output {out}/a.docx"),
    "export pack": Command("export pack --output {out}/a.zip"),
    "build": Command("build --output {out}/site"),
    "serve": Command("serve --port 0", again=130, done=130),  # a save, and one more build
    "check --history": Command("check --history"),
    "schema": Command("schema"),
    "matrix": Command("matrix"),
    "history": Command("history 'QT VP 01'"),
    "diff": Command("diff 'QT VP 01' 1"),
    "as-of": Command("as-of 2024-05-02"),
    "distribution": Command("distribution"),
    "opinions": Command("opinions dot-2"),
    "handover": Command("handover le-thi-mau"),
    "explain": Command("explain broken-yaml"),
    "record opinion": Command("record opinion dot-2 --unit KT --sent 2024-02-20 --due 2024-02-25"),
    "record copy": Command("record copy 'QT VP 01' --number 1 --unit VP --handed-out 2024-05-20"),
    "record reading": Command("record reading 'QT VP 01' --person le-thi-mau --date 2024-05-20"),
    "release dossier": Command("release dossier dot-2"),
    "release tag": Command("release tag"),
}


def make_home(home: Path) -> None:
    """Make a manual with a release, a candidate and a slip that --fix mends, and a text to import."""
    repo = make_scene(home / "kho")
    change(repo)
    assert prepare(repo) == 0
    slip = FIRST.replace("VP 01", "VP 03").replace("kiểm soát", "lập").replace("\n", "\r\n")
    repo.commit("Lập hồ sơ", {"procedures/qt-vp-03.md": slip})
    (home / "out").mkdir()
    (home / "out/ghi-chu.txt").write_text("QUY TRÌNH THỬ\n\n1. Mục đích\n\nThử.\n", "utf-8")


class Scene:
    """A command and what it makes of the home of all scenes, broken or not."""

    def __init__(self, breaker: Breaker, template: Path, home: Path, command: Command) -> None:
        self.breaker, self.template, self.home, self.command = breaker, template, home, command
        self.before = contents(template)
        self.whole, self.after = self.broken()
        self.again, self.twice = self.run(), contents(home)

    def words(self) -> list[str]:
        """What is typed."""
        words = [word.format(out=self.home / "out") for word in shlex.split(self.command.words)]
        root = [] if words[0] in ROOTLESS else ["--root", str(self.home / "kho")]
        return [*words, *root]

    def run(self, at: int = 0, fault: Fault = Fault.KILLED) -> Outcome:
        return self.breaker.run(self.words(), at, fault)

    def renew(self) -> None:
        """Make the home anew."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.template, self.home)

    def broken(self, at: int = 0, fault: Fault = Fault.KILLED) -> tuple[Outcome, dict[str, bytes]]:
        """Run the command on a home made anew; return its outcome and what lies there then."""
        self.renew()
        return self.run(at, fault), contents(self.home)

    def troubles(self, at: int, fault: Fault) -> tuple[str, list[str]]:
        """Break the command at a step; return its status and the next one's, and what is wrong."""
        done, _ = self.broken(at, fault)
        again, found = self.aftermath([done])
        status = "killed" if done.status is None else str(done.status)
        return f"{status} → {again}", found

    def aftermath(
        self, ended: Sequence[Outcome], *, dated: bool = False
    ) -> tuple[int | None, list[str]]:
        """Look at what runs left, and run the command once more: its status, and what is wrong.

        `dated`: they wrote another day, and so other texts than on the day of the test.
        """
        left = contents(self.home)
        found = []
        for done in ended:
            if "Traceback" in done.said:
                found.append(f"traceback: {done.said}")
            if done.status not in {None, self.whole.status} and not done.said.strip():
                found.append("silence")
        found += [f"{name} is not whole" for name in self.halves(left) if not dated]
        again = self.run()
        last = contents(self.home)
        if "Traceback" in again.said:
            found.append(f"traceback of the next run: {again.said}")
        if again.status not in {self.whole.status, self.command.again}:
            found.append(f"the next run ends with {again.status}: {again.said}")
        if not dated and not (self.same(last, self.after) or self.same(last, self.twice)):
            found.append(f"the next run makes something else: {self.other(last)}; {again.said}")
        found += [
            f"{name} stays behind" for name in last if any(each in name for each in LEFTOVERS)
        ]
        return again.status, found

    def halves(self, left: Mapping[str, bytes]) -> list[str]:
        """Files of which no version lies there whole, and files that are gone but should not be."""
        passing = (*MADE_ANEW, IN_STEPS)
        whole = {*self.before.values(), *self.after.values()}
        found = [name for name in self.before.keys() & self.after.keys() if name not in left]
        found += [
            name
            for name, data in left.items()
            if data not in whole and UNFINISHED not in name and not name.startswith(passing)
        ]
        return sorted(found)

    def same(self, one: Mapping[str, bytes], other: Mapping[str, bytes]) -> bool:
        names = {name for name in {*one, *other} if not name.startswith(MADE_ANEW)}
        return all(one.get(name) == other.get(name) for name in names)

    def other(self, last: Mapping[str, bytes]) -> list[str]:
        names = {name for name in {*last, *self.after} if not name.startswith(MADE_ANEW)}
        return sorted(name for name in names if last.get(name) != self.after.get(name))


@pytest.fixture
def breaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Breaker]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Breaker() as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if EVERY or name not in LONG])
def test_a_command_broken_at_any_step_leaves_all_whole_and_runs_again(
    name: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    breaker: Breaker,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template = made_once(tmp_path_factory, "home-of-faults", make_home)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    assert scene.whole.status == scene.command.done, scene.whole.said
    chance = random.Random(f"{SEED} {name}")
    steps = range(1, len(scene.whole.steps) + 1)
    problems = {}
    others = [each for each in Fault if each is not Fault.KILLED]
    for fault in Fault if EVERY else (Fault.KILLED, chance.choice(others)):
        tried = sorted(chance.sample(steps, min(STEPS, len(steps))))
        ends = set()
        for at in tried:
            end, found = scene.troubles(at, fault)
            ends.add(end)
            if found:
                problems[f"{fault.value} at {at}, {scene.whole.steps[at - 1]}"] = found
        if EVERY:
            with capsys.disabled():
                row = (name, fault.value, str(len(tried)), ", ".join(sorted(ends)))
                sys.stdout.write(f"\n| {' | '.join(row)} |")
    assert problems == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS if EVERY else ["rename", "record copy"])
def test_two_runs_at_once_leave_what_one_leaves(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, breaker: Breaker
) -> None:
    template = made_once(tmp_path_factory, "home-of-faults", make_home)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    scene.renew()
    done = breaker.run_at_once(scene.words())
    assert scene.aftermath(done)[1] == []
