"""Tell of which types the documents are that a release acts on: what a signer needs a right to.

What goes in: releases, their texts, and the settings that they pin. What comes out: types by
document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.config import Habits
from qmstool.manual.loading import manifest
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.parsing.codes import fits_shape
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import text_of
from qmstool.verify.texts import pinned_data

if TYPE_CHECKING:
    from qmstool.manual.config import Config
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.verify.evidence import CollectedEvidence


def config_of(release: Release, collected: CollectedEvidence) -> Config | None:
    """Return the `qms.yml` that a release pins; None where it is lost, or not what was recorded."""
    data = pinned_data(release, "qms.yml", collected)
    if data is None:
        return None
    settings, _ = manifest.read_manifest(SourceFile("qms.yml", data))
    return settings


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
        new = type_of(item, collected, habits)
        old = earlier.get(item.key, frozenset())
        judged[item.key] = old | {new} if new else old
        if before and not old:
            shaped = _types_of_shape(item.code, before)
            judged[item.key] |= shaped if new not in shaped else frozenset()
        if new:
            after[item.key] = frozenset({new})
    return judged, after


def type_of(item: ReleaseItem, collected: CollectedEvidence, habits: Habits) -> str:
    """Return the type that a released text gives itself; "" where there is none to read.

    It is the first that says one, wherever the record puts it among its files.
    """
    for pin in item.files:
        data = collected.blobs.get(pin.blob) if pin.path.endswith(".md") else None
        front_matter = parse_front_matter(SourceFile("", data or b"").text, habits)
        if front_matter and text_of(front_matter.type):
            return text_of(front_matter.type)
    return ""


def _types_of_shape(code: str, settings: Config) -> frozenset[str]:
    """Return the types whose codes have the shape of one."""
    return frozenset(
        kind.key
        for kind in settings.types.values()
        if kind.code and fits_shape(code, kind.code.text)
    )
