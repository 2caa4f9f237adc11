"""Headers of Word files: read where they are plain, and nothing else is done with what comes from outside."""

from __future__ import annotations

import io
import zipfile

import pytest

from qmstool.rules.control_forms import MOST_BYTES, header_text
from tests.rules.examples import word


def archive(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(f"word/{name}.xml", part)
    return data.getvalue()


def test_a_code_cut_into_runs_is_one() -> None:
    cut = b'<w:p><w:r><w:t>BM VP </w:t></w:r><w:r><w:rPr/><w:t xml:space="preserve">02.01 &amp; 3</w:t></w:r></w:p>'
    runs = cut + b"<w:p><w:t>A</w:t></w:p>"
    assert header_text(archive(header1=runs, document=b"<w:t>no</w:t>")) == "BM VP 02.01 & 3\nA\n"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", word("x")[:-30], word("x")[:60] + b"\0" * 60])
def test_what_is_no_word_file_says_nothing(data: bytes) -> None:
    assert header_text(data) == ""


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:p><w:t>&c;&f;</w:t></w:p>'
    assert "root" not in header_text(archive(header1=bomb))
    assert header_text(archive(header1=bomb)).strip() == "&c;&f;"


def test_a_header_that_grows_without_end_is_cut() -> None:
    assert len(header_text(archive(header1=b"<w:t>" + b"a" * (50 * MOST_BYTES) + b"</w:t>"))) <= MOST_BYTES
