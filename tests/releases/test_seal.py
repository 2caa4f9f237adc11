"""Seals by a real ssh-keygen: good, over other bytes, by a stranger, outside a key's time."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.releases import seal
from tests.support.keys import KeyPairs
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")
DAY = date(2024, 3, 20)
DATA = "schema: 1\nrelease: 2\ntitle: Đợt hai\n".encode()


@pytest.fixture
def keys(tmp_path: Path) -> KeyPairs:
    return KeyPairs(tmp_path)


def allowed(keys: KeyPairs, options: str = "") -> bytes:
    return keys.line("a", options).encode()


def test_a_seal_is_good_for_its_bytes_and_signer(keys: KeyPairs) -> None:
    own = keys.private("a")
    made = seal.sign(DATA, own)
    assert seal.check(DATA, made, allowed(keys), DAY) == "good"
    assert seal.check(DATA.replace(b"\n", b"\r\n"), made, allowed(keys), DAY) == "good"
    assert seal.check(DATA + b"x", made, allowed(keys), DAY) == "bad"
    assert seal.check(DATA, b"-----BEGIN SSH SIGNATURE-----\nAAAA\n", allowed(keys), DAY) == "bad"


def test_a_stranger_is_told_apart_from_a_broken_seal(keys: KeyPairs) -> None:
    made = seal.sign(DATA, keys.private("b"))
    assert seal.check(DATA, made, allowed(keys), DAY) == "unknown-key"
    assert seal.check(DATA + b"x", made, allowed(keys), DAY) == "bad"


def test_a_key_counts_only_in_its_time(keys: KeyPairs) -> None:
    own = keys.private("a")
    made = seal.sign(DATA, own)
    until = allowed(keys, 'valid-before="20240401"')
    since = allowed(keys, 'valid-after="20240401"')
    assert seal.check(DATA, made, until, DAY) == "good"
    assert seal.check(DATA, made, until, date(2024, 4, 2)) == "unknown-key"
    assert seal.check(DATA, made, since, DAY) == "unknown-key"


def test_a_signature_made_for_something_else_is_no_seal(keys: KeyPairs) -> None:
    own = keys.private("a")
    done = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", own],
        input=DATA,
        capture_output=True,
        check=True,
    )
    assert seal.check(DATA, done.stdout, allowed(keys), DAY) == "bad"


def test_no_key_no_seal(tmp_path: Path) -> None:
    with pytest.raises(QmsError):
        seal.sign(DATA, tmp_path / "không-có")
