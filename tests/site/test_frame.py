"""mkdocs makes the frame: pages are handed to it finished, and it never reads an author's words."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import markdown
import pytest
import yaml
from mkdocs.commands import build
from mkdocs.config import load_config

import qmstool
from qmstool.manual.loading.appearance import read_appearance
from qmstool.manual.loading.loader import load
from qmstool.rendering import PageHeading
from qmstool.site.build import sources
from qmstool.site.build.live_preview import LivePreview
from qmstool.site.build.mkdocs_config import mkdocs_yml
from qmstool.site.build.sources import PageParcels, write_sources
from qmstool.site.pages.registry import pages
from qmstool.site.parts.contents import contents
from qmstool.site.parts.render import PageRenderer
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree
from tests.support.site.scenes import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(qmstool.__file__).parent


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """What mkdocs builds from."""
    tree = MemoryTree(dict(tiny()))
    edition = edition_of(tree)
    renderer = PageRenderer(edition, None)
    made = tuple(pages(edition))
    appearance = read_appearance(tree)
    addresses = [page.address for page in made]
    config = mkdocs_yml(edition, appearance, title="T", addresses=addresses)
    write_sources(edition, appearance, tmp_path, attachments={}, config=config)
    parcels = PageParcels(tmp_path)
    for page in made:
        parcels.add(page.file, renderer.render(page))
    parcels.close()
    return tmp_path


def test_the_reader_of_mkdocs_is_not_called(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []
    convert = markdown.Markdown.convert

    def noted(self: markdown.Markdown, source: str) -> str:
        handed.append(source)
        html: str = convert(self, source)
        return html

    monkeypatch.setattr(markdown.Markdown, "convert", noted)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    # Not even where a page has a text.
    (work / "docs/index.md").write_text("*Chữ*", encoding="utf-8")
    build.build(load_config(str(work / "mkdocs.yml")))
    assert handed == []
    assert "*Chữ*" not in (work / "site/index.html").read_text("utf-8")


def test_what_pages_share_of_the_frame_is_what_each_would_show(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    written = []
    for shared in (True, False):
        config = load_config(str(work / "mkdocs.yml"))
        (hook,) = [each for each in config.plugins.events["env"] if each.__name__ == "on_env"]
        if not shared:
            config.plugins.events["env"].remove(hook)
        build.build(config)
        pages = sorted((work / "site").rglob("*.html"))
        written.append({page: page.read_bytes() for page in pages})
    assert len(written[0]) > 10
    assert written[0] == written[1]


def test_a_page_is_given_whole(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    build.build(load_config(str(work / "mkdocs.yml")))
    page = (work / "site/tai-lieu/qt-vp-01/index.html").read_text("utf-8")
    assert "<title>QT VP 01 · Quy trình kiểm soát tài liệu" in page
    assert '<h2 id="muc-2">' in page
    assert '<a href="#muc-2" class="md-nav__link">' in page
    assert '<meta name="qms-document" content="qt-vp-01">' in page


def test_a_saved_page_is_shown_in_its_frame(work: Path) -> None:
    (work / "site").mkdir()
    live = LivePreview(work)
    body = tiny()["procedures/qt-vp-01.md"] + b"\n## Moi\n\n*moi luu*\n"
    edition = edition_of(MemoryTree({**tiny(), "procedures/qt-vp-01.md": body}))
    renderer = PageRenderer(edition, None)
    page = next(page for page in pages(edition) if page.document == "qt-vp-01")
    assert live.show(page.file, renderer.render(page))
    shown = (work / "site/tai-lieu/qt-vp-01/index.html").read_text("utf-8")
    assert "<em>moi luu</em>" in shown
    assert '<a href="#moi" class="md-nav__link">' in shown
    assert not live.show("none/index.md", renderer.render(page))


def test_the_settings_name_our_hook_and_nothing_else_that_runs(work: Path) -> None:
    settings = yaml.safe_load((work / "mkdocs.yml").read_text("utf-8"))
    assert settings["hooks"] == [str(PACKAGE / "site/build/mkdocs_hook.py")]
    assert settings["plugins"] == []
    assert settings["markdown_extensions"] == []
    assert list((work / "docs").rglob("*.md")) == []


def imported(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nothing_of_ours_imports_the_reader_of_mkdocs() -> None:
    old = {"markdown", "pymdownx"}
    found = {
        path.name
        for path in PACKAGE.rglob("*.py")
        for module in imported(path)
        if module.partition(".")[0] in old
    }
    assert found == set()


def test_the_hook_knows_nothing_of_ours() -> None:
    modules = set(imported(PACKAGE / "site/build/mkdocs_hook.py"))
    assert not [module for module in modules if module.startswith("qmstool")]


def test_contents_are_nested_by_level() -> None:
    levels = [(1, "a"), (3, "b"), (2, "c"), (3, "d"), (4, "e"), (3, "f"), (2, "g")]
    made = contents(PageHeading(level, name, name) for level, name in levels)

    def names(entries: list[dict[str, object]]) -> list[object]:
        return [(entry["id"], names(entry["children"])) for entry in entries]  # type: ignore[arg-type]

    assert names(made) == [
        ("b", []),
        ("c", [("d", []), ("f", [])]),
        ("g", []),
    ]


def test_many_pages_lie_in_several_parcels(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setattr(sources, "_PARCEL", 20_000)
    edition = edition_of(MemoryTree(dict(tiny())))
    renderer = PageRenderer(edition, None)
    parcels = PageParcels(work)
    made = tuple(pages(edition))
    for page in made:
        parcels.add(page.file, renderer.render(page))
    parcels.close()
    assert len(list((work / "pages").iterdir())) > 2
    build.build(load_config(str(work / "mkdocs.yml")))
    assert all((work / "site" / page.address / "index.html").is_file() for page in made)


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("ps", "rtl"), ("vi", None), ("fa-Latn", None)])  # fmt: skip
def test_the_frame_begins_its_lines_where_the_language_does(
    tag: str, direction: str | None
) -> None:
    files: dict[str, str | bytes] = {**tiny(), "qms.yml": tiny()["qms.yml"].replace(b"language: vi", f"language: {tag}".encode())}  # fmt: skip
    tree = MemoryTree(files)
    lang = load(tree).page_language
    edition = edition_of(tree, lang)
    appearance = read_appearance(tree)
    made = yaml.safe_load(mkdocs_yml(edition, appearance, title="T", addresses=[]))
    assert made["theme"].get("direction") == direction
