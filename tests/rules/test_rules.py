"""What holds of every rule: ids, words, and that everything the loader and the resolver say has a rule to explain it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qmstool.findings import Severity
from qmstool.rules import ALL, BY_SLUG, Rule
from qmstool.rules.input.causes import CAUSES, FRONT, HINTS

PACKAGE = Path(__file__).parents[2] / "qmstool"
FAMILIES = {
    "reading": "0",
    "reading_allowances": "0",
    "reading_signs": "0",
    "reading_storing": "0",
    "references": "1",
    "references_pointing": "1",
    "links": "1",
    "coverage": "2",
    "coverage_processes": "2",
    "coverage_silences": "2",
    "control": "3",
    "control_currency": "3",
    "control_external": "3",
    "control_forms": "3",
    "control_holders": "3",
    "control_parents": "3",
    "control_people": "3",
    "control_register": "3",
    "control_reliance": "3",
    "control_reviews": "3",
    "approval": "4",
    "prose": "6",
    "near_names": "6",
}


def test_ids_and_slugs_are_of_one_form_and_used_once() -> None:
    assert all(
        re.fullmatch(r"QMS\d{3}", rule.id) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.slug)
        for rule in ALL
    )
    assert len({rule.id for rule in ALL}) == len(BY_SLUG) == len(ALL)


@pytest.mark.parametrize(("module", "family"), FAMILIES.items())
def test_a_module_holds_one_family(module: str, family: str) -> None:
    text = (PACKAGE / "rules" / f"{module}.py").read_text(encoding="utf-8")
    ids = re.findall(r'"QMS(\d)\d\d"', text)
    assert set(ids) == {family}
    assert set(re.findall(r'"(QMS\d{3})"', text)) <= {rule.id for rule in ALL}


def test_every_slug_of_loader_and_resolver_has_a_rule() -> None:
    readers = (
        "load*.py",
        "wordlists.py",
        "config.py",
        "sources/nodes.py",
        "sources/yaml_parsing.py",
        "sources/entries.py",
        "sources/text.py",
    )
    texts, resolvers = (
        [path.read_text(encoding="utf-8") for pattern in patterns for path in PACKAGE.glob(pattern)]
        for patterns in (readers, ("resolve*.py",))
    )
    said = {
        slug
        for text in texts
        for slug in re.findall(r'(?:Problem|report)\(\s*"([a-z0-9-]+)"', text)
    }
    said |= {
        slug for text in texts for slug in re.findall(r'flaws\.append\("([a-z0-9-]+)"\)', text)
    }
    said |= {
        slug
        for text in resolvers
        for slug in re.findall(r'"((?:unknown|broken|unsafe|section)-[a-z-]+)"', text)
    }
    assert said
    assert said <= set(BY_SLUG)


def test_every_cause_and_slip_has_words() -> None:
    rooms = ("nodes", "yaml_parsing", "yaml_slips", "yaml_bends")
    text = "".join(
        (PACKAGE / "sources" / f"{room}.py").read_text(encoding="utf-8") for room in rooms
    )
    said = set(re.findall(r'", "([a-z-]+)"\),\n', text)) | set(
        re.findall(r'cause(?:"|=|\s=)\s*:?\s*"([a-z-]+)"', text)
    )
    said |= set(re.findall(r'(?:_Try|Bend)\("([a-z-]+)"', text)) | {"tab", "blank"}
    assert said | {"other"} == set(CAUSES)
    front = (PACKAGE / "sources" / "front.py").read_text(encoding="utf-8")
    assert {"", *re.findall(r'\("([a-z-]+)", lines', front), "later", "late"} == set(FRONT)
    meant = (PACKAGE / "sources" / "yaml_meant.py").read_text(encoding="utf-8")
    assert {
        "",
        *re.findall(r'Meant(?:Key|Value)\("([a-z-]+)"', meant),
        "no-blank",
        "wide-colon",
    } == set(HINTS)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.slug)
def test_both_languages_name_the_same_values(rule: Rule) -> None:
    vi, en = (
        {
            name.removesuffix(f"_{lang}")
            for name in re.findall(r"(?<!\{)\{(\w+)\}", rule.message.get(lang))
        }
        for lang in ("vi", "en")
    )
    assert vi == en
    assert rule.severity in Severity
    assert rule.title.vi != rule.title.en
    assert not re.search(r"(?i)node|parser|slug|token|exception", rule.message.vi + rule.message.en)
