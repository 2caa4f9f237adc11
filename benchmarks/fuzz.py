"""Feed each reader texts that grow by what they reach, until one is answered by no sentence.

`python benchmarks/fuzz.py [--seconds 60] [--corpus DIR] [READER…]`, with `atheris` installed beside
the tool: it is asked for here alone. Each reader runs in processes of its own, at most five minutes
each, until they have spent that time on a processor, and begins with what was kept of earlier runs
(`tests/data/fuzzed.tar.xz`). What ends it is an exception that is no QmsError, an answer that
breaks its promise, or one text that takes ten seconds of a processor; the text is kept and named.
Without READER all are fed, one after another. `--keep` packs what the corpus holds now.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import atheris  # noqa: E402 - as what follows, it is looked for in this checkout too

ALONE = "--alone"
LONGEST_TIME = 10  # seconds on a processor that one text may take
SLICE = 300  # seconds of the clock that one process feeds
JUDGED = ("qmstool", "pyhanko", "asn1crypto")  # what reads a signed file is Python too
# Only what is fed is instrumented; that takes ten seconds.
with atheris.instrument_imports(include=[*JUDGED]) if ALONE in sys.argv else nullcontext():
    from qmstool.i18n import QmsError
    from tests.support.fuzzed_readers import KEPT, LONGEST, READERS, SIGNED, kept_texts


def feed(name: str, corpus: Path, seconds: int) -> None:
    """Feed one reader in this process; it does not return."""
    reader, seeds = READERS[name]
    longest = SIGNED if name == "signed" else LONGEST
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed[:longest])
    for kept, data in kept_texts(name).items():
        (corpus / Path(kept).name).write_bytes(data)

    def once(data: bytes) -> None:
        begun = time.process_time()
        told = None
        try:
            reader(data)
        except QmsError as error:
            told = error.text
        if told is not None:
            assert told.vi.strip()
            assert told.en.strip()
        assert time.process_time() - begun < LONGEST_TIME

    limits = (
        f"-max_total_time={seconds}",
        f"-max_len={longest}",
        "-timeout=300",  # by the clock, which says little beside other work
        "-rss_limit_mb=2048",
    )
    place = f"-artifact_prefix={corpus.parent}/{name}-"
    atheris.Setup([sys.argv[0], *limits, place, "-print_final_stats=1", str(corpus)], once)
    atheris.Fuzz()


def pack(corpus: Path) -> None:
    """Pack a corpus so that the same texts make the same bytes; those it was begun with are known."""
    with tarfile.open(KEPT, "w:xz", preset=9) as packed:
        for path in sorted(corpus.glob("*/*")):
            if path.parent.name not in READERS or path.name.startswith("seed-"):
                continue
            member = tarfile.TarInfo(path.relative_to(corpus).as_posix())
            member.size = path.stat().st_size
            with path.open("rb") as opened:
                packed.addfile(member, opened)


def main(words: list[str]) -> None:
    """Feed readers, each in a process of its own, and say of each what it stood."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], metavar="READER")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument(ALONE, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args(words)
    if options.keep:
        pack(options.corpus)
        return
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="qms-fuzz-"))
    if options.alone:
        feed(options.readers[0], corpus / options.readers[0], options.seconds)
    print("| reader | texts | reached | CPU | end |\n|---|---|---|---|---|")
    for name in options.readers or READERS:
        (corpus / name).mkdir(parents=True, exist_ok=True)
        print(spend(name, corpus, options.seconds).row(name), flush=True)


@dataclass(slots=True)
class Spent:
    """What one reader stood: texts, seconds on a processor, branches reached, and how it ended."""

    texts: int = 0
    cpu: float = 0.0
    reached: str = "?"
    end: str = "nothing found"

    def row(self, name: str) -> str:
        """Return the row of the table in docs/reliability.md."""
        return f"| {name} | {self.texts:,} | {self.reached} | {self.cpu:.0f} s | {self.end} |"


def spend(name: str, corpus: Path, seconds: int) -> Spent:
    """Feed one reader, in process after process, until it has had its seconds on a processor."""
    spent = Spent()
    while spent.cpu < seconds:
        turn = min(SLICE, max(10, int(seconds - spent.cpu)))
        before = cpu_of_children()
        done = subprocess.run(
            [
                sys.executable,
                __file__,
                name,
                ALONE,
                "--seconds",
                str(turn),
                "--corpus",
                str(corpus),
            ],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        spent.cpu += cpu_of_children() - before
        (corpus / f"{name}.log").write_text(done.stdout + done.stderr, "utf-8")
        texts = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
        spent.texts += int(texts[1]) if texts else 0
        spent.reached = (re.findall(r"cov: (\d+)", done.stderr) or [spent.reached])[-1]
        if done.returncode:
            spent.end = f"see {corpus}/{name}.log"
            break
    return spent


def cpu_of_children() -> float:
    """Return the seconds that ended children of this process have spent on a processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1:])
