"""Recorded versions by the names that people give them: release, issue and revision, day."""

from __future__ import annotations

import hashlib

import pytest

from qmstool.i18n import QmsError, Text
from qmstool.register.recorded_texts import differing_pins, is_as_recorded, pinned_blobs
from qmstool.register.versions import (
    document_key,
    find_issue,
    find_version,
    life_blobs,
    life_of,
    number_text,
    recorded_life,
    version_texts,
)
from qmstool.releases.record import digest_parts, sha256
from tests.support.planted import CODE, item, planted, record

RECORDS = (
    record(1, "2024-01-01", "2024-01-01", item(issue="'1'", revision="'0'")),
    record(2, "2024-02-01", "2024-02-01", item("revise", issue="'1'", revision="'1'")),
    record(3, "2024-03-01", "2024-03-01", item("withdraw", issue="'1'", revision="'1'")),
    record(4, "2024-04-01", "2024-04-01", item("reissue", issue="'2'", revision="'0'")),
    record(5, "2024-05-01", "2024-05-01", item("revise", issue="'2'", revision="'1'")),
    record(6, "2024-06-01", "2024-06-01", item("withdraw")),
)


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("1", 1),
        ("0002", 2),
        ("1/0", 1),
        ("1/1", None),  # the newest of that number withdrew it
        ("2/1", 5),
        ("2/9", None),
        ("2024-01-01", 1),
        ("2024-01-31", 1),
        ("2024-02-01", 2),
        ("2024-03-01", None),
        ("2024-05-31", 5),
        ("2024-06-01", None),
        ("2023-12-31", None),
        ("3", None),
        ("7", None),
        ("x", None),
    ],
)
def test_a_version_by_its_name(name: str, release: int | None) -> None:
    life = life_of(planted(*RECORDS).releases, "qt-a-01")
    if release is None:
        with pytest.raises(QmsError, match="1 \\(1/0\\), 2 \\(1/1\\)"):
            find_version(life, name)
    else:
        assert find_version(life, name)[0].number == release


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("1", 1),
        ("1/0", 0),
        ("1/1", 1),
        ("2", 4),
        ("2/0", 3),
        ("2/1", 4),
        ("3", None),
        ("2/", None),
        ("/1", None),
    ],
)
def test_an_issue_is_its_newest_revision_and_a_withdrawal_is_none(
    name: str, at: int | None
) -> None:
    life = life_of(planted(*RECORDS).releases, "qt-a-01")
    if at is None:
        with pytest.raises(QmsError) as told:
            find_issue(life, name)
        assert "1/0, 1/1, 2/0, 2/1." in told.value.text.en
    else:
        assert find_issue(life, name) == at


def test_a_document_by_its_code_also_where_only_releases_know_it() -> None:
    manual = planted(record(1, "2024-01-01", "2024-01-01", item(code="QT A 07")))
    assert document_key(manual, "QT-A-07") == "qt-a-07"
    assert document_key(manual, CODE) == "qt-a-01"
    with pytest.raises(QmsError, match="QT A 01"):
        document_key(manual, "QT A 11")
    with pytest.raises(QmsError, match="No release has held"):
        recorded_life(manual, CODE)
    assert [release.number for release, _ in recorded_life(manual, "QT A 07")] == [1]


def blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


TEXT, PICTURE, OTHER = "Lời.\n".encode(), b"\x89PNG", "Khác.\n".encode()
BLOBS = {blob(data): data for data in (TEXT, PICTURE, OTHER)}


def pinned(digest: str, *data: tuple[str, bytes]) -> str:
    pins = ", ".join(f"{{path: {path}, blob: {blob(each)}}}" for path, each in data)
    return item(digest=digest, files=f"[{pins}]")


WHOLE = pinned(digest_parts([TEXT], [PICTURE]), ("a.md", TEXT), ("a.png", PICTURE))


def test_the_texts_of_a_version_are_those_recorded_or_none() -> None:
    manual = planted(record(1, "2024-01-01", "2024-01-01", WHOLE))
    life = life_of(manual.releases, "qt-a-01")
    (_, held), lacking = life[0], {blob(TEXT): TEXT}
    assert version_texts(held, BLOBS) == ("Lời.\n",)
    assert version_texts(held, lacking) is None
    assert version_texts(held, {**BLOBS, blob(PICTURE): OTHER}) is None
    assert is_as_recorded(held, BLOBS)
    assert life_blobs(life) == (blob(TEXT), blob(PICTURE))
    assert pinned_blobs(manual.releases) == {blob(TEXT): "a.md", blob(PICTURE): "a.png"}


def basis(digest: str) -> str:
    return f"[{{path: qms.yml, blob: {blob(OTHER)}, digest: {digest}}}]"


def test_pins_whose_bytes_are_not_those_recorded() -> None:
    right = planted(record(1, "2024-01-01", "2024-01-01", WHOLE, basis=basis(sha256(OTHER))))
    assert differing_pins(right.releases, BLOBS) == frozenset()
    assert blob(OTHER) in pinned_blobs(right.releases)
    false = planted(record(1, "2024-01-01", "2024-01-01", WHOLE, basis=basis("a" * 64)))
    assert differing_pins(false.releases, BLOBS) == {("qms.yml", blob(OTHER))}
    # What another release bears out is used; what is lost is none of these.
    both = planted(
        record(1, "2024-01-01", "2024-01-01", WHOLE, basis=basis("a" * 64)),
        record(2, "2024-02-01", "2024-02-01", WHOLE, basis=basis(sha256(OTHER))),
    )
    assert differing_pins(both.releases, BLOBS) == frozenset()
    assert differing_pins(false.releases, {blob(TEXT): TEXT}) == {("a.md", blob(TEXT))}


def test_a_number_that_is_not_known_is_said_in_words() -> None:
    life = recorded_life(planted(record(1, "2024-01-01", "2024-01-01", item(issue="'02'"))), CODE)
    assert number_text(life[0][1]) == Text("02/chưa rõ", "02/unknown")
    with pytest.raises(QmsError) as raised:
        find_version(life, "7")
    assert raised.value.text.vi.endswith(": 1 (02/chưa rõ).")
    assert raised.value.text.en.endswith(": 1 (02/unknown).")
