"""Define what a rule declares, and the decorator that declares one above its check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from qmstool.frozen import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import NotChecked, Severity, Violation
    from qmstool.i18n import Text
    from qmstool.rules.base.facts import Facts


# What a rule cannot be asked without: today's date, what a verification of the repository's
# history found, the findings of all other rules, or releases that could all be read.
Need = Literal["day", "history", "others", "releases"]
Check: TypeAlias = "Callable[[Facts], Iterator[Violation | NotChecked]]"
# Looks at the facts once, where a rule is violated at all, and then tells of each violation whether
# another finding hides it, or why it is not certain.
Hider: TypeAlias = "Callable[[Facts], Callable[[Violation], NotChecked | bool]]"
# Tells what keeps a rule from being asked.
Obstacle: TypeAlias = "Callable[[Facts], Iterable[NotChecked]]"
# Makes one violation of all; the second list is of those that nothing hides, and is not empty.
Gatherer: TypeAlias = "Callable[[list[Violation], list[Violation]], Violation]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its id, the slug that names its findings, its severity, and its words.

    `check` yields where the rule is violated, each place with the values that fill `message`. What
    hides a violation, or makes it uncertain, it does not ask: `hidden_by` does, in its order, of
    what each violation is `about`. With anything that `blocked_by` yields the rule is not asked;
    what `unread` yields it was not asked of, besides. `gather` makes one violation of all that
    are left. A rule that needs the «others» runs after all of them. `unseen` yields why some of the
    files could not be looked at at all.
    """

    id: str
    slug: str
    severity: Severity
    title: Text
    message: Text
    check: Check
    needs: tuple[Need, ...] = field(default=())
    unseen: Callable[[Facts], Iterator[Text]] | None = None
    hidden_by: tuple[Hider, ...] = field(default=())
    blocked_by: tuple[Obstacle, ...] = field(default=())
    unread: tuple[Obstacle, ...] = field(default=())
    gather: Gatherer | None = None


def rule(
    rule_id: str,
    slug: str,
    severity: Severity,
    title: Text,
    message: Text,
    *,
    needs: tuple[Need, ...] = (),
    unseen: Callable[[Facts], Iterator[Text]] | None = None,
    hidden_by: tuple[Hider, ...] = (),
    blocked_by: tuple[Obstacle, ...] = (),
    unread: tuple[Obstacle, ...] = (),
    gather: Gatherer | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule above its check; the function's name then stands for the `Rule`."""

    def declare(check: Check) -> Rule:
        return Rule(
            rule_id,
            slug,
            severity,
            title,
            message,
            check,
            needs,
            unseen,
            hidden_by,
            blocked_by,
            unread,
            gather,
        )

    return declare
