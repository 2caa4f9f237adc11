"""Forgeries by what looks alike, what is used twice and what a merge leaves behind: codes, names,
keys in another spelling, days to come, roles given back, odd YAML, tags and folders. Read as
`test_forgeries`; what `git` alone could tell is asked of the commands as well.
"""

from __future__ import annotations

import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest

from qmstool.releases.record import sha256
from tests.cli.test_forged_acts import NEW, TEXT, by_deputy, deputy
from tests.cli.test_forged_circulation import (
    ASKED,
    COPIES,
    KNOWN,
    READINGS,
    REVIEWED,
    REVIEWS,
    of_text_in_force,
    writes,
)
from tests.cli.test_forged_texts import BOUND, OWN, acts_on, sealed, with_files
from tests.cli.test_forged_trust import REVOKED, not_proved
from tests.cli.test_forgeries import (
    APPROVER,
    OTHER_NAME,
    PROOF,
    R5,
    S5,
    WHOLE,
    Forgery,
    assert_told,
    code_of,
    doubts,
    lost_key,
    names_settings,
    names_signers_in,
    new_record,
    seal,
    told,
)
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    R4,
    SignedManual,
    commit,
    edit,
    git,
    in_sequence,
    reseal,
)
from tests.support.machine import needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.cli.forgery import ForgeryStep

pytestmark = needs("ssh-keygen")

OTHER = "procedures/qt-kt-01.md"
OBSOLETE = frozenset({"obsolete"})
BEFORE = "releases/opinions/dot-3.yml"
GAP = ("to: 2024-12-31}]", "to: 2024-06-05}, {role: giam-doc, from: 2024-06-20}]")
ANOTHER = b"---\ntype: procedure\n---\nKh\xc3\xa1c.\n"


def beside(path: str) -> ForgeryStep:
    """QT VP 01 brings a file by a name that another disk takes for that of another document."""
    return sealed(with_files("QT VP 01", {path: ANOTHER}))


def coded(code: str, *steps: ForgeryStep) -> ForgeryStep:
    """One more procedure, whose code a reader takes for that of another."""
    text = TEXT.format(kind="procedure").replace("QT MM 09", code).encode()
    return sealed(acts_on(f'"{code}"', {NEW: text}, 5, "new", 0), *steps)


def said(old: str, new: str) -> ForgeryStep:
    return sealed(edit(R5, old, new))


def taken_over(kept: SignedManual) -> None:
    edit(R5, "^    digest:", "    taken_over: {level: none, claims: []}\n    digest:")(kept)


def merged_otherwise(kept: SignedManual) -> None:
    """The merge itself brings what neither of its parents holds."""
    kept.repo.git("checkout", "-q", "-b", "ben")
    kept.repo.commit("x", {"ghi-chu.txt": "x"}, day="2024-07-20")
    kept.repo.git("checkout", "-q", "main")
    kept.repo.commit("y", {"ghi-chu-2.txt": "x"}, day="2024-07-21")
    kept.repo.git("merge", "-q", "--no-ff", "--no-commit", "ben")
    edit(R4, "Ban hành đợt 4", "Ban hành khác")(kept)
    reseal(4)(kept)
    commit(kept)


def loss_left_behind(kept: SignedManual) -> None:
    """That the key was lost was the tip, and a merge from another line takes nothing of it."""
    base = kept.repo.git("rev-parse", "HEAD")
    lost_key("2024-07-20")(kept)
    honest = kept.repo.commit("Mất khóa", day="2024-07-21")
    kept.repo.git("checkout", "-q", "-b", "khac", base)
    new_record(5, "b")(kept)
    commit(kept)
    kept.repo.git("merge", "-q", "-s", "ours", "-m", "Nhập", honest)


def loses(written: Callable[[SignedManual], str]) -> ForgeryStep:
    """The key of record 5 was lost, and is written in some way."""

    def step(kept: SignedManual) -> None:
        row = f'  - {{key: "{written(kept)}", from: 2024-07-20, reason: mất}}\n'
        kept.repo.write({REVOKED: f"schema: 1\nrevoked:\n{row}"})

    return in_sequence(new_record(5, "b"), step)


def shown_fingerprint(kept: SignedManual) -> str:
    """As ssh-keygen shows it."""
    public = str(kept.keys.private("b").with_suffix(".pub"))
    done = subprocess.run(["ssh-keygen", "-lf", public], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


def lets_in(line: Callable[[SignedManual], str]) -> ForgeryStep:
    """Record 4 lists signers, and a stranger seals the next."""

    def step(kept: SignedManual) -> None:
        names_signers_in(4, line(kept))(kept)

    return in_sequence(step, reseal(4), new_record(5, "x"))


def copy_of_old(days: str) -> ForgeryStep:
    row = f"{{document: QT VP 01, release: 2, unit: VP, {days}}}"
    return writes(COPIES, f"schema: 1\ncopies:\n  - {row}\n")


def opinions_of_another(kept: SignedManual) -> None:
    """What was asked about another candidate is named as evidence, with a day of this one."""
    asked = "{unit: KT, sent: 2024-04-02, answered: 2024-04-03, answer: agrees}"
    text = f"schema: 1\ncandidate: dot-3\nasked:\n  - {asked}\n"
    kept.repo.write({BEFORE: text})
    line = f"  - {{kind: opinions, file: {BEFORE}, digest: {sha256(text.encode())}}}\n"
    edit(R4, "^evidence:\n", f"evidence:\n{line}")(kept)


def moved_evidence(make: Callable[[SignedManual], object]) -> ForgeryStep:
    """The evidence of record 5 is there, and not as the file that the record names."""
    return in_sequence(new_record(5, "b"), make)


def linked(kept: SignedManual) -> None:
    path = kept.folder / "releases/evidence/0005.pdf"
    path.rename(kept.folder / "that.pdf")
    path.symlink_to("../../that.pdf")


def in_capitals(kept: SignedManual) -> None:
    path = kept.folder / "releases/evidence/0005.pdf"
    path.rename(path.with_suffix(".PDF"))


def in_a_folder(kept: SignedManual) -> None:
    path = kept.folder / "releases/evidence/0005.pdf"
    data = path.read_bytes()
    path.unlink()
    kept.repo.write({"releases/evidence/0005.pdf/a.pdf": data})


def in_windows_line_ends(kept: SignedManual) -> None:
    """As a checkout on Windows has them, where no attribute says otherwise."""
    for path in kept.folder.glob("releases/seals/*.sig"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


FORGERIES: dict[str, Forgery] = {
    # codes and names
    **{
        f"a second document whose code looks the same, {code!a}": Forgery(
            coded(code), doubts(("code-contested", R5)), against=BOUND
        )
        for code in ("Q\u0422 VP 01", "QT VP 0\uff11", "QT VP 01\u200b", "\u03a8QT VP 01"[1:].replace("T", "\u03a4"))
    },
    "a document taken over under a code that looks the same": Forgery(
        coded("QT V\u0420 01", taken_over), doubts(("code-contested", R5)), against=BOUND
    ),
    "a second document whose code differs in its accents": Forgery(coded("QT VP Đ1", edit(R5, "revision: 0", "revision: 1"))),
    **{
        f"a file that other disks take for another's, {path}": Forgery(beside(path), doubts(("file-contested", R5)), against=BOUND)
        for path in ("Procedures/qt-kt-01.md", "procedures/QT-KT-01.md", "PROCEDURES/Qt-Kt-01.md")
    },
    # roles
    "a role given up, and taken back after the signature, by the settings of the very release": Forgery(
        in_sequence(new_record(5), names_settings(5, *GAP), seal(5, "b")), doubts(("signer-not-holder", R5)), against=APPROVER
    ),
    "a role given up, and taken back after the signature": Forgery(
        in_sequence(names_settings(4, *GAP), reseal(4), new_record(5, "b")),
        doubts(("signer-not-holder", R4), ("signer-not-holder", R5)), against=APPROVER, witness=3,
    ),
    "a type that the text itself changes": Forgery(
        by_deputy(lambda kept: acts_on("QT KT 01", {OTHER: kept.read(OTHER).replace("type: procedure", "type: form").encode()})(kept)),
        doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER,
    ),
    "a type that bears another name in the settings of the very release": Forgery(
        in_sequence(new_record(5), names_settings(5, "  procedure:", "  thu-tuc:"), deputy(), seal(5, "b")),
        doubts(("signer-may-not-approve", R5)), OTHER_NAME, APPROVER,
    ),
    # merges and git
    "a record that the merge itself changes": Forgery(merged_otherwise, doubts(("release-rewritten", R4)), against=WHOLE, witness=3),
    "a lost key whose loss a merge leaves behind": Forgery(
        loss_left_behind, doubts(("revocation-gone", REVOKED), ("seal-revoked-key", S5)), against=WHOLE
    ),
    "a tag that stands on a text": Forgery(git("tag", "-f", "release/0004", "HEAD:qms.yml"), doubts(("tag-strayed", R4)), against=WHOLE),
    "a branch by the name of a tag": Forgery(git("branch", "release/0004", "HEAD~3")),
    "a tag by the name of the newest commit": Forgery(git("tag", "HEAD", "HEAD~3")),
    # keys
    **{
        f"a lost key that is written as {name}": Forgery(loses(written), doubts(("seal-revoked-key", S5)), against=WHOLE)
        for name, written in (
            ("its fingerprint", shown_fingerprint),
            ("its body alone", lambda kept: kept.keys.public("b").split()[1]),
            ("its line of signers", lambda kept: kept.keys.line("b").strip()),
        )
    },
    **{
        f"a lost key that is {name}": Forgery(loses(written), doubts(("revocation-unread", REVOKED)), against=WHOLE)
        for name, written in (
            ("copied in part", lambda kept: kept.keys.public("b")[:-8]),
            ("called by its owner", lambda _: "b@example.org"),
        )
    },
    **{
        f"a stranger's key {name}": Forgery(lets_in(line), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3)
        for name, line in (
            ("behind another on one line", lambda kept: f"b@example.org {kept.keys.public('b')} {kept.keys.public('x')}\n"),
            ("in a remark", lambda kept: kept.keys.line("b") + "# " + kept.keys.line("x")),
            ("behind a line end of old Macs", lambda kept: kept.keys.line("b").strip() + "\r" + kept.keys.line("x")),
        )
    },
    "seals with line ends of Windows": Forgery(in_windows_line_ends),
    # what goes round
    **{
        f"a copy {name}": Forgery(copy_of_old(days), doubts(("ended-before", COPIES)), against=OBSOLETE)
        for name, days in (
            ("recalled before it was handed out", "handed_out: 2024-06-20, recalled: 2024-03-05"),
            ("recalled before it was received", "handed_out: 2024-03-05, received: 2024-06-01, recalled: 2024-04-01"),
            ("lost before it was handed out", "handed_out: 2024-06-20, lost: 2024-03-05"),
        )
    },
    "a reading on a day to come": Forgery(
        of_text_in_force(READINGS, "person: tran-van-pho, date: 2030-07-02"), doubts(("day-to-come", READINGS)), against=KNOWN
    ),
    "a review on a day to come": Forgery(
        of_text_in_force(REVIEWS, "person: tran-van-pho, date: 2030-07-02, outcome: stands"), doubts(("day-to-come", REVIEWS)), against=REVIEWED
    ),
    "opinions on another release as evidence": Forgery(
        in_sequence(opinions_of_another, reseal(4)), doubts(("opinions-not-recorded", BEFORE)), against=ASKED, witness=3
    ),
    # evidence
    **{
        f"evidence that is {name}": Forgery(
            moved_evidence(make), doubts(("evidence-missing", R5)), against=PROOF
        )
        for name, make in (("a link", linked), ("another by its capitals", in_capitals), ("a folder", in_a_folder))
    },
    # words that YAML has more than one way to write
    "a name behind an anchor": Forgery(
        said("person: le-thi-mau", "person: &a le-thi-mau"), doubts(("release-ambiguous", R5), ("signer-unknown", R5)),
        OTHER_NAME, WHOLE | APPROVER,
    ),
    "a recorder with a type before it": Forgery(
        said("recorder: van-thu", "recorder: !!str van-thu"), doubts(("release-ambiguous", R5)), against=WHOLE
    ),
    **{
        f"a record with {name}": Forgery(said("^title:", f"{line}\ntitle:"), doubts(("release-misread", R5)), against=WHOLE)
        for name, line in (
            ("a key that merges others", "<<: {imported: true}"),
            ("a key in letters of another script", "sign\u0435r: {person: ke-la}"),
            ("a yes of YAML 1.1", "imported: yes"),
        )
    },
    "a number in figures of eight": Forgery(said("^release: 5", "release: 0o5"), doubts(("release-unreadable", R5)), against=WHOLE),
    "a key that says it is one": Forgery(said("^title: (.*)", r"? title\n: \1")),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    assert_told(FORGERIES[name], template, kept)


def test_a_document_that_rests_on_a_key_whose_loss_was_left_behind_is_not_proved(
    template: SignedManual, kept: SignedManual
) -> None:
    loss_left_behind(kept)
    found = not_proved(kept, code_of(template, 4))
    assert [*found] == ["QT VP 01"]
    assert "by a key not trusted since 2024-07-20" in found["QT VP 01"][0]


def test_a_text_that_git_is_told_to_show_in_the_place_of_another_is_not_shown(
    template: SignedManual, kept: SignedManual
) -> None:
    blob = kept.repo.git("rev-parse", f"HEAD:{OWN}")
    kept.repo.write({"x": kept.read(OWN).replace("hằng tháng", "hằng năm")})
    kept.repo.git("replace", blob, kept.repo.git("hash-object", "-w", "x"))
    (kept.folder / "x").unlink()
    asked = [("diff", "QT VP 01", "1", "4"), ("history", "QT VP 01"), ("as-of", "2024-11-01")]
    for words in asked:
        honest, found = (
            forgery.run_command(*words, "--root", str(each.folder)) for each in (template, kept)
        )
        assert found == honest
    assert told(kept, "--witness", code_of(kept, 4)) == told(
        template, "--witness", code_of(kept, 4)
    )


def test_names_and_remarks_that_git_shows_in_the_place_of_others_are_not_shown(
    template: SignedManual, kept: SignedManual
) -> None:
    kept.repo.write({".mailmap": "Kẻ Lạ <la@example.org> <a@example.org>\n"})
    kept.repo.git("config", "log.mailmap", "true")
    kept.repo.git("notes", "add", "-m", "Reason: phiếu 99", "HEAD~3")
    commit(kept)
    for words in (("trail",), ("history", "QT VP 01")):
        honest, found = (
            forgery.run_command(*words, "--root", str(each.folder)) for each in (template, kept)
        )
        assert found == honest


def test_two_names_of_evidence_that_differ_in_stored_accents_are_an_error_of_check(
    kept: SignedManual,
) -> None:
    names = {unicodedata.normalize(form, "releases/evidence/Đã ký.pdf") for form in ("NFC", "NFD")}
    for name in names:
        kept.repo.write({name: b"%PDF-1.7"})
    assert "QMS024" in forgery.run_command("check", "--root", str(kept.folder))[1]


def test_a_record_in_a_folder_that_other_disks_take_for_that_of_records_is_an_error_of_check(
    template: SignedManual, kept: SignedManual
) -> None:
    """Here nobody reads it; on Windows and on a Mac it is the newest record."""
    new_record(5, "b")(kept)
    for path in (R5, S5):
        data = (kept.folder / path).read_bytes()
        (kept.folder / path).unlink()
        kept.repo.write({f"R{path[1:]}": data})
    status, out = forgery.run_command("check", "--root", str(kept.folder))
    assert status == 1
    assert out.count("QMS024") == 1
    assert "«releases»" in out
    assert told(kept, "--witness", code_of(template, 4))[0] == set()
