"""Tell notes that were added to a PDF file after a signature from any other change of it.

A rule for pyHanko's comparison of revisions, at its level ANNOTATIONS: a note is an annotation that
nobody can fill in or follow, that is new, and that stands behind those that were there. All else of
its page has to be as it was. What a note shows can still hide words: it is told, never approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import ModificationLevel, QualifiedWhitelistRule, StandardDiffPolicy
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.policies import DEFAULT_DIFF_POLICY
from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyhanko.pdf_utils.reader import HistoricalResolver

ANNOTATIONS = "/Annots"
NOTES = frozenset(
    {
        "/Text", "/FreeText", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut",
        "/Caret", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Stamp",
    }
)  # fmt: skip
# An action, a field, a file: what has one of these is more than a note.
_MORE = frozenset({"/A", "/AA", "/FT", "/Kids", "/FS", "/OC", "/Dest", "/RichMediaContent"})
DEEPEST = 100  # of the tree of pages


class AddedNotes(QualifiedWhitelistRule):
    """Explains the objects of an update by the notes that it adds."""

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Yield what notes explain; what they do not is left to be told as a change."""
        for before, after in _pages(old, new):
            added = _added(before, after, old)
            if not added:
                continue
            explained = _own_array(before, after, old)
            if isinstance(after.container_ref, generic.Reference):
                explained.add(after.container_ref)
            for note in added:
                explained.add(note.reference)
                deps = new.collect_dependencies(note.get_object(), since_revision=new.revision)
                explained |= {ref for ref in deps if old.is_ref_unassignable(ref)}
            for ref in explained:
                yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(ref)


POLICY = StandardDiffPolicy(
    [*DEFAULT_DIFF_POLICY.global_rules, AddedNotes()], DEFAULT_DIFF_POLICY.form_rule
)


def pages_with_notes(old: HistoricalResolver, new: HistoricalResolver) -> list[int]:
    """Return the numbers of the pages that have notes in one revision and had not in another."""
    both = enumerate(_pages(old, new), start=1)
    return [number for number, (before, after) in both if _added(before, after, old)]


Page = generic.DictionaryObject


def _pages(old: HistoricalResolver, new: HistoricalResolver) -> Iterator[tuple[Page, Page]]:
    """Yield each page of both revisions, as far as their trees are the same."""
    waiting = [(old.root["/Pages"], new.root["/Pages"], 0)]
    while waiting:
        before, after, depth = waiting.pop()
        if not isinstance(before, Page) or not isinstance(after, Page) or depth > DEEPEST:
            return
        if before.get("/Type") == "/Page":
            yield before, after
            continue
        kids, same = before.get("/Kids"), after.get("/Kids")
        if not isinstance(kids, list) or not isinstance(same, list) or kids != same:
            return
        both = zip(kids, same, strict=True)
        waiting += [(one.get_object(), other.get_object(), depth + 1) for one, other in both][::-1]


def _added(before: Page, after: Page, old: HistoricalResolver) -> list[generic.IndirectObject]:
    """Return the notes that a page has more than it had; none where anything else is other."""
    if not compare_dicts(before, after, frozenset({ANNOTATIONS}), raise_exc=False):
        return []
    held, now = before.get(ANNOTATIONS, []), after.get(ANNOTATIONS, [])
    if (
        not isinstance(held, list)
        or not isinstance(now, list)
        or list(now)[: len(held)] != list(held)
    ):
        return []
    added = list(now)[len(held) :]
    return added if all(_is_note(each, old) for each in added) else []


def _is_note(added: object, old: HistoricalResolver) -> bool:
    if not isinstance(added, generic.IndirectObject) or not old.is_ref_unassignable(
        added.reference
    ):
        return False
    note = added.get_object()
    return (
        isinstance(note, generic.DictionaryObject)
        and not isinstance(note, generic.StreamObject)
        and note.get("/Subtype") in NOTES
        and not _MORE & note.keys()
    )


def _own_array(before: Page, after: Page, old: HistoricalResolver) -> set[generic.Reference]:
    """Return the object that the list of a page's annotations is in, where it is one of its own."""
    now = after.raw_get(ANNOTATIONS)
    if not isinstance(now, generic.IndirectObject):
        return set()
    held = before.raw_get(ANNOTATIONS) if ANNOTATIONS in before else None
    is_same = isinstance(held, generic.IndirectObject) and held.reference == now.reference
    return {now.reference} if is_same or old.is_ref_unassignable(now.reference) else set()
