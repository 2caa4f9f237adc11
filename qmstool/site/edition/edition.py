"""One version of the site as its pages see it: the manual with what is computed about it, and how things are named and linked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import key as fold_code
from qmstool.site.edition.addresses import Addresses
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.dates import format_dates
from qmstool.site.words.general import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from qmstool.i18n import Lang
    from qmstool.manual.model import Document, Manual, Row
    from qmstool.parsing.yaml.nodes import Mark
    from qmstool.references.model import Reference, References
    from qmstool.register.status import Register, Standing

NOT_KNOWN = Text("chưa rõ", "unknown")


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """What a build says of itself.

    `folder` is the version's folder under the site's root, "" for what is in force today.
    """

    built: datetime
    day: date
    tool: str
    folder: str = ""
    commit: str = ""
    newest: str = ""
    draft: bool = False
    release: int | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """Words that may lead somewhere.

    `code` stands before them, `state` and `status` put a mark beside them.
    """

    words: str
    address: str | None = None
    code: str = ""
    state: str = ""
    status: str = ""


@dataclass(frozen=True)
class Edition:
    """Everything the pages of one version are made from.

    `sizes`: bytes of the files that can be copied, by path.
    """

    manual: Manual
    references: References
    register: Register
    lang: Lang
    stamp: BuildStamp
    sizes: Mapping[str, int] = field(default_factory=dict)
    beside: PageContext = field(default_factory=PageContext)

    @property
    def is_current(self) -> bool:
        """Whether these pages speak of today: what is in force, or the draft; not a release kept for the record."""
        return self.stamp.draft or not self.stamp.folder

    @cached_property
    def addresses(self) -> Addresses:
        """Where everything stands."""
        return Addresses(self.manual, self.lang, frozenset(self.sizes))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The mapping's rows for the standard that orders the manual, in the standard's order."""
        catalogue = self.manual.catalogue
        coverage = self.manual.coverage.get(catalogue.key) if catalogue else None
        if catalogue is None or coverage is None:
            return ()
        return tuple(
            coverage.rows[number] for number in catalogue.clauses if number in coverage.rows
        )

    # --- who names whom: asked for every document, so looked through once ---

    @cached_property
    def belonging(self) -> Mapping[str, tuple[str, ...]]:
        """Document → the documents that say they belong to it."""
        named = (
            (fold_code(each.entry.text("parent")), key)
            for key, each in self.manual.documents.items()
            if "parent" in each.entry
        )
        return _grouped(named)

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """Document → the documents that say they replace it."""
        documents = self.manual.documents.items()
        return _grouped(
            (fold_code(mark.text), key)
            for key, each in documents
            for mark in each.entry.list("replaces")
        )

    @cached_property
    def answered(self) -> Mapping[str, tuple[str, ...]]:
        """Document → the clauses whose rows of the mapping name it."""
        return _grouped(
            (fold_code(mark.text), row.clause.text) for row in self.rows for mark in row.documents
        )

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {path: at for at, path in enumerate(self.addresses.pages)}

    # --- names and links ---

    def word(self, name: str) -> str:
        """A word of the pages."""
        return WORDS[name].get(self.lang)

    def standing(self, key: str) -> Standing | None:
        """How a document stands on the day of the build."""
        return self.register.standings.get(key)

    def is_draft(self, key: str) -> bool:
        """Whether the text shown is not the one in force: a new document, or the tip's changed one."""
        standing = self.standing(key)
        return (
            standing is None
            or standing.state == "draft"
            or (self.stamp.draft and bool(standing.changed))
        )

    def state(self, key: str) -> str:
        """The state of the text that these pages show of a document; «registered» where there is no text to be a draft."""
        standing = self.standing(key)
        if standing is not None and not self.is_draft(key):
            return standing.state
        document = self.manual.documents.get(key)
        return "draft" if document is None or document.held else "registered"

    def document(self, code: str) -> PageLink:
        """A controlled document by code or key; one that is not registered is only named."""
        key = fold_code(code)
        found = self.manual.documents.get(key)
        if found is None:
            return PageLink(code)
        return PageLink(found.title, self.addresses.document(key), found.code, self.state(key))

    def external(self, name: str) -> PageLink:
        """A document of the external register by id; one that is not registered is only named."""
        found = self.manual.externals.get(name)
        if found is None:
            return PageLink(name)
        number = "" if found.number == UNKNOWN else found.number
        title = "" if found.title == UNKNOWN else found.title
        return PageLink(
            title or found.type, self.addresses.external(name), number, status=found.status
        )

    def record(self, name: str) -> PageLink:
        """A record of the register."""
        found = self.manual.records.get(name)
        return PageLink(found.title, self.addresses.record(name)) if found else PageLink(name)

    def clause(self, number: str) -> PageLink:
        """A clause of the standard that orders the manual."""
        catalogue = self.manual.catalogue
        clause = catalogue.clauses.get(number) if catalogue else None
        if clause is None or catalogue is None:
            return PageLink(number)
        return PageLink(
            clause.title.get(self.lang) if clause.title else "",
            self.addresses.clause(number, catalogue.key),
            number,
        )

    def role(self, mark: Mark | None) -> str:
        """The name of a role or person; "" where none is given."""
        if mark is None:
            return ""
        return self.said(self.manual.config.role_name(mark.text))

    def unit(self, key: str) -> str:
        """The name of a unit; "" where none is given."""
        unit = self.manual.config.units.get(key)
        return unit.name if unit else self.said(key)

    def said(self, text: str) -> str:
        """A written value, «unknown» in words."""
        return NOT_KNOWN.get(self.lang) if text == UNKNOWN else text

    def bilingual(self, text: Text | None) -> str:
        """A two-language text in the language of the site; "" where there is none."""
        return text.get(self.lang) if text else ""

    def day(self, text: str) -> str:
        """A date as people write it: 14/03/2024; English 14 March 2024."""
        return self.said(format_dates(text, self.lang))

    def moment(self) -> str:
        """When the site was built, in the manual's time zone."""
        built = self.stamp.built.astimezone(self.manual.config.zone)
        return f"{built:%H:%M}, {self.day(built.date().isoformat())}"

    def cited_by(self, kind: str, key: str) -> tuple[PageLink, ...]:
        """The pages whose text cites a thing, in the manual's order, each once; a document does not count for itself."""
        return self._pages(
            each
            for each in self.references.to.get((kind, key), ())
            if (kind, each.document) != ("document", key)
        )

    def section_cited_by(self, document: Document, path: str) -> tuple[PageLink, ...]:
        """The pages whose text cites a section of one file of a document."""
        anchors = {section.anchor for section in document.sections if section.file.path == path}
        asked = self.references.to.get(("section", document.key), ())
        return self._pages(
            each
            for each in asked
            if each.target and each.target.anchor in anchors and each.file.path != path
        )

    def _pages(self, references: Iterable[Reference]) -> tuple[PageLink, ...]:
        found: dict[str, PageLink] = {}
        for reference in references:
            found.setdefault(
                reference.file.path, self.page(reference.document, reference.file.path)
            )
        return tuple(
            found[path]
            for path in sorted(found.keys() & self._order.keys(), key=self._order.__getitem__)
        )

    def page(self, key: str, path: str) -> PageLink:
        """The page that shows one file of a document, named as its title names it."""
        document = self.manual.documents[key]
        if path == document.path:
            return self.document(key)
        first = next((section for section in document.sections if section.file.path == path), None)
        address = self.addresses.pages[path]
        return PageLink(first.title, address, first.number) if first else PageLink(path, address)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Pairs → the second ones by the first, each once, in their order."""
    found: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}
