"""Commands upon one small home, and what they leave there when something strikes at a step of them.

A home is a manual in its repository, with a folder beside it that outputs go into.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.support.fault_commands import WARMED_BY, Command
from tests.support.fault_kinds import (
    KEPT_FACTS,
    Fault,
    lost_lines,
    put_right,
    rewrite_all,
)
from tests.support.faults import Breaker, Outcome, contents
from tests.support.repository import Repo

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

DAY = "1717200000"  # 2024-06-01
ROOTLESS = {"init", "explain"}
UNFINISHED = ".qms-unfinished-"
LEFTOVERS = (UNFINISHED, ".site.new-")
# What makes its output anew each time may leave some of it; what it leaves is nobody's text.
# Of names that are drawn by lot: what differs between two runs that leave the same.
DRAWN = re.compile(r"(?<=\.qms-unfinished-)\w+|(?<=\.new-)\w+|(?<=/qmstool-)\w+")
VERSION = re.compile(r"(?<=/build-)[^/]+(?=/)")  # the folder that one is built in
IN_STEPS = "kho/import-report.json"  # names a source as taken in only when all of it is there
MADE_ANEW = ("build/", "out/.site", f"out/{KEPT_FACTS}/")
SITE = "out/site/"
REFUSED = 2


class Made(NamedTuple):
    """What a run made: its status, its words, and files by path."""

    status: int | None
    said: str
    files: Mapping[str, bytes]


class Scene:
    """A command and what it makes of the home of all scenes, broken or not."""

    def __init__(
        self,
        breaker: Breaker,
        template: Path,
        home: Path,
        command: Command,
        *,
        warmed: bool = False,
    ) -> None:
        self.breaker, self.template, self.home, self.command = breaker, template, home, command
        self.cache = Path(os.environ["XDG_CACHE_HOME"])
        if command.over:
            self.template = self._once_before()
        if warmed and command.words in WARMED_BY:
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
        shutil.rmtree(self.cache, ignore_errors=True)
        if self.command.over:
            shutil.copytree(self._kept(self.template), self.cache)

    def broken(self, at: int = 0, fault: Fault = Fault.KILLED) -> tuple[Outcome, dict[str, bytes]]:
        """Run the command on a home made anew; return its outcome and what lies there then."""
        self.renew()
        return self.run(at, fault), contents(self.home)

    def troubles(self, at: int, fault: Fault) -> tuple[str, list[str]]:
        """Break the command at a step; return its status and the next one's, and what is wrong.

        No status where it never came to that step.
        """
        self.renew()
        ended = self.breaker.run_all(self.words(), at, fault)
        if ended[0].status is not None and len(ended[0].steps) < at:
            put_right(self.home / "kho")
            return "", []
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

    def made(self, done: Outcome) -> Made:
        """What a run made and said: files that were not there before, and its words."""
        now = contents(self.home)
        files = {name: data for name, data in now.items() if name not in self.before}
        return Made(done.status, DRAWN.sub("", done.said), files)

    def two_versions(self, fault: Fault) -> tuple[Made, Made, Sequence[str]]:
        """What is made of the manual before somebody changes it, and after; the steps of the first."""
        self.renew()
        before = self.run(0, fault)
        old = self.made(before)
        self.renew()
        rewrite_all(self.home / "kho", commit=fault is Fault.PULLED)
        return old, self.made(self.run(0, fault)), before.steps

    def mixed(self, at: int, fault: Fault, versions: tuple[Made, Made]) -> list[str]:
        """Change what a command reads at a step; return what it made of neither version."""
        self.renew()
        done = self.run(at, fault)
        found = self.odd_words([done])
        made = self.made(done)
        refused = done.status == REFUSED and not made.files
        if made not in versions and not refused:
            names = {*made.files, *versions[0].files, *versions[1].files}
            found += sorted(
                name
                for name in names
                if all(made.files.get(name) != each.files.get(name) for each in versions)
            ) or ["its files are of different versions, or of another than its words"]
        return found

    def keep_much(self) -> Made:
        """Run the command, save a text, and put aside what is kept then.

        Return what a run makes that finds nothing kept.
        """
        self.renew()
        shutil.rmtree(self.cache, ignore_errors=True)
        self.cache.mkdir()
        self.run()
        text = self.home / "kho/procedures/qt-vp-01.md"
        text.write_text(f"{text.read_text('utf-8')}\nThêm một câu.\n", "utf-8")
        shutil.copytree(self.cache, self._kept(self.home))
        shutil.copytree(self.home, self._aside())
        self._take_back()
        shutil.rmtree(self.cache)
        shutil.rmtree(self.home / "out" / KEPT_FACTS, ignore_errors=True)
        return self.made(self.run())

    def steps_with_kept(self, fault: Fault) -> list[int]:
        """The steps, counted from 1, at which a run opens or writes something that is kept.

        A fault of another kind than those of kept state alone strikes where that is written.
        """
        self._take_back()
        places = (str(self.cache), str(self.home / "out" / KEPT_FACTS))
        steps = self.run(0, fault).steps
        return [at for at, step in enumerate(steps, 1) if any(each in step for each in places)]

    def spoilt(self, at: int, fault: Fault, fresh: Made) -> list[str]:
        """Spoil what is kept at a step; return what that run or the next makes otherwise."""
        self._take_back()
        ended = self.breaker.run_all(self.words(), at, fault)
        found = self.odd_words(ended)
        if fault is Fault.CUT_SHORT and self.command.over:
            # Such a disk has no room for pages either.
            ended = [each for each in ended if each.status != REFUSED]
        made = [self.made(each) for each in ended]
        made.append(self.made(self.run()))
        for one in made:
            # A build says how many pages it took over: fewer of what is spoilt.
            said = one.said if not self.command.over else fresh.said
            if one.status != fresh.status or said != fresh.said:
                found.append(f"a run ends with {one.status}, says {one.said}")
            found += [f"otherwise: {name}" for name in self.differing(one.files, fresh.files)]
        return found

    def _aside(self) -> Path:
        return self.home.with_name(f"{self.home.name}-aside")

    def _take_back(self) -> None:
        """Put the home and what is kept back as they were put aside."""
        for place, aside in ((self.home, self._aside()), (self.cache, self._kept(self.home))):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(aside, place)

    def odd_words(self, ended: Sequence[Outcome]) -> list[str]:
        """What is wrong with what runs said."""
        found = []
        for done in ended:
            if "Traceback" in done.said:
                found.append(f"traceback: {done.said}")
            if done.status not in {None, self.whole.status} and not done.said.strip():
                found.append("silence")
        return found

    def said_otherwise(self, ended: Sequence[Outcome]) -> list[str]:
        """What a command that only reads says otherwise with the same status."""
        if self.after != self.before or self.again.said != self.whole.said:
            return []
        words = {DRAWN.sub("", each.said) for each in ended if each.status == self.whole.status}
        return [
            f"says something else: {said}"
            for said in words
            if said != DRAWN.sub("", self.whole.said)
        ]

    def left(self, ended: Sequence[Outcome]) -> str:
        """The digest of how runs ended and what they left: after the same, the same follows."""
        said = [(done.status, DRAWN.sub("", done.said)) for done in ended]
        kept = hashlib.sha256(repr(said).encode())
        lying = {**contents(self.home, git_too=True), **contents(self.cache)}
        for name, data in sorted(lying.items()):
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
            found += self.said_otherwise(ended)
            found += [f"says it is done, but not {name}" for name in self.undone(left)]
        again = self.run()
        last = contents(self.home)
        if self.command.kept and not dated and again.said not in {self.whole.said, self.again.said}:
            found.append(f"the next run says something else: {again.said}")
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
        if "--save" in self.words() and not dated:
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
        """Files that are not the same; a printed dossier tells what its run met, and is left out.

        So is what is kept from run to run: it is made anew where it is not whole.
        """
        passing = ("build/", f"out/{KEPT_FACTS}/")
        names = {name for name in {*one, *other} if not name.startswith(passing)}
        return sorted(name for name in names if one.get(name) != other.get(name))


def kind_of(step: str) -> str:
    """What is done at a step, and in which folder, whatever is drawn by lot and whatever version."""
    return re.sub(r"[^/]*$", "", VERSION.sub("", DRAWN.sub("", step)))


def spread(steps: Sequence[str], count: int, chance: random.Random, fault: Fault) -> list[int]:
    """Choose steps by lot, counted from 1: of each kind of step one, then of each the next.

    Only those at which a fault may strike.
    """
    kinds: dict[str, list[int]] = {}
    for number, step in enumerate(steps, 1):
        if not fault.may_strike(step.split()[0]):
            continue
        kinds.setdefault(kind_of(step), []).append(number)
    waiting = [chance.sample(numbers, len(numbers)) for numbers in kinds.values()]
    chance.shuffle(waiting)
    chosen: list[int] = []
    while len(chosen) < count and any(waiting):
        chosen += [numbers.pop() for numbers in waiting if numbers]
    return sorted(chosen[:count])
