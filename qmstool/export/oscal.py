"""Write a statement of applicability for programs of security people: OSCAL, as JSON.

What goes in: a manual, its standards with controls, and of which commit it is. What comes out: a
component definition that says of every control what was decided, or the catalogue of a standard
with numbers and short titles, to which the first refers. The same commit gives the same text: every
UUID is made of what it names (RFC 9562, version 5). Pure.

Source of the form: NIST, OSCAL component definition and catalog models; ADR 0023 says why these.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.tables.clauses import clause_title, document_name, record_title
from qmstool.tables.registers import NOT_KNOWN
from qmstool.tables.statement import (
    SECTION,
    TITLE,
    reason_text,
    statement_row,
)
from qmstool.terminal import escape_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.manual.standards import Catalogue, CoverageRow

Node = dict[str, Any]

VERSION = "1.2.1"
NAMESPACE = "urn:qmstool:statement-of-applicability"  # of properties that OSCAL does not define
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
# OSCAL's data type «token», as its JSON schemas have it, less the letters beyond ASCII.
_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NOT_IN_TOKENS = re.compile(r"[^A-Za-z0-9_.-]")
_BLANKS = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_^~\[\]<>{}$|#])")

CATALOGUE_TITLE = Text("Biện pháp kiểm soát: {standard}", "Controls: {standard}")
CATALOGUE_REMARKS = Text(
    "Chỉ số và tên ngắn; nội dung xem trong tiêu chuẩn.",
    "Numbers and short titles only; for the text see the standard.",
)
COMPONENT_PURPOSE = Text(
    "Hệ thống quản lý, như sổ tay của tổ chức mô tả.",
    "The management system, as the organization's manual describes it.",
)
NOTHING_SAID = Text("Sổ tay chưa ghi gì.", "The manual says nothing of it yet.")
EXCLUDED = Text("Không áp dụng: {reason}", "Not applicable: {reason}")
APPLIES = Text("Áp dụng: {reasons}.", "Applicable: {reasons}.")
APPLIES_UNEXPLAINED = Text("Áp dụng.", "Applicable.")
WHERE = Text("Ở đâu: {places}.", "Where: {places}.")

# The states of a control by OSCAL's own names (implementation-status).
STATES = {"yes": "implemented", "partly": "partial", "planned": "planned"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which state of the manual a file speaks.

    `moment`: when the commit was made, ISO 8601 with its zone; `version`: how the state is called.
    """

    moment: str
    version: str


def as_oscal(manual: Manual, catalogues: Sequence[Catalogue], origin: Origin, lang: Lang) -> str:
    """Return the statements of applicability of standards as one component definition."""
    return _written(_Statement(manual, catalogues, origin, lang).made())


def as_oscal_catalogue(catalogue: Catalogue, origin: Origin, lang: Lang) -> str:
    """Return the controls of a standard as an OSCAL catalogue: numbers and short titles."""
    groups: dict[str, list[str]] = {}
    for number in catalogue.controls:
        groups.setdefault(catalogue.clauses[number].parent, []).append(number)
    content = {
        "metadata": _metadata(_standard(catalogue, CATALOGUE_TITLE, lang), origin)
        | {"remarks": CATALOGUE_REMARKS.get(lang)},
        "groups": [
            {
                "id": token(number),
                "title": _line(clause_title(catalogue, number, lang) or number),
                "props": [{"name": "label", "value": number}],
                "controls": [_control(catalogue, each, lang) for each in controls],
            }
            for number, controls in groups.items()
        ],
    }
    return _written({"catalog": _named(content)})


def catalogue_name(catalogue: Catalogue) -> str:
    """Return how the file of a standard's controls is called beside the statement."""
    return f"{token(catalogue.key)}-catalog.json"


def token(name: str) -> str:
    """Return a name as OSCAL takes it for an id: A.5.1 as it is, 5.1 with a letter before it."""
    if _TOKEN.fullmatch(name):
        return name
    return "c-" + _NOT_IN_TOKENS.sub("-", name)


class _Statement:
    """Makes one component definition; collects the roles and documents that it names."""

    def __init__(
        self, manual: Manual, catalogues: Sequence[Catalogue], origin: Origin, lang: Lang
    ) -> None:
        self._manual = manual
        self._catalogues = catalogues
        self._origin = origin
        self._lang: Lang = lang
        self._roles: dict[str, Node] = {}
        self._resources: dict[str, Node] = {}

    def made(self) -> Node:
        organization, lang = self._manual.config.organization, self._lang
        answers = [self._control_implementation(each) for each in self._catalogues]
        party = {
            "uuid": _uuid("organization", organization),
            "type": "organization",
            "name": _plain(organization),
        }
        component = {
            "uuid": _uuid("component", organization),
            "type": "policy",
            "title": _line(organization),
            "description": COMPONENT_PURPOSE.get(lang),
            "control-implementations": answers,
        }
        names = ", ".join(each.name for each in self._catalogues)
        metadata = _metadata(TITLE.fill({"standard": names}).get(lang), self._origin)
        if self._roles:
            metadata["roles"] = list(self._roles.values())
        metadata["parties"] = [party]
        return {
            "component-definition": _named(
                {
                    "metadata": metadata,
                    "components": [component],
                    "back-matter": {"resources": list(self._resources.values())},
                }
            )
        }

    def _control_implementation(self, catalogue: Catalogue) -> Node:
        return {
            "uuid": _uuid("answers", catalogue.key),
            "source": "#" + self._catalogue_resource(catalogue),
            "description": _standard(catalogue, TITLE, self._lang),
            "implemented-requirements": [
                self._requirement(catalogue, number) for number in catalogue.controls
            ],
        }

    def _requirement(self, catalogue: Catalogue, number: str) -> Node:
        row = statement_row(self._manual, catalogue, number)
        node: Node = {
            "uuid": _uuid("answer", catalogue.key, number),
            "control-id": token(number),
            "description": _markdown(self._description(row)),
            "props": [_property("label", number), *_properties(row)],
        }
        if row is None or row.excluded is not None:
            return node
        links = [
            *(self._link("document", mark.text) for mark in row.documents),
            *(self._link("record", mark.text) for mark in row.records),
        ]
        if links:
            node["links"] = links
        if row.role is not None and row.role.text != UNKNOWN:
            node["responsible-roles"] = [{"role-id": self._role(row.role.text)}]
        return node

    def _description(self, row: CoverageRow | None) -> str:
        """Return in words what was decided of a control, why, and where it is done."""
        lang = self._lang
        if row is None:
            return NOTHING_SAID.get(lang)
        if row.excluded is not None:
            reason = row.excluded.text or NOT_KNOWN.get(lang)
            return EXCLUDED.fill({"reason": reason}).get(lang)
        reasons = "; ".join(reason_text(reason, lang) for reason in row.because)
        said = [APPLIES.fill({"reasons": reasons}) if reasons else APPLIES_UNEXPLAINED]
        places = [SECTION.fill({"section": row.section.text}).get(lang)] if row.section else []
        places += [document_name(self._manual, mark.text) for mark in row.documents]
        places += [record_title(self._manual, mark.text) for mark in row.records]
        if places:
            said.append(WHERE.fill({"places": "; ".join(places)}))
        return " ".join(text.get(lang) for text in said)

    def _role(self, key: str) -> str:
        """Return the id of whoever answers for a control, and note it for the head of the file."""
        ident = token(key)
        title = _line(self._manual.config.role_name(key))
        self._roles.setdefault(ident, {"id": ident, "title": title})
        return ident

    def _link(self, kind: str, key: str) -> Node:
        """Return a link to a document or record, and note it for the end of the file."""
        ident = _uuid(kind, key)
        manual = self._manual
        title = document_name(manual, key) if kind == "document" else record_title(manual, key)
        self._resources.setdefault(
            ident, {"uuid": ident, "title": _line(title), "props": [_property(kind, key)]}
        )
        return {"href": "#" + ident, "rel": "reference", "text": _line(title)}

    def _catalogue_resource(self, catalogue: Catalogue) -> str:
        """Return the UUID of the entry that says in which file the controls are listed."""
        ident = _uuid("catalogue", catalogue.key)
        text = as_oscal_catalogue(catalogue, self._origin, self._lang)
        self._resources[ident] = {
            "uuid": ident,
            "title": _standard(catalogue, CATALOGUE_TITLE, self._lang),
            "rlinks": [
                {
                    "href": catalogue_name(catalogue),
                    "media-type": "application/oscal+json",
                    "hashes": [{"algorithm": "SHA-256", "value": _sha256(text)}],
                }
            ],
        }
        return ident


def _properties(row: CoverageRow | None) -> Iterable[Node]:
    """Yield what was decided of a control as values that a program reads."""
    if row is None:
        yield _property("applicable", "unknown")
        return
    if row.excluded is not None:
        yield _property("applicable", "no")
        yield _property("implementation-status", "not-applicable")
        return
    yield _property("applicable", "yes")
    for reason in row.because:
        yield _property("justification", reason.by, reason.what)
    if row.implemented in STATES:
        yield _property("implementation-status", STATES[row.implemented])
    day = written_day(row.planned)
    if day and day != UNKNOWN:
        yield _property("planned-completion-date", day)
    if row.section is not None:
        yield _property("section", row.section.text)


def _control(catalogue: Catalogue, number: str, lang: Lang) -> Node:
    clause = catalogue.clauses[number]
    node: Node = {
        "id": token(number),
        "title": _line(clause_title(catalogue, number, lang) or number),
        "props": [{"name": "label", "value": number}],
    }
    if clause.checked:
        node["props"].append(_property("title-read-in", clause.checked))
    return node


def _metadata(title: str, origin: Origin) -> Node:
    return {
        "title": _line(title),
        "last-modified": origin.moment,
        "version": _plain(origin.version),
        "oscal-version": VERSION,
    }


def _named(content: Node) -> Node:
    """Return a file's content under a UUID of its own: another one with each change of it."""
    return {"uuid": _uuid("file", _written(content)), **content}


def _property(name: str, value: str, remarks: str = "") -> Node:
    made = {"name": name, "ns": NAMESPACE, "value": _plain(value)}
    return made | {"remarks": _markdown(remarks)} if remarks else made


def _standard(catalogue: Catalogue, title: Text, lang: Lang) -> str:
    return title.fill({"standard": catalogue.name}).get(lang)


def _plain(text: str) -> str:
    """Return a text as a string of OSCAL: one line, no blank at its ends, never empty."""
    return _BLANKS.sub(" ", text).strip() or "?"


def _markdown(text: str) -> str:
    """Return a text for a field that OSCAL reads as Markdown: what has a meaning there is told."""
    return _MARKDOWN.sub(r"\\\1", text)


def _line(text: str) -> str:
    return _markdown(_plain(text))


def _uuid(*names: str) -> str:
    return str(uuid.uuid5(_ROOT, "\x1f".join(names)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _written(content: Node) -> str:
    return escape_json(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"
