"""Choose the rules that a check goes by; those on prose are imported where one may be asked.

In: a manual, and what was kept of it before. Out: rules, and the names of those that need not be
known, because the manual switches off their whole family.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qmstool import rules
from qmstool.frozen import NamedTuple
from qmstool.rules.base.suppressions import slug_of
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.manual.model import Manual
    from qmstool.rules import Rule
    from qmstool.storage.kept_facts import KeptFacts

_KIND = "rules-off"


class RuleSet(NamedTuple):
    """The rules of a check; `off` are the slugs of more, by id, all of them switched off."""

    rules: tuple[Rule, ...]
    off: Mapping[str, str] = MappingProxyType({})

    @property
    def slugs(self) -> Mapping[str, str]:
        """The slug of every rule there is, by its id."""
        return {**{rule.id: rule.slug for rule in self.rules}, **self.off}


def rule_set(manual: Manual, facts: KeptFacts | None) -> RuleSet:
    """Return the rules that a manual is checked by.

    What it switches off is said in its manifest; of the very same manifest it is known.
    """
    if facts is None:
        return RuleSet(rules.ALL)
    off: dict[str, str] | None = facts.recall(_KIND, MANIFEST)
    if off is None:
        ids = {rule.id: rule.slug for rule in rules.PROSE}
        switched_off = {slug_of(mark.text, ids) for mark in manual.config.rules_off}
        off = ids if switched_off.issuperset(ids.values()) else {}
        facts.keep(_KIND, MANIFEST, off)
    return RuleSet(rules.WITHOUT_PROSE, off) if off else RuleSet(rules.ALL)
