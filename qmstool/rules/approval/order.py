"""The rule on the order of releases: one that silently keeps a scheduled one from ever taking effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.register.preempted import undeclared_cancellations
from qmstool.register.status import valid_releases
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def scheduled_overtaken(facts: Facts) -> Iterator[Fault]:
    """Releases that outrank a scheduled one without saying so, until its documents are put in force anew."""
    for release, found in undeclared_cancellations(valid_releases(facts.releases or ())):
        place = release.entry.get("effective") or release.entry.mark
        values = {
            "number": str(release.number),
            "other": str(found.release.number),
            "codes": found.codes,
        }
        day = found.release.effective
        related = tuple(item.mark.location for item in found.items)
        yield Fault(place.location, values | {"day": day}, None, related)


# fmt: off
RULES = (
    Rule(
        "QMS408", "scheduled-overtaken", Severity.WARNING,
        Text("Đợt chưa có hiệu lực bị đợt sau thay mà không nói rõ", "A scheduled release that is silently outranked"),
        Text(
            "Đợt {number} ghi nhận sau mà có hiệu lực trước, nên đợt {other} (hiệu lực từ "
            "{day}) sẽ không có hiệu lực đối với "
            "{codes}. Nếu không định như vậy, hãy ban hành một đợt gộp hai nội dung, có hiệu "
            "lực từ {day}.",
            "Release {number} was recorded later and takes effect earlier, so release "
            "{other} (in force from {day}) never will "
            "for {codes}. If that is not meant, issue a release that joins the two texts, in "
            "force from {day}.",
        ),
        scheduled_overtaken, ("releases",),
    ),
)
