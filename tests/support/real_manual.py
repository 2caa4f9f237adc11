"""The manual that lies here, for tests that check it many times, each time with a slip in it.

What the checker reads of a file that did not change is kept: a check costs what the slip costs, and
what concerns the manual as a whole. Kept are answers of functions of one file, and the facts that
the checker itself keeps of files; the first check, of the manual as it is, fills them, and what is
read of a broken file is forgotten with it.
"""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.manual.loading import documents, loader
from qmstool.parsing.markdown import rereading
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.record_reader import RecordReader
from qmstool.rules import ALL
from qmstool.rules.input import old_markup
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from qmstool.findings import LoadError, Report
    from qmstool.parsing.markdown.document import MarkdownDocument
    from qmstool.parsing.markdown.modernizing import MarkupEdit
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText, Node
    from qmstool.parsing.yaml.records import Record
    from qmstool.parsing.yaml.schema import Schema
    from qmstool.rules import Rule

ROOT = Path(__file__).parents[2]


@cache
def real_files() -> dict[str, bytes]:
    """The files of the manual that lies here, by path; do not change the answer."""
    folder = FolderTree(ROOT)
    return folder.read_all(folder.list())


def check_real(files: Mapping[str, bytes], rules: tuple[Rule, ...] = ALL) -> Report:
    """Check the files of the real manual, a few of them changed; under `kept_readings`."""
    return check_tree(MemoryTree({**files}), rules, facts=_FactsInMemory(files, _readings()))


@contextlib.contextmanager
def kept_readings() -> Iterator[None]:
    """Within, what is read of the unchanged files of the real manual is read once."""
    readings = _readings()
    with pytest.MonkeyPatch.context() as patch:
        readings.patch(patch)
        yield


@cache
def report_of_real_manual() -> Report:
    """What a check finds in the manual as it is."""
    with kept_readings():
        return check_real(real_files())


@cache
def _readings() -> _Readings:
    """Made once in a process: modules that use it take turns."""
    readings = _Readings()
    with pytest.MonkeyPatch.context() as patch:
        readings.patch(patch)
        facts = _FactsInMemory(real_files(), readings)
        check_tree(MemoryTree({**real_files()}), facts=facts)
    readings.learning = False
    return readings


class _Readings:
    """Answers by function and arguments; new ones are kept while it is learning.

    Objects stand in the keys by identity: they are kept too, so that none has another's.
    """

    def __init__(self) -> None:
        self.learning = True
        self.kept: dict[Hashable, Any] = {}
        self.alive: list[object] = []

    def keep(self, key: Hashable, answer: Any, *arguments: object) -> Any:
        if self.learning:
            self.kept[key] = answer
            self.alive += arguments
        return answer

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        for room, name in ((loader, "SourceFile"), (documents, "read_page"), (old_markup, "read")):
            patch.setattr(room, name, self.of_values(getattr(room, name)))
        patch.setattr(composer, "compose", self.compose(composer.compose))
        patch.setattr(RecordReader, "record", self.record(RecordReader.record))
        patch.setattr(rereading, "certain_edits", self.edits(rereading.certain_edits))

    def of_values(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Keep the answers of a function of texts and numbers."""

        def kept(*arguments: Hashable) -> Any:
            key = (function.__name__, *arguments)
            return self.kept[key] if key in self.kept else self.keep(key, function(*arguments))

        return kept

    def compose(
        self, function: Callable[..., tuple[Node | None, list[LoadError]]]
    ) -> Callable[..., tuple[Node | None, list[LoadError]]]:
        def kept(source: SourceFile, start: int = 0, end: int | None = None) -> Any:
            key = ("compose", id(source), start, end)
            if key not in self.kept:
                return self.keep(key, function(source, start, end), source)
            node, problems = self.kept[key]
            return node, list(problems)

        return kept

    def record(
        self, function: Callable[[RecordReader, Node, Schema, LocatedText], Record]
    ) -> Callable[[RecordReader, Node, Schema, LocatedText], Record]:
        def kept(reader: RecordReader, node: Node, schema: Schema, where: LocatedText) -> Any:
            key = ("record", id(node), id(schema), id(where.source), where.start, where.end)
            if key in self.kept:
                record, problems = self.kept[key]
                reader.problems += problems
                return record
            before = len(reader.problems)
            record = function(reader, node, schema, where)
            self.keep(key, (record, reader.problems[before:]), node, schema, where)
            return record

        return kept

    def edits(
        self, function: Callable[[MarkdownDocument, Mapping[str, str]], tuple[MarkupEdit, ...]]
    ) -> Callable[[MarkdownDocument, Mapping[str, str]], tuple[MarkupEdit, ...]]:
        def kept(document: MarkdownDocument, titles: Mapping[str, str]) -> Any:
            key = ("certain_edits", id(document), tuple(titles.items()))
            if key in self.kept:
                return self.kept[key]
            return self.keep(key, function(document, titles), document)

        return kept


class _FactsInMemory(KeptFacts):
    """Facts of files as the checker keeps them, but as values, beside what was read of the files."""

    def __init__(self, files: Mapping[str, bytes], readings: _Readings) -> None:
        self._files = files
        self._readings = readings

    def recall(
        self,
        kind: str,
        path: str,
        more: bytes = b"",
        *,
        part: str | None = None,
        anchors: tuple[object, ...] = (),
    ) -> Any | None:
        if kind == "sound":
            return None  # a file that is not decoded is another value, of which nothing is kept
        kept = self._readings.kept.get(self._place(kind, path, more, part, anchors))
        return dict(kept) if isinstance(kept, dict) else kept

    def _place(
        self, kind: str, path: str, more: bytes, part: str | None, anchors: tuple[object, ...]
    ) -> Hashable:
        """Where a fact lies: by its file, for the value has its own page already."""
        return kind, path, part or self._files[path], more, *map(id, anchors[:1])

    def file_digest(self, path: str) -> bytes:
        return repr((path, hash(self._files[path]))).encode()

    def keep(
        self,
        kind: str,
        path: str,
        value: object,
        more: bytes = b"",
        *,
        part: str | None = None,
        anchors: tuple[object, ...] = (),
    ) -> None:
        copied = dict(value) if isinstance(value, dict) else value
        place = self._place(kind, path, more, part, anchors)
        self._readings.keep(place, copied, *anchors)
