"""Say what stands on the sheets of documents and tables: running head, cover, signatures, text.

What goes in: a manual, its register of a day, and the tables of the room below. What comes out: a
`Paper`, data that the page setter lays out, and the pictures in it. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.dossier.text import document_html
from qmstool.export.content import paragraphs, read_html, read_page
from qmstool.export.tables_on_paper import fit_table
from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.parsing.paper import CELL_EDGES
from qmstool.tables.change_table import ACTS
from qmstool.tables.registers import PROOF, status_row
from qmstool.templating import format_print_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from qmstool.export.content import Node
    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

MOST_UPRIGHT_COLUMNS = 6
FEWEST_HEADINGS = 4  # from which a document has a list of contents
CONTENTS_DEPTH = 3

CODE = Text("Mã", "Code")
ISSUE = Text("Lần ban hành", "Issue")
REVISION = Text("Lần sửa đổi", "Revision")
EFFECTIVE = Text("Ngày hiệu lực", "Effective")
WITHDRAWN_FROM = Text("Bãi bỏ từ", "Withdrawn from")
STATE = Text("Tình trạng", "State")
CHECK_CODE = Text("Mã kiểm tra", "Check code")
INSTRUMENT = Text("Văn bản ban hành", "Instrument")
OWNER = Text("Đơn vị chủ trì", "Owner")
AS_OF = Text("Tính tại ngày", "As of")
PREPARED = Text("Biên soạn", "Prepared by")
REVIEWED = Text("Xem xét", "Reviewed by")
APPROVED = Text("Phê duyệt", "Approved by")
UNCONTROLLED = Text("Bản in không kiểm soát", "Uncontrolled when printed")
PRINTED = Text("In ngày {day}", "Printed {day}")
NO_TEXT_HERE = Text(
    "Văn bản này không được giữ ở đây; xem văn bản gốc.",
    "The text is not kept here; see the original.",
)
TEXT_IS_FILE = Text(
    "Bản được kiểm soát của tài liệu này là tệp {file}.",
    "The controlled text of this document is the file {file}.",
)
OF_RECORD = Text(
    "(bản ghi đợt {number}; qmstool verify)", "(record of release {number}; qmstool verify)"
)
WHOLE = Text("Sổ tay hệ thống quản lý chất lượng", "Quality manual")
WORDS = {
    "page": Text("Trang", "Page"),
    "contents": Text("Mục lục", "Contents"),
    "changes": Text("Theo dõi sửa đổi", "Changes"),
    "picture": Text("hình: ", "picture: "),
}
HEAD_FACTS = (
    ("code", CODE),
    ("issue", ISSUE),
    ("revision", REVISION),
    ("effective", EFFECTIVE),
    ("withdrawn", WITHDRAWN_FROM),
)
FRONT_FACTS = (
    *HEAD_FACTS,
    ("state", STATE),
    ("instrument", INSTRUMENT),
    ("owner", OWNER),
    ("check_code", CHECK_CODE),
    PROOF,
)
CHANGE_COLUMNS = ("issue", "revision", "effective", "sections", "summary", "approver")
SIGNERS = (("prepared", PREPARED), ("reviewed", REVIEWED), ("approver", APPROVED))


@dataclass(frozen=True, slots=True)
class Paper:
    """What the page setter needs: data for its template, and pictures by name."""

    data: dict[str, Any]
    pictures: dict[str, bytes]


class SheetWriter:
    """Writes the sheets of one paper, in one language, as of one day.

    `printed`: the day of printing for the foot of each sheet, None for none; `proofs`: how far the
    record of each document is proved, by key, as far as anybody asked.
    """

    def __init__(
        self,
        manual: Manual,
        register: Register,
        lang: Lang,
        printed: date | None = None,
        proofs: Mapping[str, Text] | None = None,
    ) -> None:
        self._manual = manual
        self._register = register
        self._lang = lang
        self._printed = printed
        self._proofs = proofs or {}

    def documents(
        self,
        documents: Sequence[Document],
        tree: Tree,
        changes: Mapping[str, Table],
        *,
        whole: bool,
    ) -> Paper:
        """Return the paper of some documents; `changes`: the change table of each, by key.

        `whole`: it is the whole manual, and begins with a cover and the list of its documents.
        """
        pictures: dict[str, bytes] = {}
        sheets = []
        for number, document in enumerate(documents, 1):
            sheet, its_pictures = self._sheet(document, tree, changes.get(document.key), number)
            if len(documents) > 1:
                sheet["front"]["contents"] = 0  # one list of contents, on the cover's back
            sheets.append(sheet)
            pictures |= its_pictures
        title = WHOLE.get(self._lang) if whole else documents[0].title
        cover = self._cover(title) if whole else None
        return Paper(self._data(title, sheets, cover), pictures)

    def table(self, table: Table) -> Paper:
        """Return the paper of a table, without the columns that nobody filled."""
        title = format_print_dates(table.title.get(self._lang), self._lang)
        table = table.filled()
        node = table_node(table, [key for key, _ in table.columns], self._lang)
        lying = fit_table(node, may_lie=True) or len(table.columns) > MOST_UPRIGHT_COLUMNS
        if lying:
            fit_table(node, may_lie=True)
        day = format_print_dates(self._register.day.isoformat(), self._lang)
        heading = {"k": "h", "level": 1, "c": [title]}
        sheet = {
            "organization": [self._manual.config.organization],
            "title": [title],
            "head": [[f"{AS_OF.get(self._lang)}: {day}"]],
            "foot": [[], [UNCONTROLLED.get(self._lang)], self._print_day()],
            "front": None,
            "segments": [{"lying": lying, "first": False, "blocks": [heading, node]}],
        }
        return Paper(self._data(title, [sheet], None), {})

    def _data(
        self, title: str, sheets: list[dict[str, Any]], cover: dict[str, Any] | None
    ) -> dict[str, Any]:
        return {
            "language": self._lang,
            "organization": self._manual.config.organization,
            "title": title,
            "words": {name: text.get(self._lang) for name, text in WORDS.items()},
            "cover": cover,
            "sheets": sheets,
        }

    def _cover(self, title: str) -> dict[str, Any]:
        day = format_print_dates(self._register.day.isoformat(), self._lang)
        return {
            "organization": [self._manual.config.organization],
            "title": [title],
            "facts": [[AS_OF.get(self._lang), [day]]],
        }

    def _sheet(
        self, document: Document, tree: Tree, changes: Table | None, number: int
    ) -> tuple[dict[str, Any], dict[str, bytes]]:
        row = self._facts(document)
        content = read_html(str(document_html(document, tree, self._lang)), f"{number}-")
        blocks = content.blocks
        if not document.held:
            blocks = [{"k": "p", "c": [NO_TEXT_HERE.get(self._lang)]}]
        elif document.text_file:
            file = {"file": document.text_file.rpartition("/")[2]}
            blocks = [{"k": "p", "c": [TEXT_IS_FILE.fill(file).get(self._lang)]}]
        headings = [block for block in blocks if block["k"] == "h"]
        front = {
            "title": [row["title"]],
            "facts": self._named(row, FRONT_FACTS),
            "people": self._people(changes),
            "changes": self._changes(changes),
            "contents": CONTENTS_DEPTH if len(headings) >= FEWEST_HEADINGS else 0,
        }
        sheet = {
            "organization": [self._manual.config.organization],
            "title": [row["title"]],
            "head": [[f"{name}: ", *value] for name, value in self._named(row, HEAD_FACTS)],
            "foot": [
                self._check_code(row),
                [f"{row['state']} – {UNCONTROLLED.get(self._lang)}"],
                self._print_day(),
            ],
            "front": front,
            "segments": segments(blocks),
        }
        return sheet, content.pictures

    def _facts(self, document: Document) -> dict[str, str]:
        status = self._register.statuses[document.key]
        row = status_row(self._manual, self._register, status, self._lang)
        proof = self._proofs.get(document.key)
        row["proof"] = proof.get(self._lang) if proof else ""
        if status.state == "withdrawn":  # its day is none from which the text would count
            row |= {"withdrawn": row["effective"], "effective": ""}
        return {key: format_print_dates(value, self._lang) for key, value in row.items()}

    def _named(self, row: Mapping[str, str], names: Iterable[tuple[str, Text]]) -> list[list[Any]]:
        return [[name.get(self._lang), [row[key]]] for key, name in names if row.get(key)]

    def _check_code(self, row: Mapping[str, str]) -> list[str]:
        code = row.get("check_code")
        return [f"{CHECK_CODE.get(self._lang)}: {code}"] if code else []

    def _print_day(self) -> list[str]:
        if self._printed is None:
            return []
        day = format_print_dates(self._printed.isoformat(), self._lang)
        return [PRINTED.fill({"day": day}).get(self._lang)]

    def _people(self, changes: Table | None) -> list[dict[str, Any]]:
        """Return who prepared, reviewed and approved the newest recorded version, as recorded."""
        if changes is None or not changes.rows:
            return []
        newest = dict(zip([key for key, _ in changes.columns], changes.rows[0], strict=True))
        return [
            {"label": label.get(self._lang), "name": [newest.get(key, "")]}
            for key, label in SIGNERS
        ]

    def _changes(self, changes: Table | None) -> Node | None:
        if changes is None or not changes.rows:
            return None
        node = table_node(_with_withdrawals(changes, self._lang), CHANGE_COLUMNS, self._lang)
        fit_table(node, may_lie=False)
        return node


def _with_withdrawals(changes: Table, lang: Lang) -> Table:
    """A change table that has no column for acts: of a withdrawal it says that it is one."""
    place = {key: at for at, (key, _) in enumerate(changes.columns)}
    withdrawn = ACTS["withdraw"].get(lang)
    rows = []
    for row in changes.rows:
        cells = list(row)
        if cells[place["act"]] == withdrawn:
            said = cells[place["summary"]]
            cells[place["summary"]] = f"{withdrawn}: {said}" if said else withdrawn
        rows.append(tuple(cells))
    return replace(changes, rows=tuple(rows))


def official_paper(pages: Mapping[str, str], organization: str, title: str, lang: Lang) -> Paper:
    """Return the paper of pages of our own templates, such as a dossier's; `pages`: name → HTML."""
    sheets = []
    pictures: dict[str, bytes] = {}
    for number, html in enumerate(pages.values(), 1):
        content = read_page(html, f"{number}-")
        pictures |= content.pictures
        sheets.append({"official": True, "segments": segments(content.blocks)})
    data = {
        "language": lang,
        "organization": organization,
        "title": title,
        "words": {name: text.get(lang) for name, text in WORDS.items()},
        "cover": None,
        "sheets": sheets,
    }
    return Paper(data, pictures)


def segments(blocks: Sequence[Node]) -> list[dict[str, Any]]:
    """Part blocks into runs of sheets that stand and sheets that lie; a wide table lies.

    The heading right above a table goes with it.
    """
    parts: list[dict[str, Any]] = [{"lying": False, "first": True, "blocks": []}]
    for block in blocks:
        lying = fit_blocks([block], may_lie=True)
        last = parts[-1]
        if lying != last["lying"]:
            moved: list[Node] = []
            while lying and len(last["blocks"]) > 1 and last["blocks"][-1]["k"] == "h":
                moved.insert(0, last["blocks"].pop())
            last = {"lying": lying, "first": False, "blocks": moved}
            parts.append(last)
        last["blocks"].append(block)
    return parts


def fit_blocks(
    blocks: Iterable[Node], *, may_lie: bool, lying: bool = False, share: float = 1.0
) -> bool:
    """Fit every table among blocks and within them; return whether one lies across the sheet.

    `lying`, `share`: whether the sheet lies already, and how much of its width the blocks have.
    """
    lies = False
    for block in blocks:
        if block["k"] == "table":
            on_side = fit_table(block, may_lie=may_lie, lying=lying, share=share)
            lies = lies or on_side
            widths = block["widths"]
            for cell in block["cells"]:
                own = sum(widths[cell["x"] : cell["x"] + cell["across"]]) - CELL_EDGES
                part = share * max(own, 1.0) / sum(widths)
                fit_blocks(cell["c"], may_lie=False, lying=on_side, share=part)
        elif block["k"] == "list":
            for item in block["items"]:
                fit_blocks(item["c"], may_lie=False, lying=lying, share=share)
        elif block["k"] in {"quote", "alert", "indent"}:
            fit_blocks(block["c"], may_lie=False, lying=lying, share=share)
    return lies


def table_node(table: Table, keys: Sequence[str], lang: Lang) -> Node:
    """Return some columns of a table as the page setter's table, its heads repeated."""
    places = [index for index, (key, _) in enumerate(table.columns) if key in keys]
    rows = [[table.columns[place][1].get(lang) for place in places]]
    rows += [[format_print_dates(row[place], lang) for place in places] for row in table.rows]
    cells = []
    for y, texts in enumerate(rows):
        for x, text in enumerate(texts):
            cells.append({"x": x, "y": y, "across": 1, "down": 1, "head": y == 0, "align": "",
                          "c": paragraphs(text)})  # fmt: skip
    return {"k": "table", "columns": len(places), "rows": len(rows), "heads": 1, "cells": cells}
