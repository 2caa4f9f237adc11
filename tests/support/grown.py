"""A manual whose records have so many rows, and how much longer four times as many take.

It is made of values, not read, so that what is measured is the work alone.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from tests.support.asked import LIST, PEOPLE
from tests.support.memory import MANIFEST, PROCEDURE
from tests.support.planted import item, planted, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import LocatedText

MUCH = 8
LEAST = 0.05
"""What is sooner is taken for as long as this, in seconds: it says nothing yet."""
OPINIONS = """\
schema: 1
candidate: hs
asked:
  - {unit: VP, documents: [QT A 01], sent: 2024-01-10, by: an}
signed:
  - {as: author, documents: [QT A 01], person: an, date: 2024-01-11}
"""
EXTERNAL = """\
schema: 1
documents:
  a: {number: 1/2006/NĐ-CP, type: Luật, issuer: QH, title: Luật, status: superseded, issued: 2006-01-01, superseded_by: [a]}
"""
TEXT = 'document: QT A 01, issue: "1", revision: "0", check_code: unknown, person: binh'


def seconds(work: Callable[[], object]) -> float:
    """What some work takes of this process."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def grows_with_its_square(made: Callable[[int], Callable[[], object]], count: int) -> bool:
    """Whether the work for four times as much takes far more than four times as long."""
    once = max(LEAST, seconds(made(count)))
    return seconds(made(4 * count)) >= MUCH * once


def grown(count: int) -> Manual:
    """The small manual with so many procedures, each with what is recorded of it."""
    text = PROCEDURE.replace("title:", f"{LIST}title:")
    small = planted(
        record(1, "2024-01-01", "2024-01-01", item(issue="'1'", revision="'0'", digest="a" * 64)),
        **{
            "qms.yml": MANIFEST + PEOPLE,
            "procedures/qt-a-01.md": text,
            "procedures/external.yml": EXTERNAL,
            "releases/opinions/hs.yml": OPINIONS,
            "releases/copies.yml": "schema: 1\ncopies:\n  - {document: QT A 01, unit: VP, "
            "release: 1, handed_out: 2024-01-05, received: 2024-01-06}\n",
            "releases/readings.yml": f"schema: 1\nreadings:\n  - {{{TEXT}, date: 2024-01-05}}\n",
            "releases/reviews.yml": "schema: 1\nreviews:\n"
            f"  - {{{TEXT}, date: 2024-01-05, outcome: stands}}\n",
        },
    )
    keys = [f"qt-a-{number}" for number in range(count)]
    document, release = small.documents["qt-a-01"], small.releases[0]
    opinions, external = small.opinions["hs"], small.externals["a"]
    asked, signed = opinions.requests[0], opinions.signatures[0]
    copy, reading, review = small.copies[0], small.readings[0], small.reviews[0]
    binh = small.config.people["binh"]
    items = [replace(release.items[0], key=key, code=key.upper()) for key in keys]
    people = {key: replace(binh, key=key, name=f"Ông {key}", holds=()) for key in keys}
    requests = [replace(asked, documents=frozenset([key])) for key in keys]
    signatures = [replace(signed, documents=frozenset([key])) for key in keys]
    return replace(
        small,
        config=replace(small.config, people=people | {"binh": binh}),
        documents={key: replace(document, key=key, code=key.upper()) for key in keys},
        releases=(replace(release, items=tuple(items)),),
        opinions={"hs": replace(opinions, requests=tuple(requests), signatures=tuple(signatures))},
        copies=tuple(replace(copy, key=key) for key in keys),
        readings=tuple(replace(reading, text=replace(reading.text, key=key)) for key in keys),
        reviews=tuple(replace(review, text=replace(review.text, key=key)) for key in keys),
        externals={
            key: replace(external, number=key, superseded_by=_named(external.superseded_by, key))
            for key in keys
        },
    )


def _named(marks: tuple[LocatedText, ...], key: str) -> tuple[LocatedText, ...]:
    return tuple(replace(mark, text=key) for mark in marks)
