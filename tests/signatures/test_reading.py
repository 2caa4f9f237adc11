"""Signatures inside PDF files: who, when, over what, changed since; an authority of the test's own."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest

from qmstool.i18n import QmsError
from qmstool.signatures.reading import read_signatures
from qmstool.signatures.trusted import sort_trusted
from qmstool.signatures.values import PdfSignature, SignedPdf, Trusted
from qmstool.signatures.words import (
    AFTER,
    PROBLEMS,
    REASONS,
    problem_text,
    reason_text,
    signature_text,
)
from tests.support import signing
from tests.support.signing import Authority, add_proofs, plain_pdf, sign, stamp_document

USAGES = ("non-repudiation",)
pytestmark = pytest.mark.usefixtures("no_running_loop")


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


NOW, LATE = at(2024, 6), at(2034)
FAR_OFF = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))


@cache
def authority() -> Authority:
    return Authority()


@cache
def made() -> dict[str, bytes]:
    """The files that are asked about, each signed once."""
    root, page = authority(), plain_pdf()
    form = signing.with_form(page)
    writer, reviewer, director = (
        root.issue(name) for name in ("Người viết", "Người xem xét", "Lê Thị Mẫu")
    )
    listed = root.issue("Lê Thị Mẫu", end=at(2025), names_list=True)
    one = sign(page, director, root)
    stamped = sign(page, listed, root, stamp=True)
    two = sign(sign(page, writer, root), reviewer, root, field="Ky2")
    altered = bytearray(one)
    altered[one.index(b"%PDF") + 6] ^= 1
    later = root.issue("Lê Thị Mẫu", start=at(2024, 5))
    ended = root.issue("Lê Thị Mẫu", end=at(2024, 2))
    clean = root.revoked(when=at(2024), issued=at(2024, 3, 2))
    early = root.revoked(listed, when=at(2024, 2), issued=at(2024, 5), days=90)
    late = root.revoked(listed, when=at(2024, 4), issued=at(2024, 5), days=90)
    return {
        "one": one,
        "three": sign(two, director, root, field="Ky3"),
        "altered": bytes(altered),
        "bytes after": one + b"\n% them\n",
        "weak use": sign(page, root.issue("Lê Thị Mẫu", "digital_signature"), root),
        "listed": sign(page, listed, root),
        "stamped": stamped,
        "with proofs": add_proofs(stamped, clean),
        "archived": stamp_document(add_proofs(stamped, clean), root, at(2024, 3, 3)),
        "archived in part": signing.over_a_part(
            stamp_document(one, root, at(2024, 3, 3)), director, root, stamped=at(2024, 3, 3)
        ),
        "revoked before": add_proofs(stamped, early),
        "revoked later": add_proofs(stamped, late),
        "revoked, no stamp": add_proofs(sign(page, listed, root), late),
        "another page": sign(signing.another_page(one), director, root, field="Ky2"),
        "with a certificate of later": sign(page, later, root),
        "stamped before its certificate": sign(page, later, root, stamp=True),
        "ended": sign(page, ended, root),
        "stamped after the end": sign(page, ended, root, stamp=True),
        "self-made": sign(page, own := Authority("Lê Thị Mẫu", 3), own),
        "a note": signing.annotated(one),
        "a note, then proofs": add_proofs(signing.annotated(one)),
        "a mark": signing.annotated(one, "/Highlight"),
        "a note that leads": signing.annotated(one, A="/Named"),
        "a link": signing.annotated(one, "/Link"),
        "a field as a note": signing.annotated(one, FT="/Tx"),
        "a note on another page": signing.annotated(one, Page="khác"),
        "a note where none may be": signing.annotated(sign(page, director, root, certify=True)),
        "filled in": signing.filled_in(sign(form, director, root)),
        "filled in, and another signature": sign(
            signing.filled_in(sign(form, director, root)), writer, root, field="Ky2"
        ),
        "another signature": sign(one, writer, root, field="Ky2"),
        "over a part": signing.over_a_part(one, director, root),
        "in no year": sign(page, director, root, when=FAR_OFF),
        "a note, and another signature": sign(signing.annotated(one), reviewer, root, field="Ky2"),
        "unsigned": page,
        "stamp alone": stamp_document(page, root, NOW),
        "half": one[: len(one) // 2],
        "no PDF": b"%PDF-1.7 da ky\r\n",
    }  # fmt: skip


@cache
def found(moment: datetime, trusted: Trusted | None = None) -> dict[str, SignedPdf]:
    return read_signatures(made(), trusted or Trusted((authority().der,)), USAGES, moment)


def only(name: str, moment: datetime = NOW) -> PdfSignature:
    signed = found(moment)[name]
    assert not signed.problem
    return signed.signatures[-1]


def test_who_when_and_over_what() -> None:
    signature = only("one")
    assert (signature.signer, signature.issuer) == ("Lê Thị Mẫu", "Gốc thử nghiệm")
    assert (signature.claimed, signature.stamped) == ("2024-03-01T08:00:00+00:00", "")
    assert (signature.entire, signature.after, signature.judgement) == (True, "nothing", "holds")
    said = signature_text(signature, UTC)
    assert said.en == (
        "Lê Thị Mẫu (Gốc thử nghiệm), at 2024-03-01 08:00 by the signer's own clock; over the entire file; it holds"
    )
    assert said.vi.startswith(
        "Lê Thị Mẫu (Gốc thử nghiệm), lúc 2024-03-01 08:00 theo máy người ký; ký trên toàn bộ tệp"
    )


def test_several_signers_stand_in_order_and_each_but_the_last_was_changed_after() -> None:
    signatures = found(NOW)["three"].signatures
    assert [one.signer for one in signatures] == ["Người viết", "Người xem xét", "Lê Thị Mẫu"]
    assert [(one.entire, one.after) for one in signatures] == [
        (False, "signing"),
        (False, "signing"),
        (True, "nothing"),
    ]
    assert {one.judgement for one in signatures} == {"holds"}
    assert "changed after this signature" in signature_text(signatures[0], UTC).en


@pytest.mark.parametrize(
    ("name", "judgement", "reason", "after"),
    [
        ("altered", "broken", "broken", "nothing"),
        ("bytes after", "unjudged", "bytes-after", "bytes"),
        ("another page", "holds", "", "nothing"),  # the second signature, over everything
        ("weak use", "unjudged", "usage", "nothing"),
        ("listed", "unjudged", "no-revocation", "nothing"),
        ("stamped", "unjudged", "no-revocation", "nothing"),
        ("with proofs", "holds", "", "proofs"),
        ("archived", "holds", "", "proofs"),
        ("revoked before", "broken", "revoked", "proofs"),
        ("revoked later", "holds", "", "proofs"),
        ("revoked, no stamp", "unjudged", "revoked-unproved", "proofs"),
        ("with a certificate of later", "unjudged", "not-yet", "nothing"),
        ("stamped before its certificate", "unjudged", "not-yet", "nothing"),
        ("ended", "unjudged", "ended", "nothing"),
        ("stamped after the end", "unjudged", "ended-before", "nothing"),
        ("self-made", "unjudged", "chain", "nothing"),
        ("a note", "unjudged", "notes-after", "notes"),
        ("a note, then proofs", "unjudged", "notes-after", "notes"),
        ("a mark", "unjudged", "notes-after", "notes"),
        ("a note that leads", "broken", "changed", "other"),
        ("a link", "broken", "changed", "other"),
        ("a field as a note", "broken", "changed", "other"),
        ("a note on another page", "broken", "changed", "other"),
        ("a note where none may be", "broken", "changed", "other"),
        ("filled in", "unjudged", "filled-in", "filled"),
        ("over a part", "broken", "part", "part"),
    ],
)  # fmt: skip
def test_what_a_signature_is_worth(name: str, judgement: str, reason: str, after: str) -> None:
    signature = only(name)
    assert (signature.judgement, signature.reason, signature.after) == (judgement, reason, after)
    assert (reason_text(signature) is None) == (judgement == "holds")


def test_a_time_stamp_over_a_part_of_a_file_proves_no_time() -> None:
    whole, part = only("archived"), only("archived in part")
    assert whole.stamped == "2024-03-01T08:00:00+00:00"
    assert (part.stamped, part.after) == ("", "proofs")


@pytest.mark.parametrize("name", ["another page", "a note, and another signature"])
def test_what_came_between_two_signatures_speaks_against_the_first(name: str) -> None:
    first = found(NOW)[name].signatures[0]
    assert (first.judgement, first.reason, first.entire) == ("broken", "changed", False)


def test_a_signature_is_the_same_one_whatever_was_put_behind_it() -> None:
    """By it a file that was used for another decision is known again."""
    over = only("one").over
    assert over
    assert {only("bytes after").over, found(NOW)["another signature"].signatures[0].over} == {over}
    assert only("with proofs").over == only("stamped").over != over


def test_what_was_filled_in_or_noted_later_is_named() -> None:
    said = signature_text(only("a note"), UTC).en
    assert "changed after this signature: notes on page 1; the pages are as they were" in said
    first = found(NOW)["filled in, and another signature"].signatures[0]
    assert (first.judgement, first.after, first.is_last_word) == ("holds", "filled", False)
    assert "the form was filled in, at «So»" in signature_text(first, UTC).en
    first = found(NOW)["another signature"].signatures[0]
    assert (first.judgement, first.after, first.is_last_word) == ("holds", "signing", True)
    assert "another signature was added; it holds" in signature_text(first, UTC).en


def test_a_time_that_no_calendar_of_another_zone_has_is_shown_as_it_is() -> None:
    assert (
        "at 9999-12-31 23:00 by the signer's own clock"
        in signature_text(only("in no year"), UTC).en
    )


def test_a_signature_that_the_library_cannot_judge_spoils_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from qmstool.signatures import judge

    def unknown(*_: object, **__: object) -> None:
        raise AttributeError("2.16.840")

    question = {"moment": NOW.isoformat(), "usages": [], "certificates": [], "lists": []}
    monkeypatch.setattr(judge, "async_validate_pdf_signature", unknown)
    (answer,) = judge.judge_file(made()["one"], question)["signatures"]
    assert (answer["judgement"], answer["reason"]) == ("unjudged", "unknown-kind")


@pytest.mark.parametrize(
    ("name", "judgement", "reason"),
    [
        ("listed", "unjudged", "ended"),
        ("with proofs", "holds", ""),
        ("archived", "holds", ""),
        ("revoked before", "broken", "revoked"),
    ],
)
def test_years_later_a_time_stamp_and_stored_lists_still_prove_it(
    name: str, judgement: str, reason: str
) -> None:
    signature = only(name, LATE)
    assert (signature.judgement, signature.reason) == (judgement, reason)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("unsigned", "none"),
        ("stamp alone", "stamps-only"),
        ("half", "unreadable"),
        ("no PDF", "unreadable"),
    ],
)
def test_why_a_file_tells_nothing(name: str, problem: str) -> None:
    signed = found(NOW)[name]
    assert (signed.signatures, signed.problem) == ((), problem)
    assert problem_text(signed)


def test_roots_are_given_and_never_the_systems() -> None:
    nobody = found(NOW, Trusted())["one"].signatures[0]
    assert (nobody.judgement, nobody.reason) == ("unjudged", "no-roots")
    other = found(NOW, Trusted((Authority("Gốc khác", 7).der,)))["one"].signatures[0]
    assert (other.judgement, other.reason) == ("unjudged", "no-chain")
    # What is altered is broken, whomever one trusts.
    assert found(NOW, Trusted())["altered"].signatures[0].judgement == "broken"


def test_a_certificate_that_is_no_root_makes_nobody_trusted() -> None:
    holder = authority().issue("Lê Thị Mẫu")
    data = sign(plain_pdf(), holder, authority())
    asked = read_signatures({"x": data}, Trusted((holder.der,)), USAGES, NOW)["x"].signatures[0]
    assert (asked.judgement, asked.reason) == ("unjudged", "no-roots")


def test_a_list_of_revoked_certificates_may_be_given_beside_the_root() -> None:
    root = authority()
    trusted = Trusted((root.der,), (root.revoked(when=at(2024), issued=at(2024, 5, 20)),))
    assert found(NOW, trusted)["listed"].signatures[0].judgement == "holds"
    assert found(at(2024, 9), trusted)["listed"].signatures[0].reason == "stale"


@pytest.mark.parametrize(
    ("usages", "judgement"), [((), "holds"), (("digital-signature",), "holds")]
)
def test_what_a_certificate_must_be_made_for_is_a_setting(
    usages: tuple[str, ...], judgement: str
) -> None:
    asked = read_signatures({"x": made()["weak use"]}, Trusted((authority().der,)), usages, NOW)
    assert asked["x"].signatures[0].judgement == judgement


def test_without_the_package_it_says_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    signed = read_signatures({"x": made()["one"]}, Trusted(), USAGES, NOW)["x"]
    said = problem_text(signed)
    assert signed.problem == "no-package"
    assert said is not None
    assert said.en.endswith("-m pip install pyHanko")


def test_a_file_that_breaks_the_bounds_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is another one here, which dies of the second file."""
    monkeypatch.setattr("qmstool.signatures.reading.PROGRAM", "tests.support.dying_judge")
    asked = read_signatures({"a": b"well", "b": b"dies", "c": b"well"}, Trusted(), USAGES, NOW)
    assert [one.problem for one in asked.values()] == ["none", "bounds", "none"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judged in this process, where no socket may be opened: the certificate names an address."""
    from qmstool.signatures import judge

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    question = {"moment": NOW.isoformat(), "usages": [], "certificates": [], "lists": []}
    answer = judge.judge_file(made()["listed"], question)
    assert answer["signatures"][0]["reason"] == "no-roots"


def test_every_key_of_the_judge_has_its_words() -> None:
    from pathlib import Path

    from qmstool.signatures import additions, judge

    source = "".join(Path(str(module.__file__)).read_text("utf-8") for module in (judge, additions))
    for key in (*REASONS, *AFTER):
        assert f'"{key}"' in source, key
    ours = {"no-package", "not-asked", "other-kind"}
    for key in set(PROBLEMS) - ours:
        assert f'"{key}"' in source, key


def test_pem_holds_many_and_der_one() -> None:
    root, other = authority(), Authority("Gốc khác", 7)
    crl = root.revoked(when=at(2024), issued=at(2024, 5))
    files = {
        "a.pem": b"# goc\n" + root.pem + other.pem,
        "b.cer": root.der,
        "c.crl": crl,
        "khoa": b"van-thu ssh-ed25519 AAAA\n",
    }
    trusted, signers = sort_trusted(files)
    assert trusted == Trusted((root.der, other.der), (crl,))
    assert signers == files["khoa"]
    assert sort_trusted({"b.cer": root.der})[1] is None
    with pytest.raises(QmsError, match="damaged"):
        sort_trusted(
            {"hong.pem": b"-----BEGIN CERTIFICATE-----\nAAAAA\n-----END CERTIFICATE-----\n"}
        )
