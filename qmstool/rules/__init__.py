"""Families of checks: what a rule is, what it is given, and the explicit list of all of them."""

from __future__ import annotations

from qmstool.rules.approval import opinions as approval_opinions
from qmstool.rules.approval import order as approval_order
from qmstool.rules.approval import records as approval_records
from qmstool.rules.approval import releases as approval
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.control import copies as control_copies
from qmstool.rules.control import documents as control
from qmstool.rules.control import external as control_external
from qmstool.rules.control import external_currency as control_currency
from qmstool.rules.control import external_register as control_register
from qmstool.rules.control import form_parents as control_parents
from qmstool.rules.control import forms as control_forms
from qmstool.rules.control import names as control_names
from qmstool.rules.control import people as control_people
from qmstool.rules.control import reliance as control_reliance
from qmstool.rules.control import retention as control_retention
from qmstool.rules.control import reviews as control_reviews
from qmstool.rules.control import role_holders as control_holders
from qmstool.rules.control import stray_files as control_files
from qmstool.rules.coverage import clauses as coverage
from qmstool.rules.coverage import processes as coverage_processes
from qmstool.rules.coverage import unsupported as coverage_silences
from qmstool.rules.input import characters as reading_signs
from qmstool.rules.input import encoding as reading_storing
from qmstool.rules.input import headings as reading_headings
from qmstool.rules.input import rendering as reading_layout
from qmstool.rules.input import suppressions as reading_allowances
from qmstool.rules.input import unreadable as reading
from qmstool.rules.prose import near_names
from qmstool.rules.prose import registry as prose
from qmstool.rules.references import circular as references_circles
from qmstool.rules.references import code_spelling as references_spelling
from qmstool.rules.references import labels as references_labels
from qmstool.rules.references import links
from qmstool.rules.references import replaced as references_replaced
from qmstool.rules.references import self_references as references_pointing
from qmstool.rules.references import titles as references_titles
from qmstool.rules.references import unknown as references

ALL: tuple[Rule, ...] = (
    *reading.RULES,
    *reading_storing.RULES,
    *reading_allowances.RULES,
    *reading_headings.RULES,
    *reading_layout.RULES,
    *reading_signs.RULES,
    *references.RULES,
    *links.RULES,
    *references_pointing.RULES,
    *references_replaced.RULES,
    *references_circles.RULES,
    *references_spelling.RULES,
    *references_titles.RULES,
    *references_labels.RULES,
    *coverage.RULES,
    *coverage_processes.RULES,
    *coverage_silences.RULES,
    *control.RULES,
    *control_external.RULES,
    *control_register.RULES,
    *control_forms.RULES,
    *control_parents.RULES,
    *control_names.RULES,
    *control_files.RULES,
    *control_retention.RULES,
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
