"""Which version the papers before the signer compare a text with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.digest import name_blob
from qmstool.dossier.content import DossierItem, gather_content
from qmstool.dossier.text import with_breaks
from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_parts
from tests.support.memory import PROCEDURE, files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATH = "procedures/qt-a-01.md"
FIRST = PROCEDURE + "Viết lần đầu.\n"
TEXTS = {name_blob(text.encode()): text.encode() for text in (FIRST, PROCEDURE)}


def item(act: str, text: str = "") -> str:
    pins = f"[{{path: {PATH}, blob: {name_blob(text.encode())}}}]" if text else "[]"
    # A recorded text is used only where it gives its digest.
    digest = f"digest: {digest_parts([text.encode()], [])}, " if text else ""
    return (
        f"items:\n  - {{code: QT A 01, act: {act}, title: Quy trình mẫu, issue: '1', "
        f"revision: '0', {digest}files: {pins}}}\n"
    )


def release(number: int, entry: str) -> str:
    return (
        f"schema: 1\nrelease: {number}\ntitle: Đợt {number}\ninstrument: {{kind: decision}}\n"
        f"signer: {{person: a}}\neffective: 2024-0{number}-01\nrecorder: a\n"
        f"recorded: 2024-0{number}-01\nprevious: none\nbasis: []\n{entry}"
    )


def put_before_signer(act: str, *recorded: str) -> DossierItem:
    """What the dossier says of the document, after some entries of its life."""
    candidate = f"schema: 1\ncandidate: c\ntitle: Mới\ncommit: {'a' * 40}\nprepared: 2024-09-01\n"
    new = item(act, "" if act == "withdraw" else PROCEDURE)
    given = {"releases/candidates/c.yml": f"{candidate}basis: []\n{new}"}
    for number, entry in enumerate(recorded, start=1):
        given[f"releases/000{number}.yml"] = release(number, entry)
    tree = files(**given)
    manual = load(tree)
    assert manual.problems == ()

    asked = []

    def held(blobs: Iterable[str]) -> Mapping[str, bytes]:
        asked.append(blobs)
        return {blob: TEXTS[blob] for blob in blobs}

    content = gather_content(manual.candidates["releases/candidates/c.yml"], manual, tree, held)
    assert len(asked) == 1  # of all documents at once
    (line,) = content.lines
    return line


def test_a_document_issued_anew_replaces_nothing() -> None:
    line = put_before_signer("new", item("new", FIRST), item("withdraw"))
    assert (line.before, line.change) == (None, None)


@pytest.mark.parametrize("act", ["revise", "correct"])
def test_a_revision_is_compared_with_what_it_replaces(act: str) -> None:
    line = put_before_signer(act, item("new", PROCEDURE), item("withdraw"), item("new", FIRST))
    assert line.before is not None
    assert line.before[0].number == 3
    assert line.change is not None
    assert line.change.changed


def test_a_withdrawal_names_what_it_ends() -> None:
    line = put_before_signer("withdraw", item("new", FIRST))
    assert line.before is not None
    assert line.before[0].number == 1


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<b>ngắn</b>", "<b>ngắn</b>"),
        ("&lt;b&gt;tuần&lt;/b&gt;", "&lt;b&gt;tuần&lt;/b&gt;"),  # eleven letters
        ("Abcdefghijklm", '<span class="breaks">Abcdefghijklm</span>'),
        ("a&amp;bcdefghijklm", '<span class="breaks">a&amp;bcdefghijklm</span>'),
        (
            '<a href="https://example.org/dai-lam">x</a>',
            '<a href="https://example.org/dai-lam">x</a>',
        ),
    ],
)
def test_a_long_word_is_marked_whole_and_an_entity_is_one_letter(html: str, marked: str) -> None:
    assert with_breaks(html) == marked
