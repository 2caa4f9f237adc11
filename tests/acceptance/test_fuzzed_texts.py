"""Texts that a fuzzer kept, because each reaches something new, are read or refused in a sentence.

CI reads some of each reader; QMS_FUZZ all of them.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from tests.support.fuzzed_readers import KEPT, READERS, kept_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.i18n import Text

FEW = 12
MOST = 5_000_000  # bytes of what is kept in the repository


@pytest.mark.usefixtures("no_running_loop")
@pytest.mark.parametrize("name", READERS)
def test_a_kept_text_is_read_or_refused_in_a_sentence(name: str) -> None:
    reader, seeds = READERS[name]
    texts = kept_texts(name)
    names = sorted(texts)
    if "QMS_FUZZ" not in os.environ:
        names = random.Random(13).sample(names, min(FEW, len(names)))
    for data in (*seeds(), *(texts[each] for each in names)):
        told = refusal(reader, data)
        assert told is None or (told.vi.strip() and told.en.strip()), data


def refusal(reader: Callable[[bytes], None], data: bytes) -> Text | None:
    try:
        reader(data)
    except QmsError as error:
        return error.text
    return None


def test_what_is_kept_stays_small() -> None:
    assert KEPT.stat().st_size < MOST
