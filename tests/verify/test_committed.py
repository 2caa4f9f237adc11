"""Which records a folder holds otherwise than git: by their ids, then by more than the ends of their lines."""

from __future__ import annotations

import pytest

from qmstool.releases.record import blob_ids
from qmstool.verify.records.committed import altered_records, differing_blobs

ONE, TWO = b"release: 1\n", b"release: 2\n"


@pytest.mark.parametrize("kind", [0, 1])  # git's ids by SHA-1, and by SHA-256
def test_records_with_another_id_are_compared(kind: int) -> None:
    committed = {path: blob_ids(data)[kind] for path, data in (("a", ONE), ("b", ONE), ("c", ONE))}
    here = {"a": ONE, "b": TWO, "new": TWO}  # «c» is gone
    assert differing_blobs(committed, here) == {"b": committed["b"]}


def test_those_that_differ_in_more_than_the_ends_of_lines_are_altered() -> None:
    differing = {path: f"blob-{path}" for path in "abc"}
    here = {"a": TWO, "b": ONE.replace(b"\n", b"\r\n"), "c": TWO}
    held = {"blob-a": ONE, "blob-b": ONE}  # of «c» this clone has no text
    assert altered_records(differing, here, held) == {"a": ONE}
