"""What a build takes over from the one before: what it wrote and would write again, nothing else."""

from __future__ import annotations

import io
import os
import re
import shutil
from typing import TYPE_CHECKING

import docx
import pytest

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.documents import Document
from qmstool.manual.loading.loader import load
from qmstool.site.build import edition_build, reuse
from qmstool.site.build.page_key import _VISIBLE, TEMPLATES
from qmstool.site.publish import build_site, check_manual
from qmstool.storage import resources
from qmstool.storage.tree import FolderTree
from qmstool.storage.user_dirs import cache_folder
from tests.support.manuals import tiny
from tests.support.site.edits import Life
from tests.support.site.scenes import CHANGED, DAY, NOW, built, released

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

EDITS = int(os.environ.get("QMS_SITES", "30"))
# What went wrong stays until its page is made again: after so many edits the whole is looked at.
TOGETHER = 1 if "QMS_SITES" in os.environ else 5
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261122"))
PAGE = "tai-lieu/qt-vp-01/index.html"
OTHER = "tai-lieu/qt-vp-02/index.html"
FIRST = tiny()["procedures/qt-vp-01.md"].decode()
KEPT = "0001/tai-lieu/qt-vp-01/index.html"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site, by its path there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def inode(path: Path) -> int:
    """The file itself, whatever name it has: one that was taken over is the same."""
    return path.stat().st_ino


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = released(tmp_path / "repo")
    built(made.folder, tmp_path / "site")
    return made


@pytest.mark.slow
def test_a_site_that_grew_by_edits_is_the_site_made_at_once(tmp_path: Path) -> None:
    """QMS_SITES=1000 for more edits, each looked at by itself; QMS_FUZZ_SEED for others."""
    life = Life(released(tmp_path / "repo"), tmp_path / "site", SEED)
    done: list[str] = []
    for number in range(EDITS + 1):
        built(life.repo.folder, tmp_path / "site", day=life.day, now=life.now)
        if number % TOGETHER:
            done.append(life.step())
            continue
        built(life.repo.folder, tmp_path / f"whole-{number}", day=life.day, now=life.now)
        one, other = contents(tmp_path / "site"), contents(tmp_path / f"whole-{number}")
        names = [name for name in sorted(one | other) if one.get(name) != other.get(name)]
        assert names == [], f"after {done}"
        shutil.rmtree(tmp_path / f"whole-{number}")
        done.append(life.step())


def test_only_pages_whose_inputs_changed_are_laid_out(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    draft = site / "du-thao"
    before = {page: inode(draft / page) for page in (PAGE, OTHER, "ve-so-tay/index.html")}
    laid_out: list[str] = []
    run = edition_build.run_mkdocs

    def noted(work: Path) -> None:
        run(work)
        found = (work / "site").rglob("index.html")
        laid_out.extend(path.relative_to(work / "site").as_posix() for path in found)

    monkeypatch.setattr(edition_build, "run_mkdocs", noted)
    text = CHANGED.replace("# Quy trình", "# Quy trình", 1) + "\nThêm một câu.\n"
    repo.write({"procedures/qt-vp-01.md": text})
    built(repo.folder, site)
    assert PAGE in laid_out
    assert OTHER not in laid_out
    after = {page: inode(draft / page) for page in before}
    assert [page for page in before if after[page] != before[page]] == [PAGE]


def test_another_moment_makes_no_page_another(repo: Repo, tmp_path: Path) -> None:
    before = contents(tmp_path / "site")
    built(repo.folder, tmp_path / "site", now=NOW.replace(hour=5))
    after = contents(tmp_path / "site")
    assert [name for name in after if before[name] != after[name]] == ["build.js"]


def test_what_somebody_changed_in_a_published_site_is_made_anew(repo: Repo, tmp_path: Path) -> None:
    names = (PAGE, KEPT, "du-thao/index.html", "0002/assets/stylesheets/qms.css")
    good = {name: (tmp_path / "site" / name).read_bytes() for name in names}
    for name, data in good.items():
        (tmp_path / "site" / name).write_bytes(data + b"<script>alert(1)</script>")
    built(repo.folder, tmp_path / "site")
    assert {name: (tmp_path / "site" / name).read_bytes() for name in names} == good


def test_a_site_that_was_not_written_here_is_not_taken_over(repo: Repo, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "site", tmp_path / "brought")
    page = tmp_path / "brought" / KEPT
    forged = page.read_bytes().replace(b"</h1>", b" gi\xe1\xba\xa3</h1>")
    page.write_bytes(forged)
    built(repo.folder, tmp_path / "brought")
    assert page.read_bytes() == (tmp_path / "site" / KEPT).read_bytes()
    assert inode(page) != inode(tmp_path / "site" / KEPT)


def test_a_file_of_another_size_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one without end that somebody put in the place of a page would be."""
    wanted = {"a": reuse.digest_bytes(b"page"), "b": reuse.digest_bytes(b"page")}
    (tmp_path / "old").mkdir()
    with (tmp_path / "old/a").open("wb") as endless:
        endless.truncate(1 << 33)
    (tmp_path / "old/b").write_bytes(b"page")
    read: list[str] = []

    def digest_file(path: Path) -> str:
        read.append(path.name)
        return reuse.digest_bytes(b"page")

    monkeypatch.setattr(reuse, "digest_file", digest_file)
    assert reuse.take_over(tmp_path / "old", wanted, wanted, tmp_path / "new") == {"b"}
    assert read == ["b"]
    assert not (tmp_path / "new/a").exists()


def test_a_memory_that_was_touched_counts_for_nothing(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    built(repo.folder, tmp_path / "site")
    folder = cache_folder()
    assert folder is not None
    for cut in (0, 10, -1):
        (memory,) = (folder / "sites").iterdir()
        memory.write_bytes(memory.read_bytes()[:cut])
        before = inode(tmp_path / "site" / PAGE)
        built(repo.folder, tmp_path / "site")
        assert inode(tmp_path / "site" / PAGE) != before, cut


def test_what_was_built_without_a_text_it_needed_is_made_anew_once_it_is_there(
    repo: Repo, tmp_path: Path
) -> None:
    blob = repo.git("hash-object", "-t", "blob", "--stdin", stdin=FIRST)
    lost = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    lost.rename(tmp_path / "lost")
    built(repo.folder, tmp_path / "other")
    poor = (tmp_path / "other" / KEPT).read_bytes()
    (tmp_path / "lost").rename(lost)
    built(repo.folder, tmp_path / "other")
    assert (tmp_path / "other" / KEPT).read_bytes() != poor
    assert contents(tmp_path / "other") == contents(tmp_path / "site")


GERMAN = """\
schema: 1
date: "{{day}}. {{month}} {{year}}"
months: [{months}]
words: {{Home: {home}}}
"""
MONTHS = (
    "Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember"
)


def german(home: str = "Anfang", months: str = MONTHS) -> dict[str, str | bytes]:
    """A manual in German, with words of its own for the pages and for days."""
    manifest = tiny()["qms.yml"].decode().replace("language: vi", "language: de")
    words = GERMAN.format(months=months, home=home)
    return {"qms.yml": manifest, "templates/words/site/de.yml": words}


def letterhead(name: str) -> dict[str, str | bytes]:
    """A manual whose texts may be taken away as Word, on paper that says a name at its head."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = name
    written = io.BytesIO()
    document.save(written)
    wanted = tiny()["qms.yml"].decode() + "\nsite: {downloads: [docx]}\n"
    return {"qms.yml": wanted, "templates/word/thu.docx": written.getvalue()}


def reviewed(code: str) -> dict[str, str | bytes]:
    """A review of QT VP 01, made before the day of its release and recorded now."""
    line = f"document: QT VP 01, issue: '1', revision: '1', check_code: {code}, date: 2025-02-28"
    text = f"schema: 1\nreviews:\n  - {{{line}, outcome: returned, comment: Ghi sau}}\n"
    return {"releases/reviews.yml": text}


def without_manifest(name: str) -> dict[str, str | bytes]:
    """An organization of another name."""
    return {"qms.yml": tiny()["qms.yml"].decode().replace("Cơ quan Ví dụ", name)}


@pytest.mark.parametrize(("before", "after"), [
    (german(), german(home="Start")),
    (german(), german(months=MONTHS.replace("März", "Lenz"))),
    (letterhead("Cơ quan A"), letterhead("Cơ quan B")),
    ({}, {"releases/reviews.yml": ""}),
    (without_manifest("Cơ quan A"), without_manifest("Cơ quan B")),
], ids=["words", "months", "letterhead", "review", "no manifest"])  # fmt: skip
def test_a_kept_release_shows_what_holds_today_or_was_recorded_since(
    repo: Repo,
    tmp_path: Path,
    before: dict[str, str | bytes],
    after: dict[str, str | bytes],
) -> None:
    site = tmp_path / "site"
    if "Cơ quan A" in str(before.get("qms.yml")):
        path = "releases/0001.yml"
        record = (repo.folder / path).read_text("utf-8")
        before = {**before, path: re.sub(r"(?m)^basis:\n(?:[ -].*\n)*", "basis: []\n", record)}
    if "releases/reviews.yml" in after:
        page = (site / KEPT.replace("0001", "0002")).read_text("utf-8")
        codes = re.findall(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", page)
        after = reviewed(codes[0])
    repo.commit("Trước", before)
    built(repo.folder, site)
    repo.commit("Sau", after)
    old = contents(site)
    built(repo.folder, site)
    built(repo.folder, tmp_path / "whole")
    grown, whole = contents(site), contents(tmp_path / "whole")
    assert [name for name in sorted(grown | whole) if grown.get(name) != whole.get(name)] == []
    changed = [name for name in grown if name.startswith("000") and old.get(name) != grown[name]]
    assert changed != []


@pytest.mark.slow
def test_what_is_said_besides_the_manifest_stands_on_kept_releases_too(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as how many known findings stand, where other processes build these versions."""
    monkeypatch.setattr("qmstool.site.build.side_by_side.processors", lambda: 3)
    tree = FolderTree(repo.folder)
    tip = check_manual(repo.folder, tree, load(tree), DAY)
    config = replace(tip.manual.config, notice=Text("Còn 3 chỗ", "3 are left"))
    tip = replace(tip, manual=replace(tip.manual, config=config))
    target = tmp_path / "site"
    build_site(repo.folder, target, day=DAY, now=NOW, lang=None, progress=lambda _: None, tip=tip)
    pages = [target / folder / "index.html" for folder in ("", "du-thao", "0001", "0002")]
    assert [page for page in pages if "Còn 3 chỗ" not in page.read_text("utf-8")] == []


def test_a_template_of_the_package_sees_no_more_of_a_document_than_its_key_holds() -> None:
    asked = set()
    for name in resources.list_names(TEMPLATES):
        text = resources.packaged_path(f"{TEMPLATES}/{name}").read_text("utf-8")
        assert not re.search(r"(?<![\w.])edition\.", text), name
        asked |= set(re.findall(r"(?<![\w.])document\.(\w+)", text))
    assert asked <= set(_VISIBLE[Document])


def test_a_page_is_from_the_last_commit_that_changed_what_it_is_made_of(
    repo: Repo, tmp_path: Path
) -> None:
    text = (repo.folder / "procedures/qt-vp-02.md").read_text("utf-8")
    commit = repo.commit("Câu", {"procedures/qt-vp-02.md": f"{text}\nMột câu nữa.\n"})
    before = (tmp_path / "site/du-thao" / PAGE).read_bytes()
    built(repo.folder, tmp_path / "site")
    assert commit[:12] in (tmp_path / "site/du-thao" / OTHER).read_text("utf-8")
    assert (tmp_path / "site/du-thao" / PAGE).read_bytes() == before
