"""What a rule declares that hides its violations: each kind of declaration, with a rule made for the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.findings import Location, NotChecked, Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.facts import Facts
from qmstool.rules.base.hiders import (
    damaged_entry,
    doubled_sections,
    lost_anything,
    lost_clause,
    lost_document,
    lost_entry,
    lost_key,
    lost_lines_of,
    mended_line,
    while_anything_is_lost,
)
from qmstool.rules.base.hiding import about, ask, at_first_certain, at_first_of_all
from qmstool.rules.base.rule import Rule
from tests.support.manuals import tiny, tiny_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.rule import Gatherer, Hider

ANY = Text("Có gì đó: {count}", "Something: {count}")
RECORDS = "procedures/records.yml"
ONE, TWO, THREE = (Location("a.md", line) for line in (1, 2, 3))


def facts_of(overlay: dict[str, str] | None = None) -> Facts:
    manual = load(tiny_with(dict(overlay or {})))
    return Facts(manual, resolve(manual))


def violation(place: Location, name: str = "", within: str = "") -> Violation:
    return Violation(place, subjects=(Subject(name, within),))


def rule(
    *violations: Violation, hider: Hider | None = None, gather: Gatherer | None = None
) -> Rule:
    return Rule(
        "QMS999",
        "test",
        Severity.INFO,
        ANY,
        ANY,
        lambda _: iter(violations),
        hidden_by=(hider,) if hider else (),
        gather=gather,
    )


def answers(facts: Facts, hider: Hider, subject: Subject) -> list[Violation | NotChecked]:
    """What is left of one violation about a subject."""
    return list(ask(rule(Violation(ONE, subjects=(subject,)), hider=hider), facts))


@about
def by_name(_: Facts) -> Callable[[Subject], NotChecked | bool]:
    """Hide what is about «hidden»; of «unsure» nobody knows."""
    verdicts: dict[str, NotChecked | bool] = {
        "hidden": True,
        "unsure": NotChecked("unknown-code", THREE),
    }
    return lambda subject: verdicts.get(subject.name, False)


def test_a_violation_stands_is_hidden_or_is_not_checked() -> None:
    asked = rule(
        violation(ONE, "hidden"), violation(TWO, "unsure"), violation(THREE), hider=by_name
    )
    assert list(ask(asked, facts_of())) == [NotChecked("unknown-code", THREE), violation(THREE)]


def test_one_subject_is_enough_to_hide_and_none_hides_nothing() -> None:
    both = Violation(ONE, subjects=(Subject("fine"), Subject("hidden")))
    assert list(ask(rule(both, Violation(TWO), hider=by_name), facts_of())) == [Violation(TWO)]


def test_hiders_look_at_the_facts_once_and_only_where_the_rule_is_violated() -> None:
    looked: list[Facts] = []

    def watch(facts: Facts) -> Callable[[Violation], bool]:
        looked.append(facts)
        return lambda _: False

    assert list(ask(rule(hider=watch), facts_of())) == []
    assert not looked
    assert len(list(ask(rule(Violation(ONE), Violation(TWO), hider=watch), facts_of()))) == 2
    assert len(looked) == 1


@pytest.mark.parametrize(("gather", "place"), [(at_first_certain, TWO), (at_first_of_all, ONE)])
def test_violations_are_gathered_once_what_hides_them_is_gone(
    gather: Gatherer, place: Location
) -> None:
    asked = rule(
        violation(ONE, "unsure"), violation(TWO), violation(THREE), hider=by_name, gather=gather
    )
    related = tuple(other for other in (TWO, THREE) if other is not place)
    assert list(ask(asked, facts_of())) == [
        NotChecked("unknown-code", THREE),
        Violation(place, {"count": "2"}, None, related),
    ]
    assert list(ask(rule(violation(ONE, "hidden"), hider=by_name, gather=gather), facts_of())) == []


def test_a_rule_that_is_blocked_is_not_asked() -> None:
    def fail(_: Facts) -> Iterator[Violation]:
        raise AssertionError

    blocked = Rule(
        "QMS999", "test", Severity.INFO, ANY, ANY, fail, blocked_by=(lost_anything, lost_anything)
    )
    reasons = list(ask(blocked, facts_of({RECORDS: "schema: 1\nrecordz: {}\n"})))
    assert reasons == [NotChecked("unknown-key", Location(RECORDS, 2, 1, 2, 8))] * 2


def test_what_is_unread_is_told_beside_what_is_found() -> None:
    asked = Rule(
        "QMS999",
        "test",
        Severity.INFO,
        ANY,
        ANY,
        lambda _: iter([Violation(ONE)]),
        unread=(lost_anything,),
    )
    assert list(ask(asked, facts_of())) == [Violation(ONE)]
    found = list(ask(asked, facts_of({RECORDS: "schema: 1\nrecordz: {}\n"})))
    assert [type(each) for each in found] == [NotChecked, Violation]


def test_a_name_on_lost_lines_of_its_file_hides() -> None:
    facts = facts_of({RECORDS: "schema: 1\nrecordz:\n  nhat-ky: {title: Nhật ký}\n"})
    assert answers(facts, lost_entry(RECORDS), Subject("nhat-ky")) == []
    assert answers(facts, lost_entry(RECORDS), Subject("so-theo-doi"))
    assert answers(facts, lost_entry("qms.yml"), Subject("nhat-ky"))
    assert answers(facts, lost_lines_of(RECORDS), Subject()) == []
    assert answers(facts, lost_lines_of("qms.yml"), Subject())


def test_a_document_that_could_not_be_read_hides_its_code() -> None:
    facts = facts_of({"procedures/QT VP 07.md": "---\ncode: [QT VP 07\n---\n\n# Bảy\n"})
    assert answers(facts, lost_document, Subject("QT VP 07")) == []
    assert answers(facts, lost_document, Subject("QT VP 08"))


def test_a_mistyped_number_of_a_catalogue_hides_the_clause() -> None:
    path = "clauses/catalogues/tiny-1.yml"
    text = tiny()[path].decode()
    assert '"1.2"' in text
    facts = facts_of({path: text.replace('"1.2"', '"1,2"', 1)})
    assert answers(facts, lost_clause, Subject("1.2", "tiny-1")) == []
    assert answers(facts, lost_clause, Subject("7.7.7", "tiny-1"))
    assert answers(facts, lost_clause, Subject("1.2", ""))


def test_an_anchor_that_stands_twice_hides_what_concerns_its_sections_and_no_other() -> None:
    path = "procedures/doi.md"
    head = "---\ncode: QT VP 07\ntype: procedure\ntitle: Đôi\n---\n\n"
    facts = facts_of(
        {path: f"{head}# Đôi\n\n## 1. Một {{#mot}}\n\n## 2. Hai {{#mot}}\n\n## 3. Ba\n"}
    )
    document = facts.manual.document("QT VP 07")
    assert document is not None
    for name in ("1", "2", "mot", "1#mot"):
        assert answers(facts, doubled_sections, Subject(name, document.key)) == []
    for name in ("3", "9", "muc-3", ""):
        assert answers(facts, doubled_sections, Subject(name, document.key))
    assert answers(facts, doubled_sections, Subject("1", "none"))


def test_a_mistyped_key_leaves_unchecked_the_key_that_was_meant() -> None:
    path = "procedures/bay.md"
    facts = facts_of(
        {path: "---\ncode: QT VP 07\ntype: procedure\ntitle: B\nownr: VP\n---\n\n# B\n"}
    )
    place = next(each.violation.location for each in facts.manual.problems)
    assert answers(facts, lost_key, Subject("owner", path)) == [NotChecked("unknown-key", place)]
    assert answers(facts, lost_key, Subject("parent", path)) != [NotChecked("unknown-key", place)]


def test_an_entry_that_was_not_all_read_is_not_checked_and_the_others_are() -> None:
    text = "schema: 1\nrecords:\n  mot: {title: Một, retentionn: 3}\n  hai: {title: Hai, retention: unknown}\n"
    facts = facts_of({RECORDS: text})
    damaged = damaged_entry(
        lambda facts: [record.mark for record in facts.manual.records.values()], "retention"
    )
    unknown_key = NotChecked("unknown-key", Location(RECORDS, 3, 21, 3, 31))
    assert answers(facts, damaged, Subject("mot", RECORDS)) == [unknown_key]
    assert isinstance(answers(facts, damaged, Subject("hai", RECORDS))[0], Violation)


def test_while_anything_is_lost_nothing_is_certain() -> None:
    facts = facts_of({RECORDS: "schema: 1\nrecordz: {}\n"})
    assert [type(each) for each in answers(facts, while_anything_is_lost, Subject())] == [
        NotChecked
    ]
    assert [type(each) for each in answers(facts_of(), while_anything_is_lost, Subject())] == [
        Violation
    ]


def test_what_stands_on_a_mended_line_is_hidden() -> None:
    facts = facts_of({RECORDS: "schema: 1\nrecords:\n  mot: {title: Một: Hai}\n"})
    assert list(ask(rule(Violation(Location(RECORDS, 3)), hider=mended_line), facts)) == []
    assert list(ask(rule(Violation(Location(RECORDS, 2)), hider=mended_line), facts))


def test_nothing_is_gathered_or_hidden_that_a_rule_does_not_declare() -> None:
    """Rules that declare nothing are asked as they are: their violations come one by one."""
    plain = next(each for each in ALL if not each.hidden_by and each.gather is None)
    facts = facts_of()
    assert list(ask(plain, facts)) == list(plain.check(facts))
