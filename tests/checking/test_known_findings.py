"""A file of known findings: known by words and not by lines, and never longer than it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.checking import comparison, known_findings
from qmstool.cli.main import main
from qmstool.findings import KnownEntry
from qmstool.i18n import QmsError
from qmstool.report import FORMATS
from tests.support.manuals import check_tree, tiny_with
from tests.support.sarif_schema import sarif

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.findings import Report

PAGE = "manual/1.2.md"
TITLE = "# 1.2. Thông tin dạng văn bản\n\n"
BODY = "Văn phòng giữ danh mục tài liệu và gửi mỗi đơn vị một bản.\n\n"
ONE = TITLE + BODY + "Theo QT VP 09.\n"
TWO = TITLE + BODY + "Theo QT VP 09.\n\nVà theo QT VP 09; theo QT VP 08.\n"


def report(page: str) -> Report:
    return check_tree(tiny_with({PAGE: page}))


def entry(words: str, count: int = 1) -> KnownEntry:
    return KnownEntry("QMS101", PAGE, words, count)


def known(page: str) -> dict[KnownEntry, int]:
    return dict(
        known_findings.parse_known(
            "no.yml", known_findings.dump_known(comparison.count_entries(report(page))).encode()
        ).counts
    )


def test_the_file_is_what_a_person_can_read() -> None:
    assert known_findings.dump_known(comparison.count_entries(report(TWO))) == (
        "schema: 1\n"
        "debts:\n"
        '  - {rule: QMS101, path: manual/1.2.md, words: QT VP 08, count: "1"}\n'
        '  - {rule: QMS101, path: manual/1.2.md, words: QT VP 09, count: "2"}\n'
    ).replace('"', "")


def test_known_findings_are_set_apart_and_the_rest_counted() -> None:
    shown = known_findings.set_known_apart(report(TWO), known(ONE))
    assert [each.values["words"] for each in shown.findings] == ["QT VP 09", "QT VP 08"]
    assert shown.summary.errors == 2
    assert shown.known_findings is not None
    assert [each.location.line for each in shown.known_findings.known] == [5]
    assert shown.known_findings.fixed == ()


def test_lines_and_blanks_and_accents_do_not_matter() -> None:
    moved = (
        TITLE + BODY + "Một đoạn mới.\n\n" * 3 + "Đã sửa nhiều chữ quanh đây, **theo**\nQT VP 09\n"
    )
    shown = known_findings.set_known_apart(report(moved), known(ONE))
    assert shown.findings == ()
    assert shown.worst is None


def test_a_debt_that_no_longer_occurs_is_told() -> None:
    shown = known_findings.set_known_apart(report(ONE), known(TWO))
    assert shown.known_findings is not None
    assert set(shown.known_findings.fixed) == {entry("QT VP 09"), entry("QT VP 08")}
    text = FORMATS["text"](shown, "vi")
    assert "Chỗ tồn đọng đã sửa" in text
    assert "manual/1.2.md  QMS101 «QT VP 08» × 1" in text
    assert text.splitlines()[-1].endswith("Tồn đọng: 1 chỗ chưa sửa, 2 chỗ đã sửa.")


def test_other_words_are_another_finding() -> None:
    shown = known_findings.set_known_apart(report(TITLE + BODY + "Theo QT VP 07.\n"), known(ONE))
    assert [each.values["words"] for each in shown.findings] == ["QT VP 07"]


def test_the_file_only_shrinks() -> None:
    first = known_findings.shrink_known(None, report(TWO))
    assert first == {entry("QT VP 09"): 2, entry("QT VP 08"): 1}
    later = known_findings.shrink_known(first, report(TITLE + BODY + "Theo QT VP 09, QT VP 07.\n"))
    assert later == {entry("QT VP 09"): 1}


@pytest.mark.parametrize(
    "data", [b"", b"[", b"schema: 1\n", b"schema: 1\ndebts:\n  - {rule: QMS101}\n", b"\xff\xfe"]
)
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(QmsError, match=r"no\.yml:"):
        known_findings.parse_known("no.yml", data)


def test_every_format_shows_known_findings_and_json_lists_them() -> None:
    shown = known_findings.set_known_apart(report(TWO), known(ONE))
    data: dict[str, Any] = json.loads(FORMATS["json"](shown, "vi"))
    assert data["schema"] == 1
    assert [each["line"] for each in data["debts"]["known"]] == [5]
    assert data["debts"]["paid"] == []
    log: dict[str, Any] = json.loads(FORMATS["sarif"](shown, "en"))
    sarif().validate(log)
    kinds = [
        [each["kind"] for each in result.get("suppressions", [])]
        for result in log["runs"][0]["results"]
    ]
    assert kinds == [[], [], ["external"]]
    for name in ("github", "gitlab", "junit", "markdown"):
        assert FORMATS[name](shown, "vi").count("QMS101 unknown-code") == 2


def test_the_command_line_from_known_findings_to_none(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, file = tiny / PAGE, tiny / "no-cu.yml"

    def status(*more: str, text: str | None = None) -> int:
        page.write_text(text, "utf-8") if text else None
        return main(["check", "--root", str(tiny), *more])

    assert status("--baseline", str(file), text=ONE) == 2
    assert "--write-known" in capsys.readouterr().err
    assert status("--write-baseline", str(file)) == 0
    assert status("--baseline", str(file)) == 0
    assert status("--baseline", str(file), text=TWO) == 1
    before = file.read_bytes()
    assert status("--write-baseline", str(file)) == 1
    assert file.read_bytes() == before
    assert "Không thêm 2 chỗ mới" in capsys.readouterr().err
    assert status("--write-baseline", str(file), text=TITLE + BODY + "Xong.\n") == 0
    assert "Xóa 1 chỗ đã sửa" in capsys.readouterr().err
    assert status("--baseline", str(file), text=ONE) == 1


def test_one_way_at_a_time(tiny: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--root", str(tiny), "--since", "HEAD", "--fix"])
    assert ended.value.code == 2
