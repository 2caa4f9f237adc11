"""Define what a rule declares, and the decorator that declares one above its check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from qmstool.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import NotChecked, Severity, Violation
    from qmstool.i18n import Text
    from qmstool.rules.base.facts import Facts


# What a rule cannot be asked without: today's date, what a verification of the repository's
# history found, the findings of all other rules, or releases that could all be read.
Need = Literal["day", "history", "others", "releases"]
Check: TypeAlias = "Callable[[Facts], Iterator[Violation | NotChecked]]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its id, the slug that names its findings, its severity, and its words.

    `check` yields where the rule is violated, each place with the values that fill `message`, and
    what could not be checked because of another finding. A rule that needs the «others» runs after
    all of them. `unseen` yields why some of the files could not be looked at at all.
    """

    id: str
    slug: str
    severity: Severity
    title: Text
    message: Text
    check: Check
    needs: tuple[Need, ...] = field(default=())
    unseen: Callable[[Facts], Iterator[Text]] | None = None


def rule(
    rule_id: str,
    slug: str,
    severity: Severity,
    title: Text,
    message: Text,
    *,
    needs: tuple[Need, ...] = (),
    unseen: Callable[[Facts], Iterator[Text]] | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule above its check; the function's name then stands for the `Rule`."""

    def declare(check: Check) -> Rule:
        return Rule(rule_id, slug, severity, title, message, check, needs, unseen)

    return declare
