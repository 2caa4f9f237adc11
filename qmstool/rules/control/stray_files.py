"""Find files that nothing reads: a form nobody registered, a release or data under another name."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Subject, Violation
from qmstool.i18n import Text, shorter_tags
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.circulation import COPIES_FILE, OPINIONS_FOLDER, REVOKED_FILE
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.manual.loading.page_language import FOLDER as PAGE_WORDS_FOLDER
from qmstool.manual.loading.process_map import PROCESS_MAP_FILE
from qmstool.manual.loading.registers import ABBREVIATIONS_FILE, EXTERNALS_FILE, RECORDS_FILE
from qmstool.manual.loading.releases import RELEASE_PATH
from qmstool.manual.loading.wordlists import FOLDER as WORDS_FOLDER
from qmstool.parsing.similar import nearest_name
from qmstool.releases.record import ALLOWED_SIGNERS, release_path
from qmstool.releases.seal import seal_path
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import rule
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

FOLDERS = ("manual/", "procedures/", "clauses/", "releases/", "templates/words/")
# How a file saved under another ending should end.
ENDINGS = {".yml": ".yml", ".yaml": ".yml", ".md": ".md", ".markdown": ".md", ".txt": ".md"}
# The files of data, each read under its one name; of other folders every file is read that ends so.
DATA_FILES = (
    PROCESS_MAP_FILE, ABBREVIATIONS_FILE, EXTERNALS_FILE, RECORDS_FILE, COPIES_FILE, REVOKED_FILE,
    ALLOWED_SIGNERS, "clauses/harmonized.yml",
    *(f"{WORDS_FOLDER}/{name}" for name in resources.list_names(WORDS_FOLDER)),
)  # fmt: skip
FOLDER_ENDINGS = (
    ("manual/", ".md"), ("procedures/", ".md"), ("clauses/mapping/", ".yml"),
    ("clauses/catalogues/", ".yml"), ("clauses/transitions/", ".yml"),
    (CANDIDATES_FOLDER, ".yml"), (OPINIONS_FOLDER, ".yml"),
)  # fmt: skip
# What proves a release lies in folders of these under any name; records name it.
KEPT = re.compile(r"releases/[^/]+/.+(?<!\.yml)(?<!\.yaml)")
NUMBERED = re.compile(r"releases/0*(\d{1,4})\.ya?ml", re.IGNORECASE)
SEAL = re.compile(r"releases/seals/0*(\d{1,4})\.sig(?:\..*)?", re.IGNORECASE)
EXPLANATION = re.compile(r"readme(?:\..*)?", re.IGNORECASE)
ALIKE = 0.8
# A picture that no page shows does no harm.
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


@about
def missing_file(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a file of a name that is missed elsewhere: `form-file-missing` reports that."""
    missing = _missing_names(facts.manual)
    return lambda subject: subject.name in missing


@about
def named_in_broken_text(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a file that a text names whose data could not be read."""
    unread = _unread_texts(facts)
    return lambda subject: subject.name in unread


@rule(
    "QMS340",
    "stray-file",
    Severity.WARNING,
    Text("Tệp không ai dùng", "A file that nothing uses"),
    Text(
        "Không ai đọc tệp {path}: không tài liệu nào nêu nó, và ở đây tên tệp này không có nghĩa "
        "gì. Nếu là biểu mẫu thì đăng ký nó bằng một tệp .md (trường file); nếu đặt nhầm tên hay "
        "đuôi thì đổi tên; nếu thừa thì xóa.",
        "Nobody reads {path}: no document names it, and in this place its name means nothing. "
        "Register a form with an .md file (the key file), rename a file under a wrong name or "
        "ending, delete one that is not needed.",
    ),
    hidden_by=(missing_file, named_in_broken_text),
)
def stray_file(facts: Facts) -> Iterator[Violation]:
    """Find files among the texts and data that no document names and no reader takes."""
    named: set[str] = set()
    for document in facts.manual.documents.values():
        named.update(document.attachments)
    own_words = _own_word_lists(facts.manual)
    for path in sorted(facts.manual.paths):
        if not path.startswith(FOLDERS) or path in named or _is_read(path):
            continue
        if path in own_words:
            continue
        name = posixpath.basename(path)
        values, subject = {"path": path}, Subject(name)
        yield Violation(Location(path), values, _other_name(path, facts), subjects=(subject,))


def _is_read(path: str) -> bool:
    """Whether a file is read under its name, or does no harm where it lies."""
    if path in DATA_FILES or RELEASE_PATH.fullmatch(path):
        return True
    seal = SEAL.fullmatch(path)
    if seal:
        return path == seal_path(int(seal[1]))
    if KEPT.fullmatch(path):
        return True
    if EXPLANATION.fullmatch(posixpath.basename(path)) or path.lower().endswith(PICTURES):
        return True
    return any(path.startswith(folder) and path.endswith(end) for folder, end in FOLDER_ENDINGS)


def _own_word_lists(manual: Manual) -> set[str]:
    """Return the files of words that a manual of these languages may have, packaged or not."""
    languages = (manual.config.language, *manual.config.words)
    tags = {tag for language in languages for tag in shorter_tags(language)}
    folders = (WORDS_FOLDER, PAGE_WORDS_FOLDER)
    return {f"{folder}/{tag}.yml" for folder in folders for tag in tags}


def _missing_names(manual: Manual) -> set[str]:
    """Return the names of files that documents name and that are not in their place."""
    missing = set()
    for document in manual.documents.values():
        mark = document.front_matter.file
        if mark is None:
            continue
        if resolve_local_path(posixpath.dirname(document.path), mark.text) not in manual.paths:
            missing.add(posixpath.basename(mark.text))
    return missing


def _unread_texts(facts: Facts) -> str:
    """Return the texts whose data could not be read: what they name is used, too."""
    return "\n".join(
        source.text
        for path, source in facts.manual.sources.items()
        if path in facts.lost_lines.broken and path.endswith(".md")
    )


def _other_name(path: str, facts: Facts) -> str | None:
    """Return the name under which a file would be read; None where it looks like no such file."""
    numbered = NUMBERED.fullmatch(path), SEAL.fullmatch(path)
    for found, name_file in zip(numbered, (release_path, seal_path), strict=True):
        if found:
            right = name_file(int(found[1]))
            return None if right in facts.manual.paths else posixpath.basename(right)
    folder = posixpath.dirname(path)
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    ending = ENDINGS.get(suffix.lower(), "" if suffix else ".md")
    if not ending:
        return None
    if _is_read(f"{folder}/{stem}{ending}"):
        return f"{stem}{ending}"
    there = [file for file in DATA_FILES if posixpath.dirname(file) == folder]
    free = [posixpath.basename(file) for file in there if file not in facts.manual.paths]
    return nearest_name(f"{stem}{ending}", free, ALIKE)


RULES: tuple[Rule, ...] = (stray_file,)
