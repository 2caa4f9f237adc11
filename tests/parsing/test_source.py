from __future__ import annotations

import unicodedata

import pytest

from qmstool.parsing import source as source_module
from qmstool.parsing.source import SOUGHT, SoundFile, SourceFile


def place(data: bytes, words: str) -> tuple[int, int]:
    source = SourceFile("a.md", data)
    return source.line_and_column(source.text.index(words))


def test_positions_are_code_points_from_one() -> None:
    assert place("Điều một\nđiều hai\n".encode(), "hai") == (2, 6)


def test_crlf_and_lone_cr_count_as_lines() -> None:
    source = SourceFile("a.md", b"one\r\ntwo\rthree")
    assert source.flaws == ("crlf",)
    assert source.line_and_column(source.text.index("three")) == (3, 1)


def test_a_byte_order_mark_is_no_column() -> None:
    source = SourceFile("a.md", "\ufeffchữ".encode())
    assert source.flaws == ("bom",)
    assert source.line_and_column(0) == (1, 1)
    assert source.text == "chữ"


@pytest.mark.parametrize("word", ["đúng", "chỗ", "cuối"])
def test_decomposed_text_is_worked_on_composed_and_pointed_at_as_it_is(word: str) -> None:
    raw = unicodedata.normalize("NFD", "Tiếng Việt để đúng chỗ cuối")
    source = SourceFile("a.md", raw.encode())
    assert source.flaws == ("not-nfc",)
    assert unicodedata.is_normalized("NFC", source.text)
    _, column = source.line_and_column(source.text.index(word))
    assert raw[column - 1 :].startswith(unicodedata.normalize("NFD", word))


def test_bytes_that_are_no_utf8_are_told_and_read_on() -> None:
    source = SourceFile("a.md", b"caf\xe9\nok")
    assert source.flaws == ("not-utf8",)
    assert source.line_and_column(source.text.index("ok")) == (2, 1)


def test_a_location_ends_after_its_last_character() -> None:
    where = SourceFile("a.md", b"one two").locate(4, 7)
    assert (where.line, where.column, where.end_line, where.end_column) == (1, 5, 1, 8)


def test_a_line_is_read_once_however_often_it_is_located(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Counted(source_module._Columns):
        def __init__(self, raw: str) -> None:
            made.append(len(raw))
            super().__init__(raw)

    monkeypatch.setattr(source_module, "_Columns", Counted)
    raw = unicodedata.normalize("NFD", "Văn phòng xử lý. " * 600)
    source = SourceFile("a.md", raw.encode())
    columns = [source.line_and_column(at)[1] for at in range(0, len(source.text), 50)]
    assert columns == sorted(columns)
    assert made == [len(raw)]


@pytest.mark.parametrize(
    "raw",
    [
        "e\u0301\u0323o",
        "\u1100\u1161\u11a8x",
        "\u09c7\u09be\u09be",
        "\u0301a",
        "a\u0340\u0345b",
        "",
    ],
)
def test_columns_are_those_of_the_raw_line(raw: str) -> None:
    source = SourceFile("a.md", raw.encode())
    for column in range(1, len(source.text) + 1):
        expected = next(
            (
                length
                for length in range(1, len(raw))
                if not unicodedata.combining(raw[length])
                and len(unicodedata.normalize("NFC", raw[:length])) >= column
            ),
            len(raw),
        )
        if not unicodedata.is_normalized("NFC", raw):
            assert source.line_and_column(column)[1] == expected + 1


@pytest.mark.parametrize("text", ["", "\n", "một", "một\n", "một\n\nba", "mo\u0302t\r\nhai\r"])
def test_lines_are_those_of_the_file(text: str) -> None:
    source = SourceFile("a.md", text.encode())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [source.line(number) for number in range(len(lines) + 2)] == ["", *lines, ""]


@pytest.mark.parametrize(
    "data",
    [
        b"a\r\nb",
        b"\xef\xbb\xbfa",
        b"\xff",
        "a\u0302".encode(),
        "Ðiều".encode(),
        b"<<<<<<< ours",
        b"<!-- qms: allow -->",
        b"# QMS",
        b"a:\tb",
    ],
)
def test_what_few_files_have_makes_a_file_unsound(data: bytes) -> None:
    assert not SourceFile("a.md", data).sound


def test_a_sound_file_is_read_when_its_text_is_asked_for() -> None:
    data = "Điều một\nđiều hai\n".encode()
    read, known = SourceFile("a.md", data), SoundFile("a.md", data)
    assert read.sound
    for name in ("sound", "foreign", "flaws", "utf16", "path"):
        assert getattr(known, name) == getattr(read, name)
    assert [known.holds(words) for words in SOUGHT] == [False] * len(SOUGHT)
    assert known.holds("hai")
    assert known.locate(9, 13) == read.locate(9, 13)
    assert (known.line(2), known.rare_bytes) == (read.line(2), read.rare_bytes)
    with pytest.raises(AttributeError, match="txet"):
        _ = known.txet
