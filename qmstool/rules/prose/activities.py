"""A sentence that names a period → what is done, and to what: the same words in another sentence are the same activity.

Nothing is guessed: where the words around the period do not name an activity plainly, there is no answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.rules.base.prose_text import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.rules.base.prose_text import Prose
    from qmstool.rules.prose.durations import Pace

FAR = 300
WHO = 4
_PART = re.compile(r"[,;:()\n\0«»\"“”|]+")
_NOT_WORDS = re.compile(r"[^\w\s&-]+")


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity and its object, folded, idle words out, and both as they are `said`.

    `place`: where it is done, "" unsaid; `common`: the object may be any.
    """

    activity: str
    object: str
    said: str
    place: str
    common: bool


class Doings:
    """Reads activities in the words of a language."""

    def __init__(self, prose: Prose) -> None:
        lists = prose.lists
        self.activity = _phrases(lists["activities"])
        self.idle = _phrases([*lists["carry_out"], *lists["idle"], *lists["title_words"]])
        self.done = re.compile(rf"(?<!\w)(?:{alternatives(lists['carry_out'])})\s*\Z")
        self.weightless = _phrases([*lists["idle"], *lists["title_words"]])
        self.passive = _phrases(lists["passive"])
        self.common = _phrases(lists["common"])
        self.stops = _phrases([*lists["stops"], *lists["passive"]])
        self.place = re.compile(rf"(?<!\w)(?:{alternatives(lists['places'])})\s+(?P<where>.+)")
        self.unless = _phrases(lists["unless"])
        self.joins = _phrases(lists["suspended"])
        names = [*lists["bodies"], *(unit.name for unit in prose.manual.config.units.values())]
        roles = (role.name for role in prose.manual.config.roles.values())
        self.bodies = _phrases(
            [*(fold_name(name) for name in names), *(fold_name(name) for name in roles)]
        )
        self.full = {
            fold_name(short): fold_name(each.expansion)
            for short, each in prose.manual.abbreviations.items()
        }
        self.short = _phrases(self.full)

    def of(self, pace: Pace, after: int) -> Iterator[Doing]:
        """What the sentence of a pace says is done at it; `after` is where the sentence's earlier pace ends."""
        start, end = pace.writing.sentence(pace.start)
        before = pace.writing.words[max(start, after, pace.start - FAR) : pace.start]
        behind = pace.writing.words[pace.end : min(end, pace.end + FAR)]
        tail = fold_name(next(iter(_PART.split(behind)), ""))
        if pace.keeps:
            yield from self._kept(pace, before, tail)
            return
        parts = [part for part in _PART.split(before) if self._bare(part)]
        if parts:
            found = self._said(self._folded(parts[-1]), tail)
        else:
            first = next((part for part in _PART.split(behind) if self._bare(part)), "")
            found = self._said(self._folded(first), "")
        if found:
            yield found

    def _folded(self, text: str) -> str:
        """Words to compare: folded, signs out, abbreviations of the manual read out."""
        folded = fold_name(_NOT_WORDS.sub(" ", text))
        return self.short.sub(lambda found: self.full[found[0]], folded) if self.full else folded

    def _bare(self, text: str) -> str:
        """What is left of words without the idle ones."""
        return " ".join(self.idle.sub(" ", self._folded(text)).split())

    def _doing(self, activity: str, what: str, whole: str, said: str) -> Doing | None:
        named = " ".join(self.idle.sub(" ", what).split())
        if not named or self.unless.search(whole):
            return None
        place = self.place.search(whole)
        common = not self.activity.sub(" ", self.common.sub(" ", named)).strip()
        return Doing(
            activity, named, " ".join(said.split()), place["where"] if place else "", common
        )

    def _said(self, clause: str, tail: str) -> Doing | None:
        """The activity of one clause."""
        whole = f"{clause} {tail}"
        passive = self.passive.search(clause)
        if passive is None:
            return self._active(clause, whole)
        subject, verb = clause[: passive.start()], clause[passive.end() :]
        activities = list(self.activity.finditer(verb))
        if activities:
            return self._doing(activities[0][0], subject, whole, f"{activities[0][0]} {subject}")
        if " ".join(self.idle.sub(" ", self._cut(verb)).split()):
            return None
        named = self.activity.search(subject)
        if named is None or self.common.search(subject, 0, named.start()):
            return None
        return self._doing(
            named[0], f"{subject[: named.start()]} {subject[named.end() :]}", whole, subject
        )

    def _active(self, clause: str, whole: str) -> Doing | None:
        """«[Who] [carries out] activity object»: nothing else may stand before the activity."""
        bodies = [found.span() for found in self.bodies.finditer(clause)]
        for found in self.activity.finditer(clause):
            if any(start <= found.start() < end for start, end in bodies):
                continue
            if not self._leads(clause[: found.start()]):
                return None
            what = self._cut(clause[found.end() :])
            return self._doing(found[0], what, whole, f"{found[0]} {what}")
        return None

    def _leads(self, lead: str) -> bool:
        """Whether words before an activity say no more than who carries it out."""
        done = self.done.search(lead)
        who = self.bodies.sub(" ", lead[: done.start()] if done else lead)
        if done:
            return (
                not self.weightless.search(who)
                and not self.common.search(who)
                and len(who.split()) <= WHO
            )
        return len(self.idle.sub(" ", who).split()) <= 1

    def _cut(self, words: str) -> str:
        """The words up to one that ends a name."""
        stop = self.stops.search(words)
        return words[: stop.start()] if stop else words

    def _kept(self, pace: Pace, before: str, tail: str) -> Iterator[Doing]:
        """The records that are kept: each item of the subject («A, B và C được lưu …»), or what stands after the verb."""
        low = lower_in_place(before)
        passive = self.passive.search(low)
        named = "" if passive else self._cut(self._folded(pace.between))
        subject = (
            low[: passive.start()]
            if passive
            else " ".join(self.idle.sub(" ", named).split()) or low
        )
        for part in _PART.split(subject):
            for name in self.joins.split(self._folded(part)):
                found = self._doing("", name, f"{name} {tail}", name)
                if found:
                    yield found


def _phrases(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of some phrases as whole words, in folded text."""
    return re.compile(rf"(?<!\w)(?:{alternatives(fold_name(word) for word in words)})(?!\w)")
