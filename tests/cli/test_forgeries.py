"""Forgeries of trust as an auditor meets them: records, seals, days, keys, roles, merges, moved
files, evidence. A row says what the forger does and which doubts must speak, and no others; which
questions no longer pass; and what `verify` says is missing, by record.

The honest repository is that of `test_tamperings`, which has sixty of another kind. A witness kept
outside stands beside each of them: the code of the honest newest record, unless a row says else.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from qmstool.releases.record import sha256
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    R3,
    R4,
    S4,
    ForgeryStep,
    SignedManual,
    commit,
    edit,
    in_sequence,
    rechain,
    remove,
    reseal,
    write,
)
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")

R5, R6 = "releases/0005.yml", "releases/0006.yml"
S0, S5, S6 = (f"releases/seals/000{number}.sig" for number in (0, 5, 6))
PAPER_4 = "releases/evidence/0004-qd-4.pdf"


@dataclass(frozen=True)
class Forgery:
    """What is done; the slugs that speak and where; what is missing, as (record, link).

    `against`: the questions answered «no»; `witness`: the record whose honest code is kept outside.
    """

    step: ForgeryStep
    doubts: frozenset[tuple[str, str]] = frozenset()
    missing: frozenset[tuple[int, str]] = frozenset()
    against: frozenset[str] = frozenset()
    witness: int = 4


def told(
    kept: SignedManual, *words: str
) -> tuple[set[tuple[str, str]], dict[str, str], set[tuple[int, str]]]:
    """The doubts with their files, every question's outcome, and what is missing by record."""
    _, out = forgery.run_command("verify", "--root", str(kept.folder), "--format", "json", *words)
    found = json.loads(out)
    doubts = set()
    outcomes = {}
    for answer in found["answers"]:
        outcomes[answer["key"]] = answer["outcome"]
        doubts |= {(doubt["slug"], doubt["path"]) for doubt in answer["doubts"]}
    missing = set()
    for release in found["releases"]:
        missing |= {(release["release"], link["link"]) for link in release["missing"]}
    return doubts, outcomes, missing


# --- what a forger adds
# --------------------------------------------------------------------------------------------------


def add_record(number: int, **changes: str) -> ForgeryStep:
    """One more record after the last: a copy of it, chained on, with other words."""

    def step(kept: SignedManual) -> None:
        before = (kept.folder / f"releases/{number - 1:04d}.yml").read_bytes()
        text = before.decode()
        words = {
            "release": str(number),
            "previous": sha256(before),
            "recorded": "2024-08-01",
            "effective": "2024-08-01",
            **changes,
        }
        lines = []
        for line in text.split("\n"):
            key = line.partition(":")[0]
            if key == "evidence":
                lines.append(line)
            elif key in words:
                lines.append(f"{key}: {words[key]}")
            elif "kind: candidate" not in line:
                lines.append(line)
        text = re.sub(r"number: \d+/", f"number: {number}/", "\n".join(lines))
        text = re.sub(r"revision: \d+", f"revision: {number}", text)
        kept.repo.write({f"releases/{number:04d}.yml": text})

    return step


def own_paper(number: int) -> ForgeryStep:
    """Evidence of its own, as a signed decision would have."""

    def step(kept: SignedManual) -> None:
        data = b"%%PDF-1.7 %d\r\n" % number
        path = f"releases/evidence/{number:04d}.pdf"
        kept.repo.write({path: data})
        digest = hashlib.sha256(data).hexdigest()
        edit(
            f"releases/{number:04d}.yml",
            r"kind: signed-file, file: [^,]+, digest: \w+",
            f"kind: signed-file, file: {path}, digest: {digest}",
        )(kept)

    return step


def seal(number: int, key: str) -> ForgeryStep:
    return reseal(number, key=key)


def names_signers(number: int, key: str) -> ForgeryStep:
    """The record pins the key of another signer."""
    return lambda kept: names_signers_in(number, kept.keys.line(key))(kept)


def names_signers_in(number: int, line: str) -> ForgeryStep:
    """The record pins other allowed signers, whose file lies in the repository."""

    def step(kept: SignedManual) -> None:
        kept.repo.write({"x": line})
        blob = kept.repo.git("hash-object", "-w", "x")
        (kept.folder / "x").unlink()
        edit(
            f"releases/{number:04d}.yml",
            r"(releases/allowed_signers, blob: )\w+(, digest: )\w+",
            rf"\g<1>{blob}\g<2>{sha256(line.encode())}",
        )(kept)

    return step


def names_settings(number: int, old: str, new: str) -> ForgeryStep:
    """The record pins other settings, with a right that those before did not give."""

    def step(kept: SignedManual) -> None:
        text = kept.read("qms.yml")
        changed = text.replace(old, new)
        assert changed != text
        kept.repo.write({"x": changed})
        blob = kept.repo.git("hash-object", "-w", "x")
        (kept.folder / "x").unlink()
        edit(
            f"releases/{number:04d}.yml",
            r"(path: qms.yml, blob: )\w+(, digest: )\w+",
            rf"\g<1>{blob}\g<2>{sha256(changed.encode())}",
        )(kept)

    return step


def new_record(number: int, key: str = "", **changes: str) -> ForgeryStep:
    """A record with its own paper; sealed where a key is given."""
    steps = [add_record(number, **changes), own_paper(number)]
    if key:
        steps.append(seal(number, key))
    return in_sequence(*steps)


def evidence(data: bytes, name: str = "releases/evidence/khac.pdf", kind: str = "") -> ForgeryStep:
    """The evidence of the newest record was, from the start, other bytes under another name."""

    def step(kept: SignedManual) -> None:
        kept.repo.write({name: data})
        digest = hashlib.sha256(data).hexdigest()
        edit(
            R4,
            r"kind: signed-file, file: [^,]+, digest: \w+",
            f"kind: {kind or 'signed-file'}, file: {name}, digest: {digest}",
        )(kept)

    return in_sequence(step, reseal(4))


def rewritten_by_merge(kept: SignedManual, *others: str) -> None:
    """Another record 4 on a line of its own, and the old line merged in as its last parent."""
    honest = kept.repo.git("rev-parse", "HEAD")
    text = kept.read(R4)
    kept.repo.git("checkout", "-q", "-b", "khac", "HEAD~1")
    kept.repo.write({R4: text.replace("Ban hành đợt 4", "Ban hành khác")})
    reseal(4)(kept)
    kept.repo.write({PAPER_4: b"%PDF-1.7 4\r\n"})
    commit(kept)
    kept.repo.git("merge", "-q", "-s", "ours", "-m", "Nhập", *others, honest)


def dropped_by_merge(kept: SignedManual) -> None:
    """The line without record 4 goes on, and the old line is merged in as its other parent."""
    honest = kept.repo.git("rev-parse", "HEAD")
    kept.repo.git("checkout", "-q", "-b", "khac", "HEAD~1")
    kept.repo.git("merge", "-q", "-s", "ours", "-m", "Nhập", honest)


def moved_and_made_anew(kept: SignedManual) -> None:
    """The record goes to another name in one commit, and another comes in the next."""
    text = kept.read(R4)
    kept.repo.move(R4, "releases/cu/0004.txt")
    commit(kept)
    kept.repo.write({R4: text.replace("Ban hành đợt 4", "Ban hành khác")})
    reseal(4)(kept)
    commit(kept)


def deleted_and_made_anew(kept: SignedManual) -> None:
    text = kept.read(R4)
    (kept.folder / R4).unlink()
    commit(kept)
    kept.repo.write({R4: text.replace("Ban hành đợt 4", "Ban hành khác")})
    reseal(4)(kept)
    commit(kept)


def moved_away(kept: SignedManual) -> None:
    kept.repo.move(R4, "releases/cu/0004.txt")
    (kept.folder / S4).unlink()
    commit(kept)


def sealed_for_another_purpose(kept: SignedManual) -> None:
    """A signature of the right key over the right bytes, given for something else."""
    data = (kept.folder / R5).read_bytes()
    own = str(kept.keys.private("b"))
    signed = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", own]
    made = subprocess.run(signed, input=data, capture_output=True, check=True).stdout
    kept.repo.write({S5: made})


def added(more: str) -> ForgeryStep:
    """Words at the end of record 5."""
    return lambda kept: kept.repo.write({R5: kept.read(R5) + more})


def approved_by(words: str) -> ForgeryStep:
    """Somebody stands in record 5 who approved before the signer."""
    step = edit(R5, "^effective:", f"approvals:\n  - {{{words}}}\neffective:")
    return in_sequence(new_record(5), step, seal(5, "b"))


def later_key(options: str) -> ForgeryStep:
    """Record 4 lets a stranger's key in, within bounds, and record 5 is sealed by it."""

    def step(kept: SignedManual) -> None:
        who, key = kept.keys.line("x").split(" ", 1)
        names_signers_in(4, f"{kept.keys.line('b')}{who} {options} {key}")(kept)

    return in_sequence(step, reseal(4), new_record(5, "x"))


def rewritten_by_octopus(kept: SignedManual) -> None:
    """Another record 4, and the old line merged in as the third parent."""
    kept.repo.git("checkout", "-q", "-b", "ben", "HEAD~1")
    kept.repo.write({"ghi-chu.txt": b"x"})
    commit(kept)
    kept.repo.git("checkout", "-q", "main")
    rewritten_by_merge(kept, "ben")


def moved_and_back(kept: SignedManual) -> None:
    """Over three commits, each of them harmless by itself."""
    away = "releases/cu/0004.txt"
    kept.repo.move(R4, away)
    commit(kept)
    edit(away, "Ban hành đợt 4", "Ban hành khác")(kept)
    commit(kept)
    kept.repo.move(away, R4)
    reseal(4)(kept)
    commit(kept)


def document_twice(kept: SignedManual) -> None:
    """The record puts two texts of one document in force, and only one was signed."""
    _, items = kept.read(R5).split("items:\n")
    added(items.replace("revision: 5", "revision: 6"))(kept)


def record_is_a_link(kept: SignedManual) -> None:
    """Git sees where the link leads, and nothing of what changes behind it."""
    kept.repo.move(R4, "releases/that.txt")
    (kept.folder / R4).symlink_to("that.txt")
    commit(kept)


def pins_another_document(kept: SignedManual) -> None:
    blob = kept.repo.git("rev-parse", "HEAD:procedures/qt-kt-01.md")
    new = rf"path: procedures/qt-kt-01.md, blob: {blob}"
    edit(R5, r"path: procedures/qt-vp-01.md, blob: \w+", new)(kept)


def unrelated_history(kept: SignedManual) -> None:
    """Another record 4 without any past, merged in and left behind."""
    kept.repo.git("checkout", "-q", "--orphan", "la")
    edit(R4, "Ban hành đợt 4", "Ban hành khác")(kept)
    commit(kept)
    kept.repo.git("checkout", "-q", "-f", "main")
    kept.repo.git("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "-m", "Nhập", "la")


def grafted(kept: SignedManual) -> None:
    """The other parent of the merge that hides a record is hidden itself."""
    rewritten_by_merge(kept)
    parents = kept.repo.git("rev-parse", "HEAD", "HEAD^1").split()
    kept.repo.write({".git/info/grafts": f"{' '.join(parents)}\n"})


def left_out_of_the_graph(kept: SignedManual) -> None:
    """Git's list of commits and their parents, which it believes, knows first parents alone."""
    rewritten_by_merge(kept)
    kept.repo.git("commit-graph", "write", "--reachable")
    path = kept.folder / ".git/objects/info/commit-graph"
    data = bytearray(path.read_bytes())
    chunks = {data[at : at + 4].decode(): data[at + 4 : at + 12] for at in range(8, 68, 12)}
    start = {name: int.from_bytes(at, "big") for name, at in chunks.items() if name.isalpha()}
    count = int.from_bytes(data[start["OIDF"] + 1020 : start["OIDF"] + 1024], "big")
    for at in range(start["CDAT"], start["CDAT"] + 36 * count, 36):
        data[at + 24 : at + 28] = (0x70000000).to_bytes(4, "big")
    path.chmod(0o644)
    path.write_bytes(data)


def lost_key(since: str) -> ForgeryStep:
    """The key of record 5 was lost, and somebody said so before the record came."""
    line = 'schema: 1\nrevoked:\n  - {{key: "{key} b", from: {since}, reason: mất máy tính}}\n'

    def step(kept: SignedManual) -> None:
        text = line.format(key=kept.keys.public("b"), since=since)
        kept.repo.write({"releases/revoked.yml": text})

    return step


def certificate_authority(kept: SignedManual) -> None:
    """The list lets in whatever a stranger's key certifies."""
    kind, body = kept.keys.public("x").split()[:2]
    names_signers_in(5, f"* cert-authority {kind} {body}\n")(kept)


WHOLE, APPROVER, PROOF, EFFECT = (
    frozenset({key}) for key in ("whole", "approver", "proof", "effect")
)
# The papers bear the signature of another one than the record names.
OTHER_NAME = frozenset({(5, "evidence")})


def doubts(*pairs: tuple[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(pairs)


FORGERIES: dict[str, Forgery] = {
    # records
    "a record that nobody sealed": Forgery(new_record(5), doubts(("seal-missing", R5)), against=WHOLE),
    "a record that is no YAML": Forgery(write(R5, b"{"), doubts(("release-unreadable", R5)), against=WHOLE),
    "a record without its number": Forgery(
        in_sequence(new_record(5, "b"), edit(R5, "^release: 5\n", "")), doubts(("release-unreadable", R5)), against=WHOLE
    ),
    "an empty record": Forgery(write(R5, b""), doubts(("release-unreadable", R5)), against=WHOLE),
    "the newest record made unreadable": Forgery(
        write(R4, b"a: [\n"), doubts(("release-unreadable", R4)), against=WHOLE, witness=3
    ),
    "the decision of another release": Forgery(
        in_sequence(new_record(5), edit(R5, "number: 5/", "number: 4/"), seal(5, "b")), doubts(("recorded-twice", R5)), against=PROOF
    ),
    "the decision of another release, in other letters": Forgery(
        in_sequence(new_record(5), edit(R5, "number: 5/QĐ-VD", 'number: "4/qđ - vd"'), seal(5, "b")),
        doubts(("recorded-twice", R5)), against=PROOF,
    ),
    **{
        f"the decision of another release, as {word}": Forgery(
            in_sequence(new_record(5), edit(R5, "number: 5/QĐ-VD", f'number: "{word}"'), seal(5, "b")),
            doubts(("recorded-twice", R5)), against=PROOF,
        )
        for word in (
            "4/Q\u00d0-VD", "\uff14/QĐ-VD", "04/QĐ-VD", "4/QD–VD", "4/QĐ-VD\u200b.", "số 4/QĐ-VD", "SỐ: 4/QĐ–VD", "Quyết định số 4/QĐ-VD",
            "No. 4/QĐ-VD", "Nr. 4 / QĐ - VD", "n.º 4/QĐ-VD", "№\u00a04/QĐ-VD", "N°4/QĐ-VD", "Decision no. 4/QĐ-VD", "номер 4/QĐ-VD",
            "（４）／ＱĐ－ＶＤ", "4/Q.Đ-VD", "4/QĐ\u2212VD", "4/Q\u00adĐ-VD", "\u0664/QĐ-VD", "4/QĐVD",
        )
    },
    "the decision of another release, with another day of its year": Forgery(
        in_sequence(
            new_record(5), edit(R5, "number: 5/QĐ-VD", 'number: "số 4/QĐ-VD"'), edit(R5, "date: 2024-06-10", "date: 2024-06-11"), seal(5, "b"),
        ),
        doubts(("recorded-twice", R5)), against=PROOF,
    ),
    "the decision of another release, as a notice": Forgery(
        in_sequence(
            new_record(5), edit(R5, "number: 5/QĐ-VD", "number: 4/QĐ-VD"), edit(R5, "kind: decision", "kind: notice"), seal(5, "b"),
        ),
        doubts(("recorded-twice", R5)), against=PROOF,
    ),
    "the signed file of another release": Forgery(
        in_sequence(add_record(5), seal(5, "b")), doubts(("recorded-twice", R5)), against=PROOF
    ),
    "a key written twice": Forgery(
        in_sequence(new_record(5), added("recorded: 2024-07-15\n"), seal(5, "b")), doubts(("release-ambiguous", R5)), against=WHOLE
    ),
    "a second text after its end": Forgery(
        in_sequence(new_record(5), added("---\nrelease: 5\n"), seal(5, "b")), doubts(("release-ambiguous", R5)), against=WHOLE
    ),
    "two texts of one document": Forgery(
        in_sequence(new_record(5), document_twice, seal(5, "b")), doubts(("item-twice", R5)), against=WHOLE
    ),
    "the text of another document": Forgery(
        in_sequence(new_record(5), pins_another_document, seal(5, "b")), doubts(("digest-differs", R5)), against=frozenset({"bound"})
    ),
    "the digest before it in other letters": Forgery(
        in_sequence(new_record(5), lambda kept: edit(R5, r"^previous: \w+", "previous: " + code_of(kept, 4).upper())(kept), seal(5, "b")),
        doubts(("chain-broken", R5)), against=WHOLE,
    ),
    "a record that is a link": Forgery(
        record_is_a_link, doubts(("release-unreadable", R4)), against=WHOLE, witness=3
    ),
    # seals
    "a seal of letters": Forgery(in_sequence(new_record(5), write(S5, b"x")), doubts(("seal-broken", S5)), against=WHOLE),
    "an empty seal": Forgery(in_sequence(new_record(5), write(S5, b"")), doubts(("seal-broken", S5)), against=WHOLE),
    "armour around nothing": Forgery(
        in_sequence(new_record(5), write(S5, b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n")),
        doubts(("seal-broken", S5)), against=WHOLE,
    ),
    "the seal of the record before": Forgery(
        in_sequence(new_record(5), lambda kept: kept.repo.write({S5: (kept.folder / S4).read_bytes()})),
        doubts(("seal-broken", S5)), against=WHOLE,
    ),
    "a seal by a stranger": Forgery(new_record(5, "x"), doubts(("seal-unknown-key", S5)), against=WHOLE),
    "a seal by the key handed over": Forgery(new_record(5, "a"), doubts(("seal-unknown-key", S5)), against=WHOLE),
    "a garbage seal on the first record": Forgery(write("releases/seals/0001.sig", b"x"), doubts(("seal-broken", "releases/seals/0001.sig")), frozenset({(1, "day")}), WHOLE),
    "a signature given for another purpose": Forgery(
        in_sequence(new_record(5), sealed_for_another_purpose), doubts(("seal-broken", S5)), against=WHOLE
    ),
    "a seal by a lost key, on a day before the loss": Forgery(
        in_sequence(new_record(5, "b", recorded="2024-07-15"), lost_key("2024-07-20"), commit), missing=frozenset({(5, "day")})
    ),
    "a seal whose record never came": Forgery(
        in_sequence(new_record(5, "b"), remove(R5)), doubts(("seal-without-record", S5)), against=WHOLE
    ),
    "a seal of no record's number": Forgery(
        in_sequence(new_record(5, "b"), lambda kept: (kept.folder / S5).rename(kept.folder / S0), remove(R5)),
        doubts(("seal-without-record", S0)), against=WHOLE,
    ),
    # trust handed on
    "a certificate of a stranger's by the list of a record": Forgery(
        in_sequence(new_record(5), certificate_authority, seal(5, "b"), new_record(6, "x")), doubts(("seal-unknown-key", S6)), against=WHOLE
    ),
    "a garbage seal, and a stranger's key by its list": Forgery(
        in_sequence(
            new_record(5), names_signers(5, "x"), write(S5, b"x"), new_record(6, "x"),
        ),
        doubts(("seal-broken", S5)), frozenset({(6, "key")}), WHOLE,
    ),
    "no seal, and a stranger's key by its list": Forgery(
        in_sequence(new_record(5), names_signers(5, "x"), new_record(6, "x")),
        doubts(("seal-missing", R5)), frozenset({(6, "key")}), WHOLE,
    ),
    "a stranger who seals his own list": Forgery(
        in_sequence(new_record(5), names_signers(5, "x"), seal(5, "x")), doubts(("seal-unknown-key", S5)), against=WHOLE
    ),
    "a stranger's list, and a third key by the next": Forgery(
        in_sequence(
            new_record(5), names_signers(5, "x"), seal(5, "x"), new_record(6), names_signers(6, "y"), seal(6, "x")
        ),
        doubts(("seal-unknown-key", S5)), frozenset({(6, "key")}), WHOLE,
    ),
    "a key that was allowed only later": Forgery(
        later_key('valid-after="20240901"'), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3
    ),
    "a key whose time was over": Forgery(
        later_key('valid-before="20240701"'), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3
    ),
    "a key that was allowed for another purpose": Forgery(
        later_key('namespaces="git"'), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3
    ),
    # days
    "no day, and a garbage seal": Forgery(
        in_sequence(new_record(5, recorded="unknown"), write(S5, b"x")), doubts(("seal-broken", S5)), frozenset({(5, "day")}), WHOLE
    ),
    "no day, and a stranger's seal": Forgery(
        new_record(5, "x", recorded="unknown"), doubts(("seal-unknown-key", S5)), frozenset({(5, "day")}), WHOLE
    ),
    "no day, with the right key": Forgery(new_record(5, "b", recorded="unknown"), missing=frozenset({(5, "day")})),
    "a day that is none": Forgery(
        new_record(5, "b", recorded="2024-02-31"), doubts(("recorded-impossible", R5)), frozenset({(5, "day")}), EFFECT
    ),
    "a day in words": Forgery(
        new_record(5, "b", recorded="hôm qua"), doubts(("recorded-impossible", R5)), frozenset({(5, "day")}), EFFECT
    ),
    **{
        f"a day of signing written as {word}": Forgery(
            in_sequence(new_record(5), edit(R5, "date: 2024-06-10", f'date: "{word}"'), seal(5, "b")),
            doubts(("release-misread", R5)), against=WHOLE,
        )
        for word in ("2024-06-10T00:30:00+07:00", "2024-06-09T17:30:00Z", "2024-06-10Z", "10/6/2024", "2024-6-10")
    },
    "a day of effect with a zone": Forgery(
        new_record(5, "b", effective="2024-08-01T00:00:00+07:00"), doubts(("effective-unknown", R5)), against=EFFECT
    ),
    "a day of recording with a zone": Forgery(
        new_record(5, "b", recorded="2024-08-01T23:30:00-11:00"), doubts(("recorded-impossible", R5)), frozenset({(5, "day")}), EFFECT
    ),
    "a day to come": Forgery(
        new_record(5, "b", recorded="2030-01-01"), doubts(("recorded-ahead", R5)), frozenset({(5, "day")}), EFFECT
    ),
    "a day before the record before": Forgery(
        in_sequence(new_record(5, recorded="2024-06-15"), edit(R5, "date: 2024-06-10", "date: 2024-06-12"), seal(5, "b")),
        doubts(("recorded-backwards", R5)), frozenset({(5, "day")}), EFFECT,
    ),
    "a day before the signature": Forgery(
        in_sequence(new_record(5), edit(R5, "date: 2024-06-10", "date: 2024-08-05"), seal(5, "b")),
        doubts(("recorded-before-signed", R5)), frozenset({(5, "day")}), EFFECT,
    ),
    "an effect long before the signature": Forgery(
        new_record(5, "b", effective="2024-01-01"), doubts(("effect-before-signature", R5)), against=EFFECT
    ),
    # roles and rights
    "a signer who is nobody": Forgery(
        in_sequence(new_record(5), edit(R5, "person: le-thi-mau", "person: ke-la"), seal(5, "b")),
        doubts(("signer-unknown", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a signer whose name is nobody's": Forgery(
        in_sequence(new_record(5), edit(R5, "person: le-thi-mau", "person: Nguyễn Thị Lạ"), seal(5, "b")),
        doubts(("signer-unknown", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a signer with another's role": Forgery(
        in_sequence(new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"), seal(5, "b")),
        doubts(("signer-not-holder", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a role that may not approve the type": Forgery(
        in_sequence(new_record(5), edit(R5, "person: le-thi-mau, role: giam-doc", "person: tran-van-pho, role: pho"), seal(5, "b")),
        doubts(("signer-may-not-approve", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a role that may not withdraw the type": Forgery(
        in_sequence(
            new_record(5), edit(R5, r"items:\n(.*\n)+", "items:\n  - {code: QT KT 01, act: withdraw, title: x}\n"),
            edit(R5, "person: le-thi-mau, role: giam-doc", "person: tran-van-pho, role: pho"), seal(5, "b"),
        ),
        doubts(("signer-may-not-approve", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a role that nobody knows": Forgery(
        in_sequence(new_record(5), edit(R5, "role: giam-doc", "role: vua"), seal(5, "b")),
        doubts(("signer-role-unknown", R5)), against=APPROVER,
    ),
    "a right that the signer gives his role in the very release": Forgery(
        in_sequence(
            new_record(5), edit(R5, "person: le-thi-mau, role: giam-doc", "person: tran-van-pho, role: pho"),
            names_settings(5, "approves: [form]", "approves: [form, procedure]"), seal(5, "b"),
        ),
        doubts(("right-self-given", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a role that the signer gives himself in the very release": Forgery(
        in_sequence(
            new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"),
            names_settings(5, "holds: [{role: pho,", "holds: [{role: giam-doc, from: 2020-01-01}, {role: pho,"), seal(5, "b"),
        ),
        doubts(("right-self-given", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "a person who comes with the very release": Forgery(
        in_sequence(
            new_record(5), edit(R5, "person: le-thi-mau", "person: ke-la"),
            names_settings(5, "people:\n", "people:\n  ke-la: {name: Kẻ Lạ, holds: [{role: giam-doc, from: 2020-01-01}]}\n"),
            seal(5, "b"),
        ),
        doubts(("right-self-given", R5)), missing=OTHER_NAME, against=APPROVER,
    ),
    "an approval by somebody who is nobody": Forgery(
        approved_by("person: ke-la, role: giam-doc"), doubts(("signer-unknown", R5)), against=APPROVER
    ),
    "an approval by a name that is nobody's, without a role": Forgery(
        approved_by("person: Kẻ Lạ"), doubts(("signer-unknown", R5)), against=APPROVER
    ),
    "an approval in a role that is another's": Forgery(
        approved_by("person: tran-van-pho, role: giam-doc"), doubts(("signer-not-holder", R5)), against=APPROVER
    ),
    "an approval before the role was held": Forgery(
        approved_by("person: tran-van-pho, role: pho, date: 2019-12-31"), doubts(("signer-not-holder", R5)), against=APPROVER
    ),
    "an approval in a role that nobody knows": Forgery(
        approved_by("person: tran-van-pho, role: vua"), doubts(("signer-role-unknown", R5)), against=APPROVER
    ),
    "a role that ended the day before the signature": Forgery(
        in_sequence(names_settings(4, "to: 2024-12-31}", "to: 2024-06-09}"), reseal(4), new_record(5, "b")),
        doubts(("signer-not-holder", R4), ("signer-not-holder", R5)), against=APPROVER, witness=3,
    ),
    "a right that was taken from the role by the release before": Forgery(
        in_sequence(names_settings(4, "[manual, procedure]", "[manual]"), reseal(4), new_record(5, "b")),
        doubts(("signer-may-not-approve", R5)), against=APPROVER, witness=3,
    ),
    # merges and moved files
    "a record replaced behind a merge of three": Forgery(
        rewritten_by_octopus, doubts(("release-hidden", R4)), against=WHOLE, witness=3
    ),
    "a record moved away, changed there, and moved back": Forgery(
        moved_and_back, doubts(("release-rewritten", R4)), against=WHOLE, witness=3
    ),
    "a record replaced behind a merge": Forgery(
        rewritten_by_merge, doubts(("release-hidden", R4)), against=WHOLE, witness=3
    ),
    "a record dropped behind a merge": Forgery(
        dropped_by_merge, doubts(("release-vanished", R3)), against=WHOLE, witness=3
    ),
    "a record moved away": Forgery(moved_away, doubts(("release-vanished", R3)), against=WHOLE, witness=3),
    "a record moved away, and another made": Forgery(
        moved_and_made_anew, doubts(("release-rewritten", R4)), against=WHOLE, witness=3
    ),
    "a record deleted, and another made": Forgery(
        deleted_and_made_anew, doubts(("release-rewritten", R4)), against=WHOLE, witness=3
    ),
    "a record of another history hidden behind a merge": Forgery(
        unrelated_history, doubts(("release-hidden", R4)), against=WHOLE, witness=3
    ),
    "a merge whose other parent a list of git's own leaves out": Forgery(
        left_out_of_the_graph, doubts(("release-hidden", R4)), against=WHOLE, witness=3
    ),
    "a merge whose other parent is grafted away": Forgery(grafted, doubts(("release-hidden", R4)), against=WHOLE, witness=3),
    # evidence
    "evidence beside the manual": Forgery(
        in_sequence(new_record(5), edit(R5, "file: releases/evidence/0005.pdf", "file: ../keys/qd-4.pdf"), seal(5, "b")),
        doubts(("evidence-missing", R5)), frozenset({(5, "evidence")}), PROOF,
    ),
    "evidence among what git keeps": Forgery(
        in_sequence(new_record(5), edit(R5, "file: releases/evidence/0005.pdf", "file: .git/config"), seal(5, "b")),
        doubts(("evidence-missing", R5)), frozenset({(5, "evidence")}), PROOF,
    ),
    "a record as evidence of another": Forgery(
        in_sequence(new_record(5), edit(R5, "file: releases/evidence/0005.pdf", "file: releases/0004.yml"), seal(5, "b")),
        doubts(("evidence-differs", R5)), frozenset({(5, "evidence")}), PROOF,
    ),
    "evidence that is empty": Forgery(evidence(b""), missing=frozenset({(4, "evidence")}), witness=3),
    "evidence of blanks": Forgery(evidence(b" \n\0"), missing=frozenset({(4, "evidence")}), witness=3),
    "a .pdf that is a text": Forgery(evidence(b"da ky"), missing=frozenset({(4, "evidence")}), witness=3),
    "an .asc that is no signature": Forgery(
        evidence(b"da ky\n", "releases/evidence/qd.asc"), missing=frozenset({(4, "evidence")}), witness=3
    ),
    "an .asc whose armour holds nothing": Forgery(
        evidence(b"-----BEGIN PGP SIGNATURE-----\n\nda ky\n-----END PGP SIGNATURE-----\n", "releases/evidence/qd.asc"),
        missing=frozenset({(4, "evidence")}), witness=3,
    ),
    "a .p7s that is a text": Forgery(
        evidence(b"da ky\n", "releases/evidence/qd.p7s"), missing=frozenset({(4, "evidence")}), witness=3
    ),
    "a picture called a signed file": Forgery(
        evidence(b"\x89PNG\r\n\x1a\n", "releases/evidence/qd.png"), missing=frozenset({(4, "evidence")}), witness=3
    ),
    "a picture called .pdf": Forgery(
        evidence(b"\x89PNG\r\n\x1a\n" + b"0" * 40), missing=frozenset({(4, "evidence")}), witness=3
    ),
    "the signed file replaced by a picture of the same name": Forgery(
        write(PAPER_4, b"\x89PNG\r\n\x1a\n"), doubts(("evidence-differs", R4)), frozenset({(4, "evidence")}), PROOF
    ),
    "a scan that is no picture": Forgery(
        evidence(b"GIF", "releases/evidence/qd.jpg", "scan"), missing=frozenset({(4, "evidence")}), witness=3
    ),
}  # fmt: skip


def code_of(kept: SignedManual, number: int) -> str:
    return sha256((kept.folder / f"releases/{number:04d}.yml").read_bytes())


def assert_told(row: Forgery, template: SignedManual, kept: SignedManual) -> dict[str, str]:
    """Forge, and ask beside the honest witness: just what the row says is told.

    Return the outcome of every question.
    """
    row.step(kept)
    found, outcomes, missing = told(kept, "--witness", code_of(template, row.witness))
    assert (found, missing) == (set(row.doubts), set(row.missing))
    assert {key for key, outcome in outcomes.items() if outcome == "no"} == row.against
    return outcomes


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_never_passes_as_whole(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    row = FORGERIES[name]
    _, honest, _ = told(template, "--witness", code_of(template, row.witness))
    outcomes = assert_told(row, template, kept)
    links = {link for _, link in row.missing}
    if links & {"seal", "key", "day"} or row.against == WHOLE:
        assert outcomes["whole"] != "yes"
    else:
        assert outcomes["whole"] == honest["whole"] == "yes"
    if "evidence" in links and row.against != PROOF:
        assert outcomes["proof"] == "not-evidenced"


def test_there_are_sixty_and_more() -> None:
    assert len(FORGERIES) >= 60


def test_a_lost_key_and_an_earlier_day_hand_on_no_trust(kept: SignedManual) -> None:
    """Git saw the record after the loss: who holds the key can have written any day before."""
    in_sequence(
        new_record(5, recorded="2024-07-15"), names_signers(5, "x"), seal(5, "b"),
        lost_key("2024-07-20"), commit, new_record(6, "x"), commit,
    )(kept)  # fmt: skip
    _, outcomes, missing = told(kept, "--witness", code_of(kept, 4))
    assert (outcomes["whole"], missing) == ("not-evidenced", {(5, "day"), (6, "key")})
    _, outcomes, missing = told(kept, "--witness", code_of(kept, 6))
    assert (outcomes["whole"], missing) == ("yes", set())


def test_an_effect_is_not_evidenced_where_the_day_of_signing_is_unknown(kept: SignedManual) -> None:
    step = edit(R5, "date: 2024-06-10", "date: unknown")
    in_sequence(new_record(5, effective="2024-01-01"), step, seal(5, "b"))(kept)
    found, outcomes, _ = told(kept, "--witness", code_of(kept, 4))
    assert (found, outcomes["effect"]) == (set(), "not-evidenced")


def test_without_a_witness_or_first_signers_it_says_what_is_missing(template: SignedManual) -> None:
    _, outcomes, missing = told(template)
    assert outcomes["whole"] == "not-evidenced"
    assert missing == {(1, "seal"), (2, "key"), (3, "key"), (4, "key")}
    signers = template.keys.folder / "tin-cay"
    signers.write_text(template.keys.line("a"), encoding="utf-8")
    _, outcomes, missing = told(template, "--trust", str(signers))
    assert (outcomes["whole"], missing) == ("not-evidenced", set())


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# van-thu\n", b"da tin\n"])
def test_what_is_to_be_trusted_and_names_nothing_is_an_error(
    template: SignedManual, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "tin-cay").write_bytes(data)
    root = ("verify", "--root", str(template.folder))
    for word in (tmp_path / "tin-cay", tmp_path):
        assert forgery.run_command(*root, "--trust", str(word))[0] == 2


@pytest.mark.parametrize("word", ["", "  ", "khong-co.txt", "K7QF-2M9X", "/dev/null"])
def test_a_witness_that_names_no_code_is_an_error(template: SignedManual, word: str) -> None:
    assert forgery.run_command("verify", "--root", str(template.folder), "--witness", word)[0] == 2


def test_a_record_put_right_on_a_branch_until_it_is_merged_is_silent(kept: SignedManual) -> None:
    kept.repo.git("checkout", "-q", "-b", "de-nghi")
    new_record(5, "b")(kept)
    commit(kept)
    edit(R5, "^title: .*", "title: Sửa lại")(kept)
    reseal(5, key="b")(kept)
    commit(kept)
    kept.repo.git("checkout", "-q", "main")
    kept.repo.git("merge", "-q", "--no-ff", "-m", "Nhập", "de-nghi")
    assert told(kept)[0] == set()


def draft_pinned(kept: SignedManual) -> None:
    """The newest record pins the draft at hand: its code stays the old one."""
    draft = kept.read("procedures/qt-kt-01.md") + "\nDự thảo chưa ai ký.\n"
    kept.repo.write({"procedures/qt-kt-01.md": draft})
    commit(kept)
    blob = kept.repo.git("rev-parse", "HEAD:procedures/qt-kt-01.md")
    edit(R3, r"(qt-kt-01.md, blob: )\w+", rf"\g<1>{blob}")(kept)
    rechain(4)(kept)
    reseal(3, 4)(kept)


def test_a_pin_that_leads_to_a_draft_is_never_in_force(kept: SignedManual, tmp_path: Path) -> None:
    draft_pinned(kept)
    root = ("--root", str(kept.folder))
    assert forgery.run_command("diff", "QT KT 01", "3", *root)[0] == 2
    status, _ = forgery.run_command(
        "as-of", "2024-12-01", *root, "--texts", str(tmp_path / "texts")
    )
    assert status == 1
    assert not (tmp_path / "texts/procedures/qt-kt-01.md").exists()
    assert (tmp_path / "texts/procedures/qt-vp-01.md").exists()
    assert ("digest-differs", R3) in told(kept)[0]
