"""Print what answers each clause (`qmstool matrix`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console, tables
from qmstool.cli.context import open_tree
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.parsing.codes import fold_name
from qmstool.tables import clauses
from qmstool.tables.statement import statement_table

if TYPE_CHECKING:
    import argparse

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

NO_CONTROLS = Text(
    "Không tiêu chuẩn nào sổ tay theo có biện pháp kiểm soát (phụ lục, như A.5.1), nên không có "
    "tuyên bố áp dụng.",
    "No standard that the manual follows has controls (an annex, such as A.5.1), so there is no "
    "statement of applicability.",
)
OSCAL, OSCAL_CATALOGUE = "oscal", "oscal-catalog"
OSCAL_FORMATS = {
    OSCAL: "tuyên bố áp dụng cho phần mềm quản lý an toàn thông tin (JSON) / the statement for "
    "programs of information security (JSON)",
    OSCAL_CATALOGUE: "các biện pháp kiểm soát mà tệp ấy dẫn tới / the controls that it refers to",
}
ONLY_THE_STATEMENT = Text(
    "OSCAL chỉ dùng cho tuyên bố áp dụng. Hãy thêm --statement.",
    "OSCAL is for the statement of applicability. Add --statement.",
)
ONE_CATALOGUE = Text(
    "Một danh mục OSCAL là của một tiêu chuẩn. Hãy thêm --standard, một trong: {known}.",
    "An OSCAL catalogue is of one standard. Add --standard, one of: {known}.",
)
UNKNOWN_STANDARD = Text(
    "Sổ tay không theo tiêu chuẩn «{name}». Chọn một trong: {known}.",
    "The manual does not follow «{name}». Choose one of: {known}.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    tables.add_table_options(parser, OSCAL_FORMATS)
    parser.add_argument(
        "--clauses",
        action="store_true",
        help="thêm mục, vai trò, áp dụng / with section, role, applicability",
    )
    parser.add_argument(
        "--standard",
        metavar="ID",
        help="chỉ một tiêu chuẩn, theo tên danh mục / one standard only, by its catalogue",
    )
    parser.add_argument(
        "--side-by-side",
        action="store_true",
        help="các tiêu chuẩn cạnh nhau, theo nghĩa / standards side by side, by meaning",
    )
    parser.add_argument(
        "--statement",
        action="store_true",
        help="tuyên bố áp dụng: từng biện pháp kiểm soát của phụ lục / statement of applicability: "
        "every control of an annex",
    )
    parser.add_argument(
        "--holes",
        action="store_true",
        help="chỉ điều khoản chưa có gì đáp ứng / only clauses that nothing answers",
    )


def run(options: argparse.Namespace) -> int:
    """Print the table. Raises QmsError without a catalogue."""
    tree = open_tree(options.root)
    manual = load(tree)
    lang = console.reader_language(options, manual)
    console.print_unread_texts(tree, console.screen_language(options, manual.config))
    if manual.catalogue is None:
        raise QmsError(
            Text(
                (
                    "qms.yml chưa nêu tiêu chuẩn nào có danh mục điều khoản đọc được. Hãy ghi "
                    "tiêu chuẩn vào standards."
                ),
                "qms.yml names no standard whose catalogue can be read. Name one under standards.",
            )
        )
    chosen = _chosen(manual.followed_catalogues, options.standard)
    if options.format in OSCAL_FORMATS:
        console.print_answer(options, _oscal(options, tree, manual, chosen, lang))
        return 0
    if options.statement:
        table = _statement(manual, chosen, lang)
        tables.print_table(options, table, lang, tree, manual.config)
        return 0
    make = clauses.clauses_of_all if options.clauses else clauses.matrix_of_all
    if options.side_by_side:
        make = clauses.side_by_side
    table = make(manual, chosen, lang, holes=options.holes)
    tables.print_table(options, table, lang, tree, manual.config)
    return 0


def _statement(manual: Manual, chosen: tuple[Catalogue, ...], lang: Lang) -> Table:
    """Return the statements of the standards with controls. Raises QmsError where none has any."""
    stated = [statement_table(manual, each, lang) for each in _with_controls(chosen)]
    return stated[0].joined(stated[1:])


def _oscal(
    options: argparse.Namespace,
    tree: Tree,
    manual: Manual,
    chosen: tuple[Catalogue, ...],
    lang: Lang,
) -> str:
    """Return the statement, or the controls of one standard, as OSCAL.

    Raises QmsError where it is not asked for, where there are no controls, and without a commit,
    whose day OSCAL demands.
    """
    from qmstool.export import oscal  # only who wants it pays for it

    if not options.statement:
        raise QmsError(ONLY_THE_STATEMENT)
    stated = _with_controls(chosen)
    origin = oscal.Origin(*tables.commit_told(options, tree, lang))
    if options.format == OSCAL:
        return oscal.as_oscal(manual, stated, origin, lang)
    if len(stated) > 1:
        known = ", ".join(catalogue.key for catalogue in stated)
        raise QmsError(ONE_CATALOGUE.fill({"known": known}))
    return oscal.as_oscal_catalogue(stated[0], origin, lang)


def _with_controls(chosen: tuple[Catalogue, ...]) -> tuple[Catalogue, ...]:
    """Return the standards that have controls. Raises QmsError where none has any."""
    stated = tuple(each for each in chosen if each.controls)
    if not stated:
        raise QmsError(NO_CONTROLS)
    return stated


def _chosen(followed: tuple[Catalogue, ...], name: str | None) -> tuple[Catalogue, ...]:
    """Return the standards asked for: all that are followed, or the one of a name.

    Raises QmsError where none of them has the name.
    """
    if name is None:
        return followed
    wanted = fold_name(name)
    chosen = tuple(catalogue for catalogue in followed if wanted in _names(catalogue))
    if not chosen:
        known = ", ".join(catalogue.key for catalogue in followed)
        raise QmsError(UNKNOWN_STANDARD.fill({"name": name, "known": known}))
    return chosen


def _names(catalogue: Catalogue) -> set[str]:
    """Return how a standard may be called, folded: by its catalogue's id, or as texts name it."""
    return {fold_name(name) for name in (catalogue.key, *catalogue.cited_as)}
