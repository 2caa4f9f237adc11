"""Define what an auditor's question may look at, and how it is answered: yes, no, not evidenced."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.verify.revocations import ever_revoked
from qmstool.verify.signers import signed_releases
from qmstool.verify.standing import judge_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.manual.circulation import ControlledCopy, DocumentReview, Reading, TextKey
    from qmstool.manual.config import Config
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.register.status import DocumentStatus, Register
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.evidence import CollectedEvidence
    from qmstool.verify.standing import RecordStanding

_Key = TypeVar("_Key")
_Said = TypeVar("_Said")
ENDED = frozenset({"withdrawn", "superseded"})
UNPROVED = Text(
    "Niêm phong không chứng minh bản ghi đợt {n}, nên điều bản ghi ấy nói chưa phải là bằng chứng.",
    "No seal bears out the record of release {n}, so what it says is no evidence.",
)
Outcome = Literal["yes", "no", "not-evidenced", "nothing"]


@dataclass(frozen=True)
class VerificationContext:
    """What every question may look at.

    `day`: the day asked about; `today`: that of asking, which records are held to; `witness`: a
    digest kept outside, None where nobody gave one; `trust`: the signers of the first seal.
    """

    manual: Manual
    register: Register
    evidence: CollectedEvidence
    day: date
    today: date
    witness: str | None
    trust: bytes | None

    @cached_property
    def standings(self) -> tuple[RecordStanding, ...]:
        """How far each record is proved, in order."""
        return judge_records(
            self.releases,
            self.evidence,
            self.today,
            witness=self.witness,
            trust=self.trust,
            revoked=ever_revoked(self.releases, self.evidence, self.manual.revoked_keys),
        )

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release file, wrong ones included."""
        return self.manual.releases

    @cached_property
    def names(self) -> Mapping[int, Mapping[str, str]]:
        """The names of persons, by key, in the settings that each release is judged by.

        Whoever writes at the tip gives nobody the name of a signer. Where no settings are left, the
        tip's are all there is.
        """
        names = {}
        for signed in signed_releases(self.standings, self.evidence):
            settings = signed.before or self.manual.config
            people = settings.people or self.manual.config.people
            names[signed.release.number] = {key: one.name for key, one in people.items()}
        return names

    @cached_property
    def settings(self) -> Mapping[int, tuple[Config, ...]]:
        """The settings before each release, its own, and today's: who prepared it may be in any.

        Whoever wrote or reviewed approves nothing, so what is put right later counts.
        """
        settings = {}
        for signed in signed_releases(self.standings, self.evidence):
            known = (signed.before, signed.own, self.manual.config)
            settings[signed.release.number] = tuple([one for one in known if one is not None])
        return settings

    @cached_property
    def in_force(self) -> tuple[DocumentStatus, ...]:
        """What people work by."""
        statuses = self.register.statuses.values()
        return tuple(status for status in statuses if status.in_force)

    @cached_property
    def grounds(self) -> tuple[Release, ...]:
        """The releases that what is in force rests on, each once."""
        releases = map(self.register.release_of, self.in_force)
        return tuple({release.number: release for release in releases if release}.values())

    @cached_property
    def acts(self) -> tuple[Release, ...]:
        """The releases that rest on a signature today: the grounds, and what withdrew something."""
        numbers = {release.number for release in self.grounds}
        for status in self.register.statuses.values():
            if status.state in ENDED and status.item and status.item.act == "withdraw":
                numbers.add(status.release or 0)
        releases = self.register.releases
        return tuple(releases[number] for number in sorted(numbers) if number in releases)

    @cached_property
    def unproved(self) -> Text | None:
        """Which of these records their seal does not bear out: what they say is no evidence."""
        bad = [
            str(standing.release.number)
            for standing in self.standings
            if standing.discredited and standing.release.number in {one.number for one in self.acts}
        ]
        return UNPROVED.fill({"n": ", ".join(bad)}) if bad else None

    @cached_property
    def reviews_of_texts(self) -> Mapping[TextKey, tuple[DocumentReview, ...]]:
        """The reviews of each text, in the order of the record."""
        return _grouped((review.text, review) for review in self.manual.reviews)

    @cached_property
    def readings_of_texts(self) -> Mapping[TextKey, tuple[Reading, ...]]:
        """The readings of each text, in the order of the record."""
        return _grouped((reading.text, reading) for reading in self.manual.readings)

    @cached_property
    def copies_of_documents(self) -> Mapping[str, tuple[ControlledCopy, ...]]:
        """The copies of each document, by its key."""
        return _grouped((copy.key, copy) for copy in self.manual.copies)


def _grouped(pairs: Iterable[tuple[_Key, _Said]]) -> dict[_Key, tuple[_Said, ...]]:
    """Return the second ones of pairs by the first, in their order."""
    groups: dict[_Key, list[_Said]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


# Discrepancies about texts that nobody can read any more, or soon.
LOST_TEXT_SLUGS = frozenset({"text-missing", "text-outside", "text-elsewhere", "text-unkept"})
# What speaks against nothing: it could not be looked at here.
UNSEEN_SLUGS = frozenset({"text-elsewhere", "basis-elsewhere"})
UNSEEN = Text(
    "Không đọc được nội dung đã ban hành ở bản chép này: {n} tệp.",
    "Released texts cannot be read in this copy: {n}.",
)
Conclusion = tuple[Outcome, Text, tuple["Discrepancy", ...]]
POINTS = Text("Có {n} điểm không khớp.", "Points that do not fit: {n}.")
OF_RELEASE = Text("đợt {number}: {why}", "release {number}: {why}")
NO_RELEASE = Text("Chưa ghi nhận đợt ban hành nào.", "No release has been recorded.")
UNEVIDENCED = Text(
    "{n} tài liệu được ghi nhận khi chưa có bằng chứng phê duyệt.",
    "Documents recorded with the approval not evidenced: {n}.",
)
IMPORTED = Text(
    "{n} tài liệu đang theo bản tiếp nhận, chưa có bằng chứng phê duyệt.",
    "Documents taken over, approval not evidenced: {n}.",
)


def nothing_to_answer(why: Text) -> Conclusion:
    """Return the answer to a question that asks about nothing that is there."""
    return "nothing", why, ()


def conclude(
    discrepancies: Iterable[Discrepancy], good: Text, lacking: Text | None = None
) -> Conclusion:
    """Return «no» for any discrepancy, else «not evidenced» for anything lacking, else «yes».

    A text that is only not at hand here is lacking.
    """
    against = tuple(discrepancies)
    if against and all(point.slug in UNSEEN_SLUGS for point in against):
        return "not-evidenced", UNSEEN.fill({"n": str(len(against))}), against
    if against:
        return "no", POINTS.fill({"n": str(len(against))}), against
    return ("not-evidenced", lacking, ()) if lacking else ("yes", good, ())


def lacking_approval(context: VerificationContext) -> Text | None:
    """Return what is lacking where texts in force rest on no recorded approval."""
    if not context.in_force:
        return NO_RELEASE
    imported = sum(status.state == "imported" for status in context.in_force)
    if imported:
        return IMPORTED.fill({"n": str(imported)})
    unevidenced = sum(status.state == "unevidenced" for status in context.in_force)
    return UNEVIDENCED.fill({"n": str(unevidenced)}) if unevidenced else None
