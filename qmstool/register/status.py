"""Manual + releases + a day → what is in force: states, issues and revisions, dates, and the pins of the texts. Pure.

The rules are those of design §4. On a day, of the recorded items of a document that have taken effect, the highest sequence
wins; withdrawal is an act of its own; an imported baseline counts from the beginning of time and is shown as what it is.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import key as fold_code
from qmstool.register.preempted import Preempted, preempting_release
from qmstool.releases.record import NONE, check_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from qmstool.manual.model import Item, Manual, Release

State = Literal[
    "draft",
    "submitted",
    "scheduled",
    "effective",
    "imported",
    "superseded",
    "overtaken",
    "withdrawn",
]

# The words of facts/domain.md §1.
STATES: dict[State, Text] = {
    "draft": Text("dự thảo", "draft"),
    "submitted": Text("đang trình ký", "submitted"),
    "scheduled": Text("đã ban hành, chưa có hiệu lực", "scheduled"),
    "effective": Text("đang có hiệu lực", "effective"),
    "imported": Text(
        "bản nhập – chưa có bằng chứng phê duyệt", "imported – approval not evidenced"
    ),
    "superseded": Text("đã được thay thế", "superseded"),
    "overtaken": Text(
        "không có hiệu lực: đợt ghi nhận sau đã thay thế",
        "never in force: a later record took its place",
    ),
    "withdrawn": Text("bãi bỏ", "withdrawn"),
}
CHANGED = Text("có dự thảo sửa đổi", "a draft revision exists")


def state_text(state: State) -> Text:
    """Return the words of a state."""
    return STATES[state]


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """How one document stands on a day.

    `item` is the recorded item that speaks for it: the one in force, else the one that withdrew it,
    else the next scheduled one; None for a draft. `effective`: as written; "" for a draft.
    `changed`: the text at hand is no longer the released one; None where nobody gave its digest.
    `coming`: the release that will change it later, beside what is in force now; `overtaken`: one
    whose day is still to come and that will not take effect.
    """

    key: str
    state: State
    issue: str
    revision: str
    effective: str
    release: int | None
    check_code: str
    changed: bool | None
    item: Item | None
    coming: int | None = None
    preempted: Preempted | None = None

    @property
    def in_force(self) -> bool:
        """Whether people work by it on that day."""
        return self.state in {"effective", "imported"}


@dataclass(frozen=True)
class Register:
    """Every document's standing on a day, in the manual's order; documents that only releases know come last."""

    day: date
    statuses: Mapping[str, DocumentStatus]
    releases: Mapping[int, Release]

    @cached_property
    def lives(self) -> Mapping[str, Life]:
        """What the releases did to each document, oldest first, by its key."""
        return items_by_key(self.releases.values())

    def release_of(self, standing: DocumentStatus) -> Release | None:
        """Return the release that a standing rests on."""
        return self.releases.get(standing.release) if standing.release is not None else None


def register(
    manual: Manual,
    releases: Iterable[Release],
    day: date,
    *,
    digests: Mapping[str, str] | None = None,
    submitted: frozenset[str] = frozenset(),
) -> Register:
    """Return how every document stands on a day.

    `digests` are those of the texts at hand, by key; `submitted` the keys of documents that lie in
    a candidate.
    """
    recorded = valid_releases(releases)
    lives = items_by_key(recorded)
    replaced = _replaced(manual, lives, day)
    keys = dict.fromkeys((*manual.documents, *lives))
    found = {
        key: _standing(
            key,
            lives.get(key, ()),
            day,
            (digests or {}).get(key),
            submitted=key in submitted,
            replaced=key in replaced,
        )
        for key in keys
    }
    return Register(day, found, {release.number: release for release in recorded})


def without_later_records(register: Register, day: date) -> Register:
    """Return a register of another day without what that day could not show: drafts, and releases that were recorded only later."""
    later = {
        number
        for number, release in register.releases.items()
        if release.recorded != UNKNOWN and release.recorded > day.isoformat()
    }
    shown = {
        key: each for key, each in register.statuses.items()
        if each.release is not None and not (each.state == "scheduled" and each.release in later)
    }  # fmt: skip
    return Register(register.day, shown, register.releases)


def known_releases(releases: Iterable[Release], day: date) -> tuple[Release, ...]:
    """Return the releases that had been recorded by a day: «as known on a day».

    An unknown day of recording was always known.
    """
    return tuple(
        release
        for release in releases
        if release.recorded in {"", UNKNOWN} or release.recorded <= day.isoformat()
    )


def valid_releases(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Return the releases in order of sequence, less those that a later one says it mends (`mends`)."""
    ordered = sorted(releases, key=lambda release: release.number)
    mended = {mark.text for release in ordered for mark in release.entry.list("mends")}
    return tuple(release for release in ordered if str(release.number) not in mended)


def has_effect(release: Release, day: date) -> bool:
    """Whether a release has taken effect by a day; an imported baseline without a date always has."""
    if release.effective == UNKNOWN:
        return release.imported
    return release.effective <= day.isoformat()


Life = tuple[tuple["Release", "Item"], ...]


def items_by_key(releases: Iterable[Release]) -> dict[str, Life]:
    """Return what releases did to each document, by key, in the order given."""
    lives: dict[str, list[tuple[Release, Item]]] = {}
    for release in releases:
        for item in release.items:
            lives.setdefault(item.key, []).append((release, item))
    return {key: tuple(life) for key, life in lives.items()}


def item_state(life: Sequence[tuple[Release, Item]], at: int, day: date) -> State:
    """Return the state on a day of one entry of a document's life: a line of its change table."""
    release, item = life[at]
    if preempting_release(life, at):
        return "overtaken"
    if not has_effect(release, day):
        return "scheduled"
    if any(has_effect(later, day) for later, _ in life[at + 1 :]):
        return "superseded"
    if item.act == "withdraw":
        return "withdrawn"
    return "imported" if release.imported else "effective"


def item_check_code(item: Item) -> str:
    """Return the check code of the text that an item puts in force; "" where it has none."""
    return (
        check_code(item.digest)
        if item.act != "withdraw" and item.digest not in {"", UNKNOWN, NONE}
        else ""
    )


def _standing(
    key: str, life: Life, day: date, digest: str | None, *, submitted: bool, replaced: bool
) -> DocumentStatus:
    past = [entry for entry in life if has_effect(entry[0], day)]
    later = [
        (entry, preempting_release(life, at))
        for at, entry in enumerate(life)
        if entry[0].effective > day.isoformat()
    ]
    future = [entry for entry, by in later if by is None and entry[0].effective != UNKNOWN]
    lost = [Preempted(entry[0].number, entry[0].effective, by.number) for entry, by in later if by]
    coming = min(future, key=lambda entry: (entry[0].effective, -entry[0].number), default=None)
    chosen = past[-1] if past else coming
    if chosen is None:
        return DocumentStatus(
            key, "submitted" if submitted else "draft", "", "", "", None, "", None, None
        )
    release, item = chosen
    state: State = item_state(life, life.index(chosen), day)
    if state == "withdrawn" and replaced:
        state = "superseded"
    code = item_check_code(item)
    changed = None if digest is None else digest != item.digest
    following = coming[0].number if past and coming else None
    number, since = release.number, release.effective
    return DocumentStatus(
        key,
        state,
        item.issue,
        item.revision,
        since,
        number,
        code,
        changed,
        item,
        following,
        lost[0] if lost else None,
    )


def _replaced(manual: Manual, lives: Mapping[str, Life], day: date) -> set[str]:
    """Keys of documents in whose place another one, in force on that day, says it stands."""
    found = set()
    for key, document in manual.documents.items():
        past = [item for release, item in lives.get(key, ()) if has_effect(release, day)]
        if past and past[-1].act != "withdraw":
            found |= {fold_code(mark.text) for mark in document.entry.list("replaces")}
    return found


def pins_in_force(releases: Iterable[Release], day: date) -> dict[str, str]:
    """Return path → git blob of the manual in force on a day: the newest basis in force, overlaid by the text of every document."""
    recorded = [release for release in valid_releases(releases) if has_effect(release, day)]
    pins = {each.path: each.blob for each in recorded[-1].basis} if recorded else {}
    last = {item.key: (release.number, item) for release in recorded for item in release.items}
    for _, item in sorted(last.values(), key=lambda entry: entry[0]):
        if item.act != "withdraw":
            pins |= {each.path: each.blob for each in item.files}
    return pins
