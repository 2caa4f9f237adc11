"""The files of a recorded document bear the names by which its texts call them, in that order."""

from __future__ import annotations

import pytest

from qmstool.frozen import replace
from qmstool.releases.record import digest_parts
from qmstool.verify.records.carried import check_carried
from tests.support.planted import item, record
from tests.support.proved import blob, pin, proved, slugs, words

TOLD = ["pin-misplaced 0001.yml"]
HEAD = "---\ntype: procedure\n---\n"
TEXT = HEAD + "![A](a.png)\n\n![B](b.png)\n"
FORM = "---\ntype: form\nfile: mau.docx\n---\n"
A, B = b"a", b"b"


def found(*carried: tuple[str, str | bytes], lost: str = "") -> tuple[list[str], list[str]]:
    """What is told of a document of these files, and what stands at its places; `lost`: which of
    them is not in git any more.
    """
    files = {path: part.encode() if isinstance(part, str) else part for path, part in carried}
    texts = [data for path, data in files.items() if path.endswith(".md")]
    others = [data for path, data in files.items() if not path.endswith(".md")]
    pins = ", ".join([pin(path, data) for path, data in files.items()])
    made = item(digest=digest_parts(texts, others), files=f"[{pins}]")
    manual, held = proved(record(1, "2024-01-01", "2024-01-01", made), blobs=tuple(files.values()))
    if lost:
        less = {name: data for name, data in held.blobs.items() if name != blob(files[lost])}
        held = replace(held, blobs=less)
    told = list(check_carried(manual.releases, held.blobs, lambda _: manual.config))
    # Settings that cannot be read are those of a manual in our own words.
    assert told == list(check_carried(manual.releases, held.blobs, lambda _: None))
    return slugs(told), words(manual, told)


@pytest.mark.parametrize(
    "carried",
    [
        [("p/x.md", TEXT), ("p/a.png", A), ("p/b.png", B)],
        [("p/x.md", TEXT), ("p/a.png", A)],
        [("p/x.md", TEXT)],
        [("p/x.md", HEAD + "Lời.\n"), ("p/c.png", A)],  # nothing is named and lost
        [("p/x.md", HEAD + "[khác](khac.md)\n"), ("p/c.png", A)],
        [("p/x.md", HEAD + "[khác](khac.md#muc)\n"), ("p/c.png", A)],
        [("p/x.md", HEAD + "[ngoài](https://example.org/c.png)\n"), ("p/c.png", A)],
        [("p/x.md", FORM), ("p/mau.docx", A)],
        [("p/x.md", FORM + "![A](a.png)\n"), ("p/a.png", B), ("p/mau.docx", A)],
        [("p/x.md", "---\ntype: form\nfile: y.md\n---\n![A](a.png)\n"), ("p/y.md", HEAD), ("p/a.png", A)],
        [("manual/index.md", HEAD), ("manual/1/4.2.md", "# 4.2. B\n"), ("manual/1/4.10.md", "# 4.10. C\n")],
    ],
)  # fmt: skip
def test_files_under_the_names_that_the_texts_say_are_silent(
    carried: list[tuple[str, str | bytes]],
) -> None:
    assert found(*carried) == ([], [])


@pytest.mark.parametrize(
    ("carried", "at"),
    [
        # The bytes in their order are what was signed; the names are another's.
        ([("p/x.md", TEXT), ("p/b.png", A), ("p/a.png", B)], A),
        ([("p/x.md", "[A](a.png) [B](b.png)\n"), ("p/b.png", A), ("p/a.png", B)], A),
        ([("p/x.md", FORM + "![A](a.png)\n"), ("p/mau.docx", A), ("p/a.png", B)], A),
        ([("p/x.md", TEXT), ("p/a.png", A), ("p/c.png", B)], B),
        ([("p/x.md", HEAD + "![A](a.png)\n"), ("p/c.png", A)], A),
        ([("p/x.md", HEAD + "[b](khac.md) ![A](a.png)\n"), ("p/c.png", A)], A),
        ([("p/x.md", FORM), ("p/khac.docx", A)], A),
        ([("p/x.md", HEAD + "Lời.\n"), ("p/y.md", FORM), ("p/khac.docx", A)], A),
        (
            [("manual/index.md", HEAD), ("manual/1/4.10.md", "# 4.10. C\n"), ("manual/1/4.2.md", "# 4.2. B\n")],
            b"# 4.10. C\n",
        ),
        ([("manual/1/4.1.md", "# 4.1. A\n"), ("manual/index.md", HEAD)], b"# 4.1. A\n"),
    ],
)  # fmt: skip
def test_a_file_under_the_name_of_another_is_told_once_at_its_pin(
    carried: list[tuple[str, str | bytes]], at: bytes
) -> None:
    assert found(*carried) == (TOLD, [blob(at)])


def test_of_files_that_the_texts_do_not_name_each_is_told() -> None:
    told = found(("p/x.md", TEXT), ("p/c.png", A), ("p/d.png", B))
    assert told == (TOLD * 2, [blob(A), blob(B)])


@pytest.mark.parametrize("lost", ["p/x.md", "p/b.png"])
def test_of_what_is_not_as_it_was_recorded_that_is_told_elsewhere(lost: str) -> None:
    assert found(("p/x.md", TEXT), ("p/b.png", A), ("p/a.png", B), lost=lost) == ([], [])
