"""Give the rows of a document's change table («theo dõi sửa đổi»), which command and page show.

What goes in: the releases, a document's life in them, a day, and the texts that its pins name.
What comes out: one `RecordedChange` for each record, oldest first; what was taken over by mistake
has its row too, shown as replaced and never erased. Pure.

A change is compared with the version before it, and which one that is is decided here alone:

- It is what earlier records put in force on the day from which the change counts. So the papers
  before the signer, the list of copies to recall and the site name one version, also where another
  one is scheduled for later: it was never worked by, and a hotfix is compared with what it changed.
- After a withdrawal nothing is in force. A document that is issued anew replaces no text: all of
  it is new («toàn bộ»), however much of it stood in the version that was withdrawn.
- A withdrawal brings no text, and changes no section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.manual.values import known_day
from qmstool.register.effect import (
    item_effective,
    replacing_release,
    takes_effect,
)
from qmstool.register.preempted import preempting_release
from qmstool.register.status import item_state
from qmstool.register.versions import version_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qmstool.diff.document import SectionChange
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.values import Count, Day
    from qmstool.register.effect import Life
    from qmstool.register.status import State

Extent = Literal["none", "whole", "sections", "lost"]


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One record of a document: what was done to it, by which release, and what that changed.

    `act`: as recorded (new, revise, reissue, correct, withdraw), or `imported` for a text taken
    over as it was found, since that puts nothing in force. `state`: how the record stands on the
    day; `overtaken` for one that never takes effect. `extent`: beside the version before, `none` of
    the text changed, the `whole` is new, some `sections` did, or a text of either side is `lost`;
    `sections` are those that did. `replaced_by`: the later record that takes the place of a
    mistaken take-over.
    """

    release: Release
    item: ReleaseItem
    act: str
    state: State
    extent: Extent
    sections: tuple[SectionChange, ...] = ()
    replaced_by: Release | None = None

    @property
    def effective(self) -> Day:
        """The day from which it counts: of a text taken over, the one that it claims itself."""
        return item_effective(self.release, self.item)


def change_rows(
    releases: Sequence[Release], life: Life, day: date, blobs: Mapping[str, bytes]
) -> tuple[RecordedChange, ...]:
    """Return the rows of a document's change table, oldest first.

    `blobs`: git blob → bytes of the recorded texts, as far as the repository holds them.
    """
    rows = [_row(life, index, day, blobs) for index in range(len(life))]
    if life:
        rows += _replaced_rows(releases, life[-1][1].key, day)
    return tuple(sorted(rows, key=_number))


def _number(row: RecordedChange) -> int:
    return row.release.number


def _replaced_rows(releases: Sequence[Release], key: str, day: date) -> Iterator[RecordedChange]:
    for release in releases:
        for item in release.items_of.get(key, ()):
            by = replacing_release(releases, release, item)
            if by and (known_day(by.recorded) or day) <= day:
                yield RecordedChange(
                    release, item, "imported", "superseded", "none", replaced_by=by
                )


def predecessor(life: Life, index: int) -> tuple[Release, ReleaseItem] | None:
    """Return the version before one entry of a life, None where nothing was in force.

    It is the one that the earlier records put in force on the entry's day of effect; where that day
    is unknown, the newest of them that was not overtaken. `index` may be the length of the life:
    then it is the newest version that a draft without a day follows.
    """
    day = known_day(life[index][0].effective) if index < len(life) else None
    if day is not None:
        return version_on(life[:index], day)
    for earlier in reversed(range(index)):
        if preempting_release(life, earlier) is None:
            return _replaceable(life[earlier])
    return None


def version_on(life: Life, day: date) -> tuple[Release, ReleaseItem] | None:
    """Return the version in force on a day, which a draft then follows; None for none."""
    for entry in reversed(life):
        if takes_effect(entry, day):
            return _replaceable(entry)
    return None


def is_standing(life: Life) -> bool:
    """Return whether the newest record that still counts puts a text in force, now or later."""
    for index in reversed(range(len(life))):
        if preempting_release(life, index) is None:
            return life[index][1].act != "withdraw"
    return False


def entry_of_release(life: Life, number: Count) -> tuple[Release, ReleaseItem] | None:
    """Return the entry of a life that a release made; None where it made none."""
    return next((entry for entry in life if entry[0].number == number), None)


def scheduled_versions(life: Life, day: date) -> Life:
    """Return the versions that are recorded and will take effect only after a day."""
    scheduled = []
    for index, (release, item) in enumerate(life):
        effective = known_day(release.effective)
        if item.act == "withdraw" or effective is None or effective <= day:
            continue
        if preempting_release(life, index) is None:
            scheduled.append((release, item))
    return tuple(scheduled)


def _replaceable(entry: tuple[Release, ReleaseItem]) -> tuple[Release, ReleaseItem] | None:
    return None if entry[1].act == "withdraw" else entry


def _row(life: Life, index: int, day: date, blobs: Mapping[str, bytes]) -> RecordedChange:
    release, item = life[index]
    before = predecessor(life, index)
    extent, sections = _compare(before[1] if before else None, item, blobs)
    taken_over = item.act == "new" and (release.imported or item.taken_over is not None)
    return RecordedChange(
        release=release,
        item=item,
        act="imported" if taken_over else item.act,
        state=item_state(life, index, day),
        extent=extent,
        sections=sections,
    )


def _compare(
    before: ReleaseItem | None, item: ReleaseItem, blobs: Mapping[str, bytes]
) -> tuple[Extent, tuple[SectionChange, ...]]:
    """How much of a text a record changed, and which sections."""
    if item.act == "withdraw":
        return "none", ()
    new = version_texts(item, blobs)
    old = version_texts(before, blobs) if before else ()
    if old is None or new is None:
        return "lost", ()
    if not old:
        return "whole", ()
    from qmstool.diff.document import compare_versions  # noqa: PLC0415 - a check compares no texts, and start-up counts

    sections = compare_versions(old, new).changed
    return ("sections" if sections else "none"), sections
