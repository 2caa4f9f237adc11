"""Forgeries of what a record rests on: its number, the key behind its key, the clock of a commit, the
people behind it. And what `verify` then says of each document. Read as `test_forgeries`.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.cli.test_forged_acts import WITHDRAWN, items
from tests.cli.test_forged_circulation import OPINIONS, opinions, opinions_lay_there
from tests.cli.test_forged_texts import sealed
from tests.cli.test_forgeries import (
    APPROVER,
    R5,
    S5,
    WHOLE,
    Forgery,
    assert_told,
    code_of,
    doubts,
    evidence,
    lost_key,
    names_settings,
    names_signers_in,
    new_record,
    seal,
    told,
)
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    R1,
    R4,
    ForgeryStep,
    SignedManual,
    commit,
    edit,
    in_sequence,
    remove,
    reseal,
    write,
)
from tests.support.machine import needs

pytestmark = needs("ssh-keygen")

PROOF_5, SIGNER_5 = frozenset({(5, "evidence")}), frozenset({(5, "signer")})
BOUND, ASKED = frozenset({"bound"}), frozenset({"asked"})
REVOKED = "releases/revoked.yml"
EVIDENCE = r"^evidence:\n(  - .*\n)+"


def certified(lost: str) -> ForgeryStep:
    """Record 5 is sealed by a certificate that the list allows, of a key or by one that was lost."""

    def authority(kept: SignedManual) -> None:
        kind, body = kept.keys.public("ca").split()[:2]
        line = f"*@example.org cert-authority {kind} {body}\n"
        names_signers_in(4, kept.keys.line("b") + line)(kept)

    def certificate(kept: SignedManual) -> None:
        own, folder = kept.keys.private("c"), kept.folder.parent
        public = own.with_suffix(".pub")
        by = ["ssh-keygen", "-q", "-s", str(kept.keys.private("ca")), "-I", "c"]
        subprocess.run([*by, "-n", "c@example.org", str(public)], check=True)
        agent = f"ssh-add -q '{own}' && ssh-keygen -Y sign -n qmstool-release -f '{own}-cert.pub'"
        made = subprocess.run(
            ["ssh-agent", "sh", "-c", agent], input=(kept.folder / R5).read_bytes(),
            capture_output=True, check=True, cwd=folder,
        )  # fmt: skip
        kept.repo.write({S5: made.stdout})

    def loss(kept: SignedManual) -> None:
        if lost:
            line = f'  - {{key: "{kept.keys.public(lost)}", from: 2024-07-20, reason: mất}}\n'
            kept.repo.write({REVOKED: f"schema: 1\nrevoked:\n{line}"})

    return in_sequence(authority, reseal(4), new_record(5), certificate, loss)


def set_back(kept: SignedManual) -> None:
    """A lost key, a day before the loss, and a commit whose clock was set back to it."""
    lost_key("2024-07-20")(kept)
    kept.repo.commit("Mất khóa", day="2024-07-25")
    new_record(5, "b", recorded="2024-07-15")(kept)
    kept.repo.commit("Ghi nhận", day="2024-07-16")


def ignored(kept: SignedManual) -> None:
    """Git never keeps the file that proves the approval."""
    kept.repo.write({".gitignore": "build/\n*.pdf\n"})
    new_record(5, "b")(kept)
    commit(kept)


def pins(pattern: str, what: str) -> ForgeryStep:
    """A pin names a commit or a folder instead of a text."""

    def step(kept: SignedManual) -> None:
        edit(R5, rf"({pattern}, blob: )\w+", rf"\g<1>{kept.repo.git('rev-parse', what)}")(kept)

    return step


def key_of_another(kept: SignedManual) -> None:
    """The settings say whose key it is: not the recorder's."""
    old = "    holds: [{role: pho,"
    names_settings(4, old, f'    keys: ["{kept.keys.public("b")}"]\n{old}')(kept)


def other_number(name: str) -> ForgeryStep:
    """The file of a new record is named otherwise, and so is its seal."""

    def step(kept: SignedManual) -> None:
        for path, folder, suffix in ((R5, "releases", "yml"), (S5, "releases/seals", "sig")):
            (kept.folder / path).rename(kept.folder / f"{folder}/{name}.{suffix}")

    return in_sequence(new_record(5, "b"), step)


def reviewer(words: str) -> ForgeryStep:
    return opinions_lay_there(opinions().replace("person: tran-van-pho, role: pho", words))


def without(key: str) -> ForgeryStep:
    return sealed(edit(R5, rf"^ *{key}:.*\n", ""))


FORGERIES: dict[str, Forgery] = {
    # numbers of records: what nobody reads puts nothing in force
    **{
        f"a record whose number is {name}": Forgery(other_number(name))
        for name in ("\uff10\uff10\uff10\uff15", "\u0660\u0660\u0660\u0665", "000\uff15", "00005", "0000")
    },
    "another record of a number, in figures of another script": Forgery(
        lambda kept: kept.repo.write({"releases/\uff10\uff10\uff10\uff14.yml": kept.read(R4)})
    ),
    "a record before the first": Forgery(
        lambda kept: kept.repo.write({"releases/0000.yml": kept.read(R1).replace("release: 1", "release: 0")})
    ),
    # what a record leaves out
    **{
        f"a record without its {key}": Forgery(without(key), doubts(("release-misread", R5)), against=WHOLE)
        for key in ("act", "title", "recorder", "instrument")
    },
    "a record without its signer": Forgery(without("signer"), doubts(("release-misread", R5)), against=WHOLE),
    # keys behind keys
    "a certificate that is honest": Forgery(certified(""), witness=3),
    "a certificate of a key that was lost": Forgery(
        certified("c"), doubts(("seal-revoked-key", S5)), against=WHOLE, witness=3
    ),
    "a certificate by an authority whose key was lost": Forgery(
        certified("ca"), doubts(("seal-revoked-key", S5)), against=WHOLE, witness=3
    ),
    "a lost key that is named twice, the second time from later on": Forgery(
        in_sequence(
            lost_key("2024-07-20"), commit, new_record(5, "b"),
            lambda kept: kept.repo.write({REVOKED: kept.read(REVOKED) + kept.read(REVOKED).split("revoked:\n")[1].replace("07-20", "12-20")}),
        ),
        doubts(("seal-revoked-key", S5)), against=WHOLE,
    ),
    "the key of somebody else than the recorder": Forgery(
        in_sequence(key_of_another, reseal(4), new_record(5), edit(R5, "recorder: .*", "recorder: le-thi-mau"), seal(5, "b")),
        doubts(("seal-of-another", S5)), SIGNER_5, WHOLE, 3,
    ),
    # clocks
    "a commit whose clock was set back behind the loss of its key": Forgery(
        set_back, missing=frozenset({(5, "day")})
    ),
    # people
    "a signer who records himself": Forgery(sealed(edit(R5, "recorder: van-thu", "recorder: le-thi-mau")), missing=SIGNER_5),
    "a signer who records himself, by his name": Forgery(
        sealed(edit(R5, "recorder: van-thu", "recorder: LÊ THỊ MẪU")), missing=SIGNER_5
    ),
    "a role that ended before the signature, by the settings of the very release": Forgery(
        in_sequence(new_record(5), names_settings(5, "to: 2024-12-31}", "to: 2024-06-09}"), seal(5, "b")),
        doubts(("signer-not-holder", R5)), against=APPROVER,
    ),
    "a role that ends on the day of the signature": Forgery(
        in_sequence(new_record(5), names_settings(5, "to: 2024-12-31}", "to: 2024-06-10}"), seal(5, "b"))
    ),
    "a reviewer in a role that is another's": Forgery(
        reviewer("person: tran-van-pho, role: giam-doc"), doubts(("not-in-office", OPINIONS)), against=ASKED, witness=3
    ),
    "a reviewer who had no role yet": Forgery(
        opinions_lay_there(opinions(signed="2019-12-31").replace(", role: pho", "")),
        doubts(("not-in-office", OPINIONS)), against=ASKED, witness=3,
    ),
    # evidence
    **{
        f"a scan that is {what}": Forgery(
            evidence(data, f"releases/evidence/qd.{suffix}", "scan"), missing=frozenset({(4, "evidence")}), witness=3
        )
        for what, suffix, data in (
            ("a text", "txt", "đã ký\n".encode()), ("a drawing", "svg", b"<svg/>"), ("a program", "exe", b"MZ"),
            ("a page", "html", b"<p>x"), ("a table", "csv", b"a,b"), ("a Word file", "docx", b"PK\x03\x04"),
        )
    },
    "evidence that git never keeps": Forgery(ignored, missing=PROOF_5),
    # pins of what is no text
    "a commit in the place of a picture": Forgery(
        sealed(pins("so-do.png", "HEAD")), doubts(("text-missing", R5)), against=BOUND | frozenset({"approved-only", "obsolete"})
    ),
    "a folder in the place of the settings": Forgery(
        sealed(pins("path: qms.yml", "HEAD^{tree}")), doubts(("basis-missing", R5)), against=WHOLE
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    assert_told(FORGERIES[name], template, kept)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in FORGERIES
        if name.startswith(("a record whose", "another", "a record before"))
    ],
)
def test_a_record_that_nobody_reads_puts_nothing_in_force(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    words = ("as-of", "2024-11-01", "--format", "json", "--root")
    honest = forgery.run_command(*words, str(template.folder))
    FORGERIES[name].step(kept)
    assert forgery.run_command(*words, str(kept.folder)) == honest


def not_proved(kept: SignedManual, witness: str) -> dict[str, list[str]]:
    """Each document in force that is not proved, and why."""
    words = ("verify", "--root", str(kept.folder), "--format", "json", "--witness", witness)
    found = json.loads(forgery.run_command(*words)[1])
    return {
        each["code"]: [reason["en"] for reason in each["reasons"]]
        for each in found["documents"]
        if not each["proved"]
    }


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (new_record(5, "x"), "The seal of release 5 is by a key that was not allowed"),
        (in_sequence(new_record(5), write(S5, b"x")), "The seal of release 5 does not fit"),
        (new_record(5), "The seal of release 5 is missing."),
        (
            in_sequence(new_record(5, "b"), lost_key("2024-07-20")),
            "The seal of release 5, recorded",
        ),
    ],
)
def test_a_document_that_rests_on_a_record_without_a_good_seal_is_not_proved(
    template: SignedManual, kept: SignedManual, step: ForgeryStep, why: str
) -> None:
    """Whoever may propose a file can write such a record; nothing that it says is evidence."""
    step(kept)
    witness = code_of(template, 4)
    found = not_proved(kept, witness)
    assert [*found] == ["QT VP 01"]
    assert found["QT VP 01"][0].startswith(why)
    outcomes = told(kept, "--witness", witness)[1]
    assert {outcomes[key] for key in ("approver", "proof", "effect")} == {"not-evidenced"}


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (write(R5, b"{"), "The record «releases/0005.yml» cannot be read."),
        (remove(R4, "releases/seals/0004.sig"), "The witness's digest is that of no release"),
        (in_sequence(new_record(5, "b"), commit, remove(R5, S5)), "«releases/0005.yml» was once"),
        (in_sequence(new_record(5, "b"), remove(R5)), "There is a seal of release 0005"),
        (
            in_sequence(new_record(5, "b"), new_record(6, "b"), remove(R5)),
            "The record of release 5 is missing.",
        ),
    ],
)
def test_where_a_record_is_gone_no_document_is_known_to_be_the_last(
    template: SignedManual, kept: SignedManual, step: ForgeryStep, why: str
) -> None:
    step(kept)
    found = not_proved(kept, code_of(template, 4))
    assert len(found) == 4
    for reasons in found.values():
        assert any(reason.startswith(why) for reason in reasons)


@pytest.mark.parametrize("words", ["person: unknown, role: unknown", "person: le-thi-mau"])
def test_a_withdrawal_that_nobody_signed_or_proves_is_not_evidenced(
    template: SignedManual, kept: SignedManual, words: str
) -> None:
    """A document that is gone is in force no more, and its end rests on a paper as its text did."""
    in_sequence(
        new_record(5), items(WITHDRAWN), edit(R5, "person: le-thi-mau, role: giam-doc", words),
        edit(R5, EVIDENCE, ""), seal(5, "b"),
    )(kept)  # fmt: skip
    found, outcomes, _ = told(kept, "--witness", code_of(template, 4))
    assert found == set()
    assert (outcomes["approver"], outcomes["proof"]) == ("not-evidenced", "not-evidenced")


def test_a_document_whose_day_of_signing_nobody_knows_is_not_proved(
    template: SignedManual, kept: SignedManual
) -> None:
    sealed(edit(R5, "date: 2024-06-10", "date: unknown"))(kept)
    found = not_proved(kept, code_of(template, 4))
    assert found == {"QT VP 01": ["release 5 names no day of signing"]}


def why(kept: SignedManual, key: str, *words: str) -> str:
    _, out = forgery.run_command("verify", "--root", str(kept.folder), "--format", "json", *words)
    (answer,) = [each for each in json.loads(out)["answers"] if each["key"] == key]
    return str(answer["why"]["en"])


def test_it_is_said_how_far_a_witness_reaches(template: SignedManual) -> None:
    newest = why(template, "whole", "--witness", code_of(template, 4))
    assert newest == "The chain is whole and matches the witness code of release 4."
    older = why(template, "whole", "--witness", code_of(template, 2))
    assert "witness code of release 2. After release 2 only seals bear the records out" in older


def test_a_reviewer_whom_nobody_knows_is_named_and_not_believed(kept: SignedManual) -> None:
    """Until today's settings know him: who reviews approves nothing."""
    reviewer("person: ke-la, role: pho")(kept)
    assert "Not in qms.yml, and nothing proves it: «ke-la»" in why(kept, "asked")
    line = "  ke-la: {name: Kẻ Lạ, holds: [{role: pho, from: 2020-01-01}]}\n"
    edit("qms.yml", "^people:\n", f"people:\n{line}")(kept)
    assert "ke-la" not in why(kept, "asked")


def test_evidence_that_comes_with_its_record_may_wait_for_the_commit(kept: SignedManual) -> None:
    new_record(5, "b")(kept)
    assert (5, "evidence") not in told(kept)[2]
    commit(kept)
    assert (5, "evidence") not in told(kept)[2]
