"""Make the files that a new manual begins with, from a few answers about the organization.

What goes in: the organization's name and language, the catalogues that it follows, its units. What
comes out: path → content of every file, a manual that passes `check`. Nobody is named and nothing
is claimed: who owns and approves a document is `unknown` until somebody says so. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.i18n import Text
from qmstool.releases.canonical_yaml import dump

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


MANUAL = Text("Sổ tay chất lượng", "Quality manual")
MANUAL_CODE = Text("STCL", "QM")
TYPES = (
    ("manual", MANUAL, MANUAL_CODE, ("owner", "approver")),
    ("policy", Text("Chính sách", "Policy"), Text("CS", "POL"), ("owner", "approver")),
    ("objectives", Text("Mục tiêu", "Objectives"), Text("MT", "OBJ"), ("owner", "approver")),
    (
        "procedure",
        Text("Quy trình", "Procedure"),
        Text("QT {unit} {nn}", "PR {unit} {nn}"),
        ("owner", "approver"),
    ),
    (
        "instruction",
        Text("Hướng dẫn công việc", "Work instruction"),
        Text("HD {unit} {nn}", "WI {unit} {nn}"),
        ("owner", "approver"),
    ),
    (
        "form",
        Text("Biểu mẫu", "Form"),
        Text("BM {unit} {nn}.{nn}", "FM {unit} {nn}.{nn}"),
        ("parent",),
    ),
)
DIRECTOR = ("giam-doc", Text("Giám đốc", "Director"))
EXTERNAL_SHAPES = {"vi": ["{n}/{yyyy}/{abc}"], "en": []}
OPENING = Text(
    "Sổ tay này cho biết {name} làm việc thế nào để đáp ứng {standards}.",
    "This manual says how {name} works to meet {standards}.",
)
TO_WRITE = Text(
    "<!-- Viết vào đây: đơn vị làm gì, ai làm, ghi lại ở đâu. Điều khoản: {title}. -->",
    "<!-- Write here: what is done, by whom, where it is recorded. Clause: {title}. -->",
)
COMMENTS = {
    "qms.yml": Text(
        "# Cơ quan, tiêu chuẩn, loại tài liệu, đơn vị, vai trò. Xem docs/format.md của qmstool.",
        "# Organization, standards, types, units, roles. See docs/format.md of qmstool.",
    ),
    "mapping": Text(
        "# Sổ tay đáp ứng từng điều khoản ở đâu. role: unknown là chưa nói ai chịu trách nhiệm.",
        "# Where the manual meets each clause. role: unknown: nobody is named yet.",
    ),
    "external": Text(
        "# Tài liệu bên ngoài mà sổ tay viện dẫn: luật, nghị định, tiêu chuẩn. Mẫu một dòng:",
        "# External documents that the manual cites: laws, standards. A row looks like this:",
    ),
    "records": Text(
        "# Hồ sơ được lưu: tên, đơn vị lưu, nơi lưu, thời hạn. Mẫu một dòng:",
        "# Records that are kept: name, who keeps them, where, how long. A row looks like this:",
    ),
    "abbreviations": Text(
        "# Chữ viết tắt dùng trong sổ tay. Mẫu một dòng:",
        "# Abbreviations that the manual uses. A row looks like this:",
    ),
}
EXAMPLES = {
    "external": Text(
        "#   nd-30-2020: {number: 30/2020/NĐ-CP, type: Nghị định, issuer: Chính phủ, "
        "title: Công tác văn thư, status: unknown, checked_on: unknown}",
        "#   law-1: {number: 1/2020, type: Act, issuer: Parliament, title: An Act, "
        "status: unknown, checked_on: unknown}",
    ),
    "records": Text(
        "#   bien-ban-hop: {title: Biên bản họp, owner: VP, place: Văn phòng, retention: 5 năm}",
        "#   minutes: {title: Minutes of meetings, owner: OFF, place: Office, retention: 5 years}",
    ),
    "abbreviations": Text(
        "#   HTQLCL: {expansion: Hệ thống quản lý chất lượng}",
        "#   NC: {expansion: Nonconformity}",
    ),
}


def initial_files(
    answers: Answers, catalogues: Sequence[Catalogue], sections: Collection[str] | None = None
) -> dict[str, str]:
    """Return path → content of a new manual; the first catalogue orders its sections.

    `sections`: numbers of those that are there already, taken in from elsewhere; None: a section
    is begun for each clause.
    """
    lang = answers.language
    files = {"qms.yml": _manifest(answers, catalogues)}
    begun = _sections(answers, catalogues[0])
    if sections is None:
        files |= begun
        sections = list(catalogues[0].clauses)
    for number, catalogue in enumerate(catalogues):
        mapping = _mapping(catalogue, lang, sections if number == 0 else ())
        files[f"clauses/mapping/{catalogue.key}.yml"] = mapping
    for name, key in (("external", "documents"), ("records", "records")):
        files[f"procedures/{name}.yml"] = _empty_register(name, key, lang)
    files["manual/abbreviations.yml"] = _empty_register("abbreviations", "abbreviations", lang)
    files[".gitignore"] = IGNORED
    files[".gitattributes"] = ATTRIBUTES
    return files


IGNORED = "/site/\n/build/\n/.qms-cache/\n/.venv/\n.DS_Store\nThumbs.db\n~$*\n*.swp\n"
ATTRIBUTES = (
    "# Text keeps its line ends: digests and seals are over bytes.\n"
    "*.md text eol=lf\n*.yml text eol=lf\nreleases/** text eol=lf\nreleases/evidence/** -text\n"
)


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


def _manifest(answers: Answers, catalogues: Sequence[Catalogue]) -> str:
    lang = answers.language
    organization = {"name": answers.name}
    if answers.short:
        organization["short"] = answers.short
    site = {"url": answers.url, "edit_url": answers.edit_url}
    site = {key: value for key, value in site.items() if value}
    role, name = DIRECTOR
    approves = [key for key, _, _, requires in TYPES if "approver" in requires]
    record: dict[str, object] = {"schema": "1", "organization": organization}
    record |= {"language": lang, "timezone": answers.timezone}
    if site:
        record["site"] = site
    record["standards"] = [{"catalogue": catalogue.key} for catalogue in catalogues]
    record["types"] = {
        key: _type(key, title, answers.codes.get(key, code.get(lang)), need)
        for key, title, code, need in TYPES
    }
    record["units"] = {key: {"name": unit} for key, unit in answers.units.items()}
    roles: dict[str, object] = {role: {"name": name.get(lang), "approves": approves}}
    for key, (called, approved) in answers.roles.items():
        if key != role:
            roles[key] = {"name": called, "approves": list(approved)}
    record["roles"] = roles
    if answers.people:
        record["people"] = {key: {"name": person} for key, person in answers.people.items()}
    if EXTERNAL_SHAPES[lang]:
        record["citations"] = {"external": EXTERNAL_SHAPES[lang]}
    return f"{COMMENTS['qms.yml'].get(lang)}\n{dump(record)}"  # type: ignore[arg-type]


def _type(key: str, name: Text, shape: str, requires: Sequence[str]) -> object:
    kind: dict[str, object] = {"name": {"vi": name.vi, "en": name.en}}
    if shape:
        kind["code"] = shape
    if key == "form":
        kind["form_of"] = "procedure"
    return kind | {"requires": list(requires)}


def _sections(answers: Answers, catalogue: Catalogue) -> dict[str, str]:
    lang = answers.language
    code, title = MANUAL_CODE.get(lang), MANUAL.get(lang)
    front = dump({"code": code, "type": "manual", "title": title, "owner": "unknown",
                  "approver": "unknown"})  # fmt: skip
    names = catalogue.cited_as[0] if catalogue.cited_as else catalogue.standard
    opening = OPENING.fill({"name": answers.name, "standards": names}).get(lang)
    files = {"manual/index.md": f"---\n{front}---\n# {title}\n\n{opening}\n"}
    for clause in catalogue.clauses.values():
        heading = clause_title(clause, lang)
        if clause.level == 1 and not is_control(clause):
            files[section_path(clause)] = f"# {heading}\n"
        elif clause.level == LEVEL_OF_SECTIONS and not is_control(clause):
            hint = TO_WRITE.fill({"title": heading}).get(lang)
            files[section_path(clause)] = f"# {heading}\n\n{hint}\n"
    return files


def _mapping(catalogue: Catalogue, lang: Lang, sections: Collection[str]) -> str:
    """Return the mapping of a catalogue, a row for each clause of the second level.

    `sections`: the numbers that the manual's sections bear; other rows do not say where.
    """
    rows: dict[str, object] = {}
    for clause in catalogue.clauses.values():
        if clause.level != LEVEL_OF_SECTIONS:
            continue
        row: dict[str, object] = {}
        if clause.number in sections and not is_control(clause):
            row["section"] = clause.number
        row["role"] = "unknown"
        below = catalogue.below(clause.number)
        if below:
            row["covers"] = list(below)
        rows[clause.number] = row
    record = {"schema": "1", "catalogue": catalogue.key, "clauses": rows}
    return f"{COMMENTS['mapping'].get(lang)}\n{dump(record)}"  # type: ignore[arg-type]


def _empty_register(name: str, key: str, lang: Lang) -> str:
    lines = (COMMENTS[name].get(lang), EXAMPLES[name].get(lang), "schema: 1", f"{key}: {{}}")
    return "\n".join(lines) + "\n"
