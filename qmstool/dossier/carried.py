"""Tell what a text put before the signer holds of releases that take effect only later.

What goes in: a document's life in releases, the version that the papers compare with, and the text.
What comes out: for each scheduled release the sections that it changes, parted by what the text
makes of them. So nobody signs the content of another decision without being shown it. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.document import compare_versions
from qmstool.frozen import dataclass
from qmstool.register.change_rows import scheduled_versions
from qmstool.register.versions import version_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.diff.document import SectionChange
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life

    Blobs = Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class CarriedChanges:
    """The sections that a scheduled release changes, and what the text at hand makes of them.

    `carried`: they stand in the text as that release has them; `altered`: both change them, and not
    alike; `left_out`: the text has them as they are in force now.
    """

    release: Release
    carried: tuple[SectionChange, ...]
    altered: tuple[SectionChange, ...]
    left_out: tuple[SectionChange, ...]


def carried_changes(
    candidate: Candidate,
    life: Life,
    before: tuple[Release, ReleaseItem] | None,
    texts: Sequence[str],
    blobs: Blobs,
) -> tuple[CarriedChanges, ...]:
    """Return what a text holds of each release scheduled after the day of comparison.

    `before`: the version compared with, None for none; a scheduled text that is lost is left out.
    """
    day = candidate.compared_on
    if day is None:
        return ()
    old = _texts(before[1], blobs) if before else ()
    found = []
    for release, item in scheduled_versions(life, day):
        scheduled = _texts(item, blobs)
        if old is not None and scheduled is not None:
            found.append(_part(release, old, scheduled, texts))
    return tuple(found)


def _texts(item: ReleaseItem, blobs: Blobs) -> tuple[str, ...] | None:
    return version_texts(item, blobs(pin.blob for pin in item.files))


def _part(
    release: Release, old: Sequence[str], scheduled: Sequence[str], texts: Sequence[str]
) -> CarriedChanges:
    differing = {section.key for section in compare_versions(scheduled, texts).changed}
    changed = {section.key for section in compare_versions(old, texts).changed}
    carried = []
    altered = []
    left_out = []
    for section in compare_versions(old, scheduled).changed:
        if section.key not in differing:
            carried.append(section)
        elif section.key in changed:
            altered.append(section)
        else:
            left_out.append(section)
    return CarriedChanges(release, tuple(carried), tuple(altered), tuple(left_out))
