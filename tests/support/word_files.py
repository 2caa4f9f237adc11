"""Make small Word files part by part, so that a test says in XML what Word would have written."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="cua-toi"><w:name w:val="Đề mục của tôi"/><w:basedOn w:val="u1"/></w:style>
<w:style w:type="paragraph" w:styleId="td"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="ml1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
"""


def run(text: str, form: str = "") -> str:
    """Return a run; `form`: what stands in its properties."""
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", more: str = "") -> str:
    """Return a paragraph; a run may be plain text or XML."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{inside}</w:p>"


def bold(text: str) -> str:
    """Return a paragraph in bold type."""
    return paragraph(run(text, "<w:b/>"))


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, more=place)


def cell(*blocks: str, more: str = "") -> str:
    """Return a cell; a block may be plain text or XML."""
    inside = "".join(block if block.startswith("<") else paragraph(block) for block in blocks)
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside or paragraph('')}</w:tc>"


def table(*rows: list[str]) -> str:
    """Return a table; a cell may be plain text or XML."""
    lines = []
    width = max((sum(_columns(piece) for piece in row) for row in rows), default=0)
    for row in rows:
        cells = [
            piece if piece.startswith("<w:") and "tc>" in piece else cell(piece) for piece in row
        ]
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{grid(width)}{''.join(lines)}</w:tbl>"


def grid(columns: int) -> str:
    """Return the grid of a table, as every Word writes it: readers there are that need it."""
    return "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * columns + "</w:tblGrid>"


def _columns(piece: str) -> int:
    """Return over how many columns a cell goes that says so itself."""
    properties = piece.partition("</w:tcPr>")[0] if piece.startswith("<w:tc>") else ""
    span = re.search(r'<w:gridSpan w:val="(\d{1,2})"/>', properties)
    return int(span[1]) if span else 1


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, overrides: Mapping[int, str] | None = None) -> str:
    """Return a list 1, and others on it with overrides of their own."""
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    for number, override in (overrides or {}).items():
        lists += f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{override}</w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def make_docx(
    *body: str,
    header: str = "",
    footer: str = "",
    numbers: str = "",
    footnotes: str = "",
    comments: str = "",
    styles: str = STYLES,
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    parts: Mapping[str, str] | None = None,
    related: Mapping[str, tuple[str, str, bytes]] | None = None,
) -> bytes:
    """Return the bytes of a file, the same for the same parts.

    `parts`: path → text of parts that nothing refers to; `related`: id → kind, path below `word/`
    and bytes of parts that the text refers to.
    """
    wholes = {
        "header": ("hdr", header),
        "footer": ("ftr", footer),
        "numbering": ("numbering", numbers),
        "footnotes": ("footnotes", footnotes),
        "comments": ("comments", comments),
        "styles": ("styles", styles),
    }
    files: dict[str, bytes] = {}
    relations = []
    for kind, (name, inside) in wholes.items():
        if inside:
            file = f"{kind}1.xml" if kind in {"header", "footer"} else f"{kind}.xml"
            files[f"word/{file}"] = f"{_HEAD}<w:{name} {NAMES}>{inside}</w:{name}>".encode()
            relations.append(f'<Relationship Id="{kind}" Type="{_TYPE}{kind}" Target="{file}"/>')
    for key, address in (links or {}).items():
        relations.append(
            f'<Relationship Id="{key}" Type="{_TYPE}hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        )
    for key, data in (pictures or {}).items():
        files[f"word/media/{key}.png"] = data
        relations.append(f'<Relationship Id="{key}" Type="{_TYPE}image" Target="media/{key}.png"/>')
    for key, (kind, path, data) in (related or {}).items():
        files[f"word/{path}"] = data
        whole = kind if kind.startswith("http") else f"{_TYPE}{kind}"
        relations.append(f'<Relationship Id="{key}" Type="{whole}" Target="{path}"/>')
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{kind}"/>'
        for kind in ("header", "footer")
        if wholes[kind][1]
    )
    document = f"{_HEAD}<w:document {NAMES}><w:body>{''.join(body)}<w:sectPr>{references}</w:sectPr></w:body></w:document>"
    files["word/document.xml"] = document.encode()
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files["_rels/.rels"] = _relations(
        [f'<Relationship Id="d" Type="{_TYPE}officeDocument" Target="word/document.xml"/>']
    )
    files["[Content_Types].xml"] = _CONTENT_TYPES.encode()
    for path, text in (parts or {}).items():
        files[path] = text.encode()
    return pack(files)


def content_types(more: Mapping[str, str]) -> str:
    """Return the list of kinds of parts with more of them: path → kind."""
    lines = (
        f'<Override PartName="/word/{path}" ContentType="application/vnd.{kind}+xml"/>'
        for path, kind in more.items()
    )
    return _CONTENT_TYPES.replace("</Types>", f"{''.join(lines)}</Types>")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive that says nothing of the day it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            archive.writestr(
                zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def _relations(lines: list[str]) -> bytes:
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{name}">{"".join(lines)}</Relationships>'.encode()


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}{kind.rstrip("1")}+xml"/>'
        for kind in ("header1", "footer1", "numbering", "footnotes", "comments", "styles")
    )
    + '<Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
    '<Override PartName="/word/diagrams/data1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"/>'
    "</Types>"
)
