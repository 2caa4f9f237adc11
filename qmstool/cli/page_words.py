"""Begin a file of words for pages and papers in another language (`qmstool schema --words TAG`).

What goes in: a tag, and the words known so far. What comes out: YAML with a line for each sentence
that the package says to readers and signers, in English, to be answered in that language.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.storage.resources import packaged_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The rooms whose sentences readers and signers see.
ROOMS = ("site", "tables", "dossier", "register", "diff", "verify", "export")
# Templates with sentences of their own, and how they stand there.
TEMPLATES = ("templates/print", "templates/dossier")
_SAID = re.compile(r'say\("([^"]*)", "([^"]*)"\)')
_FILLED_IN = re.compile(r"\{\w+\}")
HEAD = """\
# {tag}: words of pages and papers. The key is the English sentence, the value the same
# in this language. Take the # off a line and fill it in; what is left stays English.
# What stands in {{}} is filled in and must stay. Words that end in / are addresses of pages.
schema: 1
unverified: true                 # until somebody who speaks the language has read it
date: "{date}"
months: [{months}]
words:
"""
MONTHS = (
    "January, February, March, April, May, June, July, August, September, October, November, "
    "December"
)
DATE = "{day} {month} {year}"


def page_sentences() -> dict[str, Text]:
    """Return every sentence that readers and signers see, by its English; in order of rooms."""
    sentences: dict[str, Text] = {}
    for room in ROOMS:
        package = import_module(f"qmstool.{room}")
        names = [package.__name__]
        names += [found.name for found in pkgutil.walk_packages(package.__path__, f"{names[0]}.")]
        for name in names:
            module = import_module(name)
            said = [*_texts(list(vars(module).values())), *_written(Path(module.__file__ or ""))]
            for text in said:
                sentences.setdefault(text.en, text)
    for folder in TEMPLATES:
        for file in sorted(packaged_path(folder).glob("*.j2")):
            for vi, en in _SAID.findall(file.read_text(encoding="utf-8")):
                sentences.setdefault(en, Text(vi, en))
    return {english: text for english, text in sentences.items() if _has_words(english)}


def _has_words(english: str) -> bool:
    """Whether anything is said beside what is filled in: «{name} ({unit})» is one in all."""
    return any(letter.isalpha() for letter in _FILLED_IN.sub("", english))


def _written(path: Path) -> Iterator[Text]:
    """Yield the sentences that a module writes inside its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name("Text"), args=[ast.Constant(str(vi)), ast.Constant(str(en))]
            ):
                yield Text(vi, en)


def _texts(value: object) -> Iterator[Text]:
    """Yield the sentences in a value of a module: itself, or what its tables and lists hold."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (tuple, list, frozenset)):
        for each in value:
            yield from _texts(each)


def begin_words(tag: str, known: Mapping[str, str]) -> str:
    """Return the file of a language, with what is known already filled in."""
    lines = [HEAD.format(tag=tag, date=DATE, months=MONTHS)]
    for english in page_sentences():
        key, value = _quoted(english), _quoted(known.get(english, ""))
        mark = " " if english in known else "#"
        lines.append(f"{mark} {key}: {value}\n")
    return "".join(lines)


def _quoted(words: str) -> str:
    """Return words as a scalar of YAML between quotes: JSON's are YAML's."""
    return json.dumps(words, ensure_ascii=False)
