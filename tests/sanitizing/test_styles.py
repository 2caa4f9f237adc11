"""Of a style sheet it is known what may stand, and everything else is named."""

from __future__ import annotations

import pytest

from qmstool.sanitizing.styles import first_foreign


@pytest.mark.parametrize(
    "style",
    [
        '@import "x.css";',
        "@IMPORT url(x.css);",
        "@\\69mport 'x';",
        "p { background: url(https://evil.invalid/x) }",
        "p { background: url( '//evil.invalid/x' ) }",
        "p { background: URL(data:text/html,x) }",
        "p { background: u\\72 l(//evil.invalid) }",
        "p { background: url(\\2f\\2f evil.invalid) }",
        "p { background: url(/x.png) }",
        "p { background: url(javascript:alert(1)) }",
        "p { background: image-set('https://evil.invalid/x' 1x) }",
        "p { background: -webkit-image-set(url(x) 1x) }",
        "p { background: src('//evil.invalid') }",
        "p { width: expression(alert(1)) }",
        "p { background: paint(x); }",
        'a { content: "/*" } @import url(//evil.invalid) ; b { content: "*/" }',
        "p { background: url(x",
        "p { content: 'x",
        # A string ends where its line ends, and a line ends by each of these.
        'a { content: "\f; } b { background: url(//evil.invalid) } c { content: "" }',
        "a { content: '\r; } @import url(//evil.invalid); c { content: ' }",
        'a { content: "\\\r\n\f; } @import url(//evil.invalid); c { content: " }',
        # Another name that ends in the letters of an address opens none: a comment begins in it.
        'a{--x:xurl(data:image/png;/*)"*/)}b{background:url(//evil.invalid)}c{content:""}/*"*/',
        'a{--x:#url(data:image/png;/*)"*/)}b{background:url(//evil.invalid)}c{content:""}/*"*/',
        'a{--x:1url(data:image/png;/*)"*/)}b{background:url(//evil.invalid)}c{content:""}/*"*/',
        'a{--x:·url(data:image/png;/*)"*/)}b{background:url(//evil.invalid)}c{content:""}/*"*/',
        'a{--x:\0url(data:image/png;/*)"*/)}b{background:url(//evil.invalid)}c{content:""}/*"*/',
        # No quote begins a string behind a blank that CSS does not know.
        'a{--x:url(\u00a0"data:image/png;)}b{background:url(//evil.invalid)}/*")',
        'a{--x:url(\x1c"data:image/png;)}b{background:url(//evil.invalid)}/*")',
        "p { background: ·image-set('x' 1x) }",
        "</style><script>alert(1)</script>",
        '@charset "shift_jis"; p {}',
        "@namespace x url(y);",
        "@document url(x) {}",
        # What an address leads to is shown, never run or followed: old browsers ran some.
        "p { behavior: url(x.htc) }",
        "p { color: red; -MOZ-Binding : url('x.xml#x') }",
        "p { beha/**/vior: url(x.htc) }",
        "p{color:red}q{-ms-behavior:url(#default#x)}",
    ],
)
def test_what_loads_or_runs_is_named_however_it_is_spelt(style: str) -> None:
    assert first_foreign(style)


@pytest.mark.parametrize(
    "style",
    [
        "",
        '@charset "utf-8";\np { color: red }',
        "@page :first { @top-left { content: 'a' counter(page) \"/\" } }",
        "@media screen and (min-width: 3em) { a:not(.b):hover { color: rgb(1, 2, 3) } }",
        "p { background: url(../img/x.png) url('y.svg#a') }",
        "p { mask: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E\") }",
        "p { background: url(x.png)no-repeat,url( y.png )calc(1px) }",
        "/* @import 'x'; url(//evil.invalid) */ p { width: calc(1px + var(--x)) }",
        "p::before { content: '\\201c @import url(' }",
        "@font-face { font-family: x; src: url(x.woff2) format('woff2') }",
        ":root{--icon:url(x.svg)}p{-webkit-mask-image:var(--icon);cursor:URL(x.png),auto}",
        "@media print { li { LIST-STYLE : square url(x.png) } }",
    ],
)
def test_what_lays_out_may_stand(style: str) -> None:
    assert first_foreign(style) == ""


def test_a_drawing_shows_nothing_beside_it() -> None:
    assert first_foreign("rect { fill: url(x.svg#a) }", files=False)
    assert not first_foreign("rect { fill: url(#a) }", files=False)
