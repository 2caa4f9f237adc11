"""Which file was meant by one that nobody reads, asked of names alone."""

from __future__ import annotations

import pytest

from qmstool.rules.control.meant_names import Meant, NamesRead, find_meant, near_folder

FOLDERS = ("releases", "releases/seals", "releases/evidence", "procedures", "templates/words")
DATA = ("releases/copies.yml", "templates/words/vi.yml")
UNKNOWN = Meant("unknown")


def meant(path: str, *read: str, there: tuple[str, ...] = ()) -> Meant:
    """`read`: which paths are read under their name, besides data."""
    return find_meant(path, there, NamesRead(read.__contains__, DATA, FOLDERS))


TEXT, TABLE = "releases/evidence/x.md", "releases/evidence/x.txt"


@pytest.mark.parametrize(
    ("read", "path"), [((TEXT,), TEXT), ((TABLE,), TABLE), ((TABLE, TEXT), TEXT), ((), "")]
)
def test_the_ending_under_which_a_file_would_be_read_is_proposed_a_text_first(
    read: tuple[str, ...], path: str
) -> None:
    found = meant("releases/Evidence/x.txt", *read)
    assert found == (Meant("name", path) if path else UNKNOWN)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("releases/1.yml", UNKNOWN),
        ("releases/dot-1.yml", UNKNOWN),  # no copy: another name, and the place is taken
        ("releases/dot-1 (1).yml", Meant("copy", "releases/0001.yml")),
        ("releases/0001.json", Meant("copy", "releases/0001.yml")),
        ("releases/COPIES.yaml", Meant("name", "releases/copies.yml")),
    ],
)
def test_what_lies_beside_the_file_that_is_read(path: str, found: Meant) -> None:
    assert meant(path, there=("releases/0001.yml",)) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("releases/seals/2.sign", Meant("name", "releases/seals/0002.sig")),
        ("releases/seals/2.txt", UNKNOWN),
        ("releases/2.sig", UNKNOWN),
        ("procedures/2.sig", UNKNOWN),
        ("releases/2.json", Meant("name", "releases/0002.yml")),
        ("releases/2.txt", UNKNOWN),
        ("procedures/2.json", UNKNOWN),
        ("releases/0.yml", UNKNOWN),
        ("releases/2-3.yml", UNKNOWN),
    ],
)
def test_a_number_is_that_of_a_release_or_of_its_seal_where_such_lie(
    path: str, found: Meant
) -> None:
    assert meant(path) == found


@pytest.mark.parametrize(
    ("folder", "near"),
    [
        ("releases", None),
        ("releases/seal", "releases/seals"),
        ("releases/khac", None),
        ("releases/release", "releases"),
        ("procedures/procedure", "procedures"),
        ("templates/template", None),  # nothing is read there itself
        ("release", None),
    ],
)
def test_a_folder_nearly_right(folder: str, near: str | None) -> None:
    assert near_folder(folder, FOLDERS) == near
