"""What holds of every rule: ids, words, registration, and a rule for everything that reading reports."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

from qmstool import rules
from qmstool.findings import Severity
from qmstool.manual.loading.loader import load
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.composer import compose
from qmstool.references.resolver import resolve
from qmstool.rules import ALL, BY_SLUG, Rule
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.rules.input.causes import CAUSES, FRONT, HINTS
from tests.support.manuals import tiny, tiny_with
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

# The first digit of the ids of each family.
FAMILIES = {
    "input": "0",
    "references": "1",
    "coverage": "2",
    "control": "3",
    "approval": "4",
    "prose": "6",
}
PROCEDURE = tiny()["procedures/qt-vp-01.md"].decode()
DATA, BODY = PROCEDURE.removeprefix("---\n").split("---\n", 1)


def modules_of(family: str) -> Iterator[ModuleType]:
    package = import_module(f"{rules.__name__}.{family}")
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        yield import_module(module.name)


def rules_of(module: ModuleType) -> tuple[Rule, ...]:
    declared: tuple[Rule, ...] = getattr(module, "RULES", ())
    return declared


def test_ids_and_slugs_are_of_one_form_and_used_once() -> None:
    for rule in ALL:
        assert re.fullmatch(r"QMS\d{3}", rule.id)
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.slug)
    assert len({rule.id for rule in ALL}) == len(BY_SLUG) == len(ALL)


@pytest.mark.parametrize(("family", "digit"), FAMILIES.items())
def test_a_family_has_ids_of_its_own(family: str, digit: str) -> None:
    declared = [rule for module in modules_of(family) for rule in rules_of(module)]
    assert declared
    assert {rule.id[len("QMS")] for rule in declared} == {digit}


def test_every_family_is_known() -> None:
    packages = {module.name for module in iter_modules(rules.__path__) if module.ispkg}
    assert packages == {"base", *FAMILIES}


def test_every_declared_rule_is_registered() -> None:
    """A rule of a module stands in its `RULES`, and the `RULES` of every module in `ALL`."""
    registered = Counter(rule.id for rule in ALL)
    for family in FAMILIES:
        for module in modules_of(family):
            here = [value for value in vars(module).values() if isinstance(value, Rule)]
            for rule in (*here, *rules_of(module)):
                assert registered[rule.id] == 1, f"{rule.id} of {module.__name__}"


def broken_manuals() -> Iterator[Mapping[str, str | bytes]]:
    """What to lay over the tiny manual to break it: rules' examples, and lines left out."""
    for rule in ALL:
        yield dict(example(read_page(rule, "vi"), HEADINGS["vi"][2]).files)
    for path, data in tiny().items():
        lines = data.splitlines(keepends=True)
        for number in range(len(lines)):
            yield {path: b"".join([*lines[:number], *lines[number + 1 :]])}


def test_every_slug_of_loader_and_resolver_has_a_rule() -> None:
    slugs: set[str] = set()
    for overlay in broken_manuals():
        manual = load(tiny_with(overlay))
        slugs.update(problem.slug for problem in manual.problems)
        slugs.update(
            reference.violation for reference in resolve(manual).all if reference.violation
        )
    assert {"broken-yaml", "missing-key", "not-utf8", "unknown-code", "broken-link"} <= slugs
    assert slugs <= set(BY_SLUG)


BY_CAUSE = {
    "sign": "a: @x\n",
    "token": "a:\n  -\t`x`\n",
    "alias": "a: {\n  *x\n",
    "colon": "a: x: y\n",
    "hash": "a: x #y\n",
    "word-quotes": "a: “x: y”\n",
    "quote": 'a: "x\n',
    "after-quote": 'a: "x" y\n',
    "backslash": 'a: "\\x"\n',
    "bracket": "a: [1, 2\n",
    "no-comma": "a: {title: x owner: y}\nc: 1\n",
    "no-colon": "a: 1\nb x\nc: 1\n",
    "no-blank": "a:x\nb: 1\n",
    "wide-colon": "a: 1\nb：x\nc: 1\n",
    "no-dash-blank": "a:\n  - x\n  -y\n",
    "wrong-dash": "a:\n  - x\n  – y\n",
    "item": "a:\n  - x\n   - y\n",
    "tab": "a:\n\tb: 1\n",
    "blank": "a: 1\nb:\u00a0x\n",
    "indent": "a: 1\n  b: 2\n",
    "second": "a: 1\n---\nb: 2\n",
    "character": "a: \x07\n",
    "depth": f"a: {'[' * 200}{']' * 200}\n",
    "key": "? [a]\n: 1\n",
    "other": "a: [#]\n",
}


@pytest.mark.parametrize(("cause", "text"), BY_CAUSE.items())
def test_a_cause_by_its_name(cause: str, text: str) -> None:
    _, problems = compose(SourceFile("a.yml", text.encode()))
    assert [problem.violation.values["cause"] for problem in problems] == [cause]


def test_every_cause_has_words() -> None:
    assert set(CAUSES) == set(BY_CAUSE)


BY_CAUSE_OF_FRONT_MATTER = {
    "": BODY,
    "no-opening": f"{DATA}---\n{BODY}",
    "unclosed": f"---\n{DATA}{BODY}",
    "late": f"\n\n---\n{DATA}---\n{BODY}",
    "later": f"# Bìa\n\n---\n{DATA}---\n{BODY}",
    "bar": f"----\n{DATA}---\n{BODY}",
}


@pytest.mark.parametrize(("cause", "text"), BY_CAUSE_OF_FRONT_MATTER.items())
def test_a_cause_of_front_matter_by_its_name(cause: str, text: str) -> None:
    manual = load(tiny_with({"procedures/qt-vp-01.md": text}))
    causes = [
        problem.violation.values.get("cause", "")
        for problem in manual.problems
        if problem.slug == "no-front-matter"
    ]
    assert causes == [cause]


def test_every_cause_of_front_matter_has_words() -> None:
    of_the_manual = {"no-main"}  # no text of its own: test_first_contact.py
    assert set(FRONT) == {*BY_CAUSE_OF_FRONT_MATTER, *of_the_manual}


BY_SLIP = {
    "": "{title: Báo cáo, owner: VP, retentoin: 3 năm}",
    "no-blank": "{title:Báo cáo, owner: VP, retention: 3 năm}",
    "wide-colon": "{title：Báo cáo, owner: VP, retention: 3 năm}",
    "blank": "{title\u00a0: Báo cáo, owner: VP, retention: 3 năm}",
    "comma": "{title: Báo cáo, kế hoạch, owner: VP, retention: 3 năm}",
    "opens": "{title: [Mật], owner: VP, retention: 3 năm}",
}


@pytest.mark.parametrize(("slip", "row"), BY_SLIP.items())
def test_a_slip_by_its_name(slip: str, row: str) -> None:
    text = f"schema: 1\nrecords:\n  bao-cao-danh-gia: {row}\n"
    assert slips({"procedures/records.yml": text}) == [slip]


def test_the_slip_of_items_by_its_name() -> None:
    names = "names: [quy trình kiểm soát tài liệu]\n"
    assert names in PROCEDURE
    text = PROCEDURE.replace(names, "names:\n  -một\n  -hai\n")
    assert slips({"procedures/qt-vp-01.md": text}) == ["no-dash-blank"]


def slips(overlay: Mapping[str, str]) -> list[str]:
    return [
        problem.violation.values.get("slip", "")
        for problem in load(tiny_with(overlay)).problems
        if problem.slug in {"unknown-key", "wrong-value"}
    ]


def test_every_slip_has_words() -> None:
    assert set(HINTS) == {*BY_SLIP, "no-dash-blank"}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.slug)
def test_both_languages_name_the_same_values(rule: Rule) -> None:
    names = {}
    for lang in HEADINGS:
        values = re.findall(r"(?<!\{)\{(\w+)\}", rule.message.get(lang))
        names[lang] = {value.removesuffix(f"_{lang}") for value in values}
    assert names["vi"] == names["en"]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.slug)
def test_a_message_is_for_people(rule: Rule) -> None:
    assert rule.severity in Severity
    assert rule.title.vi != rule.title.en
    assert not re.search(r"(?i)node|parser|slug|token|exception", rule.message.vi + rule.message.en)
