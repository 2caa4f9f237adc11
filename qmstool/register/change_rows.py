"""Give the rows of a document's change table («theo dõi sửa đổi»), which command and page show.

What goes in: the releases, a document's life in them, a day, and the texts that its pins name.
What comes out: one `RecordedChange` for each record, oldest first; what was taken over by mistake
has its row too, shown as replaced and never erased. Pure.

A change is compared with the version before it; `StandingLife` says which one that is:

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
    replacing_of,
    replacing_release,
    takes_effect,
)
from qmstool.register.standing_lives import StandingLife
from qmstool.register.status import item_state
from qmstool.register.versions import version_attachments, version_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qmstool.diff.document import AttachmentChange, Redline, SectionChange
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
    `sections` are those that did, `attachments` the files beside it. `replaced_by`: the later
    record that takes the place of a mistaken take-over.
    """

    release: Release
    item: ReleaseItem
    act: str
    state: State
    extent: Extent
    sections: tuple[SectionChange, ...] = ()
    attachments: tuple[AttachmentChange, ...] = ()
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
    standing = StandingLife(life)
    rows = [_row(standing, index, day, blobs) for index in range(len(life))]
    if life:
        rows += _replaced_rows(releases, life[-1][1].key, day)
    return tuple(sorted(rows, key=_number))


def _number(row: RecordedChange) -> int:
    return row.release.number


def _replaced_rows(releases: Sequence[Release], key: str, day: date) -> Iterator[RecordedChange]:
    replacing = replacing_of(releases)
    for release in releases:
        for item in release.items_of.get(key, ()):
            by = replacing_release(replacing, release, item)
            if by and (known_day(by.recorded) or day) <= day:
                yield RecordedChange(
                    release, item, "imported", "superseded", "none", replaced_by=by
                )


def version_on(life: Life, day: date) -> tuple[Release, ReleaseItem] | None:
    """Return the version in force on a day, which a draft then follows; None for none."""
    for entry in reversed(life):
        if takes_effect(entry, day):
            return None if entry[1].act == "withdraw" else entry
    return None


def is_standing(life: Life) -> bool:
    """Return whether the newest record that still counts puts a text in force, now or later."""
    for (_, item), by in zip(reversed(life), reversed(StandingLife(life).preempting), strict=True):
        if by is None:
            return item.act != "withdraw"
    return False


def entry_of_release(life: Life, number: Count) -> tuple[Release, ReleaseItem] | None:
    """Return the entry of a life that a release made; None where it made none."""
    return next((entry for entry in life if entry[0].number == number), None)


def scheduled_versions(life: Life, day: date) -> Life:
    """Return the versions that are recorded and will take effect only after a day."""
    scheduled = []
    for (release, item), by in zip(life, StandingLife(life).preempting, strict=True):
        effective = known_day(release.effective)
        if item.act == "withdraw" or effective is None or effective <= day:
            continue
        if by is None:
            scheduled.append((release, item))
    return tuple(scheduled)


def _row(
    standing: StandingLife, index: int, day: date, blobs: Mapping[str, bytes]
) -> RecordedChange:
    release, item = standing.life[index]
    before = standing.predecessors[index]
    extent, found = _compare(before[1] if before else None, item, blobs)
    taken_over = item.act == "new" and (release.imported or item.taken_over is not None)
    return RecordedChange(
        release=release,
        item=item,
        act="imported" if taken_over else item.act,
        state=item_state(standing, index, day),
        extent=extent,
        sections=found.changed if found else (),
        attachments=found.attachments if found else (),
    )


def _compare(
    before: ReleaseItem | None, item: ReleaseItem, blobs: Mapping[str, bytes]
) -> tuple[Extent, Redline | None]:
    """How much of a text a record changed, and which sections and files; None beside no other."""
    if item.act == "withdraw":
        return "none", None
    new = version_texts(item, blobs)
    old = version_texts(before, blobs) if before else ()
    if old is None or new is None:
        return "lost", None
    if not old or before is None:
        return "whole", None
    from qmstool.diff.document import compare_attachments, compare_versions  # noqa: PLC0415 - a check compares no texts, and start-up counts

    attachments = compare_attachments(version_attachments(before), version_attachments(item))
    found = compare_versions(old, new, attachments)
    return ("sections" if found.changed else "none"), found
