"""Old addresses stay: of sections that got another number, of documents that got another code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.manuals import tiny
from tests.support.site.scenes import CHANGED, built, released

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

PAGE = "tai-lieu/qt-vp-01/index.html"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft in which sections got other numbers, and a document another code."""
    home = tmp_path_factory.mktemp("moved")
    repo: Repo = released(home / "repo")
    second = tiny()["procedures/qt-vp-02.md"].decode().replace("code: QT VP 02", "code: QT VP 12")
    second = second.replace("owner: VP", "replaces: [QT VP 02, QT VP 77]\nowner: VP", 1)
    renumbered = CHANGED.replace("## 2. Cách làm", "## 3. Cách làm").replace(
        "## 1. Mục đích", "## 2. Mục đích"
    )
    (repo.folder / "procedures/qt-vp-02.md").unlink()
    section = (repo.folder / "manual/1.2.md").read_text("utf-8")
    (repo.folder / "manual/1.2.md").unlink()
    repo.commit(
        "Renumber",
        {
            "procedures/qt-vp-01.md": renumbered,
            "procedures/qt-vp-12.md": second,
            "manual/1.3.md": section.replace("# 1.2", "# 1.3", 1),
        },
    )
    built(repo.folder, home / "site")
    return home / "site/du-thao"


def test_a_section_keeps_the_anchor_of_its_recorded_number(draft: Path) -> None:
    html = (draft / PAGE).read_text("utf-8")
    third = html.partition('<h2 id="muc-3">')[2].partition("</h2>")[0]
    assert 'id="muc-2"' not in third, "another section has that number now"
    second = html.partition('<h2 id="muc-2">')[2].partition("</h2>")[0]
    assert '<span class="q-old" id="muc-1"></span>' in second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tai-lieu/qt-vp-77/", "../qt-vp-12/"),
        ("tai-lieu/qt-vp-02/", "../qt-vp-12/"),
        ("so-tay/1.2/", "../1.3/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(draft: Path, old: str, new: str) -> None:
    html = (draft / old / "index.html").read_text("utf-8")
    assert f'href="{new}"' in html.partition("<article")[2]
