"""A record that was changed after it was recorded is told at the first word that differs."""

from __future__ import annotations

import pytest

from qmstool.verify.records.rewritten import check_rewritten
from tests.support.planted import record
from tests.support.proved import issued, proved, words

PATH, TEXT = record(1, "2024-01-01", "2024-01-01", issued())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Đợt 1", "title: Đợt 21", "1"),
        ("title: Đợt 1", "title: Lần 1", "Đợt"),
        ("recorder: unknown", "recorder: unk", "unknown"),
        ("recorder: unknown", "recorder: unknowing", "unknown"),
        ("schema: 2", "Schema: 2", "schema:"),
        # A record that begins with an empty line: what stood there first is that line's end.
        ("\nschema: 2", "Schema: 2", ""),
        # Nothing differs, or more stood behind the end: its number.
        ("schema: 2", "schema: 2", "1"),
    ],
)
def test_the_first_word_that_differs(old: str, new: str, told: str) -> None:
    text = f"\n{TEXT}" if old.startswith("\n") else TEXT
    manual, _ = proved((PATH, text))
    before = text.replace(old, new, 1).encode()
    found = list(check_rewritten(manual.releases[0], ["0123456789abcdef"], before, None))
    assert words(manual, found) == [told]
    assert found[0].message.en.endswith("in commit 0123456789.")


def test_each_commit_is_told_and_what_no_commit_holds_by_itself() -> None:
    manual, _ = proved((PATH, TEXT))
    (release,) = manual.releases
    first, last = TEXT.replace("Đợt", "Lần").encode(), TEXT.replace("unknown", "an").encode()
    found = list(check_rewritten(release, ["a", "b"], first, last))
    assert words(manual, found) == ["Đợt", "Đợt", "unknown}"]
    assert [each.message.en.partition(":")[0][-4:] for each in found[:2]] == ["t a.", "t b."]
    assert "git checkout HEAD -- releases/0001.yml" in found[2].message.en
    assert list(check_rewritten(release, [], first, None)) == []
    # Of what git never saw before, nothing can be compared.
    assert words(manual, check_rewritten(release, ["a"], None, None)) == ["1"]
