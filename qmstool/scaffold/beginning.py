"""Make the files that a new manual begins with, from a few answers about the organization.

What goes in: the organization's name and language, the catalogues that it follows, its units. What
comes out: path → content of every file, a manual that passes `check`. Nobody is named and nothing
is claimed: who owns and approves a document is `unknown` until somebody says so. Pure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qmstool.frozen import dataclass
from qmstool.releases.canonical_yaml import dump
from qmstool.storage import resources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmstool.i18n import Lang
    from qmstool.manual.standards import Catalogue, Clause

LEVEL_OF_SECTIONS = 2  # a section answers a clause such as 7.1 with all that stand below it


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new manual is told of its organization.

    `units`: abbreviation as it stands in codes → name; `url`: where the site will be published,
    `edit_url`: where readers propose a change, "" for neither yet.
    """

    name: str
    short: str
    language: Lang
    timezone: str
    units: Mapping[str, str]
    url: str = ""
    edit_url: str = ""


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
        if resources.find(None, f"{self.folder}/beginning.json") is None:
            self.folder = "templates/scaffold/en"
        self.data: dict[str, Any] = json.loads(self.text("beginning.json"))

    def text(self, name: str) -> str:
        """Return a file of the folder."""
        return (resources.find(None, f"{self.folder}/{name}") or b"").decode("utf-8")


def initial_files(answers: Answers, catalogues: Sequence[Catalogue]) -> dict[str, str]:
    """Return path → content of a new manual; the first catalogue orders its sections."""
    words = Words(answers.language)
    files = {"qms.yml": _manifest(answers, words, catalogues)}
    files |= _sections(answers, words, catalogues[0])
    for number, catalogue in enumerate(catalogues):
        mapping = _mapping(catalogue, words, answered=number == 0)
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
    record |= {"language": answers.language, "timezone": answers.timezone}
    if site:
        record["site"] = site
    record["standards"] = [{"catalogue": catalogue.key} for catalogue in catalogues]
    record["types"] = _types(types, answers.language)
    record["units"] = {key: {"name": unit} for key, unit in answers.units.items()}
    record["roles"] = {director["key"]: {"name": director["name"], "approves": approves}}
    if words.data["external_shapes"]:
        record["citations"] = {"external": words.data["external_shapes"]}
    return f"{words.data['manifest']}\n{dump(record)}"


def _types(types: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the types, each with its English name beside its own."""
    english = Words("en").data["types"]
    named = {}
    for key, kind in types.items():
        names = {language: kind["name"], "en": english[key]["name"]}
        named[key] = {**kind, "name": names}
    return named


def _sections(answers: Answers, words: Words, catalogue: Catalogue) -> dict[str, str]:
    code, title = words.data["manual"]["code"], words.data["manual"]["title"]
    front = {"code": code, "type": "manual", "title": title}
    front |= {"owner": "unknown", "approver": "unknown"}
    names = catalogue.cited_as[0] if catalogue.cited_as else catalogue.standard
    opening = words.data["opening"].format(name=answers.name, standards=names)
    files = {"manual/index.md": f"---\n{dump(front)}---\n# {title}\n\n{opening}\n"}
    for clause in catalogue.clauses.values():
        heading = clause_title(clause, answers.language)
        if clause.level > LEVEL_OF_SECTIONS or is_control(clause):
            continue
        files[section_path(clause)] = f"# {heading}\n"
        if clause.level == LEVEL_OF_SECTIONS:
            hint = words.data["to_write"].format(title=heading)
            files[section_path(clause)] += f"\n{hint}\n"
    return files


def _mapping(catalogue: Catalogue, words: Words, *, answered: bool) -> str:
    """Return the mapping of a catalogue, a row for each clause of the second level.

    `answered`: the manual has a section for each; otherwise no row says where.
    """
    rows: dict[str, Any] = {}
    for clause in catalogue.clauses.values():
        if clause.level != LEVEL_OF_SECTIONS:
            continue
        row: dict[str, Any] = {}
        if answered and not is_control(clause):
            row["section"] = clause.number
        row["role"] = "unknown"
        below = catalogue.below(clause.number)
        if below:
            row["covers"] = list(below)
        rows[clause.number] = row
    record: dict[str, Any] = {"schema": "1", "catalogue": catalogue.key, "clauses": rows}
    return f"{words.data['mapping']}\n{dump(record)}"
