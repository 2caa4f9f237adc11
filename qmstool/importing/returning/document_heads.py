"""Say where documents keep what their registers show: at the head of each, or not in a text at all.

Title, type, owner, parent and retention are typed there. Issue, revision, days and state follow
from recorded releases, reviews and readings: no sheet changes those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.markdown.inlines import escape
from qmstool.importing.returning.registers import LANGS, UNKNOWN_WORDS, KeptPlace
from qmstool.manual.loading.foreign import in_our_words
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.yaml.composer import compose, find_front_matter
from qmstool.parsing.yaml.nodes import Mapping, Scalar
from qmstool.releases.canonical_yaml import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.nodes import Node

TYPED = frozenset({"title", "type", "owner", "parent", "retention"})
BY_RELEASE = Text(
    "Lần ban hành, lần sửa đổi, ngày, người ký và tình trạng do bản ghi ban hành quyết định, không "
    "sửa trong Excel: dùng qmstool release prepare, rồi qmstool release record.",
    "Issue, revision, days, signer and state follow from recorded releases and are not changed in "
    "Excel: use qmstool release prepare, then qmstool release record.",
)
BY_REVIEW = Text(
    "Việc xem xét định kỳ ghi bằng qmstool record review; hạn tính từ đó và từ review_months ở đầu "
    "văn bản.",
    "Periodic reviews are recorded with qmstool record review; the day they are due follows from "
    "that and from review_months at the head of the text.",
)
BY_READING = Text(
    "Ai đã đọc ghi bằng qmstool record reading.", "Who has read it: qmstool record reading."
)
NEW_CODE = Text(
    'Đổi mã ở mọi nơi nêu mã ấy: qmstool rename "MÃ CŨ" "MÃ MỚI".',
    'Another code is given wherever it is named: qmstool rename "OLD" "NEW".',
)
RECIPIENTS = Text(
    "Nơi nhận ghi từng dòng ở distribution, đầu tệp {path}: hãy sửa ở đó.",
    "Recipients are typed one by one under distribution at the head of {path}: change them there.",
)
NO_FILE = Text(
    "Văn bản này chỉ còn trong bản ghi ban hành, không còn tệp để sửa.",
    "Only recorded releases still know this document; there is no file to change.",
)
NO_HEAD = Text(
    "Đầu tệp {path} không đọc được; hãy sửa bằng tay.",
    "The head of {path} cannot be read; make this change by hand.",
)
NOT_EMPTY = Text("Ô này không để trống được.", "This cell cannot be left empty.")
NOBODY = Text(
    "qms.yml không có đơn vị, chức danh hay người nào tên «{value}». Hãy ghi đúng tên, hoặc thêm "
    "vào qms.yml trước.",
    "qms.yml has no unit, role or person called «{value}». Write the name as it is there, or add "
    "it to qms.yml first.",
)
NO_TYPE = Text(
    "Không có loại tài liệu «{value}». Chọn một trong: {known}.",
    "There is no type of document «{value}». Choose one of: {known}.",
)
NO_DOCUMENT = Text(
    "Không có tài liệu nào mang mã «{value}».", "No document bears the code «{value}»."
)
_ELSEWHERE = {
    "code": NEW_CODE,
    "reviewed": BY_REVIEW,
    "review": BY_REVIEW,
    "review_due": BY_REVIEW,
    "unread": BY_READING,
}


class HeadKeeper:
    """Knows the heads of a manual's documents."""

    row_added = Text(
        "Dòng mới: thêm tài liệu bằng qmstool new LOẠI MÃ TÊN (hoặc qmstool import với tệp Word).",
        "A new row: add the document with qmstool new TYPE CODE TITLE (or qmstool import on its "
        "Word file).",
    )
    row_gone = Text(
        "Dòng bị xóa trong Excel: tài liệu vẫn còn; nếu muốn bãi bỏ, chạy qmstool withdraw MÃ.",
        "The row is gone in Excel: the document stays; to withdraw it, run qmstool withdraw CODE.",
    )

    def __init__(self, manual: Manual) -> None:
        self._manual = manual

    def places(self, key: str, column: str) -> Sequence[KeptPlace] | Text:
        """Return where the head of a document has a value, and the heading that repeats it.

        A head that does not have it yet gets a line below the code.
        """
        document = self._manual.documents.get(key)
        if document is None:
            return NO_FILE
        if column == "distribution":
            return RECIPIENTS.fill({"path": document.path})
        if column not in TYPED:
            return _ELSEWHERE.get(column, BY_RELEASE)
        return self._typed(document, column) or NO_HEAD.fill({"path": document.path})

    def _typed(self, document: Document, column: str) -> list[KeptPlace]:
        """Return the places of a value; [] where the head is not laid out as heads are."""
        source = document.files[0].source
        node: Node | None = None
        if (front := find_front_matter(source.text)) is not None:
            node, _ = compose(source, *front[:2])
            node, _ = in_our_words(node, self._manual.config.habits)
        if not isinstance(node, Mapping):
            return []
        named = {mark.text: value for mark, value in zip(node.keys, node.values, strict=True)}
        if column not in named:
            end = source.text.find("\n", document.mark.end)
            return [KeptPlace(source, end, end, lambda value: f"\n{column}: {scalar(value)}")]
        value = named[column]
        if not isinstance(value, Scalar):
            return []
        headings = _headings(document) if column == "title" else []
        return [KeptPlace(source, value.mark.start, value.mark.end), *headings]

    def written(self, column: str, value: str) -> str | Text:
        """Return a value as the head has it: keys for the names of units, people and types."""
        config = self._manual.config
        if column in {"title", "type"} and value in UNKNOWN_WORDS:
            return NOT_EMPTY
        if value in UNKNOWN_WORDS:
            return UNKNOWN
        match column:
            case "owner":
                owners = {key: unit.name for key, unit in config.units.items()}
                owners |= {key: role.name for key, role in config.roles.items()}
                owners |= {key: person.name for key, person in config.people.items()}
                named = _key_of(value, {key: [name] for key, name in owners.items()})
                return named or NOBODY.fill({"value": value})
            case "type":
                names = {
                    key: [kind.name.get(lang) for lang in LANGS]
                    for key, kind in config.types.items()
                }
                known = ", ".join(name[0] for name in names.values())
                return _key_of(value, names) or NO_TYPE.fill({"value": value, "known": known})
            case "parent":
                parent = self._manual.document(value)
                return parent.code if parent else NO_DOCUMENT.fill({"value": value})
        return value


def _headings(document: Document) -> list[KeptPlace]:
    """Return the heading at the top of a text that repeats its title, if it does."""
    for section in document.sections[:1]:
        source, heading = section.file.source, section.heading
        if source.text[heading.start : heading.end] == document.title:
            return [KeptPlace(source, heading.start, heading.end, escape)]
    return []


def _key_of(value: str, names: dict[str, list[str]]) -> str:
    """Return the key of a name, or a key itself; "" where nothing is called so."""
    wanted = " ".join(value.split()).casefold()
    for key, called in names.items():
        if wanted in {key.casefold(), *(name.casefold() for name in called)}:
            return key
    return ""
