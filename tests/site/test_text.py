"""An author's file → the Markdown of its page."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.site.edition.addresses import Addresses, make_unique, relative_link, slugify
from qmstool.site.parts.links import link_references
from tests.support.manuals import tiny_with

PATH = "procedures/qt-vp-01.md"
PAGE = "tai-lieu/qt-vp-01/"
HEAD = "---\ncode: QT VP 01\ntype: procedure\ntitle: T\nowner: VP\n---\n\n"


def test_external_documents_whose_ids_fold_alike_or_to_nothing_have_a_page_each() -> None:
    row = "{number: 1/2020/NĐ-CP, type: NĐ, issuer: CP, title: x, status: in_force}"
    keys = ("nd-1", "nd 1", "(.*", "法", "..")
    lines = "".join(f"  {json.dumps(key)}: {row}\n" for key in keys)
    text = f"schema: 1\ndocuments:\n{lines}"
    found = Addresses(load(tiny_with({"procedures/external.yml": text})), "vi")
    made = [found.external(key) for key in keys]
    assert made[:2] == ["tai-lieu-ben-ngoai/nd-1/", "tai-lieu-ben-ngoai/nd-1-2/"]
    assert len(set(made)) == len(keys)
    assert not any("//" in each for each in made)


def test_files_whose_names_fold_alike_or_to_nothing_have_an_address_each() -> None:
    folder = "procedures/"
    names = ("sơ đồ.png", "so_do.png", "so-do.png", "схема.png", "図.png", "so-do", "sơ đồ")
    paths = [folder + name for name in names]
    found = Addresses(load(tiny_with({})), "vi", frozenset(paths))
    made = [found.file(path).removeprefix("tep/procedures/") for path in paths]
    assert made[:3] == ["so-do-3.png", "so-do-2.png", "so-do.png"]
    assert made[3:] == ["x.png", "x-2.png", "so-do", "so-do-2"]


def woven(text: str, **more: str) -> str:
    """The page's body of QT VP 01 with another text."""
    manual = load(
        tiny_with(
            {
                PATH: HEAD + dedent(text),
                **{name.replace("__", "/"): body for name, body in more.items()},
            }
        )
    )
    references = resolve(manual).of(PATH)
    addresses = Addresses(manual, "vi", frozenset({"procedures/a.png"}))
    return link_references(
        manual.documents["qt-vp-01"].files[0], references, addresses, page=PAGE
    ).strip()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Theo QT VP 02.", "Theo [QT VP 02](../qt-vp-02/)."),
        ("Theo **QT VP 02**.", "Theo **[QT VP 02](../qt-vp-02/)**."),
        ("Theo QT VP 02, 01.", "Theo [QT VP 02](../qt-vp-02/), [01](./)."),
        ("Theo `QT VP 02`.", "Theo [`QT VP 02`](../qt-vp-02/)."),
        ("Theo QT\nVP 02.", "Theo [QT\nVP 02](../qt-vp-02/)."),
        (
            "Theo Nghị định 30/2020/NĐ-CP.",
            "Theo Nghị định [30/2020/NĐ-CP](../../tai-lieu-ben-ngoai/nd-30-2020/).",
        ),
        ("[Xem](qt-vp-02.md) đã.", "[Xem](../qt-vp-02/) đã."),
        ("[QT VP 02](qt-vp-02.md) đã.", "[QT VP 02](../qt-vp-02/) đã."),
        ("[Sổ tay](../manual/1.1.md)", "[Sổ tay](../../so-tay/1.1/)"),
        ("[Hỏng](../../etc/passwd) rồi", "Hỏng rồi"),
        ("[Xấu](javascript:alert(1))", "Xấu"),
        ("[Ngoài](https://example.org/a)", "[Ngoài](https://example.org/a)"),
        ("| QT VP 02 |\n|---|\n| a |", "| [QT VP 02](../qt-vp-02/) |\n|---|\n| a |"),
        (
            "Theo các mục 1, 2 của quy trình QT VP 02.",
            (
                "Theo các [mục 1](../qt-vp-02/#muc-1), [2](../qt-vp-02/#muc-2) của quy trình [QT "
                "VP 02](../qt-vp-02/)."
            ),
        ),
        (
            "[mục 2](qt-vp-02.md) và mục số 2.1 của Sổ tay",
            "[mục 2](../qt-vp-02/) và [mục số 2.1](../../so-tay/2.1/) của Sổ tay",
        ),
    ],
)
def test_references_become_links(text: str, page: str) -> None:
    assert woven(text) == page


def test_a_code_and_its_section_are_linked_to_the_page_and_to_the_place() -> None:
    assert (
        woven("Theo **QT VP 02**, mục 2.")
        == "Theo **[QT VP 02](../qt-vp-02/)**, [mục 2](../qt-vp-02/#muc-2)."
    )


def test_a_code_in_a_heading_or_in_a_code_block_is_left_alone() -> None:
    text = "## QT VP 02 {#a}\n\n```\nQT VP 02\n```"
    assert woven(text) == text


@pytest.mark.parametrize(
    ("page", "address", "link"),
    [
        ("", "so-tay/4.1/", "so-tay/4.1/"),
        ("so-tay/4.1/", "", "../../"),
        ("so-tay/4.1/", "so-tay/4.1/#x", "#x"),
        ("so-tay/4.1/", "tai-lieu/a/#x", "../../tai-lieu/a/#x"),
        ("tai-lieu/a/", "tep/procedures/a.docx", "../../tep/procedures/a.docx"),
    ],
)
def test_links_are_relative(page: str, address: str, link: str) -> None:
    assert relative_link(page, address) == link


def test_names_that_fold_alike_do_not_meet() -> None:
    assert make_unique(["a", "b", "a", "", "a"]) == ["a", "b", "a-2", "x-1", "a-3"]


def test_thousands_of_one_name_are_numbered_once_each() -> None:
    given: list[int] = []

    def numbered(name: str, count: int) -> str:
        given.append(count)
        return f"{name}-{count}"

    assert make_unique(["a"] * 3000, numbered)[-1] == "a-3000"
    assert given == list(range(2, 3001))


def test_fold() -> None:
    assert slugify("Phụ lục 01 – Đơn") == "phu-luc-01-don"
