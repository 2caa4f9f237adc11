"""Read the controlled documents: Markdown files with data between two lines «---»."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.frozen import replace
from qmstool.manual.documents import MAIN_FILE, Document
from qmstool.manual.loading.attachments import find_attachments
from qmstool.manual.loading.front_matter import read_front_matter
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.manual.text_files import TextFile
from qmstool.parsing.codes import fold_code, shape_pattern
from qmstool.parsing.figures import plain_figures
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText, Mapping, Node, Scalar
from qmstool.patterns import regex

if TYPE_CHECKING:
    import collections.abc

    from qmstool.manual.config import Config
    from qmstool.manual.text_files import SectionWords
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.records import Record
    from qmstool.storage.kept_facts import KeptFacts

KEYS = frozenset(field.name for field in DOCUMENT.fields)
_DIGITS = regex(r"(\d+)")
# Problems for which more of the file was looked at than its head.
_SEEN_BY_MORE = frozenset({"broken-yaml", "no-front-matter"})
_FrontMatter = tuple[int, int, int]
"""Where the data begin and end, and where the text begins."""


def natural_key(path: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts `4.2` before `4.10`, and `1-…/` before `2-…/`."""
    stem = path.rpartition(".")[0] or path
    parts = [part for part in _DIGITS.split(stem) if part]
    return tuple(map(_sorted_as, parts))


def _sorted_as(part: str) -> tuple[int, str]:
    """Return what sorts a part of a path: figures by how many they are, then as they stand."""
    if not part.isdecimal():
        return -1, part
    figures = plain_figures(part)
    return len(figures), figures


class DocumentReader:
    """Reads the documents of one tree, adding what is wrong with them to `problems`.

    `config`: what is told of types, and of keys that the heads of these documents have;
    `section_words` announce the numbers of their sections; `facts`: what was kept of files that are
    as they were, None where everything is read.
    """

    def __init__(
        self,
        sources: collections.abc.Mapping[str, SourceFile],
        paths: frozenset[str],
        problems: list[LoadError],
        config: Config,
        section_words: SectionWords,
        facts: KeptFacts | None = None,
    ) -> None:
        self.sources = sources
        self.paths = paths
        self.problems = problems
        self.doubled: list[Document] = []
        self.filled: list[Document] = []
        self.config = config
        self.habits = config.habits
        self.section_words = section_words
        self.facts = facts

    def documents(self) -> dict[str, Document]:
        """Return every controlled document by key.

        The first of a doubled code is kept; the other is a problem, and goes to `doubled`. Records
        that were filled in are no documents: they go to `filled`, and may share a code.
        """
        documents: dict[str, Document] = {}
        texts = sorted((path for path in self.sources if path.endswith(".md")), key=natural_key)
        chapters = [path for path in texts if path.startswith("manual/") and path != MAIN_FILE]
        heads = [path for path in texts if path == MAIN_FILE or path.startswith("procedures/")]
        if chapters and MAIN_FILE not in self.paths:
            place = self.sources[chapters[0]].locate(0, 0)
            values = {"cause": "no-main", "count": str(len(chapters))}
            self.problems.append(LoadError("no-front-matter", Violation(place, values)))
        for path in heads:
            is_main = path == MAIN_FILE
            document = self._document(path, chapters) if is_main else self.document(path)
            if document is None:
                continue
            kind = self.config.types.get(document.type)
            if kind is not None and kind.filled_in:
                self.filled.append(document)
                continue
            earlier = documents.get(document.key)
            if earlier is None:
                documents[document.key] = document
            else:
                self.problems.append(_duplicate_code(document, earlier))
                self.doubled.append(document)
        return documents

    def document(self, path: str) -> Document | None:
        """Return the document of one file as it was read before, or read it now."""
        if self.facts is None:
            return self._document(path, [])
        source = self.sources[path]
        more = self._read_by
        kept = self.facts.recall("document", path, more, anchors=self._anchors(source))
        if kept is None:
            known = len(self.problems)
            document = self._document(path, [])
            self._keep("document", source, (tuple(self.problems[known:]), document), more)
            return document
        problems, read = kept
        self.problems += problems
        return self._with_attachments(read) if read is not None else None

    @cached_property
    def _read_by(self) -> bytes:
        """What of the manifest a head is read by, for what is kept of it."""
        habits = self.habits
        shapes = [(name, shape.pattern) for name, shape in self._shapes]
        told = (sorted(habits.names.items()), sorted(habits.unread), habits.zone.key, shapes)
        return repr(told).encode()

    def _with_attachments(self, document: Document) -> Document:
        """Return a kept document with the files that it carries now."""
        own = document.front_matter.file
        carried = find_attachments(own, document.files, self.paths)
        if carried == document.attachments:
            return document
        return replace(document, attachments=carried)

    def _document(self, path: str, chapters: list[str]) -> Document | None:
        """Return the document whose front matter a file bears, and whose text goes on in others."""
        source = self.sources[path]
        record, body = self._head(source)
        if record is None:
            return None
        named = self._named(record)
        if named is None:
            return None
        code, mark, key = named
        files = [self._text_file(source, body, key)]
        files += [self._chapter(self.sources[chapter], key) for chapter in chapters]
        return self._build(record, code, mark, tuple(files))

    def _head(self, source: SourceFile) -> tuple[Record | None, int]:
        """Return the data of a document and where its text begins; None where there are none.

        What a head says is kept under its own words, for most edits are of the text below it. Not
        of a file whose bytes are stored otherwise than its words read: places in it go by them.
        """
        if self.facts is None or source.flaws:
            return self._read_head(source)
        front = composer.find_front_matter(source.text)
        if front is None:
            return self._read_head(source)
        words, more = source.text[: front[2]], self._read_by
        kept = self.facts.recall("head", source.path, more, part=words, anchors=(source,))
        if kept is None:
            known = len(self.problems)
            record, body = self._read_head(source)
            problems = tuple(self.problems[known:])
            if not any(problem.slug in _SEEN_BY_MORE for problem in problems):
                kept = problems, record
                self.facts.keep("head", source.path, kept, more, part=words, anchors=(source,))
            return record, body
        problems, record = kept
        self.problems += problems
        return record, front[2]

    def _read_head(self, source: SourceFile) -> tuple[Record | None, int]:
        # Most checks read few heads.
        from qmstool.manual.loading.foreign import in_our_words  # noqa: PLC0415
        from qmstool.parsing.yaml.record_reader import read_record  # noqa: PLC0415

        front, node = self._front_matter(source)
        if front is None:
            return None, 0
        node, asked = in_our_words(node, self.habits)
        node = self._with_type(node)
        record, errors = read_record(node, DOCUMENT, LocatedText("", source, 0, 3))
        self.problems += (*asked, *errors)
        return record, front[2]

    def _with_type(self, node: Node | None) -> Node | None:
        """Return a head that says no type with the one type whose shape its code has."""
        if not isinstance(node, Mapping) or any(key.text == "type" for key in node.keys):
            return node
        for key, value in zip(node.keys, node.values, strict=True):
            if key.text == "code" and isinstance(value, Scalar):
                fitting = [name for name, shape in self._shapes if shape.fullmatch(value.mark.text)]
                if len(fitting) == 1:
                    mark = replace(value.mark, text=fitting[0])
                    named, kind = replace(key, text="type"), Scalar(mark)
                    return Mapping(node.mark, (*node.keys, named), (*node.values, kind))
        return node

    @cached_property
    def _shapes(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The types of documents that have a shape of codes, each with it."""
        return tuple(
            (name, regex(shape_pattern(kind.code.text), re.IGNORECASE))
            for name, kind in self.config.types.items()
            if kind.code and not kind.filled_in
        )

    def _front_matter(self, source: SourceFile) -> tuple[_FrontMatter | None, Node | None]:
        """Return where a document's data are, and their node; None where they cannot be read."""
        front = composer.find_front_matter(source.text)
        node, errors = composer.compose(source, *front[:2]) if front else (None, [])
        if front is None or any(error.slug == "broken-yaml" for error in errors):
            front, node, errors = self._mistaken(source) or (front, node, errors)
        self.problems += errors
        if node is None and errors:
            return None, None
        return front, node

    def _mistaken(
        self, source: SourceFile
    ) -> tuple[_FrontMatter | None, Node | None, list[LoadError]] | None:
        """Read the data of a document whose lines «---» are not right all the same.

        None where these lines are right.
        """
        from qmstool.parsing.yaml.front_matter import find_mistake  # noqa: PLC0415 - few files are broken, and its patterns cost start-up

        mistake = find_mistake(source.text, KEYS)
        if mistake is None:
            if composer.find_front_matter(source.text):
                return None
            first_line = source.locate(0, _line_end(source.text))
            return None, None, [LoadError("no-front-matter", Violation(first_line))]
        related = tuple(source.locate(*place) for place in mistake.more)
        values = {"cause": mistake.cause, "sign": mistake.sign}
        place = source.locate(*mistake.place)
        violation = Violation(place, values, mistake.meant, related)
        node, errors = composer.compose(source, *mistake.data[:2])
        return mistake.data, node, [LoadError("no-front-matter", violation), *errors]

    def _text_file(self, source: SourceFile, body: int, document: str) -> TextFile:
        page = read_page(source.text, body, source)
        if self.facts is not None:
            _ = page.outline  # made now, so that it is kept as well
        return TextFile(source, page, body, len(source.text), document, self.section_words)

    def _chapter(self, source: SourceFile, document: str) -> TextFile:
        """Return a file without data of its own, as it was read before or is now."""
        if self.facts is None:
            return self._text_file(source, 0, document)
        more, anchors = document.encode(), self._anchors(source)
        file: TextFile | None = self.facts.recall("chapter", source.path, more, anchors=anchors)
        if file is None:
            file = self._text_file(source, 0, document)
            self._keep("chapter", source, file, more)
        return file

    def _keep(self, kind: str, source: SourceFile, value: object, more: bytes) -> None:
        """Keep what a file was read as."""
        if self.facts is not None:
            self.facts.keep(kind, source.path, value, more, anchors=self._anchors(source))

    def _anchors(self, source: SourceFile) -> tuple[object, ...]:
        """Return what a document refers to that is not kept with it."""
        return source, self.section_words

    def _named(self, record: Record) -> tuple[str, LocatedText, str] | None:
        """Return the code of a document, the mark of its name and its key; None without a name."""
        mark = record.get("code")
        if mark is None:
            return None
        code = "" if mark.text == "unknown" else mark.text.strip()
        if not code:
            own_key = record.get("key")
            if own_key is None:
                self.problems.append(_no_key(mark))
                return None
            mark = own_key
        key = fold_code(mark.text)
        return (code, mark, key) if key else None

    def _build(
        self, record: Record, code: str, mark: LocatedText, files: tuple[TextFile, ...]
    ) -> Document:
        return Document(
            key=files[0].document,
            code=code,
            type=record.text("type"),
            title=record.text("title") or code or mark.text,
            names=record.list("names"),
            said_held=record.text("text", "held") == "held",
            front_matter=read_front_matter(record),
            mark=mark,
            files=files,
            attachments=find_attachments(record.get("file"), files, self.paths),
        )


def _duplicate_code(document: Document, earlier: Document) -> LoadError:
    values = {"code": document.mark.text}
    related = (earlier.mark.location,)
    violation = Violation(document.mark.location, values, related=related)
    return LoadError("duplicate-code", violation)


def _no_key(code: LocatedText) -> LoadError:
    """Return the problem of a document with neither a code nor a key."""
    values = {
        "key": "key",
        "what_vi": "tên ngắn, cần khi chưa biết mã",
        "what_en": "short name, needed while the code is unknown",
    }
    return LoadError("missing-key", Violation(code.location, values, "key: "))


def _line_end(text: str) -> int:
    end = text.find("\n")
    return len(text) if end < 0 else end
