"""Write what VS Code needs to help the writers of a manual: settings, a task and snippets.

Schemas reach YAML files only. Markdown, front matter included, is completed by snippets, which
VS Code knows by itself, and marked by the checker: a background task runs `qmstool check --watch`,
and its lines become marks in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.editor.json_schema import registered_names
from qmstool.i18n import Text
from qmstool.manual.schema.documents import DOCUMENT
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
    """Return the task that checks after each save.

    `program`: how this machine starts qmstool, its first word the executable.
    """
    command, *arguments = program
    check = ("check", "--watch", "--format", "lines", "--root", "${workspaceFolder}")
    return {
        "label": LABEL,
        "type": "process",
        "command": command,
        "args": [*arguments, *check],
        "isBackground": True,
        "runOptions": {"runOn": "folderOpen"},
        "presentation": {"reveal": "never", "panel": "dedicated"},
        "problemMatcher": _problem_matcher(),
    }


def _problem_matcher() -> JsonSchema:
    """Return how VS Code makes marks of the lines of the checker."""
    groups = dict(zip(PARTS, range(1, 9), strict=True))
    return {
        "owner": "qmstool",
        "source": "qmstool",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": LINE, **groups},
        "background": {
            "activeOnStart": True,
            "beginsPattern": _beginning_pattern(BEGINS),
            "endsPattern": _beginning_pattern(ENDS),
        },
    }


def make_snippets(manual: Manual) -> dict[str, JsonSchema]:
    """Return snippets for Markdown.

    Front matter, its keys with what may stand there, and the codes and clauses that running text
    cites.
    """
    new = f"{NEW.vi} / {NEW.en}"
    snippets = {new: _snippet((NEW.vi, NEW.en), _front_matter(manual), new)}
    names = registered_names(manual)
    for field in DOCUMENT.fields:
        description = f"{field.note.vi} / {field.note.en}"
        snippets[field.name] = _snippet((field.name,), _line(field, names, 1), description)
    for words, title in _citable(manual):
        snippets[f"{title}: {words}"] = _snippet((words,), _plain(words), title)
    for document in manual.documents.values():
        code, title = document.code, document.title
        if code:
            snippets[f"{title}: {code}"] = _snippet((code, title), _plain(code), title)
    return snippets


def _snippet(prefixes: Iterable[str], body: str, description: str) -> JsonSchema:
    return {
        "scope": "markdown",
        "prefix": [prefix for prefix in prefixes if prefix],
        "body": body.split("\n"),
        "description": description,
    }


def _front_matter(manual: Manual) -> str:
    """Return the head of a document with what is wanted most; the cursor goes from key to key."""
    names = registered_names(manual)
    fields = [DOCUMENT.field(name) for name in FIRST]
    lines = [_line(field, names, stop) for stop, field in enumerate(fields, 1) if field]
    return "\n".join(["---", *lines, "---", "", "$0"])


def _line(field: Field, names: Mapping[ValueKind, tuple[str, ...]], stop: int) -> str:
    """Return a key and the place of its value: a choice where this manual knows the names.

    `stop`: the number of the place among those that the cursor goes to.
    """
    if isinstance(field.kind, Schema):
        keys = [f"{inner.name}: ${number}" for number, inner in enumerate(field.kind.fields, stop)]
        value = f"{{{', '.join(keys)}\\}}"
    else:
        # A code of this document is new; those of others are known.
        known = names.get(field.kind, field.choices)
        choices = ",".join(_choice(name) for name in known)
        value = f"${{{stop}|{choices}|}}" if known else f"${stop}"
    return f"{field.name}: [{value}]" if field.many else f"{field.name}: {value}"


def _citable(manual: Manual) -> Iterator[tuple[str, str]]:
    """Yield what running text can cite besides documents, each with its title.

    External documents, and clauses of the standards followed.
    """
    for external in manual.externals.values():
        if external.number != UNKNOWN:
            yield f"{external.type} {external.number}", external.title
    config = manual.config
    own_words = config.words.get(config.language)
    clause_words = own_words.clause[:1] if own_words else ()
    for standard in config.standards:
        catalogue = manual.catalogues.get(standard.catalogue.text)
        if catalogue is None:
            continue
        for clause in catalogue.clauses.values():
            title = clause.title.get(config.screen) if clause.title else ""
            yield " ".join([*clause_words, clause.number]), title


def _choice(text: str) -> str:
    """Return a text as one of several in a snippet."""
    return _plain(text).replace(",", "\\,").replace("|", "\\|")


def _plain(text: str) -> str:
    """Return a text that means itself in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _beginning_pattern(text: Text) -> str:
    """Return a pattern for the beginning of a sentence in either language."""
    vi, _, _ = text.vi.partition(";")
    en, _, _ = text.en.partition(";")
    return f"^(?:{vi}|{en})"
