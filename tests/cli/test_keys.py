"""Sealing keys over the years, by a real ssh-keygen: rotation, expiry, loss, and a revocation that
somebody takes back.
"""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.parsing.public_keys import bare_key
from qmstool.releases.seal import public_key
from qmstool.releases.signers import read_signers
from tests.support.cli.scenes import SECOND, change, make_scene, prepare, record, run_command
from tests.support.keys import KeyPairs
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

pytestmark = needs("ssh-keygen")


@pytest.fixture
def keys(tmp_path: Path) -> KeyPairs:
    return KeyPairs(tmp_path)


@pytest.fixture
def repo(tmp_path: Path, keys: KeyPairs) -> Repo:
    """Release 1 taken over, whose basis allows key «cu» until the end of April 2024."""
    del keys
    return make_scene(tmp_path / "kho")


def seal(repo: Repo, keys: KeyPairs, name: str, number: int, day: str) -> None:
    """One more release, sealed by a key."""
    key = f"dot-{number}"
    assert prepare(repo, "--number", f"QT VP 01=1/{number - 1}", key=key) == 0
    repo.commit("Lập hồ sơ", day=day)
    more = ["--recorded", day, "--seal", str(keys.private(name))]
    assert record(repo, *more, key=key, effective=day, number=f"{number}/QĐ") == 0
    repo.commit("Ghi nhận", day=day)


def years(repo: Repo, keys: KeyPairs, lines: dict[int, str]) -> None:
    """Releases 2 to 4, each by its own key.

    `lines`: the allowed signers as they are from a release's basis on.
    """
    change(repo)
    repo.commit("Khóa", {"releases/allowed_signers": lines[2]}, day="2024-02-13")
    seal(repo, keys, "cu", 2, "2024-03-01")
    repo.commit(
        "Khóa",
        {"releases/allowed_signers": lines[3], "procedures/qt-vp-01.md": SECOND + "\nBa.\n"},
        day="2024-03-10",
    )
    seal(repo, keys, "cu", 3, "2024-04-01")
    repo.commit("Sửa", {"procedures/qt-vp-01.md": SECOND + "\nBốn.\n"}, day="2024-05-10")


def verified(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str], trust: str = "cu"
) -> tuple[int, str]:
    file = keys.folder / "tin-cay"
    file.write_text(keys.line(trust))
    status, out = run_command(capsys, "verify", "--trust", str(file), "--root", str(repo.folder))
    return status, " ".join(out.split())


def test_a_new_key_takes_over_where_the_release_before_allows_it(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    both = keys.line("cu") + keys.line("moi")
    years(repo, keys, {2: keys.line("cu"), 3: both})
    seal(repo, keys, "moi", 4, "2024-05-15")
    assert verified(repo, keys, capsys)[0] == 0


def test_a_new_key_that_the_release_before_did_not_allow_is_a_stranger(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    years(repo, keys, {2: keys.line("cu"), 3: keys.line("cu")})
    seal(repo, keys, "moi", 4, "2024-05-15")
    status, out = verified(repo, keys, capsys)
    assert status == 1
    assert "Niêm phong đợt 4 bằng khóa không được phép vào ngày 2024-05-15" in out
    assert "đợt 3 bằng" not in out


def test_a_key_that_ended_seals_no_more_and_what_it_sealed_stands(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    until = keys.line("cu", 'valid-before="20240501"')
    years(repo, keys, {2: until, 3: until})
    assert verified(repo, keys, capsys)[0] == 0
    seal(repo, keys, "cu", 4, "2024-05-15")
    status, out = verified(repo, keys, capsys)
    assert status == 1
    assert "Niêm phong đợt 4 bằng khóa không được phép vào ngày 2024-05-15" in out


def revoked(keys: KeyPairs, name: str, since: str) -> str:
    return (
        f'schema: 1\nrevoked:\n  - {{key: "{keys.public(name)} {name}", from: {since}, reason: '
        "mất máy tính}\n"
    )


def test_a_lost_key_is_told_for_the_releases_from_that_day_on(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    years(repo, keys, {2: keys.line("cu"), 3: keys.line("cu") + keys.line("moi")})
    repo.commit(
        "Mất khóa", {"releases/revoked.yml": revoked(keys, "cu", "2024-03-15")}, day="2024-05-11"
    )
    status, out = verified(repo, keys, capsys)
    assert status == 1
    assert "releases/seals/0003.sig" in out
    assert (
        "Niêm phong đợt 3, ghi nhận 2024-04-01, bằng khóa không còn tin cậy từ 2024-03-15 "
        "(mất máy tính)"
    ) in out
    assert "releases/seals/0002.sig" not in out
    _, checked = run_command(capsys, "check", "--root", str(repo.folder))
    assert "QMS415 revoked-key-allowed" in checked
    _, checked = run_command(capsys, "check", "--history", "--root", str(repo.folder))
    assert "đợt 3, ghi nhận 2024-04-01" in checked
    repo.write({"releases/revoked.yml": revoked(keys, "cu", "unknown")})
    _, out = verified(repo, keys, capsys)
    assert "releases/seals/0002.sig" in out
    assert "bằng khóa không được tin cậy vào bất kỳ ngày nào" in out
    # What was said of a key that sealed since is not taken back by saying it of another: neither
    # is it trusted again.
    repo.write({"releases/revoked.yml": revoked(keys, "khac", "unknown")})
    status, out = verified(repo, keys, capsys)
    assert status == 1
    assert "Kho đã từng ghi khóa" in out
    assert "releases/seals/0003.sig" in out


def test_a_release_sealed_by_a_lost_key_is_recorded_again_by_a_new_one(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    years(repo, keys, {2: keys.line("cu"), 3: keys.line("cu") + keys.line("moi")})
    more = {
        "releases/revoked.yml": revoked(keys, "cu", "2024-03-15"),
        "releases/allowed_signers": keys.line("moi"),
    }
    repo.commit("Mất khóa", more, day="2024-05-11")
    words = ["--recorded", "2024-05-12", "--seal", str(keys.private("moi")), "--mends", "3"]
    assert record(repo, *words, key="dot-3", effective="2024-04-01", number="3/QĐ") == 0
    repo.commit("Ghi nhận lại", day="2024-05-12")
    assert verified(repo, keys, capsys)[0] == 0


def test_a_revocation_that_a_release_knew_cannot_be_taken_back(
    repo: Repo, keys: KeyPairs, capsys: pytest.CaptureFixture[str]
) -> None:
    years(repo, keys, {2: keys.line("cu"), 3: keys.line("cu") + keys.line("moi")})
    repo.commit(
        "Mất khóa", {"releases/revoked.yml": revoked(keys, "cu", "2024-05-01")}, day="2024-05-11"
    )
    seal(repo, keys, "moi", 4, "2024-05-15")
    assert verified(repo, keys, capsys)[0] == 0
    for text in (revoked(keys, "cu", "2024-06-01"), revoked(keys, "khac", "2024-05-01"), None):
        if text is None:
            (repo.folder / "releases/revoked.yml").unlink()
        else:
            repo.write({"releases/revoked.yml": text})
        status, out = verified(repo, keys, capsys)
        assert status == 1
        assert "Khi ghi nhận đợt 4, khóa …" in out
    repo.write({"releases/revoked.yml": revoked(keys, "cu", "2024-04-15")})
    assert verified(repo, keys, capsys)[0] == 0


def test_the_key_inside_a_seal_is_read_as_ssh_keygen_wrote_it(keys: KeyPairs) -> None:
    command = ["ssh-keygen", "-Y", "sign", "-n", "x", "-f", str(keys.private("a"))]
    made = subprocess.run(command, input=b"x", capture_output=True, check=True).stdout
    assert public_key(made) == keys.public("a")
    for broken in (
        b"",
        b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
        made[:40],
        b"\xff" + made[60:],
    ):
        assert public_key(broken) == ""


def test_lines_of_allowed_signers(keys: KeyPairs) -> None:
    text = f'# ghi chú\n\na@x,b@x namespaces="git",valid-after=20240101,valid-before="20251231235900Z" {keys.public("a")} máy\nrác\n'
    (found,) = read_signers(text.encode())
    assert (found.line, found.principals, found.key) == (3, ("a@x", "b@x"), keys.public("a"))
    assert (found.since, found.until) == (date(2024, 1, 1), date(2025, 12, 31))
    assert bare_key(f"{keys.public('a')} ghi chú") == keys.public("a")
    assert bare_key("không phải khóa") == ""
