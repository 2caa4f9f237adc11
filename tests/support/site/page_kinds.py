"""Choose a few pages of a built site that together show whatever any of its pages shows.

What takes a browser is asked of these in every run, and of all pages with QMS_PAGES=all (`just
long`).
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ALL_PAGES = os.environ.get("QMS_PAGES") == "all"
DRAFT = "du-thao/"
KEPT = re.compile(r"\d{4}/")
# Attributes by which elements of one name and class look or work differently.
TELLING = ("role", "type")
PAGE = "page "


def sample(folder: Path, beyond: Path | None = None) -> tuple[str, ...]:
    """Addresses within a site; of a site `beyond` that is looked at too, nothing is shown twice."""
    shown = shown_by(folder)
    if ALL_PAGES:
        return tuple(shown)
    before = shown_by(beyond) if beyond else {}
    return cover(shown, frozenset().union(*before.values()))


def templates(folder: Path, beyond: Path | None = None) -> tuple[str, ...]:
    """Addresses of one page of each template, and of the extremes, whatever their texts show."""
    shown = shown_by(folder)
    if ALL_PAGES:
        return tuple(shown)
    before = shown_by(beyond) if beyond else {}
    coarse = {page: frozenset(filter(is_coarse, its)) for page, its in shown.items()}
    return cover(coarse, frozenset().union(*before.values()))


def is_coarse(shown: str) -> bool:
    return shown.startswith(PAGE) or shown in EXTREMES


def cover(shown: Mapping[str, frozenset[str]], before: frozenset[str]) -> tuple[str, ...]:
    """Pages that show together what any of them shows and was not seen before; each shows much."""
    left = set().union(*shown.values()) - before
    chosen = []
    while left:
        best = max(shown, key=lambda page: len(shown[page] & left))
        chosen.append(best)
        left -= shown[best]
    return tuple(chosen)


@cache
def shown_by(folder: Path) -> dict[str, frozenset[str]]:
    """What each page of a site shows: of a kept release, only what no other page does counts."""
    files = {
        file.relative_to(folder).as_posix().removesuffix("index.html"): file
        for file in (*folder.rglob("index.html"), *folder.glob("404.html"))
    }
    pages = {address: html.fromstring(files[address].read_bytes()) for address in files}
    most = {name: max(pages, key=lambda page: of(pages[page])) for name, of in EXTREMES.items()}
    found = {
        page: frozenset((kind_of(page), *elements(pages[page])))
        | {name for name, its in most.items() if its == page}
        for page in pages
    }
    return {
        page: found[page] for page in sorted(found, key=lambda each: (bool(KEPT.match(each)), each))
    }


def kind_of(address: str) -> str:
    """Tell pages apart by their address within a version: one of many in a folder is like the others."""
    within = KEPT.sub("", address.removeprefix(DRAFT), count=1)
    head, *deeper = within.rstrip("/").split("/")
    return PAGE + "/".join([head, *("*" for _ in deeper[:1]), *deeper[1:]])


def elements(page: html.HtmlElement) -> set[str]:
    """Names of elements, with each of their classes and with what else tells them apart."""
    found = set()
    for each in page.iter(html.etree.Element):
        found.add(str(each.tag))
        found.update(f"{each.tag}.{name}" for name in (each.get("class") or "").split())
        found.update(f"{each.tag}[{name}={each.get(name)}]" for name in TELLING if each.get(name))
    return found


def widest_row(page: html.HtmlElement) -> int:
    return max((len(row) for row in page.iter("tr")), default=0)


def longest_word(page: html.HtmlElement) -> int:
    words = " ".join(page.xpath("//article//text()")).split()
    return max(map(len, words), default=0)


def weight(page: html.HtmlElement) -> int:
    return len(html.tostring(page))


EXTREMES: dict[str, Callable[[html.HtmlElement], int]] = {
    "the widest row": widest_row,
    "the longest word": longest_word,
    "the heaviest": weight,
}
