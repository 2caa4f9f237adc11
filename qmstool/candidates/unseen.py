"""Find versions that are in force when a candidate takes effect, and that its signer did not see.

What goes in: a candidate, the releases recorded by now, and the day of effect that the signed paper
names. What comes out: one `UnseenVersion` for each document whose papers compared it with another
version than the one in force on that day. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.values import known_day
from qmstool.register.change_rows import entry_of_release, version_on
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.register.versions import number_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.values import Day

NOTHING_IN_FORCE = Text("không có bản nào", "no version")
ADVICE = Text(
    "Chưa ghi nhận. Lập lại hồ sơ với --effective {day} để trình lại; hoặc, nếu văn bản đã ký vẫn "
    "đúng ý, ghi nhận với --as-signed.",
    "Not recorded. Prepare again with --effective {day} and put it before the signer; or, where "
    "the signed paper means what it says, record with --as-signed.",
)
VERSION = Text("đợt {number} ({version})", "release {number} ({version})")


@dataclass(frozen=True, slots=True)
class UnseenVersion:
    """A version in force on the day of effect that the signer did not see beside the new text.

    `compared`: the version that the papers compared it with; `standing`: the one in force on `day`;
    None where there is none.
    """

    item: ReleaseItem
    compared: tuple[Release, ReleaseItem] | None
    standing: tuple[Release, ReleaseItem] | None
    day: date

    @property
    def text(self) -> Text:
        """The same in words."""
        compared, standing = version_name(self.compared), version_name(self.standing)
        code, day = self.item.code, self.day.isoformat()
        return Text(
            f"{code}: hồ sơ đã trình so sánh với {compared.vi}, nhưng ngày {day} bản đang có hiệu "
            f"lực là {standing.vi}. Người ký chưa thấy phần khác nhau giữa hai bản ấy.",
            f"{code}: the papers compared it with {compared.en}, but on {day} what is in force is "
            f"{standing.en}. The signer did not see what differs between the two.",
        )


class UnseenError(QmsError):
    """A record that would put something in force beside a version that the signer did not see."""

    def __init__(self, unseen: tuple[UnseenVersion, ...]) -> None:
        texts = [version.text for version in unseen]
        texts.append(ADVICE.fill({"day": unseen[0].day.isoformat()}))
        vi = "\n".join(text.vi for text in texts)
        en = "\n".join(text.en for text in texts)
        super().__init__(Text(vi, en))
        self.unseen = unseen


def version_name(entry: tuple[Release, ReleaseItem] | None) -> Text:
    """Return what a version is called in a sentence."""
    if entry is None:
        return NOTHING_IN_FORCE
    release, item = entry
    return VERSION.fill({"number": str(release.number), "version": number_text(item)})


def unseen_versions(
    candidate: Candidate, recorded: Sequence[Release], effective: Day, mended: Collection[int]
) -> tuple[UnseenVersion, ...]:
    """Return which versions will be in force on the day of effect that the papers did not show.

    `mended`: numbers of the records that the new one puts right, which count no longer. A candidate
    of an older tool does not say what it was compared with, and passes.
    """
    day = known_day(effective)
    if day is None:
        return ()
    counting = [release for release in recorded if release.number not in mended]
    lives = items_by_key(valid_releases(counting))
    everything = items_by_key(recorded)
    unseen = []
    for item in candidate.items:
        standing = version_on(lives.get(item.key, ()), day)
        number = standing[0].number if standing else 0
        # What the new record puts right lay before the signer as what was then in force.
        if item.follows is not None and item.follows not in {number, *mended}:
            compared = entry_of_release(everything.get(item.key, ()), item.follows)
            unseen.append(UnseenVersion(item, compared, standing, day))
    return tuple(unseen)
