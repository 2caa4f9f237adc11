"""Forgeries that play parts of the trust against each other: acts of one record on another, rights
given by one and used in the next, types, days, names of files, branches. Read as `test_forgeries`.
"""

from __future__ import annotations

import json

import pytest

from qmstool.releases.record import digest_parts, sha256
from tests.cli.test_forgeries import (
    APPROVER,
    EFFECT,
    OTHER_NAME,
    PROOF,
    R5,
    R6,
    S5,
    S6,
    WHOLE,
    Forgery,
    approved_by,
    assert_told,
    code_of,
    doubts,
    lost_key,
    names_settings,
    new_record,
    seal,
    told,
)
from tests.support.cli.forgery import (
    R3,
    R4,
    WHITE,
    ForgeryStep,
    SignedManual,
    commit,
    edit,
    in_sequence,
    reseal,
    run_command,
)
from tests.support.machine import needs

pytestmark = needs("ssh-keygen")

NEW = "procedures/qt-mm-09.md"
TEXT = """\
---
code: QT MM 09
type: {kind}
title: Lạ
owner: VP
approver: giam-doc
---

# Lạ

## 1. Mục đích

Lạ.
"""


def says(line: str, number: int = 5) -> ForgeryStep:
    """One more line in a record."""
    return edit(f"releases/{number:04d}.yml", "^previous:", f"{line}\nprevious:")


def deputy(number: int = 5) -> ForgeryStep:
    """The deputy signs, who may approve forms alone."""
    path = f"releases/{number:04d}.yml"
    return edit(path, "person: le-thi-mau, role: giam-doc", "person: tran-van-pho, role: pho")


def items(lines: str, number: int = 5) -> ForgeryStep:
    """A record acts on other documents."""

    def step(kept: SignedManual) -> None:
        path = f"releases/{number:04d}.yml"
        head, _ = kept.read(path).split("items:\n")
        kept.repo.write({path: f"{head}items:\n{lines}"})

    return step


def new_document(kind: str, *, picture_first: bool = False, code: str = "QT MM 09") -> ForgeryStep:
    """A new document, whose text is committed and names its type itself."""

    def step(kept: SignedManual) -> None:
        text = TEXT.format(kind=kind).replace("QT MM 09", code)
        kept.repo.write({NEW: text, "procedures/la.png": WHITE})
        commit(kept)
        pins = [NEW, "procedures/la.png"] if picture_first else [NEW]
        blobs = [kept.repo.git("rev-parse", f"HEAD:{path}") for path in pins]
        lines = [
            f"      - {{path: {path}, blob: {blob}}}\n"
            for path, blob in zip(pins, blobs, strict=True)
        ]
        if picture_first:
            lines.reverse()
        digest = digest_parts([text.encode()], [WHITE] if picture_first else [])
        head = f"  - code: {code}\n    act: new\n    title: Lạ\n    issue: 1\n    revision: 0\n"
        items(f"{head}    digest: {digest}\n    files:\n{''.join(lines)}")(kept)

    return step


def by_deputy(step: ForgeryStep) -> ForgeryStep:
    return in_sequence(new_record(5), step, deputy(), seal(5, "b"))


def pinned_twice(path: str, change: tuple[str, str]) -> ForgeryStep:
    """Beside the honest data a record pins others under the same name."""

    def step(kept: SignedManual) -> None:
        text = kept.read(path).replace(*change)
        kept.repo.write({"x": text})
        blob = kept.repo.git("hash-object", "-w", "x")
        (kept.folder / "x").unlink()
        pin = f"  - {{path: {path}, blob: {blob}, digest: {sha256(text.encode())}}}\n"
        edit(R5, rf"^(  - \{{path: {path}.*\n)", rf"\g<1>{pin}")(kept)

    return step


def in_two_branches(kept: SignedManual, *, renumbered: bool) -> None:
    """Two records of one number, each on a branch, and both branches merged."""
    kept.repo.git("checkout", "-q", "-b", "mot")
    new_record(5, "b")(kept)
    commit(kept)
    kept.repo.git("checkout", "-q", "-b", "hai", "main")
    new_record(5, "b", title="Khác")(kept)
    if renumbered:
        (kept.folder / R5).rename(kept.folder / R6)
        (kept.folder / S5).rename(kept.folder / S6)
    commit(kept)
    kept.repo.git("checkout", "-q", "main")
    kept.repo.git("merge", "-q", "--no-ff", "-m", "một", "mot")
    kept.repo.git("merge", "-q", "--no-ff", "-X", "ours", "-m", "hai", "hai")


def renamed(*moves: tuple[str, str]) -> ForgeryStep:
    def step(kept: SignedManual) -> None:
        for old, new in moves:
            kept.repo.git("mv", old, new)
        commit(kept)

    return step


def candidate_of_another(kept: SignedManual) -> None:
    """What lay before the signer of release 4 is named as what lay before this one."""
    (line,) = [line for line in kept.read(R4).split("\n") if "kind: candidate" in line]
    edit(R5, "^evidence:\n", f"evidence:\n{line}\n")(kept)


WITHDRAWN = "  - {code: QT KT 01, act: withdraw, title: x}\n"
RIGHT = ("approves: [form]", "approves: [form, procedure]")
HOLDS = "holds: [{role: pho,"

FORGERIES: dict[str, Forgery] = {
    # what a record does to others
    "a release replaced that is in force": Forgery(
        in_sequence(new_record(5), says("cancels: [4]"), seal(5, "b")), doubts(("cancels-nothing", R5)), against=WHOLE
    ),
    "a release replaced that never was": Forgery(
        in_sequence(new_record(5), says("cancels: [9]"), seal(5, "b")), doubts(("cancels-nothing", R5)), against=WHOLE
    ),
    "a release that replaces itself": Forgery(
        in_sequence(new_record(5), says("cancels: [5]"), seal(5, "b")), doubts(("cancels-nothing", R5)), against=WHOLE
    ),
    "a scheduled release replaced by whoever may not approve it": Forgery(
        in_sequence(new_record(5, "b", effective="2025-03-01"), new_record(6), says("cancels: [5]", 6), deputy(6), seal(6, "b")),
        doubts(("signer-may-not-approve", R6)), frozenset({(6, "evidence")}), APPROVER,
    ),
    "a record put right by whoever may not approve it": Forgery(
        in_sequence(new_record(5), says("mends: [4]"), deputy(), seal(5, "b")),
        doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER,
    ),
    "a record that puts itself right": Forgery(
        in_sequence(new_record(5), says("mends: [5]"), seal(5, "b")), doubts(("mends-later", R5)), against=WHOLE
    ),
    "every release put right, and most of their documents not said of": Forgery(
        in_sequence(new_record(5), says("mends: [1, 2, 3, 4]"), seal(5, "b")), missing=frozenset({(5, "undone")})
    ),
    "a release put right by one that says nothing": Forgery(
        in_sequence(new_record(5), says("mends: [4]"), edit(R5, r"items:\n(.*\n)+", "items: []\n"), seal(5, "b")),
        missing=frozenset({(5, "undone")}),
    ),
    "a take-over replaced by what takes nothing over": Forgery(
        in_sequence(new_record(5), says("replaces_record: 1"), seal(5, "b")), doubts(("replaces-nothing", R5)), against=WHOLE
    ),
    "a document withdrawn that never was": Forgery(
        by_deputy(items("  - {code: BM XX 99, act: withdraw, title: x}\n")), doubts(("withdraws-nothing", R5)), OTHER_NAME, WHOLE
    ),
    "a document withdrawn twice": Forgery(
        in_sequence(new_record(5), items(WITHDRAWN), seal(5, "b"), new_record(6), items(WITHDRAWN, 6), seal(6, "b")),
        doubts(("withdraws-nothing", R6)), against=WHOLE,
    ),
    "a first record in the middle": Forgery(
        new_record(5, "b", previous="none"), doubts(("chain-broken", R5)), against=WHOLE
    ),
    # rights given by one record and used in the next
    "a right that a record without a seal gives": Forgery(
        in_sequence(new_record(5), names_settings(5, *RIGHT), new_record(6), deputy(6), seal(6, "b")),
        doubts(("seal-missing", R5), ("right-self-given", R6)), frozenset({(6, "evidence")}), APPROVER | WHOLE,
    ),
    "a right that came with a release signed later": Forgery(
        in_sequence(names_settings(4, *RIGHT), reseal(4), new_record(5), deputy(), edit(R5, "date: 2024-06-10", "date: 2024-06-05"), seal(5, "b")),
        doubts(("right-self-given", R5), ("signed-backwards", R5)), OTHER_NAME, APPROVER | EFFECT, 3,
    ),
    "a role that came with a release signed later": Forgery(
        in_sequence(
            names_settings(4, HOLDS, "holds: [{role: giam-doc, from: 2020-01-01}, {role: pho,"), reseal(4),
            new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"), edit(R5, "date: 2024-06-10", "date: 2024-06-05"), seal(5, "b"),
        ),
        doubts(("right-self-given", R5), ("signed-backwards", R5)), OTHER_NAME, APPROVER | EFFECT, 3,
    ),
    "a role delegated from the day after the signature": Forgery(
        in_sequence(
            names_settings(4, HOLDS, "holds: [{role: giam-doc, from: 2024-06-11}, {role: pho,"), reseal(4),
            new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"), seal(5, "b"),
        ),
        doubts(("signer-not-holder", R5)), OTHER_NAME, APPROVER, 3,
    ),
    "other settings beside the honest ones": Forgery(
        in_sequence(new_record(5), pinned_twice("qms.yml", RIGHT), seal(5, "b")), doubts(("pinned-twice", R5)), against=WHOLE
    ),
    "a right to a type that is written otherwise": Forgery(
        in_sequence(names_settings(4, "approves: [form]", "approves: [form, Procedure]"), reseal(4), new_record(5), deputy(), seal(5, "b")),
        doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER, 3,
    ),
    # types
    "a type hidden behind a picture": Forgery(
        by_deputy(new_document("procedure", picture_first=True)), doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER
    ),
    "a type that is not that of its code": Forgery(
        by_deputy(new_document("form")), doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER
    ),
    "a type that is not that of its code, in letters of another script": Forgery(
        by_deputy(new_document("form", code="Q\u0422 MM 09")), doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER
    ),
    "a type that nobody knows": Forgery(
        by_deputy(new_document("bieu")), doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER
    ),
    # days
    "an approval after the signature": Forgery(
        approved_by("person: tran-van-pho, role: pho, date: 2024-06-15"), doubts(("approved-later", R5)), against=APPROVER
    ),
    "an approval on a day with a zone": Forgery(
        approved_by("person: tran-van-pho, role: pho, date: 2024-06-09T20:00:00Z"), doubts(("release-misread", R5)), against=WHOLE
    ),
    "a seal by a key that was lost before": Forgery(
        in_sequence(new_record(5), lost_key("2024-07-20"), seal(5, "b")), doubts(("seal-revoked-key", S5)), against=WHOLE
    ),
    # names and look-alikes
    "a record renamed by case alone": Forgery(
        renamed((R4, "releases/0004.YML")), doubts(("release-vanished", R3)), against=WHOLE, witness=3
    ),
    "a record that is .yaml": Forgery(
        renamed((R4, "releases/0004.yaml")), doubts(("release-vanished", R3)), against=WHOLE, witness=3
    ),
    "a role in letters of another script": Forgery(
        in_sequence(new_record(5), edit(R5, "role: giam-doc", "role: giam-d\u043ec"), seal(5, "b")),
        doubts(("signer-role-unknown", R5)), against=APPROVER,
    ),
    # evidence and branches
    "the candidate of another release": Forgery(
        in_sequence(new_record(5), candidate_of_another, seal(5, "b")),
        doubts(("not-as-signed", R5), ("recorded-twice", R5)), against=PROOF | frozenset({"bound"}),
    ),
    "two of one number merged": Forgery(
        lambda kept: in_two_branches(kept, renumbered=False), doubts(("release-hidden", R5)), against=WHOLE
    ),
    "two of one number merged, the other as the next": Forgery(
        lambda kept: in_two_branches(kept, renumbered=True),
        doubts(("chain-broken", R6), ("number-backwards", R6), ("recorded-twice", R6), ("release-misread", R6)),
        against=WHOLE | PROOF | frozenset({"bound"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    assert_told(FORGERIES[name], template, kept)


def test_what_a_record_undoes_silently_is_named_and_the_history_is_not_evidenced(
    kept: SignedManual,
) -> None:
    in_sequence(new_record(5), says("mends: [1, 2, 3, 4]"), seal(5, "b"))(kept)
    words = ("verify", "--root", str(kept.folder), "--format", "json")
    found = json.loads(run_command(*words, "--witness", code_of(kept, 4))[1])
    (whole,) = [each for each in found["answers"] if each["key"] == "whole"]
    assert whole["outcome"] == "not-evidenced"
    assert "puts release 3 right and says nothing of QT KT 01" in whole["why"]["en"]


def test_a_role_delegated_on_the_day_of_the_signature_counts(kept: SignedManual) -> None:
    """Nobody can tell the hour: the day is held against nobody."""
    in_sequence(
        names_settings(4, HOLDS, "holds: [{role: giam-doc, from: 2024-06-10}, {role: pho,"),
        reseal(4), new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"), seal(5, "b"),
    )(kept)  # fmt: skip
    assert told(kept)[0] == set()
