"""How long a reader waits for the search: from key-up to the first result, in a real browser.

And what its index costs.

    python benchmarks/search.py [--documents 300 5000] [--runs 3] [--keep FOLDER]

For each size a manual of `benchmarks.corpus` is built as `qmstool serve` builds it, and served from
this machine. A fresh browser profile opens the home page, presses «/», and types each query; the
clock runs in the page, from the key-up of the last key until the first result of that very query
stands there. «first» is the first query of a page, with nothing fetched but the table; the others
follow in the same page. Beside it: bytes of the index, raw and gzip, bytes that one query fetches,
and CPU seconds of the index against those of the renderer in the same run; of more than 300
documents the others are pages without a frame, indexed and found like any. Every document of that
corpus holds every word, so each query weighs all of them: real manuals are kinder. Times on the
clock depend on the machine: read them with the load that is printed.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import html
import os
import shutil
import statistics
import sys
import tempfile
import threading
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from benchmarks import corpus
from qmstool.site.build import edition_build as build
from qmstool.site.build.draft import build_draft
from qmstool.site.edition.page_link import PageLink
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import SearchLabel
from qmstool.site.search.writer import SearchedPage, read_for_search
from qmstool.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHROMIUM = "/usr/bin/chromium"
RENDERED = 300  # documents that go through the renderer; more would only make the reader of the benchmark wait
QUERIES = (
    "đánh giá nội bộ", "danh gia noi bo", "QT BIS 0012", "qtbis0012", "chính sách chất lượng", "khac phuc rui ro", "phê duyệt",
    "quy trinh kiem soat ho so", "lanh dao xem xet ket qu",
)  # fmt: skip
# From the key-up of the last key until a result of this query stands there.
TIMED = """query => new Promise(resolve => {
  const box = document.querySelector('.md-search__input');
  const list = document.querySelector('.md-search-result__list');
  list.replaceChildren();
  const begin = performance.now();
  setTimeout(() => resolve(20000), 20000);
  const watch = new MutationObserver(() => {
    if (!list.querySelector('a')) return;
    watch.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - begin));
  });
  watch.observe(list, { childList: true });
  box.value = query;
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
})"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def cpu() -> float:
    times = os.times()
    return sum(times[:4])


class Watched:
    """A function of a module while a build runs: its CPU seconds, children included, and what it
    was called with.
    """

    def __init__(self, module: Any, name: str) -> None:
        self.seconds = 0.0
        self.asked: tuple[Any, ...] = ()
        self.run: Callable[..., Any] = getattr(module, name)
        setattr(module, name, self)

    def __call__(self, *asked: Any, **named: Any) -> Any:
        before = cpu()
        try:
            return self.run(*asked, **named)
        finally:
            self.seconds += cpu() - before
            self.asked = asked


def made(folder: Path, documents: int, renderer: Watched, index: Watched) -> Path:
    """Build a manual of that many documents.

    Above RENDERED the others are put beside the rendered ones as plain pages.
    """
    place = folder / f"work-{documents}" / "site"
    if (place / "search" / "index.js").is_file():
        return place
    corpus.make(folder / f"manual-{documents}", min(documents, RENDERED))
    renderer.seconds = index.seconds = 0
    build_draft(
        folder / f"manual-{documents}", place.parent, clock=lambda: datetime.now(UTC), lang="vi"
    )
    print(
        f"  renderer {renderer.seconds:.1f} s CPU, index {index.seconds:.1f} s CPU = "
        f"{index.seconds / renderer.seconds:.2f} x"
    )
    if documents > RENDERED:
        _, pages, edition = index.asked
        shutil.rmtree(place / "search")
        index.seconds = 0
        index(place, [*pages, *plain(place, folder / "texts", documents)], edition)
        print(f"  index with plain pages: {index.seconds:.1f} s CPU")
    return place


def plain(place: Path, texts: Path, documents: int) -> Iterator[tuple[SitePage, SearchedPage]]:
    """Write the documents beyond RENDERED as pages without a frame, and name them to the search."""
    corpus.make(texts, documents)
    for path in sorted(texts.glob("procedures/**/*.md"))[RENDERED:]:
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        told = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        lines = [html.escape(line) for line in body.splitlines() if line.strip()]
        blocks = "".join(
            f'<h2 id="m{at}">{each[3:]}</h2>' if each.startswith("## ") else f"<p>{each}</p>"
            for at, each in enumerate(lines)
        )
        files.write(place, f"tai-lieu/{path.stem}/index.html", f"<article>{blocks}</article>")
        link = PageLink(told["title"], f"tai-lieu/{path.stem}/", told["code"], "effective")
        page = SitePage(
            f"tai-lieu/{path.stem}/", told["title"], "", {}, SearchLabel(link, "Quy trình")
        )
        yield page, read_for_search(page, blocks)


def sizes(home: Path) -> None:
    files = [path for path in home.rglob("*") if path.is_file()]
    table = (home / "index.js").read_bytes()
    raw = sum(path.stat().st_size for path in files)
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    print(f"  index: {len(files)} files, {raw / 1e6:.2f} MB, gzip {packed / 1e6:.2f} MB")
    print(
        f"  table, fetched when the search is opened: {len(table) / 1e3:.0f} kB, gzip "
        f"{len(gzip.compress(table, 6)) / 1e3:.0f} kB"
    )


def note(asked: list[str], request: Any) -> None:
    asked.append(request.url.partition("/search/")[2])


def measure(place: Path, runs: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first: list[float] = []
    later: dict[str, list[float]] = {query: [] for query in QUERIES}
    fetched: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for run in range(runs):
            turned = QUERIES[run % len(QUERIES) :] + QUERIES[: run % len(QUERIES)]
            for at, query in enumerate(turned):
                # Every query once as the first of its page, once after others.
                tab = browser.new_context().new_page()
                asked: list[str] = []
                tab.on("request", functools.partial(note, asked))
                tab.goto(f"http://127.0.0.1:{server.server_port}/")
                tab.keyboard.press("/")
                tab.wait_for_timeout(400)
                first.append(tab.evaluate(TIMED, query))
                known = (
                    place / "search" / name
                    for name in asked
                    if name and name != "index.js" and "engine" not in name
                )
                fetched[query] = sum(path.stat().st_size for path in known if path.is_file())
                if not at:
                    for each in turned[1:]:
                        later[each].append(tab.evaluate(TIMED, each))
                tab.context.close()
        browser.close()
    server.shutdown()
    following = [time for times in later.values() for time in times]
    for words, times in (("first query of a page", first), ("following queries", following)):
        told = (
            f"median {statistics.median(times):.0f} ms, most {max(times):.0f} ms (n={len(times)})"
        )
        print(f"  key-up to first result, {words}: {told}")
    most = max(fetched, key=lambda query: fetched[query])
    middle = statistics.median(fetched.values())
    print(
        f"  fetched for a first query: median {middle / 1e3:.0f} kB, most "
        f"{fetched[most] / 1e3:.0f} kB («{most}»)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="build here and leave it, or take what is there")
    asked = parser.parse_args()
    renderer, index = Watched(build, "run_mkdocs"), Watched(build, "write_search")
    with tempfile.TemporaryDirectory() as temporary:
        for documents in asked.documents:
            print(
                f"{documents} documents (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
            )
            place = made(asked.keep or Path(temporary), documents, renderer, index)
            sizes(place / "search")
            measure(place, asked.runs)


if __name__ == "__main__":
    main()
