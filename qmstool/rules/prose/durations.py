"""Read the stretches of time that a text names.

How often something is done («hằng quý»), and how long a record is kept («lưu 5 năm»).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.parsing.codes import fold_name
from qmstool.parsing.scripts import WORD
from qmstool.patterns import regex
from qmstool.rules.base.text.wording import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.rules.base.text.prose_text import Writing
    from qmstool.rules.base.text.wording import Wording

# How far two stretches of time may differ and still be one: a year is twelve months.
TOLERANCE = 0.1
_BLANK = r"[\s\u00a0\x01]"
_FEW_WORDS = rf"(?:[^\W\d_]+{_BLANK}+){{0,6}}?"


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time that a text names: its length in days (0: uncounted), and its place.

    `is_retention`: a record is kept for it, and `words_between` stands between the word for keeping
    and the number.
    """

    days: float
    start: int
    end: int
    is_retention: bool = False
    words_between: str = ""

    def differs(self, other: Duration) -> bool:
        """Whether two durations are not one: twelve months are a year."""
        return abs(self.days - other.days) > TOLERANCE * max(self.days, other.days)


class DurationReader:
    """Reads the durations of a language."""

    def __init__(self, wording: Wording) -> None:
        self.lists = wording.lists
        self.days: dict[str, float] = {}
        for period in self.lists.periods:
            self.days |= dict.fromkeys(map(fold_name, period.names), period.days)
        self.units: dict[str, float] = {}
        for unit in self.lists.units:
            self.units |= dict.fromkeys(map(fold_name, unit.names), unit.days)
        self.numbers = {
            fold_name(word): number for number, word in enumerate(self.lists["numbers"], 1)
        }

    @cached_property
    def _parts(self) -> tuple[str, str, str]:
        """The patterns of a number, a unit, and «N times»."""
        number = rf"(?:\d{{1,4}}|{alternatives(self.numbers)})"
        unit = rf"(?:{alternatives(self.units)})(?!\w)"
        return number, unit, rf"{_BLANK}+(?:{alternatives(self.lists['times'])})(?!\w)"

    @cached_property
    def times_pattern(self) -> re.Pattern[str]:
        """«hai lần» after a period."""
        number, _, times = self._parts
        return regex(rf"{_BLANK}+(?P<times>{number}){times}", re.IGNORECASE)

    @cached_property
    def frequency_pattern(self) -> re.Pattern[str]:
        """«06 tháng một lần», «một năm hai lần», «2 lần/năm», «mỗi 6 tháng»."""
        number, unit, times = self._parts
        once, every = alternatives(self.lists["once"]), alternatives(self.lists["every"])
        a = alternatives((*self.lists["every"], *self.lists["numbers"][:1], "1"))
        forms = (
            (
                rf"(?P<count>{number}){_BLANK}+(?P<unit>{unit}){_BLANK}*,?{_BLANK}*"
                rf"(?:(?P<times>{number}){times}|(?:{once})(?!\w))"
            ),
            (
                rf"(?P<times2>{number}){times}(?:{_BLANK}*/{_BLANK}*|{_BLANK}+(?:{a}){_BLANK}+)"
                rf"(?P<unit2>{unit})"
            ),
            rf"(?:{every}){_BLANK}+(?P<count3>{number}){_BLANK}+(?P<unit3>{unit})",
        )
        return regex(rf"(?<!\w)(?:{'|'.join(forms)})", re.IGNORECASE)

    @cached_property
    def _counting_words(self) -> frozenset[str]:
        """Words in lower case: whatever `frequency_pattern` matches has one of them in it."""
        return _telling((*self.lists["times"], *self.lists["once"], *self.lists["every"]))

    @cached_property
    def _unit_words(self) -> frozenset[str]:
        """Words in lower case: whatever `frequency_pattern` matches has one of them in it, too."""
        return _telling(self.units)

    @cached_property
    def retention_pattern(self) -> re.Pattern[str]:
        """«ít nhất 5 năm» after a word for keeping."""
        number, unit, _ = self._parts
        return regex(
            rf"{_BLANK}+(?P<between>{_FEW_WORDS})(?P<count>{number}){_BLANK}+(?P<unit>{unit})",
            re.IGNORECASE,
        )

    def durations(self, writing: Writing) -> list[Duration]:
        """Return every stretch of time that a text names, in order."""
        durations = (*self._periods(writing), *self._counted(writing), *self._kept(writing))
        return sorted(durations, key=lambda duration: duration.start)

    def _number(self, words: str | None) -> int:
        if words is None:
            return 1
        return self.numbers.get(fold_name(words)) or int(words)

    def _periods(self, writing: Writing) -> Iterator[Duration]:
        """Yield listed periods: «hằng quý», «hằng năm hai lần»."""
        for hit in writing.hits.get("periods", ()):
            days, end = self.days[hit.phrase], hit.end
            again = self.times_pattern.match(writing.words, hit.end)
            if again:
                days, end = days / max(1, self._number(again["times"])), again.end()
            yield Duration(days, hit.start, end)

    def _counted(self, writing: Writing) -> Iterator[Duration]:
        """Yield periods in numbers: «06 tháng một lần», «2 lần/năm»."""
        if self._counting_words.isdisjoint(writing.vocabulary):
            return
        for found in self._counted_in(writing):
            count = self._number(found["count"] or found["count3"])
            times = max(1, self._number(found["times"] or found["times2"]))
            unit = found["unit"] or found["unit2"] or found["unit3"]
            days = count * self.units[fold_name(unit)] / times
            yield Duration(days, found.start(), found.end())

    def _counted_in(self, writing: Writing) -> Iterator[re.Match[str]]:
        """Yield what `frequency_pattern` matches, which is never more than a sentence."""
        units = writing.offsets_of(self._unit_words & writing.vocabulary)
        searched = 0
        for at in writing.offsets_of(self._counting_words & writing.vocabulary):
            if at >= searched:
                start, searched = writing.sentence(at)
                if bisect_left(units, start) < bisect_left(units, searched):
                    yield from self.frequency_pattern.finditer(writing.words, start, searched)

    def _kept(self, writing: Writing) -> Iterator[Duration]:
        """Yield how long records are kept: «lưu 5 năm»."""
        for hit in writing.hits.get("keep", ()):
            found = self.retention_pattern.match(writing.words, hit.end)
            if found:
                days = self._number(found["count"]) * self.units[fold_name(found["unit"])]
                between = found["between"]
                yield Duration(
                    days, hit.start, found.end(), is_retention=True, words_between=between
                )


def _telling(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each phrase, in lower case; "" of one without any."""
    return frozenset(max(WORD.findall(phrase.lower()), key=len, default="") for phrase in phrases)
