"""Verification: a whole life answers well; every tampering is found, at its place, alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.candidates import candidate
from qmstool.candidates import recording as record
from qmstool.candidates.drafting import Overrides
from qmstool.candidates.recording import Instrument, Proof, Recording, SignedInstrument
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.manual.candidates import candidate_path
from qmstool.manual.loading.candidates import read_candidate
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import SourceFile
from qmstool.releases import record as release
from qmstool.releases import seal
from qmstool.releases.numbering import Number
from qmstool.storage import pinned_tree, tree
from qmstool.verify import evidence as vault
from qmstool.verify.verification import Verification, verify
from tests.support.baseline import baseline_text
from tests.support.cli.forgery import as_if_committed
from tests.support.keys import KeyPairs
from tests.support.machine import needs
from tests.support.memory import MANIFEST, PROCEDURE, files
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")

SETTINGS = (
    MANIFEST.replace("name: Quy trình, code", "name: Quy trình, review_months: 24, code").replace(
        "code: ST", "review_months: 24, code: ST"
    )
    + """\
roles:
  giam-doc: {name: Giám đốc, approves: [manual, procedure]}
  pho: {name: Phó giám đốc, approves: [procedure]}
people:
  ba-c: {name: Bà C, holds: [{role: giam-doc, from: 2023-01-01, to: 2024-12-31}]}
"""
)
HEAD = (
    "---\ncode: QT A 02\ntype: procedure\ntitle: Quy trình hai\n---\n# Quy trình hai\n\n![sơ "
    "đồ](so-do.png)\n"
)
DAY = date(2024, 12, 1)


@pytest.fixture(autouse=True)
def _as_if_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tampered with counts as if git had always held it."""
    monkeypatch.setattr(vault, "blobs_that_differ", as_if_committed)


@dataclass
class Kept:
    """A repository with four honest releases, three of them sealed, and the keys."""

    repo: Repo
    keys: KeyPairs

    def release(
        self,
        number: int,
        effective: str,
        signed: str,
        recorded: str,
        key: str,
        acts: dict[str, str],
    ) -> None:
        repo = self.repo
        found = git.require_history(git.find_repository(repo.folder))
        pinned = pinned_tree.commit_tree(repo.folder, found.head)
        manual = load(pinned)
        numbers = {each: Number("1", str(number - 2)) for each in manual.documents}
        name = f"dot-{number}"
        label = candidate.CandidateHeader(
            name, f"Đợt {number}", found.head, date.fromisoformat(signed), "t"
        )
        wish = Overrides(acts=acts, numbers=numbers)
        text = candidate.prepare_candidate(
            manual, pinned, label, overrides=wish, history=log.read_history(found)
        )
        paper = f"releases/evidence/qd-{number}.pdf"
        repo.commit(
            "trình ký",
            {candidate_path(name): text, paper: f"%PDF {number}\r\n"},
            day=signed,
        )
        held = {
            each: pinned.read(each)
            for each in pinned.list()
            if re.fullmatch(r"releases/\d{4}\.yml", each)
        }
        source = SourceFile(candidate_path(name), text.encode())
        proof = Proof("e-office", paper, release.exact_sha256(f"%PDF {number}\r\n".encode()))
        instrument = Instrument(
            kind="decision",
            number=f"{number}/QĐ",
            date=date.fromisoformat(signed),
            person="ba-c",
            role="giam-doc",
            capacity="",
            effective=date.fromisoformat(effective),
        )
        path, made = record.record_release(
            read_candidate(source)[0],
            text.encode(),
            held,
            manual.releases,
            SignedInstrument(instrument, (proof,)),
            Recording("van-thu", date.fromisoformat(recorded), "t"),
        )
        repo.commit(
            "ghi nhận",
            {path: made, seal.seal_path(number): seal.sign(made.encode(), self.keys.private(key))},
            day=recorded,
        )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    home = tmp_path_factory.mktemp("mau")
    (home / "keys").mkdir()
    kept = Kept(Repo.make(home / "kho"), KeyPairs(home / "keys"))
    more = {
        "qms.yml": SETTINGS,
        "procedures/qt-a-02.md": HEAD,
        "releases/allowed_signers": kept.keys.line("a"),
    }
    base = files(body="Mở.\n", **more)
    base.files["procedures/so-do.png"] = b"\x89PNG 1"
    base.files["procedures/external.yml"] = base.files["procedures/external.yml"].replace(
        b"}", b", checked_on: 2024-11-01}"
    )
    kept.repo.commit("Bản đầu", base.files)
    text = baseline_text(base, recorded=date(2024, 1, 5))
    kept.repo.commit("Ghi nhận bản tiếp nhận", {"releases/0001.yml": text}, day="2024-01-05")
    everything = {"st": "revise", "qt-a-01": "revise", "qt-a-02": "revise"}
    kept.release(2, "2024-02-01", "2024-01-20", "2024-02-10", "a", everything)
    kept.repo.commit(
        "sửa",
        {
            "procedures/qt-a-01.md": PROCEDURE + "Bản ba.\n",
            "releases/allowed_signers": kept.keys.line("b"),
        },
    )
    kept.release(3, "2024-04-01", "2024-03-20", "2024-03-25", "a", {})
    kept.repo.commit("sửa", {"procedures/so-do.png": b"\x89PNG 2"})
    kept.release(4, "2024-06-01", "2024-05-20", "2024-05-25", "b", {})
    return kept


@pytest.fixture
def kept(template: Kept, tmp_path: Path) -> Kept:
    shutil.copytree(template.repo.folder, tmp_path / "kho")
    return Kept(Repo(tmp_path / "kho", 500), template.keys)


def verified(kept: Kept, witness: str | None = None) -> Verification:
    folder = kept.repo.folder
    found = git.require_history(git.find_repository(folder))
    at_hand = tree.FolderTree(folder)
    manual = load(at_hand)
    held = vault.collect_evidence(at_hand, manual.releases, found, log.read_history(found))
    return verify(manual, held, DAY, witness=witness, trust=kept.keys.line("a").encode())


def said(kept: Kept, witness: str | None = None) -> set[tuple[str, str]]:
    return {(doubt.slug, doubt.location.path) for doubt in verified(kept, witness).doubts}


def test_an_honest_manual_raises_no_doubt(kept: Kept) -> None:
    found = verified(kept)
    assert found.doubts == ()
    outcomes = {answer.key: answer.outcome for answer in found.answers}
    lacking = {"asked", "whole", "operation", "known", "tool"}
    assert outcomes == {key: "not-evidenced" if key in lacking else "yes" for key in outcomes}
    assert found.holds


def test_with_a_witness_the_chain_is_answered(kept: Kept) -> None:
    newest = verified(kept).newest
    answers = {answer.key: answer.outcome for answer in verified(kept, newest).answers}
    assert answers["whole"] == "yes"
    earlier = release.sha256((kept.repo.folder / "releases/0002.yml").read_bytes())
    assert said(kept, earlier) == set()


Step = Callable[[Kept], object]
R2, R3, R4 = (f"releases/{number:04d}.yml" for number in (2, 3, 4))


def edit(path: str, old: str, new: str, count: int = 1) -> Step:
    def change(kept: Kept) -> None:
        full = kept.repo.folder / path
        text = full.read_text()
        changed = re.sub(old, new, text, count=count, flags=re.MULTILINE)
        assert changed != text, f"{old} is not in {path}"
        full.write_text(changed)

    return change


def remove(*paths: str) -> Step:
    def change(kept: Kept) -> None:
        for path in paths:
            (kept.repo.folder / path).unlink()

    return change


def write(path: str, data: bytes) -> Step:
    return lambda kept: kept.repo.write({path: data})


def rechain(kept: Kept, since: int = 3) -> None:
    """What a careful forger does: every later file gets the digest of the one before."""
    for number in range(since, 5):
        before = (kept.repo.folder / f"releases/{number - 1:04d}.yml").read_bytes()
        edit(
            f"releases/{number:04d}.yml", r"^previous: \w+", f"previous: {release.sha256(before)}"
        )(kept)


def reseal(kept: Kept, *numbers: int, key: str = "") -> None:
    for number in numbers:
        own = key or ("b" if number == 4 else "a")
        data = (kept.repo.folder / f"releases/{number:04d}.yml").read_bytes()
        kept.repo.write({seal.seal_path(number): seal.sign(data, kept.keys.private(own))})


def then(*steps: Step) -> Step:
    return lambda kept: [step(kept) for step in steps]


def resealed(number: int, step: Step) -> Step:
    """A change made before the record was sealed and chained on: only its own fault is left."""
    return then(
        step,
        lambda kept: rechain(kept, number + 1),
        lambda kept: reseal(kept, *range(max(number, 2), 5)),
    )


SEAL2, SEAL3, SEAL4 = (seal.seal_path(number) for number in (2, 3, 4))
CHAIN_AND_SEAL_3 = {("chain-broken", R4), ("seal-broken", SEAL3)}

TAMPERINGS: dict[str, tuple[Step, set[tuple[str, str]]]] = {
    # a record changed afterwards
    "effective date of an old release": (
        edit(R3, r"^effective: .*", "effective: 2024-03-01"),
        CHAIN_AND_SEAL_3,
    ),
    "title of an old release": (edit(R3, r"^title: .*", "title: Khác"), CHAIN_AND_SEAL_3),
    "instrument number": (edit(R3, "number: 3/QĐ", "number: 33/QĐ"), CHAIN_AND_SEAL_3),
    "signer": (edit(R3, "person: ba-c", "person: ong-d"), CHAIN_AND_SEAL_3),
    "recorder": (edit(R3, "^recorder: van-thu", "recorder: ai-do"), CHAIN_AND_SEAL_3),
    "summary put in": (
        edit(R3, r"^    digest:", "    summary: khác\n    digest:"),
        {*CHAIN_AND_SEAL_3, ("not-as-signed", R3)},
    ),
    "a blank line in an old record": (edit(R3, r"^title:", "\ntitle:"), CHAIN_AND_SEAL_3),
    "the baseline": (
        edit("releases/0001.yml", r"^title: .*", "title: Khác"),
        {("chain-broken", R2)},
    ),
    "the newest release": (edit(R4, r"^title: .*", "title: Khác"), {("seal-broken", SEAL4)}),
    "an item taken out": (
        edit(R2, r"^  - code: QT A 02\n(?:    .*\n)+", ""),
        {("chain-broken", R3), ("seal-broken", SEAL2), ("not-as-signed", R2)},
    ),
    "an item put in": (
        edit(R3, r"^items:\n", "items:\n  - {code: QT A 09, act: withdraw, title: x}\n"),
        {*CHAIN_AND_SEAL_3, ("not-as-signed", R3), ("withdraws-nothing", R3)},
    ),
    # order and number
    "a release removed": (remove(R3, SEAL3), {("release-missing", R4)}),
    "the first release removed": (remove("releases/0001.yml"), {("release-missing", R2)}),
    "the newest release removed": (remove(R4, SEAL4), {("release-vanished", R3)}),
    "two releases exchanged": (
        then(
            edit(R3, "^release: 3", "release: 4"),
            edit(R4, "^release: 4", "release: 3"),
            lambda kept: [
                (kept.repo.folder / one).rename(kept.repo.folder / two)
                for one, two in ((R3, "x"), (R4, R3), ("x", R4))
            ],
        ),
        {
            ("chain-broken", R3),
            ("chain-broken", R4),
            ("seal-broken", SEAL3),
            ("seal-broken", SEAL4),
            ("recorded-backwards", R4),
        },
    ),
    "a second baseline": (
        resealed(3, edit(R3, "^title:", "imported: true\ntitle:")),
        {("imported-late", R3)},
    ),
    "the first release with a past": (
        resealed(1, edit("releases/0001.yml", "^previous: none", "previous: " + "a" * 64)),
        {("chain-broken", "releases/0001.yml")},
    ),
    "a record that mends a later one": (
        resealed(3, edit(R3, "^previous:", "mends: [4]\nprevious:")),
        {("mends-later", R3)},
    ),
    "a link of the chain": (
        edit(R4, r"^previous: \w+", "previous: " + "b" * 64),
        {("chain-broken", R4), ("seal-broken", SEAL4)},
    ),
    # a forger who makes the chain whole again
    "an old release, chained anew": (
        then(edit(R3, r"^title: .*", "title: Khác"), lambda kept: rechain(kept, 4)),
        {("seal-broken", SEAL3), ("seal-broken", SEAL4)},
    ),
    "an old release, chained and sealed anew by a stranger": (
        then(
            edit(R3, r"^title: .*", "title: Khác"),
            lambda kept: rechain(kept, 4),
            lambda kept: reseal(kept, 3, 4, key="x"),
        ),
        {("seal-unknown-key", SEAL3), ("seal-unknown-key", SEAL4)},
    ),
    # texts
    "digest of a text": (
        resealed(3, edit(R3, r"^    digest: \w+", "    digest: " + "c" * 64)),
        {("digest-differs", R3), ("not-as-signed", R3)},
    ),
    "text exchanged for another that exists": (
        resealed(
            3,
            lambda kept: edit(
                R3,
                r"(qt-a-01.md, blob: )\w+",
                rf"\g<1>{kept.repo.git('rev-parse', 'HEAD:qms.yml')}",
            )(kept),
        ),
        {("digest-differs", R3)},
    ),
    "text lost": (
        resealed(3, edit(R3, r"(qt-a-01.md, blob: )\w+", r"\g<1>" + "d" * 40)),
        {("text-missing", R3)},
    ),
    "attachment exchanged for an old one": (
        resealed(
            4,
            lambda kept: edit(
                R4,
                r"(so-do.png, blob: )\w+",
                rf"\g<1>{kept.repo.git('rev-parse', 'HEAD~3:procedures/so-do.png')}",
            )(kept),
        ),
        {("digest-differs", R4)},
    ),
    "attachment left out": (
        resealed(4, edit(R4, r"^      - \{path: procedures/so-do.png.*\n", "")),
        {("digest-differs", R4)},
    ),
    "attachment lost": (
        resealed(4, edit(R4, r"(so-do.png, blob: )\w+", r"\g<1>" + "e" * 40)),
        {("text-missing", R4)},
    ),
    "order of the manual's files": (
        resealed(
            2, edit(R2, r"^(      - .*manual/1/4.1.md.*\n)(      - .*manual/2/01.md.*\n)", r"\2\1")
        ),
        {("digest-differs", R2)},
    ),
    "number set back": (
        resealed(3, edit(R3, r"^    revision: .*", "    revision: 0")),
        {("number-backwards", R3), ("not-as-signed", R3)},
    ),
    # basis
    "basis lost": (
        resealed(3, edit(R3, r"(path: qms.yml, blob: )\w+", r"\g<1>" + "f" * 40)),
        {("basis-missing", R3)},
    ),
    "basis digest": (
        resealed(
            3,
            edit(
                R3,
                r"(path: clauses/mapping/small.yml, blob: \w+, digest: )\w+",
                r"\g<1>" + "a" * 64,
            ),
        ),
        {("basis-differs", R3)},
    ),
    "basis without its manifest": (
        resealed(3, edit(R3, r"^  - \{path: qms.yml.*\n", "")),
        {("basis-missing", R3)},
    ),
    # evidence and candidate
    "evidence changed": (
        write("releases/evidence/qd-3.pdf", b"%PDF khac"),
        {("evidence-differs", R3)},
    ),
    "evidence with other line ends": (
        write("releases/evidence/qd-3.pdf", b"%PDF 3\n"),
        {("evidence-differs", R3)},
    ),
    "evidence removed": (remove("releases/evidence/qd-3.pdf"), {("evidence-missing", R3)}),
    "candidate changed after signature": (
        edit("releases/candidates/dot-3.yml", "^title: .*", "title: Khác"),
        {("evidence-differs", R3)},
    ),
    "candidate removed": (remove("releases/candidates/dot-3.yml"), {("evidence-missing", R3)}),
    "recorded otherwise than signed": (
        resealed(3, edit(R3, "^    act: revise", "    act: reissue")),
        {("not-as-signed", R3)},
    ),
    "signed document left out of the record": (
        resealed(2, edit(R2, r"^  - code: QT A 02\n(?:    .*\n)+", "")),
        {("not-as-signed", R2)},
    ),
    # dates and people
    "recorded before it was signed": (
        resealed(3, edit(R3, "^recorded: .*", "recorded: 2024-03-01")),
        {("recorded-before-signed", R3)},
    ),
    "recorded before the release before it": (
        resealed(
            3,
            then(
                edit(R3, "date: 2024-03-20", "date: 2024-02-01"),
                edit(R3, "^recorded: .*", "recorded: 2024-02-05"),
            ),
        ),
        {("recorded-backwards", R3)},
    ),
    "effective date taken away": (
        resealed(3, edit(R3, "^effective: .*", "effective: unknown")),
        {("effective-unknown", R3)},
    ),
    "role that may not approve the manual": (
        resealed(2, edit(R2, "role: giam-doc", "role: pho")),
        {("signer-may-not-approve", R2), ("signer-not-holder", R2)},
    ),
    "role that nobody knows": (
        resealed(3, edit(R3, "role: giam-doc", "role: truong-phong")),
        {("signer-role-unknown", R3)},
    ),
    "signed before the role was held": (
        resealed(3, edit(R3, "date: 2024-03-20", "date: 2022-03-20")),
        {("signer-not-holder", R3), ("signed-backwards", R3)},
    ),
    # seals
    "seal removed": (remove(SEAL4), {("seal-missing", R4)}),
    "seal of another release": (
        lambda kept: shutil.copy(kept.repo.folder / SEAL2, kept.repo.folder / SEAL3),
        {("seal-broken", SEAL3)},
    ),
    "seal by a key that was rotated out": (
        lambda kept: reseal(kept, 4, key="a"),
        {("seal-unknown-key", SEAL4)},
    ),
    "seal by a key not yet in": (
        lambda kept: reseal(kept, 3, key="b"),
        {("seal-unknown-key", SEAL3)},
    ),
    "seal that is no seal": (write(SEAL3, b"x"), {("seal-broken", SEAL3)}),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_told_and_nothing_else(kept: Kept, name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    tamper(kept)
    found = verified(kept)
    assert {(doubt.slug, doubt.location.path) for doubt in found.doubts} == expected
    assert not found.holds


def test_there_are_forty_and_more() -> None:
    assert len(TAMPERINGS) >= 40


def cut_tail(kept: Kept) -> None:
    kept.repo.git("reset", "-q", "--hard", "HEAD~2")


def rewrite_all_with_the_keys(kept: Kept) -> None:
    resealed(3, edit(R3, r"^title: .*", "title: Khác"))(kept)


@pytest.mark.parametrize("tamper", [cut_tail, rewrite_all_with_the_keys])
def test_what_only_a_witness_sees_is_not_evidenced_without_one(kept: Kept, tamper: Step) -> None:
    newest = verified(kept).newest
    tamper(kept)
    alone = verified(kept)
    assert alone.doubts == ()
    assert {answer.key: answer.outcome for answer in alone.answers}["whole"] == "not-evidenced"
    seen = verified(kept, newest)
    assert {doubt.slug for doubt in seen.doubts} == {"witness-differs"}
    assert not seen.holds


def test_history_tells_who_rewrote_a_record_with_the_keys(kept: Kept) -> None:
    rewrite_all_with_the_keys(kept)
    commit = kept.repo.commit("lén sửa")
    doubts = verified(kept).doubts
    assert {(doubt.slug, doubt.location.path) for doubt in doubts} == {
        ("release-rewritten", R3),
        ("release-rewritten", R4),
    }
    assert commit[:10] in doubts[0].message.en


def test_a_record_put_right_on_a_branch_before_it_was_merged_is_fine(kept: Kept) -> None:
    repo = kept.repo
    text = (repo.folder / R4).read_text()
    repo.git("checkout", "-q", "-b", "nhánh", "HEAD~1")
    repo.commit("ghi nhận sai", {R4: text.replace("Đợt 4", "Đợt bốn")})
    repo.commit("ghi nhận đúng", {R4: text})
    repo.git("checkout", "-q", "main")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
    reseal(kept, 4)
    assert said(kept) == set()


def test_without_a_repository_nothing_is_yes_that_needs_texts(kept: Kept) -> None:
    at_hand = tree.FolderTree(kept.repo.folder)
    manual = load(at_hand)
    found = verify(manual, vault.collect_evidence(at_hand, manual.releases, None, None), DAY)
    outcomes = {answer.key: answer.outcome for answer in found.answers}
    # A copy without its repository proves nothing, and speaks against nothing either.
    assert outcomes["bound"] == "not-evidenced"
    assert outcomes["trail"] == "not-evidenced"


def test_an_imported_manual_is_not_evidenced(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "kho")
    base = files()
    repo.commit("Bản đầu", base.files)
    repo.commit(
        "ghi nhận",
        {"releases/0001.yml": baseline_text(base)},
    )
    found = git.require_history(git.find_repository(repo.folder))
    pinned = pinned_tree.commit_tree(repo.folder, found.head)
    manual = load(pinned)
    answers = verify(
        manual, vault.collect_evidence(pinned, manual.releases, found, log.read_history(found)), DAY
    )
    outcomes = {answer.key: answer.outcome for answer in answers.answers}
    assert {key for key, outcome in outcomes.items() if outcome == "yes"} == {
        "printed",
        "obsolete",
        "trail",
    }
    assert {outcomes[key] for key in ("bound", "approver", "proof", "effect")} == {"not-evidenced"}
    assert answers.holds
