"""The runner: stamping, silence, order, doubles, what is skipped, and that nothing is swallowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmstool.checking.runner import check
from qmstool.findings import Location, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules.base.rule import Rule
from qmstool.storage.tree import FolderTree
from tests.support.manuals import check_tree, finding_lines, tiny, tiny_with

ANY = Text("Có gì đó", "Something")
BROKEN = (
    "# 1.2. Thông tin dạng văn bản\n\n{above}Tài liệu được kiểm soát theo QT VP 09.\n\nVà theo "
    "QT VP 09.\n"
)


def rule(*places: Location, severity: Severity = Severity.ERROR, id_: str = "QMS999") -> Rule:
    return Rule(id_, "test", severity, ANY, ANY, lambda _: (Violation(place) for place in places))


def run(*rules: Rule, with_history: bool = False) -> list[tuple[str, Location]]:
    manual = load(tiny_with({}))
    report = check(
        manual, resolve(manual), root=".", rules=rules, discrepancies=() if with_history else None
    )
    return [(each.rule, each.location) for each in report.findings]


def test_worst_first_then_by_place_and_rule() -> None:
    first, second = Location("a.md", 2), Location("a.md", 10)
    mild = rule(first, severity=Severity.INFO, id_="QMS001")
    assert run(mild, rule(second, first), rule(first, id_="QMS998")) == [
        ("QMS998", first),
        ("QMS999", first),
        ("QMS999", second),
        ("QMS001", first),
    ]


def test_the_same_finding_is_told_once() -> None:
    place = Location("a.md", 2)
    assert run(rule(place, place)) == [("QMS999", place)]


def test_a_rule_that_fails_is_not_swallowed() -> None:
    def failing(_: object) -> object:
        raise ZeroDivisionError

    broken = Rule("QMS999", "test", Severity.INFO, ANY, ANY, failing)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        run(broken)


def test_what_cannot_be_asked_is_skipped_and_said() -> None:
    dated = Rule("QMS998", "dated", Severity.INFO, ANY, ANY, lambda _: iter(()), needs=("day",))
    logged = Rule(
        "QMS999", "logged", Severity.INFO, ANY, ANY, lambda _: iter(()), needs=("history",)
    )
    manual = load(tiny_with({}))
    report = check(manual, resolve(manual), root=".", rules=(dated, logged))
    assert [each.rule for each in report.skipped] == ["QMS998", "QMS999"]
    assert all(each.why.vi and each.why.en for each in report.skipped)
    assert not run(logged, with_history=True)


def test_no_rules_are_not_all_rules() -> None:
    manual = load(tiny_with({"procedures/qt-vp-01.md": "no data"}))
    assert check(manual, resolve(manual), root=".").findings
    assert not check(manual, resolve(manual), root=".", rules=()).findings


def test_a_rule_switched_off_is_skipped() -> None:
    manifest = tiny()["qms.yml"].decode().replace("off: []", "off: [unknown-code]")
    report = check_tree(tiny_with({"qms.yml": manifest, "manual/1.2.md": BROKEN.format(above="")}))
    assert report.findings == ()
    assert [each.rule for each in report.skipped] == ["QMS101", "QMS407"]


def test_a_rule_on_request_is_asked_where_it_is_named() -> None:
    asked_for = Rule(
        "QMS998", "asked-for", Severity.INFO, ANY, ANY, lambda _: iter(()), on_request=True
    )

    def skipped(manifest: str, asked: frozenset[str] = frozenset()) -> list[str]:
        manual = load(tiny_with({"qms.yml": manifest}))
        report = check(manual, resolve(manual), root=".", rules=(asked_for,), asked=asked)
        return [each.why.en for each in report.skipped]

    plain = tiny()["qms.yml"].decode()
    assert "check.ask" in skipped(plain)[0]
    assert not skipped(plain, frozenset({"asked-for"}))
    assert not skipped(plain.replace("off: []", "ask: [asked-for]"))
    both = plain.replace("off: []", "ask: [asked-for]\n  off: [asked-for]")
    assert "check.off" in skipped(both)[0]


def test_what_a_manual_asks_for_must_be_a_rule() -> None:
    manifest = tiny()["qms.yml"].decode().replace("off: []", "ask: [weak-obligaton]")
    report = check_tree(tiny_with({"qms.yml": manifest}))
    assert [(each.slug, each.suggestion) for each in report.findings] == [
        ("unknown-rule", "weak-obligation")
    ]


def test_an_allowance_with_a_reason_covers_the_next_block_only() -> None:
    above = "<!-- qms: allow unknown-code, because the rule quotes an old text -->\n\n"
    report = check_tree(tiny_with({"manual/1.2.md": BROKEN.format(above=above)}))
    assert finding_lines(report) == ["unknown-code manual/1.2.md:7:9"]
    assert [(each.finding.location.line, each.reason) for each in report.suppressed] == [
        (5, "the rule quotes an old text")
    ]
    assert report.summary.errors == 1


def test_an_allowance_in_vietnamese() -> None:
    above = "<!-- qms: allow unknown-code, vì trích nguyên văn -->\n\n"
    report = check_tree(tiny_with({"manual/1.2.md": BROKEN.format(above=above)}))
    assert [each.reason for each in report.suppressed] == ["trích nguyên văn"]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- qms: allow QMS101, because mã cũ -->",
        "<!-- qms: bỏ qua unknown-code, vì mã cũ -->",
        "<!-- qms: Bỏ qua qms101, vì mã cũ -->",
        "<!-- qms: allow unknown-code, unknown-section, because mã cũ -->",
    ],
)
def test_a_rule_is_silenced_by_name_or_id_in_either_language(comment: str) -> None:
    report = check_tree(tiny_with({"manual/1.2.md": BROKEN.format(above=f"{comment}\n\n")}))
    assert {(each.finding.slug, each.reason) for each in report.suppressed} == {
        ("unknown-code", "mã cũ")
    }


def test_a_comment_beside_words_covers_their_line() -> None:
    text = (
        "# 1.2. Thông tin dạng văn bản\n\nTheo QT VP 08. <!-- qms: bỏ qua unknown-code, vì mã cũ "
        "-->\nTheo QT VP 09.\n"
    )
    report = check_tree(tiny_with({"manual/1.2.md": text}))
    assert [each.finding.location.line for each in report.suppressed] == [3]
    assert finding_lines(report)[0] == "unknown-code manual/1.2.md:4:6"


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("<!-- qms: cho phép unknown-code vì mã cũ -->", "qms: bỏ qua unknown-code, vì mã cũ"),
        ("<!-- qms: ignore QMS101 because mã cũ -->", "qms: bỏ qua unknown-code, vì mã cũ"),
        ("<!-- qms allow unknwn-code, do mã cũ -->", "qms: bỏ qua unknown-code, vì mã cũ"),
        ("<!-- qms: off unknown-code -->", "qms: bỏ qua unknown-code, vì …"),
        ("<!-- qms: thôi -->", None),
    ],
)
def test_a_comment_that_is_not_understood_is_told_with_what_was_meant(
    comment: str, meant: str | None
) -> None:
    text = (
        f"# 1.2. Thông tin dạng văn bản\n\n{comment}\n\nTheo QT VP 01, mục 2 và Nghị định "
        "30/2020/NĐ-CP.\n"
    )
    (finding,) = check_tree(tiny_with({"manual/1.2.md": text})).findings
    assert (finding.slug, finding.location.line, finding.suggestion) == ("unknown-rule", 3, meant)


@pytest.mark.parametrize("name", ["unknown-code", "QMS101", "qms101"])
def test_a_rule_is_switched_off_by_name_or_id(name: str) -> None:
    manifest = tiny()["qms.yml"].decode().replace("off: []", f"off: [{name}]")
    report = check_tree(tiny_with({"qms.yml": manifest, "manual/1.2.md": BROKEN.format(above="")}))
    assert "unknown-code" not in {each.slug for each in report.findings}
    assert "QMS101" in {each.rule for each in report.skipped}


def test_a_name_of_no_rule_in_the_manifest_is_told_with_the_nearest() -> None:
    manifest = tiny()["qms.yml"].decode().replace("off: []", "off: [Unknown code]")
    (finding,) = check_tree(tiny_with({"qms.yml": manifest})).findings
    assert (finding.slug, finding.suggestion) == ("unknown-rule", "unknown-code")


def test_an_allowance_of_another_rule_silences_nothing() -> None:
    above = "<!-- qms: allow broken-link, because I hope so -->\n\n"
    report = check_tree(tiny_with({"manual/1.2.md": BROKEN.format(above=above)}))
    assert [each.slug for each in report.findings] == [
        "unknown-code",
        "unknown-code",
        "unused-allowance",
    ]
    assert report.suppressed == ()


IDLE = """\
# 1.2. Thông tin dạng văn bản

<!-- qms: allow broken-link, because I hope so -->

Theo QT VP 01 và Nghị định 30/2020/NĐ-CP.
"""


def test_an_allowance_of_a_rule_that_is_off_may_yet_be_of_use() -> None:
    manifest = tiny()["qms.yml"].decode().replace("off: []", "off: [broken-link]")
    assert finding_lines(check_tree(tiny_with({"qms.yml": manifest, "manual/1.2.md": IDLE}))) == []


def test_an_allowance_is_not_called_useless_while_a_file_is_broken() -> None:
    broken = {"manual/1.2.md": IDLE, "manual/abbreviations.yml": "schema: 1\nabbreviations: {"}
    assert [each.slug for each in check_tree(tiny_with(broken)).findings] == ["broken-yaml"]


def test_an_allowance_without_a_reason_is_a_finding_and_silences_nothing() -> None:
    report = check_tree(
        tiny_with({"manual/1.2.md": BROKEN.format(above="<!-- qms: allow unknown-code -->\n\n")})
    )
    assert finding_lines(report)[-1] == "allowance-without-reason manual/1.2.md:3:17"
    assert len(report.findings) == 3


@pytest.mark.parametrize(
    "comment",
    [
        "# qms: allow unknown-record, because it is on its way",
        "  # qms: bỏ qua QMS305, vì sắp có\n    # …",
    ],
)
def test_an_allowance_in_a_data_file_covers_the_next_line(comment: str) -> None:
    mapping = tiny()["clauses/mapping/tiny-1.yml"].decode()
    broken = mapping.replace(
        "    records: [bao-cao-danh-gia]", f"{comment}\n    records: [bien-ban]"
    )
    report = check_tree(tiny_with({"clauses/mapping/tiny-1.yml": broken}))
    assert report.findings == ()
    assert [each.finding.slug for each in report.suppressed] == ["unknown-record"]


def test_an_allowance_at_the_end_of_a_line_of_data_covers_that_line() -> None:
    mapping = tiny()["clauses/mapping/tiny-1.yml"].decode()
    said = "    records: [bien-ban]  # qms: bỏ qua unknown-record, vì sắp có"
    report = check_tree(
        tiny_with(
            {"clauses/mapping/tiny-1.yml": mapping.replace("    records: [bao-cao-danh-gia]", said)}
        )
    )
    assert [each.finding.slug for each in report.suppressed] == ["unknown-record"]
    assert report.findings == ()


def test_an_allowance_in_front_matter() -> None:
    document = tiny()["procedures/qt-vp-02.md"].decode()
    broken = document.replace(
        "owner: VP", "# qms: allow unknown-owner, because nobody knows yet\nowner: unknown"
    )
    assert [
        each.finding.slug
        for each in check_tree(tiny_with({"procedures/qt-vp-02.md": broken})).suppressed
    ] == ["unknown-owner"]


def test_summary_and_lines() -> None:
    report = check_tree(tiny_with({"manual/1.2.md": BROKEN.format(above="")}))
    summary = report.summary
    assert (
        summary.errors,
        summary.warnings,
        summary.infos,
        summary.documents,
        summary.clauses,
    ) == (2, 0, 0, 3, 7)
    assert summary.citations == 9
    assert report.lines.get(("manual/1.2.md", 5)) == "Và theo QT VP 09."
    assert report.worst == Severity.ERROR


def test_a_document_that_cannot_be_read_is_one_finding_whoever_names_it() -> None:
    document = tiny()["procedures/qt-vp-01.md"].decode()
    for broken in (
        document.replace("code: ", "code: ["),
        document.replace("code:", "mã:"),
        document.removeprefix("---\n"),
    ):
        assert (
            len(
                {
                    each.location.path
                    for each in check_tree(tiny_with({"procedures/qt-vp-01.md": broken})).findings
                }
            )
            == 1
        )


def test_a_register_that_cannot_be_read_is_one_finding() -> None:
    for path in (
        "procedures/external.yml",
        "procedures/records.yml",
        "clauses/mapping/tiny-1.yml",
        "clauses/catalogues/tiny-1.yml",
    ):
        broken = tiny()[path].decode().replace("schema: 1", "schema: [1")
        assert [
            each.split()[0] for each in finding_lines(check_tree(tiny_with({path: broken})))
        ] == ["broken-yaml"]


def test_the_shipped_manual_has_no_errors() -> None:
    report = check_tree(FolderTree(Path(__file__).parents[2]))
    assert [
        line
        for line, each in zip(finding_lines(report), report.findings, strict=True)
        if each.severity == Severity.ERROR
    ] == []


def test_a_broken_manifest_or_main_document_is_one_finding() -> None:
    for path, start in (("qms.yml", "schema: 1"), ("manual/index.md", "code: STCL")):
        broken = tiny()[path].decode().replace(start, f"{start}: 1")
        assert [
            each.split()[0] for each in finding_lines(check_tree(tiny_with({path: broken})))
        ] == ["broken-yaml"]


def test_a_value_of_a_megabyte_is_told_by_its_beginning() -> None:
    key = "k" * 1_000_000
    records = f"schema: 1\nrecords:\n  a: {{title: T, {key}: 1, retention: {key}}}\n"
    report = check_tree(tiny_with({"procedures/records.yml": records}))
    assert report.findings
    assert len(repr(report.findings)) < 50_000


def test_a_reason_and_a_number_of_a_megabyte_are_told_by_their_beginning() -> None:
    reason = "r" * 1_000_000
    text = f"<!-- qms: allow unknown-code because {reason} -->\n\nQT VP 99, mục {'1.' * 50_000}1\n"
    head = "---\ncode: QT VP 01\ntype: procedure\ntitle: T\nowner: VP\n---\n\n"
    report = check_tree(tiny_with({"procedures/qt-vp-01.md": head + text}))
    assert report.suppressed
    assert report.outside
    assert max(len(each.reason) for each in report.suppressed) < 2000
    assert max(len(each.words) for each in report.outside) < 2000
