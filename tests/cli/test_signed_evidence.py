"""`verify` and the digital signatures inside PDF evidence: what holds, what is not evidenced, what does not fit."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cli.scenes import make_scene, run_command, sign_release
from tests.support.signing import Authority, filled_in, plain_pdf, sign, with_form

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

EVIDENCE = "releases/evidence/0002-qd.pdf"
pytestmark = pytest.mark.usefixtures("no_running_loop")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def recorded(folder: Path, data: bytes, *words: str, kind: str = "signed-file") -> Repo:
    """A repository whose second release rests on a file."""
    (folder / "qd.pdf").write_bytes(data)
    repo = make_scene(folder / "kho")
    sign_release(repo, "--evidence", f"{kind}={folder / 'qd.pdf'}", *words)
    return repo


def asked(
    repo: Repo, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, Any]]:
    status, out = run_command(
        capsys, "verify", "--root", str(repo.folder), "--format", "json", *words
    )
    return status, json.loads(out)


def proof(found: dict[str, Any]) -> dict[str, Any]:
    return next(answer for answer in found["answers"] if answer["key"] == "proof")


def missing(found: dict[str, Any]) -> list[str]:
    return [
        link["why"]["en"] for link in found["releases"][1]["missing"] if link["link"] == "evidence"
    ]


def test_a_signed_decision_is_read_and_its_signer_named(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sign(plain_pdf(), authority.issue("LÊ THỊ  MẪU"), authority)
    repo = recorded(tmp_path, data)
    roots = tmp_path / "goc"
    roots.mkdir()
    (roots / "goc.pem").write_bytes(authority.pem)
    status, found = asked(repo, capsys, "--trust", str(roots))
    assert (status, missing(found)) == (0, [])
    signed = found["releases"][1]["signed"]
    assert [each["file"] for each in signed] == [EVIDENCE]
    signature = signed[0]["signatures"][0]
    assert (signature["signer"], signature["entire"], signature["judgement"]) == (
        "LÊ THỊ  MẪU",
        True,
        "holds",
    )
    _, text = run_command(capsys, "verify", "--root", str(repo.folder), "--trust", str(roots))
    assert (
        "    chữ ký điện tử: LÊ THỊ  MẪU (Gốc thử nghiệm), lúc 2024-03-01 15:00 theo máy người ký; ký trên toàn bộ tệp; chữ ký đúng\n"
        in text
    )
    _, page = run_command(
        capsys, "verify", "--root", str(repo.folder), "--trust", str(roots), "--format", "html"
    )  # fmt: skip
    assert "Chữ ký điện tử: LÊ THỊ  MẪU" in page


def test_without_roots_nobody_is_known(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sign(plain_pdf(), authority.issue("Lê Thị Mẫu"), authority)
    repo = recorded(tmp_path, data)
    # Roots that lie in the manual count for nothing: whoever changes a record could change them.
    repo.commit("Chứng thư gốc", {"releases/trust/goc.pem": authority.pem.decode()})
    status, found = asked(repo, capsys)
    assert status == 0
    assert proof(found)["outcome"] == "not-evidenced"
    why = f"signature of «Lê Thị Mẫu» in the file «{EVIDENCE}»: nobody says which root certificates to trust; add --trust CERTIFICATE-FILE"
    assert missing(found) == [why]
    assert not next(each for each in found["documents"] if each["release"] == 2)["proved"]


def test_this_users_own_folder_of_roots_counts_where_none_is_named(
    tmp_path: Path,
    authority: Authority,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repo = recorded(tmp_path, sign(plain_pdf(), authority.issue("Lê Thị Mẫu"), authority))
    monkeypatch.setattr("qmstool.cli.trusted.state_folder", lambda: tmp_path / "own")
    (tmp_path / "own/trust").mkdir(parents=True)
    (tmp_path / "own/trust/goc.cer").write_bytes(authority.der)
    assert missing(asked(repo, capsys)[1]) == []


def test_what_was_altered_after_signing_speaks_against_the_record(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(sign(plain_pdf(), authority.issue("Lê Thị Mẫu"), authority))
    data[data.index(b"%PDF") + 6] ^= 1
    status, found = asked(recorded(tmp_path, bytes(data)), capsys)
    assert (status, proof(found)["outcome"]) == (1, "no")
    (doubt,) = proof(found)["doubts"]
    assert (doubt["slug"], doubt["path"]) == ("signature-broken", "releases/0002.yml")
    assert "the file was altered after signing" in doubt["message"]["en"]


def test_a_signature_of_somebody_else_is_no_approval(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sign(plain_pdf(), authority.issue("Công ty Ví Dụ"), authority)
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    _, found = asked(recorded(tmp_path, data), capsys, "--trust", str(tmp_path / "goc.pem"))
    assert proof(found)["outcome"] == "not-evidenced"
    why = f"the file «{EVIDENCE}» is signed by «Công ty Ví Dụ»; no signature bears the name of the recorded signer «Lê Thị Mẫu»"
    assert missing(found) == [why]


@pytest.mark.parametrize(("when", "is_told"), [
    (datetime(2024, 3, 6, 11, tzinfo=UTC), False),  # still the fifth, far in the west
    (datetime(2024, 3, 6, 12, tzinfo=UTC), True),
    (datetime(2031, 1, 1, tzinfo=UTC), True),
])  # fmt: skip
def test_nothing_is_signed_after_it_was_recorded(
    tmp_path: Path,
    authority: Authority,
    capsys: pytest.CaptureFixture[str],
    when: datetime,
    *,
    is_told: bool,
) -> None:
    data = sign(plain_pdf(), authority.issue("Lê Thị Mẫu"), authority, when=when)
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    _, found = asked(recorded(tmp_path, data), capsys, "--trust", str(tmp_path / "goc.pem"))
    why = f"signature of «Lê Thị Mẫu» in the file «{EVIDENCE}»: signed on {when:%Y-%m-%d}, after it was recorded on 2024-03-05"
    assert missing(found) == ([why] if is_told else [])


def test_what_was_filled_in_after_the_recorded_signer_is_not_his(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever signs behind him may have written it; who signs last has seen everything."""
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    director, clerk = authority.issue("Lê Thị Mẫu"), authority.issue("Văn thư")
    trust = ("--trust", str(tmp_path / "goc.pem"))
    for number, (first, last) in enumerate(((director, clerk), (clerk, director))):
        filled = filled_in(sign(with_form(plain_pdf()), first, authority))
        home = tmp_path / str(number)
        home.mkdir()
        repo = recorded(home, sign(filled, last, authority, field="Ky2"))
        told = missing(asked(repo, capsys, *trust)[1])
        why = f"signature of «Lê Thị Mẫu» in the file «{EVIDENCE}»: changed after this signature: the form was filled in, at «So»"
        assert told == ([why] if last is clerk else [])


def test_a_signature_of_no_year_ends_nothing(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    when = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))
    data = sign(plain_pdf(), authority.issue("Lê Thị Mẫu"), authority, when=when)
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    repo = recorded(tmp_path, data)
    _, found = asked(repo, capsys, "--trust", str(tmp_path / "goc.pem"))
    (why,) = missing(found)
    assert "signed on 9999-12-31, after it was recorded on 2024-03-05" in why


def test_a_file_recorded_as_signed_that_is_not_is_no_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = asked(recorded(tmp_path, plain_pdf()), capsys)
    assert missing(found) == [f"file of evidence «{EVIDENCE}»: there is no digital signature in it"]
    assert found["releases"][1]["level"]["en"] == "approval not evidenced"
    # A scan claims no signature, and lacks none.
    other = tmp_path / "x"
    other.mkdir()
    assert missing(asked(recorded(other, plain_pdf(), kind="scan"), capsys)[1]) == []


def test_a_signature_that_is_not_inside_a_pdf_is_left_to_its_own_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qd.p7m").write_bytes(b"\x30\x82 da ky")
    repo = make_scene(tmp_path / "kho")
    sign_release(repo, "--evidence", f"signed-file={tmp_path / 'qd.p7m'}")
    (why,) = missing(asked(repo, capsys)[1])
    assert "signatures of .p7m files are not read here" in why


def test_what_a_certificate_must_be_made_for_stands_in_the_settings(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sign(plain_pdf(), authority.issue("Lê Thị Mẫu", "digital_signature"), authority)
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    repo = recorded(tmp_path, data)
    trust = ("--trust", str(tmp_path / "goc.pem"))
    (why,) = missing(asked(repo, capsys, *trust)[1])
    assert "made for: digital-signature; not what signatures.key_usage of qms.yml demands" in why
    settings = (repo.folder / "qms.yml").read_text("utf-8")
    for demanded in ("[]", "[digital-signature]"):
        repo.write({"qms.yml": f"{settings}signatures: {{key_usage: {demanded}}}\n"})
        assert missing(asked(repo, capsys, *trust)[1]) == []
    repo.write({"qms.yml": f"{settings}signatures: {{key_usage: [ky-so]}}\n"})
    status, told = run_command(capsys, "check", "--root", str(repo.folder), "--format", "json")
    assert status == 1
    assert "non-repudiation, digital-signature" in told
