"""Say where every thing of a manual stands on the site.

Addresses come from codes and numbers, never from paths of files: a file may move, a link may not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.references.sections import section_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.references.model import Target

PLACES = {  # fixed pages, relative to the root of one version
    "home": Text("", ""),
    "manual": Text("so-tay/", "manual/"),
    "documents": Text("tai-lieu/", "documents/"),
    "forms": Text("bieu-mau/", "forms/"),
    "external": Text("tai-lieu-ben-ngoai/", "external/"),
    "records": Text("ho-so/", "records/"),
    "matrix": Text("ma-tran/", "matrix/"),
    "applicability": Text("ap-dung/", "applicability/"),
    "abbreviations": Text("chu-viet-tat/", "abbreviations/"),
    "transition": Text("chuyen-doi/", "transition/"),
    "map": Text("so-do-qua-trinh/", "process-map/"),
    "heat": Text("ban-do-dieu-khoan/", "clause-map/"),
    "board": Text("bang-theo-doi/", "dashboard/"),
    "releases": Text("cac-dot-ban-hanh/", "releases/"),
    "days": Text("ngay/", "day/"),
    "circulation": Text("phan-phoi/", "distribution/"),
    "trail": Text("nhat-ky/", "trail/"),
    "proof": Text("kiem-chung/", "verification/"),
    "about": Text("ve-so-tay/", "about/"),
}
DRAFT = Text("du-thao", "draft")
FILES = Text("tep/", "files/")
NOTICE = Text("thong-bao/", "notice/")


def slugify(text: str) -> str:
    """Fold a text to a-z, 0-9, dots and hyphens: «Phụ lục 01» becomes «phu-luc-01»."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


def _numbered(name: str, count: int) -> str:
    return f"{name or 'x'}-{count}"


def _numbered_file(name: str, count: int) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{count}.{suffix}" if dot else f"{suffix}-{count}"


def make_unique(names: Iterable[str], numbered: Callable[[str, int], str] = _numbered) -> list[str]:
    """Return names in their order, a repeated or empty one told apart by a number: a-2, x-1.

    `numbered` gives a name its number. How many times one name was met is remembered, so that
    thousands of one name take thousands of steps, not their square.
    """
    taken: dict[str, None] = {}
    counts: dict[str, int] = {}
    for name in names:
        unique, count = name or "x-1", counts.get(name, 1)
        while unique in taken:
            count += 1
            unique = numbered(name, count)
        counts[name] = count
        taken[unique] = None
    return list(taken)


def relative_link(page: str, address: str) -> str:
    """Return the link from a page's address to another of the same version, fragment kept."""
    path, hash_sign, anchor = address.partition("#")
    if path == page and anchor:
        return f"#{anchor}"
    return f"{_relative_path(page, path)}{hash_sign}{anchor}"


@lru_cache(maxsize=1 << 16)
def _relative_path(page: str, path: str) -> str:
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


class Addresses:
    """The addresses of one manual in one language.

    `files` are the images and attachments that are copied beside the pages.
    """

    def __init__(self, manual: Manual, lang: Lang, files: frozenset[str] = frozenset()) -> None:
        self.manual = manual
        self.lang = lang
        self.files = files
        self._answers: dict[str, Mapping[str, str]] = {}

    def place(self, name: str) -> str:
        """A fixed page."""
        return PLACES[name].get(self.lang)

    def document(self, key: str) -> str:
        """A controlled document; the manual itself is the contents page of its sections."""
        if self.manual.main is not None and key == self.manual.main.key:
            return self.place("manual")
        return f"{self.place('documents')}{self.names.get(key) or slugify(key)}/"

    def external(self, key: str) -> str:
        """A document of the external register."""
        return f"{self.place('external')}{self.external_names.get(key) or slugify(key)}/"

    def release(self, number: int) -> str:
        """What one release put in force."""
        return f"{self.place('releases')}{number:04d}/"

    def notice(self, number: int) -> str:
        """The notice of application of a release."""
        return f"{self.release(number)}{NOTICE.get(self.lang)}"

    def candidate(self, key: str) -> str:
        """What lies before the signer; the key is the candidate's own, small letters and digits."""
        return f"{self.place('board')}{key}/"

    def record(self, key: str) -> str:
        """A line of the register of records."""
        return f"{self.place('records')}#{slugify(key)}"

    def process(self, key: str) -> str:
        """A process's entry under the map."""
        return f"{self.place('map')}#{slugify(key)}"

    def file(self, path: str) -> str:
        """A copied image or attachment."""
        return f"{FILES.get(self.lang)}{self.file_names.get(path) or _file_name(path)}"

    @cached_property
    def file_names(self) -> Mapping[str, str]:
        """The address of every copied file, by path; «sơ đồ.png» and «so-do.png» get one each.

        What is called by its address already is first to have it.
        """
        paths = sorted(self.files, key=lambda path: (_file_name(path) != path, path))
        return dict(zip(paths, make_unique(map(_file_name, paths), _numbered_file), strict=True))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The last part of every document's address, by key; QĐ 01 and QD 01 get one each."""
        keys = self.manual.documents
        return dict(zip(keys, make_unique(map(slugify, keys)), strict=True))

    @cached_property
    def external_names(self) -> Mapping[str, str]:
        """The last part of the address of every external document, by id: each has its own."""
        keys = self.manual.externals
        return dict(zip(keys, make_unique(map(slugify, keys)), strict=True))

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Address of the page that shows each Markdown file, by its path."""
        addresses: dict[str, str] = {}
        annex = self.manual.config.all_words.annex
        for document in self.manual.documents.values():
            home = self.document(document.key)
            addresses[document.path] = home
            sections = document.files[1:]
            slugs = make_unique(_slug(file, annex) for file in sections)
            for file, slug in zip(sections, slugs, strict=True):
                addresses[file.path] = f"{home}{slug}/"
        return addresses

    def section(self, section: Section) -> str:
        """A heading's place on its page; the title of a page has none."""
        page = self.pages[section.file.path]
        if not section.anchor or is_title(section):
            return page
        return f"{page}#{section.anchor}"

    def clause(self, number: str, catalogue: str) -> str:
        """A clause: the section that answers it, else its line of the matrix.

        A clause of another edition: its line of the transition. Where there is none, «about».
        """
        if catalogue not in {followed.key for followed in self.manual.followed_catalogues}:
            if self._is_in_transition(number, catalogue):
                return f"{self.place('transition')}#{clause_id(number)}"
            return self.place("about")
        answer = self.answers_of(catalogue).get(number)
        if answer:
            return answer
        if catalogue in self.manual.coverage:
            return f"{self.place('matrix')}#{self.clause_id(number, catalogue)}"
        return self.place("about")

    def clause_id(self, number: str, catalogue: str) -> str:
        """The HTML id of a clause's line: of another standard than the first with its name."""
        own = self.manual.catalogue
        if own is None or own.key == catalogue:
            return clause_id(number)
        return f"{slugify(catalogue).replace('.', '-')}-{clause_id(number)}"

    def same_clauses(self, number: str, catalogue: str) -> str:
        """The line of the matrix that shows a clause beside those of the same meaning.

        Where nothing says that they mean the same, the matrix, which shows them all.
        """
        meaning = self.manual.harmonized.meaning(catalogue, number)
        place = self._matrix(catalogue)
        if not meaning or "#" in place:
            return place
        return f"{place}#{meaning_id(meaning)}"

    def _matrix(self, catalogue: str) -> str:
        """The matrix, for a standard that is mapped; else the page about the manual."""
        return self.place("matrix" if catalogue in self.manual.coverage else "about")

    def _is_in_transition(self, number: str, catalogue: str) -> bool:
        """Whether a table of transition to a catalogue names a clause of it."""
        for transition in self.manual.transitions.values():
            if transition.new == catalogue:
                for line in transition.lines:
                    if any(mark.text == number for mark in line.new):
                        return True
        return False

    def answers_of(self, key: str) -> Mapping[str, str]:
        """Address of the section that answers each clause of a standard followed.

        A chapter's is its own page, if any.
        """
        if key not in self._answers:
            self._answers[key] = self._find_answers(key)
        return self._answers[key]

    def _find_answers(self, key: str) -> Mapping[str, str]:
        catalogue, main = self.manual.catalogues.get(key), self.manual.main
        own = self.manual.catalogue
        if catalogue is None or main is None:
            return {}
        coverage = self.manual.coverage.get(catalogue.key)
        addresses: dict[str, str] = {}
        for number in catalogue.clauses:
            row = coverage.row_of(number) if coverage else None
            if row and row.section:
                section = self.named_section(row.section.text)
            else:
                # Sections bear the numbers of the standard that orders the manual.
                section = main.by_number.get(number) if catalogue is own else None
            if section is not None:
                address = self.section(section)
                # A page that answers a clause shows a line for each clause below it.
                is_below = row is not None and row.clause.text != number and "#" not in address
                place = f"{address}#{self.clause_id(number, key)}"
                addresses[number] = place if is_below else address
        return addresses

    def named_section(self, name: str) -> Section | None:
        """The manual's section that a mapping names: a number, perhaps with #anchor.

        Where the anchor is not there, the section of the whole number.
        """
        return section_named(self.manual, name) or section_named(
            self.manual, name.partition("#")[0]
        )

    def of_target(self, target: Target) -> str | None:  # noqa: PLR0911 - one for each kind
        """Where a reference leads; None for an address outside or what has no page."""
        match target.kind:
            case "document":
                return self.document(target.key)
            case "section":
                return self._anchored(target)
            case "clause":
                return self.clause(target.key, target.owner)
            case "external":
                return self.external(target.key)
            case "catalogue":
                return self._matrix(target.key)
            case "anchor":
                return f"{self.pages[target.key]}#{target.anchor}"
            case "file":
                return self.file(target.key) if target.key in self.files else None
            case "outside":
                return None

    def _anchored(self, target: Target) -> str:
        document = self.manual.documents[target.key]
        section = document.by_anchor.get(target.anchor)
        return self.section(section) if section else self.document(target.key)


def is_title(section: Section) -> bool:
    """Whether a heading is the title of its file, and so of its page."""
    return section.heading.level == 1 and section.file.page.headings[0] == section.heading


def meaning_id(meaning: str) -> str:
    """The HTML id of the line with all clauses of one meaning."""
    return f"nghia-{meaning}"


def clause_id(number: str) -> str:
    """The HTML id of a clause's line on a page."""
    return f"dk-{number.replace('.', '-')}"


def _file_name(path: str) -> str:
    """The address of a file below that of all files; a name of no Latin letter is «x»."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    plain = f"{slugify(stem) or 'x'}.{slugify(suffix)}" if dot else slugify(name) or "x"
    return "/".join([*filter(None, map(slugify, folder.split("/"))), plain])


def _slug(file: TextFile, annex: tuple[str, ...]) -> str:
    """The last part of a section page's address: its printed number, else the file's name.

    An annex's comes after the word for it: «phu-luc-01».
    """
    stem = slugify(file.path.rpartition("/")[2].removesuffix(".md"))
    if not file.sections:
        return stem
    first = file.sections[0]
    number = slugify(first.number)
    if number:
        return number
    title = first.heading.text.casefold()
    for word in annex:
        if title.startswith(word.casefold()):
            # An empty word is none.
            return f"{slugify(word)}-{stem}" if word else stem
    return stem
