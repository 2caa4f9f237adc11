"""A template costs no more than a page may: steps, sizes and depth are bounded, and said so."""

from __future__ import annotations

import pytest

from qmstool import sandbox
from qmstool.i18n import QmsError
from qmstool.templating import TemplateFolder
from tests.support.memory import MemoryTree


def rendered(template: str, **values: object) -> str:
    folder = TemplateFolder(MemoryTree({"templates/print/a.j2": template}), "print", "html")
    with folder.blaming("a.j2"):
        return folder.render("a.j2", **values)


def twice(value: str, more: str = "") -> str:
    """A template that makes a value of the last one, sixty times, and writes it."""
    begun = "{% set ns = namespace(x=[1]) %}"
    again = f"{{% for a in range(60) %}}{more}{{% set ns.x = {value} %}}{{% endfor %}}"
    return f"{begun}{again}{{{{ ns.x }}}}"


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% set x = range(99999) | list %}{% endfor %}",
        "{{ 'a' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ 9 ** 99999999 }}",
        "{{ 'a'.ljust(999999999) }}",
        "{{ 'a' | center(999999999) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '%999999999d' | format(1) }}",
        "{{ ('a' * 99999).replace('a', 'b' * 99999) }}",
        "{{ ('a' * 99999) | replace('a', 'b' * 99999) }}",
        "{{ ('b' * 99999).join(range(99999) | map('string') | list) }}",
        "{{ lipsum(n=99999) }}",
        "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
        "{% include 'a.j2' %}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        (
            "{% set ns = namespace(x='ab') %}{% for a in range(60) %}{% set ns.x = ns.x ~ ns.x %}"
            "{% endfor %}"
        ),
        (
            "{% set ns = namespace(x=[1]) %}{% for a in range(60) %}{% set ns.x = ns.x + ns.x %}"
            "{% endfor %}"
        ),
        (
            "{% set ns = namespace(x=9) %}{% for a in range(60) %}{% set ns.x = ns.x * ns.x %}"
            "{% endfor %}"
        ),
        # What holds another twice, which holds another twice, is without end when it is written.
        twice("[ns.x, ns.x]"),
        twice("(ns.x, ns.x)"),
        twice("{'a': ns.x, 'b': ns.x}"),
        twice("dict(a=ns.x, b=ns.x)"),
        twice("dict(a=ns.x, b=ns.x).values()"),
        twice("dict(a=ns.x, b=ns.x).items()"),
        twice("cycler(ns.x, ns.x).items"),
        twice("[ns.x, ns.x] | groupby('a')"),
        twice("[ns.x, ns.x] | batch(2) | list"),
        "{% macro m() %}{% set ns.x = varargs %}{% endmacro %}"
        + twice("ns.x", "{{ m(ns.x, ns.x) }}"),
        "{% macro m() %}{% set ns.x = kwargs %}{% endmacro %}"
        + twice("ns.x", "{{ m(a=ns.x, b=ns.x) }}"),
        "{% set a = ['b' * 999999] * 1000 %}{{ a }}",
        "{% set a = [9 ** 9999] * 90000 %}{{ a }}",
        "x" * (sandbox.LARGEST_TEMPLATE + 1),
    ],
)
def test_a_template_that_costs_too_much_is_refused_with_its_name(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", 200_000)
    with pytest.raises(QmsError, match=r"a\.j2"):
        rendered(template)


def test_what_a_namespace_holds_is_not_written_with_it() -> None:
    """Each holds the one before it twice."""
    made = "{% set n = namespace() %}{% set n.a = ns.x %}{% set n.b = ns.x %}"
    assert rendered(twice("n", made)) == "&lt;Namespace&gt;"


def test_a_page_is_no_longer_than_pages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LARGEST_PAGE", 1000)
    with pytest.raises(QmsError):
        rendered("{% for a in range(101) %}0123456789{% endfor %}")


def test_steps_are_counted_and_grow_with_the_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", 1000)
    assert rendered("{% for a in range(300) %}{{ a }}{% endfor %}")
    with pytest.raises(QmsError):
        rendered("{% for a in range(1100) %}{{ a }}{% endfor %}")


def test_what_templates_do_is_what_jinja_makes_of_it() -> None:
    template = (
        "{% for a in x %}{{ loop.index }}{{ loop.last }}{{ a ~ '<' ~ y }}{% else %}none{% endfor %}"
        "{{ x | join(', ') }}{{ 'a' * 3 }}{{ x | length + 2 ** 3 }}"
    )
    made = rendered(template, x=["b", "c"], y="d")
    assert made == "1Falseb&lt;d2Truec&lt;db, caaa10"
    assert rendered("{% for a in x %}{% else %}none{% endfor %}", x=[]) == "none"
