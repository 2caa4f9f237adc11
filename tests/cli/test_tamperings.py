"""Tamperings as an auditor meets them: what the command line tells of each, at which words, and
that all else stays silent.

One honest repository is made by the commands themselves and copied for each tampering. A row says
what the forger does, which doubts must speak, and where; whatever spoke before must go on, and
nothing else may begin. `check --history` and `verify` must both tell, except of what only a witness
can.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass

import pytest

from qmstool.releases.record import check_code
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    PICTURE,
    R1,
    R2,
    R3,
    R4,
    S2,
    S3,
    S4,
    AuditResult,
    ForgeryStep,
    PlaceFinder,
    SignedManual,
    blob_of,
    commit,
    edit,
    from_the_start,
    git,
    in_sequence,
    lose_texts,
    place_after,
    place_of_line,
    rechain,
    remove,
    reseal,
    run_check,
    run_verify,
    write,
)
from tests.support.machine import needs

pytestmark = needs("ssh-keygen")

# The questions that each doubt answers with «no».
AGAINST = {
    "text-missing": {"bound", "approved-only", "obsolete"}, "text-unkept": {"bound", "approved-only", "obsolete"},
    "digest-differs": {"bound"}, "number-backwards": {"bound"}, "not-as-signed": {"bound"},
    "signer-role-unknown": {"approver"}, "signer-may-not-approve": {"approver"}, "signer-not-holder": {"approver"},
    "evidence-missing": {"proof"}, "evidence-differs": {"proof"},
    "effective-unknown": {"effect"}, "recorded-before-signed": {"effect"}, "recorded-backwards": {"effect"}, "signed-backwards": {"effect"},
}  # fmt: skip
WHOLE = {"whole"}  # every other doubt speaks against the history
# Where its seal speaks against a record, what the record says of a release in force is no evidence.
DISCREDITING = frozenset({"seal-broken", "seal-unknown-key", "seal-missing"})
RESTING_ON_RECORDS = frozenset({"approver", "proof", "effect"})
# The rules of `check` that tell a doubt by themselves; all others are told by one.
RULES = {"chain-broken": "QMS402", "release-missing": "QMS403", "number-backwards": "QMS404"}
DOUBTED = "QMS407"

Doubts = tuple[tuple[str, PlaceFinder], ...]


@dataclass(frozen=True)
class Tampering:
    """What is done, and what must be told.

    `beside`: what `check` tells besides, by rule and place; `open_`: questions that are no longer
    evidenced.
    """

    step: ForgeryStep
    doubts: Doubts
    beside: Doubts = ()
    open_: frozenset[str] = frozenset()


def broken_chain(number: int) -> tuple[str, PlaceFinder]:
    return "chain-broken", place_after(f"releases/{number:04d}.yml", "\nprevious: ")


def of_an_item(path: str, code: str, key: str) -> PlaceFinder:
    return place_after(path, f"- code: {code}\n", f"{key}: ")


def pinned(path: str, file: str, key: str = "blob: ") -> PlaceFinder:
    return place_after(path, "\nitems:", f"path: {file}, ", key)


def based(path: str, file: str, key: str) -> PlaceFinder:
    return place_after(path, "\nbasis:", f"path: {file}, ", key)


def proof(path: str, number: int, key: str) -> PlaceFinder:
    return place_after(path, *["\n  - {kind: "] * number, key)


CHAIN_AND_SEAL_3: Doubts = (broken_chain(4), ("seal-broken", place_after(S3)))
NUMBER = "\nrelease: "


def tampered_pin(path: str, file: str, other: str) -> ForgeryStep:
    """A pin that names another text of the repository."""
    return lambda kept: edit(path, rf"({file}, blob: )\w+", rf"\g<1>{blob_of(kept, other)}")(kept)


def exchanged(kept: SignedManual) -> None:
    for old, new in ((R3, "x"), (R4, R3), ("x", R4)):
        (kept.folder / old).rename(kept.folder / new)


PAPER_2, PAPER_3 = "releases/evidence/0002-qd-2.pdf", "releases/evidence/0003-qd-3.pdf"
# The text at hand is no longer the one in force: a draft, by `check` alone.
R13 = "releases/0013.yml"
DRAFT_KT = ("QMS401", place_after("procedures/qt-kt-01.md", "code: "))
# A candidate that no record takes up waits for the signer again, and no unit was asked about it.
UNASKED = ("QMS410", place_after("releases/candidates/dot-4.yml", "candidate: "))
DRAFT_VP = ("QMS401", place_after("procedures/qt-vp-01.md", "code: "))
MOVED_3, MOVED_4 = (("tag-strayed", place_after(path, NUMBER)) for path in (R3, R4))


TAMPERINGS: dict[str, Tampering] = {
    # a record that was changed afterwards
    "effective date": Tampering(edit(R3, "^effective: .*", "effective: 2024-04-15"), CHAIN_AND_SEAL_3),
    "title": Tampering(edit(R3, "^title: .*", "title: Khác"), CHAIN_AND_SEAL_3),
    "number of the decision": Tampering(edit(R3, "3/QĐ-VD", "33/QĐ-VD"), CHAIN_AND_SEAL_3),
    "signer": Tampering(edit(R3, "person: le-thi-mau", "person: ong-d"), CHAIN_AND_SEAL_3, open_=frozenset({"proof"})),
    "recorder": Tampering(edit(R3, "^recorder: van-thu", "recorder: ai-do"), CHAIN_AND_SEAL_3),
    "reason": Tampering(
        edit(R3, "reason: phiếu 9", "reason: phiếu 99"), (*CHAIN_AND_SEAL_3, ("not-as-signed", place_after(R3, "- code: ")))
    ),
    "one blank line": Tampering(edit(R3, "^title:", "\ntitle:"), CHAIN_AND_SEAL_3),
    "the imported baseline": Tampering(edit(R1, "^title: .*", "title: Khác"), (broken_chain(2),)),
    "the newest record": Tampering(edit(R4, "^title: .*", "title: Khác"), (("seal-broken", place_after(S4)),)),
    "an item removed": Tampering(
        edit(R2, r"^  - code: QT KT 01\n(?:    .*\n)+", ""),
        (broken_chain(3), ("seal-broken", place_after(S2)), ("not-as-signed", place_of_line(R2, "items:"))),
    ),
    "an item inserted": Tampering(
        edit(R3, "^items:\n", 'items:\n  - {code: QT VP 09, act: withdraw, title: x, issue: "1", revision: "0"}\n'),
        (*CHAIN_AND_SEAL_3, ("not-as-signed", place_after(R3, "- {code: ")), ("withdraws-nothing", place_after(R3, "- {code: "))),
    ),
    # order and number
    "a record removed": Tampering(remove(R3, S3), (("release-missing", place_after(R4, NUMBER)),), beside=(DRAFT_KT,)),
    "the first record removed": Tampering(remove(R1), (("release-missing", place_after(R2, NUMBER)),)),
    "the newest record removed": Tampering(remove(R4, S4), (("release-vanished", place_after(R3, NUMBER)),), beside=(DRAFT_VP, UNASKED)),
    "two records exchanged": Tampering(
        in_sequence(edit(R3, "^release: 3", "release: 4"), edit(R4, "^release: 4", "release: 3"), exchanged),
        (broken_chain(3), broken_chain(4), ("seal-broken", place_after(S3)), ("seal-broken", place_after(S4)), ("tag-strayed", place_after(R3, NUMBER)), ("recorded-backwards", place_after(R4, "recorded: "))),
    ),
    "a second baseline": Tampering(
        from_the_start(3, edit(R3, "^title:", "imported: true\ntitle:")), (("imported-late", place_after(R3, "imported: ")),),
        open_=frozenset({"bound", "approver", "proof", "approved-only", "effect"}),
    ),
    "a first record with a past": Tampering(
        from_the_start(1, edit(R1, "^previous: none", "previous: " + "a" * 64)), (broken_chain(1),)
    ),
    "a record that mends a later one": Tampering(
        from_the_start(3, edit(R3, "^previous:", "mends: [4]\nprevious:")), (("mends-later", place_after(R3, "mends: [")),), beside=(DRAFT_VP,)
    ),
    "a link of the chain": Tampering(edit(R4, r"^previous: \w+", "previous: " + "b" * 64), (broken_chain(4), ("seal-broken", place_after(S4)))),
    # a forger who makes the chain whole again
    "an old record, chained anew": Tampering(
        in_sequence(edit(R3, "^title: .*", "title: Khác"), rechain(4)), (("seal-broken", place_after(S3)), ("seal-broken", place_after(S4)))
    ),
    "an old record, chained and sealed anew by a stranger": Tampering(
        in_sequence(edit(R3, "^title: .*", "title: Khác"), rechain(4), reseal(3, 4, key="x")),
        (("seal-unknown-key", place_after(S3)), ("seal-unknown-key", place_after(S4))),
    ),
    "a stranger who lets himself in at the tip": Tampering(
        in_sequence(lambda kept: kept.repo.write({"releases/allowed_signers": kept.keys.line("x")}), edit(R4, "^title: .*", "title: Khác"), reseal(4, key="x")),
        (("seal-unknown-key", place_after(S4)),),
    ),
    # seals and keys
    "a seal removed": Tampering(remove(S3), (("seal-missing", place_after(R3, NUMBER)),)),
    "the newest seal removed": Tampering(remove(S4), (("seal-missing", place_after(R4, NUMBER)),)),
    "the seal of another record": Tampering(lambda kept: shutil.copy(kept.folder / S2, kept.folder / S3), (("seal-broken", place_after(S3)),)),
    "a seal by the key that was handed over": Tampering(reseal(4, key="a"), (("seal-unknown-key", place_after(S4)),)),
    "a seal by the key of a later day": Tampering(reseal(3, key="b"), (("seal-unknown-key", place_after(S3)),)),
    "a seal that is none": Tampering(write(S3, b"x"), (("seal-broken", place_after(S3)),)),
    # texts and attachments
    "digest": Tampering(
        from_the_start(3, edit(R3, r"^    digest: \w+", "    digest: " + "c" * 64)),
        (("digest-differs", of_an_item(R3, "QT KT 01", "digest")), ("not-as-signed", of_an_item(R3, "QT KT 01", "digest"))),
        beside=(DRAFT_KT,),
    ),
    "a text exchanged for another that exists": Tampering(
        from_the_start(3, tampered_pin(R3, "qt-kt-01.md", "HEAD:procedures/qt-vp-02.md")),
        (("digest-differs", of_an_item(R3, "QT KT 01", "digest")),),
    ),
    "a text exchanged for its own older version": Tampering(
        from_the_start(3, tampered_pin(R3, "qt-kt-01.md", "release/0002:procedures/qt-kt-01.md")),
        (("digest-differs", of_an_item(R3, "QT KT 01", "digest")), MOVED_3),
    ),
    "a text that no repository holds": Tampering(
        from_the_start(3, edit(R3, r"(qt-kt-01.md, blob: )\w+", r"\g<1>" + "d" * 40)), (("text-missing", pinned(R3, "procedures/qt-kt-01.md")), MOVED_3)
    ),
    "an attachment exchanged for its older version": Tampering(
        from_the_start(4, tampered_pin(R4, "so-do.png", f"release/0002:{PICTURE}")), (("digest-differs", of_an_item(R4, "QT VP 01", "digest")), MOVED_4)
    ),
    "an attachment left out": Tampering(
        from_the_start(4, edit(R4, r"^      - \{path: procedures/so-do.png.*\n", "")), (("digest-differs", of_an_item(R4, "QT VP 01", "digest")),)
    ),
    "the order of a document's files": Tampering(
        from_the_start(2, edit(R2, r"^(      - .*manual/1.1.md.*\n)(      - .*manual/1.2.md.*\n)", r"\2\1")),
        (("digest-differs", of_an_item(R2, "STCL", "digest")),),
    ),
    "a number set back": Tampering(
        from_the_start(3, edit(R3, "^    revision: .*", "    revision: 0")),
        (("number-backwards", of_an_item(R3, "QT KT 01", "revision")), ("not-as-signed", of_an_item(R3, "QT KT 01", "revision"))),
    ),
    "a text lost from the store": Tampering(
        lose_texts("release/0002:procedures/qt-kt-01.md"), (("text-missing", pinned(R2, "procedures/qt-kt-01.md")),)
    ),
    "an attachment lost from the store": Tampering(lose_texts(f"release/0002:{PICTURE}"), (("text-missing", pinned(R2, PICTURE)),)),
    # data in force beside the texts
    "basis lost": Tampering(
        from_the_start(3, edit(R3, r"(path: qms.yml, blob: )\w+", r"\g<1>" + "f" * 40)), (("basis-missing", based(R3, "qms.yml", "blob: ")),)
    ),
    "digest of the basis": Tampering(
        from_the_start(3, edit(R3, r"(path: clauses/mapping/tiny-1.yml, blob: \w+, digest: )\w+", r"\g<1>" + "a" * 64)),
        (("basis-differs", based(R3, "clauses/mapping/tiny-1.yml", "digest: ")),),
    ),
    "basis without its manifest": Tampering(
        from_the_start(3, edit(R3, r"^  - \{path: qms.yml.*\n", "")), (("basis-missing", place_of_line(R3, "basis:")),)
    ),
    # evidence, and what was signed
    "evidence changed": Tampering(write(PAPER_3, b"%PDF khac"), (("evidence-differs", proof(R3, 1, "digest: ")),)),
    "evidence with other line ends": Tampering(write(PAPER_3, b"%PDF-1.7 3\n"), (("evidence-differs", proof(R3, 1, "digest: ")),)),
    "evidence of another decision": Tampering(
        lambda kept: shutil.copy(kept.folder / PAPER_2, kept.folder / PAPER_3), (("evidence-differs", proof(R3, 1, "digest: ")),)
    ),
    "evidence removed": Tampering(remove(PAPER_3), (("evidence-missing", proof(R3, 1, "file: ")),)),
    "candidate changed after the signature": Tampering(
        edit("releases/candidates/dot-3.yml", "^title: .*", "title: Khác"), (("evidence-differs", proof(R3, 2, "digest: ")),)
    ),
    "candidate removed": Tampering(remove("releases/candidates/dot-3.yml"), (("evidence-missing", proof(R3, 2, "file: ")),)),
    "recorded otherwise than signed": Tampering(
        from_the_start(3, edit(R3, "^    act: revise", "    act: reissue")), (("not-as-signed", of_an_item(R3, "QT KT 01", "act")),)
    ),
    "a signed document left out of the record": Tampering(
        from_the_start(2, edit(R2, r"^  - code: QT KT 01\n(?:    .*\n)+", "")), (("not-as-signed", place_of_line(R2, "items:")),)
    ),
    # dates, people and roles
    "recorded before it was signed": Tampering(
        from_the_start(3, edit(R3, "^recorded: .*", "recorded: 2024-04-05")), (("recorded-before-signed", place_after(R3, "recorded: ")),)
    ),
    "recorded before the record before it": Tampering(
        from_the_start(3, in_sequence(edit(R3, "date: 2024-04-10", "date: 2024-02-01"), edit(R3, "^recorded: .*", "recorded: 2024-02-05"))),
        (("recorded-backwards", place_after(R3, "recorded: ")), ("signed-backwards", place_after(R3, "code: "))),
        open_=frozenset({"proof"}),  # its file was signed after the day that it now says
    ),
    "day of effect taken away": Tampering(
        from_the_start(3, edit(R3, "^effective: .*", "effective: unknown")), (("effective-unknown", place_after(R3, "effective: ")),), beside=(DRAFT_KT,)
    ),
    "a role that may not approve": Tampering(
        from_the_start(3, edit(R3, "role: giam-doc", "role: pho")),
        (("signer-may-not-approve", place_after(R3, "role: ")), ("signer-not-holder", place_after(R3, "person: "))),
    ),
    "a role that nobody knows": Tampering(
        from_the_start(3, edit(R3, "role: giam-doc", "role: truong-phong")), (("signer-role-unknown", place_after(R3, "role: ")),)
    ),
    "signed before the role was held": Tampering(
        from_the_start(3, edit(R3, "date: 2024-04-10", "date: 2019-04-10")),
        (("signer-not-holder", place_after(R3, "person: ")), ("signed-backwards", place_after(R3, "code: "))),
    ),
    # history
    "a record rewritten with all the keys": Tampering(
        in_sequence(from_the_start(3, edit(R3, "^title: .*", "title: Ban hành khác")), commit),
        (("release-rewritten", place_after(R3, "title: Ban hành ")), ("release-rewritten", place_after(R4, "\nprevious: "))),
    ),
    "a record rewritten and the commit hidden behind a replacement": Tampering(
        in_sequence(from_the_start(4, edit(R4, "^title: .*", "title: Ban hành khác")), commit, git("replace", "HEAD", "HEAD~1")),
        (("release-rewritten", place_after(R4, "title: Ban hành ")),),
    ),
    "a record changed, and put back later": Tampering(
        in_sequence(edit(R4, "^title: .*", "title: Khác"), commit, git("revert", "--no-edit", "HEAD")),
        (("release-rewritten", place_after(R4, NUMBER)),) ,
    ),
    "a tag moved": Tampering(git("tag", "-f", "release/0003", "release/0002"), (("tag-strayed", place_after(R3, NUMBER)),)),
    "the whole history thrown away but the last state": Tampering(
        in_sequence(
            git("checkout", "-q", "--orphan", "mới"), commit, git("branch", "-q", "-D", "main"),
            git("tag", "-d", "release/0002", "release/0003", "release/0004"),
        ),
        (
            ("text-unkept", pinned(R1, "procedures/qt-vp-01.md")), ("text-unkept", pinned(R2, "procedures/qt-kt-01.md")),
            ("text-unkept", pinned(R2, PICTURE)),
        ),
    ),
}  # fmt: skip


def place(kept: SignedManual, doubts: Doubts) -> set[tuple[str, tuple[str, int, int]]]:
    return {(slug, where(kept)) for slug, where in doubts}


@pytest.fixture(scope="module")
def honest(template: SignedManual) -> tuple[AuditResult, AuditResult]:
    """What is told of the manual before anybody touched it."""
    return run_verify(template), run_check(template)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_told_at_its_words_and_nothing_else_is(
    kept: SignedManual, honest: tuple[AuditResult, AuditResult], name: str
) -> None:
    row, (answers, findings) = TAMPERINGS[name], honest
    row.step(kept)
    expected = place(kept, row.doubts)
    found, said = run_verify(kept), run_check(kept)
    assert found.told == answers.told | expected
    slugs = {slug for slug, _ in row.doubts}
    against = set().union(*(AGAINST.get(slug, WHOLE) for slug in slugs))
    open_ = row.open_ | (RESTING_ON_RECORDS if slugs & DISCREDITING else frozenset())
    assert found.outcomes == answers.outcomes | dict.fromkeys(
        open_, "not-evidenced"
    ) | dict.fromkeys(against, "no")
    assert found.status == 1
    rules = {(RULES.get(slug, DOUBTED), where) for slug, where in expected} | place(
        kept, row.beside
    )
    assert (said.told, said.status) == (findings.told | rules, 1)


def test_a_record_under_another_number_is_told_as_misnamed(
    kept: SignedManual, honest: tuple[AuditResult, AuditResult]
) -> None:
    """Which records are missing cannot be counted then: the name is told instead, and what follows
    from the number it took.
    """
    (kept.folder / R3).rename(kept.folder / R13)
    since, unsealed = (
        ("recorded-backwards", place_after(R13, "recorded: ")),
        ("seal-missing", place_after(R13, NUMBER)),
    )
    misnamed = ("release-misread", place_after(R13, NUMBER))
    assert run_verify(kept).told == place(
        kept, (since, unsealed, misnamed, ("release-missing", place_after(R4, NUMBER)))
    )
    found = run_check(kept)
    assert found.told == honest[1].told | place(
        kept, (("QMS017", place_after(R13, NUMBER)), (DOUBTED, since[1]), (DOUBTED, unsealed[1]))
    )


def test_there_are_forty_and_more() -> None:
    assert len(TAMPERINGS) >= 40


# --- what is no tampering with what is in force
# -----------------------------------------------------------------------------

DRAFTS: dict[str, tuple[ForgeryStep, tuple[str, PlaceFinder]]] = {
    "text at the tip": (edit("procedures/qt-kt-01.md", "Hằng tháng", "Hằng năm"), DRAFT_KT),
    "attachment at the tip": (write(PICTURE, b"\x89PNG 3"), DRAFT_VP),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_another_text_at_the_tip_is_a_draft_and_speaks_against_no_record(
    kept: SignedManual, honest: tuple[AuditResult, AuditResult], name: str
) -> None:
    step, draft = DRAFTS[name]
    step(kept)
    assert run_verify(kept) == honest[0]
    assert run_check(kept) == AuditResult(honest[1].told | place(kept, (draft,)), {}, 0)


# --- what only a witness sees
# -------------------------------------------------------------------------------------------------


def cut_the_tail(kept: SignedManual) -> None:
    kept.repo.git("reset", "-q", "--hard", "HEAD~2")
    kept.repo.git("tag", "-d", "release/0004")


def record_anew(kept: SignedManual) -> None:
    """The last record never was: another takes its place, by the same keys, in a history that knows
    nothing of it.
    """
    kept.repo.git("reset", "-q", "--hard", "HEAD~1")
    assert forgery.run_command(
        "release", "record", "dot-4", "--root", str(kept.folder), "--kind", "decision", "--number", "4/QĐ-VD", "--date", "2024-06-10",
        "--person", "le-thi-mau", "--role", "giam-doc", "--effective", "2024-06-15", "--recorder", "van-thu", "--recorded",
        "2024-07-01", "--evidence", f"signed-file={kept.keys.folder / 'qd-4.pdf'}", "--seal", str(kept.keys.private("b")),
    )[0] == 0  # fmt: skip
    kept.repo.commit("Ghi nhận đợt 4", day="2024-07-01")


def rewrite_everything(kept: SignedManual) -> None:
    """All commits thrown away, every record from the second on made anew with the keys.

    The tags keep the old texts.
    """
    from_the_start(2, edit(R2, "^effective: .*", "effective: 2024-02-25"))(kept)
    kept.repo.git("checkout", "-q", "--orphan", "mới")
    commit(kept)
    kept.repo.git("branch", "-q", "-D", "main")


# Each with the newest record that is left to point at.
UNSEEN: dict[str, tuple[ForgeryStep, str]] = {
    "the tail cut": (cut_the_tail, R3),
    "the last record made anew": (record_anew, R4),
    "the whole history rewritten with all the keys": (rewrite_everything, R4),
}


@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize("form", ["digest", "code"])
def test_what_only_a_witness_sees_is_not_evidenced_without_one(
    kept: SignedManual, name: str, form: str
) -> None:
    newest = json.loads(
        forgery.run_command("verify", "--root", str(kept.folder), "--format", "json")[1]
    )["newest"]
    witness = newest if form == "digest" else check_code(newest)
    assert run_verify(kept, "--witness", witness).outcomes["whole"] == "yes"
    step, left = UNSEEN[name]
    step(kept)
    alone, seen = run_verify(kept), run_verify(kept, "--witness", witness)
    assert (alone.told, alone.status, alone.outcomes["whole"]) == (set(), 0, "not-evidenced")
    assert run_check(kept).told <= place(kept, (DRAFT_VP,))
    assert seen.told == {("witness-differs", place_after(left, NUMBER)(kept))}
    assert (seen.status, seen.outcomes) == (1, alone.outcomes | {"whole": "no"})
