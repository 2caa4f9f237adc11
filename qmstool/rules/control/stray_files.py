"""The rule on files that nothing reads: a form nobody registered, a page saved as .txt, data saved as .yaml."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.findings import Location, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("manual/", "procedures/", "clauses/")
READ = (".md", ".yml")
# A picture that no page shows does no harm.
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")


def stray_file(facts: Facts) -> Iterator[Violation]:
    """Files among the texts and data that no document names and no reader takes."""
    missing = {
        posixpath.basename(mark.text)
        for document in facts.manual.documents.values()
        if (mark := document.record.get("file")) is not None
        and resolve_local_path(posixpath.dirname(document.path), mark.text)
        not in facts.manual.paths
    }
    # What a document names whose own data could not be read is used, too.
    unread = "\n".join(
        source.text
        for path, source in facts.manual.sources.items()
        if path in facts.lost.broken and path.endswith(".md")
    )
    named = {path for document in facts.manual.documents.values() for path in document.attachments}
    for path in sorted(facts.manual.paths):
        if (
            not path.startswith(FOLDERS)
            or path in named
            or path.lower().endswith((*READ, *PICTURES))
        ):
            continue
        stem, suffix = posixpath.splitext(path)
        name = posixpath.basename(path)
        if name.startswith(".") or name in missing or name in unread:
            continue  # `form-file-missing` asks for the second
        other = {
            ".yaml": f"{stem}.yml",
            ".markdown": f"{stem}.md",
            ".txt": f"{stem}.md",
            "": f"{stem}.md",
        }.get(suffix.lower())
        yield Violation(
            Location(path), {"path": path}, posixpath.basename(other) if other else None
        )


# fmt: off
RULES = (
    Rule(
        "QMS340", "stray-file", Severity.WARNING,
        Text("Tệp không ai dùng", "A file that nothing uses"),
        Text(
            "Không tài liệu nào nêu tệp {path}, và tên tệp không phải .md hay .yml nên nó "
            "không được đọc. Nếu là biểu mẫu thì "
            "đăng ký nó bằng một tệp .md (trường file); nếu lưu nhầm đuôi thì đổi tên; nếu "
            "thừa thì xóa.",
            "No document names {path}, and it is neither .md nor .yml, so it is not read. "
            "Register a form with an .md file (the "
            "key file), rename a file saved under a wrong ending, delete one that is not needed.",
        ),
        stray_file,
    ),
)
