"""The packaged catalogues, transitions and harmonized structure: every file loads, and is numbers, short titles and marks only."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from qmstool.manual.loading.data_files import DataReader
from qmstool.manual.loading.standards import read_catalogue
from qmstool.manual.schema.standards import HARMONIZED, TRANSITION
from qmstool.parsing.source import SourceFile
from qmstool.storage import resources
from tests.support.memory import MANIFEST, manual

if TYPE_CHECKING:
    from qmstool.parsing.yaml.schema import Schema

ROOT = Path(__file__).parents[2]
CATALOGUES = tuple(name.removesuffix(".yml") for name in resources.list_names("clauses/catalogues"))
TRANSITIONS = tuple(
    name.removesuffix(".yml") for name in resources.list_names("clauses/transitions")
)
HARMONIZED_FILE = "clauses/harmonized.yml"
NUMBER = re.compile(r"(?:[1-9]\d*|[A-Z])(?:\.[1-9]\d*)*")
MARKS = {"two", "one", "unverified"}
# The longest title of any of them has 96 letters (ISO 13485, 7.5.7); a requirement has more, and verbs.
LONGEST = 100
DEMANDS = re.compile(r"\bshall\b|phải (?!là|chỉ)", re.IGNORECASE)


def path(kind: str, key: str) -> str:
    return f"clauses/{kind}/{key}.yml"


def data(where: str) -> dict[str, Any]:
    found = resources.find(None, where)
    assert found is not None
    read: dict[str, Any] = yaml.load(found, Loader=yaml.BaseLoader)
    return read


def problems(where: str, shape: Schema) -> list[str]:
    found = resources.find(None, where)
    assert found is not None
    reader = DataReader({}, [])
    reader.record(SourceFile(where, found), shape)
    return [f"{each.slug} {each.violation.location}" for each in reader.problems]


def clauses(key: str) -> dict[str, dict[str, Any]]:
    return {number: each or {} for number, each in data(path("catalogues", key))["clauses"].items()}


def order(number: str) -> tuple[tuple[int, int], ...]:
    """Numbers before letters, each part by its value."""
    return tuple((0, int(each)) if each.isdigit() else (1, ord(each)) for each in number.split("."))


def test_every_standard_asked_for_is_packaged() -> None:
    assert set(CATALOGUES) >= {
        "iso-9001-2015", "iso-9001-2026", "iso-13485-2016", "iso-14001-2015", "iso-14001-2026", "iso-17025-2017", "iso-27001-2022",
        "iso-42001-2023", "iso-45001-2018",
    }  # fmt: skip


@pytest.mark.parametrize("key", CATALOGUES)
def test_a_catalogue_loads_without_a_problem(key: str) -> None:
    reader = DataReader({}, [])
    found = resources.find(None, path("catalogues", key))
    assert found is not None
    read = read_catalogue(reader, key, SourceFile(path("catalogues", key), found))
    assert [f"{each.slug} {each.violation.location}" for each in reader.problems] == []
    assert set(read.clauses) == set(clauses(key))
    assert read.clauses or read.amends


@pytest.mark.parametrize("key", CATALOGUES)
def test_a_catalogue_is_numbers_and_short_titles(key: str) -> None:
    entries = clauses(key)
    wrong = [number for number in entries if not NUMBER.fullmatch(number)]
    assert wrong == []
    assert sorted(entries, key=order) == list(entries), "not in the order of the standard"
    orphans = [each for each in entries if "." in each and each.rpartition(".")[0] not in entries]
    assert orphans == []
    titles = [each[lang] for each in entries.values() for lang in ("vi", "en") if lang in each]
    assert [title for title in titles if len(title) > LONGEST or title.endswith((".", ";"))] == []
    assert [title for title in titles if DEMANDS.search(title)] == []


@pytest.mark.parametrize("key", CATALOGUES)
def test_every_clause_says_how_sure_it_is(key: str) -> None:
    catalogue = data(path("catalogues", key))
    assert catalogue["checked"] in MARKS
    assert catalogue["sources"]
    marks = Counter(each.get("checked", catalogue["checked"]) for each in clauses(key).values())
    assert set(marks) <= MARKS
    for number, each in clauses(key).items():
        languages = each.get("unverified", [])
        assert set(languages) <= {lang for lang in ("vi", "en") if lang in each}, number


@pytest.mark.parametrize("key", TRANSITIONS)
def test_a_transition_takes_every_clause_of_both_editions_along(key: str) -> None:
    assert problems(path("transitions", key), TRANSITION) == []
    transition = data(path("transitions", key))
    for side, edition in (("from", transition["from"]), ("to", transition["to"])):
        named = Counter(number for line in transition["lines"] for number in line.get(side, ()))
        assert set(named) == set(clauses(edition)), side
        assert [number for number, times in named.items() if times > 1] == []
    marks = {
        each["checked"]
        for each in (transition, *transition["lines"], *transition["dates"])
        if "checked" in each
    }
    assert marks <= MARKS
    days = [each["day"] for each in transition["dates"]]
    assert days == sorted(set(days))


def test_carried_lines_name_the_titles_that_changed() -> None:
    transition = data(path("transitions", "iso-9001-2015-to-2026"))
    old, new = clauses("iso-9001-2015"), clauses("iso-9001-2026")
    silent = [
        line["from"]
        for line in transition["lines"]
        if line["kind"] == "carried"
        and "comment" not in line
        and old[line["from"][0]].get("en") != new[line["to"][0]].get("en")
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("key", "count", "marks"),
    [
        ("iso-9001-2015", 91, None),
        ("iso-9001-2026", 91, {"two": 81, "one": 8, "unverified": 2}),
        ("iso-13485-2016", 91, {"two": 83, "one": 5, "unverified": 3}),
        ("iso-14001-2015", 45, {"two": 44, "one": 1}),
        ("iso-14001-2026", 49, {"two": 27, "one": 15, "unverified": 7}),
        ("iso-17025-2017", 46, {"two": 41, "one": 5}),
        ("iso-27001-2022", 139, {"two": 139}),
        ("iso-42001-2023", 93, {"two": 93}),
        ("iso-45001-2018", 56, {"two": 56}),
    ],
)
def test_no_clause_is_lost_and_none_is_surer_than_its_sources(
    key: str, count: int, marks: dict[str, int] | None
) -> None:
    """Who changes a number here has read a source, and names it in the catalogue."""
    default = data(path("catalogues", key))["checked"]
    assert len(clauses(key)) == count
    if marks is not None:
        assert Counter(each.get("checked", default) for each in clauses(key).values()) == marks


def test_the_edition_of_2026_has_its_titles_and_the_days_of_the_transition() -> None:
    titles = {number: each.get("en") for number, each in clauses("iso-9001-2026").items()}
    assert {number: titles[number] for number in ("4.4", "5.2", "5.3", "6.1.1", "7.1.5.2")} == {
        "4.4": "Quality management system",
        "5.2": "Quality policy",
        "5.3": "Roles, responsibilities and authorities",
        "6.1.1": "Determining risks and opportunities",
        "7.1.5.2": "Traceability of measurement results",
    }
    assert titles["9.3.3"] == "Management review results"
    assert titles["10.1"] == "Continual improvement"
    assert "10.3" not in titles
    days = data(path("transitions", "iso-9001-2015-to-2026"))["dates"]
    assert [each["day"] for each in days] == ["2027-09-30", "2028-03-31", "2029-09-30"]


# Where both editions of ISO 9001 ask for documented information, as read off a list of the
# 65 lowest clauses of the edition of 2026.
PLACES = frozenset(
    (
        "4.3", "4.4.2", "5.2.2", "6.2.1", "7.1.5.1", "7.1.5.2", "7.2", "8.1", "8.2.3.2", "8.2.4", "8.3.2", "8.3.3", "8.3.4",
        "8.3.5", "8.3.6", "8.4.1", "8.5.1", "8.5.2", "8.5.3", "8.5.6", "8.6", "8.7.2", "9.1.1", "9.2.2", "9.3.3", "10.2.2",
    )
)  # fmt: skip


@pytest.mark.parametrize("key", ["iso-9001-2015", "iso-9001-2026"])
def test_both_editions_ask_for_documented_information_at_the_same_places(key: str) -> None:
    entries = clauses(key)
    marked = {number for number, each in entries.items() if {"maintain", "retain"} & set(each)}
    assert marked == PLACES


def test_the_edition_of_2026_has_its_65_lowest_clauses() -> None:
    numbers = set(clauses("iso-9001-2026"))
    parents = {number.rpartition(".")[0] for number in numbers}
    assert len(numbers - parents) == 65
    assert len(numbers) == 65 + 26


def test_titles_that_differ_between_editions_are_those_of_each() -> None:
    """The ones that an unwary hand would carry from one edition or standard into another."""
    named = {
        key: {number: each.get("en") for number, each in clauses(key).items()} for key in CATALOGUES
    }
    old, new = named["iso-14001-2015"], named["iso-14001-2026"]
    assert (old["6.1.4"], old["10.1"], old["10.3"]) == (
        "Planning action",
        "General",
        "Continual improvement",
    )
    assert (new["6.1.4"], new["6.1.5"], new["10.1"]) == (
        "Risks and opportunities",
        "Planning action",
        "Continual improvement",
    )
    assert "6.1.5" not in old
    assert "6.3" not in old
    assert new["6.3"] == "Planning of changes"
    assert {"9.3.1", "9.3.2", "9.3.3"} <= set(new)
    assert not {"9.3.1"} & (set(old) | set(named["iso-45001-2018"]))
    assert named["iso-45001-2018"]["10.2"] == "Incident, nonconformity and corrective action"
    assert named["iso-45001-2018"]["5.4"] == "Consultation and participation of workers"
    assert named["iso-42001-2023"]["6.1.4"] == "AI system impact assessment"
    assert named["iso-13485-2016"]["4.2.4"] == "Control of documents"
    assert not {"6.2.1", "6.2.2"} & set(named["iso-13485-2016"])


def test_controls_of_annex_a_are_all_there() -> None:
    controls = [
        number
        for number in clauses("iso-27001-2022")
        if number.count(".") == 2 and number[0] == "A"
    ]
    assert Counter(number.rpartition(".")[0] for number in controls) == {
        "A.5": 37,
        "A.6": 8,
        "A.7": 14,
        "A.8": 34,
    }
    entries = clauses("iso-42001-2023")
    parents = {number.rpartition(".")[0] for number in entries}
    assert len([number for number in entries if number[0] == "A" and number not in parents]) == 38


def test_the_harmonized_structure_matches_by_meaning() -> None:
    assert problems(HARMONIZED_FILE, HARMONIZED) == []
    harmonized = data(HARMONIZED_FILE)
    places = [
        place for each in harmonized["meanings"].values() for place in each["clauses"].items()
    ]
    assert [place for place in places if place[1] not in clauses(place[0])] == []
    assert [place for place, times in Counter(places).items() if times > 1] == []
    assert {
        each.get("checked", harmonized["checked"]) for each in harmonized["meanings"].values()
    } <= MARKS
    meaning = {
        place: name
        for name, each in harmonized["meanings"].items()
        for place in each["clauses"].items()
    }
    assert (
        meaning["iso-9001-2015", "10.3"]
        == meaning["iso-9001-2026", "10.1"]
        == meaning["iso-27001-2022", "10.1"]
    )
    assert meaning["iso-9001-2015", "10.1"] != meaning["iso-9001-2026", "10.1"]
    assert (
        meaning["iso-14001-2015", "6.1.4"]
        == meaning["iso-14001-2026", "6.1.5"]
        == meaning["iso-45001-2018", "6.1.4"]
    )
    assert ("iso-14001-2026", "6.1.4") not in meaning
    assert ("iso-42001-2023", "6.1.4") not in meaning
    assert not {key for key, _ in places} & {"iso-13485-2016", "iso-17025-2017"}


def test_the_example_of_the_documentation_is_a_catalogue() -> None:
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    example = re.search(r"test_catalogues\.py loads this -->\n```yaml\n(.+?)```", text, re.DOTALL)
    assert example
    key = re.search(r"`clauses/catalogues/([a-z0-9-]+)\.yml`, and names it", text)
    assert key
    both = MANIFEST.replace(
        "[{catalogue: small}]", f"[{{catalogue: small}}, {{catalogue: {key[1]}}}]"
    )
    read = manual(qms_dot_yml=both, **{f"clauses__catalogues__{key[1]}_dot_yml": example[1]})
    assert read.problems == ()
    assert list(read.catalogues[key[1]].clauses) == list(yaml.safe_load(example[1])["clauses"])
