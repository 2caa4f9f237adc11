"""Say where a register that is a file of its own keeps its facts: external documents, records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.returning.registers import UNKNOWN_WORDS, KeptPlace
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.composer import compose
from qmstool.parsing.yaml.nodes import Mapping as MappingNode
from qmstool.parsing.yaml.nodes import Scalar
from qmstool.tables.registers import EXTERNAL_STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.parsing.source import SourceFile

# By the name of a register: its file, and under which key the entries stand there.
FILES = {
    "external": ("procedures/external.yml", "documents"),
    "records": ("procedures/records.yml", "records"),
}
CELL_BY_HAND = Text(
    "Cột này không ghi thẳng trong danh mục; hãy sửa bằng tay.",
    "This column does not stand in the register as it is shown; make this change by hand.",
)


class FileKeeper:
    """Knows one such file, `source`; `lang`: in which language the cells are."""

    row_added = Text(
        "Dòng mới: chạy qmstool import với tệp này (không có --update) để thêm.",
        "A new row: run qmstool import on this file (without --update) to add it.",
    )
    row_gone = Text(
        "Dòng bị xóa trong Excel: không xóa khỏi danh mục; nếu đúng là bỏ, hãy xóa bằng tay.",
        "The row is gone in Excel: it is not taken out of the register; if it is to go, do so by "
        "hand.",
    )

    def __init__(self, manual: Manual, source: SourceFile, entries: str, lang: Lang) -> None:
        self._manual = manual
        self._source = source
        self._entries = entries
        self._lang: Lang = lang

    def places(self, key: str, column: str) -> Sequence[KeptPlace] | Text:
        """Return where the value of a column stands in the file, if it is one word there."""
        node, _ = compose(self._source)
        for name in (self._entries, key, column):
            if not isinstance(node, MappingNode):
                return CELL_BY_HAND
            node = next(
                (
                    value
                    for mark, value in zip(node.keys, node.values, strict=True)
                    if mark.text == name
                ),
                None,
            )
        if not isinstance(node, Scalar):
            return CELL_BY_HAND
        return [KeptPlace(self._source, node.mark.start, node.mark.end)]

    def written(self, column: str, value: str) -> str | Text:
        """Return a value as the register keeps it: words for what is not known, for a status."""
        if value in UNKNOWN_WORDS:
            return UNKNOWN
        if column == "status":
            known = {text.get(self._lang).casefold(): key for key, text in EXTERNAL_STATUS.items()}
            return known.get(value.casefold(), value)
        if column == "owner":
            units = {unit.name.casefold(): key for key, unit in self._manual.config.units.items()}
            return units.get(value.casefold(), value)
        return value
