"""Hold one version of the site as its pages see it: the manual, its states, names and links."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.parsing.codes import fold_code, title_without_code
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.reviews import review_due
from qmstool.site.edition.addresses import Addresses, slugify
from qmstool.site.edition.context import PageContext
from qmstool.site.edition.dates import format_dates
from qmstool.site.edition.mentions import Mentions
from qmstool.site.edition.page_link import PageLink
from qmstool.site.edition.successors import Successors
from qmstool.site.words.general import WORDS
from qmstool.tables.registers import owner_name, unread_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, CoverageRow
    from qmstool.manual.values import Day, LocatedDay
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import References
    from qmstool.register.status import DocumentStatus, Register

NOT_KNOWN = Text("chưa rõ", "unknown")


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """What a build says of itself.

    `folder` is the version's folder under the site's root, "" for what is in force today; `newest`:
    number and check code of the newest release; `dateless`: the release has no day of its own.
    """

    built: datetime
    day: date
    tool: str
    folder: str = ""
    commit: str = ""
    newest: str = ""
    draft: bool = False
    release: int | None = None
    dateless: bool = False


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
    context: PageContext = field(default_factory=PageContext)

    @property
    def is_current(self) -> bool:
        """Whether these pages speak of today: of what is in force, or of the draft.

        Else they are a release kept for the record.
        """
        return self.stamp.draft or not self.stamp.folder

    @property
    def own_day(self) -> str:
        """The day that the pages of a kept release speak of; "" where it is that of the build."""
        is_of_the_build = self.is_current or self.stamp.dateless
        return "" if is_of_the_build else self.day(self.stamp.day.isoformat())

    @cached_property
    def addresses(self) -> Addresses:
        """Where everything stands."""
        return Addresses(self.manual, self.lang, frozenset(self.sizes))

    @cached_property
    def rows(self) -> tuple[CoverageRow, ...]:
        """The mapping's rows for the standard that orders the manual, in the standard's order."""
        return self.rows_of(self.manual.catalogue) if self.manual.catalogue else ()

    def rows_of(self, catalogue: Catalogue) -> tuple[CoverageRow, ...]:
        """The mapping's rows for a standard, in the standard's order; none without a mapping."""
        coverage = self.manual.coverage.get(catalogue.key)
        rows = coverage.rows if coverage else {}
        return tuple(rows[number] for number in catalogue.clauses if number in rows)

    @cached_property
    def coverage_rows(self) -> tuple[tuple[Catalogue, CoverageRow], ...]:
        """The rows of every standard followed, each with its standard."""
        pairs: list[tuple[Catalogue, CoverageRow]] = []
        for catalogue in self.manual.followed_catalogues:
            pairs += [(catalogue, row) for row in self.rows_of(catalogue)]
        return tuple(pairs)

    @cached_property
    def mentions(self) -> Mentions:
        """Who names whom, and who cites what."""
        return Mentions(
            self.manual,
            self.references,
            self.coverage_rows,
            self.addresses.pages,
            self.clause,
            self.page,
        )

    @cached_property
    def external_successors(self) -> Successors:
        """Which external documents came after which."""
        return Successors(self.manual.externals)

    @cached_property
    def unread(self) -> Mapping[str, tuple[str, ...]]:
        """For each document, by key, who has not acknowledged the text in force today."""
        return unread_names(self.manual, self.register, self.lang) if self.is_current else {}

    @cached_property
    def proposal_form(self) -> PageLink | None:
        """The form for proposals: one whose title says what it is for."""
        wanted = slugify(self.word("propose_change"))
        for key, document in self.manual.documents.items():
            kind = self.manual.config.types.get(document.type)
            if kind and kind.form_of and wanted in slugify(document.title):
                return self.document(key)
        return None

    # --- names and links ---

    def word(self, name: str) -> str:
        """A word of the pages."""
        return WORDS[name].get(self.lang)

    def standing(self, key: str) -> DocumentStatus | None:
        """How a document stands on the day of the build."""
        return self.register.statuses.get(key)

    @cached_property
    def has_texts_in_force(self) -> bool:
        """Whether any document is in force on the day of the build."""
        return any(status.in_force for status in self.register.statuses.values())

    def review_due(self, document: Document) -> date | None:
        """The day by which a document is to be reviewed; None where nobody can tell."""
        standing = self.standing(document.key)
        if standing is None:
            return None
        return review_due(document, standing, self.manual.config)

    def is_draft(self, key: str) -> bool:
        """Whether the text shown is not the one in force: a new document, or one changed since."""
        standing = self.standing(key)
        if standing is None or standing.state == "draft":
            return True
        return self.stamp.draft and bool(standing.changed)

    def state(self, key: str) -> str:
        """The state of the text that these pages show of a document.

        «registered» where there is no text to be a draft.
        """
        standing = self.standing(key)
        if standing is not None and not self.is_draft(key):
            return standing.state
        document = self.manual.documents.get(key)
        return "draft" if document is None or document.held else "registered"

    def document(self, code: str) -> PageLink:
        """A controlled document by code or key; one that is not registered is only named."""
        link = self._links.get(code)
        if link is None:
            link = self._links[code] = self._document(code)
        return link

    @cached_property
    def _links(self) -> dict[str, PageLink]:
        """Documents as they were linked already, by the code or key that was asked for."""
        return {}

    def _document(self, code: str) -> PageLink:
        key = fold_code(code)
        document = self.manual.documents.get(key)
        if document is None:
            return PageLink(code)
        address = self.addresses.document(key)
        title = title_without_code(document.title, document.code)
        return PageLink(title, address, document.code, self.state(key))

    def external(self, name: str) -> PageLink:
        """A document of the external register by id; one that is not registered is only named."""
        external = self.manual.externals.get(name)
        if external is None:
            return PageLink(name)
        number = "" if external.number == UNKNOWN else external.number
        title = "" if external.title == UNKNOWN else external.title
        address = self.addresses.external(name)
        return PageLink(title or external.type, address, number, status=external.status)

    def documents(self, marks: Iterable[LocatedText]) -> tuple[PageLink, ...]:
        """Controlled documents by the codes that a file names."""
        return tuple(self.document(mark.text) for mark in marks)

    def externals(self, marks: Iterable[LocatedText]) -> tuple[PageLink, ...]:
        """Documents of the external register by the ids that a file names."""
        return tuple(self.external(mark.text) for mark in marks)

    def records(self, marks: Iterable[LocatedText]) -> tuple[PageLink, ...]:
        """Records by the ids that a file names."""
        return tuple(self.record(mark.text) for mark in marks)

    def clauses(self, marks: Iterable[LocatedText]) -> tuple[PageLink, ...]:
        """Clauses by the numbers that a file names, each of the first standard that has it."""
        numbers = [mark.text for mark in marks]
        return tuple(self.clause(each, self.manual.catalogue_with(each)) for each in numbers)

    def parent(self, document: Document) -> PageLink | None:
        """The document to which another says it belongs."""
        if not document.front_matter.parent:
            return None
        return self.document(text_of(document.front_matter.parent))

    def record(self, name: str) -> PageLink:
        """A record of the register."""
        record = self.manual.records.get(name)
        return PageLink(record.title, self.addresses.record(name)) if record else PageLink(name)

    def clause(self, number: str, of: Catalogue | None = None) -> PageLink:
        """A clause: of a standard followed, or of the first, which orders the manual.

        The number of another than the first comes with its standard.
        """
        first = self.manual.catalogue
        catalogue = of or first
        if catalogue is None or number not in catalogue.clauses:
            return PageLink(number)
        title = self.bilingual(catalogue.clauses[number].title)
        code = number if catalogue is first else f"{catalogue.standard} {number}"
        return PageLink(title, self.addresses.clause(number, catalogue.key), code)

    def role(self, mark: LocatedText | None) -> str:
        """The name of a role or person; "" where none is given."""
        if mark is None:
            return ""
        return self.value(self.manual.config.role_name(mark.text))

    def unit(self, key: str) -> str:
        """The name of a unit; "" where none is given."""
        unit = self.manual.config.units.get(key)
        return unit.name if unit else self.value(key)

    def owner(self, document: Document) -> str:
        """The name of the unit, role or person that a document belongs to; "" for none."""
        return owner_name(self.manual, text_of(document.front_matter.owner), self.lang)

    def value(self, text: str) -> str:
        """A written value, «unknown» in words."""
        return NOT_KNOWN.get(self.lang) if text == UNKNOWN else text

    def bilingual(self, text: Text | None) -> str:
        """A two-language text in the language of the site; "" where there is none."""
        return text.get(self.lang) if text else ""

    @property
    def shown_lang(self) -> Lang:
        """In which of its two languages a text of catalogues is shown."""
        return "vi" if self.lang == "vi" else "en"

    def is_in_english(self, text: Text) -> bool:
        """Whether readers of another language are shown a two-language text in English."""
        return self.lang not in {"vi", "en"} and text.vi != text.en == self.bilingual(text)

    def day(self, day: LocatedDay | Day | str | None) -> str:
        """A date, or the dates of a text, as people write them: 14/03/2024, 14 March 2024."""
        text = day if isinstance(day, str) else written_day(day)
        return self.value(format_dates(text, self.lang))

    def page(self, key: str, path: str) -> PageLink:
        """The page that shows one file of a document, named as its title names it."""
        document = self.manual.documents[key]
        if path == document.path:
            return self.document(key)
        address, file = self.addresses.pages[path], document.file_at.get(path)
        for first in file.sections[:1] if file else ():
            return PageLink(first.title, address, first.number)
        return PageLink(path, address)
