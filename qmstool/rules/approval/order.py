"""Check the order of releases: one must not silently keep a scheduled one from taking effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.register.effect import valid_releases
from qmstool.register.preempted import undeclared_cancellations
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS408",
    "scheduled-overtaken",
    Severity.WARNING,
    Text(
        "Đợt chưa có hiệu lực bị đợt sau thay mà không nói rõ",
        "A scheduled release that is silently outranked",
    ),
    Text(
        "Đợt {number} ghi nhận sau mà có hiệu lực trước, nên đợt {other} (hiệu lực từ {day}) sẽ "
        "không có hiệu lực đối với {codes}. Nếu không định như vậy, hãy ban hành một đợt gộp "
        "hai nội dung, có hiệu lực từ {day}.",
        "Release {number} was recorded later and takes effect earlier, so release {other} (in "
        "force from {day}) never will for {codes}. If that is not meant, issue a release that "
        "joins the two texts, in force from {day}.",
    ),
    needs=("releases",),
)
def scheduled_overtaken(facts: Facts) -> Iterator[Violation]:
    """Find releases that outrank a scheduled one without saying so.

    Reported until the documents of the scheduled one are put in force anew.
    """
    for release, preempted in undeclared_cancellations(valid_releases(facts.releases or ())):
        values = {
            "number": str(release.number),
            "other": str(preempted.release.number),
            "codes": preempted.codes,
            "day": str(preempted.release.effective),
        }
        related = tuple(item.mark.location for item in preempted.items)
        yield Violation(release.marks.effective.location, values, None, related)


RULES: tuple[Rule, ...] = (scheduled_overtaken,)
