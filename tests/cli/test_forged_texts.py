"""Forgeries that bring one thing in under the name of another: texts, files, rights, evidence, times.

By somebody who may propose any file, or who has the recorder's key and no right. Read as
`test_forgeries`.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from qmstool.releases.record import digest_parts
from tests.cli import (
    test_forged_acts,
    test_forged_circulation,
    test_forgeries,
)
from tests.cli.test_forged_acts import (
    HOLDS,
    NEW,
    TEXT,
    deputy,
    items,
    says,
)
from tests.cli.test_forgeries import (
    APPROVER,
    OTHER_NAME,
    R5,
    R6,
    S5,
    WHOLE,
    Forgery,
    assert_told,
    code_of,
    doubts,
    lost_key,
    names_settings,
    new_record,
    seal,
    told,
)
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    BLACK,
    PICTURE,
    R4,
    WHITE,
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

OWN = "procedures/qt-vp-01.md"
OTHER = "procedures/qt-kt-01.md"
BOUND = frozenset({"bound"})
KIND = r"  - \{kind: signed-file.*\n"
FORM = TEXT.format(kind="form").replace("QT MM 09", "BM MM 09")


def acts_on(
    code: str, files: dict[str, bytes], number: int = 5, act: str = "revise", revision: int = 9
) -> ForgeryStep:
    """A record puts files in force as one document; all of them are in git, somewhere."""

    def step(kept: SignedManual) -> None:
        record = kept.read(f"releases/{number:04d}.yml")
        (kept.folder / f"releases/{number:04d}.yml").unlink()
        lines = []
        for index, (path, data) in enumerate(files.items()):
            kept.repo.write({f"xa-{index}.bin": data})
            blob = kept.repo.git("hash-object", f"xa-{index}.bin")
            lines.append(f"      - {{path: {path}, blob: {blob}}}\n")
        kept.repo.git("add", ".")
        kept.repo.git(
            "commit", "-q", "-m", "Sửa lỗi gõ", "--", *(f"xa-{n}.bin" for n in range(len(files)))
        )
        kept.repo.write({f"releases/{number:04d}.yml": record})
        texts = [data for path, data in files.items() if path.endswith(".md")]
        rest = [data for path, data in files.items() if not path.endswith(".md")]
        head = f"  - code: {code}\n    act: {act}\n    title: x\n    issue: 1\n    revision: {revision}\n"
        digest = f"    digest: {digest_parts(texts, rest)}\n"
        items(f"{head}{digest}    files:\n{''.join(lines)}", number)(kept)

    return step


def with_files(code: str, more: dict[str, bytes], act: str = "revise") -> ForgeryStep:
    """QT VP 01 as it is, with files that are none of its own beside it."""

    def step(kept: SignedManual) -> None:
        own = {OWN: kept.read(OWN).encode(), PICTURE: BLACK}
        acts_on(code, own | more, act=act)(kept)

    return step


def form(
    number: int = 5, code: str = "BM MM 09", more: dict[str, bytes] | None = None
) -> ForgeryStep:
    """A new form, which the deputy may approve."""
    text = FORM.replace("BM MM 09", code).encode()
    return acts_on(code, {NEW: text, **(more or {})}, number, "new", 0)


def sealed(*steps: ForgeryStep) -> ForgeryStep:
    return in_sequence(new_record(5), *steps, seal(5, "b"))


def beside_the_texts(path: str) -> ForgeryStep:
    """A record pins a text that is somewhere in git among the data beside its own."""

    def step(kept: SignedManual) -> None:
        blob = kept.repo.git("rev-parse", f"HEAD:{OWN}")
        digest = hashlib.sha256(kept.read(OWN).encode()).hexdigest()
        pin = f"  - {{path: {path}, blob: {blob}, digest: {digest}}}\n"
        edit(R5, r"^(  - \{path: qms.yml.*\n)", rf"\g<1>{pin}")(kept)

    return step


def proof(line: str) -> ForgeryStep:
    return edit(R5, KIND, line)


def kept_file_as_proof(path: str, kind: str) -> ForgeryStep:
    def step(kept: SignedManual) -> None:
        digest = hashlib.sha256((kept.folder / path).read_bytes()).hexdigest()
        proof(f"  - {{kind: {kind}, file: {path}, digest: {digest}}}\n")(kept)

    return step


def candidate_elsewhere(kept: SignedManual) -> None:
    """The candidate lies among the evidence, where nobody compared it."""
    path = "releases/evidence/ho-so.yml"
    kept.repo.write({path: kept.read("releases/candidates/dot-4.yml")})
    digest = hashlib.sha256((kept.folder / path).read_bytes()).hexdigest()
    edit(
        R5, "^evidence:\n", f"evidence:\n  - {{kind: candidate, file: {path}, digest: {digest}}}\n"
    )(kept)


def own_signer_renamed(kept: SignedManual) -> None:
    """At the tip the deputy bears the name of the one who signed the paper."""
    edit("qms.yml", "name: Trần Văn Phó", "name: Lê Thị Mẫu")(kept)
    edit("qms.yml", "le-thi-mau:\n    name: Lê Thị Mẫu", "le-thi-mau:\n    name: Lê Thị Khác")(kept)


LOST = (new_record(5, "b", recorded="2024-07-15"), lost_key("2024-07-20"), commit)
MISSING = frozenset({(5, "evidence")})
FORGERIES: dict[str, Forgery] = {
    # texts and files
    "a text of another document beside its own": Forgery(
        sealed(with_files("QT VP 01", {OTHER: b"---\ncode: QT KT 01\ntype: procedure\n---\nL.\n"})), doubts(("text-of-another", R5), ("file-contested", R5)), against=BOUND
    ),
    "a document in the text of another": Forgery(
        sealed(with_files("BM MM 09", {}, act="new"), deputy()),
        doubts(("text-of-another", R5), ("signer-may-not-approve", R5)), OTHER_NAME, BOUND | APPROVER,
    ),
    **{
        f"a file of a document at {path}": Forgery(
            sealed(with_files("QT VP 01", {path: b"x"})), doubts(("pin-misplaced", R5)), against=WHOLE
        )
        for path in ("releases/0004.yml", "releases/readings.yml", "/etc/qms.conf", "../ngoai.png", ".git/hooks/x", "a/.an/x.png", "a\\\\..\\\\x")
    },
    **{
        f"data beside the texts at {path}": Forgery(
            sealed(beside_the_texts(path)), doubts(("pin-misplaced", R5)), against=WHOLE
        )
        for path in (OTHER, "manual/moi.md", ".git/hooks/post-commit", "../ngoai", "releases/0003.yml", "mkdocs.yml")
    },
    "a procedure behind the text of a form under one code": Forgery(
        sealed(
            acts_on("ZZ-9", {"procedures/a.md": b"---\ntype: form\n---\nA.\n", NEW: b"---\ncode: ZZ-9\ntype: procedure\n---\nB.\n"}, 5, "new", 0), deputy(),
        ),
        doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER,
    ),
    "a document of a type that nobody can tell": Forgery(
        sealed(acts_on("ZZ-9", {"procedures/zz.bin": b"x"}, 5, "new", 0), deputy()), missing=OTHER_NAME | frozenset({(5, "signer")})
    ),
    "a record of another number than its file": Forgery(sealed(edit(R5, "release: 5", "release: 6")), doubts(("release-misread", R5)), against=WHOLE),
    "the picture of a procedure, by a form": Forgery(
        sealed(form(more={PICTURE: WHITE}), deputy()), doubts(("file-contested", R5)), OTHER_NAME, BOUND
    ),
    "a key of a record that nobody reads": Forgery(sealed(says("mend: [4]")), doubts(("release-misread", R5)), against=WHOLE),
    # rights
    "a record of procedures put right by a form": Forgery(
        sealed(form(), says("mends: [4]"), deputy()), doubts(("signer-may-not-approve", R5)), OTHER_NAME | frozenset({(5, "undone")}), APPROVER
    ),
    "a scheduled release of procedures replaced by a form": Forgery(
        in_sequence(new_record(5, "b", effective="2025-03-01"), new_record(6), form(6), says("cancels: [5]", 6), deputy(6), seal(6, "b")),
        doubts(("signer-may-not-approve", R6)), frozenset({(6, "evidence")}), APPROVER,
    ),
    "people who are written twice in the settings before": Forgery(
        in_sequence(
            names_settings(4, "people:\n", "people:\n  ke-la: {name: Lê Thị Mẫu, holds: [{role: giam-doc, from: 2020-01-01}]}\npeople:\n"),
            reseal(4), new_record(5), edit(R5, "person: le-thi-mau", "person: ke-la"), seal(5, "b"),
        ),
        doubts(("settings-ambiguous", R4), ("settings-ambiguous", R5)), against=APPROVER, witness=3,
    ),
    "settings before that cannot all be read": Forgery(
        in_sequence(names_settings(4, "people:", "people: [\n"), reseal(4), new_record(5), deputy(), seal(5, "b")),
        doubts(("settings-ambiguous", R4), ("settings-ambiguous", R5)), frozenset({(5, "signer"), (5, "evidence")}), APPROVER, 3,
    ),
    **{
        f"a procedure in letters of another kind, {code!a}": Forgery(
            sealed(form(code=code), deputy()), doubts(("signer-may-not-approve", R5), ("code-contested", R5)), OTHER_NAME, APPROVER | BOUND
        )
        for code in ("\uff31\uff34 \uff36\uff30 \uff10\uff11", "QT VP 01\u200b", "QT VP 0\uff11", "QT V\u0420 01")
    },
    "a role that ends before it begins": Forgery(
        in_sequence(
            names_settings(4, HOLDS, "holds: [{role: giam-doc, from: 2024-06-10, to: 2024-06-09}, {role: pho,"), reseal(4),
            new_record(5), edit(R5, "person: le-thi-mau", "person: tran-van-pho"), seal(5, "b"),
        ),
        doubts(("signer-not-holder", R5)), OTHER_NAME, APPROVER, 3,
    ),
    # evidence
    "a seal as a scan": Forgery(sealed(kept_file_as_proof("releases/seals/0004.sig", "scan")), missing=MISSING),
    "the list of signers as a paper": Forgery(sealed(kept_file_as_proof("releases/allowed_signers", "paper")), missing=MISSING),
    "another record as a paper": Forgery(sealed(kept_file_as_proof(R4, "paper")), missing=MISSING),
    **{
        f"a paper that is {word}": Forgery(sealed(proof(f'  - {{kind: paper, reference: "{word}", original: "{word}"}}\n')), missing=MISSING)
        for word in ("unknown", "-", "…", "?")
    },
    "a candidate that lies elsewhere": Forgery(sealed(candidate_elsewhere), doubts(("not-as-signed", R5), ("recorded-twice", R5)), against=BOUND | frozenset({"proof"})),
    "a signer who bears another's name at the tip": Forgery(
        in_sequence(new_record(5), form(), deputy(), seal(5, "b"), own_signer_renamed), missing=OTHER_NAME
    ),
    # keys
    "a lost key that nobody says is lost any more": Forgery(
        in_sequence(*LOST, remove("releases/revoked.yml"), commit),
        doubts(("revocation-gone", "releases/revoked.yml")), frozenset({(5, "day")}), WHOLE,
    ),
    "a lost key that was lost only later": Forgery(
        in_sequence(*LOST, edit("releases/revoked.yml", "2024-07-20", "2024-09-20"), commit),
        doubts(("revocation-gone", "releases/revoked.yml")), frozenset({(5, "day")}), WHOLE,
    ),
    "a seal behind signs that nobody sees": Forgery(
        in_sequence(new_record(5, "b"), lambda kept: write(S5, b"\xef\xbb\xbf" + (kept.folder / S5).read_bytes())(kept)),
        doubts(("seal-broken", S5)), against=WHOLE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    row = FORGERIES[name]
    outcomes = assert_told(row, template, kept)
    if "evidence" in {link for _, link in row.missing}:
        assert outcomes["proof"] == "not-evidenced"


def test_a_form_by_whoever_may_approve_forms_is_silent(kept: SignedManual) -> None:
    sealed(form(), deputy())(kept)
    assert told(kept)[0] == set()


def test_a_key_that_was_revoked_by_a_slip_may_be_put_right_until_it_seals(
    kept: SignedManual,
) -> None:
    in_sequence(lost_key("2024-07-20"), commit, remove("releases/revoked.yml"), commit)(kept)
    assert told(kept)[0] == set()


def test_no_document_takes_the_place_of_the_data_beside_the_texts(
    kept: SignedManual, tmp_path: Path
) -> None:
    """A text may carry any file; settings and mapping in force are those of the newest release."""
    before = kept.read("qms.yml")
    forged = before.replace("approves: [form]", "approves: [form, procedure]").encode()
    sealed(with_files("QT VP 01", {"qms.yml": forged}), commit)(kept)
    out = tmp_path / "ra"
    words = ("as-of", "2024-11-01", "--root", str(kept.folder), "--texts", str(out))
    assert forgery.run_command(*words)[0] == 0
    assert (out / "qms.yml").read_text(encoding="utf-8") == before


def test_no_data_beside_the_texts_takes_the_place_of_a_document(
    kept: SignedManual, tmp_path: Path
) -> None:
    honest = kept.read(OTHER)
    sealed(beside_the_texts(OTHER), commit)(kept)
    out = tmp_path / "ra"
    words = ("as-of", "2024-11-01", "--root", str(kept.folder), "--texts", str(out))
    assert forgery.run_command(*words)[0] == 0
    assert (out / OTHER).read_text(encoding="utf-8") == honest


def committed_at(kept: SignedManual, person: str, time: str, recorded: str = "2024-08-01") -> None:
    """A commit of what git itself would not write, as anybody can make one."""
    new_record(5, "b", recorded=recorded)(kept)
    kept.repo.git("add", "-A")
    tree, parent = kept.repo.git("write-tree"), kept.repo.git("rev-parse", "HEAD")
    head = f"tree {tree}\nparent {parent}\n"
    who = f"author {person} {time}\ncommitter {person} {time}\n" if person else ""
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=f"{head}{who}\nx\n".encode(), cwd=kept.folder, capture_output=True, check=True,
    )  # fmt: skip
    kept.repo.git("update-ref", "refs/heads/main", made.stdout.decode().strip())


@pytest.mark.parametrize(
    ("person", "time"),
    [
        *(("A <a@b>", f"{seconds} +0000") for seconds in ("-1", "x", "0", "253402300800", "99999999999999", "9" * 30)),
        *(("A <a@b>", f"1722470400 {zone}") for zone in ("+9999", "-9959", "", "+24:00")),
        ("A", "1722470400 +0000"), ("", ""),
    ],
)  # fmt: skip
def test_a_time_that_no_calendar_has_ends_nothing(
    kept: SignedManual, person: str, time: str
) -> None:
    committed_at(kept, person, time)
    root = ("--root", str(kept.folder))
    assert told(kept)[0] == set()
    for words in (
        ("check", "--history"),
        ("trail",),
        ("history", "QT VP 01"),
        ("register", "internal"),
    ):
        assert forgery.run_command(*words, *root)[0] in {0, 1}


def test_a_time_that_is_none_proves_no_earlier_day(kept: SignedManual) -> None:
    """The key was lost before git saw the record: only a witness bears it out."""
    in_sequence(lost_key("2024-07-20"), commit)(kept)
    committed_at(kept, "A <a@b>", "-1", recorded="2024-07-15")
    found, outcomes, missing = told(kept, "--witness", code_of(kept, 4))
    assert (found, missing) == (set(), {(5, "day")})
    assert outcomes["whole"] == "not-evidenced"


def test_the_page_says_how_many_forgeries_there_are() -> None:
    from tests.cli import (  # they take from here
        test_forged_files,
        test_forged_slips,
        test_forged_trust,
        test_forged_twins,
    )

    page = (Path(__file__).parents[2] / "docs/reliability.md").read_text(encoding="utf-8")
    told_of = dict(
        re.findall(r"^\| `tests/cli/(test_forge\w+)\.py`.*\| (\d+) \|$", page, re.MULTILINE)
    )
    made = {
        "test_forgeries": len(test_forgeries.FORGERIES),
        "test_forged_acts": len(test_forged_acts.FORGERIES),
        "test_forged_circulation": len(test_forged_circulation.FORGERIES),
        "test_forged_texts": len(FORGERIES),
        "test_forged_files": len(test_forged_files.FORGERIES),
        "test_forged_slips": len(test_forged_slips.FORGERIES),
        "test_forged_trust": len(test_forged_trust.FORGERIES),
        "test_forged_twins": len(test_forged_twins.FORGERIES),
    }
    assert {name: int(count) for name, count in told_of.items()} == made
