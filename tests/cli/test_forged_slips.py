"""Forgeries by small slips, one or two together: offices, days, numbers, texts that never were.

And keys by what stands before them in the list of signers. Read as `test_forgeries`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.signatures.values import SignedPdf
from tests.cli.test_forged_acts import NEW, TEXT, WITHDRAWN, deputy, items, says
from tests.cli.test_forged_circulation import (
    COPIES,
    KNOWN,
    READINGS,
    REVIEWED,
    REVIEWS,
    number,
    of_text_in_force,
    writes,
)
from tests.cli.test_forged_texts import BOUND, acts_on, sealed
from tests.cli.test_forged_trust import SIGNER_5, not_proved
from tests.cli.test_forgeries import (
    APPROVER,
    EFFECT,
    PROOF,
    R5,
    R6,
    S5,
    WHOLE,
    Forgery,
    assert_told,
    code_of,
    doubts,
    names_settings,
    names_signers_in,
    new_record,
    seal,
    told,
)
from tests.support.cli import forgery
from tests.support.cli.forgery import R3, SignedManual, edit, in_sequence, reseal
from tests.support.machine import needs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.cli.forgery import ForgeryStep

pytestmark = needs("ssh-keygen")

HOLDS = "holds: [{role: pho, from: 2020-01-01}]"
READ = "person: tran-van-pho, date: 2024-07-02"
FORM = TEXT.format(kind="form").replace("QT MM 09", "QT KT 01").encode()


def recorded_by_deputy(held: str) -> ForgeryStep:
    """The deputy records release 5 on 1 August, and held his role for some time."""
    return in_sequence(
        names_settings(4, HOLDS, f"holds: [{{role: pho, {held}}}]"), reseal(4),
        new_record(5), edit(R5, "recorder: .*", "recorder: tran-van-pho"),
        edit("qms.yml", r"holds: \[\{role: pho, from: 2020-01-01\}\]", f"holds: [{{role: pho, {held}}}]"),
        seal(5, "b"),
    )  # fmt: skip


def of_another(path: str, row: str, old: str, new: str) -> ForgeryStep:
    """A reading or a review of a text that is none."""
    return in_sequence(of_text_in_force(path, row), edit(path, old, new))


def numbered(issue: str, revision: str) -> ForgeryStep:
    return in_sequence(
        new_record(5), number(f'issue: "{issue}"\n    revision: "{revision}"'), seal(5, "b")
    )


def listed(words: str, owner: str = "b@example.org", key: str = "b") -> ForgeryStep:
    """Record 4 lists the key of record 5 with some words before it."""

    def step(kept: SignedManual) -> None:
        names_signers_in(4, f"{owner} {words}{kept.keys.public(key)}\n")(kept)

    return in_sequence(step, reseal(4), new_record(5, key))


def certifies_and_seals(kept: SignedManual) -> None:
    """The key of an authority, which may certify others, seals by itself."""
    line = f"*@example.org cert-authority {kept.keys.public('x')}\n"
    names_signers_in(4, kept.keys.line("b") + line)(kept)


def of_record(word: str) -> ForgeryStep:
    return sealed(edit(R5, "^release: 5$", f"release: {word}"))


def brought_back_as_form(kept: SignedManual) -> None:
    """A procedure is withdrawn, and comes back as a form, which the deputy may approve."""
    in_sequence(new_record(5), items(WITHDRAWN), seal(5, "b"), new_record(6))(kept)
    acts_on("QT KT 01", {NEW: FORM}, 6, "new", 5)(kept)
    in_sequence(deputy(6), seal(6, "b"))(kept)


UNREAD = Forgery(of_record("-5"), doubts(("release-unreadable", R5)), against=WHOLE)
FORGERIES: dict[str, Forgery] = {
    # offices
    "a recorder who had left": Forgery(recorded_by_deputy("from: 2020-01-01, to: 2024-07-31"), missing=SIGNER_5, witness=3),
    "a recorder who was to come": Forgery(recorded_by_deputy("from: 2024-08-02"), missing=SIGNER_5, witness=3),
    "a recorder on the last day of his office": Forgery(recorded_by_deputy("from: 2020-01-01, to: 2024-08-01"), witness=3),
    "a procedure withdrawn, and brought back as what the deputy may approve": Forgery(
        brought_back_as_form, doubts(("signer-may-not-approve", R6)), frozenset({(6, "evidence")}), APPROVER
    ),
    "a deputy in the place of the director": Forgery(
        sealed(edit(R5, "person: le-thi-mau, role: giam-doc", "person: tran-van-pho, role: pho, capacity: KT. Giám đốc")),
        doubts(("signer-may-not-approve", R5)), frozenset({(5, "evidence")}), APPROVER,
    ),
    # texts that never were
    **{
        f"a {what} of {name}": Forgery(of_another(path, row, old, new), doubts(("of-no-text", path)), against=against)
        for what, path, row, against in (
            ("reading", READINGS, READ, KNOWN), ("review", REVIEWS, f"{READ}, outcome: stands", REVIEWED)
        )
        for name, old, new in (
            ("a check code that is none's", "check_code: [^,]+", "check_code: AAAA-AAAA-AAAA"),
            ("another revision", 'revision: "2"', 'revision: "3"'),
            ("another document", "QT VP 01", "QT KT 01"),
        )
    },
    **{
        f"a copy of {name}": Forgery(
            writes(COPIES, f"schema: 1\ncopies:\n  - {{document: QT VP 01, release: {release}, unit: VP, handed_out: 2024-06-20}}\n"),
            doubts(("of-no-text", COPIES)), against=KNOWN,
        )
        for name, release in (("a release that does not hold it", 3), ("a release that never was", 9))
    },
    # numbers of records
    **{
        f"a record that calls itself {word}": Forgery(of_record(word), UNREAD.doubts, against=WHOLE)
        for word in ("-5", "+5", "5.0", "0x5", "5_0", "0:5", "9" * 40)
    },
    "a record that calls itself 05": Forgery(of_record("05"), doubts(("release-misread", R5)), against=WHOLE),
    # numbers of texts
    **{
        f"a number that goes on as {name}": Forgery(numbered("1", word), doubts(("number-backwards", R5)), against=BOUND)
        for name, word in (
            ("a half", "½"), ("a raised figure", "²"), ("a word", "inf"), ("a longer word", "bản mới"), ("less than nothing", "-1"),
            ("figures of ten", "1e9"), ("a part of it", "1.9"),
        )
    },
    "a number that goes on far": Forgery(numbered("9" * 30, "0")),
    "an older issue with a later revision": Forgery(numbered("0", "9"), doubts(("number-backwards", R5)), against=BOUND),
    # days
    "a text signed before the one that it comes after": Forgery(
        sealed(edit(R5, "date: 2024-06-10", "date: 2024-06-09")), doubts(("signed-backwards", R5)), against=EFFECT
    ),
    "a text signed and in force before the one that it comes after": Forgery(
        sealed(edit(R5, "date: 2024-06-10", "date: 2024-03-10"), edit(R5, "^effective: .*", "effective: 2024-03-20")),
        doubts(("signed-backwards", R5)), against=EFFECT,
    ),
    "the wrong day of a record, put right": Forgery(
        sealed(says("mends: [4]"), edit(R5, "date: 2024-06-10", "date: 2024-06-09")),
    ),
    "recorded tomorrow": Forgery(
        new_record(5, "b", recorded="2024-12-02"), doubts(("recorded-ahead", R5)), frozenset({(5, "day")}), EFFECT
    ),
    "recorded today": Forgery(new_record(5, "b", recorded="2024-12-01")),
    "signed and in force on a leap day": Forgery(
        sealed(edit(R5, "date: 2024-06-10", "date: 2024-02-29"), edit(R5, "^effective: .*", "effective: 2024-02-29")),
        doubts(("signed-backwards", R5)), against=EFFECT,
    ),
    **{
        f"in force on {day}": Forgery(new_record(5, "b", effective=day), doubts(("effective-unknown", R5)), against=EFFECT)
        for day in ("1900-02-29", "2025-02-29", "2024-02-30", "0000-01-01")
    },
    # what stands before a key
    **{
        f"a key {name}": Forgery(listed(*words), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3)
        for name, words in (
            ("whose time ends before it begins", ('valid-after="20250101",valid-before="20240101" ',)),
            ("whose time ends at the beginning of the day", ('valid-before="20240801" ',)),
            ("for all purposes but this", ('namespaces="!qmstool-release,*" ',)),
            ("for a purpose in capitals", ('namespaces="QMSTOOL-release" ',)),
            ("of nobody", ("", "!b@example.org")),
            ("of everybody and nobody", ("", "*,!*")),
            ("with words that no list knows", ("no-touch-required ",)),
        )
    },
    **{
        f"an honest key {name}": Forgery(listed(*words), witness=3)
        for name, words in (
            ("from the day on", ('valid-after="20240801" ',)), ("for several purposes", ('namespaces="git,qmstool-*" ',)),
            ("of everybody", ("", "*")), ("of a pattern", ("", "?@example.org")), ("of two", ("", "a@x,b@y")),
            ("of a name with a blank", ("", '"b c"')),
        )
    },
    "the key of an authority, as a seal": Forgery(
        in_sequence(certifies_and_seals, reseal(4), new_record(5, "x")), doubts(("seal-unknown-key", S5)), against=WHOLE, witness=3
    ),
    # two slips together
    "no role of the signer, and no day of signing": Forgery(
        sealed(edit(R5, "role: giam-doc", "role: unknown"), edit(R5, "date: 2024-06-10", "date: unknown"))
    ),
    "another number of the decision, and the signed file of the one before": Forgery(
        sealed(lambda kept: kept.repo.write({R5: kept.read(R5).replace("releases/evidence/0005.pdf", "releases/evidence/0004-qd-4.pdf")})),
        doubts(("evidence-differs", R5)), against=PROOF,
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
        "no role of the signer, and no day of signing",
        "a recorder who had left",
        "a text signed before the one that it comes after",
    ],
)
def test_what_rests_on_it_is_not_proved(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    FORGERIES[name].step(kept)
    assert [*not_proved(kept, code_of(template, FORGERIES[name].witness))] == ["QT VP 01"]


def test_of_a_text_after_an_altered_record_it_is_said_which_link_is_missing(
    template: SignedManual, kept: SignedManual
) -> None:
    """It is not contradicted itself."""
    edit(R3, "^title: .*", "title: Ban hành khác")(kept)
    words = ("verify", "--root", str(kept.folder), "--format", "json")
    documents = json.loads(forgery.run_command(*words, "--witness", code_of(template, 4))[1])
    found = {each["code"]: each for each in documents["documents"]}
    assert found["QT KT 01"]["proven"] == "contradicted"
    assert found["QT VP 01"]["proven"] == "not-evidenced"
    assert found["QT VP 01"]["reasons"][0]["en"].startswith(
        "The record of release 3 is not what it was when release 4"
    )
    new_record(5, "b", previous="0" * 64)(kept)
    documents = json.loads(forgery.run_command(*words)[1])
    found = {each["code"]: each for each in documents["documents"]}
    assert found["QT VP 01"]["proven"] == "contradicted"


def test_a_copy_of_what_lay_before_the_signer_proves_nothing_where_nobody_signed_it(
    template: SignedManual, kept: SignedManual, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsigned(files: Mapping[str, bytes], *_: object) -> dict[str, SignedPdf]:
        return {
            path: SignedPdf(()) if "0005" in path else signed
            for path, signed in forgery.held_signatures(files).items()
        }

    monkeypatch.setattr("qmstool.cli.trusted.read_signatures", unsigned)
    new_record(5, "b")(kept)
    found, outcomes, missing = told(kept, "--witness", code_of(template, 4))
    assert (found, missing, outcomes["proof"]) == (set(), {(5, "evidence")}, "not-evidenced")


def test_a_witness_that_has_the_forgery_too_bears_out_no_more_than_its_seal(
    template: SignedManual, kept: SignedManual, tmp_path: Path
) -> None:
    """An older code, one of the forgery, and one of each in a file."""
    new_record(5, "x")(kept)
    both = tmp_path / "ma.txt"
    both.write_text(f"{code_of(template, 4)}\n{code_of(kept, 5)}\n", encoding="utf-8")
    for witness in (code_of(kept, 2), code_of(kept, 5), str(both), str(kept.folder / R5)):
        found, outcomes, _ = told(kept, "--witness", witness)
        assert (found, outcomes["whole"]) == ({("seal-unknown-key", S5)}, "no")
        assert "QT VP 01" in not_proved(kept, witness)


@pytest.mark.parametrize(
    "path",
    ["2024/0005.yml", "0005.yaml", "0005.json", "0005.yml.bak", "5.yml", "0005 .yml", "seals/0005.yml"],
)  # fmt: skip
def test_a_record_in_another_folder_or_with_another_ending_is_told_by_check(
    template: SignedManual, kept: SignedManual, path: str
) -> None:
    new_record(5, "b")(kept)
    data = (kept.folder / R5).read_bytes()
    (kept.folder / R5).unlink()
    (kept.folder / S5).unlink()
    kept.repo.write({f"releases/{path}": data})
    for words in (("as-of", "2024-11-01"), ("history", "QT VP 01")):
        assert forgery.run_command(*words, "--root", str(kept.folder)) == forgery.run_command(
            *words, "--root", str(template.folder)
        )
    out = forgery.run_command("check", "--root", str(kept.folder), "--format", "json")[1]
    found = json.loads(out)["findings"]
    assert ("stray-file", f"releases/{path}") in {(one["slug"], one["path"]) for one in found}


@pytest.mark.parametrize("path", [READINGS, REVIEWS])
def test_check_tells_what_counts_for_no_text_and_what_is_still_to_come(
    kept: SignedManual, path: str
) -> None:
    row = "person: tran-van-pho, date: 2024-12-02"
    of_another(path, f"{row}, outcome: stands" if path == REVIEWS else row, 'n: "2"', 'n: "3"')(
        kept
    )
    out = forgery.run_command("check", "--root", str(kept.folder), "--format", "json")[1]
    found = {one["slug"] for one in json.loads(out)["findings"] if one["path"] == path}
    assert found == {"reading-of-nothing", "day-to-come"}
