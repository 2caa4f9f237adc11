"""The block grammar: its rules in the renderer's order. The first that takes a block has it."""

from __future__ import annotations

from qmstool.parsing.markdown.blocks import Rules
from qmstool.parsing.markdown.container_blocks import admonition, details, element, quote
from qmstool.parsing.markdown.fast_blocks import simple
from qmstool.parsing.markdown.leaf_blocks import (
    abbreviation,
    code,
    footnote,
    hash_heading,
    paragraph,
    reference,
    thematic_break,
    underlined_heading,
)
from qmstool.parsing.markdown.lists import bulleted_list, definition_list, indented, ordered_list
from qmstool.parsing.markdown.tables import table

RULES = Rules(
    simple=simple,
    all=(
        admonition, details, element, indented, code, table, hash_heading, underlined_heading, thematic_break, ordered_list,
        bulleted_list, definition_list, quote, footnote, abbreviation, reference, paragraph,
    ),
    unmarked=(table, underlined_heading, ordered_list, bulleted_list, paragraph),
    heading=(hash_heading,),
)  # fmt: skip
