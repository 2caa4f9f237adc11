"""One report in every form, against golden files, and what each form owes to those who read it."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from qmstool.checking.runner import check
from qmstool.findings import Finding, Location, Report, Severity, Skipped, SourceLines, Summary
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.report import FORMATS
from qmstool.rules import BY_SLUG
from tests.support.manuals import tiny, tiny_with
from tests.support.sarif_schema import sarif

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.i18n import Lang

EXTENSIONS = {
    "text": "txt",
    "json": "json",
    "sarif": "sarif",
    "junit": "xml",
    "github": "txt",
    "gitlab": "json",
    "markdown": "md",
    "lines": "txt",
}
RULES = (
    "unknown-code",
    "uncovered-clause",
    "duplicate-anchor",
    "unknown-owner",
    "no-conditional-record",
    "unknown-record",
)
LONG = "rất dài " * 20
NASTY = "\x1b[31m::error::%0A | <b>@all</b> `x` \u202e]]>"


@pytest.fixture(scope="module")
def report() -> Report:
    """Every kind of finding.

    One cause in three places, a name meant, a text to paste, a related place, silenced, skipped.
    """
    mapping = tiny()["clauses/mapping/tiny-1.yml"].decode()
    mapping = mapping.replace(
        "    records: [bao-cao-danh-gia]",
        "    # qms: allow unknown-record, vì sắp có\n    records: [bien-ban]",
    )
    mapping = mapping.replace('  "1.1":\n    section: "1.1"\n    role: giam-doc\n', "")
    catalogue = tiny()["clauses/catalogues/tiny-1.yml"].decode()
    catalogue = catalogue.replace(
        "en: Documented information}", "en: Documented information, retain: conditional}"
    )
    overlay = {
        "clauses/mapping/tiny-1.yml": mapping,
        "clauses/catalogues/tiny-1.yml": catalogue,
        "manual/1.2.md": (
            f"# 1.2. Thông tin\n\n漢字\t**Theo** QT VP 09; {LONG}và QT-VP-09.\n\n## A {{#x}}\n\n"
            "## B {#x}\n\nQT VP 09\n"
        ),
        "procedures/qt-vp-02.md": tiny()["procedures/qt-vp-02.md"]
        .decode()
        .replace("owner: VP", "owner: unknown"),
    }
    manual = load(tiny_with(overlay))
    found = check(manual, resolve(manual), root=".", rules=tuple(BY_SLUG[slug] for slug in RULES))
    return replace(
        found, skipped=(Skipped("QMS401", Text("cần nhật ký của kho", "needs the log")),)
    )


@pytest.fixture
def nasty() -> Report:
    """A finding whose every word comes from somebody unkind."""
    text = Text(NASTY, NASTY)
    place = Location(f"a/{NASTY}\n.md", 1, 1, 1, 3)
    finding = Finding(
        "QMS101", "unknown-code", Severity.ERROR, place, text, {"words": NASTY}, NASTY, (place,)
    )
    lines = SourceLines(lambda path, line: NASTY if (path, line) == (place.path, 1) else None)
    return Report(".", (finding,), (), (), Summary(1, 0, 0, 1, 1, 1), lines)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_golden(report: Report, name: str, lang: Lang, golden: Callable[[str, str], str]) -> None:
    text = FORMATS[name](report, lang)
    assert text == golden(f"report.{name}.{lang}.{EXTENSIONS[name]}", text)


def test_colour_only_where_asked(report: Report) -> None:
    assert "\x1b" not in FORMATS["text"](report, "vi")
    assert "\x1b[31m" in FORMATS["text"](report, "vi", colour=True)
    assert "\x1b" not in FORMATS["json"](report, "vi", colour=True)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found(name: str) -> None:
    empty = Report(".", (), (), (), Summary(0, 0, 0, 3, 7, 9))
    assert FORMATS[name](empty, "vi").endswith("\n")


def test_the_last_line_is_what_a_manager_reads(report: Report) -> None:
    last = FORMATS["text"](report, "vi").splitlines()[-1]
    assert last == "5 lỗi, 1 cảnh báo, 1 gợi ý — 3 tài liệu, 7 điều khoản, 10 viện dẫn đã kiểm tra."
    single = replace(report, summary=Summary(1, 0, 2, 1, 7, 1))
    assert (
        FORMATS["text"](single, "en").splitlines()[-1]
        == "1 error, 0 warnings, 2 notes — 1 document, 7 clauses, 1 citation checked."
    )


def test_json_has_the_shape_of_the_design(report: Report) -> None:
    data: dict[str, Any] = json.loads(FORMATS["json"](report, "vi"))
    assert list(data) == ["schema", "root", "findings", "suppressed", "skipped", "summary"]
    assert list(data["findings"][0]) == [
        *("rule", "slug", "severity", "path", "line", "column", "end_line", "end_column"),
        *("message", "values", "suggestion", "related"),
    ]
    assert list(data["summary"]) == [
        "errors",
        "warnings",
        "infos",
        "documents",
        "clauses",
        "citations",
    ]
    assert data["suppressed"][0]["reason"] == "sắp có"


def test_sarif_counts_columns_in_code_points_and_carries_the_page(report: Report) -> None:
    run: dict[str, Any] = json.loads(FORMATS["sarif"](report, "vi"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "## Cách sửa" in rules["QMS101"]["help"]["markdown"]
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    assert [result["ruleId"] for result in run["results"] if "suppressions" in result] == ["QMS305"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("which", ["report", "nasty", "empty"])
def test_sarif_is_what_the_standard_demands(
    which: str, lang: Lang, report: Report, nasty: Report
) -> None:
    shown = {
        "report": report,
        "nasty": nasty,
        "empty": Report(".", (), (), (), Summary(0, 0, 0, 3, 7, 9)),
    }[which]
    log: dict[str, Any] = json.loads(FORMATS["sarif"](shown, lang))
    sarif().validate(log)
    (run,) = log["runs"]
    for result in run["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            assert re.fullmatch(r"[!-~]+", place["physicalLocation"]["artifactLocation"]["uri"])
        regions = [
            place["physicalLocation"]["region"]
            for place in (*result["locations"], *result.get("relatedLocations", ()))
        ]
        assert all(
            (each["startLine"], each["startColumn"]) <= (each["endLine"], each["endColumn"])
            for each in regions
        )


def test_the_sarif_schema_refuses_what_is_wrong(report: Report) -> None:
    log: dict[str, Any] = json.loads(FORMATS["sarif"](report, "vi"))
    result = log["runs"][0]["results"][0]
    for key, value in (
        ("level", "info"),
        ("message", {}),
        ("colour", "red"),
        ("suppressions", [{"justification": "x"}]),
    ):
        broken = json.loads(json.dumps(log))
        broken["runs"][0]["results"][0] = {**result, key: value}
        with pytest.raises(jsonschema.ValidationError):
            sarif().validate(broken)


def test_junit_fails_on_errors_alone(report: Report) -> None:
    suite = ET.fromstring(FORMATS["junit"](report, "vi"))
    assert len(suite.findall(".//failure")) == report.summary.errors
    assert len(suite.findall(".//testcase")) == int(suite.attrib["tests"])
    assert len(suite.findall(".//skipped")) == int(suite.attrib["skipped"])


def test_gitlab_fingerprints_are_distinct_and_outlive_a_moved_line(report: Report) -> None:
    def fingerprints(shown: Report) -> list[str]:
        return [entry["fingerprint"] for entry in json.loads(FORMATS["gitlab"](shown, "vi"))]

    moved = [
        replace(each, location=replace(each.location, line=each.location.line + 7))
        for each in report.findings
    ]
    assert len(set(fingerprints(report))) == len(report.findings)
    assert fingerprints(report) == fingerprints(replace(report, findings=tuple(moved)))


@pytest.mark.parametrize(
    "word",
    [
        "@all", "a@b.vn", "@org/to", "#12", "o/r#12", "!4", "~nhãn", '%"x"', "$6", "&7", "GH-12",
        "[wiki_page:x]", "[contact:x]", "*iteration:1", ":warning:", ":+1:", "https://example.org",
    ],
)  # fmt: skip
def test_a_forge_finds_nobody_and_nothing_in_a_comment(nasty: Report, word: str) -> None:
    """It looks in what it has made of Markdown: there the sign is a sign again, however spelt."""
    first = nasty.findings[0]
    told = replace(nasty, findings=(replace(first, message=Text(word, word), suggestion=word),))
    row = FORMATS["markdown"](told, "vi").splitlines()[4].replace("\\", "")
    for cell in html.unescape(row).strip("| ").split("|")[-2:]:
        assert word not in cell
        assert word in cell.replace("\u2060", "")


def test_no_dollar_of_a_manual_begins_a_formula_in_a_comment(nasty: Report) -> None:
    first = nasty.findings[0]
    told = replace(nasty, findings=(replace(first, message=Text("$x$", "$x$")),))
    assert "$" not in FORMATS["markdown"](told, "vi").splitlines()[4]


def test_no_words_of_a_manual_become_a_link_in_sarif(nasty: Report) -> None:
    first = nasty.findings[0]
    said = "[xem](https://example.org) và [xem](1), a\\[b]"
    told = replace(nasty, findings=(replace(first, message=Text(said, said), suggestion=None),))
    (result,) = json.loads(FORMATS["sarif"](told, "vi"))["runs"][0]["results"]
    text = result["message"]["text"]
    assert re.search(r"(?<!\\)(?:\\\\)*[\[\]]", text) is None
    assert re.sub(r"\\(.)", r"\1", text) == said


def test_no_bare_address_becomes_a_link(nasty: Report) -> None:
    first = nasty.findings[0]
    message = Text("xem www.example.org", "see WWW.example.org")
    told = replace(nasty, findings=(replace(first, message=message),))
    for lang in ("vi", "en"):
        assert "www." not in FORMATS["markdown"](told, lang).lower()


def test_nothing_in_a_manual_drives_a_terminal_or_ci(nasty: Report) -> None:
    text = FORMATS["text"](nasty, "vi")
    assert not {"\x1b", "\u202e"} & set(text)
    commands = FORMATS["github"](nasty, "vi").splitlines()
    assert [line.startswith("::error file=") for line in commands] == [True, False]
    assert "file=a/" in commands[0]
    assert "%0A" in commands[0].split("::")[1]
    row = FORMATS["markdown"](nasty, "vi").splitlines()[4]
    assert not any(bad in row for bad in ("<b>", "@all", "\x1b"))
    assert row.replace("\\|", "").count("|") == 5
    ET.fromstring(FORMATS["junit"](nasty, "vi"))
    for name in ("json", "sarif", "gitlab"):
        json.loads(FORMATS[name](nasty, "vi"))
