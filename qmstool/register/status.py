"""Say how every document stands on a day: state, issue and revision, dates, pins of its texts.

What goes in: a manual, its releases and a day. What comes out: a `Register`. On a day, of the
recorded items of a document that have taken effect, the highest number wins; withdrawal is an act
of its own; an imported baseline counts from the beginning of time, and is shown as what it is.
Pure.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.manual.circulation import TextKey
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.codes import fold_code
from qmstool.register.counted_reviews import moves_the_day
from qmstool.register.effect import (
    Life,
    has_effect,
    item_effective,
    items_by_key,
    takes_effect,
    valid_releases,
)
from qmstool.register.preempted import Preempted
from qmstool.register.standing_lives import StandingLife, standing_lives
from qmstool.releases.record import NONE, basis_paths, check_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.circulation import DocumentReview
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.manual.values import Day

State = Literal[
    "draft",
    "submitted",
    "scheduled",
    "effective",
    "unevidenced",
    "imported",
    "superseded",
    "overtaken",
    "withdrawn",
]

# The words that agencies use on paper; «overtaken» is the written name of what is preempted.
STATES: dict[State, Text] = {
    "draft": Text("dự thảo", "draft"),
    "submitted": Text("đang trình ký", "submitted"),
    "scheduled": Text("đã ban hành, chưa có hiệu lực", "scheduled"),
    "effective": Text("đang có hiệu lực", "effective"),
    "unevidenced": Text(
        "đang có hiệu lực – chưa có bằng chứng phê duyệt", "effective – approval not evidenced"
    ),
    "imported": Text(
        "bản tiếp nhận – chưa có bằng chứng phê duyệt", "imported – approval not evidenced"
    ),
    "superseded": Text("đã được thay thế", "superseded"),
    "overtaken": Text(
        "không có hiệu lực: đợt ghi nhận sau đã thay thế",
        "never in force: a later record took its place",
    ),
    "withdrawn": Text("bãi bỏ", "withdrawn"),
}
IN_FORCE: frozenset[State] = frozenset({"effective", "unevidenced", "imported"})
CHANGED = Text("có dự thảo sửa đổi", "a draft revision exists")


def state_text(state: State) -> Text:
    """Return the words of a state."""
    return STATES[state]


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """How one document stands on a day.

    `item` is the recorded item that speaks for it: the one in force, else the one that withdrew it,
    else the next scheduled one; None for a draft. `effective`: None for a draft.
    `changed`: the text at hand is no longer the released one; None where nobody gave its digest.
    `coming`: the release that will change it later, beside what is in force now; `preempted`: one
    whose day is still to come and that will not take effect. `last_review`: the last one by then of
    this very text; `reviewed`: the last day on which one that counts found that it stands as it is.
    """

    key: str
    state: State
    issue: str
    revision: str
    effective: Day | None
    release: int | None
    check_code: str
    changed: bool | None
    item: ReleaseItem | None
    coming: int | None = None
    preempted: Preempted | None = None
    last_review: DocumentReview | None = None
    reviewed: date | None = None

    @property
    def text(self) -> TextKey:
        """The very text that it speaks of."""
        return TextKey(self.key, self.issue, self.revision, self.check_code)

    @property
    def in_force(self) -> bool:
        """Whether people work by it on that day."""
        return self.state in IN_FORCE


@dataclass(frozen=True)
class Register:
    """The status of every document on a day, by key.

    They stand in the manual's order; documents that only releases know come last. `tip`: the manual
    that holds what is recorded by now, None where nobody said which.
    """

    day: date
    statuses: Mapping[str, DocumentStatus]
    releases: Mapping[int, Release]
    tip: Manual | None = None

    @cached_property
    def lives(self) -> Mapping[str, Life]:
        """What the releases did to each document, oldest first, by its key."""
        return items_by_key(self.releases.values())

    @cached_property
    def standing_lives(self) -> Mapping[str, StandingLife]:
        """The same lives, to ask how each entry stands to the others."""
        return standing_lives(self.lives)

    def release_of(self, status: DocumentStatus) -> Release | None:
        """Return the release that a status rests on; None for a draft."""
        return self.releases.get(status.release) if status.release is not None else None

    def entries_in_force(self) -> Life:
        """Return the recorded texts in force, each with the release that it rests on."""
        in_force = [status for status in self.statuses.values() if status.in_force]
        found = [(self.release_of(status), status.item) for status in in_force]
        return tuple([(release, item) for release, item in found if release and item])


def register(
    manual: Manual,
    releases: Iterable[Release],
    day: date,
    *,
    digests: Mapping[str, str] | None = None,
    submitted: frozenset[str] = frozenset(),
    tip: Manual | None = None,
) -> Register:
    """Return how every document stands on a day.

    `digests` are those of the texts at hand, by key; `submitted` the keys of documents that lie in
    a candidate; `tip`: the manual that holds the reviews and readings recorded by now, where
    `manual` is one of the past.
    """
    recorded = valid_releases(releases)
    lives = items_by_key(recorded)
    replaced = _replaced(manual, lives, day)
    statuses = {}
    for key in dict.fromkeys((*manual.documents, *lives)):
        digest = (digests or {}).get(key)
        status = _status(key, lives.get(key, ()), day, digest, replaced=key in replaced)
        if status is None:
            status = _draft(key, submitted=key in submitted)
        statuses[key] = status
    records = tip or manual
    _mark_reviewed(statuses, records, day)
    numbered = {release.number: release for release in recorded}
    return Register(day, statuses, numbered, records)


def _mark_reviewed(statuses: dict[str, DocumentStatus], records: Manual, day: date) -> None:
    """Note on each status the reviews of the very text that it speaks of; of one day the last."""
    dated = []
    for review in records.reviews:
        reviewed = known_day(review.date)
        if reviewed:
            dated.append((reviewed, review))
    for reviewed, review in sorted(dated, key=itemgetter(0)):
        status = statuses.get(review.text.key)
        if status is None or reviewed > day or not is_of_text(status, review.text):
            continue
        standing = reviewed if moves_the_day(review, records.config) else status.reviewed
        statuses[status.key] = replace(status, last_review=review, reviewed=standing)


def is_of_text(status: DocumentStatus, text: TextKey) -> bool:
    """Return whether a record is about the very text that a status speaks of."""
    return status.text == text


def without_later_records(register: Register, day: date) -> Register:
    """Return a register without what could not be known on a day.

    Drafts are left out, and scheduled releases that were recorded only later.
    """
    later = set()
    for number, release in register.releases.items():
        recorded = known_day(release.recorded)
        if recorded and recorded > day:
            later.add(number)
    announced_by_then = {}
    for key, status in register.statuses.items():
        unknown = status.state == "scheduled" and status.release in later
        if status.release is not None and not unknown:
            announced_by_then[key] = status
    return replace(register, statuses=announced_by_then)


def item_state(standing: StandingLife, index: int, day: date) -> State:
    """Return the state on a day of one entry of a document's life: a line of its change table."""
    release, item = standing.life[index]
    if standing.preempting[index]:
        return "overtaken"
    if not takes_effect(standing.life[index], day):
        return "scheduled"
    superseded = standing.superseded_from[index]
    if superseded is not None and superseded <= day:
        return "withdrawn" if standing.ended_by_withdrawal[index] else "superseded"
    if item.act == "withdraw":
        return "withdrawn"
    if release.imported or item.taken_over is not None:
        return "imported"
    return "unevidenced" if release.without_evidence else "effective"


def item_check_code(item: ReleaseItem) -> str:
    """Return the check code of the text that an item puts in force; "" where it has none."""
    if item.act == "withdraw" or item.digest in {"", UNKNOWN, NONE}:
        return ""
    return check_code(item.digest)


def _draft(key: str, *, submitted: bool) -> DocumentStatus:
    """The status of a document that no release speaks for on the day."""
    state: State = "submitted" if submitted else "draft"
    return DocumentStatus(key, state, "", "", None, None, "", None, None)


def _status(
    key: str, life: Life, day: date, digest: str | None, *, replaced: bool
) -> DocumentStatus | None:
    """The status of a document by its releases; None where none speaks for it on the day."""
    past = [entry for entry in life if takes_effect(entry, day)]
    scheduled, preempted = _future(life, day)
    coming = min(scheduled, key=_by_day, default=None)
    chosen = past[-1] if past else coming
    if chosen is None:
        return None
    status = version_status(life, life.index(chosen), day)
    return replace(
        status,
        key=key,
        state="superseded" if status.state == "withdrawn" and replaced else status.state,
        changed=None if digest is None else digest != chosen[1].digest,
        coming=coming[0].number if past and coming else None,
        preempted=preempted[0] if preempted else None,
    )


def version_status(life: Life, index: int, day: date) -> DocumentStatus:
    """Return how one recorded version of a document stands on a day, superseded ones too."""
    release, item = life[index]
    return DocumentStatus(
        key=item.key,
        state=item_state(StandingLife(life), index, day),
        issue=item.issue,
        revision=item.revision,
        effective=item_effective(release, item),
        release=release.number,
        check_code=item_check_code(item),
        changed=None,
        item=item,
    )


def _future(life: Life, day: date) -> tuple[list[tuple[Release, ReleaseItem]], list[Preempted]]:
    """What is recorded for days to come: what is scheduled, and what will never take effect."""
    scheduled = []
    preempted = []
    standing = StandingLife(life)
    for index, (release, item) in enumerate(life):
        effective = known_day(release.effective)
        if item.taken_over is not None:
            effective = known_day(item_effective(release, item))
        if effective is None or effective <= day:
            continue
        by = standing.preempting[index]
        if by:
            preempted.append(Preempted(release.number, by.number))
        else:
            scheduled.append((release, item))
    return scheduled, preempted


def _by_day(entry: tuple[Release, ReleaseItem]) -> tuple[date, int]:
    """The order in which scheduled releases take effect; of two for one day the later record."""
    release = entry[0]
    return known_day(release.effective) or date.max, -release.number


def _replaced(manual: Manual, lives: Mapping[str, Life], day: date) -> set[str]:
    """Keys of documents in whose place another one, in force on that day, says it stands."""
    replaced = set()
    for key, document in manual.documents.items():
        past = [entry[1] for entry in lives.get(key, ()) if takes_effect(entry, day)]
        if past and past[-1].act != "withdraw":
            replaced |= {fold_code(mark.text) for mark in document.front_matter.replaces}
    return replaced


def pins_in_force(releases: Iterable[Release], day: date) -> dict[str, str]:
    """Return path → git blob of the manual in force on a day.

    It is the text in force of every document, and the data of the newest basis in force. Neither
    can take the place of the other, whatever a record names.
    """
    valid = valid_releases(releases)
    last: dict[str, tuple[int, ReleaseItem]] = {}
    grounds = []
    for release in valid:
        effective = [item for item in release.items if takes_effect((release, item), day)]
        last |= {item.key: (release.number, item) for item in effective}
        if effective:
            grounds.append(release)
    recorded = [release for release in valid if has_effect(release, day)]
    if not recorded and not grounds:
        return {}
    # What is taken over may claim a day before its record: then there is no older data than that.
    basis = recorded[-1] if recorded else grounds[0]
    pins: dict[str, str] = {}
    for _, item in sorted(last.values(), key=itemgetter(0)):
        if item.act != "withdraw":
            pins |= {pin.path: pin.blob for pin in item.files}
    beside = {pin.path: pin.blob for pin in basis.basis}
    pins = {path: blob for path, blob in pins.items() if not basis_paths([path])}
    return pins | {path: beside[path] for path in basis_paths(beside)}
