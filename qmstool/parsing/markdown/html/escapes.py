"""Write words so that HTML takes them for words, as the parser's own renderer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.patterns import regex

if TYPE_CHECKING:
    import re

_TEXT_SIGNS = regex("[&<>]")
_ATTRIBUTE_SIGNS = regex("[&<>\"']")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_NAMES_IN_ADDRESS = {"&": "&amp;", "'": "&#x27;"}
_UNSAFE_IN_ADDRESS = regex(r"[^A-Za-z0-9!#$%()*+,\-./:;=?@_~]")


def text(words: str) -> str:
    """Return words for the text of an element."""
    return _TEXT_SIGNS.sub(_named, words)


def attribute(words: str) -> str:
    """Return words for an attribute between double quotation marks."""
    return _ATTRIBUTE_SIGNS.sub(_named, words)


def address(target: str) -> str:
    """Return a link's target for `href` or `src`."""
    return _UNSAFE_IN_ADDRESS.sub(_coded, target)


def _named(sign: re.Match[str]) -> str:
    return _NAMES[sign[0]]


def _coded(sign: re.Match[str]) -> str:
    if sign[0] in _NAMES_IN_ADDRESS:
        return _NAMES_IN_ADDRESS[sign[0]]
    return "".join([f"%{byte:02X}" for byte in sign[0].encode()])
