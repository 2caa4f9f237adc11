"""Say what in a style sheet is not known to be harmless: what loads, runs, or is spelt to hide it.

The lists below are of what may stand; whatever is on none of them is named and refused. A backslash
outside a string spells a name otherwise and is refused too.
"""

from __future__ import annotations

import re

# Rules that lay out; the others fetch (`@import`) or are of no use here.
AT_RULES = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "media page supports counter-style keyframes font-face layer container "
        "top-left-corner top-left top-center top-right top-right-corner left-top left-middle "
        "left-bottom right-top right-middle right-bottom bottom-left-corner bottom-left "
        "bottom-center bottom-right bottom-right-corner"
    ).split()
)
FUNCTIONS = frozenset(
    (  # noqa: SIM905
        "url var calc min max clamp env attr counter counters rgb rgba hsl hsla hwb lab lch oklab "
        "oklch color color-mix light-dark linear-gradient radial-gradient conic-gradient "
        "repeating-linear-gradient repeating-radial-gradient repeat minmax fit-content "
        "translate translatex translatey translatez translate3d scale scalex scaley rotate rotatex "
        "rotatey rotatez skew skewx skewy matrix matrix3d perspective cubic-bezier steps blur "
        "brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia inset "
        "circle ellipse polygon path local format not is where has nth-child nth-last-child "
        "nth-of-type nth-last-of-type lang dir host selector tech"
    ).split()
)
# Properties that show what an address leads to; some others ran it in old browsers.
SHOW_AN_ADDRESS = frozenset(
    (  # noqa: SIM905
        "background background-image border-image border-image-source clip-path content cursor "
        "fill filter list-style list-style-image marker marker-end marker-mid marker-start mask "
        "mask-border mask-border-source mask-image shape-outside src stroke"
    ).split()
)
_PREFIX = re.compile(r"-(?:webkit|moz|ms|o)-")
_CHARSET = re.compile(r"\ufeff?(?:@charset \"utf-8\";)?", re.IGNORECASE)
# What a browser takes for the end of a line before it reads anything: a string goes no further.
_LINE_END = re.compile(r"\r\n?|\f")
# What a name is made of: every sign that ASCII has not, and NUL, which is read as one of them.
_NAME = r"\w\x00\x80-\U0010ffff-"
# One after another as a browser reads them: in a string stands no comment, and the other way round.
# A comment that nobody closes goes to the end. Blanks are those of CSS alone: before any other sign
# no quote begins a string in an address. Nor is one where a longer name ends in its letters.
_TOKEN = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    rf"|(?<![{_NAME}#@])url\([ \t\n]*"
    r"(?P<address>\"[^\"\\\n]*\"|'[^'\\\n]*'|[^\s\"'()\\]*)[ \t\n]*\)"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL | re.IGNORECASE,
)
_PART = re.compile(r"[^;{}]*")
_AT_RULE = re.compile(rf"@([{_NAME}]*)")
_FUNCTION = re.compile(rf"([{_NAME}]+)\(")
# What is left of an address, a string or a name that is spelt otherwise than the tokens above.
_UNSPELT = re.compile(rf"[\\\"'<]|(?<![{_NAME}])url(?![{_NAME}])", re.IGNORECASE)
# A picture within the sheet, or a file of the same site by a path that goes down or up from it.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_PATH = re.compile(r"(?:\.\.?/)*[\w.~%+-]+(?:/[\w.~%+-]+)*(?:[?#][\w.=&-]*)?")
_PLACE = re.compile(r"#[\w.-]+")
# Stands for an address that was judged; no sheet has it, for it is no sign of any text.
_ADDRESS = "\ufdd0"


def first_foreign(style: str, *, files: bool = True) -> str:
    """Return the first words of a style sheet that may not stand there; "" where all may.

    `files`: it may show pictures and files of its own site; else only what stands in the same
    drawing (`url(#…)`).
    """
    foreign: list[str] = []

    def blank(token: re.Match[str]) -> str:
        address = token["address"]
        if address is not None and not _is_harmless(address.strip("\"'"), files=files):
            foreign.append(token[0][:200])
        return " " if address is None else f" {_ADDRESS} "

    plain = _TOKEN.sub(blank, _LINE_END.sub("\n", _CHARSET.sub("", style, count=1)))
    foreign += [f"@{name}" for name in _AT_RULE.findall(plain) if name.lower() not in AT_RULES]
    foreign += [f"{name}(" for name in _FUNCTION.findall(plain) if name.lower() not in FUNCTIONS]
    foreign += [part.strip()[:40] for part in _PART.findall(plain) if not _shows(part)]
    left = _UNSPELT.search(plain)
    if left:
        foreign.append(plain[left.start() :][:40])
    return foreign[0] if foreign else ""


def _shows(part: str) -> bool:
    """Whether a declaration, where it has an address, shows what that leads to, or keeps it.

    A value alone is of an attribute, which has to be one that may stand there.
    """
    name, colon, _ = part.partition(":")
    if not colon or _ADDRESS not in part:
        return True
    name = name.strip().lower()
    return name.startswith("--") or _PREFIX.sub("", name, count=1) in SHOW_AN_ADDRESS


def _is_harmless(address: str, *, files: bool) -> bool:
    if _PLACE.fullmatch(address):
        return True
    return files and bool(_PICTURE.match(address) or _PATH.fullmatch(address))
