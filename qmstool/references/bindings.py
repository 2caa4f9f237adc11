"""Define what an announced number is bound to: the documents to look it up in, and how firmly."""

from __future__ import annotations

from enum import IntEnum

from qmstool.frozen import NamedTuple
from qmstool.references.model import Target

# The text's own document; for a clause, the standard that the manual follows.
HERE = Target("document", "")
# What a code or outside number means that nothing registers, and a standard or law that is not held
# here: its parts are not looked for.
NOWHERE = Target("outside", "")
# Any of the standards followed: «of the standard», «ISO clause 7.5».
ANY_FOLLOWED = Target("catalogue", "")
OUTSIDE = frozenset({"external", "outside"})


class BindingStrength(IntEnum):
    """How firmly the words beside a number bind it; of two documents the firmer has it."""

    NEXT_CELL = 1
    AFTER_COMMA = 2
    BEFORE_LOOSE = 3
    BESIDE = 4
    BEFORE = 5
    SAID = 6
    LINKED = 7


class Binding(NamedTuple):
    """Where a number is to be looked up, the likeliest first.

    Not `sure`: if none has it, something else may be meant. `by_word`: a word such as «của» stands
    before the document. `owner`: the words that call it, where they are known.
    """

    targets: tuple[Target, ...]
    sure: bool = True
    by_word: bool = False
    owner: str = ""


class BoundNumber(NamedTuple):
    """A binding and how firm it is."""

    strength: BindingStrength
    binding: Binding


TO_OWN_DOCUMENT = Binding((HERE,))
TO_UNKNOWN = Binding((HERE,), sure=False)
TO_OUTSIDE = Binding((NOWHERE,))


def bind_either(target: Target, owner: str = "") -> Binding:
    """Return the binding to what is named, or else to the text's own document."""
    if target.kind in OUTSIDE:
        return Binding((target,), owner=owner)
    return Binding((target, HERE), owner=owner)


def bind_here_too(binding: Binding) -> Binding:
    """Return a binding in which the text's own document is the last to be tried."""
    if HERE in binding.targets:
        return binding
    return Binding((*binding.targets, HERE), binding.sure)
