"""What a document says that it replaces: old codes in use, and documents that live on."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny, tiny_with

SLUGS = {"replaced-code", "unknown-code", "renamed-code", "replaces-living", "relies-on-ended"}
RELEASE = (
    "schema: 1\nrelease: 1\nimported: true\ntitle: Đợt 1\ninstrument: {kind: decision, "
    "number: '1', date: 2025-01-01}\n"
    "signer: {person: unknown, role: unknown, capacity: unknown}\neffective: 2025-01-01\n"
    "recorder: unknown\n"
    "previous: none\nbasis: []\nitems:\n"
)


def procedure(number: int, more: str) -> str:
    path = f"procedures/qt-vp-0{number}.md"
    return tiny()[path].decode().replace("owner: VP\n", f"owner: VP\n{more}\n", 1)


def told(files: dict[str, str]) -> list[tuple[str, str, str | None]]:
    report = check_tree(tiny_with(files))
    return [
        (each.slug, f"{each.location.path}:{each.location.line}", each.suggestion)
        for each in report.findings
        if each.slug in SLUGS
    ]


def test_a_replaced_code_in_text_and_in_data() -> None:
    mapping = (
        tiny()["clauses/mapping/tiny-1.yml"]
        .decode()
        .replace("documents: [QT VP 02]", "documents: [QT VP 05]")
    )
    text = "# 2.1. Đánh giá nội bộ\n\nTheo QT VP 02, QT-VP-05 và QT VP 06.\n"
    found = told(
        {
            "procedures/qt-vp-01.md": procedure(1, "replaces: [QT VP 05]"),
            "manual/2.1.md": text,
            "clauses/mapping/tiny-1.yml": mapping,
        }
    )
    assert found == [
        ("replaced-code", "clauses/mapping/tiny-1.yml:14", "QT VP 01"),
        ("replaced-code", "manual/2.1.md:3", "QT VP 01"),
        ("unknown-code", "manual/2.1.md:3", "QT VP 02"),
    ]


def test_where_two_documents_took_its_place_both_are_named() -> None:
    text = "# 2.1. Đánh giá nội bộ\n\nTheo QT VP 05 và QT VP 02.\n"
    files = {f"procedures/qt-vp-0{n}.md": procedure(n, "replaces: [QT VP 05]") for n in (1, 2)}
    (found,) = [
        each
        for each in check_tree(tiny_with({**files, "manual/2.1.md": text})).findings
        if each.slug == "replaced-code"
    ]
    assert found.suggestion is None
    assert found.message.vi == (
        "«QT VP 05» đã được thay bằng QT VP 01 (Quy trình kiểm soát tài liệu) và QT VP 02 "
        "(Quy trình đánh giá nội bộ). Hãy dẫn tới "
        "tài liệu mới; nếu có kèm số mục thì xem lại số mục."
    )


def test_a_file_still_named_after_the_code_that_its_document_replaces() -> None:
    moved = procedure(1, "replaces: [QT VP 01]").replace("code: QT VP 01", "code: QT VP 07")
    found = told({"procedures/qt-vp-01.md": moved})
    assert {slug for slug, *_ in found} == {"replaced-code"}
    assert {right for *_, right in found} == {"QT VP 07"}


def test_a_code_that_others_still_use_is_named_as_the_first_of_them_writes_it() -> None:
    moved = procedure(1, "").replace("code: QT VP 01", "code: QT VP 07").replace("\n\n\n", "\n\n")
    text = "# 2.1. Đánh giá nội bộ\n\nTheo QT-VP-01.\n"
    found = told({"procedures/qt-vp-01.md": moved, "manual/2.1.md": text})
    assert found == [("renamed-code", "procedures/qt-vp-01.md:2", "QT VP 01")]


def test_a_document_that_replaces_itself() -> None:
    assert told({"procedures/qt-vp-01.md": procedure(1, "replaces: [QT VP 01]")}) == [
        ("replaces-living", "procedures/qt-vp-01.md:7", None)
    ]


@pytest.mark.parametrize(
    ("items", "living"),
    [
        (
            ("{code: QT VP 02, act: new, title: A, issue: 1, revision: 0}",),
            False,
        ),  # the new one is still a draft
        (
            (
                "{code: QT VP 01, act: new, title: A, issue: 1, revision: 0}",
                "{code: QT VP 02, act: new, title: B, issue: 1, revision: 0}",
            ),
            True,
        ),
        (
            (
                "{code: QT VP 01, act: new, title: A, issue: 1, revision: 0}",
                (
                    "{code: QT VP 02, act: withdraw, title: Quy trình đánh giá nội bộ, issue: 1, "
                    "revision: 0}"
                ),
            ),
            False,
        ),
    ],
)
def test_releases_say_whether_the_old_one_lives(items: tuple[str, ...], living: bool) -> None:
    release = RELEASE + "".join(f"  - {each}\n" for each in items)
    found = told(
        {
            "procedures/qt-vp-01.md": procedure(1, "replaces: [QT VP 02]"),
            "releases/0001.yml": release,
        }
    )
    assert ("replaces-living" in {slug for slug, *_ in found}) is living
