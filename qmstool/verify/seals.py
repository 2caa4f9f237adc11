"""Check the seals of releases: there, whole, by a key that was allowed and is not revoked.

And who made them: another one than the signer, and by a key that is nobody else's. What goes in:
how far each record is proved (`standing`), the keys revoked, the evidence collected. What comes
out: discrepancies, and what is missing of the argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.config import folded_person
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.public_keys import fingerprint
from qmstool.register.effect import mended_numbers
from qmstool.register.people import find_person, holds_any_role
from qmstool.releases.seal import keys_behind, seal_path
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.links import MissingLink
from qmstool.verify.signers import signed_releases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmstool.manual.circulation import RevokedKey
    from qmstool.manual.config import Config
    from qmstool.manual.releases import Release
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.standing import RecordStanding, SealState

CURE = Text(
    "Đối chiếu bản ghi với bản gốc đã ký, rồi ghi nhận lại bằng khóa mới (--mends {number}).",
    (
        "Compare the record with the signed original, then record it again with a new key "
        "(--mends {number})."
    ),
)
NO_LONGER_TRUSTED = Text(
    (
        f"Niêm phong đợt {{number}}, ghi nhận {{day}}, bằng khóa không còn tin cậy từ {{since}} "
        f"({{reason}}). {CURE.vi}"
    ),
    (
        f"The seal of release {{number}}, recorded {{day}}, is by a key not trusted since "
        f"{{since}} ({{reason}}). {CURE.en}"
    ),
)
NEVER_TRUSTED = Text(
    (
        f"Niêm phong đợt {{number}}, ghi nhận {{day}}, bằng khóa không được tin cậy vào bất kỳ "
        f"ngày nào ({{reason}}). {CURE.vi}"
    ),
    (
        f"The seal of release {{number}}, recorded {{day}}, is by a key that is trusted on no "
        f"day ({{reason}}). {CURE.en}"
    ),
)
BROKEN: Mapping[SealState, Text] = {
    "bad": Text(
        "Niêm phong đợt {number} không khớp bản ghi. Hãy lấy lại cả hai từ git; nếu vốn đã "
        "sai thì đối chiếu với bản gốc đã ký rồi ghi nhận lại (--mends {number}).",
        "The seal of release {number} does not fit its record. Get both back from git; if "
        "they never fitted, compare with the signed original and record again (--mends "
        "{number}).",
    ),
    "unknown-key": Text(
        "Niêm phong đợt {number} bằng khóa không được phép vào ngày {day}. Hãy hỏi ai đã ghi "
        "nhận; bản ghi đúng thì người có khóa được phép ghi nhận lại (--mends {number}).",
        "The seal of release {number} is by a key that was not allowed on {day}. Ask who "
        "recorded it; if the record is right, have somebody with an allowed key record it "
        "again (--mends {number}).",
    ),
    "missing": Text(
        "Thiếu niêm phong đợt {number}. Hãy lấy lại tệp niêm phong từ git; nếu chưa từng có "
        "thì ghi nhận lại với --seal (--mends {number}).",
        "The seal of release {number} is missing. Get its file back from git; if there never "
        "was one, record again with --seal (--mends {number}).",
    ),
}
SLUGS: Mapping[SealState, str] = {
    "bad": "seal-broken",
    "unknown-key": "seal-unknown-key",
    "missing": "seal-missing",
}

OWN_RECORD = Text(
    "«{name}» vừa ký vừa tự ghi nhận, nên không có người thứ hai làm chứng; hãy để người khác ghi "
    "nhận lại (--mends)",
    "«{name}» signed and recorded it too, so there is no second witness; have somebody else record "
    "it again (--mends)",
)
OUT_OF_OFFICE = Text(
    "người ghi nhận «{name}» không giữ vai trò nào vào ngày {day}; hãy xem lại ngày và vai trò "
    "trong qms.yml, hoặc để người đang giữ vai trò ghi nhận lại (--mends)",
    "its recorder «{name}» held no role on {day}; check the day and the roles in qms.yml, or have "
    "somebody in office record it again (--mends)",
)
KEY_OF_ANOTHER = Text(
    "Niêm phong đợt {number} bằng khóa của «{owner}» theo qms.yml, mà bản ghi nêu người ghi nhận "
    "là «{recorder}». Hãy hỏi cả hai; nếu ghi nhầm người thì ghi nhận lại với --mends.",
    "The seal of release {number} is by the key of «{owner}» in qms.yml, and the record names "
    "«{recorder}» as the recorder. Ask both; if the wrong one is named, record again with --mends.",
)


def check_seals(standings: Sequence[RecordStanding]) -> Iterator[Discrepancy]:
    """Yield a discrepancy for each seal that does not hold, or whose key is revoked.

    A seal is judged by the signers that the release before it named; the first signers are trusted
    because somebody said so. A key that was lost is distrusted even where nobody gave the signers.
    Once a release has been sealed, every later one has to be.
    """
    mended = mended_numbers(standing.release for standing in standings)
    for standing in standings:
        release, revocation = standing.release, standing.revocation
        if revocation and release.number not in mended:
            yield _by_revoked_key(release, revocation)
        message = BROKEN.get(standing.seal)
        if message is None:
            continue
        values = {"number": str(release.number), "day": str(standing.day)}
        place = Location(seal_path(release.number))
        if standing.seal == "missing":
            place = release.marks.number.location
        yield Discrepancy(SLUGS[standing.seal], place, message.fill(values))


def _by_revoked_key(release: Release, revocation: RevokedKey) -> Discrepancy:
    values = {
        "number": str(release.number),
        "day": str(release.recorded),
        "since": str(revocation.since),
        "reason": revocation.reason,
    }
    since = known_day(revocation.since)
    message = NEVER_TRUSTED if since is None else NO_LONGER_TRUSTED
    place = Location(seal_path(release.number))
    return Discrepancy("seal-revoked-key", place, message.fill(values))


def check_recorders(
    standings: Sequence[RecordStanding], collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield each seal by a key that is another's than the recorder's whom its record names.

    Only where the settings name keys of people: else nobody can tell.
    """
    for standing, signed in zip(standings, signed_releases(standings, collected), strict=True):
        release, settings = signed.release, signed.before
        signature = collected.files.get(seal_path(release.number))
        if standing.discredited or settings is None or signature is None:
            continue
        owners = _owners(settings, frozenset(map(fingerprint, keys_behind(signature))))
        recorder = find_person(settings, release.recorder)
        if owners and recorder and recorder.key not in owners:
            values = {
                "number": str(release.number),
                "owner": settings.people[min(owners)].name,
                "recorder": recorder.name,
            }
            place = Location(seal_path(release.number))
            yield Discrepancy("seal-of-another", place, KEY_OF_ANOTHER.fill(values))


def _owners(settings: Config, keys: frozenset[str]) -> set[str]:
    """Return the people whose keys some of these are, by their fingerprints."""
    return {
        person.key
        for person in settings.people.values()
        if not keys.isdisjoint(map(fingerprint, person.keys))
    }


def recorder_links(
    standings: Sequence[RecordStanding], collected: CollectedEvidence, today: Config
) -> tuple[MissingLink, ...]:
    """Return the records that their signers made, or somebody who was out of office, by release."""
    links = []
    for signed in signed_releases(standings, collected):
        release = signed.release
        name = _signer_who_recorded(release, signed.before)
        if name:
            why = OWN_RECORD.fill({"name": name})
            links.append(MissingLink(release.number, "signer", why))
        known = (signed.before, signed.own, today)
        name = _recorder_out_of_office(release, [each for each in known if each])
        if name:
            why = OUT_OF_OFFICE.fill({"name": name, "day": str(release.recorded)})
            links.append(MissingLink(release.number, "signer", why))
    return tuple(links)


def _recorder_out_of_office(release: Release, settings: Sequence[Config]) -> str:
    """Return the name of a recorder who had roles, and none on the day of recording; "" else.

    A recorder needs no role; whoever has or had one is held to its days, by any of the settings.
    """
    day = known_day(release.recorded)
    people = [find_person(each, release.recorder) for each in settings]
    known = [person for person in people if person]
    if day is None or not known or not all(person.holds for person in known):
        return ""
    return "" if any(holds_any_role(person, day) for person in known) else known[0].name


def _signer_who_recorded(release: Release, settings: Config | None) -> str:
    """Return the name of a signer who is the recorder too; "" where he is not."""
    signer, recorder = release.signer, release.recorder
    if signer is None or UNKNOWN in {signer.person, recorder} or not recorder:
        return ""
    if folded_person(signer.person) == folded_person(recorder):
        return signer.person
    one = find_person(settings, signer.person) if settings else None
    other = find_person(settings, recorder) if settings else None
    return one.name if one and other and one.key == other.key else ""
