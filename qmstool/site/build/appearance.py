"""Read the manual's `mkdocs.yml` as data: the few keys that change how the site looks.

Nothing that could run is read: a plugin, a hook or a script is refused like any unknown key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.record_reader import read_record
from qmstool.parsing.yaml.schema import Field, Schema, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import LoadError
    from qmstool.parsing.yaml.records import Record
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
))  # fmt: skip


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
    try:
        source = SourceFile(PATH, tree.read(PATH))
    except KeyError:
        return Appearance()
    node, problems = composer.compose(source)
    entry, more = read_record(node, _MKDOCS_YML, LocatedText("", source, 0, 0))
    for problem in (*problems, *more):
        raise _refused(problem)
    theme = entry.record("theme")
    palette = theme.record("palette") if theme else None
    styles = entry.list("extra_css")
    return Appearance(
        site_name=entry.text("site_name"),
        description=entry.text("site_description"),
        copyright=entry.text("copyright"),
        primary=_text(palette, "primary"),
        accent=_text(palette, "accent"),
        logo=_text(theme, "logo"),
        favicon=_text(theme, "favicon"),
        styles=tuple(style.text for style in styles),
        files=tuple(_chosen_files(tree, theme, styles)),
    )


def _chosen_files(
    tree: Tree, theme: Record | None, styles: Iterable[LocatedText]
) -> Iterator[tuple[str, bytes]]:
    """The pictures and style sheets that are named, by path, with their bytes."""
    for name in ("logo", "favicon"):
        picture = theme.get(name) if theme else None
        if picture:
            yield picture.text, _file(tree, picture, PICTURES)
    for style in styles:
        yield style.text, _file(tree, style, (".css",))


def _text(entry: Record | None, name: str) -> str:
    return entry.text(name) if entry else ""


def _refused(problem: LoadError) -> QmsError:
    place, values = problem.violation.location, problem.violation.values
    what = values.get("key") or values.get("cause", "")
    known = ", ".join(field.name for field in _MKDOCS_YML.fields)
    where = f"{PATH}:{place.line}:{place.column}"
    return QmsError(
        Text(
            f"{where}: «{what}» không dùng được ở đây. Tệp này chỉ ghi vẻ ngoài của trang; "
            f"các trường được phép: {known}.",
            f"{where}: «{what}» may not be used here. This file is only data about looks; "
            f"permitted keys: {known}.",
        )
    )


def _file(tree: Tree, mark: LocatedText, suffixes: tuple[str, ...]) -> bytes:
    """The bytes of a file that is named: inside templates/, of a permitted kind, not too large."""
    path, place = mark.text, mark.location
    where = f"{PATH}:{place.line}:{place.column}"
    is_permitted = (
        path.startswith(HOME)
        and ".." not in path.split("/")
        and "\\" not in path
        and path.lower().endswith(suffixes)
    )
    try:
        data = tree.read(path) if is_permitted else b""
    except KeyError:
        data = b""
    if not data or len(data) > LARGEST:
        kinds, most = ", ".join(suffixes), LARGEST // 1024
        raise QmsError(
            Text(
                f"{where}: «{path}» phải là một tệp có sẵn trong {HOME}, loại {kinds}, không "
                f"quá {most} kB.",
                f"{where}: «{path}» must be a file in {HOME}, of a kind {kinds}, of no more "
                f"than {most} kB.",
            )
        )
    return data
