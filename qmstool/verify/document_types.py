"""Tell by their heads of which types and documents the texts are that a release acts on.

What goes in: releases, their texts, and the settings that they pin. What comes out: types by
document, which a signer needs a right to, and texts that say they are of another document.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.config import Habits
from qmstool.manual.loading import manifest
from qmstool.manual.loading.front_matter import parse_front_matter, parse_key
from qmstool.parsing.codes import fits_shape
from qmstool.parsing.looking_alike import fold_looks
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.texts import pinned_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmstool.findings import LoadError
    from qmstool.manual.config import Config
    from qmstool.manual.front_matter import FrontMatter
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.verify.evidence import CollectedEvidence

SETTINGS_TWICE = Text(
    "qms.yml kèm theo đợt này nói hai điều ở một chỗ hoặc không đọc được hết, nên không biết ai có "
    "quyền gì. Hãy sửa qms.yml rồi ghi nhận lại với --mends.",
    "The qms.yml recorded with this release says two things in one place, or cannot all be read: "
    "nobody knows who may do what. Put it right, and record again with --mends.",
)
# What a program may read in two ways: a key written twice, another text after the end.
AMBIGUOUS = frozenset({"duplicate-key", "broken-yaml"})
TEXT_OF_ANOTHER = Text(
    "{code}: «{path}» tự ghi là tài liệu khác, nên không thể là nội dung của tài liệu này. Hãy đối "
    "chiếu với bản gốc đã ký; nếu ghi nhầm tệp thì ghi nhận lại với --mends.",
    "{code}: «{path}» says that it is another document, and cannot be the text of this one. "
    "Compare it with the signed original; if it is the wrong file, record again with --mends.",
)


def config_of(release: Release, collected: CollectedEvidence) -> Config | None:
    """Return the `qms.yml` that a release pins; None where it is lost, or not what was recorded."""
    data = pinned_data(release, "qms.yml", collected)
    return None if data is None else _read_settings(data)[0]


@lru_cache(maxsize=64)
def _read_settings(data: bytes) -> tuple[Config, tuple[LoadError, ...]]:
    """Return settings and what could not be read of them; most releases pin the same."""
    settings, problems = manifest.read_manifest(SourceFile("qms.yml", data))
    return settings, tuple(problems)


def check_settings(
    releases: Iterable[Release], collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield each `qms.yml` that was recorded and says a thing twice: nobody knows which right."""
    for release in releases:
        data = pinned_data(release, "qms.yml", collected)
        problems = () if data is None else _read_settings(data)[1]
        if any(problem.slug in AMBIGUOUS for problem in problems):
            (pin, *_) = [pin for pin in release.basis if pin.path == "qms.yml"]
            yield Discrepancy("settings-ambiguous", pin.blob_mark.location, SETTINGS_TWICE)


def types_of(
    release: Release,
    earlier: dict[str, frozenset[str]],
    collected: CollectedEvidence,
    before: Config | None,
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The types that a release acts on, by document; and the types as they are after it.

    A document that changes its type is both what it was and what it becomes; one whose code has the
    shape of other types is of those too. `before`: the settings that the release is judged by.
    """
    judged: dict[str, frozenset[str]] = {}
    after = dict(earlier)
    settings = config_of(release, collected)
    habits = settings.habits if settings else Habits()
    for item in release.items:
        new = types_named(item, collected, habits)
        old = earlier.get(item.key, frozenset())
        judged[item.key] = old | new
        if before and not old:
            shaped = _types_of_shape(item.code, before)
            judged[item.key] |= frozenset() if shaped & new else shaped
        if new:
            after[item.key] = new
    return judged, after


def types_named(item: ReleaseItem, collected: CollectedEvidence, habits: Habits) -> frozenset[str]:
    """Return the types that the released texts of a document give themselves.

    One of them is usual; another that stands beside it under the same item is acted on too.
    """
    named = {text_of(front_matter.type) for front_matter in _heads(item, collected, habits)}
    return frozenset(named - {""})


def recorded_heads(
    release: Release, item: ReleaseItem, collected: CollectedEvidence
) -> tuple[FrontMatter, ...]:
    """Return what the recorded texts of a document say of it, as far as they are here.

    The text at hand may be a draft that says otherwise.
    """
    settings = config_of(release, collected)
    return tuple(_heads(item, collected, settings.habits if settings else Habits()))


def _heads(
    item: ReleaseItem, collected: CollectedEvidence, habits: Habits
) -> Iterator[FrontMatter]:
    """Yield what the heads of the recorded texts of a document say, as far as they are here."""
    for pin in item.files:
        data = collected.blobs.get(pin.blob) if pin.path.endswith(".md") else None
        front_matter = parse_front_matter(SourceFile("", data or b"").text, habits)
        if front_matter:
            yield front_matter


def is_numbered_beside(release: Release, item: ReleaseItem, collected: CollectedEvidence) -> bool:
    """Whether the settings of a release number a document beside its code.

    Of settings that are lost nobody can tell; that they are is told.
    """
    settings = config_of(release, collected)
    if settings is None:
        return False
    known = map(settings.types.get, types_named(item, collected, settings.habits))
    return not any(kind and kind.numbering == "in-code" for kind in known)


def _types_of_shape(code: str, settings: Config) -> frozenset[str]:
    """Return the types whose codes have the shape of one, as a reader sees it.

    Letters that look alike, wide ones and signs that nobody sees make no other code to him.
    """
    wide = unicodedata.normalize("NFKC", code)
    code = "".join([sign for sign in wide if unicodedata.category(sign) != "Cf"])
    seen = fold_looks(code)
    return frozenset(
        kind.key
        for kind in settings.types.values()
        if kind.code
        and (fits_shape(code, kind.code.text) or fits_shape(seen, fold_looks(kind.code.text)))
    )


def check_heads(releases: Iterable[Release], collected: CollectedEvidence) -> Iterator[Discrepancy]:
    """Yield each text that a record puts in force as one document, and that says it is another.

    Of a text that is not what was recorded, that is told.
    """
    for release in releases:
        settings = config_of(release, collected)
        habits = settings.habits if settings else Habits()
        for item in release.items:
            if not is_as_recorded(item, collected.blobs):
                continue
            for pin in item.files:
                if not pin.path.endswith(".md"):
                    continue
                text = SourceFile(pin.path, collected.blobs[pin.blob]).text
                other = parse_key(text, habits)
                if item.key and other not in {"", item.key}:
                    values = {"code": item.code, "path": pin.path}
                    message = TEXT_OF_ANOTHER.fill(values)
                    yield Discrepancy("text-of-another", pin.blob_mark.location, message)
