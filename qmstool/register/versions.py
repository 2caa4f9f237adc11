"""A document's recorded versions: named by release, number or day, and their texts as the repository keeps them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmstool.i18n import QmsError, Text
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.source import Source
from qmstool.parsing.yaml.records import is_date, no_such
from qmstool.register.status import has_effect, items_by_key, valid_releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.model import Item, Manual, Release
    from qmstool.register.status import Life


def life_of(releases: Iterable[Release], key: str) -> Life:
    """Return what releases did to a document, oldest first, records that were put right left out."""
    return items_by_key(valid_releases(releases)).get(key, ())


def newest_version(life: Life) -> tuple[Release, Item] | None:
    """Return the newest version of a life that has a text; None where it has none."""
    return next((each for each in reversed(life) if each[1].act != "withdraw"), None)


def document_key(manual: Manual, code: str) -> str:
    """Return the key of the document that a code or key means, withdrawn ones included.

    Raises QmsError with the nearest.
    """
    key = fold_code(code)
    names = {item.key: item.code for each in manual.releases for item in each.items}
    names |= {each.key: each.name for each in manual.documents.values()}
    if key not in names:
        raise no_such(code, Text("tài liệu", "document"), names.values())
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


def find_version(life: Life, name: str) -> tuple[Release, Item]:
    """Return the version that a name means: a release's number `3`, issue and revision `1/2`, or a day. Raises QmsError."""
    if is_date(name):
        day = date.fromisoformat(name)
        found = [entry for entry in life if has_effect(entry[0], day)]
    elif "/" in name:
        found = [entry for entry in life if f"{entry[1].issue}/{entry[1].revision}" == name]
    else:
        found = [entry for entry in life if name.isdigit() and entry[0].number == int(name)]
    if not found or found[-1][1].act == "withdraw":
        known = (
            ", ".join(f"{release.number} ({item.issue}/{item.revision})" for release, item in life)
            or "—"
        )
        raise QmsError(
            Text(
                f"Không có bản «{name}». Có các đợt (lần ban hành/sửa đổi): {known}.",
                f"There is no version «{name}». There are releases (issue/revision): {known}.",
            )
        )
    return found[-1]


def version_texts(item: Item, blobs: Mapping[str, bytes]) -> tuple[str, ...] | None:
    """Return the texts of a recorded version, file by file; None where one of them is lost, since nothing takes its place."""
    pins = [pin for pin in item.files if pin.path.endswith(".md")]
    if any(pin.blob not in blobs for pin in pins):
        return None
    return tuple(Source(pin.path, blobs[pin.blob]).text for pin in pins)


def life_blobs(life: Life) -> tuple[str, ...]:
    """Return the blobs of every text of a life."""
    return tuple(dict.fromkeys(pin.blob for _, item in life for pin in item.files))
