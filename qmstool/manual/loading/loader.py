"""A tree → the `Manual` and the problems met on the way, once.

A broken file is a problem, never a crash.

The conductor is `load`; each kind of file has its own small reader, below or in the rooms beside
it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Violation
from qmstool.i18n import QmsError, Text
from qmstool.manual import config as config_room
from qmstool.manual import wordlists
from qmstool.manual.loading import circulation as load_circulation
from qmstool.manual.loading import data_files as load_data
from qmstool.manual.loading import releases as load_releases
from qmstool.manual.model import Document, Manual, Section, TextFile
from qmstool.manual.schema import DOCUMENT
from qmstool.parsing.codes import fold_code
from qmstool.parsing.markdown.scanner import scan
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer, nodes, record_reader
from qmstool.parsing.yaml.coercions import quote
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.storage.tree import MANIFEST, TEXT_SUFFIXES

if TYPE_CHECKING:
    from qmstool.parsing.markdown.scanner import Heading
    from qmstool.parsing.yaml.records import Record
    from qmstool.storage.tree import Tree

MAIN_FILE = "manual/index.md"
KEYS = frozenset(field.name for field in DOCUMENT.fields)
_TITLE = re.compile(r"^#[ \t]+(?P<words>\S.*?)[ \t]*$", re.MULTILINE)
_Front = tuple[int, int, int]  # where the data begin and end, and where the text begins
_DIGITS = re.compile(r"(\d+)")


def load(tree: Tree) -> Manual:
    """Read everything a tree holds.

    Raises QmsError where there is no manual at all (no manifest, no document).
    """
    paths = tree.list()
    if MANIFEST not in paths:
        raise QmsError(
            Text(
                (
                    "Không thấy qms.yml: thư mục này không phải là một sổ tay. Dùng --root để "
                    "chỉ đúng thư mục."
                ),
                "No qms.yml: this folder is not a manual. Point to the right folder with --root.",
            )
        )
    reader = _Reader(tree, paths)
    manual = reader.manual()
    if not manual.documents:
        raise QmsError(
            Text(
                (
                    "Không đọc được tài liệu nào: cần manual/index.md hoặc các tệp .md trong "
                    "procedures/."
                ),
                (
                    "No document could be read: manual/index.md or .md files in procedures/ are "
                    "needed."
                ),
            )
        )
    return manual


def natural_key(path: str) -> tuple[tuple[int, str], ...]:
    """Sort key in which `4.2` comes before `4.10`, and `1-…/` before `2-…/`."""
    stem = path.rpartition(".")[0] or path
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(stem) if part
    )


class _Reader:
    """One reading of one tree."""

    def __init__(self, tree: Tree, paths: tuple[str, ...]) -> None:
        self.tree = tree
        self.paths = frozenset(paths)
        self.problems: list[LoadError] = []
        wanted = [path for path in paths if path.endswith(TEXT_SUFFIXES)]
        self.sources = {
            path: self.source(path, data) for path, data in tree.read_all(wanted).items()
        }
        if MANIFEST not in self.sources:
            raise QmsError(
                Text(
                    "Không đọc được qms.yml: kho git không giữ nội dung của tệp này, có lẽ "
                    "do sao về không đủ lịch sử. Chạy: git "
                    "fetch --unshallow",
                    (
                        "qms.yml cannot be read: the repository does not hold its content. A "
                        "shallow clone? Run: git fetch --unshallow"
                    ),
                )
            )

    def source(self, path: str, data: bytes) -> SourceFile:
        source = SourceFile(path, data)
        for flaw in source.flaws:
            place, count = source.locate_flaw(flaw)
            values = {
                "count": str(count),
                "lines": str(source.text.count("\n")),
                "encoding": "UTF-16" if source.utf16 else "",
            }
            unread = flaw == "not-utf8" and not source.utf16
            lost = source.locate(0, len(source.text)) if unread else None
            self.problems.append(LoadError(flaw, Violation(place, values), lost))
        return source

    def manual(self) -> Manual:
        config, problems = config_room.read_manifest(self.sources[MANIFEST])
        self.problems += problems
        data = load_data.DataReader(self.sources, self.problems)
        transitions = data.transitions(config)
        catalogues = data.catalogues(config, transitions)
        coverage = data.coverage()
        externals = data.externals()
        records = data.records()
        process_map = data.process_map()
        abbreviations = data.abbreviations()
        releases = load_releases.read_releases(data)
        opinions = load_circulation.read_opinions(data)
        copies = load_circulation.read_copies(data)
        revoked = load_circulation.read_revoked(data)
        documents = self.documents()
        words, problems = wordlists.read_own_lists(self.sources)
        self.problems += problems
        return Manual(
            config=config,
            manifest=self.sources[MANIFEST],
            catalogues=catalogues,
            transitions=transitions,
            coverage=coverage,
            documents=documents,
            externals=externals,
            records=records,
            process_map=process_map,
            abbreviations=abbreviations,
            releases=releases,
            paths=self.paths,
            sources=self.sources,
            problems=tuple(self.problems),
            words=words,
            opinions=opinions,
            copies=copies,
            revoked=revoked,
        )

    # --- documents ---

    def documents(self) -> dict[str, Document]:
        """Every controlled document by key; the first of a doubled code is kept, the other is a problem."""
        found: dict[str, Document] = {}
        texts = sorted((path for path in self.sources if path.endswith(".md")), key=natural_key)
        sections = [path for path in texts if path.startswith("manual/") and path != MAIN_FILE]
        heads = [path for path in texts if path == MAIN_FILE or path.startswith("procedures/")]
        for path in heads:
            document = self.document(path, sections if path == MAIN_FILE else [])
            if document is None:
                continue
            earlier = found.get(document.key)
            if earlier is not None:
                fault = Violation(
                    document.mark.location,
                    {"code": document.mark.text},
                    related=(earlier.mark.location,),
                )
                self.problems.append(LoadError("duplicate-code", fault))
                continue
            found[document.key] = document
        return found

    def document(self, path: str, more: list[str]) -> Document | None:
        source = self.sources[path]
        front = composer.find_front_matter(source.text)
        node, problems = composer.compose(source, *front[:2]) if front else (None, [])
        if front is None or any(each.slug == "broken-yaml" for each in problems):
            front, node, problems = self.slipped(source) or (front, node, problems)
        self.problems += problems
        if front is None or (node is None and problems):
            return None
        body = front[2]
        entry, problems = record_reader.read_record(node, DOCUMENT, LocatedText("", source, 0, 3))
        self.problems += problems
        files = (
            TextFile(source, scan(source.text, body), body),
            *(self.text_file(each) for each in more),
        )
        return self.build(entry, files)

    def slipped(
        self, source: SourceFile
    ) -> tuple[_Front | None, nodes.Node | None, list[LoadError]] | None:
        """The data of a document whose lines «---» are not right, read all the same; None where these lines are right."""
        from qmstool.parsing.yaml.front_matter import find_mistake  # noqa: PLC0415 - few files are broken, and its patterns cost start-up

        slip = find_mistake(source.text, KEYS)
        if slip is None:
            if composer.find_front_matter(source.text):
                return None
            fault = Violation(source.locate(0, _line_end(source.text)), {}, _block(source.text))
            return None, None, [LoadError("no-front-matter", fault)]
        related = tuple(source.locate(*each) for each in slip.more)
        values = {"cause": slip.cause, "sign": slip.sign}
        told = LoadError(
            "no-front-matter", Violation(source.locate(*slip.place), values, slip.meant, related)
        )
        node, problems = composer.compose(source, *slip.data[:2])
        return slip.data, node, [told, *problems]

    def text_file(self, path: str) -> TextFile:
        source = self.sources[path]
        return TextFile(source, scan(source.text, 0), 0)

    def build(self, entry: Record, files: tuple[TextFile, ...]) -> Document | None:
        mark = entry.get("code")
        if mark is None:
            return None
        code = "" if mark.text == "unknown" else mark.text.strip()
        if not code:
            own = entry.get("key")
            if own is None:
                values = {
                    "key": "key",
                    "what_vi": "tên ngắn, cần khi chưa biết mã",
                    "what_en": "short name, needed while the code is unknown",
                }
                self.problems.append(
                    LoadError("missing-key", Violation(mark.location, values, "key: "))
                )
                return None
            mark = own
        key = fold_code(mark.text)
        if not key:
            return None
        return Document(
            key=key,
            code=code,
            type=entry.text("type"),
            title=entry.text("title") or code or mark.text,
            names=entry.list("names"),
            held=entry.text("text", "held") == "held",
            record=entry,
            mark=mark,
            files=files,
            sections=tuple(section for file in files for section in _sections(key, file)),
            attachments=_attachments(entry, files, self.paths),
        )


def _line_end(text: str) -> int:
    end = text.find("\n")
    return len(text) if end < 0 else end


def _block(text: str) -> str:
    """The data to paste over a text that has none, with the words of its first title."""
    title = _TITLE.search(text)
    return f"---\ncode: \ntype: \ntitle: {quote(title['words']) if title else ''}\n---"


def _sections(document: str, file: TextFile) -> list[Section]:
    """Each heading with the text under it, down to the next heading of its level or above."""
    headings = file.page.headings
    found = []
    for at, heading in enumerate(headings):
        end = next(
            (each.line_start for each in headings[at + 1 :] if each.level <= heading.level),
            len(file.source.text),
        )
        number = heading.number or ""
        found.append(
            Section(
                document,
                file,
                heading,
                heading.anchor,
                number,
                _title(heading),
                heading.line_end,
                end,
            )
        )
    return found


def _title(heading: Heading) -> str:
    """The words of a heading after its number."""
    if not heading.number:
        return heading.text
    return heading.text[len(heading.number) :].lstrip(" .):–—-\u00a0")


def _attachments(
    entry: Record, files: tuple[TextFile, ...], paths: frozenset[str]
) -> tuple[str, ...]:
    """Paths of the local files a document carries, in order of first appearance: linked ones, then the form's own file."""
    seen: dict[str, None] = {}
    for file in files:
        folder = posixpath.dirname(file.path)
        for link in file.page.links:
            if not link.target.partition("#")[0].endswith(".md"):
                path = resolve_local_path(folder, link.target)
                if path in paths and not path.endswith(".md"):
                    seen[path] = None
    own = entry.get("file")
    if own is not None:
        path = resolve_local_path(posixpath.dirname(own.source.path), own.text)
        if path in paths:
            seen[path] = None
    return tuple(seen)


def resolve_local_path(folder: str, target: str) -> str:
    """The tree path of a relative link target seen from a folder, fragment dropped; "" for one with a scheme or from the root."""
    path = target.partition("#")[0].partition("?")[0]
    if not path or path.startswith(("/", "\\")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return ""
    return posixpath.normpath(posixpath.join(folder, path))
