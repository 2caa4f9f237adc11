"""The block grammar: its rules in the renderer's order. The first that takes a block has it."""

from __future__ import annotations

from qmstool.sources.markdown_blocks import Rules
from qmstool.sources.markdown_containers import admonition, details, element, quote
from qmstool.sources.markdown_leaves import (
    abbreviation,
    code,
    footnote,
    hash_heading,
    paragraph,
    reference,
    thematic_break,
    underlined_heading,
)
from qmstool.sources.markdown_lists import bulleted_list, definition_list, indented, ordered_list
from qmstool.sources.markdown_simple import simple
from qmstool.sources.markdown_tables import table

RULES = Rules(
    simple=simple,
    all=(
        admonition, details, element, indented, code, table, hash_heading, underlined_heading, thematic_break, ordered_list,
        bulleted_list, definition_list, quote, footnote, abbreviation, reference, paragraph,
    ),
    unmarked=(table, underlined_heading, ordered_list, bulleted_list, paragraph),
    heading=(hash_heading,),
)  # fmt: skip
