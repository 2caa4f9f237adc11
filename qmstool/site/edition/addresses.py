"""Where every thing of a manual stands on the site: addresses come from codes and numbers, never from paths of files."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.references.resolver import section_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.model import Document, Manual, Section, TextFile
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
    """Fold a text to a-z, 0-9, dots and hyphens: «Phụ lục 01» → «phu-luc-01»."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(
        r"[^a-z0-9.]+", "-", "".join(char for char in plain if not unicodedata.combining(char))
    ).strip("-.")


def make_unique(names: Iterable[str]) -> list[str]:
    """Names in their order, a repeated or empty one told apart by a number."""
    made: dict[str, None] = {}
    for name in names:
        tries = (
            f"{name or 'x'}-{count}" if count > 1 or not name else name
            for count in range(1, len(made) + 3)
        )
        made[next(each for each in tries if each not in made)] = None
    return list(made)


def relative_link(page: str, address: str) -> str:
    """Return the link from one page's address to another address of the same version, fragment kept."""
    path, hash_sign, anchor = address.partition("#")
    if path == page and anchor:
        return f"#{anchor}"
    return f"{_way(page, path)}{hash_sign}{anchor}"


@lru_cache(maxsize=1 << 16)
def _way(page: str, path: str) -> str:
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


class Addresses:
    """The addresses of one manual in one language; `files` are the images and attachments that are copied beside the pages."""

    def __init__(self, manual: Manual, lang: Lang, files: frozenset[str] = frozenset()) -> None:
        self.manual = manual
        self.lang = lang
        self.files = files

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
        return f"{self.place('external')}{slugify(key)}/"

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
        folder, _, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        plain = f"{slugify(stem)}.{slugify(suffix)}" if dot else slugify(name)
        return f"{FILES.get(self.lang)}{'/'.join(filter(None, map(slugify, folder.split('/'))))}/{plain}"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The last part of every document's address, by key: QĐ 01 and QD 01 do not meet on one page."""
        return dict(
            zip(
                self.manual.documents, make_unique(map(slugify, self.manual.documents)), strict=True
            )
        )

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Address of the page that shows each Markdown file, by its path."""
        found: dict[str, str] = {}
        annex = self.manual.config.all_words.annex
        for document in self.manual.documents.values():
            home = self.document(document.key)
            found[document.path] = home
            slugs = make_unique(_slug(document, file, annex) for file in document.files[1:])
            found |= {
                file.path: f"{home}{slug}/"
                for file, slug in zip(document.files[1:], slugs, strict=True)
            }
        return found

    def section(self, section: Section) -> str:
        """A heading's place on its page; the title of a page has none."""
        page = self.pages[section.file.path]
        return f"{page}#{section.anchor}" if section.anchor and not is_title(section) else page

    def clause(self, number: str, catalogue: str) -> str:
        """A clause: the section that answers it, else its line of the matrix, else (another edition) of the transition."""
        own = self.manual.catalogue
        if own is None or catalogue != own.key:
            lines = (
                line
                for each in self.manual.transitions.values()
                if each.new == catalogue
                for line in each.lines
            )
            told = any(mark.text == number for line in lines for mark in line.new)
            return (
                f"{self.place('transition')}#{clause_id(number)}" if told else self.place("about")
            )
        listed = own.key in self.manual.coverage
        return self.answers.get(number) or (
            f"{self.place('matrix')}#{clause_id(number)}" if listed else self.place("about")
        )

    @cached_property
    def answers(self) -> Mapping[str, str]:
        """Address of the section that answers each clause of the ordering standard; a chapter's is its own page, if any."""
        catalogue, main = self.manual.catalogue, self.manual.main
        if catalogue is None or main is None:
            return {}
        coverage = self.manual.coverage.get(catalogue.key)
        found: dict[str, str] = {}
        for number in catalogue.clauses:
            row = coverage.answer(number) if coverage else None
            section = (
                self.named(row.section.text) if row and row.section else main.by_number.get(number)
            )
            if section is not None:
                address = self.section(section)
                below = row is not None and row.clause.text != number and "#" not in address
                found[number] = f"{address}#{clause_id(number)}" if below else address
        return found

    def named(self, name: str) -> Section | None:
        """The manual's section that a mapping names: number, perhaps with #anchor; where that is not there, the whole number's."""
        return section_of(self.manual, name) or section_of(self.manual, name.partition("#")[0])

    def of(self, target: Target) -> str | None:
        """Where a reference leads; None for an address outside or what has no page."""
        ways: dict[str, Callable[[], str | None]] = {
            "document": lambda: self.document(target.key),
            "section": lambda: self._anchored(target),
            "clause": lambda: self.clause(target.key, target.within),
            "external": lambda: self.external(target.key),
            "catalogue": lambda: self.place(
                "matrix" if target.key in self.manual.coverage else "about"
            ),
            "anchor": lambda: f"{self.pages[target.key]}#{target.anchor}",
            "file": lambda: self.file(target.key) if target.key in self.files else None,
            "outside": lambda: None,
        }
        return ways[target.kind]()

    def _anchored(self, target: Target) -> str:
        document = self.manual.documents[target.key]
        section = document.by_anchor.get(target.anchor)
        return self.section(section) if section else self.document(target.key)


def is_title(section: Section) -> bool:
    """Whether a heading is the title of its file, and so of its page."""
    return section.heading.level == 1 and section.file.page.headings[0] == section.heading


def clause_id(number: str) -> str:
    """The HTML id of a clause's line on a page."""
    return f"dk-{number.replace('.', '-')}"


def _slug(document: Document, file: TextFile, annex: tuple[str, ...]) -> str:
    """The last part of a section page's address: its printed number, else the file's name (an annex's after its word)."""
    first = next((section for section in document.sections if section.file is file), None)
    stem = slugify(file.path.rpartition("/")[2].removesuffix(".md"))
    if first is None:
        return stem
    opening = next(
        (word for word in annex if first.heading.text.casefold().startswith(word.casefold())), ""
    )
    return slugify(first.number) or (f"{slugify(opening)}-{stem}" if opening else stem)
