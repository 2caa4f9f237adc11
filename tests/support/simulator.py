"""Plants the life of a small manual: years of releases, and by itself knows the truth of every day.

No code of the package is used. Truth is painted: each release, in order of sequence, paints its
documents from its effective day to the end of the calendar; whatever colour a day has in the end is
what was in force.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.support.memory import CATALOGUE, MANIFEST, MAPPING

if TYPE_CHECKING:
    from tests.support.repository import Repo

START = date(2019, 1, 1)
DAYS = 5 * 365
CODES = ("ST", *(f"QT A {number:02d}" for number in range(1, 7)))
UNITS = {"VP": "Văn phòng", "KT": "Phòng Kỹ thuật"}
# Directors come and go: name, first and last day in office.
PEOPLE = {
    "ba-mot": ("Bà Một", date(2018, 1, 1), date(2020, 6, 30)),
    "ong-hai": ("Ông Hai", date(2020, 7, 1), date(2022, 3, 31)),
    "ba-ba": ("Bà Ba", date(2022, 4, 1), None),
}
SETTINGS = (
    MANIFEST
    + "units:\n"
    + "".join(f"  {key}: {{name: {name}}}\n" for key, name in UNITS.items())
    + "roles:\n  gd: {name: Giám đốc, approves: [manual, procedure]}\npeople:\n"
    + "".join(
        f"  {key}: {{name: {name}, holds: [{{role: gd, from: {since}{f', to: {until}' if until else ''}}}]}}\n"
        for key, (name, since, until) in PEOPLE.items()
    )
)
FIXED = {
    "qms.yml": SETTINGS,
    "clauses/catalogues/small.yml": CATALOGUE,
    "clauses/mapping/small.yml": MAPPING,
}


@dataclass(frozen=True)
class PlantedItem:
    """What one release did to one document."""

    code: str
    act: str
    issue: int
    revision: int
    path: str
    text: str
    version: int = 0

    @property
    def digest(self) -> str:
        data = self.text.encode()
        return hashlib.sha256(b"text %d\n" % len(data) + data).hexdigest()

    @property
    def blob(self) -> str:
        return blob(self.text)


@dataclass(frozen=True)
class Event:
    """One release: signed on a day, recorded on another, in force from a third."""

    number: int
    recorded: date
    effective: date | None
    items: tuple[PlantedItem, ...]
    basis: dict[str, str]
    mends: tuple[int, ...] = ()
    signed: date | None = None

    @property
    def instrument(self) -> str:
        """The number of the decision."""
        return f"{self.number}/QĐ"

    @property
    def signer(self) -> str:
        """Who was in office on the day of signing; "" where nothing was signed."""
        day = self.signed
        return next(
            (
                key
                for key, (_, since, until) in PEOPLE.items()
                if day and since <= day and (not until or day <= until)
            ),
            "",
        )


@dataclass
class Life:
    """All that was planted: releases, and the files as they stand at the end."""

    events: list[Event] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def painted(
        self, known_on: date | None = None
    ) -> dict[tuple[str, date], tuple[Event, PlantedItem]]:
        """(code, day) → the release and item whose word counts on that day, as far as was known on
        another.
        """
        calendar: dict[tuple[str, date], tuple[Event, PlantedItem]] = {}
        heard = [event for event in self.events if known_on is None or event.recorded <= known_on]
        wrong = {number for event in heard for number in event.mends}
        for event in heard:
            if event.number not in wrong:
                for item in event.items:
                    for day in _days_since(event.effective):
                        calendar[item.code, day] = (event, item)
        return calendar


@cache
def days() -> tuple[date, ...]:
    return tuple(START + timedelta(days=number) for number in range(DAYS))


@cache
def _days_since(first: date | None) -> tuple[date, ...]:
    """The days of a life from one on; all of them where it is not known."""
    return tuple(day for day in days() if first is None or day >= first)


def blob(text: str) -> str:
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def copies_of(version: int) -> tuple[str, int]:
    """The unit that receives a version on paper, and how many."""
    return ("VP", "KT")[version % 2], version % 3 + 1


def text_of(code: str, version: int) -> str:
    kind = "manual" if code == "ST" else "procedure"
    unit, copies = copies_of(version)
    held = f"owner: {unit}\ndistribution: [{{unit: {unit}, medium: paper, copies: {copies}}}]\n"
    return (
        f"---\ncode: {code}\ntype: {kind}\ntitle: Tài liệu {code}\n{held}---\n# Tài liệu {code}\n"
        f"\nBản thứ {version} của {code}.\n"
    )


def plant(seed: int = 1, releases: int = 40) -> Life:
    """Plant a life: a baseline, then releases of every kind, some scheduled, some recorded weeks
    late, some put right later.
    """
    rng = random.Random(seed)
    life = Life()
    at = dict.fromkeys(CODES[:5], (1, 0))
    paths = {
        code: "manual/index.md"
        if code == "ST"
        else f"procedures/{code.lower().replace(' ', '-')}.md"
        for code in CODES
    }
    alive = set(CODES[:5])
    first = tuple(
        PlantedItem(code, "new", 1, 0, paths[code], text_of(code, 0))
        for code in CODES
        if code in alive
    )
    life.files = dict(FIXED) | {item.path: item.text for item in first}
    life.events.append(Event(1, START, None, first, dict(FIXED)))
    recorded = signed = START
    for number in range(2, releases + 1):
        recorded += timedelta(days=rng.randint(5, 80))
        effective = recorded + timedelta(days=rng.choice((0, 0, 0, 1, 14, 60, -10, -30)))
        # Whoever signs a text knows of those that it comes after.
        signed = max(signed, min(recorded, effective))
        items = []
        for code in sorted(rng.sample(CODES, rng.randint(1, 3))):
            act = choose(rng, code, code in alive)
            at[code] = step(at[code], act) if code in at else (1, 0)
            alive = alive - {code} if act == "withdraw" else alive | {code}
            if rng.random() < 0.15 and code != "ST":
                life.files.pop(paths[code], None)
                paths[code] = f"procedures/moved-{number}/{code.lower().replace(' ', '-')}.md"
            text = text_of(code, number)
            if act == "withdraw":
                life.files.pop(paths[code], None)
            else:
                life.files[paths[code]] = text
            items.append(PlantedItem(code, act, *at[code], paths[code], text, number))
        mends = (number - 1,) if rng.random() < 0.1 and number > 2 else ()
        life.files["clauses/mapping/small.yml"] = MAPPING + f"# {number}\n"
        basis = {path: life.files[path] for path in FIXED}
        life.events.append(Event(number, recorded, effective, tuple(items), basis, mends, signed))
    return life


def choose(rng: random.Random, code: str, alive: bool) -> str:
    if not alive:
        return "new"
    return (
        "revise"
        if code == "ST"
        else rng.choice(("revise", "revise", "revise", "reissue", "correct", "withdraw"))
    )


def step(now: tuple[int, int], act: str) -> tuple[int, int]:
    issue, revision = now
    return {
        "revise": (issue, revision + 1),
        "correct": (issue, revision + 1),
        "reissue": (issue + 1, 0),
        "new": (issue + 1, 0),
    }.get(act, now)


def release_yaml(event: Event, previous: str) -> str:
    """A release file, written by hand as somebody without the tool would."""
    lines = [
        "schema: 1", f"release: {event.number}", *(["imported: true"] if event.number == 1 else []), f"title: Đợt {event.number}",
        f"instrument: {{kind: decision, number: \"{event.instrument}\", date: {event.signed or 'unknown'}}}",
        f"signer: {{person: {event.signer or 'unknown'}, role: {'gd' if event.signer else 'unknown'}}}",
        f"effective: {event.effective or 'unknown'}", "recorder: unknown",
        f"recorded: {event.recorded}",
        *([f"mends: [{', '.join(map(str, event.mends))}]"] if event.mends else []), f"previous: {previous}", "basis:",
    ]  # fmt: skip
    for path, text in event.basis.items():
        lines.append(
            f"  - {{path: {path}, blob: {blob(text)}, digest: "
            f"{hashlib.sha256(text.encode()).hexdigest()}}}"
        )
    lines.append("items:")
    for item in event.items:
        lines += [
            f"  - code: {item.code}",
            f"    act: {item.act}",
            f"    title: Tài liệu {item.code}",
        ]
        lines += [f'    issue: "{item.issue}"', f'    revision: "{item.revision}"']
        if item.act != "withdraw":
            lines += [
                f"    digest: {item.digest}",
                f"    files: [{{path: {item.path}, blob: {item.blob}}}]",
            ]
    return "\n".join(lines) + "\n"


def release_files(life: Life) -> dict[str, str]:
    """releases/NNNN.yml of a whole life, each with the digest of the one before."""
    files, previous = {}, "none"
    for event in life.events:
        text = release_yaml(event, previous)
        files[f"releases/{event.number:04d}.yml"] = text
        previous = hashlib.sha256(text.encode()).hexdigest()
    return files


def write(life: Life, repo: Repo) -> dict[int, str]:
    """Write the life into a repository, a text and a release file for each event.

    Now and then on a branch, merged or squashed.

    Returns number → the commit that brought the event's texts.
    """
    texts = release_files(life)
    where: dict[str, str] = {}
    brought = {}
    for event in life.events:
        day = event.recorded.isoformat()
        how = (
            {1: "merge", 2: "squash"}.get(event.number % 4, "straight")
            if event.number > 1
            else "straight"
        )
        if how != "straight":
            repo.git("checkout", "-q", "-b", f"đợt-{event.number}")
        for item in event.items:
            old = where.get(item.code)
            if old and (old != item.path or item.act == "withdraw"):
                (repo.folder / old).unlink(missing_ok=True)
            if item.act != "withdraw":
                repo.write({item.path: item.text})
            where[item.code] = item.path
        brought[event.number] = repo.commit(
            f"Dự thảo đợt {event.number}\n\nReason: phiếu {event.number}", event.basis, day=day
        )
        if how != "straight":
            repo.git("checkout", "-q", "main")
            way = ["--no-ff", "-m", f"Nhập đợt {event.number}"] if how == "merge" else ["--squash"]
            repo.git("merge", "-q", *way, f"đợt-{event.number}", day=day)
            repo.git("branch", "-q", "-D", f"đợt-{event.number}")
        recorded = repo.commit(
            f"Ghi nhận đợt {event.number}",
            {f"releases/{event.number:04d}.yml": texts[f"releases/{event.number:04d}.yml"]},
            day=day,
        )
        if how == "squash":
            brought[event.number] = recorded
    return brought
