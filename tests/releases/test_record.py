"""Digests, check codes, pins and the text of a release record."""

from __future__ import annotations

import hashlib
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qmstool.manual.loading.loader import load
from qmstool.releases import record as release
from qmstool.releases.canonical_yaml import Value, dump, scalar
from tests.support.memory import PROCEDURE, files

if TYPE_CHECKING:
    from pathlib import Path


def digest(text: str | bytes, **more: str) -> str:
    tree = files(**more)
    tree.files["procedures/qt-a-01.md"] = text.encode() if isinstance(text, str) else text
    document = load(tree).documents["qt-a-01"]
    return release.digest_document(document, tree.read)


def test_the_digest_is_what_its_words_say() -> None:
    data = PROCEDURE.encode()
    assert digest(PROCEDURE) == hashlib.sha256(b"text %d\n" % len(data) + data).hexdigest()


def test_line_ends_and_mark_do_not_count() -> None:
    assert digest(b"\xef\xbb\xbf" + PROCEDURE.replace("\n", "\r\n").encode()) == digest(PROCEDURE)


@pytest.mark.parametrize(
    ("plain", "with_comment"),
    [
        ("một\n\nhai\n", "một\n\n<!-- qms: allow weak-obligation, vì luật viết thế -->\nhai\n"),
        ("một\n\nhai\n", "một\n\n<!-- qms: allow weak-obligation, vì luật viết thế -->\n\nhai\n"),
        ("một\n\nhai\n", "một\n\nhai\n<!-- qms: allow x, y -->\n"),
        ("một\n\nhai\n", "một\n\n  <!--qms:allow x, y-->  \nhai\n"),
        ("một\nhai", "một\nhai\n<!-- qms: allow x, y -->"),
    ],
)
def test_a_suppression_comment_does_not_count(plain: str, with_comment: str) -> None:
    assert release.normalize_text(with_comment.encode()).rstrip() == plain.encode().rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "a <!-- qms: allow x, y --> b\n",
        "<!-- ghi chú -->\n",
        "<!-- qms: allow x --> chữ\n",
        "<!-- qms: allow\nx -->\nchữ\n",
    ],
)
def test_any_other_comment_counts(text: str) -> None:
    assert release.normalize_text(text.encode()) == text.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("một\n\n```\n{}\n```\n", "allow"),
        ("một\n\n    a\n    {}\n", "allow"),
        ("một `a\n  {}\n` hai\n", "allow"),
        ("<pre>\n<xmp>\n{}\n</xmp>\n</pre>\n", "allow"),
        ("một\n\n<!--\n{}\nhai\n-->\n", "hai"),
        ("1. một\n{}\n1. hai\n", "1. hai"),
        ("một\n{}\n===\n", "==="),
        ("[a]: x\n{}\n'b'\n", "b"),
    ],
)
def test_what_a_reader_sees_counts_however_it_is_spelt(text: str, shown: str) -> None:
    """Else a text could be exchanged for another one under the check code that was signed."""
    whole = text.format("<!-- qms: allow x, y -->").encode()
    assert shown in whole.decode()
    assert release.normalize_text(whole) == whole


def test_a_comment_that_a_browser_ends_early_counts() -> None:
    text = "một\n\n<!-- qms: allow x --!> hai <!-- -->\n".encode()
    assert release.normalize_text(text) == text


def test_of_several_comments_only_those_that_are_seen_count() -> None:
    code = "```\n<!-- qms: allow x, y -->\n```\n"
    text = f"một\n\n{code}\nhai\n<!-- qms: allow x, y -->\n"
    assert release.normalize_text(text.encode()) == f"một\n\n{code}\nhai\n".encode()


def test_two_paragraphs_never_become_one() -> None:
    assert (
        release.normalize_text("một\n<!-- qms: allow x, y -->\n\nhai\n".encode())
        == "một\n\nhai\n".encode()
    )


def test_a_move_changes_nothing_and_a_text_does() -> None:
    tree = files()
    moved = files()
    moved.files["procedures/nhóm/khác.md"] = moved.files.pop("procedures/qt-a-01.md")
    one, two = (
        release.digest_document(load(each).documents["qt-a-01"], each.read)
        for each in (tree, moved)
    )
    assert one == two
    assert digest(PROCEDURE + "x") != one


def test_attachments_count_by_bytes_in_order_of_appearance() -> None:
    text = PROCEDURE + "\n![sơ đồ](hinh/b.png)\n\n[mẫu](hinh/a.docx)\n\n![lại](hinh/b.png)\n"
    tree = files()
    tree.files |= {
        "procedures/qt-a-01.md": text.encode(),
        "procedures/hinh/a.docx": b"A\r\n",
        "procedures/hinh/b.png": b"B",
    }
    document = load(tree).documents["qt-a-01"]
    assert release.document_files(document) == (
        "procedures/qt-a-01.md",
        "procedures/hinh/b.png",
        "procedures/hinh/a.docx",
    )
    data = text.encode()
    stream = b"text %d\n" % len(data) + data + b"file 1\nB" + b"file 3\nA\r\n"
    assert release.digest_document(document, tree.read) == hashlib.sha256(stream).hexdigest()


def test_the_manual_is_digested_over_all_its_files() -> None:
    tree = files(body="Lời mở")
    before = release.digest_documents(load(tree), tree.read)
    tree.files["manual/2/01.md"] += b"x"
    after = release.digest_documents(load(tree), tree.read)
    assert before["st"] != after["st"]
    assert before["qt-a-01"] == after["qt-a-01"]


def test_no_two_cuts_of_one_stream_are_equal() -> None:
    assert release.digest_parts([b"ab", b"c"], []) != release.digest_parts([b"a", b"bc"], [])
    assert release.digest_parts([b"a"], [b"b"]) != release.digest_parts([b"a", b"b"], [])


def test_the_check_code_is_the_first_sixty_bits() -> None:
    assert release.check_code("0" * 64) == "0000-0000-0000"
    assert release.check_code("f" * 15 + "0" * 49) == "ZZZZ-ZZZZ-ZZZZ"
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int(hashlib.sha256(b"x").hexdigest(), 16) >> 196
    letters = ""
    for _ in range(12):
        number, place = divmod(number, 32)
        letters = alphabet[place] + letters
    assert release.check_code(hashlib.sha256(b"x").hexdigest()).replace("-", "") == letters


def test_blob_ids_are_those_of_git(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"ch\xe1\xbb\xaf\n")
    said = subprocess.run(
        ["git", "hash-object", "x"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert release.blob_ids(b"ch\xe1\xbb\xaf\n")[0] == said


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_scalar_reads_back_as_itself(text: str) -> None:
    read = yaml.load(
        f"a: {scalar(text)}\nb: [{scalar(text)}, x]\nc: {{d: {scalar(text)}}}\n",
        Loader=yaml.BaseLoader,
    )
    assert read == {"a": text, "b": [text, "x"], "c": {"d": text}}


def test_the_layout_of_a_record() -> None:
    record: dict[str, Value] = {
        "title": "Đợt: hai",
        "signer": {"person": "unknown"},
        "none": [],
        "items": [{"code": "QT A 01", "files": [{"path": "a.md", "blob": "1"}]}],
    }
    assert dump(record) == (
        'title: "Đợt: hai"\nsigner: {person: unknown}\nnone: []\n'
        "items:\n  - code: QT A 01\n    files:\n      - {path: a.md, blob: 1}\n"
    )
