"""Write a document for Word, or what changed in it as tracked changes (`qmstool export docx`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, moments
from qmstool.cli.commands.export import pdf
from qmstool.cli.commands.export.past import texts_of_version
from qmstool.cli.context import HistoryContext
from qmstool.cli.release.dossier_folder import find_candidate, make_dossier
from qmstool.export.sheets import Paper, SheetWriter, official_paper
from qmstool.export.word.document import as_docx
from qmstool.export.word.writer import Author
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.register.status import register
from qmstool.register.versions import find_version, life_of
from qmstool.storage import files

if TYPE_CHECKING:
    import argparse

    from qmstool.git.commits import Commit
    from qmstool.manual.documents import Document
    from qmstool.manual.releases import Release, ReleaseItem

ONE_THING = Text(
    "Hãy nêu mã một tài liệu, hoặc --dossier.", "Name the code of a document, or --dossier."
)
FOLDER_WRITTEN = Text(
    "Đã ghi {count} tệp Word vào {folder}.", "Wrote {count} Word files into {folder}."
)
TEMPLATES = "templates/word"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="mã tài liệu / code of the document"
    )
    parser.add_argument(
        "--dossier",
        metavar="KEY",
        help="hồ sơ trình ký: mỗi trang một tệp, vào thư mục --output / a candidate's dossier, a "
        "file for each page, into the folder --output",
    )
    parser.add_argument(
        "--compare",
        metavar="OLD",
        help="dấu vết sửa đổi so với đợt «3», lần «1/2» hoặc ngày / tracked changes since a "
        "release, issue/revision or day",
    )
    moments.add_as_of(parser, pdf.AS_OF)
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help=f"mẫu Word của cơ quan; mặc định {TEMPLATES}/*.docx / a template of your own",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    if bool(options.code) == bool(options.dossier):
        raise QmsError(ONE_THING)
    context = HistoryContext(options)
    if options.dossier:
        return _write_dossier(options, context)
    asked = moments.asked_day(options, context)
    manual, standing, tree = pdf.manual_at(context, asked)
    key = context.document_key(options.code)
    document = manual.documents.get(key)
    if document is None:
        day = (asked or context.today).isoformat()
        raise QmsError(pdf.NOT_IN_FORCE.fill({"day": day, "code": options.code}))
    writer = SheetWriter(manual, standing, context.readers)
    changes = pdf.change_tables(context, [document], asked)
    paper = writer.documents([document], tree, changes, whole=False)
    old, author = None, None
    if options.compare:
        life = life_of(context.manual.releases, key)
        release, item = find_version(life, options.compare)
        old = _old_paper(context, release, item, options.compare)
        author = _author(context, document, (release, item))
    template = _template(options)
    content = as_docx(
        paper,
        standing.day,
        old=old,
        author=author,
        template=console.read_user_file(template) if template else None,
        template_name=str(template or ""),
    )
    name = re.sub(r"[^\w.-]+", "-", document.name).strip("-.")
    target: Path = options.output or Path(f"{name}.docx")
    files.write(target.parent, target.name, content, hidden=True)
    size = str((len(content) + 1023) // 1024)
    console.print_note(pdf.WRITTEN.fill({"path": str(target), "size": size}), context.lang)
    return 0


def _write_dossier(options: argparse.Namespace, context: HistoryContext) -> int:
    """Write a Word file for each page of a dossier, to be finished by hand."""
    git.require_history(context.repository_state)
    candidate = find_candidate(context, options.dossier)
    organization = context.manual.config.organization
    template = _template(options)
    letterhead = console.read_user_file(template) if template else None
    folder: Path = options.output or Path(f"ho-so-{options.dossier}")
    made = {}
    for name, html in make_dossier(options, context, candidate).items():
        paper = official_paper({name: html}, organization, candidate.title, context.readers)
        stem = name.removesuffix(".html")
        made[f"{stem}.docx"] = as_docx(
            paper, context.today, template=letterhead, template_name=str(template or "")
        )
    for name, content in made.items():
        files.write(folder, name, content)
    console.print_note(
        FOLDER_WRITTEN.fill({"count": str(len(made)), "folder": str(folder)}), context.lang
    )
    return 0


def _old_paper(context: HistoryContext, release: Release, item: ReleaseItem, name: str) -> Paper:
    """Return the paper of a recorded version, from the very files that it pins."""
    manual, tree = texts_of_version(context, release, item, name)
    document = manual.documents[item.key]
    standing = register(manual, (release,), context.today)
    writer = SheetWriter(manual, standing, context.readers)
    return writer.documents([document], tree, {}, whole=False)


def _author(
    context: HistoryContext, document: Document, old: tuple[Release, ReleaseItem]
) -> Author | None:
    """Return who changed the document last since a version, and when."""
    commit = _last_commit(context, document, old)
    if commit is None:
        return None
    moment = datetime.fromisoformat(commit.authored).astimezone(UTC)
    return Author(commit.author.name, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _last_commit(
    context: HistoryContext, document: Document, old: tuple[Release, ReleaseItem]
) -> Commit | None:
    if context.history is None:
        return None
    released = {pin.blob for pin in old[1].files}
    newest: Commit | None = None
    for file in document.files:
        for touch in context.history.life(file.path):
            if touch.blob in released:
                break
            if newest is None or touch.commit.authored > newest.authored:
                newest = touch.commit
    return newest


def _template(options: argparse.Namespace) -> Path | None:
    """Return the template named, else the only one in the manual's own folder for them."""
    if options.template:
        named: Path = options.template
        return named
    found = sorted((options.root / TEMPLATES).glob("*.docx"))
    return found[0] if len(found) == 1 else None
