"""What a site costs, in CPU of a bare `mkdocs build` of the same Markdown.

And how soon a saved file is seen.

    python benchmarks/site.py [--documents 1000] [--runs 3] [--serve 300]
        [--before CHECKOUT --python ENVIRONMENT/bin/python]

«Ours» is the whole command, `qmstool build`: reading, checking, every page, mkdocs, the audit of
the result. Beside it stand, each built by plain `mkdocs build` with the same theme:

- the same pages: the very Markdown that qmstool wrote for mkdocs as long as it did (279ac74, in
  `--before`), with the same sidebar and the same Markdown extensions; without qmstool's own
  extension, its frame, style sheet and script. This is the baseline of the limit.
- the authors' files: the manual's Markdown as it lies in its folder, in a sidebar that is pruned;
  no page about it, no register.
- the authors' files as mkdocs shows them by itself: every document in the sidebar of every page.

«One document edited» is the command again, in a new process, after a sentence was added to a document:
what the last build wrote is taken over (ADR 0019). Whole builds remember nothing of a build before.

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
from qmstool.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list"]
# The last code that wrote Markdown for mkdocs had this function in this module.
WRITE_MARKDOWN = (
    "import sys; from pathlib import Path; from benchmarks.site import pages; "
    "pages(Path(sys.argv[1]), Path(sys.argv[2]))"
)
# Nothing of this machine's settings for Python: modules keep their bytecode, as they do for a user.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONPATH": str(ROOT),
}


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that the children of some work take."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def run(*command: object, folder: Path, memory: Path | None = None) -> None:
    """Run a module; `memory`: where this user's files that can be made again lie."""
    # The folder that Python is started in does not come before the code that is measured.
    environment = {**ENVIRONMENT, "PYTHONSAFEPATH": "1"}
    if memory is not None:
        environment["XDG_CACHE_HOME"] = str(memory)
    subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )


def markdown_before(manual: Path, work: Path, checkout: Path, python: Path) -> dict[str, Any]:
    """Have older code write the Markdown that mkdocs read then; return the settings of its build."""
    command = [str(python), "-c", WRITE_MARKDOWN, str(manual), str(work)]
    environment = {**ENVIRONMENT, "PYTHONPATH": str(checkout)}
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
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
    own = "qmstool.markup"
    extensions = [each for each in settings["markdown_extensions"] if own not in each]
    return written(
        work / "bare.yml",
        {**made, "theme": theme, "markdown_extensions": extensions, "site_dir": "site-bare"},
    )


def authors(manual: Path, work: Path, *, pruned: bool) -> Path:
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
    made = {
        "site_name": "Sổ tay",
        "docs_dir": "authors",
        "site_dir": f"site-{name}",
        "theme": theme,
    }
    return written(work / f"{name}.yml", {**made, "markdown_extensions": EXTENSIONS})


def written(path: Path, settings: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def measure(documents: int, runs: int, before: tuple[Path, Path] | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        manual, work = Path(temporary, "manual"), Path(temporary, "work")
        corpus.make(manual, documents)
        work.mkdir()
        plain = {
            "the authors' files, pruned sidebar": authors(manual, work, pruned=True),
            "the authors' files, mkdocs as it is": authors(manual, work, pruned=False),
        }
        if before:
            settings = markdown_before(manual, work, *before)
            plain = {"the same pages, bare mkdocs": bare(settings, work), **plain}
        ours: list[float] = []
        edited: list[float] = []
        others: dict[str, list[float]] = {name: [] for name in plain}
        for number in range(runs):
            command = ("qmstool", "build", "--output", work / "ours")
            build = partial(run, *command, folder=manual, memory=work / f"memory-{number}")
            ours.append(cpu(build))
            edit(manual, number)
            edited.append(cpu(build))
            for name, path in plain.items():
                bare_build = partial(run, "mkdocs", "build", "-q", "-f", path, folder=work)
                others[name].append(cpu(bare_build))
        print(f"{documents} documents, {runs} rounds")
        print(f"qmstool build                          {min(ours):6.1f} s CPU")
        ratio = min(edited) / min(ours)
        print(
            f"one document edited                    {min(edited):6.1f} s CPU; {ratio:.2f} x whole"
        )
        for name, seconds in others.items():
            print(f"{name:38} {min(seconds):6.1f} s CPU; ours is {min(ours) / min(seconds):.2f} x")


def edit(manual: Path, number: int) -> None:
    """Add a sentence to a document."""
    path = manual / "procedures/000/qt-00007.md"
    path.write_text(path.read_text("utf-8") + f"\nLần sửa thứ {number}.\n", encoding="utf-8")


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
    parser.add_argument("--before", type=Path, help="a checkout of 279ac74: measure its Markdown")
    parser.add_argument("--python", type=Path, help="the Python that has what --before needs")
    asked = parser.parse_args()
    before = (asked.before, asked.python or Path(sys.executable)) if asked.before else None
    measure(asked.documents, asked.runs, before)
    if asked.serve:
        look(asked.serve, 3)


if __name__ == "__main__":
    main()
