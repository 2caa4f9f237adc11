"""Show what differs between two versions of a document (`qmstool diff`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.candidates.unseen import version_name
from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import as_data_have_it
from qmstool.diff.document import compare_attachments, compare_versions
from qmstool.diff.format import AT_HAND, OF_RELEASE, to_text
from qmstool.dossier.pages import redline_page
from qmstool.frozen import NamedTuple
from qmstool.git.absence import AbsenceError, no_repository
from qmstool.git.repository import NoRepository
from qmstool.i18n import QmsError, Text
from qmstool.register import versions
from qmstool.register.versions import version_attachments
from qmstool.releases.record import document_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.i18n import Lang

COMPARED = Text("So sánh {old} với {new}.", "Compared: {old} with {new}.")

LOST = Text(
    "Kho không còn nội dung của bản «{name}». Hãy tìm trong một bản sao khác của kho.",
    "The repository has lost the text of the version «{name}». Look for it in another clone.",
)

DIFFERS = Text(
    "Nội dung của bản «{name}» trong kho không khớp mã kiểm tra đã ghi nên không được dùng. Chạy "
    "qmstool verify để biết vì sao.",
    "The text of the version «{name}» in the repository does not match its recorded digest, and is "
    "not used. Run qmstool verify to see why.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("code", metavar="CODE", help="mã tài liệu / code of the document")
    version = "đợt «3», lần «1/2» hoặc ngày «2024-03-14» / release, issue/revision, or day"
    parser.add_argument(
        "old",
        nargs="?",
        metavar="OLD",
        help=f"{version}; mặc định: đang có hiệu lực / default: in force",
    )
    parser.add_argument(
        "new",
        nargs="?",
        metavar="NEW",
        help=f"{version}; mặc định: bản đang soạn / default: the text at hand",
    )
    parser.add_argument(
        "--format",
        choices=("text", "html"),
        default="text",
        help="dạng kết quả / form of the answer",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print what differs."""
    context = HistoryContext(options)
    lang = context.readers if options.format == "html" else context.lang
    named = as_data_have_it(options.old or context.today.isoformat(), context.manual.config)
    old = _recorded(context, options.code, named, lang)
    if options.new:
        named = as_data_have_it(options.new, context.manual.config)
        new = _recorded(context, options.code, named, lang)
    else:
        new = _at_hand(context, options.code, lang)
    console.print_note(COMPARED.fill({"old": old.said, "new": new.said}), context.lang)
    attachments = compare_attachments(old.attachments, new.attachments)
    changes = compare_versions(old.texts, new.texts, attachments)
    if options.format == "html":
        title = f"{options.code}: {old.name} → {new.name}"
        text = redline_page(context.tree, title, changes, lang)
    else:
        colour = console.wants_colour() and not options.output
        text = to_text(changes, lang, colour=colour)
    console.print_answer(options, text)
    return 0


class _Version(NamedTuple):
    """What is compared: its texts, the bytes beside them by path, its name short and long."""

    texts: tuple[str, ...]
    attachments: Mapping[str, bytes]
    name: str
    said: str


def _recorded(context: HistoryContext, code: str, name: str, lang: Lang) -> _Version:
    """Return a recorded version. Raises QmsError if its text is lost."""
    release, item = versions.find_version(context.document_life(code), name)
    blobs = context.texts_of_blobs(pin.blob for pin in item.files)
    texts = versions.version_texts(item, blobs)
    if texts is None and isinstance(context.repository_state, NoRepository):
        absence = no_repository(context.repository_state.folder)
        raise AbsenceError(absence, [pin.path for pin in item.files])
    if texts is None and all(pin.blob in blobs for pin in item.files):
        raise QmsError(DIFFERS.fill({"name": name}))
    if texts is None:
        raise QmsError(LOST.fill({"name": name}))
    number = release.number
    short = OF_RELEASE.fill({"number": str(number)}).get(lang)
    attachments = {path: blobs[blob] for path, blob in version_attachments(item).items()}
    return _Version(texts, attachments, short, version_name((release, item)).get(lang))


def _at_hand(context: HistoryContext, code: str, lang: Lang) -> _Version:
    """Return a document as it is now; nothing where it is gone."""
    name = AT_HAND.get(lang)
    document = context.manual.documents.get(context.document_key(code))
    if document is None:
        return _Version((), {}, name, name)
    texts = tuple(file.source.text for file in document.files)
    beside = set(document_files(document)) - {file.path for file in document.files}
    return _Version(texts, context.tree.read_all(sorted(beside)), name, name)
