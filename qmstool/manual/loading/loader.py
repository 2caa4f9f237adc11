"""Load a manual from a tree, with the problems met on the way.

A broken file is a problem, never a crash. Each kind of file has its own module beside this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import LoadError, Location, Violation
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.appearance import appearance_problems
from qmstool.manual.loading.data import read_data
from qmstool.manual.loading.data_files import DataReader
from qmstool.manual.loading.documents import DocumentReader
from qmstool.manual.loading.page_language import read_page_language
from qmstool.manual.model import Manual
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.source import SoundFile, SourceFile
from qmstool.storage.tree import MANIFEST, TEXT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree


# How like its name another must be: `qms.yml.txt`, `QMS (1).yml`.
NEARLY_MANIFEST = 0.75

_NO_MANIFEST = Text(
    "Không thấy qms.yml: thư mục này không phải là một sổ tay. Dùng --root để chỉ đúng thư mục, "
    "hoặc bắt đầu một sổ tay mới: qmstool init (nếu ở đây có tệp Word, Excel: qmstool init --from "
    ".)",
    "No qms.yml: this folder is not a manual. Point to the right folder with --root, or begin a "
    "manual: qmstool init (where Word and Excel files lie here: qmstool init --from .)",
)
_MANIFEST_MISNAMED = Text(
    "Không thấy qms.yml, nhưng có «{name}». Nếu đó là tệp thiết lập của sổ tay thì đổi tên nó "
    "thành qms.yml (chữ thường, không thêm đuôi).",
    "There is no qms.yml, but there is «{name}». If it holds the settings of the manual, rename "
    "it to qms.yml (small letters, no further ending).",
)
_MANIFEST_NOT_HELD = Text(
    "Không đọc được qms.yml: kho git không còn nội dung của tệp này. Hãy tìm trong một bản sao "
    "khác của kho.",
    "qms.yml cannot be read: the repository has lost its content. Look for it in another clone.",
)
_MANIFEST_REFUSED = Text(
    "Không đọc được qms.yml: tệp này là liên kết ra ngoài, không phải tệp thường, quá lớn, hoặc "
    "máy không cho đọc. Hãy thay bằng một tệp thường mà bạn có quyền đọc.",
    "qms.yml cannot be read: it is a link that leads out, no plain file, too large, or you may "
    "not read it. Put a plain file that you may read in its place.",
)
NO_DOCUMENT = Text(
    "Không đọc được tài liệu nào: cần manual/index.md hoặc các tệp .md trong procedures/. Lấy tệp "
    "có sẵn vào: qmstool import THƯ-MỤC; dựng sổ tay mới từ tệp có sẵn, ở thư mục khác: qmstool "
    "init THƯ-MỤC --from TỆP.",
    "No document could be read: manual/index.md or .md files in procedures/ are needed. Take in "
    "files that are there with qmstool import FOLDER, or begin a manual of them in another folder "
    "with qmstool init FOLDER --from FILES.",
)


def _no_manifest(tree: Tree) -> Text:
    """Return what to say of a folder without a manifest: one of nearly its name is named."""
    for each in tree.beside():
        if "/" not in each.path and nearest_name(each.path, [MANIFEST], NEARLY_MANIFEST):
            return _MANIFEST_MISNAMED.fill({"name": each.path})
    return _NO_MANIFEST


def load(tree: Tree, facts: KeptFacts | None = None, *, only_problems: bool = False) -> Manual:
    """Read everything a tree holds, but files of which `facts` has kept what they say.

    Raises QmsError where there is no manual at all (no manifest, no document). With `only_problems`
    one without any document is a manual too: its problems say why.
    """
    paths = tree.list()
    if MANIFEST not in paths:
        raise QmsError(_MANIFEST_REFUSED if MANIFEST in tree.refused() else _no_manifest(tree))
    texts = tree.read_all([path for path in paths if path.endswith(TEXT_SUFFIXES)])
    problems = _unreadable(tree)
    sources = _read_sources(texts, problems, facts)
    if any(problem.slug == "crlf" for problem in problems):
        written_out = _written_out_with_crlf(sources)
        problems = [
            problem
            for problem in problems
            if problem.slug != "crlf" or not _place(problem).endswith(written_out)
        ]
    if MANIFEST not in sources:
        raise QmsError(_MANIFEST_REFUSED if MANIFEST in tree.refused() else _MANIFEST_NOT_HELD)
    manual = read_manual(frozenset((*paths, *tree.refused())), sources, problems, facts)
    looks = appearance_problems(tree, facts)
    manual = replace(manual, beside=tree.beside(), problems=(*manual.problems, *looks))
    if not manual.documents and not only_problems:
        raise QmsError(NO_DOCUMENT)
    return manual


def _written_out_with_crlf(sources: Mapping[str, SourceFile]) -> tuple[str, ...]:
    """Return the endings of files of which most have line ends of Windows: git writes them so.

    Git keeps LF and gives CRLF (`core.autocrlf`, `eol=crlf` of an ending); nobody typed it, and no
    digest counts it. What the tool itself has just written has LF until it is checked out again.
    """
    found = []
    everywhere = [source for source in sources.values() if "\n" in source.text]
    groups = {"": everywhere} | {
        suffix: [source for source in everywhere if source.path.endswith(suffix)]
        for suffix in TEXT_SUFFIXES
    }
    for suffix, lines in groups.items():
        with_crlf = sum("crlf" in source.flaws for source in lines)
        # Of a few files one may be typed so by hand.
        if with_crlf > len(lines) - with_crlf and (with_crlf > 1 or not suffix):
            found.append(suffix)
    return tuple(found)


def _place(problem: LoadError) -> str:
    return problem.violation.location.path


def _unreadable(tree: Tree) -> list[LoadError]:
    """Tell what lies among the files of a manual and may not be read."""
    errors = []
    for path, why in sorted(tree.refused().items()):
        place = Location(path)
        errors.append(LoadError("unreadable-file", Violation(place, {"why": why}), place))
    return errors


def _read_sources(
    texts: Mapping[str, bytes], problems: list[LoadError], facts: KeptFacts | None
) -> dict[str, SourceFile]:
    """Decode files, but those of which it is kept that they are sound."""
    if facts is None:
        return {path: _read_source(path, data, problems) for path, data in texts.items()}
    digests = {path: facts.file_digest(path) for path in texts}
    known: frozenset[bytes] = facts.recall("sound", MANIFEST, part="") or frozenset()
    sources = {
        path: SoundFile(path, data)
        if digests[path] in known
        else _read_source(path, data, problems)
        for path, data in texts.items()
    }
    sound = frozenset([digests[path] for path, source in sources.items() if source.sound])
    if sound != known:
        facts.keep("sound", MANIFEST, sound, part="")
    return sources


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


def read_manual(
    paths: frozenset[str],
    sources: dict[str, SourceFile],
    problems: list[LoadError],
    facts: KeptFacts | None,
) -> Manual:
    """Read every kind of file; the order is that in which their problems are told.

    `paths`: the names of all files; `sources`: the texts among them. What is found wrong is added
    to `problems`. Of what lies beside the manual nothing is known yet.
    """
    data = read_data(sources, facts)
    problems += data.problems
    words = data.section_words
    document_reader = DocumentReader(sources, paths, problems, data.config, words, facts)
    documents = document_reader.documents()
    page_language = read_page_language(DataReader(sources, problems), data.config.language)
    return Manual(
        config=data.config,
        manifest=sources[MANIFEST],
        catalogues=data.catalogues,
        transitions=data.transitions,
        coverage=data.coverage,
        documents=documents,
        externals=data.externals,
        records=data.records,
        process_map=data.process_map,
        abbreviations=data.abbreviations,
        releases=data.releases,
        paths=paths,
        sources=sources,
        problems=tuple(problems),
        word_lists=data.word_lists,
        candidates=data.candidates,
        opinions=data.opinions,
        copies=data.copies,
        reviews=data.reviews,
        readings=data.readings,
        revoked_keys=data.revoked_keys,
        harmonized=data.harmonized,
        page_language=page_language,
        doubled_documents=tuple(document_reader.doubled),
        filled=tuple(document_reader.filled),
    )
