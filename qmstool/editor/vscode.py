"""A manual → what VS Code needs to help its writers: settings, a task that marks slips after each save, and snippets. Pure.

Schemas reach YAML files only. Markdown, front matter included, is completed by snippets, which VS Code knows by itself, and marked
by the checker itself: a background task runs `qmstool check --watch`, and its lines become marks in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.editor import json_schema as schemas
from qmstool.i18n import Text
from qmstool.manual import schema as shapes
from qmstool.parsing.yaml.schema import UNKNOWN, Schema, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmstool.editor.json_schema import JsonSchema
    from qmstool.manual.model import Manual
    from qmstool.parsing.yaml.schema import Field

LABEL = "qmstool check"
# What the task says before and after each check, and VS Code waits for.
BEGINS = Text("Đang kiểm tra…", "Checking…")
ENDS = Text(
    "Đã kiểm tra; chờ lần lưu sau (Ctrl-C để dừng).",
    "Checked; waiting for the next save (Ctrl-C to stop).",
)
# A line of `--format lines`.
LINE = r"^(.+?):(\d+):(\d+):(\d+):(\d+): (error|warning|info): (\S+) (\S+: .*)$"
PARTS = ("file", "line", "column", "endLine", "endColumn", "severity", "code", "message")
# In VS Code, text suggests nothing by itself, and what is typed is saved only when asked. Enter
# ends a line; Tab takes an offer.
EDITING: JsonSchema = {
    "[markdown]": {
        "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "off"},
        "editor.wordBasedSuggestions": "off",
        "editor.acceptSuggestionOnEnter": "off",
    },
    "files.autoSave": "afterDelay",
}
NEW = Text("Tài liệu mới", "New document")
FIRST = ("code", "type", "title", "owner", "approver")


def make_task(program: Iterable[str]) -> JsonSchema:
    """The task that checks after each save; `program`: how this machine starts qmstool, its first word the executable."""
    command, *arguments = program
    return {
        "label": LABEL,
        "type": "process",
        "command": command,
        "args": [
            *arguments,
            "check",
            "--watch",
            "--format",
            "lines",
            "--root",
            "${workspaceFolder}",
        ],
        "isBackground": True,
        "runOptions": {"runOn": "folderOpen"},
        "presentation": {"reveal": "never", "panel": "dedicated"},
        "problemMatcher": {
            "owner": "qmstool",
            "source": "qmstool",
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": {
                "regexp": LINE,
                **dict(zip(PARTS, range(1, 9), strict=True)),
            },
            "background": {
                "activeOnStart": True,
                "beginsPattern": _begin_of(BEGINS),
                "endsPattern": _begin_of(ENDS),
            },
        },
    }


def make_snippets(manual: Manual) -> dict[str, JsonSchema]:
    """Front matter, its keys with what may stand there, and the codes and clauses that running text cites, for Markdown."""
    made = {
        f"{NEW.vi} / {NEW.en}": _snippet((NEW.vi, NEW.en), _front(manual), f"{NEW.vi} / {NEW.en}")
    }
    names = schemas.registered_names(manual)
    for field in shapes.DOCUMENT.fields:
        made[field.name] = _snippet(
            (field.name,), _line(field, names, 1), f"{field.note.vi} / {field.note.en}"
        )
    for said, title in _cited(manual):
        made[f"{title}: {said}"] = _snippet((said,), _plain(said), title)
    for document in manual.documents.values():
        if document.code:
            made[f"{document.title}: {document.code}"] = _snippet(
                (document.code, document.title), _plain(document.code), document.title
            )
    return made


def _snippet(prefixes: Iterable[str], body: str, description: str) -> JsonSchema:
    return {
        "scope": "markdown",
        "prefix": [each for each in prefixes if each],
        "body": body.split("\n"),
        "description": description,
    }


def _front(manual: Manual) -> str:
    """The head of a document with what is wanted most, the cursor going from one to the next."""
    fields = [field for name in FIRST if (field := shapes.DOCUMENT.field(name))]
    names = schemas.registered_names(manual)
    return "\n".join(
        ["---", *(_line(field, names, at) for at, field in enumerate(fields, 1)), "---", "", "$0"]
    )


def _line(field: Field, names: Mapping[ValueKind, tuple[str, ...]], at: int) -> str:
    """A key and the place where its value goes: a choice where this manual knows the names."""
    if isinstance(field.kind, Schema):
        inner = ", ".join(
            f"{each.name}: ${number}" for number, each in enumerate(field.kind.fields, at)
        )
        return f"{field.name}: [{{{inner}\\}}]" if field.many else f"{field.name}: {{{inner}\\}}"
    # A code of this document is new; those of others are known.
    known = names.get(field.kind, field.choices)
    place = f"${{{at}|{','.join(_choice(each) for each in known)}|}}" if known else f"${at}"
    return f"{field.name}: [{place}]" if field.many else f"{field.name}: {place}"


def _cited(manual: Manual) -> Iterator[tuple[str, str]]:
    """What running text can cite besides documents, and its title: external documents, clauses of the standards followed."""
    for external in manual.externals.values():
        if external.number != UNKNOWN:
            yield f"{external.type} {external.number}", external.title
    config = manual.config
    said = config.words[config.language].clause if config.language in config.words else ()
    for catalogue in (
        manual.catalogues[each.catalogue.text]
        for each in config.standards
        if each.catalogue.text in manual.catalogues
    ):
        for clause in catalogue.clauses.values():
            yield (
                " ".join([*said[:1], clause.number]),
                clause.title.get(config.language) if clause.title else "",
            )


def _choice(text: str) -> str:
    """A text as one of several in a snippet."""
    return _plain(text).replace(",", "\\,").replace("|", "\\|")


def _plain(text: str) -> str:
    """A text that means itself in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _begin_of(text: Text) -> str:
    """A pattern for the beginning of a sentence in either language."""
    return f"^(?:{text.vi.partition(';')[0]}|{text.en.partition(';')[0]})"
