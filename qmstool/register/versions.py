"""Find a document's recorded versions: named by release, number or day, with their texts.

What goes in: releases, what a user calls a document or a version, and bytes by git blob. What
comes out: the document's life in releases, one version of it, its texts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.parsing.codes import fold_code
from qmstool.parsing.figures import whole_number
from qmstool.parsing.similar import not_found_error
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.schema import UNKNOWN, is_date
from qmstool.register.effect import items_by_key, takes_effect, valid_releases
from qmstool.register.recorded_texts import is_as_recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.i18n import Lang
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life

DOCUMENT = Text("tài liệu", "document")
WITHDRAWN = Text("bãi bỏ", "withdrawn")
LANGUAGES: tuple[Lang, Lang] = ("vi", "en")


def life_of(releases: Iterable[Release], key: str) -> Life:
    """Return what releases did to a document, oldest first, without records put right later."""
    return items_by_key(valid_releases(releases)).get(key, ())


def find_document(manual: Manual, code: str) -> Document:
    """Return the document at hand that a code or key means. Raises QmsError with the nearest."""
    document = manual.document(code)
    if document is None:
        names = [other.name for other in manual.documents.values()]
        raise not_found_error(code, DOCUMENT, names)
    return document


def document_key(manual: Manual, code: str) -> str:
    """Return the key of the document that a code or key means, withdrawn ones included.

    Raises QmsError with the nearest.
    """
    key = fold_code(code)
    names: dict[str, str] = {}
    for release in manual.releases:
        names |= {item.key: item.code for item in release.items}
    names |= {document.key: document.name for document in manual.documents.values()}
    if key not in names:
        raise not_found_error(code, DOCUMENT, names.values())
    return key


def recorded_life(manual: Manual, code: str) -> Life:
    """Return what releases did to the document of a code.

    Raises QmsError where none ever held it.
    """
    life = life_of(manual.releases, document_key(manual, code))
    if not life:
        raise QmsError(
            Text(f"Chưa có đợt ban hành nào gồm «{code}».", f"No release has held «{code}» yet.")
        )
    return life


def find_version(life: Life, name: str) -> tuple[Release, ReleaseItem]:
    """Return the version that a name means.

    A name is a release's number `3`, issue and revision `1/2`, or a day: the version in force then.
    Raises QmsError where there is none, or where the document was withdrawn by then.
    """
    versions = [entry for entry in life if _is_named(entry, name)]
    if versions and versions[-1][1].act != "withdraw":
        return versions[-1]
    versions_there = [
        (release.number, WITHDRAWN if item.act == "withdraw" else number_text(item))
        for release, item in life
    ]
    vi, en = (
        ", ".join(f"{number} ({version.get(lang)})" for number, version in versions_there) or "—"
        for lang in LANGUAGES
    )
    raise QmsError(
        Text(
            f"Không có bản «{name}». Có các đợt (lần ban hành/sửa đổi): {vi}.",
            f"There is no version «{name}». There are releases (issue/revision): {en}.",
        )
    )


def find_issue(life: Life, name: str) -> int:
    """Return which entry of a life an issue means: «2», or «2/1» with its revision.

    An issue alone is its newest revision. Raises QmsError where there is none.
    """
    issue, slash, revision = name.partition("/")
    wanted = (issue, revision) if slash else (issue,)
    issues: dict[str, None] = {}
    found = None
    for index, (_, item) in enumerate(life):
        if item.act == "withdraw":
            continue
        issues[_number(item)] = None
        if (item.issue, item.revision)[: len(wanted)] == wanted:
            found = index
    if found is None:
        known = ", ".join(issues)
        raise QmsError(
            Text(
                f"Không có lần ban hành «{name}». Có (lần ban hành/sửa đổi): {known}.",
                f"There is no issue «{name}». There are (issue/revision): {known}.",
            )
        )
    return found


def _is_named(entry: tuple[Release, ReleaseItem], name: str) -> bool:
    release, item = entry
    if is_date(name):
        return takes_effect(entry, date.fromisoformat(name))
    if "/" in name:
        return _number(item) == name
    return release.number == whole_number(name)


def _number(item: ReleaseItem) -> str:
    return f"{item.issue}/{item.revision}"


def number_text(item: ReleaseItem) -> Text:
    """Return issue and revision in a sentence: «unknown» in words."""
    parts = (item.issue, item.revision)
    vi = "/".join("chưa rõ" if part == UNKNOWN else part for part in parts)
    return Text(vi, _number(item))


def version_texts(item: ReleaseItem, blobs: Mapping[str, bytes]) -> tuple[str, ...] | None:
    """Return the texts of a recorded version, file by file.

    None where one of them is lost, or they are not what was recorded, since nothing takes their
    place.
    """
    if not is_as_recorded(item, blobs):
        return None
    pins = [pin for pin in item.files if pin.path.endswith(".md")]
    return tuple(SourceFile(pin.path, blobs[pin.blob]).text for pin in pins)


def version_attachments(item: ReleaseItem) -> dict[str, str]:
    """Return the files beside the texts of a recorded version: path → git blob."""
    return {pin.path: pin.blob for pin in item.files if not pin.path.endswith(".md")}


def life_blobs(life: Life) -> tuple[str, ...]:
    """Return the blobs of every text of a life."""
    blobs: dict[str, None] = {}
    for _, item in life:
        blobs |= dict.fromkeys(pin.blob for pin in item.files)
    return tuple(blobs)
