"""Read the manual's `mkdocs.yml` as data: the few keys that change how the site looks.

Nothing that could run is read: a plugin, a hook or a script is refused like any unknown key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.findings import LoadError, Violation
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.schema import Field, Schema, ValueKind
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from qmstool.parsing.yaml.records import Record
    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.tree import Tree

PATH = "mkdocs.yml"
HOME = "templates/"
COLOURS = (
    "red", "pink", "purple", "deep purple", "indigo", "blue", "light blue", "cyan", "teal",
    "green", "light green", "lime", "yellow", "amber", "orange", "deep orange", "brown", "grey",
    "blue grey", "black", "white",
)  # fmt: skip
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".ico")
LARGEST = 256 * 1024
_COLOURS = Schema("palette", (
    Field("primary", ValueKind.CHOICE, Text("màu chính", "main colour"), choices=COLOURS),
    Field("accent", ValueKind.CHOICE, Text("màu nhấn", "accent colour"), choices=COLOURS),
))  # fmt: skip
_LOGO = Text("tệp biểu trưng trong templates/", "picture file in templates/")
_FAVICON = Text("tệp biểu tượng trong templates/", "icon file in templates/")
_STYLES = Text("các tệp CSS trong templates/", "style sheets in templates/")
_THEME = Schema("theme", (
    Field("name", ValueKind.CHOICE, Text("giao diện", "theme"), choices=("material",)),
    Field("palette", _COLOURS, Text("màu sắc", "colours")),
    Field("logo", ValueKind.TEXT, _LOGO),
    Field("favicon", ValueKind.TEXT, _FAVICON),
))  # fmt: skip
_MKDOCS_YML = Schema("mkdocs.yml", (
    Field("site_name", ValueKind.TEXT, Text("tên trang web", "name of the site")),
    Field("site_description", ValueKind.TEXT, Text("mô tả trang web", "description of the site")),
    Field(
        "copyright",
        ValueKind.TEXT,
        Text("dòng chữ cuối trang", "line at the foot of each page"),
    ),
    Field("theme", _THEME, Text("giao diện", "the theme")),
    Field("extra_css", ValueKind.TEXT, _STYLES, many=True),
), hint=Text(
    " Tệp này chỉ ghi vẻ ngoài của trang: không phần bổ sung, tập lệnh hay cách dựng nào.",
    " This file is only data about looks: no plugins, no scripts, nothing about how to build.",
))  # fmt: skip
_NO_KEY = Text(
    "{where}: «{what}» không dùng được ở đây. Tệp này chỉ ghi vẻ ngoài của trang; các trường được "
    "phép: {known}.",
    "{where}: «{what}» may not be used here. This file is only data about looks; permitted keys: "
    "{known}.",
)
_NO_VALUE = Text(
    "{where}: «{value}» không dùng được cho trường «{key}»: cần {expected_vi}.",
    "{where}: «{value}» does not fit the key «{key}»: it must be {expected_en}.",
)
_FILE = Text(
    "tên một tệp có sẵn trong {home}, loại {kinds}, không quá {most} kB",
    "a file in {home}, of a kind {kinds}, of no more than {most} kB",
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the owner chose; "" where nothing.

    `files`: pictures and style sheets by path, with their bytes.
    """

    site_name: str = ""
    description: str = ""
    copyright: str = ""
    primary: str = ""
    accent: str = ""
    logo: str = ""
    favicon: str = ""
    styles: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def read_appearance(tree: Tree) -> Appearance:
    """Read `mkdocs.yml`; absent is fine.

    Raises QmsError for a key that is not in the list, or a value that does not fit.
    """
    appearance, problems = try_appearance(tree)
    for problem in problems:
        raise _refused(problem)
    return appearance


def appearance_problems(tree: Tree, facts: KeptFacts | None) -> tuple[LoadError, ...]:
    """Return what does not fit in `mkdocs.yml`, without reading it again where all did before.

    `facts` keeps, under its bytes, the digests of the files that it names.
    """
    data = tree.read_all([PATH]).get(PATH)
    if data is None or facts is None:
        return try_appearance(tree)[1]
    part = _digest(data)
    kept: tuple[tuple[str, str], ...] | None = facts.recall("looks", MANIFEST, part=part)
    if kept is not None:
        named = tree.read_all([path for path, _ in kept])
        if all(_digest(named.get(path, b"")) == digest for path, digest in kept):
            return ()
    appearance, problems = try_appearance(tree)
    if not problems:
        files = tuple([(path, _digest(read)) for path, read in appearance.files])
        facts.keep("looks", MANIFEST, files, part=part)
    return problems


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=DIGEST_SIZE).hexdigest()


def try_appearance(tree: Tree) -> tuple[Appearance, tuple[LoadError, ...]]:
    """Read `mkdocs.yml` as far as it fits, with all that does not; absent is fine."""
    data = tree.read_all([PATH]).get(PATH)
    if data is None:
        return Appearance(), ()
    from qmstool.parsing.yaml.record_reader import read_record  # noqa: PLC0415 - most manuals have no such file

    source = SourceFile(PATH, data)
    node, broken = composer.compose(source)
    entry, problems = read_record(node, _MKDOCS_YML, LocatedText("", source, 0, 0))
    theme = entry.record("theme")
    palette = theme.record("palette") if theme else None
    styles = entry.list("extra_css")
    pictures = [(name, mark) for name in ("logo", "favicon") if (mark := _mark(theme, name))]
    files: dict[str, bytes] = {}
    refused = []
    for key, mark in (*pictures, *(("extra_css", style) for style in styles)):
        kinds = (".css",) if key == "extra_css" else PICTURES
        read = _file(tree, mark.text, kinds)
        if read is None:
            refused.append(_no_such_file(key, mark, kinds))
        else:
            files[mark.text] = read
    appearance = Appearance(
        site_name=entry.text("site_name"),
        description=entry.text("site_description"),
        copyright=entry.text("copyright"),
        primary=_text(palette, "primary"),
        accent=_text(palette, "accent"),
        logo=_text(theme, "logo"),
        favicon=_text(theme, "favicon"),
        styles=tuple(style.text for style in styles),
        files=tuple(files.items()),
    )
    return appearance, (*broken, *problems, *refused)


def _mark(entry: Record | None, name: str) -> LocatedText | None:
    return entry.get(name) if entry else None


def _text(entry: Record | None, name: str) -> str:
    return entry.text(name) if entry else ""


def _refused(problem: LoadError) -> QmsError:
    place, values = problem.violation.location, problem.violation.values
    where = {"where": f"{PATH}:{place.line}:{place.column}"}
    if "expected_vi" in values:
        return QmsError(_NO_VALUE.fill({**values, **where}))
    what = values.get("key") or values.get("cause", "")
    known = ", ".join(field.name for field in _MKDOCS_YML.fields)
    return QmsError(_NO_KEY.fill({**where, "what": what, "known": known}))


def _no_such_file(key: str, mark: LocatedText, kinds: tuple[str, ...]) -> LoadError:
    """Return the problem of a file that is named and may not be taken."""
    said = f"«{mark.text}»"
    most = str(LARGEST // 1024)
    expected = _FILE.fill({"home": HOME, "kinds": ", ".join(kinds), "most": most})
    values = {
        "key": key,
        "value": mark.text,
        "said_vi": said,
        "said_en": said,
        "expected_vi": expected.vi,
        "expected_en": expected.en,
    }
    return LoadError("wrong-value", Violation(mark.location, values), mark.location)


def _file(tree: Tree, path: str, suffixes: tuple[str, ...]) -> bytes | None:
    """Return the bytes of a file inside templates/, of a permitted kind, and not too large.

    None for any other.
    """
    is_permitted = (
        path.startswith(HOME)
        and ".." not in path.split("/")
        and "\\" not in path
        and path.lower().endswith(suffixes)
    )
    data = tree.read_all([path]).get(path) if is_permitted else None
    return data if data and len(data) <= LARGEST else None
