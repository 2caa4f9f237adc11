"""A drawing is made anew: what runs, links or fetches is not in it, whatever spells it."""

from __future__ import annotations

import pytest

from qmstool.sanitizing import drawn_times
from qmstool.sanitizing.drawings import DEEPEST, rebuilt_drawing

HOME = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
XHTML = "http://www.w3.org/1999/xhtml"


def drawing(inside: str) -> bytes:
    return f"<svg {HOME}>{inside}</svg>".encode()


def rebuilt(inside: str, more: str = "", encoding: str = "utf-8") -> str:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    made = rebuilt_drawing(f"{head}<svg {HOME} {more}>{inside}</svg>".encode(encoding))
    assert made is not None
    assert rebuilt_drawing(made) == made
    return made.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "us-ascii"])
@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        f'<h:script xmlns:h="{XHTML}">alert(1)</h:script>',
        f'<h:script xmlns:h="{HOME[7:-1]}">alert(1)</h:script>',
        "<![CDATA[<script>]]><script><![CDATA[alert(1)]]></script>",
        f'<foreignObject><p xmlns="{XHTML}"><script>alert(1)</script></p></foreignObject>',
        '<rect onclick="alert(1)" onload="alert(1)"/>',
        f'<a xlink:href="javascript:alert(1)" {XLINK}><rect/></a>',
        f'<a href="&#106;avascript:alert(1)" {XLINK}><rect/></a>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="x" values="javascript:alert(1)"/>',
        f'<use xlink:href="https://evil.invalid/x.svg#a" {XLINK}/>',
        '<image href="https://evil.invalid/x.png"/>',
        '<image href="data:image/svg+xml,x"/>',
        '<feImage href="https://evil.invalid/x.png"/>',
        '<style>@import "https://evil.invalid/x.css";</style>',
        "<style>rect { fill: u\\72l(https://evil.invalid/x) }</style>",
        '<rect style="fill: url(https://evil.invalid/x)"/>',
        '<rect fill="url(https://evil.invalid/x#a)"/>',
        '<style><rect/>@import "https://evil.invalid/x.css";</style>',
        "<style>a { }<title>t</title>rect { fill: url(https://evil.invalid/x) }</style>",
        "<style>a { }<style/>rect { fill: url(https://evil.invalid/x) }</style>",
        '<iframe src="https://evil.invalid"/>',
        '<handler type="text/ecmascript">alert(1)</handler>',
    ],
)
def test_nothing_that_runs_links_or_fetches_is_left(inside: str, encoding: str) -> None:
    left = rebuilt(inside, encoding=encoding).replace("&lt;script&gt;", "")
    for sign in ("script", "alert", "evil", "onclick", "<a", "data:"):
        assert sign not in left


def test_shapes_words_and_looks_are_kept() -> None:
    made = rebuilt(
        '<title>Sơ đồ</title><defs><linearGradient id="g"><stop offset="1" stop-color="red"/>'
        '</linearGradient></defs><style>.a { fill: rgb(1,2,3) }</style><g transform="rotate(3)">'
        '<rect class="a" style="stroke: #000; stroke-width: 2" fill="url(#g)" x="1"/>'
        '<use href="#g"/><text x="1">a &lt; b &amp; c</text></g>',
        'viewBox="0 0 9 9"',
    )
    for part in (
        "<title>Sơ đồ</title>",
        'stop-color="red"',
        ".a { fill: rgb(1,2,3) }",
        'stroke="#000" stroke-width="2"',
        'fill="url(#g)"',
        '<use href="#g">',
        "a &lt; b &amp; c",
        'viewBox="0 0 9 9"',
    ):
        assert part in made


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg>no name space</svg>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        f"<svg {HOME}>".encode(),
        f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {HOME}>&a;</svg>'.encode(),
        f"<svg {HOME}>&nbsp;</svg>".encode(),
        f"<?xml version='1.0' encoding='x-none'?><svg {HOME}/>".encode(),
        f"<svg {HOME}>{'<g>' * DEEPEST}{'</g>' * DEEPEST}</svg>".encode(),
    ],
)
def test_what_is_no_drawing_is_not_shown(data: bytes) -> None:
    assert rebuilt_drawing(data) is None


def doubled(levels: int) -> str:
    """A shape repeated twice by what is repeated twice, and so on."""
    twice = '<g id="a{0}"><use href="#a{1}"/><use href="#a{1}"/></g>'
    parts = "".join(twice.format(at, at + 1) for at in range(levels))
    return f'<defs>{parts}<rect id="a{levels}"/></defs><use href="#a0"/>'


def test_what_repeats_a_repetition_is_kept_as_far_as_a_browser_can_take_it() -> None:
    made = rebuilt(doubled(3))
    assert made.count("<use href=") == 7
    assert rebuilt_drawing(drawing(doubled(20))) is None


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ('<a href="#x" fill="red"><rect/></a>', '<g fill="red"><rect></rect></g>'),
        ('<text>Xem <a href="#x">tài liệu</a></text>', "Xem <tspan>tài liệu</tspan></text>"),
        ('<mask style="mask-type: alpha"/>', 'style="mask-type: alpha"'),
        ('<mask mask-type="alpha"/>', 'mask-type="alpha"'),
        ('<feTurbulence baseFrequency=".05"/>', 'baseFrequency=".05"'),
        ('<style media="print">a { fill: red }</style>', '<style media="print">'),
        ('<text systemLanguage="fr"/>', 'systemLanguage="fr"'),
        ('<text style="font: bold 9px serif"/>', 'style="font: bold 9px serif"'),
        ('<path style="marker: url(#a)"/>', 'style="marker: url(#a)"'),
        ('<g style="--c: red"/>', 'style="--c: red"'),
        (
            '<g style="position: fixed; fill: red; filter: url(https://evil.invalid)"/>',
            '<g fill="red" style="fill: red">',
        ),
        ('<g style="--c: url(#a)"/>', "<g></g>"),
    ],
)
def test_what_programs_write_is_drawn_as_they_draw_it(inside: str, kept: str) -> None:
    assert kept in rebuilt(inside)


def nested(mask: str, sheet: str = "") -> str:
    """Four masks of three shapes each, each shape masked by the next: 81 shapes for one."""
    levels = [
        f'<mask id="m{level}">'
        + f'<rect class="c{level}" {mask.format(level + 1)}/>' * 3
        + "</mask>"
        for level in range(4)
    ]
    rules = "".join(sheet.format(level, level + 1) for level in range(4))
    style = f"<style>{rules}</style>" if sheet else ""
    return f"{''.join(levels)}<mask id='m4'><rect/></mask>{style}<rect {mask.format(0)}/>"


@pytest.mark.parametrize(
    "inside",
    [
        nested('mask="url(#m{})"'),
        nested("style=\"mask: url('#m{}')\""),
        nested('style="fill: red; marker: url(#m{})"'),
        nested('clip-path="url( #m{} )"'),
        nested('marker-mid="url(&quot;#m{}&quot;)"'),
        nested('mask="URL(#m{})"'),
        nested("", ".c{0} {{mask: url(#m{1})}}") + '<rect mask="url(#m0)"/>',
        nested("", "g, mask > .c{0} {{clip-path: url(#m{1})}}") + '<rect mask="url(#m0)"/>',
        nested("", "rect {{fill: red; mask: url(#m{1})}}"),
    ],
)
def test_what_is_drawn_too_often_is_not_shown(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rebuilt(inside)  # few enough for a browser
    monkeypatch.setattr(drawn_times, "MOST_REPEATED", 60)
    assert rebuilt_drawing(drawing(inside)) is None


@pytest.mark.parametrize(
    "inside",
    [
        '<clipPath id="a"><use href="#b"/></clipPath><rect id="b"/>'
        + '<g clip-path="url(#a)"><rect/></g>' * 15,
        "<style>path{marker-end:url(#a)}</style><marker id='a'><path/></marker>" + "<path/>" * 20,
        '<linearGradient id="a"><stop/><stop/></linearGradient>' + '<rect fill="url(#a)"/>' * 50,
        '<linearGradient id="a"><stop/></linearGradient>' + '<rect style="fill: url(#a)"/>' * 50,
        "<style>.a{fill:url(#b)}</style><pattern id='b'><rect class='a'/></pattern>"
        + '<rect class="a"/>' * 50,
        '<mask id="a" mask="url(#a)"><rect mask="url(#a)"/></mask>' * 2,
        '<symbol id="a"><rect/><rect/></symbol>' + '<use href="#a"/>' * 15,
    ],
)
def test_drawings_as_programs_make_them_are_shown(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn_times, "MOST_REPEATED", 60)
    assert rebuilt(inside)


def test_a_chain_as_long_as_a_drawing_may_be_is_counted_without_recursion() -> None:
    chain = "".join(f'<mask id="m{at}" mask="url(#m{at + 1})"/>' for at in range(5000))
    assert rebuilt_drawing(drawing(chain)) is None  # each is drawn with all behind it
