"""Read what the data files of a manual say: settings, registers, standards, records, word lists.

They are kept as one fact: any edit of one reads all of them anew, an edit of a text none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, replace
from qmstool.manual.text_files import SectionWords
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.findings import LoadError
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.circulation import (
        ControlledCopy,
        DocumentReview,
        Opinions,
        Reading,
        RevokedKey,
    )
    from qmstool.manual.config import Config
    from qmstool.manual.process_map import ProcessMap
    from qmstool.manual.registers import Abbreviation, ExternalDocument, RetainedRecord
    from qmstool.manual.releases import Release
    from qmstool.manual.standards import Catalogue, Coverage, Harmonized, Transition
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.source import SourceFile
    from qmstool.storage.kept_facts import KeptFacts


@dataclass(frozen=True, slots=True)
class ManualData:
    """What all data files of a manual say, under the names that `Manual` has for it.

    `problems`: what could not be read, in the order in which it is told.
    """

    config: Config
    catalogues: Mapping[str, Catalogue]
    transitions: Mapping[str, Transition]
    coverage: Mapping[str, Coverage]
    harmonized: Harmonized
    externals: Mapping[str, ExternalDocument]
    records: Mapping[str, RetainedRecord]
    process_map: ProcessMap | None
    abbreviations: Mapping[str, Abbreviation]
    releases: tuple[Release, ...]
    candidates: Mapping[str, Candidate]
    opinions: Mapping[str, Opinions]
    copies: tuple[ControlledCopy, ...]
    reviews: tuple[DocumentReview, ...]
    readings: tuple[Reading, ...]
    revoked_keys: tuple[RevokedKey, ...]
    word_lists: Mapping[str, WordLists]
    problems: tuple[LoadError, ...]

    @property
    def section_words(self) -> SectionWords:
        """The words that stand before the number of a section, in any language."""
        headed = [word for known in self.word_lists.values() for word in known["headed"]]
        return SectionWords((*self.config.all_words.section, *headed))


def read_data(sources: dict[str, SourceFile], facts: KeptFacts | None) -> ManualData:
    """Read the data files among the texts of a manual, or recall what they say as they are."""
    if facts is None:
        return _read(sources)
    paths = sorted(path for path in sources if not path.endswith(".md"))
    more = facts.digest(paths)
    anchors = tuple(sources[path] for path in paths)
    kept: ManualData | None = facts.recall("data", MANIFEST, more, anchors=anchors)
    if kept is None:
        kept = _read(sources)
        facts.keep("data", MANIFEST, kept, more, anchors=anchors)
    return kept


def _read(sources: dict[str, SourceFile]) -> ManualData:
    """Read every data file; the order is that in which their problems are told."""
    # Most checks read none: their shapes and all that tells what is wrong cost start-up.
    from qmstool.manual.loading import (  # noqa: PLC0415
        candidates,
        circulation,
        process_map,
        registers,
        releases,
        standards,
        wordlists,
    )
    from qmstool.manual.loading.data_files import DataReader  # noqa: PLC0415
    from qmstool.manual.loading.manifest import read_manifest  # noqa: PLC0415

    config, problems = read_manifest(sources[MANIFEST])
    reader = DataReader(sources, problems)
    transitions, catalogues, coverage, harmonized = standards.read_standards(reader, config)
    data = ManualData(
        config=config,
        catalogues=catalogues,
        transitions=transitions,
        coverage=coverage,
        harmonized=harmonized,
        externals=registers.read_externals(reader),
        records=registers.read_records(reader),
        process_map=process_map.read_process_map(reader),
        abbreviations=registers.read_abbreviations(reader),
        releases=releases.read_releases(reader),
        candidates=candidates.read_candidates(reader),
        opinions=circulation.read_opinions(reader),
        copies=circulation.read_copies(reader),
        reviews=circulation.read_reviews(reader),
        readings=circulation.read_readings(reader),
        revoked_keys=circulation.read_revoked(reader),
        word_lists=wordlists.read_all_lists(reader, config),
        problems=tuple(problems),  # after all that add to them
    )
    return _with_words_of_standards(data)


def _with_words_of_standards(data: ManualData) -> ManualData:
    """Return data whose words are those by which its standards are cited, and its word lists."""
    from qmstool.manual.loading import wordlists  # noqa: PLC0415

    config = data.config
    names = dict.fromkeys(standard.catalogue.text for standard in config.standards)
    followed = [data.catalogues[name] for name in names if name in data.catalogues]
    word_lists = wordlists.without_present_words(data.word_lists, followed)
    words = wordlists.join_citation_words(config.words, word_lists)
    return replace(data, config=replace(config, words=words), word_lists=word_lists)
