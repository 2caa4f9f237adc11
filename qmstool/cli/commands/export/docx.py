"""Write a document for Word, or what changed in it as tracked changes (`qmstool export docx`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.cli import console, moments, papers
from qmstool.cli.commands.export import pdf
from qmstool.cli.commands.export.past import texts_of_version
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import as_data_have_it
from qmstool.cli.release.dossier_folder import find_candidate, folder_name, make_dossier
from qmstool.cli.trusted import add_trust_options
from qmstool.export.sheets import Paper, SheetWriter, official_paper
from qmstool.export.word.document import as_docx, text_blocks
from qmstool.export.word.origins import AuthoredText
from qmstool.export.word.revisions import Author
from qmstool.git import presence
from qmstool.git import repository as git
from qmstool.git.absence import is_refusal
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.register.status import register
from qmstool.register.versions import find_version, life_of
from qmstool.storage import files
from qmstool.storage.pinned_tree import commit_tree

if TYPE_CHECKING:
    import argparse

    from qmstool.git.commits import Commit
    from qmstool.manual.documents import Document
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.storage.tree import Tree

ONE_THING = Text(
    "Hãy nêu mã một tài liệu, hoặc --dossier.", "Name the code of a document, or --dossier."
)
FOLDER_WRITTEN = Text(
    "Đã ghi {count} tệp Word vào {folder}.", "Wrote {count} Word files into {folder}."
)
UNCOMMITTED = Text(
    "«{name}» có chỗ chưa lưu vào git. Nếu gửi tệp Word cho người khác sửa, hãy lưu trước rồi xuất "
    "lại: khi về, tệp tìm được đúng bản đã gửi đi.",
    "«{name}» is not all committed. If somebody is to edit the Word file, commit first and export "
    "again: coming back, the file then finds the very text that went out.",
)
NOT_COMMITTED = Text("chưa lưu vào git", "not committed")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
MOST_COMMITS = 200  # whose changes are told apart; those of older ones are the first one's
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
    add_trust_options(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    if bool(options.code) == bool(options.dossier):
        raise QmsError(ONE_THING)
    context = HistoryContext(options)
    if options.dossier:
        return _write_dossier(options, context)
    asked = moments.asked_day(options, context)
    manual, standing, tree = papers.manual_at(context, asked)
    key = context.document_key(options.code)
    document = manual.documents.get(key)
    if document is None:
        day = (asked or context.today).isoformat()
        raise QmsError(pdf.NOT_IN_FORCE.fill({"day": day, "code": options.code}))
    # What changed is told of the text alone.
    proofs = (
        {} if options.compare else papers.proofs_on_paper(options, context, standing, [document])
    )
    paper = papers.document_paper(context, manual, standing, tree, document, asked, proofs=proofs)
    named = papers.name_text(context, document, tree, standing, in_force=asked is not None)
    _warn_of_uncommitted(context, document)
    old = None
    versions: list[AuthoredText] = []
    if options.compare:
        life = life_of(context.manual.releases, key)
        version = as_data_have_it(options.compare, context.manual.config)
        recorded = find_version(life, version)
        old = _old_paper(context, *recorded, version)
        versions = _versions(options.root, context, document, recorded, (old, paper))
    template, letterhead = _template(options, context.tree)
    content = as_docx(
        paper,
        standing.day,
        old=old,
        versions=versions,
        author=versions[-1].author if versions else None,
        template=letterhead,
        template_name=template,
        named=named,
    )
    name = re.sub(r"[^\w.-]+", "-", document.name).strip("-.")
    target: Path = options.output or Path(f"{name}.docx")
    files.write(target.parent, target.name, content, hidden=True)
    size = str((len(content) + 1023) // 1024)
    console.print_note(pdf.WRITTEN.fill({"path": str(target), "size": size}), context.lang)
    return 0


def _warn_of_uncommitted(context: HistoryContext, document: Document) -> None:
    """Say that a file of a text that git has not will not find it again when it comes back."""
    if context.repository is None:
        return
    paths = [file.path for file in document.files]
    uncommitted = presence.find_uncommitted(context.repository, paths)
    context.tree.require_unsaved()
    if not uncommitted.keys().isdisjoint(paths):
        console.print_note(UNCOMMITTED.fill({"name": document.name}), context.lang)


def _write_dossier(options: argparse.Namespace, context: HistoryContext) -> int:
    """Write a Word file for each page of a dossier, to be finished by hand."""
    git.require_history(context.repository_state)
    candidate = find_candidate(context, options.dossier)
    organization = context.manual.config.organization
    template, letterhead = _template(options, context.tree)
    folder: Path = options.output or Path(folder_name(context, options.dossier))
    made = {}
    for name, html in make_dossier(options, context, candidate).items():
        paper = official_paper({name: html}, organization, candidate.title, context.readers)
        stem = name.removesuffix(".html")
        made[f"{stem}.docx"] = as_docx(
            paper, context.today, template=letterhead, template_name=template
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


def _versions(
    root: Path,
    context: HistoryContext,
    document: Document,
    old: tuple[Release, ReleaseItem],
    papers_of_ends: tuple[Paper, Paper],
) -> list[AuthoredText]:
    """Return the versions of a text from a recorded one to that on paper, each with its author.

    A commit whose manual cannot be read is passed over: its changes are the next one's. Raises
    QmsError where git does not answer any more.
    """
    first, last = (tuple(text_blocks(paper)) for paper in papers_of_ends)
    versions = [AuthoredText(first, Author("", ""))]
    for commit in _commits_since(context, document, old):
        try:
            tree = commit_tree(root, commit.id)
            manual = load(tree)
            known = manual.documents[document.key]
        except (QmsError, KeyError) as error:
            if is_refusal(error):
                raise
            continue
        standing = register(manual, manual.releases, context.today)
        writer = SheetWriter(manual, standing, context.readers)
        paper = writer.documents([known], tree, {}, whole=False)
        versions.append(AuthoredText(tuple(text_blocks(paper)), _author(commit)))
    same = [number for number, version in enumerate(versions) if version.blocks == last]
    if same and same[-1]:
        return versions[: same[-1] + 1]
    moment = datetime.combine(context.today, datetime.min.time(), UTC).strftime(MOMENT)
    return [*versions, AuthoredText(last, Author(NOT_COMMITTED.get(context.readers), moment))]


def _author(commit: Commit) -> Author:
    """Return who made a commit, when, and why: the reason that it gives, else its subject."""
    moment = datetime.fromisoformat(commit.authored).astimezone(UTC).strftime(MOMENT)
    reason = "; ".join(commit.trailer_values("Reason")) or commit.subject
    return Author(commit.author.name, moment, f"{reason} ({commit.id[:8]})")


def _commits_since(
    context: HistoryContext, document: Document, old: tuple[Release, ReleaseItem]
) -> list[Commit]:
    """Return the commits that touched a document since a recorded version, the oldest first."""
    if context.history is None:
        return []
    released = {pin.blob for pin in old[1].files}
    touched: set[str] = set()
    for file in document.files:
        for touch in context.history.life(file.path):
            if touch.blob in released:
                break
            touched.add(touch.commit.id)
    newest = [commit for commit in context.history.commits if commit.id in touched]
    return newest[:MOST_COMMITS][::-1]


def _template(options: argparse.Namespace, tree: Tree) -> tuple[str, bytes | None]:
    """Return the name and bytes of a template: the one named, else the manual's only one.

    "" and None without one. Raises QmsError if it cannot be read.
    """
    if options.template:
        return str(options.template), console.read_user_file(options.template)
    found = [path for path in tree.list() if _is_template(path)]
    return (found[0], tree.read(found[0])) if len(found) == 1 else ("", None)


def _is_template(path: str) -> bool:
    """Whether a file of the manual is a template for Word."""
    folder, _, name = path.rpartition("/")
    return folder == TEMPLATES and name.endswith(".docx")
