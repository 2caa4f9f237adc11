"""Faults at every step of every command that writes: what was there stays whole, the next run works.

CI breaks each command at a step or two. QMS_FAULTS=all breaks each at every step, a long one at a
hundred of them, spread over all kinds of steps (QMS_FAULTS=8 at eight), and prints the rows of
docs/reliability.md.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx
import pytest

from qmstool.cli.main import main
from tests.support.cli.scenes import FIRST, change, make_scene, prepare
from tests.support.repository import Repo
from tests.support.shared import made_once
from tests.support.word_edits import paragraph_with, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

if not hasattr(os, "fork"):
    pytest.skip("processes are forked here", allow_module_level=True)

from tests.support.fault_kinds import STARTS, Fault, lost_lines, put_right
from tests.support.faults import Breaker, Outcome, contents

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
        "build over a site",
        "serve",
        "release prepare",
    ),
    *("init", "schema", "matrix", "history", "diff", "as-of", "distribution", "opinions"),
    *("record review --save", "import --update"),
    *("handover", "explain", "record opinion", "record copy", "record reading"),
    *("release dossier", "release tag"),
}
# What makes its output anew each time may leave some of it; what it leaves is nobody's text.
# Of names that are drawn by lot: what differs between two runs that leave the same.
DRAWN = re.compile(r"(?<=\.qms-unfinished-)\w+|(?<=\.new-)\w+|(?<=/qmstool-)\w+")
VERSION = re.compile(r"(?<=/build-)[^/]+(?=/)")  # the folder that one is built in
IN_STEPS = "kho/import-report.json"  # names a source as taken in only when all of it is there
MADE_ANEW = ("build/", "out/.site")
SITE = "out/site/"


class Command(NamedTuple):
    """A command, its status once more after its work was done, and where it was done at all.

    `over`: it was run before, and a text saved since.
    """

    words: str
    again: int = 0
    done: int = 0
    over: bool = False


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
    "record review --save": Command(
        "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-05-20 --save"
    ),
    "import --update": Command("import --update {out}/ve.docx --yes"),
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
    "build over a site": Command("build --output {out}/site", over=True),
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


# What works out the pages that a command needs. A pack itself sets PDFs, and the threads that do so
# are not there any more after a fork.
WARMED_BY = {
    "build --output {out}/site": "build --output {out}/site",
    "export pack --output {out}/a.zip": "build --output {out}/site",
    "serve --port 0": "serve --port 0",
}


def make_home(home: Path) -> None:
    """Make a manual with a release, a candidate and a slip that --fix mends, and a text to import."""
    repo = make_scene(home / "kho")
    change(repo)
    assert prepare(repo) == 0
    slip = FIRST.replace("VP 01", "VP 03").replace("kiểm soát", "lập").replace("\n", "\r\n")
    repo.commit("Lập hồ sơ", {"procedures/qt-vp-03.md": slip})
    (home / "out").mkdir()
    word = home / "out/ve.docx"
    words = ["export", "docx", "QT VP 01", "--output", str(word), "--root", str(repo.folder)]
    assert main(words) == 0
    edited = docx.Document(str(word))
    put(paragraph_with(edited, "giữ danh mục"), "giữ danh mục", "giữ và rà soát danh mục")
    edited.save(str(word))
    (home / "out/ghi-chu.txt").write_text("QUY TRÌNH THỬ\n\n1. Mục đích\n\nThử.\n", "utf-8")


class Scene:
    """A command and what it makes of the home of all scenes, broken or not."""

    def __init__(self, breaker: Breaker, template: Path, home: Path, command: Command) -> None:
        self.breaker, self.template, self.home, self.command = breaker, template, home, command
        self.cache = Path(os.environ["XDG_CACHE_HOME"])
        if command.over:
            self.template = self._once_before()
        if EVERY and command.words in WARMED_BY:
            self.renew()
            breaker.warm(self.words(WARMED_BY[command.words]))
        self.before = contents(self.template)
        self.tip = Repo(self.template / "kho", 0).git("rev-parse", "HEAD")
        self.whole, self.after = self.broken()
        self.again, self.twice = self.run(), contents(home)
        # What became of the next run, by what the one before had left.
        self.known: dict[str, tuple[int | None, list[str]]] = {}

    def words(self, typed: str = "") -> list[str]:
        """What is typed."""
        words = shlex.split(typed or self.command.words)
        words = [word.format(out=self.home / "out") for word in words]
        root = [] if words[0] in ROOTLESS else ["--root", str(self.home / "kho")]
        return [*words, *root]

    def run(self, at: int = 0, fault: Fault = Fault.KILLED) -> Outcome:
        return self.breaker.run(self.words(), at, fault)

    def _once_before(self) -> Path:
        """Run the command, save a text; return a copy of the home, what is kept of it beside it."""
        shutil.copytree(self.template, self.home)
        self.run()
        text = self.home / "kho/procedures/qt-vp-01.md"
        text.write_text(f"{text.read_text('utf-8')}\nThêm một câu.\n", "utf-8")
        copy = self.home.with_name("home-before")
        shutil.copytree(self.home, copy)
        shutil.copytree(self.cache, self._kept(copy))
        return copy

    @staticmethod
    def _kept(home: Path) -> Path:
        return home.with_name(f"{home.name}-kept")

    def renew(self) -> None:
        """Make the home anew, and what is kept of it."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.template, self.home)
        if self.command.over:
            shutil.rmtree(self.cache, ignore_errors=True)
            shutil.copytree(self._kept(self.template), self.cache)

    def broken(self, at: int = 0, fault: Fault = Fault.KILLED) -> tuple[Outcome, dict[str, bytes]]:
        """Run the command on a home made anew; return its outcome and what lies there then."""
        self.renew()
        return self.run(at, fault), contents(self.home)

    def troubles(self, at: int, fault: Fault) -> tuple[str, list[str]]:
        """Break the command at a step; return its status and the next one's, and what is wrong."""
        self.renew()
        ended = self.breaker.run_all(self.words(), at, fault)
        written = put_right(self.home / "kho")
        if fault is Fault.SAVED:
            return self.after_a_save(ended)
        left = self.left(ended)
        if left not in self.known:
            self.known[left] = self.aftermath(ended, dated=fault.of_clock)
        again, found = self.known[left]
        found = [*found, *(f"{name} was written where the folder had gone" for name in written)]
        ends = ("killed" if each.status is None else str(each.status) for each in ended)
        return f"{', '.join(ends)} → {again}", found

    def after_a_save(self, ended: Sequence[Outcome]) -> tuple[str, list[str]]:
        """Look at what a run left while somebody saved all texts: they are to be as they were saved."""
        left = contents(self.home)
        found = [*lost_lines(self.before, left), *self.odd_words(ended)]
        found += [
            f"{name} stays behind" for name in left if any(each in name for each in LEFTOVERS)
        ]
        return f"{ended[0].status}", found

    def odd_words(self, ended: Sequence[Outcome]) -> list[str]:
        """What is wrong with what runs said."""
        found = []
        for done in ended:
            if "Traceback" in done.said:
                found.append(f"traceback: {done.said}")
            if done.status not in {None, self.whole.status} and not done.said.strip():
                found.append("silence")
        return found

    def left(self, ended: Sequence[Outcome]) -> str:
        """The digest of how runs ended and what they left: after the same, the same follows."""
        said = [(done.status, DRAWN.sub("", done.said)) for done in ended]
        kept = hashlib.sha256(repr(said).encode())
        for name, data in sorted(contents(self.home, git_too=True).items()):
            if not name.endswith(".git/index"):  # holds the moment of its copying
                kept.update(DRAWN.sub("", name).encode() + b"\0" + hashlib.sha256(data).digest())
        return kept.hexdigest()

    def aftermath(
        self, ended: Sequence[Outcome], *, dated: bool = False
    ) -> tuple[int | None, list[str]]:
        """Look at what runs left, and run the command once more: its status, and what is wrong.

        `dated`: they wrote another day, and so other texts than on the day of the test.
        """
        left = contents(self.home)
        found = self.odd_words(ended)
        found += [f"{name} is not whole" for name in self.halves(left) if not dated]
        if not dated and any(done.status == self.whole.status for done in ended):
            found += [f"says it is done, but not {name}" for name in self.undone(left)]
        again = self.run()
        last = contents(self.home)
        if "Traceback" in again.said:
            found.append(f"traceback of the next run: {again.said}")
        if again.status not in {self.whole.status, self.command.again}:
            found.append(f"the next run ends with {again.status}: {again.said}")
        if not dated and not (self.same(last, self.after) or self.same(last, self.twice)):
            found.append(
                f"the next run makes something else: {self.differing(last, self.after)}; {again.said}"
            )
        found += [
            f"{name} stays behind" for name in last if any(each in name for each in LEFTOVERS)
        ]
        if self.words()[-3] == "--save" and not dated:
            found += self.uncommitted()
        return again.status, found

    def uncommitted(self) -> list[str]:
        """What is wrong with what a command that saves has committed after all: one commit of all."""
        repo = Repo(self.home / "kho", 0)
        status = repo.git("status", "--porcelain", "--", "releases")
        said = repo.git("log", "--format=%s", f"{self.tip}..HEAD").splitlines()
        found = [f"not committed: {status}"] if status else []
        return found + ([] if len(said) == 1 else [f"commits: {said}"])

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
        sites = [{name for name in each if name.startswith(SITE)} for each in (left, *self.ends())]
        if sites[0] not in sites[1:]:
            found.append(f"half a site: {len(sites[0])} files")
        return sorted(found)

    def undone(self, left: Mapping[str, bytes]) -> list[str]:
        """Files that are not as a run that was never broken leaves them."""
        found = self.differing(left, self.after)
        return found and self.differing(left, self.twice) and found

    def ends(self) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """What lay there before the command, and what lies there after it."""
        return self.before, self.after

    def same(self, one: Mapping[str, bytes], other: Mapping[str, bytes]) -> bool:
        return not self.differing(one, other)

    def differing(self, one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
        """Files that are not the same; a printed dossier tells what its run met, and is left out."""
        names = {name for name in {*one, *other} if not name.startswith("build/")}
        return sorted(name for name in names if one.get(name) != other.get(name))


def kind_of(step: str) -> str:
    """What is done at a step, and in which folder, whatever is drawn by lot and whatever version."""
    return re.sub(r"[^/]*$", "", VERSION.sub("", DRAWN.sub("", step)))


def spread(
    steps: Sequence[str], count: int, chance: random.Random, *, starts_only: bool
) -> list[int]:
    """Choose steps by lot, counted from 1: of each kind of step one, then of each the next.

    `starts_only`: those at which a program starts; a fault of programs strikes at no other.
    """
    kinds: dict[str, list[int]] = {}
    for number, step in enumerate(steps, 1):
        if starts_only and step.split()[0] not in STARTS:
            continue
        kinds.setdefault(kind_of(step), []).append(number)
    waiting = [chance.sample(numbers, len(numbers)) for numbers in kinds.values()]
    chance.shuffle(waiting)
    chosen: list[int] = []
    while len(chosen) < count and any(waiting):
        chosen += [numbers.pop() for numbers in waiting if numbers]
    return sorted(chosen[:count])


@pytest.fixture
def breaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Breaker]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Breaker() as started:
        yield started


def home_of_faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "home-of-faults", make_home)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if EVERY or name not in LONG])
def test_a_command_broken_at_any_step_leaves_all_whole_and_runs_again(
    name: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    breaker: Breaker,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template = home_of_faults(tmp_path_factory)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    assert scene.whole.status == scene.command.done, scene.whole.said
    chance = random.Random(f"{SEED} {name}")
    problems = {}
    others = [each for each in Fault if each is not Fault.KILLED]
    for fault in Fault if EVERY else (Fault.KILLED, chance.choice(others)):
        tried = spread(scene.whole.steps, STEPS, chance, starts_only=fault.at_starts)
        ends = set()
        for at in tried:
            end, found = scene.troubles(at, fault)
            ends.add(end)
            if found:
                problems[f"{fault.value} at {at}, {scene.whole.steps[at - 1]}"] = found
        if EVERY:
            with capsys.disabled():
                row = (name, fault.value, str(len(tried)), ", ".join(sorted(ends)))
                sys.stderr.write(f"| {' | '.join(row)} |\n")
    assert problems == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS if EVERY else ["rename", "record copy"])
def test_two_runs_at_once_leave_what_one_leaves(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, breaker: Breaker
) -> None:
    template = home_of_faults(tmp_path_factory)
    scene = Scene(breaker, template, tmp_path / "home", COMMANDS[name])
    scene.renew()
    done = breaker.run_at_once(scene.words())
    assert scene.aftermath(done)[1] == []
