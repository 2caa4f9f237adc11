"""Whether units were asked before a release was signed, and a record that was altered in its folder."""

from __future__ import annotations

import pytest

from qmstool.releases.record import sha256
from qmstool.verify.records.rewritten import check_rewritten
from tests.support.asked import PAPER, PDF, answered, made, outcomes, released, why
from tests.support.planted import item, planted, record
from tests.support.proved import issued

CANDIDATE, OPINIONS = "releases/candidates/dot-1.yml", "releases/opinions/dot-1.yml"
ISSUED = issued(issue="'1'", revision="'0'")
SIGNED = (
    f"schema: 1\ncandidate: dot-1\ntitle: Đợt 1\ncommit: {'a' * 40}\nprepared: 2024-01-10\nbasis: []\n"
    f"items: [{ISSUED}]\n"
)


@pytest.mark.parametrize(
    ("rows", "outcome", "said"),
    [
        ("[{unit: VP, sent: 2024-01-02}]", "yes", "Asked: release 1"),
        ("[]", "not-evidenced", "No opinions are recorded for release: 1."),
        (None, "not-evidenced", "No opinions are recorded for release: 1."),
    ],
)
def test_units_were_asked_where_somebody_was(rows: str | None, outcome: str, said: str) -> None:
    beside = {CANDIDATE: SIGNED}
    if rows is not None:
        beside[OPINIONS] = f"schema: 1\ncandidate: dot-1\nasked: {rows}\n"
    kinds = {CANDIDATE: "candidate", OPINIONS: "opinions"}
    proofs = [f"{{kind: signed-file, file: {PAPER}, digest: {sha256(PDF)}}}"]
    proofs += [
        f"{{kind: {kinds[path]}, file: {path}, digest: {sha256(text.encode())}}}"
        for path, text in beside.items()
    ]
    found = answered(*made(released(evidence=f"[{', '.join(proofs)}]"), **beside))
    assert outcomes(found)["asked"] == outcome
    assert why(found, "asked").startswith(said)


def test_a_record_that_differs_from_what_was_committed_is_told_at_the_first_word() -> None:
    (release,) = planted(record(1, "2024-01-01", "2024-01-01", item())).releases
    committed = release.source.text.replace("title: Đợt 1", "title: Đợt một").encode()
    (found,) = check_rewritten(release, (), None, committed)
    assert found.slug == "release-rewritten"
    assert release.source.text.splitlines()[found.location.line - 1] == "title: Đợt 1"
    assert list(check_rewritten(release, (), None, None)) == []
