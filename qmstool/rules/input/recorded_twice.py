"""Find what two branches that both recorded a release leave: one record in two versions, or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.releases import RELEASE_PATH
from qmstool.parsing.merge_markers import merge_places
from qmstool.releases.record import NONE, release_path
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.releases import Release
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS036",
    "recorded-twice",
    Severity.ERROR,
    Text("Hai nhánh cùng ghi nhận một đợt", "Two branches that recorded the same release"),
    Text(
        "Hai nhánh cùng ghi nhận đợt {number}, mỗi nhánh một quyết định. Trong {path} chỉ giữ bản "
        "ghi của nhánh chính, lưu vào git; rồi ghi nhận quyết định kia một lần nữa bằng «qmstool "
        "release record»: nó sẽ thành đợt {next}. Không ghép hai bản ghi làm một.",
        "Two branches both recorded release {number}, each for another decision. Keep in {path} "
        "the record of the main branch alone and commit it; then record the other decision once "
        "more with «qmstool release record»: it becomes release {next}. Never merge the two "
        "records into one.",
    ),
)
def recorded_twice(facts: Facts) -> Iterator[Violation]:
    """Find a record with two versions side by side, and two records that follow the same one."""
    named = {path: RELEASE_PATH.fullmatch(path) for path in facts.manual.sources}
    numbers = {path: int(match["number"]) for path, match in named.items() if match}
    following = max(numbers.values(), default=0) + 1
    for path, number in sorted(numbers.items()):
        for opening, closing in merge_places(facts.manual.sources[path]):
            yield Violation(opening, _numbers(number, path, following), None, (closing,))
            break
    first: dict[str, Release] = {}
    for release in facts.manual.releases:
        before = first.setdefault(release.previous, release)
        if before is not release and release.previous not in {NONE, ""}:
            path = release_path(release.number)
            values = _numbers(before.number, path, release.number)
            place = release.marks.previous.location
            yield Violation(place, values, None, (before.marks.previous.location,))


def _numbers(number: int, path: str, following: int) -> dict[str, str]:
    return {"number": str(number), "path": path, "next": str(following)}


RULES: tuple[Rule, ...] = (recorded_twice,)
