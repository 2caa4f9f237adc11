"""Registers of thousands of rows take no time that grows with their square.

Time of this process alone is measured, for some rows and for four times as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.frozen import replace
from qmstool.manual.values import LocatedCount
from qmstool.register.copies import outstanding_copies
from qmstool.register.numbers import numbered_steps
from qmstool.register.opinions import units_never_asked
from qmstool.register.outcomes import release_outcomes
from qmstool.register.people import find_person
from qmstool.register.readings import unread_texts
from qmstool.register.status import register
from qmstool.releases.record import sha256
from qmstool.tables.external_and_records import external_register
from qmstool.tables.signatures import signature_block
from qmstool.verify import texts
from qmstool.verify.context import VerificationContext
from qmstool.verify.controls import answer_known, answer_reviewed
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.verification import verify
from tests.support.asked import DAY, made, released
from tests.support.grown import grown, grows_with_its_square
from tests.support.memory import MemoryTree
from tests.support.proved import issued

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.manual.model import Manual


def context_of(manual: Manual) -> VerificationContext:
    standing = register(manual, manual.releases, DAY)
    evidence = collect_evidence(MemoryTree({}), manual.releases, None, None)
    return VerificationContext(manual, standing, evidence, DAY, DAY, None, None)


def copies(manual: Manual) -> object:
    return list(outstanding_copies(manual, DAY))


def unread(manual: Manual) -> object:
    return list(unread_texts(manual, register(manual, manual.releases, DAY)))


def externals(manual: Manual) -> object:
    return external_register(manual, "vi", day=DAY)


def signatures(manual: Manual) -> object:
    opinions, release = manual.opinions["hs"], manual.releases[0]
    return signature_block(manual, manual.documents, opinions, release, "vi")


def never_asked(manual: Manual) -> object:
    return units_never_asked(manual, manual.documents, manual.opinions["hs"], DAY)


def people(manual: Manual) -> object:
    return [find_person(manual.config, f"Bà {key}") for key in manual.documents]


def receipts(manual: Manual) -> object:
    return answer_known(context_of(manual))


def reviews(manual: Manual) -> object:
    return answer_reviewed(context_of(manual))


def grounds(manual: Manual) -> object:
    return context_of(manual).grounds


def replaced(manual: Manual) -> object:
    """All that was taken over by mistake, and is taken over anew."""
    first = replace(manual.releases[0], imported=True)
    mark = next(iter(manual.documents.values())).mark
    second = replace(first, number=2, replaces=LocatedCount(1, mark))
    return release_outcomes((first, second))


def asked_of_all(manual: Manual) -> object:
    """The auditor's questions, where no text is what was recorded."""
    evidence = collect_evidence(MemoryTree({}), manual.releases, None, None)
    found = verify(manual, evidence, DAY)
    assert len(found.documents) == len(manual.documents)
    return found


def issues(manual: Manual) -> object:
    """The number of each of many issues of one document, after all those before it."""
    release = manual.releases[0]
    item = release.items[0]
    releases = [
        replace(release, number=at, items=(replace(item, issue=str(at)),))
        for at in range(1, len(manual.documents) + 1)
    ]
    steps = list(numbered_steps(releases))
    assert len(steps) == len(releases) - 1
    return steps


@pytest.mark.parametrize(
    ("work", "count"),
    [
        (issues, 1000),
        (copies, 1500),
        (unread, 500),
        (externals, 1200),
        (signatures, 800),
        (never_asked, 1000),
        (people, 400),
        (receipts, 250),
        (reviews, 800),
        (grounds, 300),
        (replaced, 1500),
        (asked_of_all, 120),
    ],
)
def test_time_does_not_grow_with_the_square_of_a_register(
    work: Callable[[Manual], object], count: int
) -> None:
    def work_of(rows: int) -> Callable[[], object]:
        manual = grown(rows)
        return lambda: work(manual)

    assert not grows_with_its_square(work_of, count)


def test_settings_that_all_records_pin_are_digested_once(monkeypatch: pytest.MonkeyPatch) -> None:
    digested = []

    def counted(data: bytes) -> str:
        digested.append(data)
        return sha256(data)

    monkeypatch.setattr(texts, "sha256", counted)
    first = released(issued(issue="'1'", revision="'0'"))
    manual, evidence = made(first, head="# nothing else digests this\n")
    later = [replace(manual.releases[0], number=number) for number in range(2, 30)]
    verify(replace(manual, releases=(*manual.releases, *later)), evidence, DAY)
    assert len(digested) <= 2
