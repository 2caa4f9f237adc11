"""One browser for each worker, and one build of each shared site for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import CHROMIUM
from tests.support.shared import made_once
from tests.support.site.browsing import ROOT, Served
from tests.support.site.lives import lived
from tests.support.site.scenes import built

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole site: what staff read stands at its root."""
    folder = made_once(tmp_path_factory, "published", lambda home: built(ROOT, home / "site"))
    served = Served(folder / "site")
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

    def make(home: Path) -> None:
        built(lived(home / "repo").folder, home / "site")

    served = Served(made_once(tmp_path_factory, "life", make) / "site")
    yield served
    served.server.shutdown()


@pytest.fixture(autouse=True)
def _tabs_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A tab that stays open goes on working, and slows down every test after its own."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
