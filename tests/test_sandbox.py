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


def read(value: str, begun: str = "{% set t = 'a' * 900000 %}{% set u = t ~ '' %}") -> str:
    """A template that reads a long text through, nine times, and makes nothing of it."""
    return begun + f"{{% for a in range(9) %}}{{% set y = {value} %}}{{% endfor %}}"


def read_list(value: str) -> str:
    """The same of a list, beside another that is like it."""
    lists = "{% set l = range(60000) | list %}{% set m = range(60000) | list %}"
    return read(value, lists)


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
        # What reads much makes little.
        *(
            read(f"t | {name}")
            for name in ("wordcount", "int", "float", "replace('a', '')", "min", "truncate(9)")
        ),
        *(read(f"t is {name}") for name in ("lower", "eq(u)", "in('b')", "lt(u)")),
        *(read(value) for value in ("t == u", "t < u", "u < 'b' < t", "'ab' in t", "t not in 'b'")),
        *(read(f"t.{name}") for name in ("count('b')", "isalpha()", "strip('a')", "find('b')")),
        *(read(value) for value in ("t[1:]", "t[::2]", "{'a': 1}[t] is defined")),
        *(
            read_list(value)
            for value in (
                "l | sum",
                "l | max",
                "l == m",
                "-1 in l",
                "l.count(-1)",
                "l[1:]",
                "l is eq m",
            )
        ),
        read("'a' in r", "{% set r = range(60000) %}"),
        read("[1] | groupby('x', default=t)"),
        # What is written into a value.
        (
            "{% set ns = namespace(x='ab') %}{% for a in range(60) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}"
            "{% endset %}{% endfor %}"
        ),
        *(
            f"{{% set t = 'a' * 900000 %}}{begun}{{% for a in range(99) %}}{{{{ t }}}}{{% endfor %}}{end}"
            for begun, end in (
                ("{% macro m() %}", "{% endmacro %}{{ m() | length }}"),
                ("{% set x %}", "{% endset %}"),
                ("{% filter length %}", "{% endfilter %}"),
                (
                    "{% macro m() %}{{ caller() | length }}{% endmacro %}{% call m() %}",
                    "{% endcall %}",
                ),
            )
        ),
        # A round, or a call, of much that is done.
        "{% for a in range(999) %}" + "{% set b = 1 %}" * 2000 + "{% endfor %}",
        "{% macro m() %}"
        + "{% set b = 1 %}" * 2000
        + "{% endmacro %}{% for a in range(999) %}{{ m() }}{% endfor %}",
        # What grows with the square of what is given.
        "{{ ('a' * 99999) | wordwrap(1) }}",
        "{{ ([[1] * 999] * 999) | sum(start=[]) }}",
        # What takes its length from a value, or repeats one.
        "{{ '%*d' % (999999999, 1) }}",
        "{{ '{:{}}'.format(1, 999999999) }}",
        "{{ ('%99999d' * 999) % ((1,) * 999) }}",
        "{{ ('{0:99999}' * 999).format(1) }}",
        "{{ ('{0}' * 9999).format('a' * 9999) }}",
        "{{ ('%(a)s' * 9999) % {'a': 'a' * 9999} }}",
        "{{ ('www.a.vn ' * 9999) | urlize(rel='b' * 999) }}",
        "{{ range(9999) | list | tojson(indent=9999) }}",
        "{{ 'a'.encode() }}",
        "{{ (9).to_bytes(999999999, 'big') }}",
        # Numbers that no page can show.
        "{{ 9 ** 9999 > 1 }}",
        # What Jinja, or Python, does not take.
        "{{ 'abc' | truncate(1, true, 'abc') }}",
        "{% for a in [1] %}" * 90 + "{% endfor %}" * 90,
        "{% if 1 %}" * 900 + "{% endif %}" * 900,
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
