"""Hold what a check may look at: one manual, its references, and what rules derive from them.

Everything derived is computed when a rule first asks for it, and kept for the rules after it.
"""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from qmstool.digest import blake2b
from qmstool.frozen import dataclass, field
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.manual.releases import RELEASE_PATH
from qmstool.parsing.codes import fold_code
from qmstool.parsing.office_headers import UnreadReason, read_headers
from qmstool.references.outline import Outline
from qmstool.register.effect import items_by_key
from qmstool.register.pinned_here import PinnedHere
from qmstool.register.status import Register, register
from qmstool.releases.record import released_digest
from qmstool.rules.base.adjacent_titles import adjacent_titles
from qmstool.rules.base.citation_questions import broken_references
from qmstool.rules.base.doubtful_sections import DoubtfulSections
from qmstool.rules.base.file_answers import CitingAnswers, FileAnswers
from qmstool.rules.base.lost_documents import LostDocuments
from qmstool.rules.base.lost_lines import LostLines
from qmstool.rules.base.missing_headings import PlainHeading, find_plain_headings
from qmstool.rules.base.misspelled_codes import MisspelledCodes, misspelled_codes
from qmstool.rules.base.name_uses import NameKind, collect_name_uses, index_known_names
from qmstool.rules.base.one_word_codes import OneWordCodes
from qmstool.rules.base.own_templates import OwnTemplates, find_misplaced, read_own_texts
from qmstool.rules.base.suppressions import Suppression, find_suppressions, slug_of
from qmstool.rules.base.text.prose_text import Prose
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.manual.text_files import TextFile
    from qmstool.parsing.source import SourceFile
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.references.model import Reference, References
    from qmstool.rules.base.adjacent_titles import AdjacentTitle
    from qmstool.rules.base.file_answers import Question
    from qmstool.rules.base.name_index import NameIndex
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.verify.discrepancies import Discrepancy


Made = TypeVar("Made")
Found = TypeVar("Found", bound="tuple[object, ...]")


@dataclass(frozen=True)
class Facts:
    """Everything that a check may look at.

    `day` is today in the manual's time zone, `read` returns the bytes of a file of the tree, and
    `discrepancies` is what a verification with history holds against the releases; each is None
    where nobody gave it. `slugs_by_id` maps the id of every rule to its slug.
    `unused_suppressions`, those with a reason that suppressed nothing, is filled in only for rules
    that run after all others. `kept_facts` has what files as they are answered before.
    """

    manual: Manual
    references: References
    day: date | None = None
    slugs_by_id: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[str], bytes] | None = None
    discrepancies: tuple[Discrepancy, ...] | None = None
    unused_suppressions: tuple[Suppression, ...] = ()
    kept_facts: KeptFacts | None = None

    # What the manual's data name, and what is missing or broken in it.

    @cached_property
    def lost_lines(self) -> LostLines:
        """What files left out, so that a missing name may follow from that.

        Checks do not ask it: what hides a violation is declared with the rule.
        """
        return LostLines(self.manual)

    @cached_property
    def lost_documents(self) -> LostDocuments:
        """Why a code may be borne by no document."""
        return LostDocuments(self.manual, self.lost_lines)

    @cached_property
    def doubtful_sections(self) -> DoubtfulSections:
        """The sections that may be other ones than they seem."""
        return DoubtfulSections(self.manual)

    @cached_property
    def name_uses(self) -> Mapping[NameKind, tuple[LocatedText, ...]]:
        """Every place of the data that names something, by what it names; `unknown` left out."""
        return collect_name_uses(self.manual)

    @cached_property
    def known_names(self) -> Mapping[NameKind, NameIndex]:
        """What data may name, by kind."""
        return index_known_names(self.manual)

    @cached_property
    def marks_of_no_document(self) -> tuple[LocatedText, ...]:
        """The places of the data that should name a document and name none."""
        marks = self.name_uses.get("document", ())
        return tuple([mark for mark in marks if self.manual.document(mark.text) is None])

    @cached_property
    def successors(self) -> Mapping[str, tuple[Document, ...]]:
        """Folded codes that no document bears, each with the documents that say they replace it."""
        successors: dict[str, list[Document]] = {}
        for document in self.manual.documents.values():
            for mark in document.front_matter.replaces:
                if self.manual.document(mark.text) is None:
                    successors.setdefault(fold_code(mark.text), []).append(document)
        return {key: tuple(documents) for key, documents in successors.items()}

    @cached_property
    def headers(self) -> Mapping[str, str | UnreadReason]:
        """The text in the page headers of each form's file, or why it cannot be read; by key."""
        texts = {}
        for key, document in self.manual.documents.items():
            mark = document.front_matter.file
            if mark is None or self.read is None:
                continue
            path = resolve_local_path(posixpath.dirname(document.path), mark.text)
            # A mapping may be the text of a document; data have no header.
            data = None if path.endswith(".yml") else self.held(path)
            if data is not None:
                texts[key] = self._header(data, path)
        return texts

    def held(self, path: str) -> bytes | None:
        """The bytes of a file of the manual; None where there is none, or it may not be read.

        Of those `unreadable-file` tells.
        """
        if self.read is None or path not in self.manual.paths:
            return None
        try:
            return self.read(path)
        except KeyError:
            return None

    def _header(self, data: bytes, path: str) -> str | UnreadReason:
        return self._kept(f"header of {path}", data, lambda: read_headers(data, path))

    def _kept(self, kind: str, made_of: bytes, make: Callable[[], Made]) -> Made:
        """Return what is made of files that are no texts, or recall it where they are as they were.

        It lies with the facts of the manifest, which every manual has.
        """
        if self.kept_facts is None:
            return make()
        part = blake2b(made_of).hexdigest()
        kept: Made | None = self.kept_facts.recall(kind, MANIFEST, part=part)
        if kept is None:
            kept = make()
            self.kept_facts.keep(kind, MANIFEST, kept, part=part)
        return kept

    @cached_property
    def own_templates(self) -> OwnTemplates:
        """The templates that the manual has of its own, as far as they can be read."""
        paths = [path for path in self.manual.paths if path.startswith("templates/")]
        if not paths or self.read is None:
            return OwnTemplates()
        misplaced = find_misplaced(sorted(paths), self.held)
        texts = read_own_texts(sorted(paths), self.held)
        if not texts:
            return OwnTemplates((), misplaced)
        told = self._kept("own templates", repr(texts).encode(), lambda: _read_own(texts))
        return OwnTemplates(told.faults, {**misplaced, **told.unused})

    # What the texts say.

    @cached_property
    def text_files(self) -> tuple[TextFile, ...]:
        """Every file of every document, in the order of documents."""
        return tuple(file for document in self.manual.written_documents for file in document.files)

    @cached_property
    def broken_references(self) -> Mapping[str, tuple[Reference, ...]]:
        """References of the texts that lead nowhere or doubtfully, by the slug of the rule."""
        groups: dict[str, list[Reference]] = {}
        for reference in self.references_of(broken_references):
            if reference.violation is not None:
                groups.setdefault(reference.violation, []).append(reference)
        return {slug: tuple(group) for slug, group in groups.items()}

    @cached_property
    def one_word_codes(self) -> OneWordCodes:
        """The codes that are one word in capitals, and slips in them."""
        codes = [document.code for document in self.manual.documents.values()]
        return OneWordCodes(codes, self.manual.abbreviations)

    @cached_property
    def misspelled_codes(self) -> MisspelledCodes:
        """The codes in the texts that are so misspelled that they cite nothing."""
        found = self.citing.answers_to(misspelled_codes)
        return MisspelledCodes({writing.file.path: codes for writing, codes in found})

    @cached_property
    def plain_headings(self) -> Mapping[tuple[str, str], PlainHeading]:
        """Plain lines with the number of a section that is cited; by document key and number."""
        missing = self.broken_references.get("unknown-section", ())
        return find_plain_headings(self.manual, missing)

    @cached_property
    def prose(self) -> Prose:
        """The author's own words in every text, and the word lists of the manual's language."""
        return Prose(self.manual)

    @cached_property
    def files(self) -> FileAnswers:
        """What each file says by itself, by the questions of rules."""
        return FileAnswers(self.prose.texts, self.kept_facts)

    @cached_property
    def citing(self) -> CitingAnswers:
        """What each file says by what it cites, by the questions of rules."""
        outline = Outline(self.manual)
        return CitingAnswers(self.prose.texts, self.references, outline, self.kept_facts)

    def found_in_sources(
        self, asked: Question[Found], look: Callable[[SourceFile], Found]
    ) -> Iterator[tuple[SourceFile, Found]]:
        """Yield each file of a manual, text or data, in which something is found, with it.

        Texts are asked; in files of data `look` is had, and what it finds is kept as answers are.
        """
        texts = {file.path for file in self.text_files}
        for writing, found in self.files.answers_to(asked):
            yield writing.file.source, found
        for path, source in self.manual.sources.items():
            if path not in texts and (found := self._looked(asked.name, source, look)):
                yield source, found

    def _looked(self, kind: str, source: SourceFile, look: Callable[[SourceFile], Found]) -> Found:
        """Return what is found in a file of data, as it is kept of it or now."""
        if self.kept_facts is None:
            return look(source)
        kept: tuple[Found] | None = self.kept_facts.recall(kind, source.path)
        if kept is None:
            kept = (look(source),)
            self.kept_facts.keep(kind, source.path, kept)
        return kept[0]

    def references_of(self, question: Question[tuple[int, ...]]) -> Iterator[Reference]:
        """Yield the references that a question names by their number in their file."""
        for writing, places in self.citing.answers_to(question):
            references = self.references.of(writing.file.path)
            yield from [references[place] for place in places]

    @cached_property
    def adjacent_titles(self) -> Mapping[str, tuple[AdjacentTitle, ...]]:
        """The codes with the title of a document right beside them, by the file they stand in."""
        return adjacent_titles(self.citing, self.references)

    # How the manual stands: releases and the register of documents.

    @cached_property
    def releases(self) -> tuple[Release, ...] | None:
        """The releases; None where one could not be read, so that nothing may follow from them."""
        if any(RELEASE_PATH.fullmatch(path) for path in self.lost_lines.broken):
            return None
        return self.manual.releases

    @cached_property
    def pinned_here(self) -> PinnedHere:
        """The files that records pin, as far as they are here as they were pinned."""
        return PinnedHere(self.manual.paths, self.read)

    @cached_property
    def digests(self) -> Mapping[str, str] | None:
        """The digest of every document in a release, by key, as its records would have it.

        None where no bytes can be read.
        """
        if self.read is None:
            return None
        items = items_by_key(self.manual.releases)
        return {
            key: released_digest(document, [item for _, item in items[key]], self.read)
            for key, document in self.manual.documents.items()
            if key in items
        }

    @cached_property
    def register(self) -> Register | None:
        """The status of every document today; None without a day, or with a broken release."""
        if self.day is None or self.releases is None:
            return None
        return register(self.manual, self.releases, self.day, digests=self.digests)

    # Which rules the manual switches off, everywhere or at a place, and which it asks for.

    @cached_property
    def rules_off(self) -> frozenset[str]:
        """The slugs of the rules that the manifest switches off."""
        return frozenset(
            [slug_of(mark.text, self.slugs_by_id) for mark in self.manual.config.rules_off]
        )

    @cached_property
    def rules_asked(self) -> frozenset[str]:
        """The slugs of the rules that the manifest asks for by name."""
        return frozenset(
            [slug_of(mark.text, self.slugs_by_id) for mark in self.manual.config.rules_asked]
        )

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """Every comment of the texts and data that suppresses a rule."""
        return tuple(find_suppressions(self.manual, self.slugs_by_id))


def _read_own(texts: Mapping[str, Mapping[str, str]]) -> OwnTemplates:
    # Jinja is imported only where a manual has templates of its own: start-up counts.
    from qmstool.rules.base.template_faults import read_own_templates

    return read_own_templates(texts)
