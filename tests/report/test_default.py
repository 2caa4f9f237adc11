"""What `check` prints by default: counts first and last, errors in full, the rest in short."""

from __future__ import annotations

from qmstool.findings import Finding, Location, Report, Severity, Summary
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.report.text import render


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
