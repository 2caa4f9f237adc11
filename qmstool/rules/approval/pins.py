"""Check that what records pin, as far as it is here now, is what they say was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.register.effect import replacing_of, replacing_release
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.releases.record import sha256
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS419",
    "pin-misleads",
    Severity.ERROR,
    Text("Bản ghi trỏ vào nội dung khác", "A record that leads to another text"),
    Text(
        "Bản ghi đợt {release} chỉ vào đúng nội dung đang có ở {paths}, mà nội dung ấy không có mã "
        "kiểm tra mà bản ghi nêu: {what} không phải là bản đã ban hành. Hãy lấy lại bản ghi cũ từ "
        "kho; đổi nội dung thì phải ban hành đợt mới.",
        "The record of release {release} points to the very text that is in {paths} now, which has "
        "not the digest that the record says: this {what} is not what was released. Restore the "
        "old record from the repository; another text needs another release.",
    ),
    needs=("releases",),
)
def pin_misleads(facts: Facts) -> Iterator[Violation]:
    """Find records that pin what is here now under the digest of something else.

    So far no repository has to be asked; of texts that are only in the history, and where the
    history was asked, `release_doubted` tells.
    """
    return misleading_pins(facts)


def misleading_pins(facts: Facts) -> Iterator[Violation]:
    """Yield a violation for each record that pins what is here now under another digest."""
    releases = facts.releases or ()
    if facts.read is None or facts.discrepancies is not None:
        return
    here = facts.pinned_here
    replacing = replacing_of(releases)
    for release in releases:
        for item in release.items:
            if item.act == "withdraw" or not item.digest or not item.files:
                continue
            blobs = here.blobs(item.files)
            if len(blobs) < len({pin.blob for pin in item.files}):
                continue
            replaced = replacing_release(replacing, release, item) is not None
            if not replaced and not is_as_recorded(item, blobs):
                paths = ", ".join(pin.path for pin in item.files)
                yield _misleading(release.number, item.marks.digest.location, paths, item.code)
        for pin in release.basis:
            data = here.blobs((pin,)).get(pin.blob)
            if data is not None and pin.digest and sha256(data) != pin.digest:
                yield _misleading(release.number, pin.digest_mark.location, pin.path, pin.path)


def _misleading(number: int, place: Location, paths: str, what: str) -> Violation:
    return Violation(place, {"release": str(number), "paths": paths, "what": what})


RULES: tuple[Rule, ...] = (pin_misleads,)
