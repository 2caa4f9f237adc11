"""Find files that nothing reads: a form nobody registered, a page saved as .txt, data as .yaml."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

FOLDERS = ("manual/", "procedures/", "clauses/")
READ = (".md", ".yml")
# How a file saved under another ending should end.
ENDINGS = {".yaml": ".yml", ".markdown": ".md", ".txt": ".md", "": ".md"}
# A picture that no page shows does no harm.
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


@about
def missing_file(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a file of a name that is missed elsewhere: `form-file-missing` reports that."""
    missing = _missing_names(facts.manual)
    return lambda subject: subject.name in missing


@about
def named_in_broken_text(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a file that a text names whose data could not be read."""
    unread = _unread_texts(facts)
    return lambda subject: subject.name in unread


@rule(
    "QMS340",
    "stray-file",
    Severity.WARNING,
    Text("Tệp không ai dùng", "A file that nothing uses"),
    Text(
        "Không tài liệu nào nêu tệp {path}, và tên tệp không phải .md hay .yml nên nó không "
        "được đọc. Nếu là biểu mẫu thì đăng ký nó bằng một tệp .md (trường file); nếu lưu nhầm "
        "đuôi thì đổi tên; nếu thừa thì xóa.",
        "No document names {path}, and it is neither .md nor .yml, so it is not read. Register "
        "a form with an .md file (the key file), rename a file saved under a wrong ending, "
        "delete one that is not needed.",
    ),
    hidden_by=(missing_file, named_in_broken_text),
)
def stray_file(facts: Facts) -> Iterator[Violation]:
    """Find files among the texts and data that no document names and no reader takes."""
    named: set[str] = set()
    for document in facts.manual.documents.values():
        named.update(document.attachments)
    for path in sorted(facts.manual.paths):
        if not path.startswith(FOLDERS) or path in named:
            continue
        if path.lower().endswith((*READ, *PICTURES)):
            continue
        name = posixpath.basename(path)
        if not name.startswith("."):
            values, subject = {"path": path}, Subject(name)
            yield Violation(Location(path), values, _other_name(name), about=(subject,))


def _missing_names(manual: Manual) -> set[str]:
    """Return the names of files that documents name and that are not in their place."""
    missing = set()
    for document in manual.documents.values():
        mark = document.front_matter.file
        if mark is None:
            continue
        if resolve_local_path(posixpath.dirname(document.path), mark.text) not in manual.paths:
            missing.add(posixpath.basename(mark.text))
    return missing


def _unread_texts(facts: Facts) -> str:
    """Return the texts whose data could not be read: what they name is used, too."""
    return "\n".join(
        source.text
        for path, source in facts.manual.sources.items()
        if path in facts.lost.broken and path.endswith(".md")
    )


def _other_name(name: str) -> str | None:
    """Return the name under which a file would be read; None where it looks like neither kind."""
    stem, suffix = posixpath.splitext(name)
    ending = ENDINGS.get(suffix.lower())
    return f"{stem}{ending}" if ending else None


RULES: tuple[Rule, ...] = (stray_file,)
