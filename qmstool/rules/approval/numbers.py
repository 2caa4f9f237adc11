"""Check that issues and revisions go forward from release to release, and leave none out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.figures import whole_number
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.effect import items_by_key, valid_releases
from qmstool.register.numbers import number_of, numbered_steps
from qmstool.releases.numbering import has_dropped, is_forward
from qmstool.rules.base.rule import rule
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.releases.numbering import Number
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


def _steps(facts: Facts) -> Iterator[tuple[ReleaseItem, ReleaseItem]]:
    """Yield each recorded version of a document with the one before it.

    Not where the later one is a withdrawal, or corrects an earlier record.
    """
    for history in items_by_key(valid_releases(facts.releases or ())).values():
        for (_, before), (release, item) in pairwise(history):
            if item.act != "withdraw" and not release.mends and not release.replaces:
                yield before, item


@rule(
    "QMS404",
    "number-backward",
    Severity.ERROR,
    Text("Lần sửa đổi đi lùi", "A revision that goes backward"),
    Text(
        "{code}: lần ban hành/sửa đổi {number} không đứng sau {before} đã ghi nhận trước đó. "
        "Hãy ghi nhận một đợt sau với số đúng.",
        "{code}: issue/revision {number} does not come after {before}, which was recorded "
        "before it. Record a later release with the right number.",
    ),
    needs=("releases",),
)
def number_backward(facts: Facts) -> Iterator[Violation]:
    """Find items whose issue and revision do not come after the last that are known.

    What is no number any more comes after none, where the settings want one.
    """
    for before, item, release in numbered_steps(facts.releases or ()):
        old, new = number_of(before), number_of(item)
        if has_dropped(old, new):
            if _wants_number(facts, release, item):
                yield _misnumbered(before, item)
        elif not is_forward(old, new):
            yield _misnumbered(before, item)


def _wants_number(facts: Facts, release: Release, item: ReleaseItem) -> bool:
    """Whether the settings that a release pins number a document beside its code.

    They say so here as long as text and settings are as they were recorded; of others `verify`
    tells.
    """
    document = facts.manual.documents.get(item.key)
    pins = [pin for pin in release.basis if pin.path == MANIFEST]
    if document is None or not pins:
        return False
    pins += [pin for pin in item.files if pin.path == document.path]
    if len(pins) == 1 or len(facts.pinned_here.blobs(pins)) < len({pin.blob for pin in pins}):
        return False
    kind = facts.manual.config.types.get(text_of(document.front_matter.type))
    return kind is not None and kind.numbering != "in-code"


@rule(
    "QMS405",
    "number-skipped",
    Severity.WARNING,
    Text("Lần sửa đổi bị nhảy số", "A revision that was skipped"),
    Text(
        "{code}: từ lần ban hành/sửa đổi {before} sang {number}, nhảy qua ít nhất một số. Bản ở "
        "giữa có thật thì ghi nhận; đánh số nhầm thì nêu ở reason.",
        "{code}: from issue/revision {before} to {number}, leaving out at least one. If the one "
        "between exists, record it; if it was miscounted, say so as reason.",
    ),
    needs=("releases",),
)
def number_skipped(facts: Facts) -> Iterator[Violation]:
    """Find items that leave out an issue or a revision."""
    for before, item in _steps(facts):
        old, new = number_of(before), number_of(item)
        if is_forward(old, new) and _skips(old, new):
            yield _misnumbered(before, item)


def _skips(old: Number, new: Number) -> bool:
    """Whether the next issue, or within one issue the next revision, is left out."""
    if _jumps(old.issue, new.issue):
        return True
    return old.issue == new.issue and _jumps(old.revision, new.revision)


def _jumps(old: str, new: str) -> bool:
    """Whether two whole numbers are more than one apart."""
    before, after = whole_number(old), whole_number(new)
    return before is not None and after is not None and after > before + 1


def _misnumbered(before: ReleaseItem, item: ReleaseItem) -> Violation:
    values = {
        "code": item.code,
        "before": f"{before.issue}/{before.revision}",
        "number": f"{item.issue}/{item.revision}",
    }
    related = (before.marks.revision.location,)
    return Violation(item.marks.revision.location, values, None, related)


RULES: tuple[Rule, ...] = (
    number_backward,
    number_skipped,
)
