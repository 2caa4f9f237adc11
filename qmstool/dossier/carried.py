"""Tell what a text put before the signer holds of releases that take effect only later.

What goes in: a document's life in releases, the version that the papers compare with, and the text.
What comes out: for each scheduled release the sections that it changes, parted by what the text
makes of them. So nobody signs the content of another decision without being shown it. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.document import compare_versions
from qmstool.frozen import dataclass
from qmstool.register.versions import version_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.diff.document import SectionChange
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life


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
    before: tuple[Release, ReleaseItem] | None,
    scheduled: Life,
    texts: Sequence[str],
    held: Mapping[str, bytes],
) -> tuple[CarriedChanges, ...]:
    """Return what a text holds of each release scheduled after the day of comparison.

    `before`: the version compared with, None for none; `scheduled`: those versions; `held`: the
    bytes of their files by blob. A scheduled text that is lost is left out.
    """
    old = version_texts(before[1], held) if before else ()
    found = []
    for release, item in scheduled:
        coming = version_texts(item, held)
        if old is not None and coming is not None:
            found.append(_part(release, old, coming, texts))
    return tuple(found)


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
