"""One browser for a worker, and one build of each shared site for all workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.machine import CHROMIUM
from tests.support.shared import made_once
from tests.support.site.browsing import ROOT, Served, headers_of_static_hosts
from tests.support.site.in_process import laying_out_here
from tests.support.site.lives import lived
from tests.support.site.page_kinds import sample
from tests.support.site.scenes import built, make_released

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Whatever name a page asks for besides this machine's own, it is not found.
BROWSER_OPTIONS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="package", autouse=True)
def _laid_out_here() -> Iterator[None]:
    """The sites below are made for all tests as users make them; the others in this process."""
    with laying_out_here():
        yield


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole site: what staff read stands at its root."""
    home = made_once(tmp_path_factory, "real", lambda folder: built(ROOT, folder / "site"))
    served = Served(home / "site")
    yield served
    served.server.shutdown()


@pytest.fixture(scope="session")
def guarded(published: Served) -> Iterator[Served]:
    """The whole site, served with the headers that its own build wrote down."""
    served = Served(published.folder, headers_of_static_hosts(published.folder))
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
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_OPTIONS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The manual in which documents are in every state there is."""
    home = made_once(tmp_path_factory, "life", make_life)
    served = Served(home / "site")
    yield served
    served.server.shutdown()


@pytest.fixture(params=["published", "life"])
def kinds(
    request: pytest.FixtureRequest, published: Served, life: Served
) -> tuple[Served, tuple[str, ...]]:
    """A site, and its pages of every kind: of the manual with a life, those the real one lacks."""
    if request.param == "published":
        return published, sample(published.folder)
    return life, sample(life.folder, beyond=published.folder)


def make_life(folder: Path) -> None:
    built(lived(folder / "repo").folder, folder / "site")


@pytest.fixture(scope="session")
def released_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository `repo` of a manual with two releases and a draft, and its site `web/qms`.

    They belong to all tests: whoever changes them works on a copy.
    """
    return made_once(tmp_path_factory, "released", make_released)


@pytest.fixture(autouse=True)
def _tabs_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A tab that stays open goes on working, and slows down every test after its own.

    One that a module shares was there before the test.
    """
    if "browser" not in request.fixturenames:
        yield
        return
    contexts = request.getfixturevalue("browser").contexts
    before = [*contexts]
    yield
    for context in request.getfixturevalue("browser").contexts:
        if context not in before:
            context.close()
