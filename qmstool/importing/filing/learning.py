"""Learn from the codes of many files what shape those of each type have, and which are cited.

What goes in: drafts, codes of forms, rows of registers of documents. What comes out: a
`LearntCodes`. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass, field
from qmstool.importing.kinds import cited_codes, code_shape, prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.known import Known


@dataclass(frozen=True, slots=True)
class LearntCodes:
    """What codes say, by type: all of them, their shape ("" for none), those that texts cite.

    Cited ones are looked for only where a manual begins.
    """

    by_type: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Sequence[str]] = field(default_factory=dict)


def learn_codes(
    known: Known,
    drafts: Iterable[DraftDocument],
    form_codes: Iterable[str],
    registered: Iterable[Mapping[str, str]],
    texts: Sequence[str],
) -> LearntCodes:
    """Return what is learnt; `registered`: code and title of documents, `texts`: of the drafts."""
    by_type: dict[str, list[str]] = {}
    for draft in drafts:
        if draft.code:
            by_type.setdefault(draft.kind, []).append(draft.code)
    for code in form_codes:
        by_type.setdefault("form", []).append(code)
    prefixes = {prefix(code) for codes in by_type.values() for code in codes}
    shapes = {kind: code_shape(codes, prefixes) for kind, codes in by_type.items()}
    for values in registered:
        kind, _ = known.types.kind_of(values["code"], values["title"], "")
        by_type.setdefault(kind, []).append(values["code"])
    for kind, codes in by_type.items():  # those that a register alone names
        shapes.setdefault(kind, code_shape(codes, prefixes))
    if not known.may_name:
        return LearntCodes(by_type, shapes)
    all_shapes = {**known.shapes, **shapes}
    cited = cited_codes(texts, all_shapes)
    for kind, codes in cited.items():
        by_type.setdefault(kind, []).extend(codes)
        shapes.setdefault(kind, all_shapes[kind])
    return LearntCodes(by_type, shapes, cited)
