"""Families of checks: what a rule is, what it is given, and the explicit list of all of them."""

from __future__ import annotations

from qmstool.rules import (
    approval,
    approval_opinions,
    approval_order,
    approval_records,
    control,
    control_copies,
    control_currency,
    control_external,
    control_forms,
    control_holders,
    control_parents,
    control_people,
    control_register,
    control_reliance,
    control_reviews,
    coverage,
    coverage_processes,
    coverage_silences,
    links,
    near_names,
    prose,
    reading,
    reading_allowances,
    reading_headings,
    reading_layout,
    reading_signs,
    references,
    references_pointing,
)
from qmstool.rules.rule import Facts, Rule

ALL: tuple[Rule, ...] = (
    *reading.RULES,
    *reading_allowances.RULES,
    *reading_headings.RULES,
    *reading_layout.RULES,
    *reading_signs.RULES,
    *references.RULES,
    *links.RULES,
    *references_pointing.RULES,
    *coverage.RULES,
    *coverage_processes.RULES,
    *coverage_silences.RULES,
    *control.RULES,
    *control_external.RULES,
    *control_register.RULES,
    *control_forms.RULES,
    *control_parents.RULES,
    *control_people.RULES,
    *control_holders.RULES,
    *control_reviews.RULES,
    *control_reliance.RULES,
    *control_currency.RULES,
    *control_copies.RULES,
    *approval.RULES,
    *approval_order.RULES,
    *approval_opinions.RULES,
    *approval_records.RULES,
    *prose.RULES,
    *near_names.RULES,
)
BY_SLUG = {rule.slug: rule for rule in ALL}

__all__ = ["ALL", "BY_SLUG", "Facts", "Rule"]
