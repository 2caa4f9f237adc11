"""Set apart the findings that a file of known ones holds, and write that file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.checking import known_findings
from qmstool.cli import console
from qmstool.cli.command_lines import command_line
from qmstool.i18n import QmsError, Text
from qmstool.storage import files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qmstool.checking.known_findings import KnownFile
    from qmstool.findings import Report
    from qmstool.i18n import Lang


def read_known(file: Path) -> KnownFile:
    """Return what a file of known findings holds. Raises QmsError where there is no file."""
    known = _read(file)
    if known is None:
        make = command_line("check", "--write-known", str(file))
        raise QmsError(
            Text(
                f"Không có tệp tồn đọng «{file}». Lập tệp: {make}",
                f"There is no file of known findings «{file}». Make one: {make}",
            )
        )
    return known


def without_known(file: Path, report: Report) -> Report:
    """Return a report with a file's findings set apart. Raises QmsError where there is no file."""
    return known_findings.set_known_apart(report, read_known(file).counts)


def write_known(file: Path, report: Report, lang: Lang, today: date) -> Report:
    """Write what the file may hold from now on, say so, and return the report without it.

    A new file holds everything that is found; an existing one only loses what is fixed.
    """
    known = _read(file)
    kept = known_findings.shrink_known(known.counts if known else None, report)
    since = known.since if known else today.isoformat()
    files.write(file.parent, file.name, known_findings.dump_known(kept, since), hidden=True)
    count = kept.total()
    note = Text(
        f"Đã ghi {count} chỗ tồn đọng vào «{file}».",
        f"Known findings written to «{file}»: {count}.",
    )
    if known is not None:
        change = _change((known.counts - kept).total(), len(report.findings) - count)
        note = Text(note.vi + change.vi, note.en + change.en)
    console.print_note(note, lang)
    return known_findings.set_known_apart(report, kept)


def _read(file: Path) -> KnownFile | None:
    if not file.is_file():
        return None
    return known_findings.parse_known(str(file), console.read_user_file(file))


def _change(fixed: int, new: int) -> Text:
    """Tell how many findings left an existing file, and how many new ones it did not take."""
    vi, en = f" Xóa {fixed} chỗ đã sửa.", f" {fixed} gone."
    if new:
        vi += f" Không thêm {new} chỗ mới: tệp tồn đọng chỉ ngắn đi."
        en += f" Not added: {new} new, for the file only shrinks."
    return Text(vi, en)
