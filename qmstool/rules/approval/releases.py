"""Check releases: texts against what was issued, the chain, and candidates."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.codes import fold_code
from qmstool.register.candidates import pending_candidates
from qmstool.register.change_rows import is_standing
from qmstool.releases.record import NONE, release_path, sha256, uncovered_files
from qmstool.rules.approval.pins import misleading_pins
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.releases import PinnedFile
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

# Discrepancies of a verification that a rule finds without the history already, with that rule.
OWN_RULES = {
    "chain-broken": "chain-broken",
    "release-missing": "release-gap",
    "seal-without-record": "seal-without-record",
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
    misled = {violation.location for violation in misleading_pins(facts)}
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
        "lại: {bring_back}. Muốn bãi bỏ thì lấy lại tệp, chạy qmstool withdraw "
        "{quoted}, rồi lập hồ sơ trình ký: bãi bỏ là một việc phải ký.",
        "{code} is in force by release {release}, and its file {path} is gone. If that was a "
        "mistake, bring it back: {bring_back}. To withdraw it, bring the file back, "
        "run qmstool withdraw {quoted}, and prepare a release: a withdrawal has to be signed.",
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
                "bring_back": shell.into_file(f"git show {texts[0].blob[:12]}", texts[0].path),
                "quoted": shell.quote(item.code),
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


RULES: tuple[Rule, ...] = (
    changed_since_release,
    chain_broken,
    release_gap,
    candidate_unreadable,
    release_doubted,
    not_covered,
    in_force_gone,
)
