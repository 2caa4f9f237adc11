"""Write documents, the whole manual or a register as PDF (`qmstool export pdf`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, moments, papers
from qmstool.cli.commands.export.past import past_issue
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.release.dossier_folder import find_candidate, make_dossier
from qmstool.cli.trusted import add_trust_options
from qmstool.export.pdf import PROFILES
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import Paper, SheetWriter, official_paper
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.storage import files
from qmstool.tables.by_name import REGISTERS, register_by_name

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register
    from qmstool.storage.tree import Tree

AS_OF = (
    "bản có hiệu lực tại ngày, hay từ ngày một đợt có hiệu lực; không nêu: bản đang lưu ở đây "
    "/ what was in force on a day, or the day of a release; else what lies here"
)
NOT_IN_FORCE = Text(
    "Ngày {day} tài liệu «{code}» không có hiệu lực.",
    "On {day} the document «{code}» was not in force.",
)
NO_DOCUMENT = Text(
    "Sổ tay không có tài liệu nào giữ nội dung ở đây.",
    "The manual holds no document whose text is kept here.",
)
EITHER = Text(
    "Hãy nêu một thứ thôi: mã tài liệu, --register hoặc --dossier.",
    "Name one thing only: codes of documents, --register or --dossier.",
)
ISSUE_OF_ONE = Text(
    "--issue cần đúng một mã tài liệu, và không đi cùng --as-of.",
    "--issue needs the code of one document, and does not go with --as-of.",
)
WRITTEN = Text("Đã ghi {path} ({size} kB).", "Wrote {path} ({size} kB).")
SETTING = Text("Đang dàn {count} tài liệu…", "Setting {count} documents…")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help="mã tài liệu; không nêu: cả sổ tay / codes; none named: the whole manual",
    )
    parser.add_argument(
        "--dossier", metavar="KEY", help="hồ sơ trình ký / the dossier of a candidate"
    )
    parser.add_argument("--register", choices=REGISTERS, help="một danh mục / a register")
    moments.add_as_of(parser, AS_OF)
    parser.add_argument(
        "--issue",
        metavar="N[/R]",
        help="lần ban hành đã qua của một tài liệu: 2, hoặc 2/1 kèm lần sửa đổi / a past issue of "
        "a document, with its revision if wanted",
    )
    parser.add_argument(
        "--printed",
        type=parse_day,
        metavar="DAY",
        help="ghi ngày in ở chân trang / a day of printing for the foot of each sheet",
    )
    parser.add_argument(
        "--profile",
        choices=tuple(PROFILES),
        default="pdf",
        help="a: PDF/A-2b để lưu trữ; ua: PDF/A-2a và PDF/UA-1 / for archives; for screen readers",
    )
    parser.add_argument(
        "--fonts",
        type=Path,
        metavar="DIR",
        help="thư mục phông chữ cho chữ viết khác / fonts for other scripts",
    )
    add_trust_options(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    if sum(map(bool, (options.codes, options.register, options.dossier))) > 1:
        raise QmsError(EITHER)
    if options.issue and (len(options.codes) != 1 or options.as_of is not None):
        raise QmsError(ISSUE_OF_ONE)
    if options.fonts and not options.fonts.is_dir():
        raise QmsError(console.no_folder_text(options.fonts))
    context = HistoryContext(options)
    options.as_of = moments.asked_day(options, context)
    if options.issue:
        issued = past_issue(context, options.codes[0], options.issue)
        proofs = papers.proofs_on_paper(options, context, issued.standing, [issued.document])
        writer = SheetWriter(
            issued.manual, issued.standing, context.readers, options.printed, proofs
        )
        paper = writer.documents([issued.document], issued.tree, issued.changes, whole=False)
        return _write(
            options, context, paper, _file_name(issued.document.name), issued.standing.day
        )
    manual, standing, tree = papers.manual_at(context, options.as_of)
    if options.dossier:
        paper, name = dossier_paper(options, context), f"{options.dossier}.pdf"
    elif options.register:
        table = register_by_name(
            options.register,
            manual,
            standing,
            context.readers,
            tip=context.manual,
            today=context.today,
        )
        writer = SheetWriter(manual, standing, context.readers, options.printed)
        paper = writer.table(table)
        name = f"{options.register}.pdf"
    else:
        paper, name = _documents(options, context, manual, standing, tree)
    return _write(options, context, paper, name, standing.day)


def _write(
    options: argparse.Namespace, context: HistoryContext, paper: Paper, name: str, day: date
) -> int:
    """Write a paper; `name`: of its file where none was asked for."""
    content = as_pdf(paper.data, paper.pictures, day, profile=options.profile, fonts=options.fonts)
    target: Path = options.output or Path(name)
    files.write(target.parent, target.name, content, hidden=True)
    size = str((len(content) + 1023) // 1024)
    console.print_note(WRITTEN.fill({"path": str(target), "size": size}), context.lang)
    return 0


def dossier_paper(options: argparse.Namespace, context: HistoryContext) -> Paper:
    """Return the paper of a candidate's dossier, all its pages one after another."""
    git.require_history(context.repository_state)
    candidate = find_candidate(context, options.dossier)
    pages = make_dossier(options, context, candidate)
    organization = context.manual.config.organization
    return official_paper(pages, organization, candidate.title, context.readers)


def _documents(
    options: argparse.Namespace,
    context: HistoryContext,
    manual: Manual,
    standing: Register,
    tree: Tree,
) -> tuple[Paper, str]:
    """Return the paper of the documents asked for, and a name for its file."""
    chosen = _chosen(options, context, manual)
    changes = papers.change_tables(context, chosen, options.as_of)
    if len(chosen) > 1:
        console.print_note(SETTING.fill({"count": str(len(chosen))}), context.lang)
    proofs = papers.proofs_on_paper(options, context, standing, chosen)
    writer = SheetWriter(manual, standing, context.readers, options.printed, proofs)
    paper = writer.documents(chosen, tree, changes, whole=not options.codes)
    name = chosen[0].name if options.codes else manual.config.short or "manual"
    return paper, _file_name(name)


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") + ".pdf"


def _chosen(options: argparse.Namespace, context: HistoryContext, manual: Manual) -> list[Document]:
    if not options.codes:
        held = [document for document in manual.documents.values() if document.held]
        if not held:
            raise QmsError(NO_DOCUMENT)
        return held
    chosen = []
    for code in options.codes:
        document = manual.documents.get(context.document_key(code))
        if document is None:
            day = (options.as_of or context.today).isoformat()
            raise QmsError(NOT_IN_FORCE.fill({"day": day, "code": code}))
        chosen.append(document)
    return chosen
