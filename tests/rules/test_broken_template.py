"""Test the rule `broken-template`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.storage.resources import packaged_path
from tests.support.manuals import check_tree, findings_of, tiny, tiny_with
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "broken-template"
TABLE = "templates/print/table.html.j2"
REQUEST = "templates/dossier/request.html.j2"
ABOUT = "templates/site/pages/about.md.jinja"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example(read_page(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{SLUG} {place}" for place in bad.places]


@pytest.mark.parametrize(("path", "text", "line", "suggestion"), [
    (TABLE, "<h1>\n{{ title \n", 2, None),
    (TABLE, "<h1>\n{% if title %}\nx\n", 3, None),
    (TABLE, "<h1>\n\n{% if title %}x{% fi %}\n", 3, None),
    (TABLE, "{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, None),
    (TABLE, "\n<p>{{ titel }}</p>", 2, "title"),
    (TABLE, "\n<p>{{ title|uper }}</p>", 2, "upper"),
    (TABLE, "\n{% if title is defned %}1{% endif %}", 2, "defined"),
    (TABLE, '\n{% include "bases.html.j2" %}', 2, "base.html.j2"),
    (TABLE, '\n{% extends "basis.html.j2" %}', 2, "base.html.j2"),
    (REQUEST, '\n{% from "parts.html.j2" import nothing_like %}\n', 2, None),
    (ABOUT, "# {{ w.about }}\n\n{{ organisation|md }}\n", 3, None),
    # what never ends, whatever values there are
    (TABLE, "\n{% for i in range(1000000000) %}x{% endfor %}", 2, None),
    (TABLE, '\n{{ "x" * 100000000 }}', 2, None),
    (TABLE, '{% if title %}\n{{ "x" * 100000000 }}{% endif %}', 2, None),
    (TABLE, ('{% set ns = namespace(x="aaaaaaaaaa") %}\n{% for i in range(90) %}\n'
            "{% set ns.x = ns.x ~ ns.x %}{% endfor %}"), 3, None),
    (TABLE, '\n{% include "table.html.j2" %}', 2, None),
    (TABLE, "{% macro f() %}\n{{ f() }}{% endmacro %}\n{{ f() }}", 2, None),
    (TABLE, "x" * 1_000_001, 1, None),
    (TABLE, "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", 1, None),
])  # fmt: skip
def test_what_a_build_would_refuse_is_told_with_its_line(
    path: str, text: str, line: int, suggestion: str | None
) -> None:
    found = check_tree(tiny_with({path: text})).findings
    told = [(each.slug, each.location.path, each.location.line, each.suggestion) for each in found]
    assert told == [(SLUG, path, line, suggestion)]


@pytest.mark.parametrize("text", [
    "<p>{% if titel is defined %}{{ titel }}{% endif %}</p>",
    "<p>{{ titel|default('x') }}</p>",
    "{% set mine = 1 %}{{ mine }}{% for row in table.rows %}{{ loop.index }}{{ row }}{% endfor %}",
    ("{% macro walk(node) %}{% for each in node.below %}{{ walk(each) }}{% endfor %}{% endmacro %}"
    "{{ walk(table) }}"),
    '{% include "mine.html.j2" ignore missing %}',
    "{{ say('Bảng', 'Table') }} {{ imprint.day|string|days }}",
])  # fmt: skip
def test_what_a_template_may_say_is_no_fault(text: str) -> None:
    assert findings_of({TABLE: text}) == []


def test_a_template_of_its_own_that_another_calls_is_used() -> None:
    mine = "templates/print/mine.html.j2"
    calls = '{% include "mine.html.j2" %}'
    assert findings_of({TABLE: calls, mine: "{{ title }}"}) == []
    assert findings_of({TABLE: calls, mine: "\n{{ titl }}"}) == [f"{SLUG} {mine}:2:4"]


def test_copies_of_the_packages_templates_have_no_fault() -> None:
    copies = {
        f"templates/{folder}/{path.name}": path.read_bytes()
        for folder in ("site/pages", "dossier", "print")
        for path in packaged_path(f"templates/{folder}").iterdir()
    }
    assert findings_of(dict(copies)) == []
    # As they are and with a line more they are read differently: one is not looked at, the other is.
    more = {path: data + b"\n" for path, data in copies.items()}
    assert findings_of(dict(more)) == []


@pytest.mark.parametrize(("path", "meant"), [
    ("templates/site/pages/documents.md", "documents.md.jinja"),
    ("templates/print/tables.html.j2", "table.html.j2"),
    ("templates/dossier/request.html", "request.html.j2"),
    ("templates/dossier/thu-nghiem.html.j2", None),
    ("templates/site/document.md.jinja", "templates/site/pages/document.md.jinja"),
    ("templates/document.md.jinja", "templates/site/pages/document.md.jinja"),
    ("templates/site/theme/main.html", None),
])  # fmt: skip
def test_a_template_that_no_page_is_made_with_is_told(path: str, meant: str | None) -> None:
    found = check_tree(tiny_with({path: "x"})).findings
    assert [(each.slug, each.location.path, each.suggestion) for each in found] == [
        ("stray-file", path, meant)
    ]


def test_pictures_sheets_and_letterheads_beside_templates_are_left_alone() -> None:
    names = ("templates/logo.png", "templates/site/pages/own.css", "templates/word/giay.docx")
    assert findings_of(dict.fromkeys(names, b"x")) == []


def test_check_and_build_refuse_the_same_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in {**tiny(), ABOUT: b"# {{ w.about }}\n\n{{ organisation|md }}\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    for command in ("check", "build"):
        assert main([command, "--root", str(tmp_path), "--lang", "en"]) == 1
        told = capsys.readouterr()
        assert f"{ABOUT}:3:" in told.out + told.err
