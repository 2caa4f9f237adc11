"""Show what was guessed of files that are taken in, and let a person say otherwise.

What goes in: registers as their heads were understood; units, roles and shapes of codes as files
name them. What comes out: the same, with what the person at the terminal changed. Nothing is
written here, and nobody is asked where there is no terminal.
"""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.frozen import dataclass, replace
from qmstool.i18n import QmsError, Text
from qmstool.importing.collecting import find_registers, read_workbooks
from qmstool.importing.workbooks.field_names import KINDS, LEAVE, NAMES, fields_of, read_field
from qmstool.parsing.yaml.schema import CODE_SHAPE, ValueKind
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.collecting import Given, ReadSheet
    from qmstool.importing.known import Known
    from qmstool.importing.result import Taken
    from qmstool.importing.workbooks.field_names import SaidOfColumns

TABLE = Text("{name}, {place}: {kind}, {count} dòng", "{name}, {place}: {kind}, rows: {count}")
UNKNOWN_TABLE = Text(
    "{name}, {place}: chưa nhận ra là danh mục nào; nếu để vậy, tệp được giữ nguyên làm biểu mẫu",
    "{name}, {place}: not recognized as a register; left so, the file is kept as a form",
)
LEFT = Text("(để ngoài)", "(left out)")
FIELDS = Text("  Các trường: {fields}", "  Fields: {fields}")
ASK_COLUMNS = Text(
    "Enter: đúng. Đổi: SỐ=TRƯỜNG (như 1=code); để ngoài: SỐ=- > ",
    "Enter: right. Change: NUMBER=FIELD (as 1=code); leave out: NUMBER=- > ",
)
ASK_GUESSES = Text(
    "Enter: đúng. Đổi: SỐ=chữ khác; bỏ: SỐ=- > ",
    "Enter: right. Change: NUMBER=words; none: NUMBER=- > ",
)
ODD_ANSWER = Text(
    "Chưa hiểu «{answer}». Gõ số của dòng, dấu =, rồi chữ; hoặc chỉ Enter.",
    "«{answer}» is not understood. Type the number of a line, =, then words; or Enter alone.",
)
UNUSED_FIELD = Text(
    "Danh mục này không có trường «{field}»; chưa đổi gì. Hãy chọn trong các trường nêu dưới bảng.",
    "This register has no field «{field}»; nothing was changed. Choose among the fields below it.",
)
NO_SHAPE_SAID = Text(
    "«{answer}» không phải là {expected}; chưa đổi gì.",
    "«{answer}» is not {expected}; nothing was changed.",
)
UNITS = Text("Đơn vị (từ mã tài liệu và nơi nhận):", "Units (from codes and recipients):")
ROLES = Text("Chức danh (từ bảng ký):", "Roles (from tables of signers):")
SHAPES = Text("Khuôn mã của từng loại tài liệu:", "What codes of each type look like:")
NO_SHAPE = Text("(không có khuôn)", "(no shape)")
NOT_ASKED = Text(
    "Cột của danh mục, đơn vị, chức danh, khuôn mã lấy như đoán được (không có cửa sổ để hỏi); "
    'báo cáo ghi từng điều. Nói trước một cột: --column "CỘT=TRƯỜNG".',
    "Columns of registers, units, roles and shapes of codes are as guessed (no terminal to ask); "
    'the report has each. To state a column: --column "HEAD=FIELD".',
)
_ANSWER = re.compile(r"(\d{1,3})\s*=\s*(.*)")


@dataclass(frozen=True, slots=True)
class Guesses:
    """What files name: key → name of units and roles, type → shape of its codes.

    `refused`: keys of units and roles that are none.
    """

    units: Mapping[str, str]
    roles: Mapping[str, str]
    shapes: Mapping[str, str]
    refused: frozenset[str] = frozenset()


def add_column_option(parser: argparse.ArgumentParser) -> None:
    """Add `--column`."""
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        dest="columns",
        metavar="HEAD=FIELD",
        help="cột của danh mục Excel là gì, như «Số hiệu=code», «Ghi chú=-» để ngoài; nêu được "
        "nhiều lần / what a column of a register holds, as «No.=code», «Remarks=-» leaves it out; "
        f"repeatable. Fields: {', '.join(NAMES)}",
    )


def may_ask(options: argparse.Namespace) -> bool:
    """Whether somebody is there to be asked and wants to be."""
    return not options.yes and sys.stdin.isatty()


def confirm_columns(given: Sequence[Given], known: Known, lang: Lang) -> SaidOfColumns:
    """Show the columns of each register and ask; return what is said of columns then."""
    columns = known.columns
    workbooks = read_workbooks(given, known.types)
    for number in range(len(find_registers(workbooks, columns))):
        while True:
            sheets = find_registers(workbooks, columns)
            if number >= len(sheets):
                break
            sheet = sheets[number]
            _show_table(sheet, lang)
            answers = _ask(ASK_COLUMNS, lang)
            if not answers:
                break
            before = columns
            for line, words in answers:
                columns = _and_said(columns, sheet, line, words, lang)
            for field in _unused(find_registers(workbooks, columns)[number:], answers):
                _print(UNUSED_FIELD.fill({"field": field}).get(lang))
                columns = before
    return columns


def _unused(sheets: Sequence[ReadSheet], answers: Sequence[tuple[int, str]]) -> list[str]:
    """Return the fields of answers that the register, as it is read with them, does not have."""
    read = sheets[0].read if sheets else None
    if read is None:
        return []
    kept, unused = dict(fields_of(read.kind)), []
    for _, words in answers:
        with contextlib.suppress(QmsError):  # what is no field was told already
            field = read_field(words)
            unused += [field] if field and field not in kept else []
    return unused


def confirm_guesses(guesses: Guesses, lang: Lang) -> Guesses:
    """Show units, roles and shapes of codes, and ask; return them as they are then."""
    units, no_units = _confirm(UNITS, guesses.units, lang)
    roles, no_roles = _confirm(ROLES, guesses.roles, lang)
    shapes, no_shapes = _confirm(SHAPES, guesses.shapes, lang, _refuse_no_shape)
    return Guesses(units, roles, shapes | dict.fromkeys(no_shapes, ""), no_units | no_roles)


def with_guesses(taken: Taken, guesses: Guesses) -> Taken:
    """Return what files make with units, roles and shapes as they were confirmed."""
    roles = {
        key: replace(role, name=guesses.roles.get(key, role.name))
        for key, role in taken.roles.items()
    }
    units = {key: guesses.units.get(key, name) for key, name in taken.units.items()}
    codes = {kind: guesses.shapes.get(kind, shape) for kind, shape in taken.codes.items()}
    return replace(taken, units=units, roles=roles, codes=codes)


def guesses_of(taken: Taken) -> Guesses:
    """Return what files name."""
    roles = {key: role.name for key, role in taken.roles.items()}
    return Guesses(taken.units, roles, taken.codes)


def tell_not_asked(options: argparse.Namespace, taken: Taken, lang: Lang) -> None:
    """Say that guesses were taken without asking, where nobody said that they may be."""
    guessed = taken.rows or taken.holders or taken.units or taken.roles or taken.codes
    if guessed and not options.yes and not may_ask(options):
        console.print_note(NOT_ASKED, lang)


def _show_table(sheet: ReadSheet, lang: Lang) -> None:
    values = {"name": sheet.name, "place": sheet.place.get(lang)}
    used: Mapping[int, str] = {}
    if sheet.read is None:
        _print(UNKNOWN_TABLE.fill(values).get(lang))
        names = NAMES
    else:
        values |= {"kind": KINDS[sheet.read.kind].get(lang), "count": str(len(sheet.read.entries))}
        _print(TABLE.fill(values).get(lang))
        used = {column: field for field, column in sheet.read.columns.items()}
        names = dict(fields_of(sheet.read.kind))
    for line, (column, head) in enumerate(sheet.heads, start=1):
        field = used.get(column, "")
        meant = f"{NAMES[field].get(lang)} ({field})" if field else LEFT.get(lang)
        _print(f"  {line:>2}  {head} → {meant}")
    listed = ", ".join(f"{field} ({name.get(lang)})" for field, name in names.items())
    _print(FIELDS.fill({"fields": listed}).get(lang))


def _and_said(
    columns: SaidOfColumns, sheet: ReadSheet, line: int, words: str, lang: Lang
) -> SaidOfColumns:
    """Return what is said of columns with what one holds; what cannot be meant is told."""
    if not 1 <= line <= len(sheet.heads):
        _print(ODD_ANSWER.fill({"answer": f"{line}={words}"}).get(lang))
        return columns
    try:
        head = sheet.heads[line - 1][1]
        return columns.and_of(sheet.name, sheet.place, head, read_field(words))
    except QmsError as error:
        _print(error.text.get(lang))
        return columns


def _confirm(
    title: Text,
    guessed: Mapping[str, str],
    lang: Lang,
    refuse: Callable[[str], Text | None] = lambda _: None,
) -> tuple[dict[str, str], frozenset[str]]:
    """Show key and words of each line, and ask until all is right; return them, and those gone.

    `refuse`: what to tell of words that cannot be meant, and change nothing.
    """
    kept, gone = dict(guessed), set()
    while kept:
        _print(title.get(lang))
        for line, (key, words) in enumerate(kept.items(), start=1):
            _print(f"  {line:>2}  {key} = {words or NO_SHAPE.get(lang)}")
        answers = _ask(ASK_GUESSES, lang)
        if not answers:
            break
        keys = list(kept)
        for line, words in answers:
            if not 1 <= line <= len(keys):
                _print(ODD_ANSWER.fill({"answer": f"{line}={words}"}).get(lang))
            elif words == LEAVE:
                kept.pop(keys[line - 1], None)
                gone.add(keys[line - 1])
            elif words and (refused := refuse(words)):
                _print(refused.get(lang))
            elif words:
                kept[keys[line - 1]] = words
    return kept, frozenset(gone)


def _refuse_no_shape(words: str) -> Text | None:
    """Say of words that they are no shape of codes, as `check` does of those in qms.yml."""
    if CODE_SHAPE.match(words):
        return None
    return NO_SHAPE_SAID.fill({"answer": words, "expected": ValueKind.SHAPE.value})


def _ask(question: Text, lang: Lang) -> list[tuple[int, str]]:
    """Return the answers of one line, [] for an empty one; what is none is told and asked again."""
    while True:
        try:
            written = input(question.get(lang)).strip()
        except EOFError:
            return []
        answers = []
        for part in filter(None, (part.strip() for part in written.split(";"))):
            match = _ANSWER.fullmatch(part)
            if match is None:
                _print(ODD_ANSWER.fill({"answer": part}).get(lang))
                break
            answers.append((int(match[1]), match[2].strip()))
        else:
            return answers


def _print(line: str) -> None:
    sys.stdout.write(escape_controls(line) + "\n")
