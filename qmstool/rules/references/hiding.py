"""Declare what hides a citation that leads nowhere: what else is wrong with it, or with its target.

Each is a hider for `Rule.hidden_by`; those of every family are in `rules.base.hiders`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.codes import fold_code
from qmstool.rules.base.hiding import about
from qmstool.rules.base.lost_documents import has_misshapen_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.findings import Subject
    from qmstool.rules.base.facts import Facts


@about
def replaced_code(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a code that a document says it replaces: `replaced-code` reports it."""
    return lambda subject: fold_code(subject.name) in facts.successors


@about
def misspelled_code(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a code with letters of another alphabet in it: `misspelled-code` reports it."""

    def is_misspelled(subject: Subject) -> bool:
        return subject.span_in_file is not None and facts.misspelled_codes.starts_at(
            *subject.span_in_file[:2]
        )

    return is_misspelled


@about
def beside_misspelled_code(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a number that may be of the document whose code beside it is misspelled."""

    def is_beside(subject: Subject) -> bool:
        return subject.span_in_file is not None and facts.misspelled_codes.is_beside(
            *subject.span_in_file
        )

    return is_beside


@about
def after_slip(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a number after a one-word code with a slip in it: `misspelt-name` reports that."""
    texts = {file.path: file.page.prose for file in facts.text_files}

    def follows_slip(subject: Subject) -> bool:
        if subject.span_in_file is None:
            return False
        path, start, _ = subject.span_in_file
        return facts.one_word_codes.after_slip(texts[path], start)

    return follows_slip


@about
def plain_heading(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a section cited in a text whose heading is none: `shown-otherwise` reports that."""

    def is_plain(subject: Subject) -> bool:
        return (
            subject.span_in_file is not None
            and (subject.searched_in, subject.name) in facts.plain_headings
        )

    return is_plain


@about
def unheaded_section(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a section of the manual whose file opens without its number."""
    main = facts.manual.main

    def is_unheaded(subject: Subject) -> bool:
        if main is None or subject.searched_in != main.key:
            return False
        return facts.doubtful_sections.lacks_heading(subject.name.partition("#")[0])

    return is_unheaded


@about
def misshapen_code(facts: Facts) -> Callable[[Subject], bool]:
    """Hide what is about a document whose code is out of shape: `code-shape` reports that."""

    def is_misshapen(subject: Subject) -> bool:
        document = facts.manual.documents.get(subject.searched_in)
        return document is not None and has_misshapen_code(facts.manual, document)

    return is_misshapen
