"""Take away the wrappers that hide a part's content: controls, simple fields, second forms.

What goes in: the root of a part whose changes are resolved. What comes out: the texts of second
forms that were dropped; in the tree every row, cell, paragraph and run is where a reader looks.
"""

from __future__ import annotations

from qmstool.importing.word.changes import words_of
from qmstool.importing.word.xml import MC, Element, W, all_named, unwrap

_INLINE = ("smartTag", "customXml", "dir", "bdo", "fldSimple")
_OF_WRAPPER = ("smartTagPr", "customXmlPr", "fldData")


def remove_wrappers(root: Element) -> list[str]:
    """Unwrap a part; return the texts that stood there twice, for old versions of Word."""
    twice = _choose_alternatives(root)
    for name in _OF_WRAPPER:
        for element in all_named(root, W + name):
            element.getparent().remove(element)
    for control in all_named(root, W + "sdt"):
        _unwrap_control(control)
    for name in _INLINE:
        for element in all_named(root, W + name):
            unwrap(element)
    return [text for text in twice if text.strip()]


def _unwrap_control(control: Element) -> None:
    """Put the content of a content control in its place; what Word keeps beside it goes."""
    content = control.find(W + "sdtContent")
    for child in list(control):
        if child is not content:
            control.remove(child)
    if content is not None:
        unwrap(content)
    unwrap(control)


def _choose_alternatives(root: Element) -> list[str]:
    """Keep one of two forms of the same thing: the first that holds something."""
    twice = []
    for alternatives in all_named(root, MC + "AlternateContent"):
        if root not in alternatives.iterancestors():
            continue  # it stood in a form that was dropped
        choices = list(alternatives)
        kept = next((choice for choice in choices if len(choice)), None)
        for choice in choices:
            if choice is not kept:
                twice.append(words_of(choice))
                alternatives.remove(choice)
        if kept is not None:
            unwrap(kept)
        unwrap(alternatives)
    return twice
