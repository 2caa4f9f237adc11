"""Define what a rule declares, and the decorators that declare one above its check.

A rule of the manual may look at all `Facts`. A rule of a file is handed one `Writing`, so that it
cannot look further; what it finds depends on that file and on the words to read it by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from qmstool.frozen import dataclass, field
from qmstool.rules.base.file_answers import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import NotChecked, Severity, Violation
    from qmstool.i18n import Text
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.text.prose_text import Writing

# What a rule cannot be asked without: today's date, what a verification of the repository's
# history found, the findings of all other rules, or releases that could all be read.
Need = Literal["day", "history", "others", "releases"]
# How far a rule looks.
Check: TypeAlias = "Callable[[Facts], Iterator[Violation | NotChecked]]"
FileCheck: TypeAlias = "Callable[[Writing], Iterator[Violation]]"
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

    `check` yields where the rule is violated, each place with the values that fill `message`.
    `reads` are the questions to each file whose answers it goes by. What hides a violation, or
    makes it uncertain, it does not ask: `hidden_by` does, in its order, of the violation's
    `subjects`. With anything that `blocked_by` yields the rule is not asked; what `unread` yields
    it was not asked of, besides. `gather` makes one violation of all that are left. A rule that
    needs the «others» runs after all of them. `unseen` yields why some of the files could not be
    looked at at all. One `on_request` is asked only where a manual or somebody names it: of texts
    of others less than half of what it finds was true (docs/adoption.md).
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
    reads: tuple[Question[Any], ...] = ()
    on_request: bool = False


def file_rule(
    rule_id: str,
    slug: str,
    severity: Severity,
    title: Text,
    message: Text,
    *,
    on_request: bool = False,
) -> Callable[[FileCheck], Rule]:
    """Declare a rule of a file above its check, which is handed one file's words at a time."""

    def declare(check: FileCheck) -> Rule:
        asked: Question[tuple[Violation, ...]] = Question(
            slug, lambda writing: tuple(check(writing))
        )

        def check_all(facts: Facts) -> Iterator[Violation]:
            for _, violations in facts.files.answers_to(asked):
                yield from violations

        return Rule(
            rule_id,
            slug,
            severity,
            title,
            message,
            check_all,
            reads=(asked,),
            on_request=on_request,
        )

    return declare


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
    reads: tuple[Question[Any], ...] = (),
    on_request: bool = False,
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
            reads=reads,
            on_request=on_request,
        )

    return declare
