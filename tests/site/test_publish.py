"""Versions, the atomic switch, and the preview."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError, Text
from qmstool.site.build.target import FILE_LIST, VERSION_LIST, refuse_foreign_files
from qmstool.site.publish import serve
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree
from tests.support.manuals import tiny
from tests.support.repository import Repo
from tests.support.site.scenes import NOW, built, copy_released, second_release, write
from tests.support.steps import steps_grow_with_square

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "tai-lieu/qt-vp-01/index.html"


@pytest.fixture(scope="module")
def scene(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Path]:
    return copy_released(released_home, tmp_path_factory.mktemp("released"))


def read(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_each_version_shows_its_own_text(scene: tuple[Repo, Path]) -> None:
    _, site = scene
    assert "giữ và công bố danh mục" in read(site, PAGE)
    assert "Văn phòng giữ danh mục" in read(site, f"0001/{PAGE}")
    assert "Sớm tìm ra" in read(site, "du-thao/tai-lieu/qt-vp-02/index.html")
    assert "Sớm tìm ra" not in read(site, "tai-lieu/qt-vp-02/index.html")


def test_states_instrument_and_check_code_are_on_the_page(scene: tuple[Repo, Path]) -> None:
    _, site = scene
    for words in (
        "Đang có hiệu lực",
        "1 · 1",
        "01/03/2025",
        "12/QĐ-VD ngày 20/02/2025",
        "Công bố danh mục",
        "EG7N-CZMT-ED1N",
    ):
        assert words in read(site, PAGE), words
    assert "Bản tiếp nhận – chưa có bằng chứng phê duyệt" in read(site, f"0001/{PAGE}")
    assert "Dự thảo sửa đổi, chưa có hiệu lực" in read(site, "du-thao/tai-lieu/qt-vp-02/index.html")
    assert "Có dự thảo sửa đổi" in read(site, "tai-lieu/qt-vp-02/index.html")


def test_what_only_the_draft_has_is_not_in_force(scene: tuple[Repo, Path]) -> None:
    _, site = scene
    assert (site / "du-thao/tai-lieu/bm-vp-01-01/index.html").is_file()
    assert not (site / "tai-lieu/bm-vp-01-01/index.html").exists()


def test_the_list_of_versions(scene: tuple[Repo, Path]) -> None:
    listed = json.loads(read(scene[1], "versions.json"))
    assert [(each["version"], each["properties"]["until"]) for each in listed] == [
        (".", ""),
        ("du-thao", ""),
        ("0002", ""),
        ("0001", "2025-03-01"),
    ]


def test_a_release_built_before_is_taken_over(scene: tuple[Repo, Path]) -> None:
    repo, site = scene
    page, mark = site / "0001/index.html", site / "0001/mark.txt"
    built(repo.folder, site)
    mark.write_text("of somebody else")
    with pytest.raises(QmsError):
        built(repo.folder, site)
    mark.unlink()
    before = page.stat().st_ino
    built(repo.folder, site)
    assert page.stat().st_ino == before
    assert not mark.exists()


def test_a_release_whose_text_is_gone_shows_its_data_and_never_the_tip(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "repo")
    repo.commit("Texts", tiny())
    text = tiny()["procedures/qt-vp-01.md"].decode()
    repo.write({"procedures/qt-vp-01.md": text.replace("giữ danh mục", "giữ danh mục bí mật")})
    record = second_release(repo.folder)
    repo.commit(
        "Release of a text that was never committed",
        {"releases/0002.yml": record, "procedures/qt-vp-01.md": text},
    )
    built(repo.folder, tmp_path / "site")
    page = read(tmp_path / "site", PAGE)
    assert "Không tìm thấy lời văn trong kho git" in page
    assert "giữ danh mục" not in page


def test_without_a_release_the_root_is_the_draft(tmp_path: Path) -> None:
    made = built(write(tmp_path / "repo", {}), tmp_path / "site")
    assert made.versions == ("",)
    assert "Đây là bản dự thảo" in read(tmp_path / "site", "index.html")


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    built(root, tmp_path / "site")
    before = read(tmp_path / "site", "index.html")
    (root / "mkdocs.yml").write_text("plugins: [x]")
    with pytest.raises(QmsError):
        built(root, tmp_path / "site")
    assert read(tmp_path / "site", "index.html") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("target", [".", "manual/site", "../repo", ".."])
def test_the_manual_itself_is_never_the_target(target: str, tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    with pytest.raises(QmsError):
        built(root, root / target)
    assert (root / "qms.yml").is_file()


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("mine")
    with pytest.raises(QmsError):
        built(root, tmp_path / "home")
    assert (tmp_path / "home/letter.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["versions.json", "site-files.json"])
def test_no_pipe_is_opened_to_see_what_a_folder_is(name: str, tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    (tmp_path / "home").mkdir()
    os.mkfifo(tmp_path / "home" / name)
    with pytest.raises(QmsError):
        built(root, tmp_path / "home")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("versions.json", '[{"version": "1.0", "title": "1.0", "aliases": []}]'),
        ("versions.json", "x"),
        (".git/HEAD", "ref: refs/heads/gh-pages"),
        (".git", "gitdir: ../kho/.git/worktrees/site"),
        (".env", "mine"),
    ],
)
def test_a_site_of_another_program_or_a_repository_is_not_replaced(
    name: str, text: str, tmp_path: Path
) -> None:
    root = write(tmp_path / "repo", {})
    home = tmp_path / "home"
    home.mkdir()
    (home / "versions.json").write_text('[{"version": "latest", "properties": {}}]', "utf-8")
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_text(text, "utf-8")
    with pytest.raises(QmsError):
        built(root, home)
    assert (home / name).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("robots.txt", "mine"),
        ("tai-lieu/qt-vp-01/ghi-chu.docx", "mine"),
        ("anh/so-do.png", "mine"),
        (".well-known/security.txt", "mine"),
        ("trong/", ""),
        ("lien-ket", "->"),
        ("thu-muc-lien-ket", "->."),
    ],
)
def test_what_somebody_put_into_a_site_is_named_and_stays(
    name: str, text: str, tmp_path: Path
) -> None:
    root = write(tmp_path / "repo", {})
    home = tmp_path / "home"
    built(root, home)
    built(root, home)
    put = home / name
    if text.startswith("->"):
        put.symlink_to(tmp_path / "nowhere" if text == "->" else tmp_path)
    elif name.endswith("/"):
        put.mkdir()
    else:
        put.parent.mkdir(exist_ok=True, parents=True)
        put.write_text(text, "utf-8")
    with pytest.raises(QmsError) as told:
        built(root, home)
    assert name in told.value.text.vi or name.startswith(".")
    assert put.is_symlink() or put.is_dir() or put.read_text("utf-8") == text
    (put.unlink if put.is_symlink() or put.is_file() else put.rmdir)()
    if name == "anh/so-do.png":
        put.parent.rmdir()
    if not name.startswith("."):
        built(root, home)


@pytest.mark.parametrize("listed", ["named", "not named", "no list"])
def test_what_nests_deeper_than_any_site_is_refused(listed: str, tmp_path: Path) -> None:
    """Whoever put it there could have named it in the list, or taken the list away."""
    (tmp_path / VERSION_LIST).write_text('[{"properties": {}}]')
    deep = tmp_path / ("x/" * 301) / "y"
    deep.parent.mkdir(parents=True)
    deep.write_text("z")
    if listed != "no list":
        names = [VERSION_LIST, deep.relative_to(tmp_path).as_posix()]
        (tmp_path / FILE_LIST).write_text(json.dumps(names[: 1 + (listed == "named")]))
    with pytest.raises(QmsError, match="«x/x/x/…»"):
        refuse_foreign_files(tmp_path)


def test_what_lies_where_no_path_leads_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / VERSION_LIST).write_text('[{"properties": {}}]')
    (tmp_path / FILE_LIST).write_text(json.dumps([VERSION_LIST]))
    monkeypatch.chdir(tmp_path)
    for _ in range(20):
        os.mkdir("y" * 250)  # noqa: PTH102 - step by step, no path is so long
        os.chdir("y" * 250)
    Path("z").write_text("z")
    os.chdir(tmp_path)
    with pytest.raises(QmsError, match="yyy/…»"):
        refuse_foreign_files(tmp_path)


def test_emptied_folders_are_not_looked_for_in_every_name(tmp_path: Path) -> None:
    def made(count: int) -> Callable[[], object]:
        site = tmp_path / str(count)
        names = [f"{number}/index.html" for number in range(count)]
        for number in range(count):
            (site / str(number)).mkdir(parents=True)
        (site / FILE_LIST).write_text(json.dumps(names))
        return lambda: refuse_foreign_files(site)

    assert not steps_grow_with_square(made, 60)


def test_what_somebody_took_out_of_a_site_is_put_back(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    home = tmp_path / "home"
    built(root, home)
    page = next(path for path in home.rglob("index.html") if len(list(path.parent.iterdir())) == 1)
    page.unlink()
    built(root, home)
    assert page.is_file()


@pytest.mark.parametrize("listed", ["x", "{}", '["a", 1]', "[" * 100_000, None])
def test_a_list_of_files_that_is_none_hides_nothing(listed: str | None, tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    home = tmp_path / "home"
    built(root, home)
    if listed is None:
        (home / "site-files.json").unlink()  # a site of before there was a list
        built(root, home)
        return
    (home / "site-files.json").write_text(listed, "utf-8")
    with pytest.raises(QmsError):
        built(root, home)


def test_serve_rebuilds_on_save_and_keeps_the_last_good_site(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {})
    said: list[str] = []
    done = threading.Event()

    def say(text: Text) -> None:
        said.append(text.vi)

    def open_facts(texts: ReadOnceTree) -> KeptFacts:
        return KeptFacts(tmp_path / "facts", b"secret", b"tool", texts.texts)

    running = threading.Thread(
        target=lambda: serve(
            root,
            port=0,
            clock=lambda: NOW,
            lang=None,
            say=say,
            stop=done.is_set,
            open_facts=open_facts,
        )
    )
    running.start()
    try:
        wait(lambda: len(said) == 1)
        address = said[0].rpartition(" ")[2]
        page = root / "procedures/qt-vp-01.md"
        page.write_text(page.read_text("utf-8").replace("giữ danh mục", "giữ cả danh mục"), "utf-8")
        wait(lambda: len(said) == 2)
        assert said[1].startswith("procedures/qt-vp-01.md → đã hiện, sau ")
        assert "giữ cả danh mục" in fetch(f"{address}tai-lieu/qt-vp-01/")
        wait(lambda: len(said) == 3)
        assert said[2].startswith("procedures/qt-vp-01.md → ")
        assert " trang, sau " in said[2]
        assert "giữ cả danh mục" in fetch(f"{address}tai-lieu/qt-vp-01/")
        kept = open_facts(ReadOnceTree(FolderTree(root)))
        assert not kept.lacks("document", "procedures/qt-vp-01.md")
        (root / "mkdocs.yml").write_text("plugins: [x]")
        wait(lambda: len(said) == 4)
        assert "plugins" in said[3]
        assert "giữ cả danh mục" in fetch(f"{address}tai-lieu/qt-vp-01/")
    finally:
        done.set()
        running.join(30)


def wait(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        text: str = answer.read().decode()
    return text


def test_what_speaks_against_a_record_stands_beside_its_state(
    scene: tuple[Repo, Path],
) -> None:
    """Release 2 bears no digest of the one before; of the others nobody says so."""
    _, site = scene
    for page, is_told in (("qt-vp-01", True), ("qt-vp-02", False)):
        html = (site / f"tai-lieu/{page}/index.html").read_text("utf-8")
        strip = html[html.index('class="q-strip__state"') :].split("</div>")[0]
        assert ("Kiểm chứng: có điều trái với bản ghi" in strip) == is_told
