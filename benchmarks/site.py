"""What a site costs, in CPU of a bare `mkdocs build` of the same Markdown.

And how soon a saved file is seen.

    python benchmarks/site.py [--documents 1000] [--runs 3] [--serve 300]

«Ours» is the whole command, `qmstool build`: reading, checking, every page, mkdocs, the audit of
the result. Beside it stand, each built by plain `mkdocs build` with the same theme:

- the same pages: the very Markdown that qmstool wrote for mkdocs, with the same sidebar and the
  same Markdown extensions; without qmstool's own extension, its frame, style sheet and script.
  This is the baseline of the limit.
- the authors' files: the manual's Markdown as it lies in its folder, in a sidebar that is pruned;
  no page about it, no register.
- the authors' files as mkdocs shows them by itself: every document in the sidebar of every page.

Rounds are interleaved and the cheapest round of each counts, for other work on the machine only
ever adds. CPU of all processes is counted, not the clock on the wall; for `serve` it is the clock,
for a writer waits by the clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import corpus
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.site import publish
from qmstool.site.build import edition_build as build
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.edition.versions import plan_versions
from qmstool.site.pages.registry import pages as all_pages
from qmstool.site.parts.render import PageRenderer
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that the children of some work take."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def run(*command: object, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=folder,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
    )


def pages(manual: Path, work: Path) -> dict[str, Any]:
    """Write the Markdown of every page as a build would, and return the settings of the build."""
    tip = load(FolderTree(manual))
    now = datetime.now(UTC)
    site = SiteBuilder(manual, now, None, tip, resolve(tip), lambda _: ())
    version = plan_versions(site.tip.releases, now.date(), site.lang)[0]
    edition, copied = site.edition(version)
    renderer = PageRenderer(edition, site.tree)
    build.write_sources(
        renderer,
        tuple(all_pages(edition)),
        site.appearance,
        work,
        title=version.title,
        attachments=copied,
    )
    settings: dict[str, Any] = yaml.safe_load((work / "mkdocs.yml").read_text("utf-8"))
    return settings


def bare(settings: dict[str, Any], work: Path) -> Path:
    """Settings of the same pages without anything of ours: with the theme's own search, as mkdocs
    has it by default.
    """
    theme = {key: value for key, value in settings["theme"].items() if key != "custom_dir"} | {
        "language": "vi"
    }
    made = {
        key: value
        for key, value in settings.items()
        if key not in {"extra_css", "extra_javascript", "extra", "plugins"}
    }
    extensions = [
        each for each in settings["markdown_extensions"] if "qmstool.markdown_extension" not in each
    ]
    return written(
        work / "bare.yml",
        {**made, "theme": theme, "markdown_extensions": extensions, "site_dir": "site-bare"},
    )


def authors(settings: dict[str, Any], manual: Path, work: Path, *, pruned: bool) -> Path:
    """Settings of the authors' files; their folder is copied, for mkdocs wants a home page."""
    docs = work / "authors"
    if not docs.is_dir():
        for name in ("manual", "procedures"):
            shutil.copytree(manual / name, docs / name)
        (docs / "index.md").write_text("# Sổ tay\n", encoding="utf-8")
    theme = {
        "name": "material",
        "language": "vi",
        "font": False,
        "features": ["navigation.prune"] if pruned else [],
    }
    name = "authors-pruned" if pruned else "authors-plain"
    extensions = [
        each for each in settings["markdown_extensions"] if "qmstool.markdown_extension" not in each
    ]
    made = {
        "site_name": "Sổ tay",
        "docs_dir": "authors",
        "site_dir": f"site-{name}",
        "theme": theme,
    }
    return written(work / f"{name}.yml", {**made, "markdown_extensions": extensions})


def written(path: Path, settings: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def measure(documents: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        manual, work = Path(temporary, "manual"), Path(temporary, "work")
        corpus.make(manual, documents)
        work.mkdir()
        settings = pages(manual, work)
        plain = {
            "the same pages, bare mkdocs": bare(settings, work),
            "the authors' files, pruned sidebar": authors(settings, manual, work, pruned=True),
            "the authors' files, mkdocs as it is": authors(settings, manual, work, pruned=False),
        }
        ours: list[float] = []
        others: dict[str, list[float]] = {name: [] for name in plain}
        for _ in range(runs):
            ours.append(
                cpu(lambda: run("qmstool", "build", "--output", work / "ours", folder=manual))
            )
            for name, path in plain.items():
                build = partial(run, "mkdocs", "build", "-q", "-f", path, folder=work)
                others[name].append(cpu(build))
        print(f"{documents} documents, {runs} rounds")
        print(f"qmstool build                          {min(ours):6.1f} s CPU")
        for name, seconds in others.items():
            print(f"{name:38} {min(seconds):6.1f} s CPU; ours is {min(ours) / min(seconds):.2f} x")


def look(documents: int, saves: int) -> None:
    """Save a document, and wait until the words are served; several times."""
    with tempfile.TemporaryDirectory() as temporary:
        manual = Path(temporary)
        corpus.make(manual, documents)
        said: list[str] = []
        stop = threading.Event()
        serving = threading.Thread(
            target=publish.serve,
            args=(manual,),
            kwargs={
                "port": 0,
                "clock": lambda: datetime.now(UTC),
                "lang": None,
                "say": lambda text: said.append(text.vi),
                "stop": stop.is_set,
            },
        )
        serving.start()
        while not said:
            time.sleep(0.1)
        address = said[0].rpartition(" ")[2]
        waits = []
        for at in range(saves):
            time.sleep(20)
            path = manual / "procedures/000/qt-00007.md"
            path.write_text(path.read_text("utf-8") + f"\nLần lưu thứ {at}.\n", encoding="utf-8")
            begun = time.monotonic()
            while f"Lần lưu thứ {at}." not in read(f"{address}tai-lieu/qt-tt-0000/"):
                time.sleep(0.05)
            waits.append(time.monotonic() - begun)
        stop.set()
        serving.join()
        print(
            f"serve at {documents} documents: a save is seen after {', '.join(f'{wait:.1f}' for wait in waits)} s"
        )


def read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # this machine's own preview
            return str(answer.read().decode("utf-8"))
    except OSError:
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--serve", type=int, default=300, metavar="DOCUMENTS", help="0: do not measure serve"
    )
    asked = parser.parse_args()
    measure(asked.documents, asked.runs)
    if asked.serve:
        look(asked.serve, 3)


if __name__ == "__main__":
    main()
