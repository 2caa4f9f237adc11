"""Write the pages of what has no text here: a form, a document that is only registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.markdown.inlines import escape
from qmstool.importing.naming import read_date, read_number
from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.importing.forms import Form

    Distribution = Sequence[Mapping[str, str]]

UNKNOWN = "unknown"
PROCEDURES = "procedures"


def page_path(key: str) -> str:
    """Return the path of the page of a document, by its key."""
    return f"{PROCEDURES}/{key.replace('/', '-')}.md"


def form_page(form: Form, file: str, holders: Distribution) -> str:
    """Return the page that refers to a form; `file`: where its file lies, as the page says it."""
    front: dict[str, object] = {"code": form.code or UNKNOWN}
    if not form.code:
        front["key"] = form.key
    front |= {"type": form.kind, "title": form.title, "file": file}
    if holders:
        front["distribution"] = holders
    if form.paper:
        front["paper"] = form.paper
    if form.parent:
        front["parent"] = form.parent
    return f"---\n{dump(front)}---\n\n# {escape(form.title)}\n"  # type: ignore[arg-type]


def registered_page(
    values: Mapping[str, str], kind: str, parent: str | None, holders: Distribution
) -> str:
    """Return the page of a document whose text is not held.

    `values`: its code; title, issue, revision and date where they are known; `parent`: what a form
    belongs to, None for what is no form.
    """
    front: dict[str, object] = {"code": values["code"], "type": kind}
    front["title"] = values.get("title") or UNKNOWN
    if parent is not None:
        front["parent"] = parent
    front |= {"owner": UNKNOWN, "approver": UNKNOWN}
    if holders:
        front["distribution"] = holders
    paper = {
        "issue": read_number(values.get("issue", "")),
        "revision": read_number(values.get("revision", "")),
        "effective": read_date(values.get("date", "")),
    }
    front["text"] = "not-held"
    front["paper"] = {part: value or UNKNOWN for part, value in paper.items()}
    return f"---\n{dump(front)}---\n"  # type: ignore[arg-type]
