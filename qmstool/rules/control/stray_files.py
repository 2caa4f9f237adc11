"""Find files that nothing reads: a form nobody registered, a release or data under another name."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
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
from qmstool.manual.process_map import PROCESS_MAP_FILE
from qmstool.manual.registers import ABBREVIATIONS_FILE, EXTERNALS_FILE, RECORDS_FILE
from qmstool.manual.releases import RELEASE_PATH
from qmstool.manual.wordlists import FOLDER as WORDS_FOLDER
from qmstool.parsing.similar import nearest_name
from qmstool.patterns import regex
from qmstool.releases.record import ALLOWED_SIGNERS
from qmstool.releases.seal import SEALS_FOLDER, seal_path
from qmstool.rules.base.hiding import about
from qmstool.rules.base.own_templates import TEMPLATE_FOLDERS
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.control.meant_names import Kind, NamesRead, find_meant, near_folder
from qmstool.storage import resources
from qmstool.storage.file_kinds import is_picture
from qmstool.storage.tree import MANUAL_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

FOLDERS = ("manual/", "procedures/", "clauses/", "releases/", "templates/words/")
# In these, folders have names of their own.
PARTED_FOLDERS = ("releases/", "clauses/", "templates/")
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
# The folders in which something is read besides those of documents, which may be of any name.
KNOWN_FOLDERS = (
    "manual", "procedures", "releases",
    *(folder.rstrip("/") for folder, _ in FOLDER_ENDINGS if folder.count("/") > 1),
    "releases/evidence", SEALS_FOLDER.rstrip("/"), WORDS_FOLDER, PAGE_WORDS_FOLDER,
    *TEMPLATE_FOLDERS, "templates/site", "templates/word",
)  # fmt: skip
# What proves a release lies there under any name; records name it.
KEPT = regex(r"releases/(?!(?:seals|candidates|opinions)/)[^/]+/.+(?<!\.yml)(?<!\.yaml)")
SEAL = regex(r"releases/seals/0*(\d{1,4})\.sig(?:\..*)?", re.IGNORECASE)
EXPLANATION = regex(r"readme(?:\..*)?", re.IGNORECASE)
# A folder's name is short: one letter too many or too few.
NEAR = 0.85
# Read at the top, each under its one name.
TOP_FILES = ("mkdocs.yml",)
_PARTING = regex(r"[\s._-]+")


UNUSED = Text(
    "Không ai đọc tệp {path}: không tài liệu nào nêu nó, và ở đây tên tệp này không có nghĩa "
    "gì. Nếu là biểu mẫu thì đăng ký nó bằng một tệp .md (trường file); nếu đặt nhầm tên hay "
    "đuôi thì đổi tên; nếu thừa thì xóa.",
    "Nobody reads {path}: no document names it, and in this place its name means nothing. "
    "Register a form with an .md file (the key file), rename a file under a wrong name or "
    "ending, delete one that is not needed.",
)
COPY = Text(
    "Không ai đọc tệp {path}: có vẻ nó là bản sao của {other}, tệp được đọc. Hãy đưa điều gì mới "
    "hơn vào tệp ấy, rồi xóa bản sao này.",
    "Nobody reads {path}: it seems to be a copy of {other}, which is read. Put whatever is newer "
    "into that file, and delete this copy.",
)
LEFTOVER = Text(
    "Không ai đọc tệp {path}: đây là tệp tạm hay tệp khóa mà một chương trình để lại (Word, Excel, "
    "hệ điều hành). Hãy đóng chương trình ấy rồi xóa tệp, và không đưa nó vào git.",
    "Nobody reads {path}: it is a temporary or lock file that a program left behind (Word, Excel, "
    "the system). Close that program, delete the file, and keep it out of git.",
)
UNUSED_TEMPLATE = Text(
    "Không trang nào dùng mẫu {path}: công cụ không có mẫu tên ấy, và không mẫu nào gọi nó. Hãy "
    "đổi tên như gợi ý, hoặc xóa nếu thừa.",
    "No page is made with {path}: the tool has no template of that name, and no other calls it. "
    "Rename it as proposed, or delete it if it is not needed.",
)
OTHER_SUBFOLDER = Text(
    "Không ai đọc thư mục {path}: ở đây thư mục có tên khác. Hãy chuyển các tệp vào thư mục được "
    "gợi ý.",
    "Nobody reads the folder {path}: the folder here has another name. Move its files into the one "
    "that is proposed.",
)
OTHER_TOP = Text(
    "Không ai đọc tệp {path}: tệp này được đọc dưới một tên duy nhất. Hãy đổi tên như gợi ý.",
    "Nobody reads {path}: it is read under one name only. Rename it as proposed.",
)
OTHER_FOLDER = Text(
    "Không ai đọc thư mục {path}: sổ tay chỉ gồm các thư mục {folders} (chữ thường). Hãy đổi tên "
    "thư mục, hoặc chuyển các tệp vào thư mục được gợi ý.",
    "Nobody reads the folder {path}: a manual has the folders {folders} (in small letters). Rename "
    "it, or move its files into the folder that is proposed.",
)
MESSAGES: dict[Kind, Text] = {"copy": COPY, "leftover": LEFTOVER}
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
    for path, meant_template in facts.own_templates.unused.items():
        subject = Subject(posixpath.basename(path))
        values = _message_values(UNUSED_TEMPLATE, path)
        yield Violation(Location(path), values, meant_template, subjects=(subject,))
    names = NamesRead(_is_read, DATA_FILES, KNOWN_FOLDERS)
    told: set[str] = set()
    for path in sorted(facts.manual.paths):
        if not path.startswith((*FOLDERS, *PARTED_FOLDERS)) or path in named or path in own_words:
            continue
        folder, name = posixpath.split(path)
        right_folder = _near_subfolder(folder)
        if right_folder and folder not in told:
            told.add(folder)
            values = _message_values(OTHER_SUBFOLDER, f"{folder}/")
            yield Violation(Location(path), values, f"{right_folder}/", subjects=(Subject(name),))
        if right_folder or not path.startswith(FOLDERS) or _is_read(path):
            continue
        meant = find_meant(path, facts.manual.paths, names)
        values = _message_values(MESSAGES.get(meant.kind, UNUSED), path, other=meant.path)
        found = posixpath.dirname(meant.path) == folder
        right = posixpath.basename(meant.path) if found else meant.path
        suggestion = right if meant.kind == "name" else None
        yield Violation(Location(path), values, suggestion, subjects=(Subject(name),))


@lru_cache
def _near_subfolder(folder: str) -> str | None:
    """Return the folder of releases, clauses or templates of which one nearly has the name."""
    if not folder.startswith(PARTED_FOLDERS):
        return None
    return near_folder(folder, KNOWN_FOLDERS)


def _message_values(message: Text, path: str, **more: str) -> dict[str, str]:
    words = {"path": path, "folders": ", ".join(MANUAL_FOLDERS), **more}
    return {"path": path, **bilingual(said=message.fill(words))}


def _misplaced(manual: Manual) -> Iterator[Violation]:
    """Yield folders whose name is nearly one of the manual's, and documents beside those folders.

    Each folder is told once, at its first file.
    """
    meant_folders = _meant_folders(manual)
    told: set[str] = set()
    for path, is_document in manual.beside:
        top = path.partition("/")[0] if "/" in path else ""
        if not top and (right := _meant_at_top(path)):
            about_it = Subject(path)
            yield Violation(
                Location(path), _message_values(OTHER_TOP, path), right, subjects=(about_it,)
            )
            continue
        if top and top in told:
            continue
        near = _near_top(top)
        meant = meant_folders.get(near or _bare(top))
        if meant:
            told.add(top)
            about_it = Subject(posixpath.basename(path))
            values = _message_values(OTHER_FOLDER, f"{top}/")
            yield Violation(Location(path), values, meant, subjects=(about_it,))
        elif is_document:
            name = posixpath.basename(path)
            values = _message_values(OUTSIDE, path)
            yield Violation(Location(path), values, f"procedures/{name}", subjects=(Subject(name),))


@lru_cache
def _near_top(folder: str) -> str | None:
    """Return the folder of a manual of which another nearly has the name."""
    own = [each.rstrip("/") for each in MANUAL_FOLDERS]
    return nearest_name(_bare(folder), own, NEAR) if folder else None


def _meant_at_top(path: str) -> str | None:
    """Return the file that is read at the top of a manual of which another nearly has the name."""
    bare = re.sub(r"\.txt\Z", "", path, flags=re.IGNORECASE)
    return None if path in TOP_FILES else nearest_name(bare, TOP_FILES, NEAR)


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


RULES: tuple[Rule, ...] = (stray_file,)
