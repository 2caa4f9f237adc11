"""A drawing that was made anew looks in a browser as it was drawn."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from qmstool.sanitizing.drawings import rebuilt_drawing
from tests.support.machine import needs

pytestmark = [pytest.mark.slow, needs("chromium")]

SQUARE = '<rect width="80" height="50" fill="teal"{}/>'
DRAWINGS = {
    "mask": '<mask id="m"><circle cx="50" cy="50" r="30" fill="white"/></mask>'
    + SQUARE.format(' mask="url(#m)"'),
    "mask by its alpha": '<mask id="m" style="mask-type: alpha"><circle cx="40" cy="25" r="20"/></mask>'
    + SQUARE.format(' mask="url(#m)"'),
    "pattern": '<defs><pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<path d="M0 0H9" stroke="blue"/></pattern><pattern id="q" href="#p" '
    'patternTransform="rotate(45)"/></defs><rect width="200" height="90" fill="url(#q)"/>',
    "clip path": '<style>.k { clip-path: url(#c) }</style><clipPath id="c"><circle cx="40" r="40"/>'
    "</clipPath>" + SQUARE.format(' class="k"'),
    "shadow": '<filter id="f"><feDropShadow dx="4" dy="4" stdDeviation="2"/></filter>'
    + SQUARE.format(' filter="url(#f)"'),
    "clouds": '<filter id="f"><feTurbulence baseFrequency=".05"/></filter>'
    + SQUARE.format(' filter="url(#f)"'),
    "gradient": '<linearGradient id="a"><stop stop-color="red"/><stop offset="1" '
    'style="stop-color: blue; stop-opacity: .5"/></linearGradient><linearGradient id="b" '
    'href="#a" y2="1" x2="0"/><rect width="90" height="90" fill="url(#b)"/>',
    "arrow": '<marker id="m" viewBox="0 0 9 9" refX="9" refY="4" markerWidth="9" markerHeight="9" '
    'orient="auto"><path d="M0 0L9 4L0 9z"/></marker><path d="M9 50H90" '
    'style="stroke: black; marker: url(#m)"/>',
    "copies of copies": '<defs><rect id="r" width="9" height="9"/><g id="row"><use href="#r"/>'
    '<use href="#r" x="20"/></g></defs><use href="#row" y="9"/><use href="#row" y="40"/>',
    "link": '<a href="https://example.org/">' + SQUARE.format("") + "</a>",
    "link in words": '<text y="40">Xem <a href="https://example.org/">tài liệu</a> này</text>',
    "style over style": "<style>rect { fill: red }</style>" + SQUARE.format(' style="fill: blue"'),
    "style for paper": '<style media="print">rect { fill: red }</style>' + SQUARE.format(""),
    "words of CSS": '<rect style="--c: red; x: 20px; width: 90px; height: 40px; fill: var(--c); '
    'transform: translate(9px, 9px); mix-blend-mode: multiply"/>',
    "font": '<text y="40" style="font: italic 24px serif">Chữ</text>',
    "other languages": '<switch><text systemLanguage="xx" y="30">Autre</text><text y="30">Chữ</text>'
    "</switch>",
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_it_was_drawn(name: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 220, "height": 120})

    def picture(drawing: bytes) -> bytes:
        shown = base64.b64encode(drawing).decode()
        page.set_content(f'<img src="data:image/svg+xml;base64,{shown}" width="200" height="100">')
        page.evaluate("document.images[0].decode()")
        shot: bytes = page.screenshot()
        return shot

    home = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    drawn = f"{home}{DRAWINGS[name]}</svg>".encode()
    rebuilt = rebuilt_drawing(drawn)
    assert rebuilt is not None
    assert picture(rebuilt) == picture(drawn)
    assert picture(rebuilt) != picture(f"{home}</svg>".encode())
    page.close()
