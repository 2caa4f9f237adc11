"""Read the signs of the fonts Symbol and Wingdings, whose letters are no letters of text.

What goes in: a font and a character's code as Word keeps it (F000 to F0FF, or the low byte). What
comes out: the sign in Unicode, or "" where it is not known. Source: the mapping tables of Adobe's
Symbol font and of Wingdings that Unicode publishes (Public/MAPPINGS/VENDORS/ADOBE/symbol.txt;
L2/11-052), the signs of an office alone.
"""

from __future__ import annotations

_SYMBOL = {
    0x20: " ", 0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴",
    0x5E: "⊥", 0x7E: "∼", 0xA0: "€", 0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞",
    0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xBF: "↵",
    0xC0: "ℵ", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇",
    0xCB: "⊄", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨",
    0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE0: "◊", 0xE1: "⟨", 0xE5: "∑",
    0xF1: "⟩", 0xF2: "∫",
}  # fmt: skip
_GREEK = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SAME_IN_SYMBOL = set(range(0x20, 0x40)) - set(_SYMBOL) | {0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D}
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x32: "🗎", 0x34: "🗐", 0x36: "⌛", 0x3F: "✍",
    0x41: "✌", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x51: "✈", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x7E: "", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉",
    0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xB5: "⯐", 0xD8: "➢", 0xDC: "➲", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩", start=0x81))
_WINGDINGS |= dict(enumerate("❶❷❸❹❺❻❼❽❾❿", start=0x8C))
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x97: "●",
    0x98: "●", 0xA0: "■",
}  # fmt: skip
_TABLES = {
    "symbol": _SYMBOL | _GREEK | {code: chr(code) for code in _SAME_IN_SYMBOL},
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str) -> bool:
    """Whether a font is one whose characters are signs."""
    return font.casefold() in _TABLES


def read_symbol(code: int, font: str) -> str:
    """Return the sign of a code in a font; "" where this table does not know it.

    A code of the private area in a font that is not named is taken for one of Symbol's, as Word
    itself shows it; an ordinary code in an ordinary font is that letter.
    """
    low = code - PRIVATE.start if code in PRIVATE else code
    table = _TABLES.get(font.casefold())
    if table is not None:
        return table.get(low, "")
    if code in PRIVATE:
        return _TABLES["symbol"].get(low, "") if not font else ""
    return chr(code) if 0x20 <= code < 0xE000 else ""  # noqa: PLR2004
