"""Propose the data of a document for its head: what its file's name and first heading say.

In: a manual and the path of a text. Out: the lines of YAML by key. What neither says is `unknown`
where that may be written, else left open.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.frozen import NamedTuple
from qmstool.manual.documents import MAIN_FILE
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.codes import fold_code, loose_shape, placeholder_values
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.yaml.coercions import quote
from qmstool.parsing.yaml.composer import find_front_matter
from qmstool.patterns import regex
from qmstool.rules.base.form_parents import carries_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.manual.config import DocumentType
    from qmstool.manual.model import Manual


# What parts a code from a title, on either side of it.
_AROUND_CODE = " \t\u00a0.,:;()[]«»\"'_–—-"
_MAY_BE_UNKNOWN = frozenset({"owner", "authors", "reviewers", "approver", "review_months"})
_FORM_FILES = (".docx", ".xlsx", ".doc", ".xls", ".pdf")
_NO_SLUG = regex("[^a-z0-9]+")
# The number that opens a heading is none of its title.
_NUMBER = regex(r"(?:\d+\.)*\d+[.)]?\s+")


class _NamedCode(NamedTuple):
    """A code that a name or heading bears, its type, and the other words of it."""

    code: str
    kind: DocumentType
    rest: str


def propose_head(manual: Manual, path: str) -> Mapping[str, str]:
    """Return the lines for the head of a text, by their keys."""
    stem = posixpath.basename(path).rpartition(".")[0]
    heading = _heading(manual.sources[path].text)
    by_name, by_heading = (_named_code(manual, path, each) for each in (stem, heading))
    title = _NUMBER.sub("", heading, count=1)
    if by_heading:
        title = by_heading.rest
    if not title and by_name:
        title = by_name.rest
    elif not title:
        title = stem.replace("-", " ")
    found = by_name or by_heading
    kind = found.kind if found else _kind_of_title(manual, title)
    if kind is None and path == MAIN_FILE:
        kind = _main_kind(manual)
    code = found.code if found else _only_code(manual, kind)
    values = _code_and_type(code, kind, _slug(stem))
    values["title"] = quote(title or code or stem)
    values |= dict(_demanded(manual, path, kind, code))
    return {key: f"{key}: {value}" for key, value in values.items()}


def propose_main_head(manual: Manual) -> tuple[str, ...]:
    """Return the lines for the head of the manual's main file, which is not there."""
    kind = _main_kind(manual)
    code = _only_code(manual, kind)
    title = ""
    if kind:
        title = kind.name.get(manual.config.screen)
    values = _code_and_type(code, kind, "manual")
    values["title"] = quote(title)
    values |= dict(_demanded(manual, MAIN_FILE, kind, ""))
    return tuple(f"{key}: {value}" for key, value in values.items())


def _code_and_type(code: str, kind: DocumentType | None, key: str) -> dict[str, str]:
    """Return the lines for a code and type; the key is that of a document without a code."""
    values = {"code": code}
    if not code:
        values = {"code": UNKNOWN, "key": key}
    values["type"] = ""
    if kind:
        values["type"] = kind.key
    return values


def _main_kind(manual: Manual) -> DocumentType | None:
    """Return the type of which there can be one document alone: its code is a word for itself."""
    kinds = [kind for kind in manual.config.types.values() if _only_code(manual, kind)]
    return kinds[0] if len(kinds) == 1 else None


def _only_code(manual: Manual, kind: DocumentType | None) -> str:
    """Return the code of a type that has one for all, if no document bears it; "" else."""
    code = kind.code.text if kind and kind.code else ""
    return code if "{" not in code and manual.document(code) is None else ""


def _heading(text: str) -> str:
    """Return the words of the first heading of a text; "" without any."""
    front = find_front_matter(text)
    headings = read_page(text, front[2] if front else 0).headings
    return " ".join(headings[0].text.split()) if headings else ""


def _named_code(manual: Manual, path: str, words: str) -> _NamedCode | None:
    """Return the code at the beginning or end of some words that no other document bears."""
    low = " ".join(words.lower().replace("_", " ").split())
    for kind in manual.config.types.values():
        if kind.code is None or not low:
            continue
        shape = loose_shape(kind.code.text)
        for match in shape.pattern.finditer(low):
            before, after = words[: match.start()], words[match.end() :]
            if before.strip(_AROUND_CODE) and after.strip(_AROUND_CODE):
                continue
            if before and before[-1] not in _AROUND_CODE:
                continue
            code = shape.meant_code(match, tuple(manual.config.units))
            other = manual.document(code) if code else None
            if code and (other is None or other.path == path):
                rest = before if before.strip(_AROUND_CODE) else after
                return _NamedCode(code, kind, _words(rest))
    return None


def _words(rest: str) -> str:
    """Return what stands beside a code as a title; a file's name parts its words otherwise."""
    bare = rest.strip(_AROUND_CODE)
    return bare if " " in bare else bare.replace("-", " ").replace("_", " ")


def _kind_of_title(manual: Manual, title: str) -> DocumentType | None:
    """Return the type whose name opens a title; else the only one that a manual has."""
    low = title.casefold()
    for kind in manual.config.types.values():
        for name in (kind.name.vi, kind.name.en):
            if name and low.startswith(name.casefold()):
                return kind
    return None


def _slug(stem: str) -> str:
    return _NO_SLUG.sub("-", fold_code(stem)).strip("-") or "x"


def _demanded(
    manual: Manual, path: str, kind: DocumentType | None, code: str
) -> Iterator[tuple[str, str]]:
    """Yield what a type demands besides, as far as the code and the files beside the text say it.

    A form is that of the document whose places its code carries, and of the file of its name.
    """
    if kind is None:
        return
    places = placeholder_values(code, kind.code.text) if kind.code and code else ()
    letters = {text for what, text in places if what == "letters"}
    owners = [unit for unit in manual.config.units if unit.casefold() in letters]
    for key in kind.requires:
        if key == "owner" and len(owners) == 1:
            yield key, owners[0]
        elif key in _MAY_BE_UNKNOWN:
            yield key, UNKNOWN
    if kind.form_of:
        yield "parent", _parent(manual, kind, places)
    beside = [f"{path.rpartition('.')[0]}{ending}" for ending in _FORM_FILES]
    for file in beside:
        if file in manual.paths:
            yield "file", posixpath.basename(file)
            return


def _parent(manual: Manual, kind: DocumentType, places: tuple[tuple[str, str], ...]) -> str:
    """Return the code of the only document that a form's code carries; "" where none is."""
    if not kind.form_of:
        return ""
    above = manual.config.types.get(kind.form_of.text)
    if above is None or above.code is None:
        return ""
    codes = [
        document.code
        for document in manual.documents.values()
        if document.type == above.key
        and carries_code(places, placeholder_values(document.code, above.code.text))
    ]
    return codes[0] if len(codes) == 1 else ""
