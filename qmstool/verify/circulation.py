"""Check what goes round against the release that it is about: who it names, and on which day.

What goes in: a manual with its releases. What comes out: discrepancies, and whoever is named of
whom nobody knows anything. Nobody can have received, read or reviewed what was not signed yet; what
was asked or signed after the decision lay before no signer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.register.copies import recorded_item
from qmstool.register.effect import items_by_key, signing_day, valid_releases
from qmstool.register.opinions import opinions_behind
from qmstool.register.people import (
    find_person,
    holds_any_role,
    holds_role,
    is_known_to_nobody,
    names_role,
)
from qmstool.register.readings import OF_NO_TEXT, TO_COME, said_of_no_text
from qmstool.register.status import item_check_code
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.evidence_kinds import unlike_its_kind
from qmstool.verify.kept_files import check_kept_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qmstool.findings import Location
    from qmstool.manual.circulation import DocumentReview, Opinions, Reading
    from qmstool.manual.config import Config
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.manual.values import LocatedDay
    from qmstool.verify.evidence import CollectedEvidence

    SaidBySomebody = DocumentReview | Reading

NOT_IN_OFFICE = Text(
    "«{name}» không giữ vai trò nào vào ngày {day}. Hãy xem lại ngày, hoặc sửa vai trò trong "
    "qms.yml.",
    "«{name}» held no role on {day}. Check the day, or put the roles in qms.yml right.",
)
NOT_IN_ROLE = Text(
    "«{name}» không giữ vai trò «{role}» vào ngày {day}. Hãy xem lại ngày và vai trò trên bản đã "
    "ký; nếu ghi nhầm thì ghi nhận lại với --mends.",
    "«{name}» did not hold the role «{role}» on {day}. Look at day and role on the paper that was "
    "signed; if they are wrong here, record again with --mends.",
)
BEFORE_SIGNATURE = Text(
    "Ghi ngày {day}, khi đợt {number} chưa ký (ký ngày {signed}). Hãy xem lại ngày, hoặc số đợt.",
    "On {day} release {number} was not signed yet (signed on {signed}). Check the day, or the "
    "number of the release.",
)
RECEIVED_BEFORE = Text(
    "Ký nhận ngày {day}, trước khi phát ({handed_out}). Hãy xem lại phiếu giao nhận.",
    "Received on {day}, before it was handed out ({handed_out}). Look at the receipt again.",
)
AFTER_SIGNATURE = Text(
    "Ghi ngày {day}, sau khi ký ban hành đợt {number} ({signed}), nên người ký chưa thấy điều này. "
    "Hãy xem lại ngày; đúng là đến muộn thì xét ở lần sửa đổi sau.",
    "On {day}, after release {number} was signed ({signed}): the signer did not see it. Check the "
    "day; if it did come late, take it up with the next revision.",
)
NOT_RECORDED = Text(
    "Bản ghi đợt {number} không nêu tệp ý kiến này trong bằng chứng, nên không có gì cho biết "
    "người ký đã thấy nó. Hãy lấy lại tệp như khi ghi nhận, hoặc ghi nhận lại với --mends.",
    "The record of release {number} does not name these opinions among its evidence: nothing tells "
    "that the signer saw them. Get the file back as it was, or record again with --mends.",
)

COPY_OF_NOTHING = Text(
    "Đợt {release} không ban hành {code}, nên bản phát này không tính cho bản nào. Hãy ghi đúng số "
    "đợt.",
    "Release {release} does not hold {code}: this copy counts for no text. Write the right number "
    "of the release.",
)
ENDED_BEFORE = Text(
    "Ghi thu hồi, hủy hoặc mất ngày {day}, trước khi phát hay nhận ({out}), nên không biết bản này "
    "còn ở ngoài hay không. Hãy xem lại sổ phát rồi sửa ngày.",
    "Recalled, destroyed or lost on {day}, before it was handed out or received ({out}): nobody "
    "knows whether it is still out. Look at the distribution ledger again, and put the day right.",
)


def check_opinions(
    manual: Manual,
    collected: CollectedEvidence,
    settings: Mapping[int, tuple[Config, ...]],
) -> Iterator[Discrepancy]:
    """Yield what was asked, answered or signed after the decision, or written after its record.

    And who signed as author or reviewer in a role that he did not hold. `settings`: those in any of
    which he may stand, by release.
    """
    for release in valid_releases(manual.releases):
        opinions = opinions_behind(manual, release)
        if opinions is None:
            continue
        proofs = [proof for proof in release.evidence if proof.file == opinions.source.path]
        place = _first_place(opinions)
        if place and not proofs:
            message = NOT_RECORDED.fill({"number": str(release.number)})
            yield Discrepancy("opinions-not-recorded", place, message)
            continue
        yield from check_kept_files(proofs, collected, "evidence")
        signed = signing_day(release)
        for day in _days(opinions):
            if signed and day.known and day.known > signed:
                yield _of_days("after-signature", AFTER_SIGNATURE, day, release)
        yield from _check_roles(opinions, settings[release.number])


def _check_roles(opinions: Opinions, settings: Sequence[Config]) -> Iterator[Discrepancy]:
    for signature in opinions.signatures:
        day, role = known_day(signature.date), signature.role
        people = [find_person(one, signature.person) for one in settings]
        known = [person for person in people if person]
        if day is None or signature.date is None or not known:
            continue
        if not any(holds_role(person, role, day) for person in known):
            values = {"name": known[0].name, "role": role, "day": day.isoformat()}
            message = (NOT_IN_ROLE if names_role(role) else NOT_IN_OFFICE).fill(values)
            yield Discrepancy("not-in-office", signature.date.mark.location, message)


def said_by_strangers(
    opinions: Opinions, settings: Sequence[Config], collected: CollectedEvidence
) -> Iterator[str]:
    """Yield who is said to have answered or signed, whom nobody knows and nothing proves.

    Units that are asked, and people that sign.
    """
    units = {key for one in settings for key in one.units}
    for request in opinions.requests:
        is_unknown = bool(units) and request.unit.text not in {*units, UNKNOWN}
        if is_unknown and not is_evidenced(request.evidence, collected):
            yield request.unit.text
    for signature in opinions.signatures:
        is_unknown = all(is_known_to_nobody(one, signature.person) for one in settings)
        if is_unknown and not is_evidenced(signature.evidence, collected):
            yield signature.person


def _first_place(opinions: Opinions) -> Location | None:
    """The place of the first thing that was asked or signed; None where nothing was."""
    units = [asked.unit for asked in opinions.requests]
    days = [signature.date for signature in opinions.signatures if signature.date]
    marks = [*units, *(day.mark for day in days)]
    return marks[0].location if marks else None


def _days(opinions: Opinions) -> Iterator[LocatedDay]:
    """Of each request the last day that is said; of each signature its day."""
    for asked in opinions.requests:
        day = asked.answered or asked.sent
        if day:
            yield day
    for signature in opinions.signatures:
        if signature.date:
            yield signature.date


def check_copies(manual: Manual, today: date) -> Iterator[Discrepancy]:
    """Yield the copies handed out before their release was signed, or received before that.

    And those of a day that is still to come, or of a text that their release does not hold.
    """
    releases = {release.number: release for release in manual.releases}
    for copy in manual.copies:
        release = releases.get(copy.release)
        given, received = copy.handed_out, copy.received
        if recorded_item(manual, copy) is None:
            values = {"release": str(copy.release), "code": copy.document.text}
            place = (copy.release_mark or copy.document).location
            yield Discrepancy("of-no-text", place, COPY_OF_NOTHING.fill(values))
        yield from _to_come((given, received), today)
        early = release and _before_signature(given, release)
        if release and early:
            yield early
        elif release and received and (late := _before_signature(received, release)):
            yield late
        elif received and received.known and given.known and received.known < given.known:
            values = {"day": str(received.known), "handed_out": str(given.known)}
            message = RECEIVED_BEFORE.fill(values)
            yield Discrepancy("received-before", received.mark.location, message)


def check_ends(manual: Manual, today: date) -> Iterator[Discrepancy]:
    """Yield the copies that came back or were lost before they were out, or on a day to come."""
    for copy in manual.copies:
        ends = (copy.recalled, copy.destroyed, copy.lost)
        yield from _to_come(ends, today)
        out = [day.known for day in (copy.handed_out, copy.received) if day and day.known]
        for end in ends:
            if end and end.known and out and end.known < max(out):
                values = {"day": str(end.known), "out": str(max(out))}
                yield Discrepancy("ended-before", end.mark.location, ENDED_BEFORE.fill(values))


def _to_come(days: Iterable[LocatedDay | None], today: date) -> Iterator[Discrepancy]:
    for day in days:
        if day and day.is_to_come(today):
            message = TO_COME.fill({"day": str(day.known)})
            yield Discrepancy("day-to-come", day.mark.location, message)


def _before_signature(day: LocatedDay, release: Release) -> Discrepancy | None:
    signed = signing_day(release)
    if signed is None or day.known is None or day.known >= signed:
        return None
    return _of_days("before-signature", BEFORE_SIGNATURE, day, release)


def _of_days(slug: str, sentence: Text, day: LocatedDay, release: Release) -> Discrepancy:
    values = {
        "day": str(day.known),
        "number": str(release.number),
        "signed": str(signing_day(release)),
    }
    return Discrepancy(slug, day.mark.location, sentence.fill(values))


def check_people(
    manual: Manual, said: Iterable[SaidBySomebody], today: date
) -> Iterator[Discrepancy]:
    """Yield who read or reviewed a text before it was signed, or held no role on that day.

    Or what no release held: it counts for nothing. Or on a day to come: it would count once that
    has come, with nobody looking.
    """
    first = _first_releases(manual)
    said = tuple(said)
    for each in said_of_no_text(manual.releases, said):
        values = {
            "code": each.document.text,
            "issue": each.text.issue,
            "revision": each.text.revision,
            "check_code": each.text.check_code,
        }
        yield Discrepancy("of-no-text", each.document.location, OF_NO_TEXT.fill(values))
    for each in said:
        if each.date is None:
            continue
        yield from _to_come((each.date,), today)
        release = first.get((each.text.key, each.text.check_code))
        early = _before_signature(each.date, release) if release else None
        person = find_person(manual.config, each.person)
        day = each.date.known
        if early:
            yield early
        elif person and day and not holds_any_role(person, day):
            values = {"name": person.name, "day": day.isoformat()}
            message = NOT_IN_OFFICE.fill(values)
            yield Discrepancy("not-in-office", each.date.mark.location, message)


def _first_releases(manual: Manual) -> dict[tuple[str, str], Release]:
    """Return the release that first put a text in force, by document and check code.

    None of a text that was ever taken over: it was in use before anybody recorded it.
    """
    first: dict[tuple[str, str], Release] = {}
    for key, life in items_by_key(valid_releases(manual.releases)).items():
        taken_over = set()
        for release, item in life:
            code = item_check_code(item)
            if release.imported or item.taken_over is not None:
                taken_over.add(code)
            elif code not in taken_over:
                first.setdefault((key, code), release)
    return first


def is_stranger(said: SaidBySomebody, config: Config, collected: CollectedEvidence) -> bool:
    """Whether somebody is named whom a manual with people does not know, and nothing proves it."""
    is_unknown = is_known_to_nobody(config, said.person)
    return is_unknown and not is_evidenced(said.evidence, collected)


def is_evidenced(proofs: Iterable[Evidence], collected: CollectedEvidence) -> bool:
    """Whether any of what is named as evidence is what its kind says, as far as can be seen."""
    return any(unlike_its_kind(proof, collected.files.get(proof.file)) is None for proof in proofs)
