"""Check releases: texts against what was issued, the chain, their numbers, and candidates."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code
from qmstool.register.candidates import pending_candidates
from qmstool.register.change_rows import is_standing
from qmstool.register.effect import items_by_key, replacing_release, valid_releases
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.releases.numbering import Number, is_forward
from qmstool.releases.record import NONE, blob_ids, release_path, sha256, uncovered_files
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import Location
    from qmstool.manual.releases import PinnedFile, ReleaseItem
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

# Discrepancies of a verification that a rule finds without the history already, with that rule.
OWN_RULES = {
    "chain-broken": "chain-broken",
    "release-missing": "release-gap",
    "release-ambiguous": "duplicate-key",
    "number-backwards": "number-backward",
    "kept-file-missing": "kept-file-missing",
    "kept-file-differs": "kept-file-differs",
}


@rule(
    "QMS401",
    "changed-since-release",
    Severity.INFO,
    Text("Đã sửa sau khi ban hành", "Changed since its release"),
    Text(
        "Nội dung của {document} ở đây khác với bản đã ban hành (đợt {release}). Đây là dự thảo "
        "sửa đổi, chưa có hiệu lực cho đến đợt ban hành sau.",
        "The text of {document} here is not the released one (release {release}). It is a draft "
        "revision, and not in force until it is released.",
    ),
    needs=("day", "releases"),
)
def changed_since_release(facts: Facts) -> Iterator[Violation]:
    """Find documents in force whose text here is no longer the released one: draft revisions.

    Not where their record leads to another text than it says: that is told instead.
    """
    if facts.register is None:
        return
    misled = {violation.location for violation in _misleading_pins(facts)}
    for key, standing in facts.register.statuses.items():
        document = facts.manual.documents.get(key)
        if standing.item is not None and standing.item.marks.digest.location in misled:
            continue
        if document is not None and standing.in_force and standing.changed:
            values = {
                "document": document.name,
                "issue": standing.issue,
                "revision": standing.revision,
                "release": str(standing.release),
            }
            yield Violation(document.mark.location, values)


@rule(
    "QMS403",
    "release-gap",
    Severity.ERROR,
    Text("Thiếu bản ghi của một đợt ban hành", "A release is missing"),
    Text(
        "Có đợt ban hành {number} mà thiếu bản ghi đợt {missing}. Hãy lấy lại bản ghi ấy từ kho.",
        "There is release {number}, but no record of release {missing}. Restore it from the "
        "repository.",
    ),
    needs=("releases",),
)
def release_gap(facts: Facts) -> Iterator[Violation]:
    """Find releases whose number does not follow the one before."""
    previous = 0
    for release in facts.releases or ():
        first, last = previous + 1, release.number - 1
        if first <= last:
            missing = f"{first}" if first == last else f"{first}–{last}"
            values = {"missing": missing, "number": str(release.number)}
            yield Violation(release.marks.number.location, values)
        previous = release.number


@rule(
    "QMS402",
    "chain-broken",
    Severity.ERROR,
    Text("Bản ghi đợt ban hành không nối tiếp", "A release that does not follow the one before"),
    Text(
        "Mã kiểm tra ghi ở đợt {number} không khớp bản ghi đợt trước ({before}): một trong hai "
        "bản ghi đã bị sửa. Hãy lấy lại bản ghi cũ từ kho.",
        "The digest in release {number} is not that of the record before it ({before}): one of "
        "the two was altered. Restore the old record from the repository.",
    ),
    needs=("releases",),
)
def chain_broken(facts: Facts) -> Iterator[Violation]:
    """Find releases that do not bear the digest of the record before them."""
    releases = facts.releases or ()
    if releases and releases[0].number == 1 and releases[0].previous != NONE:
        place = releases[0].marks.previous.location
        yield Violation(place, {"number": "1", "before": NONE}, NONE)
    if facts.read is None:
        return
    for before, release in pairwise(releases):
        if release.number != before.number + 1:
            continue
        digest = sha256(facts.read(release_path(before.number)))
        if release.previous != digest:
            values = {"number": str(release.number), "before": str(before.number)}
            place = release.marks.previous.location
            yield Violation(place, values, None, (before.marks.number.location,))


def _steps(facts: Facts) -> Iterator[tuple[ReleaseItem, ReleaseItem]]:
    """Yield each recorded version of a document with the one before it.

    Not where the later one is a withdrawal, or corrects an earlier record.
    """
    for history in items_by_key(valid_releases(facts.releases or ())).values():
        for (_, before), (release, item) in pairwise(history):
            if item.act != "withdraw" and not release.mends and not release.replaces:
                yield before, item


@rule(
    "QMS404",
    "number-backward",
    Severity.ERROR,
    Text("Lần sửa đổi đi lùi", "A revision that goes backward"),
    Text(
        "{code}: lần ban hành/sửa đổi {number} không đứng sau {before} đã ghi nhận trước đó. "
        "Hãy ghi nhận một đợt sau với số đúng.",
        "{code}: issue/revision {number} does not come after {before}, which was recorded "
        "before it. Record a later release with the right number.",
    ),
    needs=("releases",),
)
def number_backward(facts: Facts) -> Iterator[Violation]:
    """Find items whose issue and revision do not come after those of the version before."""
    for before, item in _steps(facts):
        if not is_forward(_number(before), _number(item)):
            yield _misnumbered(before, item)


@rule(
    "QMS405",
    "number-skipped",
    Severity.WARNING,
    Text("Lần sửa đổi bị nhảy số", "A revision that was skipped"),
    Text(
        "{code}: từ lần ban hành/sửa đổi {before} sang {number}, nhảy qua ít nhất một số. Bản ở "
        "giữa có thật thì ghi nhận; đánh số nhầm thì nêu ở reason.",
        "{code}: from issue/revision {before} to {number}, leaving out at least one. If the one "
        "between exists, record it; if it was miscounted, say so as reason.",
    ),
    needs=("releases",),
)
def number_skipped(facts: Facts) -> Iterator[Violation]:
    """Find items that leave out an issue or a revision."""
    for before, item in _steps(facts):
        old, new = _number(before), _number(item)
        if is_forward(old, new) and _skips(old, new):
            yield _misnumbered(before, item)


def _skips(old: Number, new: Number) -> bool:
    """Whether the next issue, or within one issue the next revision, is left out."""
    if _jumps(old.issue, new.issue):
        return True
    return old.issue == new.issue and _jumps(old.revision, new.revision)


def _jumps(old: str, new: str) -> bool:
    """Whether two numbers written in ASCII digits are more than one apart."""
    for number in (old, new):
        if not (number.isascii() and number.isdigit()):
            return False
    return int(new) > int(old) + 1


def _number(item: ReleaseItem) -> Number:
    return Number(item.issue, item.revision)


def _misnumbered(before: ReleaseItem, item: ReleaseItem) -> Violation:
    values = {
        "code": item.code,
        "before": f"{before.issue}/{before.revision}",
        "number": f"{item.issue}/{item.revision}",
    }
    related = (before.marks.revision.location,)
    return Violation(item.marks.revision.location, values, None, related)


@rule(
    "QMS406",
    "candidate-unreadable",
    Severity.WARNING,
    Text("Hồ sơ trình ký không đọc được", "A candidate that cannot be read"),
    Text(
        "Hồ sơ trình ký {path} không đúng mẫu từ chỗ này{key_vi}. Hãy lập lại hồ sơ, không sửa "
        "tay.",
        "The candidate {path} does not fit its form from here on{key_en}. Prepare it anew; do "
        "not fix it by hand.",
    ),
)
def candidate_unreadable(facts: Facts) -> Iterator[Violation]:
    """Find files of candidates that do not say what a candidate must; one finding for each file."""
    for problem in facts.manual.problems:
        if problem.slug == "candidate-unreadable":
            yield problem.violation


@rule(
    "QMS407",
    "release-doubted",
    Severity.ERROR,
    Text("Bản ghi ban hành có điểm không khớp", "A release that fails verification"),
    Text("{doubt_vi}", "{doubt_en}"),
    needs=("history",),
)
def release_doubted(facts: Facts) -> Iterator[Violation]:
    """Find what speaks against recorded releases: their texts, evidence, seals and history.

    What a rule that is switched on reports without the history is left to that rule.
    """
    reported = {slug for slug, rule_slug in OWN_RULES.items() if rule_slug not in facts.rules_off}
    for doubt in facts.discrepancies or ():
        if doubt.slug in reported and doubt.location.path.startswith("releases/"):
            continue
        values = {"doubt_vi": doubt.message.vi, "doubt_en": doubt.message.en}
        yield Violation(doubt.location, values)


@rule(
    "QMS417",
    "not-covered",
    Severity.INFO,
    Text("Tệp đi kèm ngoài mã kiểm tra", "A file that the check code does not cover"),
    Text(
        "{document} còn mang theo {files}, mà mã kiểm tra của đợt {release} không tính. Lời văn "
        "không đổi nên không phải ban hành lại; lần sửa đổi sau sẽ tính cả tệp này.",
        "{document} also carries {files}, which the check code of release {release} does not "
        "cover. Its text is the released one, so nothing has to be issued; the next revision "
        "will cover it.",
    ),
    needs=("day", "releases"),
)
def not_covered(facts: Facts) -> Iterator[Violation]:
    """Find documents in force that carry files their release did not record."""
    if facts.register is None or facts.read is None:
        return
    for key, status in facts.register.statuses.items():
        document = facts.manual.documents.get(key)
        if document is None or status.item is None or not status.in_force or status.changed:
            continue
        files = uncovered_files(document, status.item, facts.read)
        if files:
            values = {
                "document": document.name,
                "files": ", ".join(files),
                "release": str(status.release),
            }
            yield Violation(document.mark.location, values)


@rule(
    "QMS418",
    "in-force-gone",
    Severity.ERROR,
    Text("Tài liệu đang có hiệu lực mà không còn tệp", "A document in force whose file is gone"),
    Text(
        "{code} đang có hiệu lực theo đợt {release}, mà tệp {path} không còn. Mất do nhầm thì lấy "
        "lại: git show {blob} > {path}. Muốn bãi bỏ thì lấy lại tệp, chạy qmstool withdraw "
        "'{code}', rồi lập hồ sơ trình ký: bãi bỏ là một việc phải ký.",
        "{code} is in force by release {release}, and its file {path} is gone. If that was a "
        "mistake, bring it back: git show {blob} > {path}. To withdraw it, bring the file back, "
        "run qmstool withdraw '{code}', and prepare a release: a withdrawal has to be signed.",
    ),
    needs=("day", "releases"),
)
def in_force_gone(facts: Facts) -> Iterator[Violation]:
    """Find documents in force that are neither here, nor withdrawn or replaced by a signed act."""
    if facts.register is None:
        return
    leaving = _leaving(facts)
    for key, standing in facts.register.statuses.items():
        item = standing.item
        if key in facts.manual.documents or key in leaving or item is None:
            continue
        texts = [pin for pin in item.files if pin.path.endswith(".md")]
        # A file that is here and was not read, or bears another code, is told by other rules.
        if not standing.in_force or not texts or any(_is_here(facts, pin) for pin in texts):
            continue
        if is_standing(facts.register.lives[key]):
            values = {
                "code": item.code,
                "release": str(standing.release),
                "path": texts[0].path,
                "blob": texts[0].blob[:12],
            }
            yield Violation(item.mark.location, values)


def _is_here(facts: Facts, pin: PinnedFile) -> bool:
    return pin.path in facts.manual.paths


def _leaving(facts: Facts) -> set[str]:
    """Keys of documents that lie before the signer to be withdrawn, or that others replace."""
    leaving = set()
    for candidate in pending_candidates(facts.manual):
        leaving |= {item.key for item in candidate.items if item.act == "withdraw"}
    for document in facts.manual.documents.values():
        leaving |= {fold_code(mark.text) for mark in document.front_matter.replaces}
    return leaving


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
    return _misleading_pins(facts)


def _misleading_pins(facts: Facts) -> Iterator[Violation]:
    releases = facts.releases or ()
    if facts.read is None or facts.discrepancies is not None:
        return
    here = _Here(facts)
    for release in releases:
        for item in release.items:
            if item.act == "withdraw" or not item.digest or not item.files:
                continue
            blobs = here.blobs(item.files)
            if len(blobs) < len({pin.blob for pin in item.files}):
                continue
            replaced = replacing_release(releases, release, item) is not None
            if not replaced and not is_as_recorded(item, blobs):
                paths = ", ".join(pin.path for pin in item.files)
                yield _misleading(release.number, item.marks.digest.location, paths, item.code)
        for pin in release.basis:
            data = here.blobs((pin,)).get(pin.blob)
            if data is not None and pin.digest and sha256(data) != pin.digest:
                yield _misleading(release.number, pin.digest_mark.location, pin.path, pin.path)


def _misleading(number: int, place: Location, paths: str, what: str) -> Violation:
    return Violation(place, {"release": str(number), "paths": paths, "what": what})


class _Here:
    """The files of the manual as they are, by the ids that git gives them; each is read once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._ids: dict[str, dict[str, bytes]] = {}

    def blobs(self, pins: Iterable[PinnedFile]) -> dict[str, bytes]:
        """Return the bytes of those pins that lead to the file of their path as it is now."""
        found = {}
        for pin in pins:
            data = self._by_id(pin.path).get(pin.blob)
            if data is None:
                break
            found[pin.blob] = data
        return found

    def _by_id(self, path: str) -> dict[str, bytes]:
        """Return a file by the ids it may have: of both kinds of repository, with either line end.

        Empty where there is none.
        """
        if path not in self._ids:
            ids: dict[str, bytes] = {}
            if self._facts.read is not None and path in self._facts.manual.paths:
                data = _read_or_nothing(self._facts.read, path)
                for kept in (data, data.replace(b"\r\n", b"\n")) if data is not None else ():
                    ids |= dict.fromkeys(blob_ids(kept), kept)
            self._ids[path] = ids
        return self._ids[path]


def _read_or_nothing(read: Callable[[str], bytes], path: str) -> bytes | None:
    try:
        return read(path)
    except KeyError:
        return None


RULES: tuple[Rule, ...] = (
    changed_since_release,
    chain_broken,
    release_gap,
    number_backward,
    number_skipped,
    candidate_unreadable,
    release_doubted,
    not_covered,
    in_force_gone,
    pin_misleads,
)
