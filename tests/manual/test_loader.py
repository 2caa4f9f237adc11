from __future__ import annotations

import pytest

from qmstool.i18n import QmsError
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.manual.loading.documents import natural_key
from qmstool.manual.loading.loader import load
from tests.support.memory import MANIFEST, MemoryTree, files, manual


def slugs(**more: str) -> list[tuple[str, str, int]]:
    return [
        (each.slug, each.violation.location.path, each.violation.location.line)
        for each in load(files(**more)).problems
    ]


def test_the_small_manual_is_read_without_a_problem() -> None:
    small = manual(body="Lời mở")
    assert small.problems == ()
    assert list(small.documents) == ["st", "qt-a-01"]
    assert [section.number for section in small.documents["st"].sections] == ["4.1", ""]
    assert small.catalogue is not None
    assert small.catalogue.clauses["4.10"].parent == "4"


def test_sections_stand_in_natural_order() -> None:
    paths = [
        "manual/2/4.10.md",
        "manual/10/a.md",
        "manual/2/4.2.md",
        "manual/1/b.md",
        "manual/2/4.md",
    ]
    assert sorted(paths, key=natural_key) == [
        "manual/1/b.md",
        "manual/2/4.md",
        "manual/2/4.2.md",
        "manual/2/4.10.md",
        "manual/10/a.md",
    ]


def test_a_folder_without_manual_cannot_be_checked() -> None:
    with pytest.raises(QmsError):
        load(MemoryTree({"readme.md": "x"}))
    with pytest.raises(QmsError):
        load(MemoryTree({"qms.yml": MANIFEST}))


@pytest.mark.parametrize(
    ("path", "text", "slug", "line"),
    [
        ("procedures__b_dot_md", "không có phần đầu\n", "no-front-matter", 1),
        (
            "procedures__z_dot_md",
            "---\ncode: QT A 01\ntype: procedure\ntitle: B\n---\n",
            "duplicate-code",
            2,
        ),
        (
            "procedures__z_dot_md",
            "---\ncode: qt-a-01\ntype: procedure\ntitle: B\n---\n",
            "duplicate-code",
            2,
        ),
        (
            "procedures__b_dot_md",
            "---\ncode: unknown\ntype: procedure\ntitle: B\n---\n",
            "missing-key",
            2,
        ),
        ("procedures__b_dot_md", "---\ncode: [\n---\n", "broken-yaml", 2),
        (
            "procedures__b_dot_md",
            "---\ncodes: QT B 01\ncode: QT B 01\ntype: procedure\ntitle: B\n---\n",
            "unknown-key",
            2,
        ),
        ("procedures__records_dot_yml", "schema: 1\nrecords:\n  a: {title: A}\n", "missing-key", 3),
        ("releases__0001_dot_yml", "schema: 1\nrelease: 2\n", "release-misnamed", 2),
    ],
)
def test_a_broken_file_is_a_problem_with_a_place(
    path: str, text: str, slug: str, line: int
) -> None:
    where = path.replace("__", "/").replace("_dot_", ".")
    assert (slug, where, line) in slugs(**{path: text})


def test_a_standard_that_nobody_keeps_is_told_where_it_is_named() -> None:
    broken = files(qms_dot_yml=MANIFEST.replace("catalogue: small", "catalogue: smal"))
    (problem,) = load(broken).problems
    assert (problem.slug, problem.violation.location.line) == ("no-catalogue", 5)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("a.png", "manual/1/a.png"),
        ("../x.md#y", "manual/x.md"),
        ("http://a", ""),
        ("/etc", ""),
        ("#a", ""),
        ("c:\\x", ""),
    ],
)
def test_local_paths_are_relative_ones(target: str, path: str) -> None:
    assert resolve_local_path("manual/1", target) == path
