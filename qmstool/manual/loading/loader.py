"""Load a manual from a tree, with the problems met on the way.

A broken file is a problem, never a crash. Each kind of file has its own module beside this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Location, Violation
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading import (
    candidates,
    circulation,
    process_map,
    registers,
    releases,
    standards,
    wordlists,
)
from qmstool.manual.loading.appearance import try_appearance
from qmstool.manual.loading.data_files import DataReader
from qmstool.manual.loading.documents import DocumentReader
from qmstool.manual.loading.manifest import read_manifest
from qmstool.manual.loading.page_language import read_page_language
from qmstool.manual.model import Manual
from qmstool.parsing.source import SourceFile
from qmstool.storage.tree import MANIFEST, TEXT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree


_NO_MANIFEST = Text(
    "Không thấy qms.yml: thư mục này không phải là một sổ tay. Dùng --root để chỉ đúng thư mục, "
    "hoặc bắt đầu một sổ tay mới: qmstool init (nếu ở đây có tệp Word, Excel: qmstool init --from "
    ".)",
    "No qms.yml: this folder is not a manual. Point to the right folder with --root, or begin a "
    "manual: qmstool init (where Word and Excel files lie here: qmstool init --from .)",
)
_MANIFEST_NOT_HELD = Text(
    "Không đọc được qms.yml: kho git không giữ nội dung của tệp này, có lẽ "
    "do sao về không đủ lịch sử. Chạy: git fetch --unshallow",
    "qms.yml cannot be read: the repository does not hold its content. A "
    "shallow clone? Run: git fetch --unshallow",
)
_MANIFEST_REFUSED = Text(
    "Không đọc được qms.yml: tệp này là liên kết ra ngoài, không phải tệp thường, quá lớn, hoặc "
    "máy không cho đọc. Hãy thay bằng một tệp thường mà bạn có quyền đọc.",
    "qms.yml cannot be read: it is a link that leads out, no plain file, too large, or you may "
    "not read it. Put a plain file that you may read in its place.",
)
NO_DOCUMENT = Text(
    "Không đọc được tài liệu nào: cần manual/index.md hoặc các tệp .md trong procedures/.",
    "No document could be read: manual/index.md or .md files in procedures/ are needed.",
)


def load(tree: Tree, facts: KeptFacts | None = None, *, only_problems: bool = False) -> Manual:
    """Read everything a tree holds, but files of which `facts` has kept what they say.

    Raises QmsError where there is no manual at all (no manifest, no document). With `only_problems`
    one without any document is a manual too: its problems say why.
    """
    paths = tree.list()
    if MANIFEST not in paths:
        raise QmsError(_MANIFEST_REFUSED if MANIFEST in tree.refused() else _NO_MANIFEST)
    texts = tree.read_all([path for path in paths if path.endswith(TEXT_SUFFIXES)])
    problems = _unreadable(tree)
    sources = {path: _read_source(path, data, problems) for path, data in texts.items()}
    if _is_written_out_with_crlf(sources.values()):
        problems = [problem for problem in problems if problem.slug != "crlf"]
    if MANIFEST not in sources:
        raise QmsError(_MANIFEST_REFUSED if MANIFEST in tree.refused() else _MANIFEST_NOT_HELD)
    manual = _read_manual(frozenset((*paths, *tree.refused())), sources, problems, facts)
    _, looks = try_appearance(tree)
    manual = replace(manual, beside=tree.beside(), problems=(*manual.problems, *looks))
    if not manual.documents and not only_problems:
        raise QmsError(NO_DOCUMENT)
    return manual


def _is_written_out_with_crlf(sources: Iterable[SourceFile]) -> bool:
    """Whether most texts have line ends of Windows: so git writes them out there.

    Git keeps LF and gives CRLF (`core.autocrlf`); nobody typed it, and no digest counts it. What
    the tool itself has just written has LF until it is checked out again.
    """
    lines = [source for source in sources if "\n" in source.text]
    with_crlf = sum("crlf" in source.flaws for source in lines)
    return with_crlf > len(lines) - with_crlf


def _unreadable(tree: Tree) -> list[LoadError]:
    """Tell what lies among the files of a manual and may not be read."""
    errors = []
    for path, why in sorted(tree.refused().items()):
        place = Location(path)
        errors.append(LoadError("unreadable-file", Violation(place, {"why": why}), place))
    return errors


def _read_source(path: str, data: bytes, problems: list[LoadError]) -> SourceFile:
    """Decode a file, and tell what is wrong with its bytes."""
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
        problems.append(LoadError(flaw, Violation(place, values), lost))
    return source


def _read_manual(
    paths: frozenset[str],
    sources: dict[str, SourceFile],
    problems: list[LoadError],
    facts: KeptFacts | None,
) -> Manual:
    """Read every kind of file; the order is that in which their problems are told."""
    config, errors = read_manifest(sources[MANIFEST])
    problems += errors
    reader = DataReader(sources, problems)
    transitions = standards.read_transitions(reader, config)
    catalogues = standards.read_catalogues(reader, config, transitions)
    coverage = standards.read_coverage(reader)
    harmonized = standards.read_harmonized(reader, config, coverage)
    coverage = standards.take_rows(coverage, catalogues, harmonized)
    externals = registers.read_externals(reader)
    records = registers.read_records(reader)
    map_of_processes = process_map.read_process_map(reader)
    abbreviations = registers.read_abbreviations(reader)
    recorded = releases.read_releases(reader)
    frozen = candidates.read_candidates(reader)
    opinions = circulation.read_opinions(reader)
    copies = circulation.read_copies(reader)
    reviews = circulation.read_reviews(reader)
    readings = circulation.read_readings(reader)
    revoked = circulation.read_revoked(reader)
    document_reader = DocumentReader(sources, paths, problems, config, facts)
    documents = document_reader.documents()
    word_lists = wordlists.read_all_lists(reader, config)
    names = dict.fromkeys(standard.catalogue.text for standard in config.standards)
    followed = [catalogues[name] for name in names if name in catalogues]
    word_lists = wordlists.without_present_words(word_lists, followed)
    page_language = read_page_language(reader, config.language)
    words = wordlists.join_citation_words(config.words, word_lists)
    config = replace(config, words=words)
    return Manual(
        config=config,
        manifest=sources[MANIFEST],
        catalogues=catalogues,
        transitions=transitions,
        coverage=coverage,
        documents=documents,
        externals=externals,
        records=records,
        process_map=map_of_processes,
        abbreviations=abbreviations,
        releases=recorded,
        paths=paths,
        sources=sources,
        problems=tuple(problems),
        word_lists=word_lists,
        candidates=frozen,
        opinions=opinions,
        copies=copies,
        reviews=reviews,
        readings=readings,
        revoked_keys=revoked,
        harmonized=harmonized,
        page_language=page_language,
        doubled_documents=tuple(document_reader.doubled),
        filled=tuple(document_reader.filled),
    )
