"""How many words and numbers converters lose of the gallery: the tables of `docs/import.md`.

    python -m benchmarks.converters [--show 06 12 …]

Takes those of pandoc (`pypandoc_binary`), mammoth, markitdown and docling that the Python which runs
it has; the others are named as not there. Each file of `tests/data/word` goes through each; what
comes out is read by its signs (`importing.accounting`) and held against the right Markdown beside
the file, words and numbers alike. `--show` prints what each makes of files by their numbers.
docling may load no model here: it is run as on a machine without network.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import importlib.util
import os
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qmstool.importing.accounting import markdown_words
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.structure import settle_headings
from qmstool.importing.word.reader import read_word
from tests.support.word_gallery import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def here(file: Path) -> str:
    """Return what this package makes of a file."""
    source = read_word(file.read_bytes(), file.name, changes="accept")
    writer = Writer(dict(source.notes), {path: path for path, _ in source.pictures}, "")
    writer.write(settle_headings(source.blocks))
    return writer.text()


def pandoc(file: Path) -> str:
    """Return what pandoc makes of a file."""
    pypandoc = importlib.import_module("pypandoc")
    return str(pypandoc.convert_file(str(file), "gfm", extra_args=["--wrap=none"]))


def mammoth(file: Path) -> str:
    """Return what mammoth makes of a file."""
    library = importlib.import_module("mammoth")
    with file.open("rb") as stream:
        return str(library.convert_to_markdown(stream).value)


def markitdown(file: Path) -> str:
    """Return what markitdown makes of a file."""
    library = importlib.import_module("markitdown")
    return str(library.MarkItDown().convert(str(file)).text_content)


def docling(file: Path) -> str:
    """Return what docling makes of a file."""
    library = importlib.import_module("docling.document_converter")
    return str(library.DocumentConverter().convert(file).document.export_to_markdown())


CONVERTERS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "here": ("", here),
    "pandoc": ("pypandoc_binary", pandoc),
    "mammoth": ("mammoth", mammoth),
    "markitdown": ("markitdown", markitdown),
    "docling": ("docling", docling),
}


class Loss(NamedTuple):
    """What a converter does to the words of all files: words missing, too many, files concerned."""

    missing: int
    extra: int
    files: int


# Marks around what is shown, in whatever HTML a converter writes; a sign that is escaped is text.
_MARKUP = re.compile(r"<!--.*?-->|(?<!\\)</?[a-z][^<>]*>", re.DOTALL)
_KNOWN = re.compile(r"</?(?:table|tr|th|td|br|img)\b")  # known to `markdown_words`


def shown_words(text: str) -> Counter[str]:
    """Return the words that what a converter made shows."""
    bare = _MARKUP.sub(lambda mark: mark[0] if _KNOWN.match(mark[0]) else "", text)
    return Counter(markdown_words(bare))


def right_words(file: Path) -> Counter[str]:
    """Return the words that a file has to become, its tracked changes accepted.

    The mark where a drawing stood is ours and no word of the file.
    """
    accepted = FOLDER / f"{file.stem}.accept.md"
    right = accepted if accepted.exists() else FOLDER / f"{file.stem}.md"
    return Counter(markdown_words(right.read_text("utf-8").replace(r"\[Hình\]", "")))


def loss_of(outputs: dict[Path, str]) -> Loss:
    """Return what was lost and added in what a converter made of each file."""
    missing = extra = files = 0
    for file, text in outputs.items():
        right, made = right_words(file), shown_words(text)
        lost, added = (right - made).total(), (made - right).total()
        missing, extra, files = missing + lost, extra + added, files + bool(lost or added)
    return Loss(missing, extra, files)


def name_of(converter: str) -> str:
    """Return the name of a converter with its version."""
    package = CONVERTERS[converter][0]
    return f"{converter} {importlib.metadata.version(package)}" if package else converter


def main() -> None:
    """Measure, and print the table."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", nargs="*", default=[], metavar="NUMBER")
    options = parser.parse_args()
    files = sorted(FOLDER.glob("*.docx"))
    losses: dict[str, Loss] = {}
    for converter, (package, convert) in CONVERTERS.items():
        if package and importlib.util.find_spec(package.removesuffix("_binary")) is None:
            print(f"not there: {converter}")
            continue
        outputs = {file: convert(file) for file in files}
        losses[name_of(converter)] = loss_of(outputs)
        for file in files:
            if file.name[:2] in options.show:
                print(f"--- {converter} {file.stem}\n{outputs[file]}")
    words = sum(right_words(file).total() for file in files)
    print(f"| | {' | '.join(losses)} |\n|---{'|---' * len(losses)}|")
    for name, title in zip(
        Loss._fields,
        (f"missing, of {words}", "too many", f"files of {len(files)}"),
        strict=True,
    ):
        print(f"| {title} | {' | '.join(str(getattr(each, name)) for each in losses.values())} |")


if __name__ == "__main__":
    main()
