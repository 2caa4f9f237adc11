"""Files that nobody reads are told, with the name that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.storage.beside import Beside
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree, findings_of, tiny, tiny_with
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path


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
    ("clauses/mappings/tiny-1.yml", "clauses/mapping/"),
    # spaces, copies, endings upon endings, letters for figures
    ("releases/0002 .yml", "0002.yml"),
    ("releases/0002 (1).yml", "0002.yml"),
    ("releases/0002 - Copy.yml", "0002.yml"),
    ("releases/Copy of 0002.yml", "0002.yml"),
    ("releases/Bản sao của 0002.yml", "0002.yml"),
    ("releases/0002.yml.txt", "0002.yml"),
    ("releases/0002.yml.bak", "0002.yml"),
    ("releases/0002.yml~", "0002.yml"),
    ("releases/O002.yml", "0002.yml"),
    ("releases/dot-2.yml", "0002.yml"),
    ("releases/Đợt 2.yml", "0002.yml"),
    ("releases/0002.json", "0002.yml"),
    ("releases/copies (1).yml", "copies.yml"),
    ("releases/allowed_signers.txt", "allowed_signers"),
    ("releases/candidates/dot-2.yml.txt", "dot-2.yml"),
    ("releases/seals/0002.sign", "0002.sig"),
    ("manual/process-map.yml.txt", "process-map.yml"),
    ("manual/process map.yml", "process-map.yml"),
    ("manual/1.9.md.txt", "1.9.md"),
    ("manual/1.9.md ", "1.9.md"),
    ("manual/1.9", "1.9.md"),
    ("procedures/qt-vp-09.md.txt", "qt-vp-09.md"),
    ("procedures/QT-VP-09.MD", "QT-VP-09.md"),
    ("procedures/Quy trình/qt-vp-09.mdown", "qt-vp-09.md"),
    ("procedures/process-map.yml", "manual/process-map.yml"),
    ("clauses/harmonised.yml", "harmonized.yml"),
    ("templates/words/vi (1).yml", "vi.yml"),
    # folders nearly right
    ("releases/Evidence/0002-qd.pdf", "releases/evidence/"),
    ("releases/seal/0002.sig", "releases/seals/"),
    ("releases/candidate/dot-2.yml", "releases/candidates/"),
    ("clauses/catalogs/tiny-2.yml", "clauses/catalogues/"),
    ("templates/Words/vi.yml", "templates/words/"),
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
        "templates/site/pages/document.md.jinja",
    ) == []  # fmt: skip


def test_a_name_already_taken_is_not_offered() -> None:
    assert told("releases/0001.yml", "releases/1.yml") == [("releases/1.yml", None)]


@pytest.mark.parametrize(("path", "of"), [
    ("procedures/external (1).yml", "procedures/external.yml"),
    ("procedures/external.yaml", "procedures/external.yml"),
    ("procedures/Copy of records.yml", "procedures/records.yml"),
    ("clauses/mapping/tiny-1.yaml", "clauses/mapping/tiny-1.yml"),
    ("manual/index.markdown", "manual/index.md"),
    ("manual/1.1.md.bak", "manual/1.1.md"),
])  # fmt: skip
def test_a_copy_of_what_is_read_is_called_so(path: str, of: str) -> None:
    found = check_tree(tiny_with({path: "schema: 1\n"})).findings
    (message,) = [each.message for each in found if each.location.path == path]
    assert f"bản sao của {of}" in message.vi
    assert f"a copy of {of}" in message.en


@pytest.mark.parametrize("path", [
    "manual/~$1.9.docx", "procedures/.~lock.qt.docx#", "procedures/~WRL0001.tmp",
    "manual/Thumbs.db", "releases/0002.yml.swp", "releases/desktop.ini",
])  # fmt: skip
def test_what_a_program_left_behind_is_called_so(path: str) -> None:
    found = check_tree(tiny_with({path: "x"})).findings
    (message,) = [each.message for each in found if each.location.path == path]
    assert "tệp tạm hay tệp khóa" in message.vi
    assert "temporary or lock file" in message.en


@pytest.mark.parametrize(("path", "meant"), [
    ("mkdocs.yaml", "mkdocs.yml"), ("mkdocs.yml.txt", "mkdocs.yml"), ("mkdoc.yml", "mkdocs.yml"),
])  # fmt: skip
def test_a_file_at_the_top_nearly_right_is_told(path: str, meant: str) -> None:
    assert told(path) == [(path, meant)]


@pytest.mark.parametrize("name", ["qms.yaml", "QMS.yml", "qms.yml.txt", "qms (1).yml"])
def test_a_manifest_nearly_right_is_named(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in tiny().items():
        file = tmp_path / path.replace("qms.yml", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert f"«{name}»" in capsys.readouterr().err


def _document(code: str) -> str:
    return f"---\ncode: {code}\ntype: procedure\ntitle: Tên\nowner: VP\n---\n\n# Tên\n"


@pytest.mark.parametrize(("folder", "meant"), [
    ("procedure", "procedures/"),
    ("Procedures", "procedures/"),
    ("PROCEDURES", "procedures/"),
    ("procedurs", "procedures/"),
    ("clause", "clauses/"),
    ("Clauses", "clauses/"),
    ("release", "releases/"),
    ("manuals", "manual/"),
    ("template", "templates/"),
    ("quy-trinh", "procedures/"),
    ("Quy trình", "procedures/"),
    ("quy_trinh", "procedures/"),
    ("bieu-mau", "procedures/"),
    ("tai-lieu", "procedures/"),
    ("so-tay", "manual/"),
    ("dieu-khoan", "clauses/"),
])  # fmt: skip
def test_a_folder_under_another_name_is_told_once(folder: str, meant: str) -> None:
    assert told(f"{folder}/a.md", f"{folder}/b.md") == [(f"{folder}/a.md", meant)]
    assert told(f"{folder}/con/x.yml") == [(f"{folder}/con/x.yml", meant)]


@pytest.mark.parametrize("path", [
    "docs/a.md", "README.md", "src/a.yml", "scripts/x.md", ".github/x.md", "tests/data/x.md",
    "mkdocs.yml", "procedure/x.py", "other/procedures/x.md",
])  # fmt: skip
def test_the_rest_of_a_repository_is_left_alone(path: str) -> None:
    assert told(path) == []


def test_another_manual_beside_this_one_is_left_alone() -> None:
    assert told("quy-trinh/qms.yml", "quy-trinh/procedures/x.md") == []


@pytest.mark.parametrize("path", ["qt-vp-09.md", "policies/qt-vp-09.md", "policies/vp/qt-vp-09.md"])
def test_a_document_beside_the_folders_is_told_wherever_it_lies(path: str) -> None:
    tree = tiny_with({path: _document("QT VP 09"), "policies/ghi-chu.md": "# Ghi chú\n"})
    findings = [each for each in check_tree(tree).findings if each.slug == "stray-file"]
    assert [(each.location.path, each.suggestion) for each in findings] == [
        (path, "procedures/qt-vp-09.md")
    ]
    assert path in findings[0].message.vi
    assert path in findings[0].message.en


def test_a_folder_on_disk_and_in_a_commit_is_told_alike(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path)
    repo.commit("all", {**tiny(), "quy-trinh/qt-vp-09.md": _document("QT VP 09")})
    (tmp_path / "link").symlink_to(tmp_path / "quy-trinh")
    beside = (Beside("quy-trinh/qt-vp-09.md", is_document=True),)
    assert FolderTree(tmp_path).beside() == beside
    assert commit_tree(tmp_path, "HEAD").beside() == beside


def test_a_manual_whose_folder_appears_is_checked_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in tiny().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    main(["check", "--root", str(tmp_path)])
    assert "stray-file" not in capsys.readouterr().out
    (tmp_path / "procedure").mkdir()
    (tmp_path / "procedure/qt-vp-09.md").write_text("# Tên\n", "utf-8")
    main(["check", "--root", str(tmp_path)])
    assert "QMS340 stray-file" in capsys.readouterr().out


def test_where_all_lies_in_the_wrong_folder_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qms.yml").write_bytes(tiny()["qms.yml"])
    (tmp_path / "quy-trinh").mkdir()
    (tmp_path / "quy-trinh/qt-vp-09.md").write_text(_document("QT VP 09"), "utf-8")
    assert main(["check", "--no-cache", "--root", str(tmp_path)]) != 0
    told = capsys.readouterr()
    assert "quy-trinh/" in told.out + told.err
    assert "procedures/" in told.out + told.err


def test_words_of_a_text_that_was_read_use_no_file() -> None:
    """Only a text whose data could not be read may have meant the file that it names."""
    body = "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 01, mục 2; bản cũ là notes.yml.\n"
    told = findings_of({"manual/notes.yml": "a: 1\n", "manual/1.2.md": body})
    assert [each for each in told if each.startswith("stray-file")] == [
        "stray-file manual/notes.yml:1:1"
    ]
