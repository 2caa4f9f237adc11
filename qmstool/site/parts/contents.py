"""Nest the headings of a page as its table of contents shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.rendering import PageHeading

LEVELS = range(2, 4)


def contents(headings: Iterable[PageHeading]) -> list[dict[str, Any]]:
    """Return the entries of the outermost level, each with its level, id, name and children."""
    top: list[dict[str, Any]] = []
    parent: dict[str, Any] | None = None
    for heading in headings:
        if heading.level not in LEVELS:
            continue
        entry = {"level": heading.level, "id": heading.anchor, "name": heading.words}
        entry["children"] = []
        if heading.level > LEVELS.start and parent is not None:
            parent["children"].append(entry)
        else:
            top.append(entry)
            parent = entry if heading.level == LEVELS.start else None
    return top
