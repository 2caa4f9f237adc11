"""Read the words of a manual's pages and papers in its language: `templates/words/site/<tag>.yml`.

What goes in: the files of the manual, before the package's. What comes out: a language that
sentences can be asked in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from qmstool.findings import LoadError, Violation
from qmstool.i18n import PageLanguage, page_language, shorter_tags
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.loading.data_files import DataReader
    from qmstool.parsing.yaml.records import Record

FOLDER = "templates/words/site"
MONTHS_IN_YEAR = 12
_OF_A_DAY = frozenset({"{day}", "{month}", "{year}"})
_VALUE = regex(r"\{[^{}]*\}|[{}]")


def read_page_language(reader: DataReader, tag: str) -> Lang:
    """Return the language of a manual's pages.

    Of «pt-BR» the words of «pt» stand where its own file has none. What does not fit a file's
    schema goes to the reader's problems.
    """
    bare = page_language(tag)
    if not isinstance(bare, PageLanguage):
        return bare
    from qmstool.manual.schema.wordlists import SITE_WORDS  # noqa: PLC0415 - most manuals are in a language that the package speaks

    words: dict[str, str] = {}
    date = ""
    months: tuple[str, ...] = ()
    for each in reversed(shorter_tags(tag)):
        source = reader.find(f"{FOLDER}/{each}.yml")
        if source is None:
            continue
        record = reader.record(source, SITE_WORDS)
        words |= _words(record, reader)
        if _values_in(record.text("date")) <= _OF_A_DAY:
            date = record.text("date") or date
        named = record.texts("months")
        months = named if len(named) == MONTHS_IN_YEAR else months
    # A language of its own passes for one of the two that the package itself speaks.
    return cast("Lang", PageLanguage.with_words(tag, words, date, months))


def _words(record: Record, reader: DataReader) -> Mapping[str, str]:
    """Return the sentences of a file; one with other values in it than the English is a problem.

    It would leave a value out, or ask for one that nobody gives.
    """
    words = {}
    for key, mark in record.keyed_marks("words"):
        if _values_in(mark.text) == _values_in(key.text):
            words[key.text] = mark.text
            continue
        names = ", ".join(sorted(_values_in(key.text))) or "–"
        values = {
            "key": key.text,
            "value": mark.text,
            "expected_vi": f"một câu có đúng các chỗ điền như câu tiếng Anh: {names}",
            "expected_en": f"a sentence with the same values as the English one: {names}",
        }
        reader.problems.append(LoadError("wrong-value", Violation(mark.location, values)))
    return words


def _values_in(sentence: str) -> frozenset[str]:
    """Return what stands in braces; a single brace stands for itself."""
    return frozenset(_VALUE.findall(sentence))
