"""Make of a file that was read a document in draft: what it is, what controls it, its text.

What goes in: a `Source` and the name of its file. What comes out: code, kind and title, claims and
signatures with their places, the blocks of the text alone, and what was set apart with its reason.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt, LeftOut, Source, SourceParagraph, SourceTable
from qmstool.importing.control import (
    FoundClaim,
    find_claims,
    is_control_table,
    label_of_line,
    read_claims,
)
from qmstool.importing.naming import section_number
from qmstool.importing.recognized import compiled
from qmstool.importing.signatures import FoundSignature, find_signatures
from qmstool.importing.structure import is_bold, is_capital, settle_headings
from qmstool.importing.types import UNKNOWN
from qmstool.importing.workbooks.registers import change_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.importing.blocks import Block
    from qmstool.importing.types import Types

MANY_CLAUSES = 12
MOST_OPENING, LAST_BLOCKS, LAST_TITLE_LINES = 40, 6, 3
_LETTERHEAD = compiled("letterhead")
_FIRST_HEADING = compiled("first_headings")
_TITLE = compiled("title_beginnings", after=r"\b")
_ORGANIZATION = compiled("organizations", after=r"\b.*")
REPEATED = Text(
    "đầu trang, chân trang lặp lại ở mỗi trang", "page header or footer, repeated on each page"
)
CONTROL = Text(
    "bảng thông tin kiểm soát, nay ở đầu tệp", "control data, now at the head of the file"
)
SIGNED = Text(
    "bảng ký, nay ở đầu tệp và trong báo cáo này", "who signed, now at the head and in this report"
)
LETTERHEAD = Text("quốc hiệu, tên cơ quan đầu văn bản", "letterhead")
CODE_BEFORE_TITLE = Text(
    "mã đứng trước tên tài liệu, nay ở đầu tệp", "the code before the title, now at the head"
)
NO_CODE = Text(
    "Không thấy mã tài liệu trong tệp lẫn tên tệp; mã để unknown. Hãy ghi mã.",
    "No code stands in the file or its name; it is left unknown. Write it.",
)
TWO_CODES = Text(
    "Trong tệp ghi mã «{code}», tên tệp ghi «{other}»; lấy mã trong tệp. Hãy xem mã nào đúng.",
    "The file says the code is «{code}», its name «{other}»; the former is taken. Look which is.",
)
GUESSED_KIND = Text(
    "Không rõ là loại tài liệu nào; coi là quy trình. Hãy sửa `type` ở đầu tệp nếu sai.",
    "What kind of document this is nothing says; taken for a procedure. Mend `type` if wrong.",
)
UNKNOWN_KIND = Text(
    "Không rõ là loại tài liệu nào của qms.yml; `type` để unknown. Hãy ghi loại ở đầu tệp.",
    "Of which type of qms.yml this is nothing says; `type` is left unknown. Write it at the head.",
)
NO_HEADINGS = Text(
    "Không nhận ra đề mục nào (không có kiểu Heading, số, chữ đậm). Hãy xem lại bố cục.",
    "No headings were recognized (no heading styles, numbers or bold lines). Look at the layout.",
)


@dataclass(frozen=True)
class DraftDocument:
    """A document as it was understood.

    `changes`: rows of its table of changes; `organization`: the name on its letterhead, or "".
    """

    source: Source
    code: str
    kind: str
    title: str
    title_from_text: bool
    claims: tuple[FoundClaim, ...]
    signatures: tuple[FoundSignature, ...]
    changes: tuple[dict[str, str], ...]
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]
    organization: str

    @cached_property
    def bare_text(self) -> str:
        """The words of its blocks, without computed numbers."""
        return "\n".join(map(bare_words, self.blocks))

    def claim(self, key: str) -> str:
        """Return a claim's value, "" where nothing says it."""
        return next((claim.value for claim in self.claims if claim.key == key), "")


def bare_words(block: Block) -> str:
    """Return the words of a block as its file holds them, without computed numbers."""
    if isinstance(block, SourceParagraph):
        return block.words
    cells = [cell for row in block.rows for _, cell in row.cells]
    return "\n".join(bare_words(inner) for cell in cells for inner in cell.blocks)


def make_draft(source: Source, types: Types) -> DraftDocument:
    """Return the document that a source is, of one of the types of the manual."""
    stem = PurePosixPath(source.name).stem
    file_code, file_title = types.split_file_name(stem)
    blocks = settle_headings(source.blocks)
    opening = _opening(blocks)
    headers = [block for _, part in source.headers for block in part]
    claims = _claims(read_claims(source.says), headers, opening)
    named = {claim.key: claim for claim in claims}
    left_out = [_left_out(block, REPEATED) for block in headers]
    doubts: list[Doubt] = []
    code = named["code"].value if "code" in named else file_code
    if "code" in named and file_code and not _same(code, file_code):
        message = TWO_CODES.fill({"code": code, "other": file_code})
        doubts.append(Doubt(message, named["code"].place))
    title_blocks = _title_blocks(opening)
    title = " ".join(block.text for block in title_blocks)
    title_code, bare_title = _code_before_title(title, types)
    if title_code and (not code or _same(code, title_code)):
        code, title = code or title_code, bare_title
        left_out.append(LeftOut(title_code, CODE_BEFORE_TITLE, title_blocks[0].place))
    told = named["title"].value if "title" in named else ""
    kind, sure = types.kind_of(code, title or told or file_title, stem)
    if not sure and _answers_clauses(blocks):
        kind, sure = "manual", True
    kept, signatures = _set_apart(blocks, len(opening), title_blocks, left_out)
    place = Text("cả tệp", "the whole file")
    if not code and kind != "manual":
        doubts.append(Doubt(NO_CODE, place, 1))
    if not sure:
        doubts.append(Doubt(UNKNOWN_KIND if kind == UNKNOWN else GUESSED_KIND, place, 1))
    if not any(isinstance(block, SourceParagraph) and block.level for block in kept):
        doubts.append(Doubt(NO_HEADINGS, place, 1))
    tables = [block for block in blocks if isinstance(block, SourceTable)]
    return DraftDocument(
        source=source,
        code=code,
        kind=kind,
        title=title or told or file_title or stem,
        title_from_text=bool(title),
        claims=tuple(claims),
        signatures=tuple(signatures),
        changes=tuple(row for table in tables for row in change_rows(table)),
        blocks=tuple(kept),
        left_out=tuple(left_out),
        doubts=tuple(doubts),
        organization=_organization([*opening, *headers]),
    )


def _code_before_title(title: str, types: Types) -> tuple[str, str]:
    """Return the code that a title begins with, and the title without it; "" for no code.

    «COVID 19 …» begins like one; a code has a number such as 01, or the words of a title behind it.
    """
    title = " ".join(title.split())
    code, named = types.split_file_name(title)
    # Its first letter stays as it is written, small or not.
    bare = title[title.rfind(named[1:]) - 1 :].lstrip(":：–—- ") if named else ""
    has_number = re.search(r"(?<!\d)0\d", code) or (re.search(r"\d", code) and _TITLE.match(bare))
    return (code, bare) if has_number and bare else ("", title)


def _answers_clauses(blocks: Sequence[Block]) -> bool:
    """Whether headings are numbered as the clauses of a standard are: 4.1 to 10.3."""
    numbers = set()
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.level:
            numbers.add(section_number(block.text)[1])
    return len({n for n in numbers if re.fullmatch(r"(?:[4-9]|10)\.[1-7]", n)}) >= MANY_CLAUSES


def _claims(
    said: Sequence[FoundClaim], headers: Sequence[Block], opening: Sequence[Block]
) -> list[FoundClaim]:
    """Return what the file itself and its page headers say, then what the first page adds."""
    # A table of signers has days too: of the signing.
    own = [
        block
        for block in opening
        if not (isinstance(block, SourceTable) and find_signatures(block))
    ]
    claims = {claim.key: claim for claim in find_claims(own)}
    outside = {claim.key: claim for claim in (*find_claims(headers), *said)}
    return list((claims | outside).values())


def _opening(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks before the first heading."""
    opening: list[Block] = []
    for block in blocks[:MOST_OPENING]:
        if isinstance(block, SourceParagraph) and block.level and not block.title:
            break
        opening.append(block)
    return opening


def _title_blocks(opening: Sequence[Block]) -> list[SourceParagraph]:
    """Return the paragraphs that are the title: so styled, or in capitals and bold."""
    filled = [block for block in opening if isinstance(block, SourceTable) or block.text]
    styled = [block for block in filled if isinstance(block, SourceParagraph) and block.title]
    if styled:
        return styled[:LAST_TITLE_LINES]
    for number, block in enumerate(filled):
        if isinstance(block, SourceTable):
            continue
        strong = is_capital(block.words) or is_bold(block)
        if strong and _TITLE.match(block.words.strip()):
            lines = [block]
            for following in filled[number + 1 : number + LAST_TITLE_LINES]:
                if isinstance(following, SourceTable) or _is_first_heading(following):
                    break
                goes_on = is_capital(following.words) or (is_bold(following) and len(lines) == 1)
                alone = _TITLE.fullmatch(block.words.strip())
                if _TITLE.match(following.words) or not goes_on or label_of_line(following.text):
                    break
                if not is_capital(following.words) and not alone:
                    break
                lines.append(following)
            return lines
    return []


def _is_first_heading(paragraph: SourceParagraph) -> bool:
    return bool(_FIRST_HEADING.fullmatch(paragraph.words.strip()))


def _set_apart(
    blocks: Sequence[Block],
    opening: int,
    title: Sequence[SourceParagraph],
    left_out: list[LeftOut],
) -> tuple[list[Block], list[FoundSignature]]:
    """Return the blocks of the text, and who signed; what controls alone is left out."""
    kept: list[Block] = []
    signatures: list[FoundSignature] = []
    for number, block in enumerate(blocks):
        first, last = number < opening, number >= len(blocks) - LAST_BLOCKS
        if any(block is line for line in title):
            continue
        if isinstance(block, SourceTable) and (first or last):
            signed = find_signatures(block)
            reason = _reason(block, first=first, signed=bool(signed))
            signatures += signed
            if reason is not None:
                left_out.append(_left_out(block, reason))
                continue
        elif first and isinstance(block, SourceParagraph) and label_of_line(block.text):
            left_out.append(_left_out(block, CONTROL))
            continue
        elif first and isinstance(block, SourceParagraph) and _LETTERHEAD.search(block.text):
            left_out.append(_left_out(block, LETTERHEAD))
            continue
        kept.append(block)
    return kept, signatures


def _reason(table: SourceTable, *, first: bool, signed: bool) -> Text | None:
    """Return why a table is no part of the text, None where it is."""
    if signed:
        return SIGNED
    if first and is_control_table(table) and not change_rows(table):
        return CONTROL
    if first and _LETTERHEAD.search(table.text):
        return LETTERHEAD
    return None


def _left_out(block: Block, reason: Text) -> LeftOut:
    return LeftOut(bare_words(block), reason, block.place)


def _same(code: str, other: str) -> bool:
    return re.sub(r"[\W_]+", "", code).casefold() == re.sub(r"[\W_]+", "", other).casefold()


def _organization(blocks: Iterable[Block]) -> str:
    """Return the name that a letterhead or a page header shows in capitals."""
    for block in blocks:
        for line in bare_words(block).split("\n"):
            name = " ".join(line.split())
            if _ORGANIZATION.fullmatch(name) and is_capital(name) and len(name) < 120:  # noqa: PLR2004
                return name
    return ""
