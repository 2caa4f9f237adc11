"""Seals by a real ssh-keygen: good, over other bytes, by a stranger, before and after a key's time."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.findings import QmsError
from qmstool.release import seal
from tests.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")
DAY = date(2024, 3, 20)
DATA = "schema: 1\nrelease: 2\ntitle: Đợt hai\n".encode()


def key(folder: Path, name: str) -> Path:
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True)
    return path


def allowed(path: Path, who: str = "van-thu@example.org", options: str = "") -> bytes:
    return f"{who} {options} {path.with_suffix('.pub').read_text()}".encode()


def test_a_seal_is_good_for_its_bytes_and_signer(tmp_path: Path) -> None:
    own = key(tmp_path, "a")
    made = seal.sign(DATA, own)
    assert seal.check(DATA, made, allowed(own), DAY) == seal.Seal("good", "van-thu@example.org")
    assert seal.check(DATA.replace(b"\n", b"\r\n"), made, allowed(own), DAY).verdict == "good"
    assert seal.check(DATA + b"x", made, allowed(own), DAY).verdict == "bad"
    assert seal.check(DATA, b"-----BEGIN SSH SIGNATURE-----\nAAAA\n", allowed(own), DAY).verdict == "bad"


def test_a_stranger_is_told_apart_from_a_broken_seal(tmp_path: Path) -> None:
    own, other = key(tmp_path, "a"), key(tmp_path, "b")
    made = seal.sign(DATA, other)
    assert seal.check(DATA, made, allowed(own), DAY) == seal.Seal("unknown-key", "")
    assert seal.check(DATA + b"x", made, allowed(own), DAY) == seal.Seal("bad", "")


def test_a_key_counts_only_in_its_time(tmp_path: Path) -> None:
    own = key(tmp_path, "a")
    made = seal.sign(DATA, own)
    until = allowed(own, options='valid-before="20240401"')
    since = allowed(own, options='valid-after="20240401"')
    assert seal.check(DATA, made, until, DAY).verdict == "good"
    assert seal.check(DATA, made, until, date(2024, 4, 2)).verdict == "unknown-key"
    assert seal.check(DATA, made, since, DAY).verdict == "unknown-key"


def test_a_signature_made_for_something_else_is_no_seal(tmp_path: Path) -> None:
    own = key(tmp_path, "a")
    done = subprocess.run(["ssh-keygen", "-Y", "sign", "-n", "git", "-f", own], input=DATA, capture_output=True, check=True)
    assert seal.check(DATA, done.stdout, allowed(own), DAY).verdict == "bad"


def test_no_key_no_seal(tmp_path: Path) -> None:
    with pytest.raises(QmsError):
        seal.sign(DATA, tmp_path / "không-có")
