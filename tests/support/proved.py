"""A manual with planted records and all that proves them, in memory: no repository, no git."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_parts, sha256
from qmstool.verify.evidence import collect_evidence
from tests.support.memory import files
from tests.support.planted import item, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.manual.model import Manual
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.evidence import CollectedEvidence

TEXT, OTHER = (
    "---\ntype: procedure\n---\nLời.\n".encode(),
    "---\ntype: manual\n---\nKhác.\n".encode(),
)


def blob(data: bytes) -> str:
    """The name that git gives to bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def pin(path: str, data: bytes) -> str:
    return f"{{path: {path}, blob: {blob(data)}, digest: {sha256(data)}}}"


def issued(act: str = "new", code: str = "QT A 01", text: bytes = TEXT, **keys: object) -> str:
    """An item whose text is pinned, and gives its digest."""
    digest = digest_parts([text], [])
    return item(act, code, digest=digest, files=f"[{pin('a.md', text)}]", **keys)


def chained(*records: tuple[str, str]) -> list[tuple[str, str]]:
    """Records each of which bears the digest of the one before."""
    previous, made = "none", []
    for path, text in records:
        fitting = re.sub(r"^previous: .*", f"previous: {previous}", text, flags=re.MULTILINE)
        made.append((path, fitting))
        previous = sha256(fitting.encode())
    return made


def proved(
    *records: tuple[str, str],
    blobs: tuple[bytes, ...] = (TEXT, OTHER),
    evidence: dict[str, bytes] | None = None,
    more: Mapping[str, str] | None = None,
) -> tuple[Manual, CollectedEvidence]:
    """The small manual with records, their texts and files of evidence, all at hand."""
    tree = files(**dict(records), **(more or {}))
    tree.files |= evidence or {}
    manual = load(tree)
    held = {blob(data): data for data in (*blobs, tree.files["qms.yml"])}
    collected = collect_evidence(tree, manual.releases, None, None)
    return manual, replace(collected, blobs=held, absences={}, extent="whole")


TODAY = date(2024, 12, 1)
# A text issued, revised, and revised again to what it was.
FIRST = record(1, "2024-01-01", "2024-01-01", issued())
SECOND = record(2, "2024-02-01", "2024-02-01", issued("revise", text=OTHER))
THIRD = record(3, "2024-03-01", "2024-03-01", issued("revise"))


def slugs(found: Iterable[Discrepancy]) -> list[str]:
    """Of each, its slug and the record that it points at."""
    return [f"{each.slug} {each.location.path.removeprefix('releases/')}" for each in found]


def words(manual: Manual, found: Iterable[Discrepancy]) -> list[str]:
    """What stands at the place of each."""
    return [manual.sources[each.location.path].words_at(each.location) for each in found]
