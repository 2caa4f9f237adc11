"""Files that nobody reads are told, with the name that was probably meant."""

from __future__ import annotations

import pytest

from tests.support.manuals import check_tree, tiny_with


def told(*paths: str) -> list[tuple[str, str | None]]:
    tree = tiny_with(dict.fromkeys(paths, "schema: 1\n"))
    findings = [each for each in check_tree(tree).findings if each.slug == "stray-file"]
    return [(each.location.path, each.suggestion) for each in findings]


@pytest.mark.parametrize(("path", "meant"), [
    ("releases/2.yml", "0002.yml"),
    ("releases/02.yml", "0002.yml"),
    ("releases/0002.yaml", "0002.yml"),
    ("releases/0002.YML", "0002.yml"),
    ("releases/00012.yml", "0012.yml"),
    ("releases/copie.yml", "copies.yml"),
    ("releases/review.yml", "reviews.yml"),
    ("releases/readings.yaml", "readings.yml"),
    ("releases/allowed-signers", "allowed_signers"),
    ("releases/seals/2.sig", "0002.sig"),
    ("releases/candidates/dot-2.yaml", "dot-2.yml"),
    ("manual/proces-map.yml", "process-map.yml"),
    ("manual/process_map.yaml", "process-map.yml"),
    ("manual/abbreviation.yml", "abbreviations.yml"),
    ("manual/1.9.MD", "1.9.md"),
    ("procedures/externals.yml", None),
    ("procedures/record.yml", None),
    ("procedures/qt-vp-09.markdown", "qt-vp-09.md"),
    ("clauses/mapping/tiny-2.yaml", "tiny-2.yml"),
    ("clauses/mappings/tiny-1.yml", None),
    ("templates/words/vn.yml", "vi.yml"),
    ("templates/words/vi.yaml", "vi.yml"),
])  # fmt: skip
def test_a_name_nearly_right(path: str, meant: str | None) -> None:
    assert told(path) == [(path, meant)]


def test_what_is_read_or_proves_something_is_left_alone() -> None:
    assert told(
        "releases/allowed_signers",
        "releases/copies.yml",
        "releases/reviews.yml",
        "releases/readings.yml",
        "releases/revoked.yml",
        "releases/evidence/0002-qd.pdf",
        "releases/seals/0002.sig",
        "releases/README.md",
        "procedures/README.txt",
        "manual/anh.PNG",
        "templates/words/vi.yml",
        "templates/site/document.md.jinja",
    ) == []  # fmt: skip


def test_a_name_already_taken_is_not_offered() -> None:
    assert told("releases/0001.yml", "releases/1.yml") == [("releases/1.yml", None)]
