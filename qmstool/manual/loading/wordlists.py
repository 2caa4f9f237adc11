"""Read the word lists of a manual: the package's, and what the manual adds to them.

`templates/words/<language>.yml` in both.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import shorter_tags
from qmstool.manual.config import EVERY_LANGUAGE, CitationWords
from qmstool.manual.schema.wordlists import WORDS_FILE
from qmstool.manual.wordlists import FOLDER, NamedPeriod, WordLists
from qmstool.parsing.codes import fold_name
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.record_reader import read_source
from qmstool.parsing.yaml.schema import ValueKind
from qmstool.patterns import regex
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.findings import LoadError
    from qmstool.manual.config import Config
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.manual.standards import Catalogue
    from qmstool.parsing.yaml.records import Record

OWN_LIST_PATH = regex(rf"{FOLDER}/(?P<lang>[A-Za-z0-9-]+)\.yml")
PLAIN_LISTS = tuple(field.name for field in WORDS_FILE.fields if field.kind is ValueKind.TEXT)


def read_all_lists(reader: DataReader, config: Config) -> dict[str, WordLists]:
    """Read the word lists of every language in which a manual is written or cites.

    The manual's own are read in any language, so that what does not fit in them is told.
    """
    own = _read_own_lists(reader)
    lists = {}
    for lang in dict.fromkeys((*config.words, config.language, EVERY_LANGUAGE)):
        known = packaged_lists(lang)
        for tag in shorter_tags(lang):
            known = known + own[tag] if tag in own else known
        lists[lang] = known
    return lists


def without_present_words(
    lists: Mapping[str, WordLists], followed: Iterable[Catalogue]
) -> dict[str, WordLists]:
    """Return the lists without old words that a standard followed has in the title of a clause.

    What one standard no longer says is the language of another: «preventive action».
    """
    titles = [clause.title for catalogue in followed for clause in catalogue.clauses.values()]
    said = "\n".join(fold_name(f"{title.vi}\n{title.en}") for title in titles if title)
    kept = {}
    for lang, known in lists.items():
        words = [fold_name(pair[0]) for pair in known.old_words]
        present = tuple(word for word in words if word in said)
        pairs = zip(words, known.old_words, strict=True)
        # «preventive actions» goes with «preventive action».
        old = tuple(pair for word, pair in pairs if not word.startswith(present or ("\0",)))
        kept[lang] = replace(known, old_words=old)
    return kept


def join_citation_words(
    own: Mapping[str, CitationWords], lists: Mapping[str, WordLists]
) -> dict[str, CitationWords]:
    """Return the words that announce numbers, by language: the manifest's, then those of lists.

    What joins numbers, and numbers and documents, is left to the lists.
    """
    joined = {}
    for lang, known in lists.items():
        said = own.get(lang, CitationWords())
        joined[lang] = replace(
            said,
            clause=_once(said.clause, known["clause"]),
            section=_once(said.section, known["section"]),
            annex=_once(said.annex, known["annex"]),
        )
    return joined


def _once(own: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *known)))


@cache
def packaged_lists(lang: str) -> WordLists:
    """Return the package's own lists of a language; those of a wider one where it has none.

    A test holds that they fit their schema.
    """
    for tag in shorter_tags(lang):
        path = f"{FOLDER}/{tag}.yml"
        data = resources.find(None, path)
        if data is not None:
            break
    lists, _ = read_word_lists(SourceFile(path, data or b"schema: 1\n"))
    return lists


def _read_own_lists(reader: DataReader) -> Mapping[str, WordLists]:
    """Read the lists that a manual adds, by language."""
    lists: dict[str, WordLists] = {}
    for path, source in reader.sources.items():
        named = OWN_LIST_PATH.fullmatch(path)
        if not named:
            continue
        # A copy of the package's list, made to begin with, adds nothing.
        if source.text.encode() == resources.find(None, path):
            continue
        lists[named["lang"]], errors = read_word_lists(source)
        reader.problems += errors
    return lists


def read_word_lists(source: SourceFile) -> tuple[WordLists, list[LoadError]]:
    """Read one file of word lists, with what does not fit its schema."""
    record, problems = read_source(source, WORDS_FILE)
    slips = record.entries("slips")
    old_words = record.entries("old_words")
    lists = WordLists(
        plain={name: record.texts(name) for name in PLAIN_LISTS},
        slips=tuple((entry.text("said"), entry.text("meant")) for entry in slips),
        old_words=tuple((entry.text("said"), entry.text("instead")) for entry in old_words),
        variants=_spellings(record, "variants"),
        tones=_spellings(record, "tones"),
        periods=_periods(record, "periods"),
        units=_periods(record, "units"),
    )
    return lists, problems


def _spellings(record: Record, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(entry.texts("said") for entry in record.entries(name))


def _periods(record: Record, name: str) -> tuple[NamedPeriod, ...]:
    return tuple(_period(entry) for entry in record.entries(name))


def _period(record: Record) -> NamedPeriod:
    days = record.text("days")
    return NamedPeriod(record.texts("said"), int(days) if days.isdigit() else 0)
