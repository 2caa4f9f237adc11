"""Forgeries of what goes round a release, of its numbers and of its evidence by another name.

Opinions, copies, readings, reviews; the day and the person of each. Read as `test_forgeries`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qmstool.releases.record import check_code, sha256
from tests.cli.test_forgeries import (
    PROOF,
    R5,
    R6,
    WHOLE,
    Forgery,
    assert_told,
    code_of,
    doubts,
    names_settings,
    new_record,
    seal,
    told,
)
from tests.support.cli import forgery
from tests.support.cli.forgery import R4, ForgeryStep, SignedManual, edit, in_sequence, reseal
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")

OPINIONS = "releases/opinions/dot-4.yml"
COPIES, READINGS, REVIEWS = (f"releases/{name}.yml" for name in ("copies", "readings", "reviews"))
ASKED, KNOWN, REVIEWED, BOUND = (
    frozenset({key}) for key in ("asked", "known", "reviewed", "bound")
)


def opinions(
    asked: str = "sent: 2024-06-02, answered: 2024-06-05", signed: str = "2024-06-09"
) -> str:
    """The opinions on the newest candidate; it was signed on 10 June."""
    return (
        "schema: 1\ncandidate: dot-4\nasked:\n"
        f"  - {{unit: KT, {asked}, answer: agrees, person: Trần Văn Thử}}\n"
        f"signed:\n  - {{as: reviewer, person: tran-van-pho, role: pho, date: {signed}}}\n"
    )


def opinions_lay_there(text: str) -> ForgeryStep:
    """The newest record names opinions among its evidence, from the start."""

    def step(kept: SignedManual) -> None:
        kept.repo.write({OPINIONS: text})
        line = f"  - {{kind: opinions, file: {OPINIONS}, digest: {sha256(text.encode())}}}\n"
        edit(R4, "^evidence:\n", f"evidence:\n{line}")(kept)

    return in_sequence(step, reseal(4))


def writes(path: str, text: str) -> ForgeryStep:
    return lambda kept: kept.repo.write({path: text})


def copy(days: str) -> ForgeryStep:
    row = f"{{document: QT VP 01, release: 4, unit: VP, {days}}}"
    return writes(COPIES, f"schema: 1\ncopies:\n  - {row}\n")


def of_text_in_force(path: str, row: str) -> ForgeryStep:
    """A reading or a review of the text that record 4 put in force."""

    def step(kept: SignedManual) -> None:
        _, outcome = forgery.run_command(
            "register", "internal", "--root", str(kept.folder), "--format", "json"
        )
        rows = json.loads(outcome)
        (text,) = [each for each in rows if each["code"] == "QT VP 01"]
        key = path.removeprefix("releases/").removesuffix(".yml")
        same = f'document: QT VP 01, issue: "{text["issue"]}", revision: "{text["revision"]}", check_code: {text["check_code"]}'
        kept.repo.write({path: f"schema: 1\n{key}:\n  - {{{same}, {row}}}\n"})

    return step


def tip_has(*lines: str) -> ForgeryStep:
    """People who are registered at the tip."""
    return edit("qms.yml", "^people:\n", "people:\n" + "".join(f"  {line}\n" for line in lines))


LEFT = (
    "nguyen-van-cu: {name: Nguyễn Văn Cũ, holds: [{role: pho, from: 2020-01-01, to: 2024-06-30}]}"
)
NO_ROLE = "do-van-khong: {name: Đỗ Văn Không, holds: []}"
KIND = r"kind: signed-file, file: [^,]+, digest: \w+"


def number(value: str, record: int = 5) -> ForgeryStep:
    return edit(f"releases/{record:04d}.yml", r"issue: .*\n    revision: .*", value)


FORGERIES: dict[str, Forgery] = {
    # opinions and signatures before the decision
    "an opinion after the signature": Forgery(
        opinions_lay_there(opinions("sent: 2024-06-02, answered: 2024-06-11")), doubts(("after-signature", OPINIONS)), against=ASKED, witness=3
    ),
    "a unit asked after the signature": Forgery(
        opinions_lay_there(opinions("sent: 2024-06-11, due: 2024-06-15")), doubts(("after-signature", OPINIONS)), against=ASKED, witness=3
    ),
    "a reviewer who signed after the decision": Forgery(
        opinions_lay_there(opinions(signed="2024-06-12")), doubts(("after-signature", OPINIONS)), against=ASKED, witness=3
    ),
    "an opinion added after the record": Forgery(
        in_sequence(
            opinions_lay_there(opinions()),
            edit(OPINIONS, "^asked:\n", "asked:\n  - {unit: VP, sent: 2024-06-02, answered: 2024-06-03, answer: agrees}\n"),
        ),
        doubts(("evidence-differs", R4)), against=ASKED | PROOF, witness=3,
    ),
    "opinions that no record names": Forgery(
        writes(OPINIONS, opinions()), doubts(("opinions-not-recorded", OPINIONS)), against=ASKED
    ),
    "opinions taken away after the record": Forgery(
        in_sequence(opinions_lay_there(opinions()), forgery.remove(OPINIONS)), doubts(("evidence-missing", R4)), against=PROOF, witness=3
    ),
    # copies
    "a copy handed out before the signature": Forgery(
        copy("handed_out: 2024-06-09"), doubts(("before-signature", COPIES)), against=KNOWN
    ),
    "a receipt before the signature": Forgery(
        copy("handed_out: unknown, received: 2024-06-09"), doubts(("before-signature", COPIES)), against=KNOWN
    ),
    "a receipt before the copy was handed out": Forgery(
        copy("handed_out: 2024-07-02, received: 2024-07-01"), doubts(("received-before", COPIES)), against=KNOWN
    ),
    # readings and reviews
    "a reading before the signature": Forgery(
        of_text_in_force(READINGS, "person: tran-van-pho, date: 2024-06-09"), doubts(("before-signature", READINGS)), against=KNOWN
    ),
    "a reading by somebody who had left": Forgery(
        in_sequence(tip_has(LEFT), of_text_in_force(READINGS, "person: nguyen-van-cu, unit: VP, date: 2024-07-02")),
        doubts(("not-in-office", READINGS)), against=KNOWN,
    ),
    "a reading by somebody who had left, by his name": Forgery(
        in_sequence(tip_has(LEFT), of_text_in_force(READINGS, "person: NGUYỄN VĂN CŨ, unit: VP, date: 2024-07-02")),
        doubts(("not-in-office", READINGS)), against=KNOWN,
    ),
    "a reading by somebody without a role": Forgery(
        in_sequence(tip_has(NO_ROLE), of_text_in_force(READINGS, "person: do-van-khong, unit: VP, date: 2024-07-02")),
        doubts(("not-in-office", READINGS)), against=KNOWN,
    ),
    "a review by somebody who had left": Forgery(
        in_sequence(tip_has(LEFT), of_text_in_force(REVIEWS, "person: nguyen-van-cu, date: 2024-07-02, outcome: stands")),
        doubts(("not-in-office", REVIEWS)), against=REVIEWED,
    ),
    "a review by somebody without a role": Forgery(
        in_sequence(tip_has(NO_ROLE), of_text_in_force(REVIEWS, "person: do-van-khong, date: 2024-07-02, outcome: returned")),
        doubts(("not-in-office", REVIEWS)), against=REVIEWED,
    ),
    "a review before the signature": Forgery(
        of_text_in_force(REVIEWS, "person: tran-van-pho, date: 2024-06-09, outcome: stands"), doubts(("before-signature", REVIEWS)), against=REVIEWED
    ),
    # numbers
    "a number that is unknown where one was before": Forgery(
        in_sequence(new_record(5), number("issue: unknown\n    revision: unknown"), seal(5, "b")), doubts(("number-unknown", R5)), against=BOUND
    ),
    "an issue that is unknown, and hides a revision set back": Forgery(
        in_sequence(new_record(5), number('issue: unknown\n    revision: "1"'), seal(5, "b")), doubts(("number-unknown", R5)), against=BOUND
    ),
    "a number set back behind one that is unknown": Forgery(
        in_sequence(
            new_record(5), number("issue: unknown\n    revision: unknown"), seal(5, "b"),
            new_record(6), number('issue: "1"\n    revision: "1"', 6), seal(6, "b"),
        ),
        doubts(("number-unknown", R5), ("number-backwards", R6)), against=BOUND,
    ),
    "a number that is none any more": Forgery(
        in_sequence(new_record(5), number('issue: "-"\n    revision: "-"'), seal(5, "b")), doubts(("number-unknown", R5)), against=BOUND
    ),
    **{
        f"a number that is the word {word} any more": Forgery(
            in_sequence(new_record(5), number(f'issue: "{word}"\n    revision: "{word}"'), seal(5, "b")), doubts(("number-unknown", R5)), against=BOUND
        )
        for word in ("–", "none", "không")
    },
    "a number set back behind letters that cannot be compared": Forgery(
        in_sequence(
            new_record(5), number('issue: "1"\n    revision: "a"'), seal(5, "b"),
            new_record(6), number('issue: "1"\n    revision: "1"', 6), seal(6, "b"),
        ),
        doubts(("number-backwards", R6)), against=BOUND,
    ),
    "a number set back behind a letter": Forgery(
        in_sequence(new_record(5), number('issue: "1"\n    revision: "0a"'), seal(5, "b")), doubts(("number-backwards", R5)), against=BOUND
    ),
    "a number set back in figures of another script": Forgery(
        in_sequence(new_record(5), number('issue: "1"\n    revision: "\uff11"'), seal(5, "b")), doubts(("number-backwards", R5)), against=BOUND
    ),
    "a number set back by what puts another right": Forgery(
        in_sequence(new_record(5), edit(R5, "^previous:", "mends: [4]\nprevious:"), number('issue: "1"\n    revision: "0"'), seal(5, "b")),
        doubts(("number-backwards", R5)), against=BOUND,
    ),
    # the evidence by another name
    **{
        f"evidence that is called {kind}, and only referred to": Forgery(
            in_sequence(new_record(5), edit(R5, KIND, f"kind: {kind}, reference: Sổ 31"), seal(5, "b")), missing=frozenset({(5, "evidence")})
        )
        for kind in ("singed-file", "Signed-File", "signed_file", "scam", "papers")
    },
    "a candidate that is called otherwise": Forgery(
        in_sequence(edit(R4, KIND, "kind: paper, reference: Sổ 31"), edit(R4, "kind: candidate", "kind: candidat"), reseal(4)),
        missing=frozenset({(4, "evidence")}), witness=3,
    ),
    # the paper
    "a lettered number that is given twice in a year": Forgery(
        in_sequence(
            new_record(5), edit(R5, "number: 5/QĐ-VD", "number: 5a/QĐ-VD"), seal(5, "b"),
            new_record(6), edit(R6, "number: .*?/QĐ-VD", 'number: "số 5A/QĐ-VD"'), edit(R6, "date: 2024-06-10", "date: 2024-07-01"), seal(6, "b"),
        ),
        doubts(("recorded-twice", R6)), against=PROOF,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    row = FORGERIES[name]
    outcomes = assert_told(row, template, kept)
    if row.missing:
        assert outcomes["proof"] == "not-evidenced"


def why(kept: SignedManual, key: str) -> str:
    _, out = forgery.run_command("verify", "--root", str(kept.folder), "--format", "json")
    (answer,) = [each for each in json.loads(out)["answers"] if each["key"] == key]
    return str(answer["why"]["vi"])


@pytest.mark.parametrize(("path", "key"), [(READINGS, "known"), (REVIEWS, "reviewed")])
def test_whom_nobody_knows_and_nothing_proves_is_named_and_not_believed(
    kept: SignedManual, path: str, key: str
) -> None:
    """Readers that a manual does not register are usual: a record of one is proof with a paper."""
    more = ", outcome: stands" if path == REVIEWS else ", unit: VP"
    before = told(kept)[1][key]
    for row, is_named in (
        (f"person: Kẻ Lạ, date: 2024-07-02{more}", True),
        (f"person: Kẻ Lạ, date: 2024-07-02{more}, evidence: [{{kind: paper}}]", True),
        (f"person: Kẻ Lạ, date: 2024-07-02{more}, evidence: [{{kind: paper, original: Văn phòng}}]", False),
        (f"person: le-thi-mau, date: 2024-07-02{more}", False),
    ):  # fmt: skip
        of_text_in_force(path, row)(kept)
        found, outcomes, _ = told(kept)
        assert found == set()
        assert ("«Kẻ Lạ»" in why(kept, key)) == is_named
        assert outcomes[key] == ("not-evidenced" if is_named else before)


def test_an_opinion_of_a_unit_that_nobody_knows_is_named_and_not_believed(
    kept: SignedManual,
) -> None:
    """Of what is over `check` says nothing: a unit may be gone. It was one when it was asked."""
    proved = "evidence: [{kind: paper, original: Văn phòng}], "
    for unit, is_named in (
        ("KT", False),
        (f"XX, {proved[:-2]}", False),
        ("unknown", False),
        ("XX", True),
    ):
        text = opinions().replace("unit: KT", f"unit: {unit}")
        opinions_lay_there(text)(kept)
        found, outcomes, _ = told(kept)
        assert ("«XX»" in why(kept, "asked")) == is_named, unit
        assert outcomes["asked"] == "not-evidenced"
        assert "opinions-not-recorded" not in {slug for slug, _ in found}
        edit(R4, "  - \\{kind: opinions.*\n", "")(kept)


def test_an_honest_opinion_reading_and_copy_are_silent(kept: SignedManual) -> None:
    in_sequence(
        opinions_lay_there(opinions()), copy("handed_out: 2024-06-10, received: 2024-06-12"),
        of_text_in_force(READINGS, "person: tran-van-pho, date: 2024-06-10"),
    )(kept)  # fmt: skip
    assert told(kept)[0] == set()


def test_the_witness_of_another_repository_bears_out_nothing(kept: SignedManual) -> None:
    """Its own code is told as that of no record, alone and beside an honest one."""
    other = sha256(b"another record")
    for witness in (other, check_code(other), f"{code_of(kept, 4)} {other}"):
        found, outcomes, _ = told(kept, "--witness", witness)
        assert (found, outcomes["whole"]) == ({("witness-differs", R4)}, "no")


def test_a_record_of_another_repository_as_witness_bears_out_nothing(
    kept: SignedManual, tmp_path: Path
) -> None:
    other = tmp_path / "khac.yml"
    other.write_text(kept.read(R4).replace("Ban hành đợt 4", "Ban hành khác"), encoding="utf-8")
    found, outcomes, _ = told(kept, "--witness", str(other))
    assert (found, {key for key, outcome in outcomes.items() if outcome == "no"}) == (
        {("witness-differs", R4)},
        set(WHOLE),
    )


def test_a_type_that_is_numbered_in_its_code_needs_no_other_number(kept: SignedManual) -> None:
    old, new = (
        "  procedure: {name: Quy trình,",
        "  procedure: {numbering: in-code, name: Quy trình,",
    )
    before = kept.read("qms.yml")
    in_sequence(
        new_record(5), number('issue: "-"\n    revision: "-"'), names_settings(5, old, new), seal(5, "b")
    )(kept)  # fmt: skip
    assert told(kept)[0] == set()
    kept.repo.write({"qms.yml": before.replace(old, new)})
    assert "number-backward" not in checked(kept)


@pytest.mark.parametrize("word", ["-", "–", "none", "không"])
def test_check_tells_a_number_that_is_none_as_long_as_the_settings_are_those_recorded(
    kept: SignedManual, word: str
) -> None:
    written = f'issue: "{word}"\n    revision: "{word}"'
    in_sequence(new_record(5), number(written), seal(5, "b"))(kept)
    assert "number-backward" in checked(kept)
    kept.repo.write({"qms.yml": kept.read("qms.yml") + "\n"})
    assert "number-backward" not in checked(kept)


def checked(kept: SignedManual) -> set[str]:
    """The rules that speak of records, without the history."""
    _, out = forgery.run_command("check", "--root", str(kept.folder), "--format", "json")
    found = json.loads(out)["findings"]
    return {each["slug"] for each in found if each["path"].startswith("releases/")}


def test_numbers_of_thousands_of_figures_are_compared(kept: SignedManual) -> None:
    long = "9" * 5_000
    in_sequence(
        new_record(5), number(f'issue: "1"\n    revision: "{long}"'), seal(5, "b"),
        new_record(6), number('issue: "1"\n    revision: "3"', 6), seal(6, "b"),
    )(kept)  # fmt: skip
    assert told(kept)[0] == {("number-backwards", R6)}
    assert forgery.run_command("check", "--root", str(kept.folder))[0] == 1


def test_whom_the_settings_before_do_not_know_approves_nothing(kept: SignedManual) -> None:
    """Who is registered at the tip alone is registered for readings, and for no signature."""
    tip_has(LEFT)(kept)
    in_sequence(
        new_record(5), edit(R5, "person: le-thi-mau, role: giam-doc", "person: nguyen-van-cu, role: pho"), seal(5, "b")
    )(kept)  # fmt: skip
    found, outcomes, _ = told(kept)
    assert {slug for slug, _ in found} == {"signer-unknown", "signer-may-not-approve"}
    assert outcomes["approver"] == "no"
