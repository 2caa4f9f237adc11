"""List every rule, family by family: each module below holds its rules in a tuple `RULES`.

`ALL` are all of them, `BY_SLUG` the same by their slugs. Those on prose, `PROSE`, are imported when
one of these three is first asked for: a manual may do without that family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qmstool.rules.approval import (
    numbers,
    opinions,
    order,
    pins,
    records,
    releases,
)
from qmstool.rules.base.rule import Rule
from qmstool.rules.control import (
    copies,
    documents,
    external,
    external_currency,
    external_register,
    form_parents,
    forms,
    names,
    people,
    reliance,
    retention,
    reviews,
    role_holders,
    stray_files,
)
from qmstool.rules.coverage import (
    clauses,
    demanded_records,
    exclusions,
    mappings,
    processes,
    statement,
    unmapped,
    unsupported,
)
from qmstool.rules.input import (
    broken_template,
    characters,
    citable_sections,
    encoding,
    headings,
    heads,
    misread_encoding,
    old_markup,
    recorded_twice,
    rendering,
    suppressions,
    unreadable,
    wide_table,
)
from qmstool.rules.references import (
    ambiguous_numbers,
    circular,
    code_spelling,
    labels,
    links,
    replaced,
    self_references,
    titles,
    unknown,
    unknown_numbers,
    unpublished_file,
)

if TYPE_CHECKING:
    ALL: tuple[Rule, ...]
    PROSE: tuple[Rule, ...]
    BY_SLUG: dict[str, Rule]

WITHOUT_PROSE: tuple[Rule, ...] = (
    # input: QMS0
    *heads.RULES,
    *unreadable.RULES,
    *encoding.RULES,
    *suppressions.RULES,
    *citable_sections.RULES,
    *headings.RULES,
    *rendering.RULES,
    *characters.RULES,
    *old_markup.RULES,
    *recorded_twice.RULES,
    *wide_table.RULES,
    *broken_template.RULES,
    *misread_encoding.RULES,
    # references: QMS1
    *unknown.RULES,
    *unknown_numbers.RULES,
    *links.RULES,
    *self_references.RULES,
    *replaced.RULES,
    *circular.RULES,
    *code_spelling.RULES,
    *titles.RULES,
    *labels.RULES,
    *ambiguous_numbers.RULES,
    *unpublished_file.RULES,
    # coverage: QMS2
    *clauses.RULES,
    *exclusions.RULES,
    *unmapped.RULES,
    *demanded_records.RULES,
    *mappings.RULES,
    *processes.RULES,
    *unsupported.RULES,
    *statement.RULES,
    # control: QMS3
    *documents.RULES,
    *external.RULES,
    *external_register.RULES,
    *forms.RULES,
    *form_parents.RULES,
    *names.RULES,
    *stray_files.RULES,
    *retention.RULES,
    *people.RULES,
    *role_holders.RULES,
    *reviews.RULES,
    *reliance.RULES,
    *external_currency.RULES,
    *copies.RULES,
    # approval: QMS4
    *releases.RULES,
    *numbers.RULES,
    *pins.RULES,
    *order.RULES,
    *opinions.RULES,
    *records.RULES,
)


def __getattr__(name: str) -> Any:
    """Return what needs the rules on prose."""
    if name not in {"ALL", "PROSE", "BY_SLUG"}:
        raise AttributeError(name)
    from qmstool.rules.prose import (
        near_names,
        registry,
    )

    prose = (
        # QMS6
        *registry.RULES,
        *near_names.RULES,
    )
    every = WITHOUT_PROSE + prose
    made = {"ALL": every, "PROSE": prose, "BY_SLUG": {rule.slug: rule for rule in every}}
    globals().update(made)
    return made[name]


__all__ = ["ALL", "BY_SLUG", "PROSE", "WITHOUT_PROSE", "Rule"]
