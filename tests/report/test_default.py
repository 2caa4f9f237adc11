"""What `check` prints by default: counts first and last, errors in full, the rest in short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmstool.findings import (
    Affected,
    ChangeImpact,
    Finding,
    Location,
    Report,
    Severity,
    Summary,
    Suppressed,
)
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.report import FORMATS, markdown, sarif
from qmstool.report.text import render

if TYPE_CHECKING:
    import pytest


def finding(severity: Severity, number: int, rule: str, slug: str) -> Finding:
    return Finding(
        rule=rule,
        slug=slug,
        severity=severity,
        location=Location("manual/1.md", number, 1, number, 2),
        message=Text(f"Điều {number}", f"Thing {number}"),
        values={},
        suggestion=None,
        related=(),
    )


def report(errors: int, warnings: int, notes: int) -> Report:
    found = [finding(Severity.ERROR, each, "QMS101", "unknown-code") for each in range(errors)]
    for each in range(warnings):
        rule = ("QMS207", "no-record") if each % 2 else ("QMS206", "unmapped-document")
        found.append(finding(Severity.WARNING, 100 + each, *rule))
    found += [finding(Severity.INFO, 200 + each, "QMS219", "ask-evidence") for each in range(notes)]
    summary = Summary(errors, warnings, notes, 1, 2, 3)
    return Report("", tuple(found), (), (), summary)


def test_counts_stand_first_and_last() -> None:
    lines = render(report(1, 0, 0), "en").splitlines()
    assert lines[0] == lines[-1] == "1 error, 0 warnings, 0 notes — 1 document, 2 clauses, 3 citations checked."  # fmt: skip
    assert len(render(report(0, 0, 0), "en").splitlines()) == 1


def test_errors_and_ten_warnings_are_in_full_the_rest_by_what_is_to_be_done() -> None:
    text = render(report(30, 15, 4), "en")
    assert sum(f"  Thing {each}\n" in text for each in range(30)) == 30
    assert [each for each in range(100, 115) if f"  Thing {each}\n" in text] == [*range(100, 110)]
    rest = text.partition("by what is to be done")[2].splitlines()
    assert rest[1].startswith("  3 × QMS206 unmapped-document: Name its code in the documents")
    assert rest[2].startswith("  2 × QMS207 no-record: Register the record in ")
    assert "Thing 200" not in text
    assert "Notes: 4 (--all lists them)" in text
    assert "Gợi ý: 4 (--all để xem)" in render(report(0, 0, 4), "vi")


def test_ten_warnings_are_shown_without_grouping() -> None:
    text = render(report(0, 10, 0), "en")
    assert "to be done" not in text
    assert "Thing 109" in text


def test_all_shows_everything() -> None:
    text = render(replace(report(1, 15, 4), in_full=True), "en")
    assert sum(f"Thing {each}\n" in text for each in (0, *range(100, 115), *range(200, 204))) == 20
    assert "--all" not in text


def many(files: int, each: int, rule: str = "QMS101") -> Report:
    found = [
        replace(
            finding(Severity.ERROR, number, rule, "unknown-code"),
            location=Location(f"manual/{file}.md", number + 1, 1, number + 1, 2),
            message=Text(f"Điều {file}/{number}.", f"Thing {file}/{number}."),
        )
        for file in range(files)
        for number in range(each)
    ]
    return Report("", tuple(found), (), (), Summary(len(found), 0, 0, 1, 2, 3))


def test_of_errors_of_one_rule_in_one_file_fifty_are_shown_and_the_others_counted() -> None:
    text = render(many(2, 70), "en")
    assert [each for each in range(70) if f"  Thing 0/{each}.\n" in text] == [*range(50)]
    assert [each for each in range(70) if f"  Thing 1/{each}.\n" in text] == [*range(50)]
    assert "The other errors, by what is to be done (--all lists them, --only NAME those" in text
    assert "  40 × QMS101 unknown-code: " in text
    assert "Các lỗi còn lại, theo việc phải làm (--all để xem hết, --only TÊN" in render(many(2, 70), "vi")  # fmt: skip


def test_of_errors_in_all_two_hundred_are_shown() -> None:
    text = render(many(30, 10), "en")
    assert text.count("  Thing ") == 200
    assert "  100 × QMS101 unknown-code: " in text


def test_a_report_of_twenty_thousand_errors_is_no_longer_than_of_a_thousand() -> None:
    assert len(render(many(1, 20_000), "vi")) < len(render(many(1, 1000), "vi")) + 100
    assert render(replace(many(1, 20_000), in_full=True), "vi").count("  Điều ") == 20_000


def test_what_is_silenced_is_listed_up_to_a_hundred_and_then_counted() -> None:
    silenced = tuple(Suppressed(each, "so") for each in many(1, 130).findings)
    report = replace(many(1, 1), suppressed=silenced)
    assert render(report, "en").count("unknown-code: so\n") == 100
    assert "  … and 30 more (--all lists them)\n" in render(report, "en")
    assert "  … và 30 nữa (--all để xem hết)\n" in render(report, "vi")
    assert render(replace(report, in_full=True), "en").count("unknown-code: so\n") == 130


def test_a_comment_is_never_longer_than_a_forge_takes() -> None:
    long = Text("ă*" * 900, "a*" * 900)
    found = [replace(each, message=Text(f"{long.vi}{at}", f"{long.en}{at}")) for at, each in enumerate(many(1, 100).findings)]  # fmt: skip
    where = Location("a" * 200, 1, 1, 1, 2)
    cited = tuple(Affected(long, (("b" * 1000, where),) * 9, ("4.1",) * 500) for _ in range(100))
    report = replace(
        many(1, 1), findings=tuple(found), impact=ChangeImpact("main", cited), in_full=True
    )
    for lang in ("vi", "en"):
        text = markdown.render(report, lang)
        assert 30_000 < len(text) < 65_536
        shown = text.count("| ❌ ")
        assert shown < 60
        assert f": {100 - shown};" in text or f"và {100 - shown} nguyên nhân nữa" in text
        assert "`qmstool check --all`" in text


def test_what_programs_read_is_complete() -> None:
    for name in ("json", "sarif", "junit", "gitlab", "github", "lines"):
        text = FORMATS[name](many(1, 1000), "en")
        assert all(f"Thing 0/{each}." in text for each in range(1000))


def test_sarif_has_no_more_results_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 20)
    run = json.loads(sarif.render(many(1, 50), "en"))["runs"][0]
    assert len(run["results"]) == 20
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("30 more results" in each for each in said)
