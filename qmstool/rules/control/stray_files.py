"""Find files that nothing reads: a form nobody registered, a release or data under another name."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Subject, Violation
from qmstool.i18n import Text, shorter_tags
from qmstool.manual.candidates import CANDIDATES_FOLDER
from qmstool.manual.circulation import (
    COPIES_FILE,
    OPINIONS_FOLDER,
    READINGS_FILE,
    REVIEWS_FILE,
    REVOKED_FILE,
)
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
from qmstool.rules.base.values import bilingual
from qmstool.storage import resources
from qmstool.storage.file_kinds import is_picture
from qmstool.storage.tree import MANUAL_FOLDERS

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
    REVIEWS_FILE, READINGS_FILE,
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
# A folder's name is short: one letter too many or too few.
NEAR = 0.85
_PARTING = re.compile(r"[\s._-]+")


UNUSED = Text(
    "Không ai đọc tệp {path}: không tài liệu nào nêu nó, và ở đây tên tệp này không có nghĩa "
    "gì. Nếu là biểu mẫu thì đăng ký nó bằng một tệp .md (trường file); nếu đặt nhầm tên hay "
    "đuôi thì đổi tên; nếu thừa thì xóa.",
    "Nobody reads {path}: no document names it, and in this place its name means nothing. "
    "Register a form with an .md file (the key file), rename a file under a wrong name or "
    "ending, delete one that is not needed.",
)
OTHER_FOLDER = Text(
    "Không ai đọc thư mục {path}: sổ tay chỉ gồm các thư mục {folders} (chữ thường). Hãy đổi tên "
    "thư mục, hoặc chuyển các tệp vào thư mục được gợi ý.",
    "Nobody reads the folder {path}: a manual has the folders {folders} (in small letters). Rename "
    "it, or move its files into the folder that is proposed.",
)
OUTSIDE = Text(
    "Không ai đọc tệp {path}: nó khai mã và loại như một tài liệu được kiểm soát mà nằm ngoài các "
    "thư mục của sổ tay. Hãy chuyển nó vào thư mục được gợi ý.",
    "Nobody reads {path}: it has the code and type of a controlled document, and lies beside the "
    "folders of the manual. Move it into the folder that is proposed.",
)


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
    Text("{said_vi}", "{said_en}"),
    hidden_by=(missing_file, named_in_broken_text),
)
def stray_file(facts: Facts) -> Iterator[Violation]:
    """Find files among the texts and data that no document names and no reader takes."""
    yield from _misplaced(facts.manual)
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
        values, subject = _said(UNUSED, path), Subject(name)
        yield Violation(Location(path), values, _other_name(path, facts), subjects=(subject,))


def _said(message: Text, path: str) -> dict[str, str]:
    folders = ", ".join(MANUAL_FOLDERS)
    return {"path": path, **bilingual(said=message.fill({"path": path, "folders": folders}))}


def _misplaced(manual: Manual) -> Iterator[Violation]:
    """Yield folders whose name is nearly one of the manual's, and documents beside those folders.

    Each folder is told once, at its first file.
    """
    meant_folders = _meant_folders(manual)
    own = [folder.rstrip("/") for folder in MANUAL_FOLDERS]
    told: set[str] = set()
    for path, is_document in manual.beside:
        top = path.partition("/")[0] if "/" in path else ""
        if top and top in told:
            continue
        near = nearest_name(_bare(top), own, NEAR) if top else None
        meant = meant_folders.get(near or _bare(top))
        if meant:
            told.add(top)
            about_it = Subject(posixpath.basename(path))
            values = _said(OTHER_FOLDER, f"{top}/")
            yield Violation(Location(path), values, meant, subjects=(about_it,))
        elif is_document:
            name = posixpath.basename(path)
            values = _said(OUTSIDE, path)
            yield Violation(Location(path), values, f"procedures/{name}", subjects=(Subject(name),))


def _meant_folders(manual: Manual) -> dict[str, str]:
    """Return the folders of a manual by what people call them: the kinds of document in them."""
    folders = {folder.rstrip("/"): folder for folder in MANUAL_FOLDERS}
    main = manual.main
    for kind in manual.config.types.values():
        folder = "manual/" if main and main.type == kind.key else "procedures/"
        for name in (kind.key, kind.name.vi, kind.name.en, kind.plural.vi, kind.plural.en):
            folders.setdefault(_bare(name), folder)
    for lists in manual.word_lists.values():
        for name in lists.plain.get("any_document", ()):
            folders.setdefault(_bare(name), "procedures/")
    for name in manual.config.all_words.clause:
        folders.setdefault(_bare(name), "clauses/")
    folders.pop("", None)
    return folders


def _bare(name: str) -> str:
    """Return a name without capitals, accents, and what parts its words."""
    apart = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return _PARTING.sub("", "".join(char for char in apart if not unicodedata.combining(char)))


def _is_read(path: str) -> bool:
    """Whether a file is read under its name, or does no harm where it lies."""
    if path in DATA_FILES or RELEASE_PATH.fullmatch(path):
        return True
    seal = SEAL.fullmatch(path)
    if seal:
        return path == seal_path(int(seal[1]))
    if KEPT.fullmatch(path):
        return True
    # A picture that no page shows does no harm.
    if EXPLANATION.fullmatch(posixpath.basename(path)) or is_picture(path):
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
