"""Files that records pin are known by the id that git gives them, with either end of a line."""

from __future__ import annotations

import pytest

from qmstool.digest import SHA1_DIGITS, SHA256_DIGITS, name_blob
from qmstool.manual.releases import PinnedFile
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.register.pinned_here import PinnedHere

WINDOWS, UNIX = b"M\r\nN\r\n", b"M\nN\n"
FILES = {"a.md": WINDOWS, "b.md": UNIX}
UNMARKED = LocatedText("", SourceFile("releases/0001.yml", b""), 0, 0)


def pinned(path: str, blob: str) -> PinnedFile:
    return PinnedFile(path, blob, "", UNMARKED, UNMARKED)


def pin(path: str, data: bytes, digits: int = SHA1_DIGITS) -> PinnedFile:
    return pinned(path, name_blob(data, digits))


@pytest.mark.parametrize("digits", [SHA1_DIGITS, SHA256_DIGITS])
def test_a_file_is_known_by_either_end_of_its_lines(digits: int) -> None:
    here = PinnedHere(FILES, FILES.__getitem__)
    for path, data, known in (
        ("a.md", WINDOWS, WINDOWS),
        ("a.md", UNIX, UNIX),  # as git keeps it for Windows
        ("b.md", UNIX, UNIX),
        ("b.md", WINDOWS, None),
        ("c.md", UNIX, None),
    ):
        one = pin(path, data, digits)
        assert here.blobs([one]) == ({} if known is None else {one.blob: known}), (path, data)


def test_up_to_the_first_that_is_not_here() -> None:
    here = PinnedHere(FILES, FILES.__getitem__)
    pins = [pin("b.md", UNIX), pin("c.md", UNIX), pin("a.md", WINDOWS)]
    assert list(here.blobs(pins)) == [pins[0].blob]


@pytest.mark.parametrize("blob", ["", "abc", "g" * SHA1_DIGITS])
def test_what_is_no_id_of_git_is_of_no_file(blob: str) -> None:
    assert PinnedHere(FILES, FILES.__getitem__).blobs([pinned("b.md", blob)]) == {}


def test_what_nobody_can_read_is_not_here() -> None:
    def refuse(path: str) -> bytes:
        raise KeyError(path)

    assert PinnedHere(FILES, None).blobs([pin("b.md", UNIX)]) == {}
    assert PinnedHere(FILES, refuse).blobs([pin("b.md", UNIX)]) == {}
