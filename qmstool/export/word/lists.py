"""Define in `numbering.xml` how Word numbers lists and headings."""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qmstool.export.word.numbering import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.export.word.numbering import ListStart
    from qmstool.export.word.xml import Elements

HEADING_LIST = 90


class ListDefinitions:
    """Adds definitions to one document."""

    def __init__(self, docx: Any, document: Any, elements: Elements) -> None:
        self._docx = docx
        self._document = document
        self._make = elements.make
        self._name = elements.name
        # Lists that begin alike are defined alike, and a text may have thousands.
        self._made: dict[tuple[object, ...], Any] = {}
        self._first_number: Any = None

    def add_lists(self, lists: Sequence[ListStart]) -> None:
        """Define lists."""
        for begun in lists:
            self._add_list(begun)

    def _add_list(self, begun: ListStart) -> None:
        kind = (begun.start, begun.level, begun.suffix)
        if kind not in self._made:
            self._made[kind] = self._definition(begun)
        abstract = deepcopy(self._made[kind])
        abstract.set(self._name("w:abstractNumId"), str(begun.number))
        self._insert(abstract, begun.number)

    def _definition(self, begun: ListStart) -> Any:
        abstract = self._make("w:abstractNum", abstractNumId=str(begun.number))
        abstract.append(self._make("w:multiLevelType", val="hybridMultilevel"))
        for depth in range(
            LEVELS
        ):  # those that nobody used yet too: one press of Tab asks for them
            abstract.append(self._level(begun, depth))
        return abstract

    def _level(self, begun: ListStart, depth: int) -> Any:
        level = self._make("w:lvl", ilvl=str(depth))
        bullet = begun.start is None
        start = begun.start if depth == begun.level and begun.start is not None else 1
        level.append(self._make("w:start", val=str(start)))
        level.append(self._make("w:numFmt", val="bullet" if bullet else "decimal"))
        text = "•" if bullet else f"%{depth + 1}{begun.suffix}"
        level.append(self._make("w:lvlText", val=text))
        level.append(self._make("w:lvlJc", val="left"))
        level.append(self._level_indent(depth))
        return level

    def _level_indent(self, level: int) -> Any:
        properties = self._make("w:pPr")
        left = str(360 * (level + 1))
        properties.append(self._make("w:ind", left=left, hanging="360"))
        return properties

    def number_headings(self, labels: Sequence[tuple[int, str]], top: int) -> None:
        """Let Word number headings; `labels`: level from 0 and text, `top`: level of the first."""
        abstract = self._make("w:abstractNum", abstractNumId=str(HEADING_LIST))
        abstract.append(self._make("w:multiLevelType", val="multilevel"))
        for level, label in labels:
            element = self._make("w:lvl", ilvl=str(level))
            element.append(self._make("w:start", val="1"))
            element.append(self._make("w:numFmt", val="decimal"))
            element.append(self._make("w:pStyle", val=f"Heading{top + level}"))
            element.append(self._make("w:suff", val="space"))
            element.append(self._make("w:lvlText", val=label))
            element.append(self._make("w:lvlJc", val="left"))
            abstract.append(element)
            style = self._document.styles[f"Heading {top + level}"].element.get_or_add_pPr()
            link = self._make("w:numPr")
            link.append(self._make("w:ilvl", val=str(level)))
            link.append(self._make("w:numId", val=str(HEADING_LIST)))
            style.append(link)
        self._insert(abstract, HEADING_LIST)

    def _insert(self, abstract: Any, number: int) -> None:
        """Put a definition before the first number: the schema wants all definitions first."""
        numbering = self._numbering
        if self._first_number is None:
            self._first_number = numbering.find(self._name("w:num"))
        if self._first_number is None:
            numbering.append(abstract)
        else:
            self._first_number.addprevious(abstract)
        element = self._make("w:num", numId=str(number))
        element.append(self._make("w:abstractNumId", val=str(number)))
        numbering.append(element)

    @cached_property
    def _numbering(self) -> Any:
        """Return the part with all definitions, begun where a template without a list has none."""
        part, opc = self._document.part, self._docx.opc
        kind = opc.constants.RELATIONSHIP_TYPE.NUMBERING
        if all(each.reltype != kind for each in part.rels.values()):
            name = opc.packuri.PackURI("/word/numbering.xml")
            content = opc.constants.CONTENT_TYPE.WML_NUMBERING
            root = self._make("w:numbering")
            made = self._docx.parts.numbering.NumberingPart(name, content, root, part.package)
            part.relate_to(made, kind)
        return part.numbering_part.element
