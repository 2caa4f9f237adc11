"""Compare what reading Markdown costs: events, tree, page and HTML, on the same documents.

python -m benchmarks.markdown [FOLDER …]     # default: manual procedures docs
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyromark

from qmstool.parsing.markdown.html import html
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.markdown.reader import OPTIONS, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 15


def main(folders: Sequence[str]) -> None:
    texts = [
        path.read_text("utf-8") for folder in folders for path in sorted(Path(folder).rglob("*.md"))
    ]
    texts = [text.partition("\n---\n")[2] if text.startswith("---") else text for text in texts]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} documents, {words} words")
    ways: dict[str, Callable[[str], Any]] = {
        "events": lambda text: list(pyromark.events_with_range(text, options=OPTIONS)),
        "tree": read,
        "page": read_page,
        "tree, HTML": lambda text: html(read(text)),
        "pyromark.html": lambda text: pyromark.html(text, options=OPTIONS),
    }
    taken = {name: min(_cpu(way, texts) for _ in range(ROUNDS)) for name, way in ways.items()}
    for name, seconds in taken.items():
        each = seconds / words * 600 * 1000
        print(f"{name:14} {each:7.3f} ms per 600 words   {seconds / taken['tree']:5.2f} × tree")


def _cpu(way: Callable[[str], Any], texts: Sequence[str]) -> float:
    gc.collect()
    start = time.process_time()
    for text in texts:
        way(text)
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:] or ["manual", "procedures", "docs"])
