"""Test the rule `name-not-text`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from qmstool.cli.main import main
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.git.presence import find_uncommitted
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.manual.loading.loader import load
from qmstool.report import FORMATS
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree, findings_of, tiny, tiny_with
from tests.support.repository import Repo
from tests.support.rule_examples import example

SLUG = "name-not-text"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take text only")
@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text_is_a_finding_in_every_form(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in tiny().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    folder = os.fsencode(tmp_path) + b"/procedures/"
    for raw in (b"qt-\xff\xfe.md", b"qt-\xfe\xff.md"):
        Path(os.fsdecode(folder + raw)).write_text("---\ncode: QT VP 09\n---\n", "utf-8")
    Path(os.fsdecode(folder + b"b\xe9.docx")).write_bytes(b"x")
    told = tmp_path / "báo cáo"
    options = ("--root", str(tmp_path), "--format", form, "--no-cache", "--lang", "en")
    assert main(["check", *options]) == 1
    assert main(["check", *options, "--output", str(told)]) == 1
    for text in (capsys.readouterr().out, told.read_text("utf-8")):
        assert "name-not-text" in text or "QMS034" in text
        assert "qt-\N{REPLACEMENT CHARACTER}" in text or "qt-%EF%BF%BD" in text or "ufffd" in text


def test_accents_apart_in_a_name_meet_a_link_with_accents_together(tmp_path: Path) -> None:
    name = "biểu mẫu số 1.docx"
    apart = unicodedata.normalize("NFD", name)
    text = f"# 2.1. Đánh giá nội bộ\n\nXem [mẫu](<{name}>) và [mẫu]({quote(apart)}).\n"
    repo = Repo.make(tmp_path / "kho")
    repo.git("config", "core.precomposeUnicode", "false")
    repo.commit("một", {**tiny(), "manual/2.1.md": text, f"manual/{apart}": b"x"})
    for tree in (FolderTree(repo.folder), commit_tree(repo.folder, "HEAD")):
        manual = load(tree)
        assert f"manual/{name}" in manual.documents["stcl"].attachments
        assert tree.read(f"manual/{name}") == b"x"
        slugs = {each.slug for each in check_tree(tree).findings}
        assert slugs & {"broken-link", "stray-file", "case-clash", "name-not-text"} == set()
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    assert len(history.life(f"manual/{name}")) == 1
    assert uncommitted_paths(git.require_history(git.find_repository(repo.folder))) == ()
    assert find_uncommitted(
        git.require_history(git.find_repository(repo.folder)), FolderTree(repo.folder).list()
    ) == {}  # fmt: skip


@pytest.mark.parametrize("written", ["%20", "%2520", "%23", "%3F", "%25", "%C3%A9"])
def test_a_link_with_any_percent_code_pins_its_file(written: str) -> None:
    name = f"bm{unquote(written)}1.docx"
    text = f"# 2.1. Đánh giá nội bộ\n\nXem [mẫu](bm{written}1.docx#trang-2).\n"
    tree = tiny_with({"manual/2.1.md": text, f"manual/{name}": b"x"})
    assert f"manual/{name}" in load(tree).documents["stcl"].attachments
    slugs = {each.slug for each in check_tree(tree).findings}
    assert slugs & {"broken-link", "stray-file"} == set()


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take text only")
@pytest.mark.parametrize("command", [
    ("register", "internal"), ("register", "forms"), ("matrix",), ("trail",), ("as-of", "2024-03-01"),
    ("distribution",), ("verify",), ("export", "pdf", "QT VP 01", "--output"), ("new", "procedure", "QT VP 55", "Thử"),
    ("withdraw", "QT VP 01"), ("rename", "QT VP 01", "QT VP 71"), ("renumber", "QT VP 01", "1", "9"), ("schema",),
    ("release", "adopt", "QT VP 01"), ("release", "prepare", "dot-2", "--title", "x"), ("opinions",),
])  # fmt: skip
def test_a_name_that_is_no_text_ends_no_command_with_a_traceback(
    tmp_path: Path, command: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    repo = Repo.make(tmp_path / "kho")
    repo.write(tiny())
    for raw in (
        b"procedures/qt-\xff\xfe.md",
        b"manual/\xe9.yml",
        b"templates/\xe9.css",
        b"\xe9.md",
    ):
        file = Path(os.fsdecode(os.fsencode(repo.folder) + b"/" + raw))
        file.parent.mkdir(exist_ok=True)
        file.write_text("---\ncode: QT VP 09\ntype: procedure\n---\n", "utf-8")
    repo.commit("một")
    more = (str(tmp_path / "ra.pdf"),) if command[-1] == "--output" else ()
    forms: tuple[str, ...] = ("",)
    if command[0] in {"register", "matrix", "trail", "as-of", "distribution"}:
        forms = ("table", "csv", "json", "html", "xlsx")
    elif command[0] == "verify":
        forms = ("text", "json", "html")
    for form in forms:
        words = (*command, *more, *(("--format", form) if form else ()))
        assert main([*words, "--root", str(repo.folder)]) in {0, 1, 2}
        told = capsysbinary.readouterr()
        assert b"Traceback" not in told.err
