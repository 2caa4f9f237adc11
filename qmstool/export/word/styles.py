"""Set the styles of a Word file: fonts and sizes of our own, and those that a template may lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qmstool.export.word.xml import Elements

FONT = "Times New Roman"
HEAD_STYLE = "QmsHead"
LETTER_SIZE = 12
HEADING_SIZES = (16, 14, 13, 12, 12, 12)
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def word_language(language: str) -> str:
    """Return a language as Word has it: with a country where ours has none."""
    return LANGUAGES.get(language, language)


def set_styles(docx: Any, document: Any, elements: Elements, language: str) -> None:
    """Set the fonts and sizes of a document that has no template; `language`: as Word has it."""
    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, FONT, LETTER_SIZE, docx)
    properties = normal.element.get_or_add_rPr()
    properties.append(elements.make("w:lang", val=language, eastAsia=language))
    for level, size in enumerate(HEADING_SIZES, 1):
        _set_font(styles[f"Heading {level}"], FONT, size, docx)
    _set_font(styles["Title"], FONT, 20, docx)
    normal.paragraph_format.space_after = docx.shared.Pt(4)
    normal.paragraph_format.line_spacing = 1.1


def add_styles(docx: Any, document: Any) -> None:
    """Add the styles that a text needs and a template may lack."""
    styles = document.styles
    kind = docx.enum.style.WD_STYLE_TYPE
    names = {style.name for style in styles}
    for level in range(1, 7):
        if f"Heading {level}" not in names:
            styles.add_style(f"Heading {level}", kind.PARAGRAPH)
    for name in ("Title", "Quote", "QmsCode", "QmsNote", HEAD_STYLE):
        if name not in names:
            style = styles.add_style(name, kind.PARAGRAPH)
            style.base_style = styles["Normal"] if "Normal" in names else None
    if "Table Grid" not in names:
        styles.add_style("Table Grid", kind.TABLE)
    styles["QmsCode"].font.name = "Courier New"
    styles[HEAD_STYLE].font.size = docx.shared.Pt(9)
    styles[HEAD_STYLE].paragraph_format.space_after = 0


def _set_font(style: Any, name: str, size: int, docx: Any) -> None:
    style.font.name = name
    style.font.size = docx.shared.Pt(size)
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(docx.oxml.ns.qn(f"w:{script}"), None)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(docx.oxml.ns.qn(script), name)
