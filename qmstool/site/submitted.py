"""What lies before the signer, a page for each candidate: its annex with check codes, old and new content, what units said.

It is read from the commit that the candidate froze; what is signed may differ from the draft of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.dossier.comparison import rows
from qmstool.site.circulation import shown
from qmstool.site.render import LIST, Page, first_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from qmstool.dossier.matter import Line
    from qmstool.site.edition import Edition


def pages(edition: Edition) -> Iterator[Page]:
    """A page for every candidate that no release has recorded yet."""
    for matter in edition.beside.dossiers:
        values = {
            "matter": matter,
            "lines": tuple(_line(edition, line) for line in matter.lines),
            "tables": tuple(shown(edition, table) for table in (matter.signatures, matter.opinions) if table and table.rows),
        }
        address = edition.addresses.candidate(matter.candidate.key)
        title = f"{edition.word('submitted_title')}: {matter.candidate.title}"
        yield Page(address, title, "submitted.md.jinja", values, hide=("navigation", "toc"), boost=LIST)


def _line(edition: Edition, line: Line) -> dict[str, object]:
    """What the candidate does to one document."""
    return {
        "link": edition.document(line.key),
        "code": line.code,
        "title": line.title,
        "act": line.act,
        "issue": edition.said(line.issue),
        "revision": edition.said(line.revision),
        "check_code": line.check_code,
        "summary": first_up(edition.said(line.summary)),
        "reason": edition.said(line.reason),
        "sections": _compared(edition, line),
        "why_none": _why(line),
        "copies": tuple((copy.unit, copy.medium.get(edition.lang), copy.count) for copy in line.copies),
        "replaces": ", ".join(line.replaces),
    }


def _compared(edition: Edition, line: Line) -> tuple[tuple[Markup, Markup, Markup], ...]:
    if line.change is None or line.document is None:
        return ()
    return tuple(rows(line.change, edition.lang, chaptered=len(line.document.files) > 1))


def _why(line: Line) -> str:
    """Why there may be nothing to compare; the words are those of a release."""
    if line.withdrawn:
        return "withdrawn"
    if line.before is None:
        return "new"
    return "lost" if line.change is None else "same"
