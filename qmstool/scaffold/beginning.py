"""Make the files that a new manual begins with, from a few answers about the organization.

What goes in: the organization's name and language, the catalogues that it follows, its units. What
comes out: path → content of every file, a manual that passes `check`. Nobody is named and nothing
is claimed: who owns and approves a document is `unknown` until somebody says so. Pure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qmstool.frozen import dataclass, field
from qmstool.manual.documents import MAIN_FILE
from qmstool.releases.canonical_yaml import dump
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.standards import Catalogue, Clause

LEVEL_OF_SECTIONS = 2  # a section answers a clause such as 7.1 with all that stand below it


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new manual is told of its organization.

    `units`: abbreviation as it stands in codes → name; `url`: where the site will be published,
    `edit_url`: where readers propose a change, "" for neither yet. What documents that are taken
    in say besides: `codes`: type → shape of its codes, "" for none; `roles`: key → name, and the
    types that this office approved; `people`: key → name.
    """

    name: str
    short: str
    language: Lang
    timezone: str
    units: Mapping[str, str]
    url: str = ""
    edit_url: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


IGNORED = (
    "/site/\n/build/\n/.qms-cache/\n/.site.*\n.qms-unfinished-*\n/.venv/\n.DS_Store\nThumbs.db\n"
    "~$*\n*.swp\n"
)
ATTRIBUTES = (
    "# Text keeps its line ends: digests and seals are over bytes.\n"
    "*.md text eol=lf\n*.yml text eol=lf\nreleases/** text eol=lf\nreleases/evidence/** -text\n"
)
REGISTERS = (
    ("external", "procedures/external.yml"),
    ("records", "procedures/records.yml"),
    ("abbreviations", "manual/abbreviations.yml"),
)


class Words:
    """What a new manual of one language begins with: `templates/scaffold/<language>/`.

    A language that has none begins in English.
    """

    def __init__(self, language: str) -> None:
        self.folder = f"templates/scaffold/{language}"
        self.is_translated = True
        if resources.find(None, f"{self.folder}/beginning.json") is None:
            self.folder = "templates/scaffold/en"
            self.is_translated = False
        self.data: dict[str, Any] = json.loads(self.text("beginning.json"))

    def text(self, name: str) -> str:
        """Return a file of the folder."""
        return (resources.find(None, f"{self.folder}/{name}") or b"").decode("utf-8")


def initial_files(
    answers: Answers, catalogues: Sequence[Catalogue], sections: Collection[str] | None = None
) -> dict[str, str]:
    """Return path → content of a new manual; the first catalogue orders its sections.

    `sections`: numbers of those that are there already, taken in from elsewhere; None: a section
    is begun for each clause.
    """
    words = Words(answers.language)
    files = {"qms.yml": _manifest(answers, words, catalogues)}
    if sections is None:
        files |= _sections(answers, words, catalogues)
        sections = list(catalogues[0].clauses)
    for number, catalogue in enumerate(catalogues):
        mapping = _mapping(catalogue, words, sections if number == 0 else ())
        files[f"clauses/mapping/{catalogue.key}.yml"] = mapping
    files |= {path: words.text(f"{name}.yml") for name, path in REGISTERS}
    files[words.data["guide"]] = words.text("guide.md").replace("{name}", answers.name)
    files[".gitignore"] = IGNORED
    files[".gitattributes"] = ATTRIBUTES
    return files


def section_path(clause: Clause) -> str:
    """Return where the section that answers a clause is kept."""
    return f"manual/{clause.number}.md"


def is_control(clause: Clause) -> bool:
    """Whether a clause is of an annex of controls, which no section answers by itself."""
    return not clause.number[0].isdigit()


def clause_title(clause: Clause, lang: Lang) -> str:
    """Return a clause's number and short title."""
    title = clause.title.get(lang) if clause.title else ""
    return f"{clause.number}. {title}" if title else clause.number


def _manifest(answers: Answers, words: Words, catalogues: Sequence[Catalogue]) -> str:
    organization = {"name": answers.name}
    if answers.short:
        organization["short"] = answers.short
    site = {"url": answers.url, "edit_url": answers.edit_url}
    site = {key: value for key, value in site.items() if value}
    director = words.data["director"]
    types = words.data["types"]
    approves = [key for key, kind in types.items() if "approver" in kind["requires"]]
    record: dict[str, Any] = {"schema": "1", "organization": organization}
    record |= {"language": str(answers.language), "timezone": answers.timezone}
    if site:
        record["site"] = site
    record["standards"] = [{"catalogue": catalogue.key} for catalogue in catalogues]
    record["types"] = _types(types, answers)
    record["units"] = {key: {"name": unit} for key, unit in answers.units.items()}
    roles: dict[str, Any] = {director["key"]: {"name": director["name"], "approves": approves}}
    for key, (name, approved) in answers.roles.items():
        roles.setdefault(key, {"name": name, "approves": list(approved)})
    record["roles"] = roles
    if answers.people:
        record["people"] = {key: {"name": name} for key, name in answers.people.items()}
    if words.data["external_shapes"]:
        record["citations"] = {"external": words.data["external_shapes"]}
    return f"{words.data['manifest']}\n{dump(record)}"


# The languages that a text of the manifest may be in besides the manual's.
TWO = frozenset({"vi", "en"})


def _types(types: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the types, each with its English name beside its own, and the shape of its codes."""
    english = Words("en").data["types"]
    named = {}
    for key, kind in types.items():
        name: Any = kind["name"]
        # A text of the manifest is in the manual's language, or in Vietnamese and English.
        if answers.language in TWO:
            name = {answers.language: name, "en": english[key]["name"]}
        shape = answers.codes.get(key, kind.get("code", ""))
        rest = {other: value for other, value in kind.items() if other not in {"name", "code"}}
        named[key] = {"name": name, **({"code": shape} if shape else {}), **rest}
    return named


def _sections(answers: Answers, words: Words, catalogues: Sequence[Catalogue]) -> dict[str, str]:
    code, title = words.data["manual"]["code"], words.data["manual"]["title"]
    front = {"code": code, "type": "manual", "title": title}
    front |= {"owner": "unknown", "approver": "unknown"}
    names = ", ".join(_cited(catalogue, answers.language) for catalogue in catalogues)
    opening = words.data["opening"].format(name=answers.name, standards=names)
    files = {MAIN_FILE: f"---\n{dump(front)}---\n# {title}\n\n{opening}\n"}
    for clause in catalogues[0].clauses.values():
        heading = clause_title(clause, answers.language)
        if clause.level > LEVEL_OF_SECTIONS or is_control(clause):
            continue
        files[section_path(clause)] = f"# {heading}\n"
        if clause.level == LEVEL_OF_SECTIONS:
            hint = words.data["to_write"].format(title=heading)
            files[section_path(clause)] += f"\n{hint}\n"
    return files


def _cited(catalogue: Catalogue, language: str) -> str:
    """How a new manual names a standard: in Vietnamese as the TCVN that adopted it."""
    if language == "vi" and catalogue.cited_as:
        return catalogue.cited_as[0]
    return catalogue.name


def _mapping(catalogue: Catalogue, words: Words, sections: Collection[str]) -> str:
    """Return the mapping of a catalogue, a row for each clause of the second level.

    `sections`: the numbers that the manual's sections bear; other rows do not say where.
    """
    rows: dict[str, Any] = {}
    for clause in catalogue.clauses.values():
        if clause.level != LEVEL_OF_SECTIONS:
            continue
        row: dict[str, Any] = {}
        if clause.number in sections and not is_control(clause):
            row["section"] = clause.number
        row["role"] = "unknown"
        below = catalogue.clauses_under(clause.number)
        if below:
            row["covers"] = list(below)
        rows[clause.number] = row
    record: dict[str, Any] = {"schema": "1", "catalogue": catalogue.key, "clauses": rows}
    return f"{words.data['mapping']}\n{dump(record)}"
