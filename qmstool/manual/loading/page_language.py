"""Read the words of a manual's pages and papers in its language: `templates/words/site/<tag>.yml`.

What goes in: the files of the manual, before the package's. What comes out: a language that
sentences can be asked in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from qmstool.i18n import PageLanguage, page_language, shorter_tags
from qmstool.manual import schema

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.manual.loading.data_files import DataReader

FOLDER = "templates/words/site"
MONTHS_IN_YEAR = 12


def read_page_language(reader: DataReader, tag: str) -> Lang:
    """Return the language of a manual's pages.

    Of «pt-BR» the words of «pt» stand where its own file has none. What does not fit a file's
    schema goes to the reader's problems.
    """
    bare = page_language(tag)
    if not isinstance(bare, PageLanguage):
        return bare
    words: dict[str, str] = {}
    date = ""
    months: tuple[str, ...] = ()
    for each in reversed(shorter_tags(tag)):
        source = reader.find(f"{FOLDER}/{each}.yml")
        if source is None:
            continue
        record = reader.record(source, schema.SITE_WORDS)
        words |= {key.text: mark.text for key, mark in record.keyed_marks("words") if mark.text}
        date = record.text("date") or date
        named = record.texts("months")
        months = named if len(named) == MONTHS_IN_YEAR else months
    # A language of its own passes for one of the two that the package itself speaks.
    return cast("Lang", PageLanguage.with_words(tag, words, date, months))
