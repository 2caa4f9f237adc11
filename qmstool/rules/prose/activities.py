"""Read what is done, and to what, in a sentence that names a duration.

In: a `Duration` in a text. Out: `Activity` values; equal ones in two sentences are the same
activity. Nothing is guessed: where the words around the duration do not plainly name an activity,
there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.citations import lower_in_place
from qmstool.parsing.codes import fold_name
from qmstool.patterns import regex
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording
    from qmstool.rules.prose.durations import Duration

# How many characters of a sentence around a duration are read.
REACH = 300
# At most so many words may say who carries an activity out.
MOST_WORDS_OF_A_BODY = 4
_PART = regex(r"[,;:()\n\0«»\"“”|]+")
_NOT_WORDS = regex(r"[^\w\s&-]+")


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity and its object, folded and without idle words.

    `wording` is how the text says both; `place` is where it is done, "" where that is not said;
    `common` says that the object may be any («hồ sơ»). The activity of a record that is kept is "".
    """

    activity: str
    object: str
    wording: str
    place: str
    common: bool


class ActivityReader:
    """Reads activities in the words of a language."""

    def __init__(self, wording: Wording) -> None:
        lists = wording.lists
        self._activities = _any_of(lists["activities"])
        self._idle = _any_of([*lists["carry_out"], *lists["idle"], *lists["title_words"]])
        self._carry_out = regex(rf"(?<!\w)(?:{alternatives(lists['carry_out'])})\s*\Z")
        self._weightless = _any_of([*lists["idle"], *lists["title_words"]])
        self._passive = _any_of(lists["passive"])
        self._common = _any_of(lists["common"])
        self._stops = _any_of([*lists["stops"], *lists["passive"]])
        self._place = regex(rf"(?<!\w)(?:{alternatives(lists['places'])})\s+(?P<where>.+)")
        self._unless = _any_of(lists["unless"])
        self._joins = _any_of(lists["suspended"])
        self._bodies = _any_of(map(fold_name, (*lists["bodies"], *wording.bodies)))
        self._expansions = {
            fold_name(short): fold_name(expansion)
            for short, expansion in wording.abbreviations.items()
        }
        self._short_forms = _any_of(self._expansions)

    def activities_at(self, writing: Writing, duration: Duration, after: int) -> Iterator[Activity]:
        """Yield what the sentence of a duration says is done at it.

        `after` is where the sentence's earlier duration ends.
        """
        words = writing.words
        start, end = writing.sentence(duration.start)
        before = words[max(start, after, duration.start - REACH) : duration.start]
        behind = words[duration.end : min(end, duration.end + REACH)]
        tail = fold_name(_PART.split(behind, 1)[0])
        if duration.is_retention:
            yield from self._kept_records(duration, before, tail)
            return
        parts = [part for part in _PART.split(before) if self._is_telling(part)]
        if parts:
            activity = self._in_clause(self._fold(parts[-1]), tail)
        else:
            telling = (part for part in _PART.split(behind) if self._is_telling(part))
            activity = self._in_clause(self._fold(next(telling, "")), "")
        if activity:
            yield activity

    def _fold(self, text: str) -> str:
        """Return words to compare: folded, no signs, abbreviations of the manual expanded."""
        folded = fold_name(_NOT_WORDS.sub(" ", text))
        if not self._expansions:
            return folded
        return self._short_forms.sub(lambda short: self._expansions[short[0]], folded)

    def _without_idle(self, folded: str) -> str:
        return " ".join(self._idle.sub(" ", folded).split())

    def _is_telling(self, text: str) -> bool:
        """Whether anything is left of words without the idle ones."""
        return bool(self._without_idle(self._fold(text)))

    def _activity(self, activity: str, what: str, whole: str, wording: str) -> Activity | None:
        """Return an activity on `what`, in the words `whole`; None where it cannot be told."""
        named = self._without_idle(what)
        if not named or self._unless.search(whole):
            return None
        place = self._place.search(whole)
        where = place["where"] if place else ""
        common = not self._activities.sub(" ", self._common.sub(" ", named)).strip()
        return Activity(activity, named, " ".join(wording.split()), where, common)

    def _in_clause(self, clause: str, tail: str) -> Activity | None:
        """Return the activity of one clause; `tail` is what follows the duration."""
        whole = f"{clause} {tail}"
        passive = self._passive.search(clause)
        if passive is None:
            return self._in_active(clause, whole)
        subject, verb = clause[: passive.start()], clause[passive.end() :]
        done = self._activities.search(verb)
        if done:
            return self._activity(done[0], subject, whole, f"{done[0]} {subject}")
        if self._without_idle(self._until_stop(verb)):
            return None
        named = self._activities.search(subject)
        if named is None or self._common.search(subject, 0, named.start()):
            return None
        what = f"{subject[: named.start()]} {subject[named.end() :]}"
        return self._activity(named[0], what, whole, subject)

    def _in_active(self, clause: str, whole: str) -> Activity | None:
        """Read «[Who] [carries out] activity object»: nothing else may stand before it."""
        bodies = [body.span() for body in self._bodies.finditer(clause)]
        for done in self._activities.finditer(clause):
            if any(start <= done.start() < end for start, end in bodies):
                continue
            if not self._says_only_who(clause[: done.start()]):
                return None
            what = self._until_stop(clause[done.end() :])
            return self._activity(done[0], what, whole, f"{done[0]} {what}")
        return None

    def _says_only_who(self, lead: str) -> bool:
        """Whether words before an activity say no more than who carries it out."""
        carry_out = self._carry_out.search(lead)
        if carry_out is None:
            rest = self._bodies.sub(" ", lead)
            return len(self._idle.sub(" ", rest).split()) <= 1
        rest = self._bodies.sub(" ", lead[: carry_out.start()])
        if self._weightless.search(rest) or self._common.search(rest):
            return False
        return len(rest.split()) <= MOST_WORDS_OF_A_BODY

    def _until_stop(self, words: str) -> str:
        """Return the words up to one that ends a name."""
        stop = self._stops.search(words)
        return words[: stop.start()] if stop else words

    def _kept_records(self, duration: Duration, before: str, tail: str) -> Iterator[Activity]:
        """Yield the records that are kept.

        Each item of the subject («A, B và C được lưu …»), or what stands after the verb.
        """
        subject = self._kept_subject(duration, lower_in_place(before))
        for part in _PART.split(subject):
            for name in self._joins.split(self._fold(part)):
                record = self._activity("", name, f"{name} {tail}", name)
                if record:
                    yield record

    def _kept_subject(self, duration: Duration, before: str) -> str:
        passive = self._passive.search(before)
        if passive:
            return before[: passive.start()]
        after_verb = self._without_idle(self._until_stop(self._fold(duration.words_between)))
        return after_verb or before


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for any of some phrases as whole words, in folded text."""
    return regex(rf"(?<!\w)(?:{alternatives(fold_name(word) for word in words)})(?!\w)")
