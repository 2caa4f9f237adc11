"""Whatever a stranger writes into a manual, nothing of it runs on the site, loads, or leads out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError
from qmstool.manual.loading.appearance import read_appearance
from qmstool.sanitizing.html import clean
from qmstool.site.build.edition_build import refuse_foreign_content
from qmstool.site.safety.csp import content_security_policy, frame_scripts
from tests.support.manuals import tiny
from tests.support.memory import MemoryTree
from tests.support.site.audited import audit_site
from tests.support.site.scenes import built, rendered, write

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) x='{{ 7*7 }}"
YAML_EVIL = EVIL.replace("'", "''")

TEXT = r"""
# Quy trình <script>alert(1)</script> {onclick=alert(1) data-toc-label="<img src=x onerror=alert(1)>"}

## 1. Mục <img src=x onerror=alert(1)> &lt;script&gt;alert(1)&lt;/script&gt; {data-toc-label="<script>" style="x:y"}

<script>alert(1)</script>
<div id="__config">{"base": "https://evil.example", "search": "https://evil.example/w.js"}</div>
</article></div></main><script>alert(1)</script>
<iframe src="https://evil.example"></iframe><object data="a.swf"></object><embed src="x"><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example">
<svg onload=alert(1)><script>alert(1)</script><a href="javascript:alert(1)"><text>x</text></a></svg>
<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<a href="jav&#x09;ascript:alert(1)">a</a> <a href="&#106;avascript:alert(1)">b</a> <a href=" javascript:alert(1)">c</a>
<a href="data:text/html,<script>alert(1)</script>">d</a> <a href="\\evil.example/x">e</a> <a href="/\evil.example">f</a>
<img src="https://evil.example/x.png"> <img src="//evil.example/x.png"> <img src="a.png" srcset="https://evil.example/x 2x">
<p style="background:url(https://evil.example/x)">g</p>
<form action="https://evil.example"><button formaction="javascript:alert(1)">h</button></form>

[x](javascript:alert(1)) [y](<javascript:alert(1)>) [z](data:text/html;base64,PHNjcmlwdD4=){onclick=alert(1)}
[q][evil] ![i](https://evil.example/i.png){onerror=alert(1)} <javascript:alert(1)>

[evil]: javascript:alert(1) "t"

[lên](../../../../etc/passwd) ![ảnh](../../../../etc/passwd) [tệp](file:///etc/passwd)
[ngoài](out.png) ![ngoài](out.png) [trang](page.html)

{% for x in range(10) %}{{ config.people }}{% endfor %} --8<-- "/etc/passwd"

!!! note "<script>alert(1)</script>"
    thân {onclick=alert(1)}

*[HTQL]: "><script>alert(1)</script>

HTQL `<script>`
"""
# In data files every text is the attack; single quotes are YAML's.
DATA = {
    "procedures/records.yml": (
        "schema: 1\nrecords:\n  bao-cao-danh-gia: {title: 'E', retention: 'E', note: 'E'}\n"
    ),
    "procedures/external.yml": (
        "schema: 1\ndocuments:\n  nd-30-2020: {number: 30/2020/NĐ-CP, type: 'N', issuer: 'E', "
        "title: 'E', status: in_force, url: 'javascript:alert(1)', evidence: 'E'}\n"
    ),
    "manual/abbreviations.yml": (
        "schema: 1\nabbreviations:\n  'A]<b>': {expansion: 'E'}\n  HTQL: {expansion: 'E'}\n"
    ),
    "manual/process-map.yml": (
        "schema: 1\ntitle: 'E'\ngroups: {g: {name: 'E'}}\n"
        "parties: {p: {name: 'E', side: both}}\n"
        "processes: {x: {title: 'E', group: g, inputs: ['E']}}\n"
        "flows: [{from: p, to: x, item: 'E'}]\n"
    ),
    "qms.yml": tiny()["qms.yml"].decode().replace("name: Cơ quan Ví dụ", "name: 'E'")
    + "notice: 'E'\nsite: {contact: 'E', edit_url: 'https://forge.example/edit/{path}'}\n",
    "mkdocs.yml": "site_name: 'E'\ncopyright: 'E'\n",
}
FRONT = (
    "---\ncode: QT VP 01\ntype: procedure\ntitle: 'E'\nowner: VP\nnote: 'E'\nretention: 'E'\n"
    "template: evil.html\n---\n"
)
HOSTILE = {
    **{path: text.replace("'E'", f"'{YAML_EVIL}'") for path, text in DATA.items()},
    "procedures/qt-vp-01.md": FRONT.replace("'E'", f"'{YAML_EVIL}'") + TEXT,
    "procedures/page.html": "<script>alert(1)</script>",
}


class Watch(HTMLParser):
    """A second, simple reader of pages: what would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.article |= tag == "article"
        for name, value in attrs:
            flat = re.sub(r"[\x00-\x20]", "", (value or "").lower())
            loads = name in {"src", "srcset", "data", "action", "poster"} and (
                "//" in flat or "\\" in flat
            )
            if (
                name.startswith("on")
                or flat.startswith(("javascript:", "data:", "file:"))
                or loads
                or (name in {"srcdoc", "style"} and self.article)
            ):
                self.bad.append(f"<{tag} {name}={value}>")
        if self.article and tag in {"iframe", "object", "embed", "base", "form", "script"}:
            self.bad.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.article = False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a manual full of attacks, a link out of the repository included."""
    home = tmp_path_factory.mktemp("hostile")
    root = write(home / "repo", {**{path: data.encode() for path, data in HOSTILE.items()}})
    (home / "secret.png").write_bytes(b"secret")
    (root / "procedures/out.png").symlink_to(home / "secret.png")
    built(root, home / "site")
    return home / "site"


def test_a_manual_full_of_attacks_is_built_and_clean(site: Path) -> None:
    assert [str(fault) for fault in audit_site(site) if fault.fatal] == []


def test_a_second_reader_finds_nothing_that_runs_or_loads(site: Path) -> None:
    for page in site.rglob("*.html"):
        watch = Watch()
        watch.feed(page.read_text())
        assert watch.bad == [], page


def test_what_no_page_uses_is_not_served(site: Path) -> None:
    served = {path.parent.name for path in site.rglob("*.js")}
    assert "javascripts" in served
    assert not served & {"lunr", "min", "workers"}


def test_no_page_shows_an_object_of_the_program(site: Path) -> None:
    """A template that asks a dict for one of its methods is given it, at an address of this run."""
    assert [page for page in site.rglob("*.html") if " at 0x" in page.read_text()] == []


def test_no_tag_of_an_attack_reaches_a_page_in_any_frame(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text()
        assert "<script>alert" not in html, page
        assert not re.search(r"<img[^>]*onerror", html), page
        assert "evil.example/w.js" not in html or 'id="__config">{"base": "https' not in html


def test_nothing_of_the_text_can_pass_for_the_themes_own_parts(site: Path) -> None:
    html = (site / "tai-lieu/qt-vp-01/index.html").read_text()
    assert html.count('id="__config"') == 1


def test_templates_in_texts_are_text(site: Path) -> None:
    html = (site / "tai-lieu/qt-vp-01/index.html").read_text()
    assert "{{ config.people }}" in html
    assert "root:x:0" not in html


def test_nothing_outside_the_manual_and_nothing_that_could_run_is_copied(site: Path) -> None:
    copied = [path.name for path in (site / "tep").rglob("*")] if (site / "tep").exists() else []
    assert "out.png" not in copied
    assert "page.html" not in copied
    assert not any(b"secret" in path.read_bytes() for path in site.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x onerror=alert(1)>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<svg><animate onbegin=alert(1)></svg>",
        "<svg><use href='data:image/svg+xml,x'/></svg>",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<style>@import 'https://evil.example'</style>",
        "<p id='__search'>x</p>",
        "<p class='md-overlay'>x</p>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<input type=checkbox id=__drawer onchange=alert(1)>",
        "<p data-md-component=search>x</p>",
    ],
)
def test_the_cleaner_leaves_nothing_of_it(html: str) -> None:
    left = clean(html)
    assert not re.search(r"on\w+=|script:|data:|evil|__|md-|<(style|use|animate)", left), left


@pytest.mark.parametrize(
    "tag",
    ["<input>", "<input type=password name=a autofocus>", "<input disabled type=file required>"],
)
def test_what_could_be_filled_in_is_a_box_that_cannot(tag: str) -> None:
    assert {clean(tag) for _ in range(30)} == {'<input type="checkbox" disabled="">'}


def test_our_own_drawings_and_states_pass_the_cleaner() -> None:
    html = (
        '<svg class="q-drawing" viewBox="0 0 9 9" role="img"><title>T</title><a '
        'href="../x/"><rect x="1" rx="2"></rect></a></svg>'
    )
    assert clean(html).replace(' rel="noopener noreferrer"', "") == html


@pytest.mark.parametrize(
    "text",
    [
        "plugins: [macros]",
        "hooks: [evil.py]",
        "theme: {name: material, custom_dir: evil}",
        "theme: {name: readthedocs}",
        "theme: {palette: {primary: 'url(x)'}}",
        "theme: {logo: ../../etc/passwd}",
        "theme: {logo: templates/evil.svg}",
        "extra_css: [https://evil.example/x.css]",
        "extra_css: [templates/../qms.css]",
        "extra_javascript: [x.js]",
        "markdown_extensions: [{pymdownx.snippets: {base_path: /}}]",
        "site_name: !!python/object/apply:os.system [id]",
        "site_name: !ENV HOME\nx: 1",
        "a: &a [1]\nb: [*a, *a]",
        "INHERIT: /etc/passwd",
        "site_name: [1",
    ],
)
def test_the_look_is_data_with_a_short_list_of_keys(text: str) -> None:
    with pytest.raises(QmsError):
        read_appearance(
            MemoryTree({"mkdocs.yml": text, "templates/evil.svg": "<svg/>", "qms.css": "x"})
        )


def test_the_look_takes_what_is_permitted() -> None:
    text = (
        "site_name: Sổ tay\ntheme: {palette: {primary: teal}, logo: templates/logo.png}\n"
        "extra_css: [templates/own.css]\n"
    )
    got = read_appearance(
        MemoryTree({"mkdocs.yml": text, "templates/logo.png": b"png", "templates/own.css": b"p{}"})
    )
    assert (got.site_name, got.primary, got.styles) == ("Sổ tay", "teal", ("templates/own.css",))


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ edition.__init__.__globals__ }}",
        "{{ url.__globals__ }}",
        "{% include '../../../etc/passwd' %}",
        "{{ nothing }}",
        "{% for",
        "{{ w.update({'a': 1}) }}",
    ],
)
def test_a_manuals_own_template_stays_in_the_sandbox(template: str, tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {"templates/site/pages/about.md.jinja": template.encode()})
    with pytest.raises(QmsError):
        built(root, tmp_path / "site")


def test_a_manual_cannot_bring_its_own_frame(tmp_path: Path) -> None:
    evil = b"<script>alert(1)</script>"
    root = write(
        tmp_path / "repo",
        {
            "templates/site/theme/main.html": evil,
            "templates/site/theme/assets/javascripts/qms.js": evil,
        },
    )
    built(root, tmp_path / "site")
    assert "<script>alert" not in (tmp_path / "site/index.html").read_text()
    assert (tmp_path / "site/assets/javascripts/qms.js").read_bytes() != evil


GUARD = (
    '<!doctype html><meta http-equiv="Content-Security-Policy" '
    f'content="{content_security_policy(in_page=True)}"><title>x</title>'
)


@pytest.mark.parametrize(
    "html",
    [
        "<article><script>alert(1)</script></article>",
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<img src='https://evil.example/x.png'>",
        "<link rel=stylesheet href='//evil.example/x.css'>",
        "<iframe src=x></iframe>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<script src='gone.js'></script>",
        "<p style='background: url(https://evil.example)'>x</p>",
        "<p style='color: red'>x</p>",
        "<style>p { color: red }</style>",
        "<article>"
        + "".join(f"<script>{each}</script>" for each in frame_scripts())
        + "</article>",
    ],
)
def test_the_audit_refuses_a_page(html: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"{GUARD}{html}")
    with pytest.raises(QmsError):
        refuse_foreign_content(audit_site(tmp_path))


def test_the_audit_refuses_a_page_without_the_policy_and_takes_one_with_it(tmp_path: Path) -> None:
    frame = "".join(f"<script>{each}</script>" for each in frame_scripts())
    (tmp_path / "index.html").write_text(f"{GUARD}{frame}<p>x</p>")
    assert refuse_foreign_content(audit_site(tmp_path)) == ()
    (tmp_path / "index.html").write_text(
        f"{GUARD.replace(chr(39) + 'none' + chr(39), '*')}{frame}<p>x</p>"
    )
    with pytest.raises(QmsError):
        refuse_foreign_content(audit_site(tmp_path))


@pytest.mark.parametrize("link", ["gone/", "#gone"])
def test_the_audit_tells_of_a_dead_link_and_lets_it_pass(link: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"{GUARD}<a href='{link}'>x</a>")
    assert [fault.words for fault in refuse_foreign_content(audit_site(tmp_path))] == [link]


def test_the_audit_refuses_a_style_sheet_that_loads_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("p { background: url(https://evil.example/x) }")
    with pytest.raises(QmsError):
        refuse_foreign_content(audit_site(tmp_path))


def test_no_value_stands_for_the_text_of_a_page() -> None:
    """While a template runs, a mark stands for the text; what somebody writes is never that mark."""
    files = dict(tiny())
    text = files["procedures/qt-vp-01.md"].decode()
    text = text.replace("owner: VP\n", 'owner: VP\nnote: "\\x02text\\x03"\n')
    files["procedures/qt-vp-01.md"] = text.encode()
    page = rendered(MemoryTree({**files}))["tai-lieu/qt-vp-01/"]
    assert page.count("Mọi người luôn dùng đúng bản") == 1


def test_values_of_data_files_are_escaped_in_every_page() -> None:
    pages = rendered(MemoryTree({**tiny(), **HOSTILE}))
    for address, text in pages.items():
        if address != "tai-lieu/qt-vp-01/":
            assert "<script>" not in text, address
