"""Pass on what the loader met while it read the files of a manual, by the slug of its rule."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qmstool.parsing.merge_markers import merge_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Violation
    from qmstool.rules.base.facts import Facts


def loader_violations(facts: Facts, slug: str) -> Iterator[Violation]:
    """Yield what the loader met under a slug.

    What does not fit on a line that was mended so that it could be read at all follows from that,
    and is left out; that the line could not be read as it stands, `broken-yaml`, is not.
    """
    for problem in facts.manual.problems:
        if problem.slug != slug:
            continue
        place = problem.violation.location
        if slug == "broken-yaml" or place.line not in facts.lost_lines.mended_lines.get(
            place.path, ()
        ):
            yield problem.violation


def pass_on(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that reports what the loader met under a slug as it is."""

    def check(facts: Facts) -> Iterator[Violation]:
        return loader_violations(facts, slug)

    return check


def other_causes(facts: Facts) -> Callable[[Violation], bool]:
    """Tell whether merge markers or a wrong encoding, which have rules of their own, broke a file.

    A file is looked through once, however many of its lines could not be read.
    """

    @cache
    def is_broken(path: str) -> bool:
        source = facts.manual.sources.get(path)
        return source is not None and ("not-utf8" in source.flaws or any(merge_places(source)))

    return lambda violation: is_broken(violation.location.path)
