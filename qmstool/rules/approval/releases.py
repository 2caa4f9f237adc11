"""Family 4, approval and history: texts against what was released, the chain of releases, their numbers, and what lies to sign."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.register.status import items_by_key, valid_releases
from qmstool.releases.numbering import Number, is_forward
from qmstool.releases.record import NONE, release_path, sha256
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.findings import Location
    from qmstool.manual.model import Item
    from qmstool.parsing.yaml.records import Entry

CANDIDATES = "releases/candidates/"
# What of a verification is told without the history already.
TOLD = {
    "chain-broken": "chain-broken",
    "release-missing": "release-gap",
    "number-backwards": "number-backward",
}
TOLD |= {"kept-file-missing": "kept-file-missing", "kept-file-differs": "kept-file-differs"}


def changed_since_release(facts: Facts) -> Iterator[Fault]:
    """Documents in force whose text here is no longer the released one: a draft revision."""
    for key, standing in facts.register.statuses.items() if facts.register else ():
        document = facts.manual.documents.get(key)
        if document is not None and standing.in_force and standing.changed:
            values = {
                "document": document.name,
                "issue": standing.issue,
                "revision": standing.revision,
            }
            yield Fault(document.mark.location, values | {"release": str(standing.release)})


def release_gap(facts: Facts) -> Iterator[Fault]:
    """Releases whose number does not follow the one before."""
    number = 0
    for each in facts.releases or ():
        if each.number > number + 1:
            missing = (
                f"{number + 1}" if each.number == number + 2 else f"{number + 1}–{each.number - 1}"
            )
            yield Fault(
                _at(each.entry, "release"), {"missing": missing, "number": str(each.number)}
            )
        number = each.number


def chain_broken(facts: Facts) -> Iterator[Fault]:
    """Releases that do not bear the digest of the record before them."""
    releases = facts.releases or ()
    if releases and releases[0].number == 1 and releases[0].previous != NONE:
        yield Fault(_at(releases[0].entry, "previous"), {"number": "1", "before": NONE}, NONE)
    for before, each in pairwise(releases):
        if facts.read is not None and each.number == before.number + 1:
            digest = sha256(facts.read(release_path(before.number)))
            if each.previous != digest:
                values = {"number": str(each.number), "before": str(before.number)}
                yield Fault(
                    _at(each.entry, "previous"), values, None, (_at(before.entry, "release"),)
                )


def _steps(facts: Facts) -> Iterator[tuple[Item, Item]]:
    """Each recorded version of a document with the one before it, where the later is no withdrawal and mends nothing."""
    for life in items_by_key(valid_releases(facts.releases or ())).values():
        for (_, before), (release, item) in pairwise(life):
            if item.act != "withdraw" and not release.entry.list("mends"):
                yield before, item


def number_backward(facts: Facts) -> Iterator[Fault]:
    """Items whose issue and revision do not come after those of the version before."""
    for before, item in _steps(facts):
        if not is_forward(_number(before), _number(item)):
            yield Fault(
                _at(item.entry, "revision"),
                _numbers(before, item),
                None,
                (_at(before.entry, "revision"),),
            )


def number_skipped(facts: Facts) -> Iterator[Fault]:
    """Items that leave out an issue or a revision."""
    for before, item in _steps(facts):
        one, two = _number(before), _number(item)
        if is_forward(one, two) and (
            _jump(one.issue, two.issue)
            or (one.issue == two.issue and _jump(one.revision, two.revision))
        ):
            yield Fault(
                _at(item.entry, "revision"),
                _numbers(before, item),
                None,
                (_at(before.entry, "revision"),),
            )


def _jump(one: str, two: str) -> bool:
    return (
        one.isascii()
        and two.isascii()
        and one.isdigit()
        and two.isdigit()
        and int(two) > int(one) + 1
    )


def _number(item: Item) -> Number:
    return Number(item.issue, item.revision)


def _numbers(before: Item, item: Item) -> dict[str, str]:
    return {
        "code": item.code,
        "before": f"{before.issue}/{before.revision}",
        "number": f"{item.issue}/{item.revision}",
    }


def _at(entry: Entry, name: str) -> Location:
    return (entry.get(name) or entry.mark).location


def candidate_unreadable(facts: Facts) -> Iterator[Fault]:
    """Files of candidates that do not say what a candidate must; the first thing wrong of each."""
    sources = [
        each
        for path, each in facts.manual.sources.items()
        if path.startswith(CANDIDATES) and path.endswith(".yml")
    ]
    if not sources:
        return
    from qmstool.candidates.candidate import read_candidate  # noqa: PLC0415 - few manuals have one: start-up counts

    for source in sources:
        problems = read_candidate(source)[1]
        if problems:
            key = problems[0].fault.values.get("key", "")
            told = {
                "key_vi": f" (trường {key})" if key else "",
                "key_en": f" (key {key})" if key else "",
            }
            yield Fault(problems[0].fault.location, {"path": source.path, **told})


def release_doubted(facts: Facts) -> Iterator[Fault]:
    """What speaks against the recorded releases once their texts, evidence, seals and history are asked."""
    own = {slug for slug, rule in TOLD.items() if rule not in facts.off}
    for doubt in facts.doubts or ():
        if doubt.slug not in own or not doubt.location.path.startswith("releases/"):
            yield Fault(
                doubt.location, {"doubt_vi": doubt.message.vi, "doubt_en": doubt.message.en}
            )


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS401", "changed-since-release", I,
        Text("Đã sửa sau khi ban hành", "Changed since its release"),
        Text(
            "Nội dung của {document} ở đây khác với bản đã ban hành (đợt {release}). Đây là "
            "dự thảo sửa đổi, chưa có hiệu lực cho "
            "đến đợt ban hành sau.",
            "The text of {document} here is not the released one (release {release}). It is "
            "a draft revision, and not in force "
            "until it is released.",
        ),
        changed_since_release, ("day", "releases"),
    ),
    Rule(
        "QMS402", "chain-broken", E,
        Text("Bản ghi đợt ban hành không nối tiếp", "A release that does not follow the one before"),
        Text(
            "Mã kiểm tra ghi ở đợt {number} không khớp bản ghi đợt trước ({before}): một "
            "trong hai bản ghi đã bị sửa. Hãy lấy "
            "lại bản ghi cũ từ kho.",
            "The digest in release {number} is not that of the record before it ({before}): "
            "one of the two was altered. Restore "
            "the old record from the repository.",
        ),
        chain_broken, ("releases",),
    ),
    Rule(
        "QMS403", "release-gap", E,
        Text("Thiếu bản ghi của một đợt ban hành", "A release is missing"),
        Text(
            (
                "Có đợt ban hành {number} mà thiếu bản ghi đợt {missing}. Hãy lấy lại bản ghi ấy "
                "từ kho."
            ),
            (
                "There is release {number}, but no record of release {missing}. Restore it from "
                "the repository."
            ),
        ),
        release_gap, ("releases",),
    ),
    Rule(
        "QMS404", "number-backward", E,
        Text("Lần sửa đổi đi lùi", "A revision that goes backward"),
        Text(
            "{code}: lần ban hành/sửa đổi {number} không đứng sau {before} đã ghi nhận trước "
            "đó. Hãy ghi nhận một đợt sau với số "
            "đúng.",
            "{code}: issue/revision {number} does not come after {before}, which was "
            "recorded before it. Record a later release "
            "with the right number.",
        ),
        number_backward, ("releases",),
    ),
    Rule(
        "QMS405", "number-skipped", W,
        Text("Lần sửa đổi bị nhảy số", "A revision that was skipped"),
        Text(
            "{code}: từ lần ban hành/sửa đổi {before} sang {number}, nhảy qua ít nhất một "
            "số. Bản ở giữa có thật thì ghi nhận; "
            "đánh số nhầm thì nêu ở reason.",
            "{code}: from issue/revision {before} to {number}, leaving out at least one. If "
            "the one between exists, record it; "
            "if it was miscounted, say so as reason.",
        ),
        number_skipped, ("releases",),
    ),
    Rule(
        "QMS406", "candidate-unreadable", W,
        Text("Hồ sơ trình ký không đọc được", "A candidate that cannot be read"),
        Text(
            (
                "Hồ sơ trình ký {path} không đúng mẫu từ chỗ này{key_vi}. Hãy lập lại hồ sơ, "
                "không sửa tay."
            ),
            (
                "The candidate {path} does not fit its form from here on{key_en}. Prepare it "
                "anew; do not fix it by hand."
            ),
        ),
        candidate_unreadable,
    ),
    Rule(
        "QMS407", "release-doubted", E,
        Text("Bản ghi ban hành có điểm không khớp", "A release that fails verification"),
        Text("{doubt_vi}", "{doubt_en}"),
        release_doubted, ("history",),
    ),
)
