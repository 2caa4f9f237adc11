"""Forgeries that keep the check code on the signed paper: other files under the very same digest.

By somebody who has the recorder's key. Read as `test_forgeries`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_forged_texts import BOUND, kept_file_as_proof, sealed
from tests.cli.test_forgeries import PAPER_4, PROOF, R5, Forgery, assert_told, doubts
from tests.support.cli.forgery import (
    BLACK,
    WHITE,
    ForgeryStep,
    SignedManual,
    edit,
    in_sequence,
    reseal,
)
from tests.support.machine import needs

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = needs("ssh-keygen")

OWN = "procedures/qt-vp-01.md"
PICTURES = {"procedures/a.png": WHITE + b"a", "procedures/b.png": BLACK + b"b"}
COMMENT = "<!-- qms: allow x, vì thế -->\n"
CANDIDATE = r"  - \{kind: candidate.*\n"


def issued(more: str, *steps: ForgeryStep) -> ForgeryStep:
    """Words are added to a text, signed and recorded as release 5; then the forger has his way."""

    def step(kept: SignedManual) -> None:
        text = kept.read(OWN) + more
        kept.repo.commit("Sửa\n\nReason: phiếu 11", {OWN: text, **PICTURES}, day="2024-07-30")
        kept.release(5, "2024-08-01", "2024-08-10", "b")
        in_sequence(*steps, reseal(5, key="b"))(kept)
        kept.repo.git("add", ".")
        kept.repo.git("commit", "-q", "--amend", "--no-edit")
        kept.repo.git("tag", "-f", "release/0005")

    return step


def repinned(change: Callable[[str], str]) -> ForgeryStep:
    """The record pins the text with a change; what it pins lies somewhere in git."""

    def step(kept: SignedManual) -> None:
        changed = change(kept.read(OWN))
        assert changed != kept.read(OWN)
        kept.repo.write({"procedures/x.bin": changed.encode()})
        blob = kept.repo.git("hash-object", "procedures/x.bin")
        edit(R5, rf"path: {OWN}, blob: \w+", f"path: {OWN}, blob: {blob}")(kept)

    return step


def without_candidate() -> ForgeryStep:
    """Nobody names what lay before the signer: the paper, with its check codes, is all there is."""
    return edit(R5, CANDIDATE, "")


def names_exchanged(kept: SignedManual) -> None:
    record = kept.read(R5)
    one, other = (re.search(rf"{path}, blob: (\w+)", record) for path in PICTURES)
    assert one
    assert other
    record = record.replace(one[1], "?").replace(other[1], one[1]).replace("?", other[1])
    paths = [*PICTURES]
    lines = record.split("\n")
    first, second = (
        next(index for index, line in enumerate(lines) if path in line) for path in paths
    )
    lines[first], lines[second] = lines[second], lines[first]
    kept.repo.write({R5: "\n".join(lines)})


SHOWN = "\n```\nMẫu\n```\n"
TWO = "\n![A](a.png)\n\n![B](b.png)\n"
FORGERIES: dict[str, Forgery] = {
    "a line that is shown as code and spelt as a comment": Forgery(
        issued(SHOWN, without_candidate(), repinned(lambda text: text.replace("Mẫu\n", f"Mẫu\n{COMMENT}"))),
        doubts(("digest-differs", R5)), against=BOUND,
    ),
    "hidden words that a comment lets out": Forgery(
        issued("\n<!--\nKhông giới hạn.\n-->\n", without_candidate(), repinned(lambda text: text.replace("<!--\n", f"<!--\n{COMMENT}"))),
        doubts(("digest-differs", R5)), against=BOUND,
    ),
    "a text with another mark than the signer saw": Forgery(
        issued(SHOWN, repinned(lambda text: "\ufeff" + text)), doubts(("not-as-signed", R5)), against=BOUND
    ),
    "two pictures under each other's name": Forgery(
        issued(TWO, without_candidate(), names_exchanged), doubts(("pin-misplaced", R5)), against=BOUND
    ),
    "two pictures under each other's name, beside what the signer saw": Forgery(
        issued(TWO, names_exchanged), doubts(("pin-misplaced", R5), ("not-as-signed", R5)), against=BOUND
    ),
    "the signed file of another decision, as a scan": Forgery(
        sealed(kept_file_as_proof(PAPER_4, "scan")), doubts(("recorded-twice", R5)), against=PROOF
    ),
    **{
        f"{what} that was not signed": Forgery(
            issued("\nThêm.\n", edit(R5, old, new)), doubts(("not-as-signed", R5)), against=BOUND
        )
        for what, old, new in (
            ("a title", "^    title: .*", "    title: Quy trình khác"), ("a reason", "^    reason: .*", "    reason: phiếu 99"),
            ("a summary", "^    reason:", "    summary: Nới thời hạn\n    reason:"),
        )
    },
    "a picture under a name that the text does not show": Forgery(
        issued(TWO, without_candidate(), edit(R5, "procedures/b.png", "procedures/c.png")), doubts(("pin-misplaced", R5)), against=BOUND
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_told_and_the_others_are_silent(
    template: SignedManual, kept: SignedManual, name: str
) -> None:
    assert_told(FORGERIES[name], template, kept)


@pytest.mark.parametrize("more", [SHOWN, TWO])
def test_an_honest_release_of_such_a_text_is_silent(
    template: SignedManual, kept: SignedManual, more: str
) -> None:
    assert_told(Forgery(issued(more)), template, kept)
