"""One browser, and one build of the real manual, for all tests of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import CHROMIUM
from tests.support.site.browsing import ROOT, Served
from tests.support.site.lives import lived
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole site: what staff read stands at its root."""
    target = tmp_path_factory.mktemp("real") / "site"
    built(ROOT, target)
    served = Served(target)
    yield served
    served.server.shutdown()


@pytest.fixture(scope="session")
def site(published: Served) -> Iterator[Served]:
    """The draft alone: it has every kind of page, forms and a held procedure among them."""
    served = Served(published.folder / "du-thao")
    yield served
    served.server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The manual in which documents are in every state there is."""
    home = tmp_path_factory.mktemp("life")
    repo = lived(home / "repo")
    built(repo.folder, home / "site")
    served = Served(home / "site")
    yield served
    served.server.shutdown()


@pytest.fixture(autouse=True)
def _tabs_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A tab that stays open goes on working, and slows down every test after its own."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
