"""Judge who signed: somebody, with a role on that day that may approve or withdraw each type.

What goes in: how far each record is proved, and the evidence collected. What comes out:
discrepancies, and what is missing to judge. Roles and rights are those of the basis of the release
before: what comes with the very release that somebody signs, or with one signed only later, is a
right that he gives himself. The first record has none before it, and is judged by its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmstool.findings import Location
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.register.effect import signing_day
from qmstool.register.people import find_person
from qmstool.releases.record import RELEASES_FOLDER
from qmstool.verify.discrepancies import Discrepancy
from qmstool.verify.document_types import config_of, types_of
from qmstool.verify.links import MissingLink, name_some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qmstool.manual.config import Config, Person
    from qmstool.manual.releases import Approval, Release, ReleaseItem, Signer
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.standing import RecordStanding

NOBODY_NAMED = Text(
    "qms.yml trước đợt này chưa khai ai giữ vai trò nào, nên chưa có gì chứng minh quyền người ký",
    "no qms.yml before it names anybody with a role, so nothing proves the signer's right",
)
NO_SETTINGS = Text(
    "không còn qms.yml để biết quyền của người ký", "no qms.yml is left to tell the signer's right"
)
NO_SIGNING_DAY = Text(
    "không rõ ngày ký, nên không biết khi đó người ký giữ vai trò nào",
    "the day of signing is unknown, and with it the signer's role on that day",
)
UNKNOWN_TYPE = Text(
    "không rõ {codes} thuộc loại tài liệu nào, nên không biết người ký có quyền hay không",
    "nobody knows of which type {codes} is, nor whether the signer has a right to it",
)
SELF_GIVEN = Text(
    "{what} chỉ có từ chính đợt này: người ký tự trao quyền cho mình. Quyền phải có từ đợt trước.",
    "{what} comes with this very release: the signer gives himself the right. It has to stand in "
    "the release before.",
)


ENDED = Text(
    "Theo qms.yml ghi kèm chính đợt này, «{name}» đã thôi giữ vai trò «{role}» trước ngày ký. Hãy "
    "xem lại ngày ký trên bản gốc, và ngày thôi giữ vai trò trong qms.yml.",
    "By the qms.yml recorded with this very release, «{name}» no longer held the role «{role}» on "
    "the day of signing. Look at the day on the signed original, and at the day on which the role "
    "ended in qms.yml.",
)


class _Said(NamedTuple):
    """Who signed or approved as the record says: person, role, their places, and the day."""

    person: str
    role: str
    person_place: Location
    role_place: Location
    day: date | None

    @classmethod
    def of(cls, written: Signer | Approval, day: date | None) -> _Said:
        """Return what a record says of somebody; of what was read from it, so it has places."""
        person, role = _place(written.person_mark), _place(written.role_mark)
        return cls(written.person, written.role, person, role, day)


def _place(mark: LocatedText | None) -> Location:
    return mark.location if mark else Location(RELEASES_FOLDER)


class SignedRelease:
    """One release with its signer, and the settings to judge it by.

    `before`: those of the release before, its own where it is the first; `own`: its own; None where
    they are lost. `undone`: what the releases did that it puts right or keeps from taking effect;
    `types`: those of the documents that it acts on, by key; `day`: of signing, else of recording.
    """

    def __init__(
        self,
        release: Release,
        before: Config | None,
        own: Config | None,
        undone: tuple[ReleaseItem, ...],
        types: dict[str, frozenset[str]],
        day: date | None,
    ) -> None:
        self.release = release
        self.before = before
        self.own = own
        self.undone = undone
        self.types = types
        self.day = day

    def check(self) -> Iterator[Discrepancy]:
        """Yield what speaks against its signer, and against those who approved before."""
        signer = self.release.signer
        if self.before is None or not self.before.people:
            return
        if signer is not None:
            yield from self._check_somebody(_Said.of(signer, self.day), self.before)
            yield from self._check_right(signer, self.before)
        for approval in self.release.approvals:
            said = _Said.of(approval, known_day(approval.date) or self.day)
            yield from self._check_somebody(said, self.before)

    def missing(self) -> Text | None:
        """Return what is missing to judge its signer; None where nothing is."""
        signer = self.release.signer
        if signer is None or UNKNOWN in {signer.person, signer.role}:
            return None
        if self.before is None:
            return NO_SETTINGS
        if not self.before.people:
            return NOBODY_NAMED
        if self.day is None:
            return NO_SIGNING_DAY
        # What withdraws a document without a type was told where that one came.
        untyped = [
            item.code
            for item in self.release.items
            if item.act != "withdraw" and not self.types.get(item.key)
        ]
        return UNKNOWN_TYPE.fill({"codes": name_some(untyped)}) if untyped else None

    def _check_somebody(self, said: _Said, before: Config) -> Iterator[Discrepancy]:
        """Yield where whoever signed or approved is nobody, or held no such role on that day."""
        if said.role != UNKNOWN and said.role not in before.roles:
            yield self._unknown_role(said)
        if said.person != UNKNOWN:
            yield from self._check_person(said, before)

    def _unknown_role(self, said: _Said) -> Discrepancy:
        role = said.role
        if self.own and role in self.own.roles:
            what = Text("Vai trò «{role}»", "The role «{role}»").fill({"role": role})
            return _self_given(what, said.role_place)
        message = Text(
            "Không có vai trò «{role}» trong qms.yml trước đợt này.",
            "The qms.yml before this release has no role «{role}».",
        ).fill({"role": role})
        return Discrepancy("signer-role-unknown", said.role_place, message)

    def _check_right(self, signer: Signer, before: Config) -> Iterator[Discrepancy]:
        """Yield the types that the role of the signer may not approve or withdraw."""
        role, place = signer.role, signer.role_mark.location
        if role not in before.roles:
            return
        allowed = _approved_types(before, role)
        given = _approved_types(self.own, role) if self.own else frozenset()
        for item in (*self.release.items, *self.undone):
            for kind in sorted(self.types.get(item.key, frozenset()) - allowed):
                yield _not_allowed(item, role, kind, place, is_self_given=kind in given)

    def _check_ended(self, person: Person, said: _Said) -> Iterator[Discrepancy]:
        """Yield where the settings of the very release say that a role had ended by then.

        Nobody can make himself a signer by them; that he no longer was one, they may say.
        """
        own = self.own.people.get(person.key) if self.own else None
        if own and said.day and _had_ended(own, said.role, said.day):
            message = ENDED.fill({"name": person.name, "role": said.role})
            yield Discrepancy("signer-not-holder", said.person_place, message)

    def _check_person(self, said: _Said, before: Config) -> Iterator[Discrepancy]:
        place = said.person_place
        person = find_person(before, said.person)
        if person and _held(person, said.role, said.day):
            yield from self._check_ended(person, said)
            return
        if person and said.role not in before.roles:
            return  # the role is told
        own = find_person(self.own, said.person) if self.own else None
        name = person.name if person else said.person
        if own and _held(own, said.role, said.day):
            name = own.name
            yield _self_given(
                Text("Vai trò của «{name}»", "The role of «{name}»").fill({"name": name}), place
            )
        elif person is None:
            message = Text(
                "Không có ai là «{name}» trong qms.yml trước đợt này. Hãy đối chiếu tên với bản "
                "gốc đã ký; nếu ghi nhầm thì ghi nhận lại với --mends.",
                "The qms.yml before this release knows nobody called «{name}». Compare the name "
                "with the signed original; if it is a slip, record again with --mends.",
            ).fill({"name": name})
            yield Discrepancy("signer-unknown", place, message)
        else:
            message = Text(
                "«{name}» không giữ vai trò «{role}» vào ngày ký. Hãy đối chiếu người ký và ngày "
                "ký với bản gốc; nếu ghi nhầm thì ghi nhận lại với --mends.",
                "«{name}» did not hold the role «{role}» on the day of signing. Compare signer and "
                "day with the original; if it is a slip, record again with --mends.",
            ).fill({"name": name, "role": said.role})
            yield Discrepancy("signer-not-holder", place, message)


def _self_given(what: Text, place: Location) -> Discrepancy:
    return Discrepancy("right-self-given", place, SELF_GIVEN.fill({"what": what}))


def _not_allowed(
    item: ReleaseItem, role: str, kind: str, place: Location, *, is_self_given: bool
) -> Discrepancy:
    if is_self_given:
        what = Text(
            "{code}: quyền của «{role}» đối với loại «{kind}»",
            "{code}: the right of «{role}» over the type «{kind}»",
        ).fill({"code": item.code, "role": role, "kind": kind})
        return _self_given(what, place)
    if item.act == "withdraw":
        message = Text(
            "{code}: «{role}» không được bãi bỏ loại «{kind}».",
            "{code}: «{role}» may not withdraw the type «{kind}».",
        ).fill({"code": item.code, "role": role, "kind": kind})
    else:
        message = Text(
            "{code}: «{role}» không được phê duyệt loại «{kind}».",
            "{code}: «{role}» may not approve the type «{kind}».",
        ).fill({"code": item.code, "role": role, "kind": kind})
    return Discrepancy("signer-may-not-approve", place, message)


def _approved_types(settings: Config, role: str) -> frozenset[str]:
    known = settings.roles.get(role)
    return frozenset(mark.text for mark in known.approves) if known else frozenset()


def signed_releases(
    standings: Sequence[RecordStanding], collected: CollectedEvidence
) -> tuple[SignedRelease, ...]:
    """Return the releases in order, each with what its signer is judged by.

    A record that its seal speaks against hands on no settings, nor does one signed after the day.
    """
    signed = []
    types: dict[str, frozenset[str]] = {}
    given: list[tuple[date | None, Config]] = []
    for standing in standings:
        release = standing.release
        own = config_of(release, collected)
        day = signing_day(release) or known_day(release.recorded)
        settings = _given_by(given, day) if given else own
        undone = _undone(release, standings)
        before = types
        judged, types = types_of(release, types, collected, settings)
        judged = {item.key: before.get(item.key, frozenset()) for item in undone} | judged
        signed.append(SignedRelease(release, settings, own, undone, judged, day))
        if own and not standing.discredited:
            given.append((signing_day(release), own))
    return tuple(signed)


def _undone(release: Release, standings: Sequence[RecordStanding]) -> tuple[ReleaseItem, ...]:
    """Return what the records before did that a release puts right, or keeps from taking effect.

    Whoever undoes what was signed needs the right to it; what the release says itself of one of
    these documents is asked anyway.
    """
    numbers = {mark.count for mark in (*release.mends, *release.cancels)}
    if not numbers:
        return ()
    own = {item.key for item in release.items}
    undone: dict[str, ReleaseItem] = {}
    for standing in standings:
        earlier = standing.release
        if earlier.number in numbers and earlier.number < release.number:
            undone |= {item.key: item for item in earlier.items if item.key not in own}
    return tuple(undone.values())


def _given_by(given: Sequence[tuple[date | None, Config]], day: date | None) -> Config:
    """Return the newest settings that a release gave which was signed by a day.

    What has no known day counts; the first where none was signed by then.
    """
    for signed, settings in reversed(given):
        if signed is None or day is None or signed <= day:
            return settings
    return given[0][1]


def check_signers(
    standings: Sequence[RecordStanding], collected: CollectedEvidence
) -> Iterator[Discrepancy]:
    """Yield where a signer is nobody, held no such role on that day, or may not approve a type.

    A record that does not fit its seal is no longer what was recorded: that is told, and what it
    now says of its signer is nobody's word.
    """
    signed = signed_releases(standings, collected)
    for standing, release in zip(standings, signed, strict=True):
        if standing.seal != "bad":
            yield from release.check()


def signer_links(
    standings: Sequence[RecordStanding], collected: CollectedEvidence
) -> tuple[MissingLink, ...]:
    """Return what is missing to judge signers, by release."""
    links = []
    for signed in signed_releases(standings, collected):
        why = signed.missing()
        if why:
            links.append(MissingLink(signed.release.number, "signer", why))
    return tuple(links)


def _had_ended(person: Person, role: str, day: date) -> bool:
    """Whether somebody had given a role up before a day, and not got it back by then."""
    holdings = [held for held in person.holds if held.role.text == role]
    ends = [known_day(held.until) for held in holdings]
    return any(end is not None and end < day for end in ends) and not any(
        held.covers(day) for held in holdings
    )


def _held(person: Person, role: str, day: date | None) -> bool:
    """Whether a person held a role on a day; what is not known is not held against anybody."""
    holdings = [held for held in person.holds if role in {held.role.text, UNKNOWN}]
    return any(day is None or held.covers(day) for held in holdings)
