"""Operation is today's on every page of every version; what a release says stays the release's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from tests.support.cli.scenes import make_scene, sign_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.repository import Repo

NOTICE = "Cơ quan đã sáp nhập, xem thông báo mới."


def settings(repo: Repo) -> str:
    return (repo.folder / "qms.yml").read_text()


@pytest.mark.slow
def test_every_page_of_every_version_has_todays_operation(tmp_path: Path) -> None:
    repo = make_scene(tmp_path / "kho")
    sign_release(repo)
    then = settings(repo)
    assert "site:" not in then
    now = then.replace("  VP: {name: Văn phòng}", "  VP: {name: Văn phòng, contact: máy lẻ 456}")
    now += f'notice: "{NOTICE}"\nsite: {{url: https://moi.example.org, edit_url: "https://sua.example.org/{{path}}", contact: máy lẻ 123}}\n'
    repo.commit("Nơi liên hệ mới", {"qms.yml": now})
    target = tmp_path / "site"
    assert main(["build", "--root", str(repo.folder), "--output", str(target)]) == 0
    for folder in ("", "0001/", "0002/", "du-thao/"):
        page = (target / folder / "tai-lieu/qt-vp-01/index.html").read_text()
        assert NOTICE in page, folder
        assert "máy lẻ 456" in page, folder
    # The organisation and what was in force stay those of the release.
    assert "hằng quý" in (target / "0001/tai-lieu/qt-vp-01/index.html").read_text()
    assert "hằng tháng" in (target / "0002/tai-lieu/qt-vp-01/index.html").read_text()
