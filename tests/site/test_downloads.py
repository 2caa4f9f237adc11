"""«PDF · Word» on the pages: what is offered, what the files say, and that they are made once."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest

from qmstool.i18n import QmsError, Text
from tests.support.manuals import tiny
from tests.support.site.scenes import CHANGED, built, released

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

PAGE = "tai-lieu/qt-vp-01/index.html"
FILES = ("downloads/qt-vp-01.pdf", "downloads/qt-vp-01.docx", "downloads/manual.pdf")


def wanting(kinds: str) -> str:
    return tiny()["qms.yml"].decode().replace("check:\n", f"site: {{downloads: {kinds}}}\ncheck:\n")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    made = released(tmp_path_factory.mktemp("tai") / "repo")
    made.commit("Cho tải", {"qms.yml": wanting("[pdf, docx]")})
    return made


@pytest.fixture(scope="module")
def site(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the root, whose first build is looked at, and a second one that finds it there."""
    target = tmp_path_factory.mktemp("trang") / "site"
    built(repo.folder, target)
    return target


def words_of(path: Path) -> str:
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def offered(page: str) -> list[tuple[str, str]]:
    block = re.search(r'<p class="q-buttons q-hint"[^>]*>Tải về: (.*?)</p>', page, re.DOTALL)
    if block is None:
        return []
    links = re.findall(r'href="([^"]+)".*?</svg>([^<]+)</a>', block[1], re.DOTALL)
    return [(words.strip(), address) for address, words in links]


def test_a_page_offers_pdf_and_word_of_the_text_in_force(site: Path) -> None:
    page = (site / PAGE).read_text("utf-8")
    assert offered(page) == [
        ("PDF", "../../downloads/qt-vp-01.pdf"),
        ("Word", "../../downloads/qt-vp-01.docx"),
    ]
    words = words_of(site / FILES[0])
    assert "Mã: QT VP 01" in words
    # The draft at the tip is on nobody's paper, nor that there is one.
    assert "dự thảo" not in words
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(site / FILES[1])).paragraphs)
    assert "Văn phòng giữ" in text


def test_the_manuals_page_offers_all_of_it_as_one_file(site: Path) -> None:
    page = (site / "so-tay/index.html").read_text("utf-8")
    assert [words for words, _ in offered(page)] == ["PDF", "Word", "Cả sổ tay (PDF)"]
    words = words_of(site / FILES[2])
    assert "Sổ tay hệ thống quản lý chất lượng" in words
    assert "QT VP 01" in words


def test_a_kept_release_keeps_its_own_files_and_the_draft_has_none(site: Path) -> None:
    assert "downloads/qt-vp-01.pdf" in (site / "0001" / PAGE).read_text("utf-8")
    assert (site / "0001" / FILES[0]).read_bytes() != (site / FILES[0]).read_bytes()
    drafts = [path for path in site.rglob("downloads") if "du-thao" in path.as_posix()]
    assert drafts == []
    assert offered((site / "du-thao" / PAGE).read_text("utf-8")) == []


def test_they_are_made_once_and_again_only_when_somebody_changed_one(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    built(repo.folder, site)
    before = {name: (site / name).stat().st_ino for name in FILES}
    right = (site / FILES[0]).read_bytes()

    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("made again")

    # Another day, another moment, and a new sentence in the draft.
    draft = CHANGED.replace("công bố", "niêm yết")
    repo.commit("Dự thảo nữa", {"procedures/qt-vp-01.md": draft})
    later = datetime(2026, 12, 24, 5, 6, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setattr("qmstool.site.build.downloads.as_pdf", refuse)
        patch.setattr("qmstool.site.build.downloads.as_docx", refuse)
        built(repo.folder, site, day=date(2026, 12, 24), now=later)
    assert {name: (site / name).stat().st_ino for name in FILES} == before
    (site / FILES[0]).unlink()
    (site / FILES[0]).write_bytes(b"%PDF-1.7 khac")
    built(repo.folder, site, day=date(2026, 12, 24), now=later)
    assert (site / FILES[0]).read_bytes() == right


def test_the_same_files_come_of_a_build_at_once(repo: Repo, site: Path, tmp_path: Path) -> None:
    built(
        repo.folder, tmp_path / "site", day=date(2027, 1, 2), now=datetime(2027, 1, 2, tzinfo=UTC)
    )
    for name in FILES:
        assert (tmp_path / "site" / name).read_bytes() == (site / name).read_bytes(), name


def test_nobody_who_wants_none_gets_any(tmp_path: Path) -> None:
    made = released(tmp_path / "repo")
    built(made.folder, tmp_path / "site")
    assert not list((tmp_path / "site").rglob("downloads"))
    assert offered((tmp_path / "site" / PAGE).read_text("utf-8")) == []


def test_without_the_packages_the_line_that_installs_them_is_said(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise QmsError(Text("hãy chạy: pip install typst", "run: pip install typst"))

    monkeypatch.setattr("qmstool.export.pdf.load_extra", missing)
    with pytest.raises(QmsError, match="pip install typst"):
        built(repo.folder, tmp_path / "site")
    assert not (tmp_path / "site").exists()
