"""`--lang` is the language of the screen alone: what readers see is in that of the manual."""

from __future__ import annotations

import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.cli import console
from qmstool.cli.commands import serve as serve_command
from tests.support.cli.scenes import change, make_scene, prepare, tool
from tests.support.repository import set_language
from tests.support.site.in_process import laying_out_here

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

FILES: dict[str, tuple[str, ...]] = {
    "register": ("register", "internal", "--format", "html"),
    "register for Excel": ("register", "forms", "--format", "xlsx"),
    "matrix": ("matrix", "--format", "html"),
    "clauses for Excel": ("matrix", "--clauses", "--format", "xlsx"),
    "trail": ("trail", "--format", "html"),
    "history": ("history", "QT VP 01", "--format", "html"),
    "diff": ("diff", "QT VP 01", "1", "--format", "html"),
    "as-of": ("as-of", "2024-06-01", "--format", "html"),
    "distribution": ("distribution", "--format", "html"),
    "opinions": ("opinions", "--format", "html"),
    "handover": ("handover", "le-thi-mau", "--format", "html"),
    "verify": ("verify", "--format", "html"),
    "PDF": ("export", "pdf", "QT VP 01"),
    "PDF of a past issue": ("export", "pdf", "QT VP 01", "--issue", "unknown"),
    "PDF of a register": ("export", "pdf", "--register", "external"),
    "PDF of a dossier": ("export", "pdf", "--dossier", "dot-2"),
    "Word": ("export", "docx", "QT VP 01"),
    "tracked changes": ("export", "docx", "QT VP 01", "--compare", "1"),
}
FOLDERS: dict[str, tuple[str, ...]] = {
    "dossier": ("release", "dossier", "dot-2", "--dossier"),
    "Word of a dossier": ("export", "docx", "--dossier", "dot-2", "--output"),
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A Spanish manual with a release, a candidate, and a text changed since."""
    repo = make_scene(tmp_path_factory.mktemp("es") / "kho")
    set_language(repo, "es")
    change(repo)
    assert prepare(repo) == 0
    repo.commit("Candidato", day="2024-02-14")
    return repo


@pytest.fixture(autouse=True)
def _same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717200000")  # 2024-06-01


@pytest.mark.parametrize("name", FILES)
def test_a_file_for_readers_is_the_same_whatever_the_screen_speaks(
    name: str, scene: Repo, tmp_path: Path
) -> None:
    made: list[bytes] = []
    for lang in ((), ("--lang", "en"), ("--lang", "vi")):
        target = tmp_path / f"{len(made)}"
        # Whether the answer is «no» is not the question here.
        assert tool(scene, *FILES[name], "--output", str(target), *lang) in {0, 1}
        made.append(target.read_bytes())
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_for_readers_is_the_same_too(name: str, scene: Repo, tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for lang in ((), ("--lang", "en"), ("--lang", "vi")):
        folder = tmp_path / f"{len(made)}"
        assert tool(scene, *FOLDERS[name], str(folder), *lang) == 0
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0]
    assert made[0] == made[1] == made[2]


ENGLISH: dict[str, tuple[tuple[str, ...], str]] = {
    "register": (("register", "internal", "--format", "html"), "Made on 2024-06-01"),
    "register for the screen": (("register", "internal"), "Code"),
    "verify": (("verify", "--format", "html"), '<html lang="en"'),
    "diff": (("diff", "QT VP 01", "1", "--format", "html"), '<html lang="en"'),
}


@pytest.mark.parametrize("name", ENGLISH)
def test_readers_from_abroad_have_another_language_on_request(
    name: str, scene: Repo, tmp_path: Path
) -> None:
    words, said = ENGLISH[name]
    target = tmp_path / "answer"
    assert tool(scene, *words, "--language", "en", "--output", str(target)) in {0, 1}
    assert said in target.read_text("utf-8")


def test_a_dossier_a_paper_and_a_site_have_it_too(scene: Repo, tmp_path: Path) -> None:
    asked = ("--language", "en")
    assert tool(scene, *FOLDERS["dossier"], str(tmp_path / "dossier"), *asked) == 0
    pages = [page.read_text("utf-8") for page in (tmp_path / "dossier").glob("*.html")]
    assert pages
    assert all('<html lang="en"' in page for page in pages)
    made: list[bytes] = []
    for more in ((), asked):
        target = tmp_path / f"{len(made)}.docx"
        assert tool(scene, *FILES["Word"], "--output", str(target), *more) == 0
        made.append(target.read_bytes())
    assert made[0] != made[1]
    site = tmp_path / "site"
    with laying_out_here():
        assert tool(scene, "build", "--draft", "--output", str(site), *asked) == 0
    assert '<html lang="en"' in (site / "index.html").read_text("utf-8")


def test_a_site_and_a_pack_are_in_the_language_of_the_manual(
    scene: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    with laying_out_here():
        assert tool(scene, "build", "--draft", "--output", str(site), "--lang", "en") == 0
    assert "Done: " in capsys.readouterr().err
    assert '<html lang="es"' in (site / "index.html").read_text("utf-8")
    assert (site / "documentos/qt-vp-01/index.html").is_file()
    pack = tmp_path / "pack.zip"
    with laying_out_here():
        assert tool(scene, "export", "pack", "--output", str(pack), "--lang", "en") == 0
    told = capsys.readouterr().err
    assert "Wrote " in told
    with zipfile.ZipFile(pack) as parts:
        pages = [name for name in parts.namelist() if name.endswith("site/index.html")]
        assert pages
        assert b'<html lang="es"' in parts.read(pages[0])


def test_the_preview_is_in_the_language_of_the_manual(
    scene: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(serve_command, "serve", lambda _, **more: asked.update(more))
    assert tool(scene, "serve", "--lang", "en") == 0
    assert asked["lang"] is None
    assert asked["say"].keywords == partial(console.print_note, lang="en").keywords
