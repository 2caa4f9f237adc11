"""A comparison takes no time that grows with the square of what is compared.

Time of this process alone is measured, for two texts and for two of four times the length.
"""

from __future__ import annotations

import time
from random import Random

from qmstool.diff.document import compare_versions
from qmstool.parsing.matching import MOST_STEPS_TOGETHER, BoundedMatcher, SharedSteps

MUCH = 8
LEAST = 0.1
"""What is sooner is taken for as long as this, in seconds: it says nothing yet."""


def seconds(sections: int) -> float:
    old = "".join(f"## a{n} b{n}\n\nchữ{n} x{n} y z{n}\n\n" for n in range(sections))
    new = "".join(f"## c{n} d{n}\n\nchữ{n} x{n} y w{n}\n\n" for n in range(sections))
    begun = time.process_time()
    redline = compare_versions([old], [new])
    taken = time.process_time() - begun
    assert {section.kind for section in redline.sections} == {"changed"}
    return taken


def test_sections_that_no_name_finds_again_are_compared_with_a_few() -> None:
    once = max(LEAST, seconds(400))
    assert seconds(1600) < MUCH * once


def test_paragraphs_of_few_words_share_the_steps_of_their_document() -> None:
    chance, shared = Random(1), SharedSteps()
    old = [chance.choice(("một", "hai", "ba")) for _ in range(800)]
    new = [word if at % 3 else f"x{word}" for at, word in enumerate(old)]
    assert len(BoundedMatcher(old, new, shared).get_opcodes()) > 50
    assert shared.left < MOST_STEPS_TOGETHER
    shared.left = 0
    assert len(BoundedMatcher(old, new, shared).get_opcodes()) < 10
    assert len(BoundedMatcher(old[:50], new[:50], shared).get_opcodes()) > 10
