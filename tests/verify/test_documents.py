"""What is proved of each document, what signatures inside files are worth, and how it is reported."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from qmstool.candidates.evidence import NOT_EVIDENCED
from qmstool.frozen import replace
from qmstool.releases.record import check_code, sha256
from qmstool.signatures.values import SignedPdf
from qmstool.templating import Imprint
from qmstool.verify.approval import approval_level
from qmstool.verify.format import to_json, to_text
from qmstool.verify.print import print_verification
from qmstool.verify.signed_files import (
    check_signatures,
    has_no_signature,
    lacking_signature,
    pdf_evidence,
)
from tests.support.asked import (
    CODE,
    DAY,
    HOLDS,
    LIST,
    PAPER,
    PDF,
    answered,
    found_witness,
    made,
    outcomes,
    released,
    signature,
)
from tests.support.memory import MemoryTree
from tests.support.planted import item, record
from tests.support.proved import TEXT, blob, chained, issued, pin


@pytest.mark.parametrize(
    ("head", "given", "reasons"),
    [
        # Nor is whether the draft at hand has a text.
        ("text: not-held\n", {}, []),
        ("", {"imported": "true"}, ["taken over in release 1, approval not evidenced"]),
        (
            "",
            {"without_evidence": "true"},
            ["release 1 was recorded with the approval not evidenced"],
        ),
        ("", {"evidence": "[]"}, ["release 1 has no evidence"]),
        # Who approves it by the draft at hand is nothing to the text that was signed.
        ("approver: [pho, giam-doc]\n", {}, []),
    ],
)
def test_what_is_not_proved_of_a_document_and_why(
    head: str, given: dict[str, object], reasons: list[str]
) -> None:
    manual, held = made(released(**given), head=head)
    held = replace(held, signatures={PAPER: HOLDS})
    (document,) = answered(manual, held, witness=found_witness(held)).documents
    assert [reason.en for reason in document.reasons if "did not hold" not in reason.en] == reasons


@pytest.mark.parametrize(
    ("approvals", "reasons"),
    [
        ("[]", ["release 1 records no approval by «Phó giám đốc»"]),
        ("[{person: an, role: pho, date: 2024-01-19}]", []),
    ],
)
@pytest.mark.parametrize("head", ["", "approver: giam-doc\n", "approver: [pho, giam-doc]\n"])
def test_who_had_to_approve_is_said_by_the_recorded_text_whatever_is_at_hand(
    head: str, approvals: str, reasons: list[str]
) -> None:
    text = TEXT.replace(b"type:", b"approver: [pho, giam-doc]\ntype:")
    record_of = released(issued(text=text, issue="'1'", revision="'0'"), approvals=approvals)
    manual, held = made(record_of, head=head)
    held = replace(held, signatures={PAPER: HOLDS}, blobs={**held.blobs, blob(text): text})
    (document,) = answered(manual, held, witness=found_witness(held)).documents
    assert [each.en for each in document.reasons if "did not hold" not in each.en] == reasons


@pytest.mark.parametrize(
    ("signer", "approvals", "is_told"),
    [
        ("{person: an, role: pho}", "[]", True),
        ("{person: an, role: pho, capacity: KT. Giám đốc}", "[]", False),
        ("{person: an, role: pho}", "[{person: an, role: giam-doc}]", False),
        ("{person: an, role: giam-doc}", "[]", False),
        ("{person: an, role: unknown}", "[]", False),
    ],
)
def test_who_signed_in_another_role_than_the_text_names_says_in_whose_place(
    signer: str, approvals: str, *, is_told: bool
) -> None:
    text = TEXT.replace(b"type:", b"approver: giam-doc\ntype:")
    path, recorded = released(issued(text=text, issue="'1'", revision="'0'"), approvals=approvals)
    manual, held = made((path, recorded.replace("{person: an, role: giam-doc}", signer, 1)))
    held = replace(held, signatures={PAPER: HOLDS}, blobs={**held.blobs, blob(text): text})
    (found,) = answered(manual, held, witness=found_witness(held)).documents
    assert any("in whose place" in each.en for each in found.reasons) == is_told


@pytest.mark.parametrize("head", ["", "text: not-held\n"])
def test_whether_a_text_was_recorded_is_said_by_what_was_recorded(head: str) -> None:
    text = TEXT.replace(b"type:", b"text: not-held\ntype:")
    manual, held = made(released(issued(text=text, issue="'1'", revision="'0'")), head=head)
    held = replace(held, signatures={PAPER: HOLDS}, blobs={**held.blobs, blob(text): text})
    (document,) = answered(manual, held, witness=found_witness(held)).documents
    assert [each.en for each in document.reasons if "did not hold" not in each.en] == [
        "its text is not kept here to compare with"
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("person: an, role: giam-doc", "person: unknown", "release 1 names no signer"),
        ("recorded: 2024-01-25", "recorded: unknown", "release 1 has an unknown date"),
        ("date: 2024-01-20", "date: unknown", "release 1 names no day of signing"),
    ],
)
def test_what_a_record_leaves_out_is_a_reason(old: str, new: str, reason: str) -> None:
    path, text = released()
    kinds = {
        "release 1 names no signer",
        "release 1 has an unknown date",
        "release 1 names no day of signing",
    }
    for record_text, told in ((text, []), (text.replace(old, new), [reason])):
        manual, held = made((path, record_text))
        held = replace(held, signatures={PAPER: HOLDS})
        (document,) = answered(manual, held, witness=found_witness(held)).documents
        assert [each.en for each in document.reasons if each.en in kinds] == told


def test_what_speaks_against_one_document_is_not_held_against_another() -> None:
    both = released(
        issued(issue="'1'", revision="'0'"),
        item(code="QT A 02", digest="a" * 64, files=f"[{pin('b.md', TEXT)}]"),
    )
    manual, held = made(both)
    held = replace(held, signatures={PAPER: HOLDS})
    one, other = answered(manual, held, witness=found_witness(held)).documents
    assert (one.code, one.proved) == ("QT A 01", True)
    (reason,) = other.reasons
    assert reason.en.startswith("QT A 02: the text does not match the recorded digest.")


def test_what_was_taken_over_by_mistake_is_told_as_replaced() -> None:
    claimed = "{level: none, claims: []}"
    first = record(1, "2024-01-01", "2024-01-01", issued(taken_over=claimed))
    manual, held = made(
        *chained(
            first,
            record(2, "2024-02-01", "2024-02-01", issued(), replaces_record="1", reason="nhầm"),
        )
    )
    (told,) = answered(manual, held).replaced
    assert told.en == "QT A 01: taken over by mistake in release 1, replaced by release 2: nhầm"


@pytest.mark.parametrize(
    ("found", "lacking", "against", "unsigned"),
    [
        (SignedPdf((signature(),)), None, False, False),
        (SignedPdf((signature("BA AN"),)), None, False, False),
        (SignedPdf((signature("Giám đốc Bà  An"),)), None, False, False),
        (SignedPdf((signature("Bà An, Giám đốc"),)), None, False, False),
        (SignedPdf((signature("BA AN - GD"),)), None, False, False),
        (SignedPdf((signature("Sở X; Bà An (Giám đốc)"),)), None, False, False),
        (SignedPdf((signature("Bà An Bình"),)), "is signed by «Bà An Bình»", False, False),
        (SignedPdf((signature("Bà Anh"),)), "is signed by «Bà Anh»", False, False),
        (
            SignedPdf((signature("Ông B"), signature("Ông B"), signature("Ông C"))),
            "is signed by «Ông B», «Ông C»;",
            False,
            False,
        ),
        (SignedPdf((signature("Ông B"), signature())), None, False, False),
        (
            SignedPdf((signature(judgement="unjudged", reason="no-roots"),)),
            "signature of «Bà An»",
            False,
            False,
        ),
        (SignedPdf((signature(judgement="broken", reason="broken"),)), None, True, False),
        (SignedPdf(problem="none"), "there is no digital signature in it", False, True),
        (SignedPdf(problem="stamps-only"), "time stamps only", False, True),
        (SignedPdf(problem="password"), "it has a password", False, False),
        (None, "are not read here", False, False),
    ],
)
def test_signatures_inside_a_file(
    found: SignedPdf | None, lacking: str | None, against: bool, unsigned: bool
) -> None:
    manual, held = made(released())
    held = replace(held, signatures={PAPER: found} if found else {})
    release = manual.releases[0]
    (proof,) = release.evidence
    told = lacking_signature(proof, release, held, {"an": "Bà An"})
    assert (lacking in told.en) if lacking and told else told is None and lacking is None
    assert (check_signatures(proof, held) is not None) is against
    assert has_no_signature(proof, held) is unsigned
    assert (approval_level(release, held) is NOT_EVIDENCED) is unsigned
    assert pdf_evidence(manual, held) == {PAPER: PDF}


def test_a_signature_of_another_kind_of_file_is_not_read() -> None:
    proof = f"[{{kind: signed-file, file: releases/evidence/x.p7m, digest: {sha256(PDF)}}}, {{kind: scan, file: {PAPER}, digest: {sha256(PDF)}}}]"
    manual, held = made(released(evidence=proof))
    held = replace(held, files={**held.files, "releases/evidence/x.p7m": PDF})
    other, scan = manual.releases[0].evidence
    told = lacking_signature(other, manual.releases[0], held, {})
    assert told is not None
    assert "signatures of .p7m files" in told.en
    assert lacking_signature(scan, manual.releases[0], held, {}) is None
    assert not has_no_signature(scan, held)


def test_what_is_proved_and_what_is_not_stand_apart() -> None:
    other = item(code="QT A 02", digest="a" * 64, files=f"[{pin('b.md', TEXT)}]")
    manual, held = made(released(issued(issue="'1'", revision="'0'"), other))
    held = replace(held, signatures={PAPER: HOLDS})
    found = answered(manual, held, witness=found_witness(held))
    assert [each.proved for each in found.documents] == [True, False]
    lines = to_text(found, manual, "en").splitlines()
    proved, open_ones = (
        lines.index(f"Documents {words}: 1") for words in ("in force, proved", "not proved")
    )
    assert lines[proved + 1].startswith("  QT A 01 · 1/0 · release 1 · ")
    assert lines[proved + 2 : open_ones] == [""]
    assert lines[open_ones + 1].startswith("  QT A 02 · ")
    assert lines[open_ones + 2] == ""
    # Questions, answers and places stand below each other.
    (doubt,) = [each for each in found.doubts if each.slug == "digest-differs"]
    place = doubt.location
    point = f"{place.path}:{place.line}:{place.column}  {doubt.message.en}"
    assert " " * 22 + point in lines
    bound = next(answer for answer in found.answers if answer.key == "bound")
    assert f"{'no':20}  {bound.question.en}" in lines


def test_the_report_for_people_and_for_programs() -> None:
    manual, held = made(released(), head=LIST)
    held = replace(
        held,
        signatures={PAPER: SignedPdf((signature(), signature("Ông B", "unjudged", "no-roots")))},
    )
    found = answered(manual, held)
    text = to_text(found, manual, "en")
    lines = text.splitlines()
    assert lines[0] == "Verified on 2024-06-01"
    assert "Documents not proved: 1" in lines
    assert any(line.startswith(f"  QT A 01 · 1/0 · release 1 · {CODE} · ") for line in lines)
    assert "Documents in force, proved:" not in text
    at = lines.index("Evidence of each release")
    assert lines[at + 1].startswith("  release 1 · ")
    assert lines[at + 1].endswith(PAPER)
    assert [line.split(": ")[0] for line in lines[at + 2 : at + 4]] == ["    digital signature"] * 2
    assert any(line.startswith("    missing: ") for line in lines)
    assert f"witness: 0001 {check_code(found.newest)}" in text
    counted = [
        sum(outcome == kind for outcome in outcomes(found).values())
        for kind in ("yes", "no", "not-evidenced", "nothing")
    ]
    assert lines[-1] == "{} yes · {} no · {} not evidenced".format(*counted[:3]) + (
        f" · {counted[3]} nothing to answer" if counted[3] else ""
    )
    written = to_json(found, manual)
    assert '"signer": "Bà An"' in written
    data = json.loads(written)
    assert (data["schema"], data["day"], data["holds"], data["newest"]) == (
        2,
        "2024-06-01",
        True,
        found.newest,
    )
    (release,) = data["releases"]
    assert (release["release"], release["evidence"]) == (
        1,
        [{"kind": "signed-file", "file": PAPER, "digest": sha256(PDF)}],
    )
    (signed,) = release["signed"]
    assert [one["signer"] for one in signed["signatures"]] == ["Bà An", "Ông B"]
    assert [("why" in one) for one in signed["signatures"]] == [False, True]
    assert "problem" not in signed
    assert {link["link"] for link in release["missing"]} == {"seal", "evidence"}
    assert "opinions" not in release
    (document,) = data["documents"]
    assert (document["proved"], len(document["reasons"])) == (False, 2)


def test_a_proved_document_is_told_with_its_level() -> None:
    manual, held = made(released())
    held = replace(held, signatures={PAPER: HOLDS})
    text = to_text(answered(manual, held, witness=found_witness(held)), manual, "vi")
    assert "Đã chứng minh: 1 tài liệu đang có hiệu lực\n" in text
    assert f"  QT A 01 · 1/0 · đợt 1 · {CODE} · tệp có chữ ký số" in text
    assert "Chưa chứng minh được" not in text
    broken = replace(held, signatures={PAPER: SignedPdf(problem="password")})
    data = json.loads(to_json(answered(manual, broken), manual))
    assert data["releases"][0]["signed"][0]["problem"] == "password"


def test_the_page_for_the_auditors_file() -> None:
    proof = f"[{{kind: e-office, reference: '12/VB'}}, {{kind: signed-file, file: {PAPER}, digest: {sha256(PDF)}}}]"
    manual, held = made(released(evidence=proof))
    held = replace(held, signatures={PAPER: HOLDS})
    imprint = Imprint("Công ty Mẫu", DAY, datetime(2024, 6, 1, tzinfo=UTC), "abc", False, "t")
    found = answered(manual, held)
    page = print_verification(found, manual, imprint, "vi", MemoryTree({}))
    plain = unescape(re.sub(r"<[^>]+>", " ", page))
    assert "Kiểm chứng hồ sơ ban hành" in page
    for words in ("Đợt 1", "12/VB", PAPER, "Bà An", check_code(found.newest)):
        assert words in plain
    assert plain.count("QT A 01") >= 1
    empty = print_verification(answered(*made()), made()[0], imprint, "vi", MemoryTree({}))
    assert check_code(found.newest) not in empty
