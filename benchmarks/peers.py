"""How dear it is to check the links of a manual, in CPU, beside neighbouring tools on the very same
corpus.

    python -m benchmarks.peers [--sizes 1000,2000] [--peers trlc,doorstop,…] [--runs 3] [--keep
        FOLDER]

The corpus of `benchmarks/corpus.py` is written anew for each peer in its own format: the same
documents, with the same words and the same links from document to document. Peers are installed
from the package index into an environment of their own. Before anything is measured, five links of
a small corpus are broken, and what each tool says of them is counted: a tool that does not see them
is not measured. The layout is the one that suits the peer best, and what it can leave out it is
told to leave out.

`qmstool` reads the Markdown as it is: it has to find the links and citations first, and it checks
them down to the section, which no peer does. «links» is `qmstool check` with every rule off but
those on references; «families 0-4» is all but the prose rules. CPU of a program and of all that it
starts is counted, not the clock on the wall.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import corpus
from qmstool.rules import ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BROKEN = 5
ENOUGH = 60.0  # seconds of CPU after which one run has to do
A_FILE = 100  # documents a file, where the peer reads many small files slowly
LINK = re.compile(r"\(\.\./\d+/qt-(\d+)\.md#muc-\d+\)")
CITED = re.compile(r"\bQT ([A-Z]+) (\d{4}), mục \d")
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*#|>`]+|^-+$", re.MULTILINE)


class Document(NamedTuple):
    """A document as every peer has it: paragraphs of plain words, and the numbers of the documents
    that it names.
    """

    number: int
    title: str
    paragraphs: tuple[str, ...]
    links: tuple[int, ...]


@dataclass(frozen=True)
class Tool:
    """A tool: how its corpus is written, the command that checks it, and how many broken links its
    output tells.
    """

    name: str
    write: Callable[[Path, list[Document]], None]
    command: Callable[[Path], list[str]]
    told: Callable[[str], int]
    note: str


# --- the corpus
# --------------------------------------------------------------------------------------------------


def read(folder: Path) -> list[Document]:
    """The documents of a corpus.

    A link to oneself, or said twice, is one that peers refuse, and is left out.
    """
    found = []
    for file in sorted((folder / "procedures").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        number, body = int(file.stem.removeprefix("qt-")), text.partition("\n---\n")[2]
        named = [int(hit) for hit in LINK.findall(body)]
        named += [
            int(nth) * len(corpus.UNITS) + corpus.UNITS.index(unit)
            for unit, nth in CITED.findall(body)
        ]
        paragraphs = tuple(" ".join(MARKUP.sub(r"\1", each).split()) for each in body.split("\n\n"))
        links = tuple(dict.fromkeys(each for each in named if each != number))
        found.append(
            Document(number, f"Quy trình {number}", tuple(filter(None, paragraphs)), links)
        )
    return found


def break_links(folder: Path) -> None:
    """Break a link in each of the first documents: Markdown links in odd ones, citations in even
    ones.
    """
    for file in sorted((folder / "procedures").rglob("*.md"))[:BROKEN]:
        text = file.read_text(encoding="utf-8")
        if int(file.stem.removeprefix("qt-")) % 2:
            broken = LINK.sub("(../000/qt-99999.md#muc-1)", text, count=1)
        else:
            broken = CITED.sub("QT BIS 9999, mục 1", text, count=1)
        file.write_text(broken, encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _batches(documents: list[Document]) -> Iterator[tuple[int, list[Document]]]:
    for first in range(0, len(documents), A_FILE):
        yield first // A_FILE, documents[first : first + A_FILE]


# --- the peers
# --------------------------------------------------------------------------------------------------


def trlc(folder: Path, documents: list[Document]) -> None:
    _write(
        folder / "manual.rsl",
        (
            "package Manual\ntype Document {\n title String\n text String\n links Document [0 .. "
            "*]\n}\n"
        ),
    )
    for each in documents:
        text = "\n\n".join(each.paragraphs).replace("'''", "")
        links = ", ".join(f"DOC{number}" for number in each.links)
        body = (
            f"Document DOC{each.number} {{\n title = \"{each.title}\"\n text = '''{text}'''\n "
            f"links = [{links}]\n}}\n"
        )
        _write(folder / f"doc{each.number:05d}.trlc", f"package Manual\n{body}")


def doorstop(folder: Path, documents: list[Document]) -> None:
    """A link in a circle is warned of: each is turned so that it leads to the document with the
    lower number.
    """
    down: dict[int, set[int]] = {each.number: set() for each in documents}
    for each in documents:
        for other in each.links:
            high, low = (
                (each.number, other)
                if other not in down
                else (max(each.number, other), min(each.number, other))
            )
            down[high].add(low)
    _write(
        folder / "doc/.doorstop.yml",
        "settings:\n  digits: 5\n  itemformat: yaml\n  prefix: DOC\n  sep: ''\n",
    )
    for each in documents:
        links = "".join(f"- DOC{number:05d}: null\n" for number in sorted(down[each.number]))
        text = "".join(f"  {paragraph}\n\n" for paragraph in each.paragraphs)
        head = (
            f"active: true\nderived: false\nheader: |\n  {each.title}\nlevel: 1.{each.number + 1}\n"
        )
        tail = f"normative: true\nref: ''\nreviewed: null\ntext: |\n{text}"
        _write(
            folder / f"doc/DOC{each.number:05d}.yml",
            f"{head}links:{chr(10) + links if links else ' []' + chr(10)}{tail}",
        )
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)


def strictdoc(folder: Path, documents: list[Document]) -> None:
    for at, batch in _batches(documents):
        parts = [f"[DOCUMENT]\nTITLE: Tập {at}\nUID: PART-{at}\n"]
        for each in batch:
            links = ", ".join(f"[LINK: DOC-{number}]" for number in each.links)
            text = "\n\n".join(each.paragraphs)
            parts.append(
                f"\n[REQUIREMENT]\nUID: DOC-{each.number}\nTITLE: {each.title}\nSTATEMENT: "
                f">>>\n{text}\n\n{links}\n<<<\n"
            )
        _write(folder / f"part{at:04d}.sdoc", "".join(parts))


def sphinx_needs(folder: Path, documents: list[Document]) -> None:
    kinds = (
        'needs_types = [{"directive": "document", "title": "D", "prefix": "D_", "color": "#fff", '
        '"style": "node"}]\n'
    )
    _write(
        folder / "conf.py",
        f'extensions = ["sphinx_needs"]\nneeds_id_regex = "^[A-Z0-9_]+"\n{kinds}',
    )
    pages = []
    for at, batch in _batches(documents):
        title = f"Tap {at:04d}"
        parts = [f"{title}\n{'=' * len(title)}\n"]
        for each in batch:
            links = ", ".join(f"D_{number:05d}" for number in each.links)
            text = "".join(f"   {paragraph}\n\n" for paragraph in each.paragraphs)
            parts.append(
                f"\n.. document:: {each.title}\n   :id: D_{each.number:05d}\n   :links: "
                f"{links}\n\n{text}"
            )
        _write(folder / f"part{at:04d}.rst", "".join(parts))
        pages.append(f"   part{at:04d}\n")
    _write(folder / "index.rst", f"Manual\n======\n\n.. toctree::\n\n{''.join(pages)}")


def _counted(pattern: str) -> Callable[[str], int]:
    return lambda said: len(set(re.findall(pattern, said)))


def peers(programs: Path) -> tuple[Tool, ...]:
    """The tools, as installed in a folder of programs."""
    return (
        Tool(
            "trlc", trlc, lambda at: [f"{programs}/trlc", "--brief", str(at)],
            lambda said: said.count("unknown symbol"), "a file a document",
        ),
        Tool(
            "doorstop", doorstop, lambda at: [f"{programs}/doorstop", "-j", str(at), "-F", "-L", "-R", "-C", "-S", "-W", "-q"],
            _counted(r"no item with UID: (\w+)"), "a file a document; -F -L -R -C -S -W",
        ),
        Tool(
            "strictdoc", strictdoc,
            lambda at: [f"{programs}/strictdoc", "export", "--formats=json", "--output-dir", f"{at}/out", str(at)],
            _counted(r"does not exist: (\S+)"), f"{A_FILE} documents a file; export --formats=json",
        ),
        Tool(
            "sphinx-needs", sphinx_needs,
            lambda at: [f"{programs}/sphinx-build", "-b", "needs", "-W", "--keep-going", "-q", str(at), f"{at}/out"],
            lambda said: said.count("unknown outgoing link"), f"{A_FILE} documents a page; -b needs, no HTML",
        ),
    )  # fmt: skip


# --- qmstool
# --------------------------------------------------------------------------------------------------


def families(wanted: str) -> Callable[[Path], list[str]]:
    """`qmstool check` with the rules of some families only: the others are switched off in the
    corpus's qms.yml.
    """

    def command(folder: Path) -> list[str]:
        manifest = folder / "qms.yml"
        off = ", ".join(rule.slug for rule in ALL if rule.id[3] not in wanted)
        text = manifest.read_text(encoding="utf-8").partition("check:")[0]
        manifest.write_text(f"{text}check: {{off: [{off}]}}\n", encoding="utf-8")
        return [
            sys.executable,
            "-m",
            "qmstool",
            "check",
            "--no-cache",
            "--root",
            str(folder),
            "--format",
            "json",
        ]

    return command


def _findings(said: str) -> int:
    return int(json.loads(said)["summary"]["errors"])


OURS = (
    Tool(
        "qmstool, links",
        lambda _, __: None,
        families("1"),
        _findings,
        "links and citations, down to the section",
    ),
    Tool(
        "qmstool, families 0-4",
        lambda _, __: None,
        families("01234"),
        _findings,
        "… and everything but prose",
    ),
)


# --- measuring
# --------------------------------------------------------------------------------------------------


def run(command: list[str], room: Path) -> tuple[float, int, str]:
    """Seconds of CPU, peak memory in kB, and what was said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {
        **kept,
        "TMPDIR": str(room),
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }
    with (room / "said").open("w+b") as said:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=room, env=environment
        )
        _, _, used = os.wait4(running.pid, 0)
        said.seek(0)
        return (
            used.ru_utime + used.ru_stime,
            used.ru_maxrss,
            said.read().decode("utf-8", errors="replace"),
        )


def measure(tool: Tool, source: Path, room: Path, runs: int) -> tuple[list[float], int, str]:
    """CPU of each run and the highest peak, on fresh files every time; a dear one is run once."""
    taken: list[float] = []
    peak, said = 0, ""
    while len(taken) < runs and not (taken and taken[-1] > ENOUGH):
        with tempfile.TemporaryDirectory(dir=room) as fresh:
            folder = Path(fresh, "files")
            folder.mkdir()
            tool.write(folder, read(source) if tool not in OURS else [])
            cpu, memory, said = run(tool.command(source if tool in OURS else folder), Path(fresh))
        taken.append(cpu)
        peak = max(peak, memory)
    return taken, peak, said


def install(room: Path, wanted: Iterable[str]) -> Path:
    """An environment with the peers that can be installed; returns its folder of programs."""
    programs = room / "peers/bin"
    if not programs.is_dir():
        venv.create(room / "peers", with_pip=True)
    for name in wanted:
        done = subprocess.run(
            [programs / "pip", "install", "--quiet", name],
            capture_output=True,
            text=True,
            check=False,
        )
        shown = subprocess.run(
            [programs / "pip", "show", name], capture_output=True, text=True, check=False
        ).stdout
        version = next(
            (line.split()[1] for line in shown.splitlines() if line.startswith("Version")), ""
        )
        print(f"{name} {version or 'could not be installed: ' + done.stderr.strip()[-200:]}")
    return programs


def main() -> None:
    names = ("trlc", "doorstop", "strictdoc", "sphinx-needs")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", default="1000,2000", help="documents, several sizes with commas between"
    )
    parser.add_argument("--peers", default=",".join(names))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep the peers' environment here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        programs = install(asked.keep or room, wanted := asked.peers.split(","))
        tools = [*OURS, *(peer for peer in peers(programs) if peer.name in wanted)]
        seeing = [tool for tool in tools if sees(tool, room)]
        for size in map(int, asked.sizes.split(",")):
            table(seeing, size, room, asked.runs)


def sees(tool: Tool, room: Path) -> bool:
    """Whether a tool tells of broken links, and is silent without; what it tells is printed."""
    told = []
    for broken in (False, True):
        with tempfile.TemporaryDirectory(dir=room) as fresh:
            corpus.make(source := Path(fresh, "corpus"), 30)
            if broken:
                break_links(source)
            said = measure(tool, source, Path(fresh), 1)[2]
            told.append(tool.told(said))
    print(f"{tool.name:24} {BROKEN} links broken: {told[1]} told; none broken: {told[0]}")
    return told[0] == 0 and told[1] > 0


def table(tools: list[Tool], size: int, room: Path, runs: int) -> None:
    with tempfile.TemporaryDirectory(dir=room) as fresh:
        corpus.make(source := Path(fresh, "corpus"), size)
        links = sum(len(each.links) for each in read(source))
        print(f"\n{size} documents, {links} links between them")
        files = [str(file) for file in source.rglob("*.*")]
        cat = statistics.median(run(["cat", *files], Path(fresh))[0] for _ in range(runs))
        print(f"{'cat':24} {cat:8.2f} s CPU")
        ours = 0.0
        for tool in tools:
            taken, peak, said = measure(tool, source, Path(fresh), runs)
            cpu = statistics.median(taken)
            ours = ours or cpu
            faults = (
                f"; it told {tool.told(said)} broken links, and there are none"
                if tool.told(said)
                else ""
            )
            print(
                f"{tool.name:24} {cpu:8.2f} s CPU = {cpu / ours:6.2f} x qmstool, links; "
                f"{cpu / cat:6.0f} x cat; "
                f"{peak / 1024:5.0f} MB; {len(taken)} runs; {tool.note}{faults}",
                flush=True,
            )


if __name__ == "__main__":
    main()
