"""Audit a built site as a build does, all of its pages at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.safety.audit import audit_links, audit_page, audit_styles

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.site.safety.audit import LinkedPage
    from qmstool.site.safety.page_audit import AuditFinding


def audit_site(folder: Path, beside: frozenset[str] = frozenset()) -> tuple[AuditFinding, ...]:
    """Return everything wrong with the HTML and the style sheets of a built site.

    A fatal finding forbids publishing it. Folders and files that will lie `beside` the pages are
    not looked into.
    """
    pages: dict[str, LinkedPage] = {}
    findings: list[AuditFinding] = []
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        pages[name], own = audit_page(name, path.read_text("utf-8", errors="replace"))
        findings += own
    return (*findings, *audit_links(folder, pages, beside), *audit_styles(folder))
