"""Answer by document: what is proved of each text in force, and why the others are not.

What goes in: a context, and the discrepancies that the questions found. What comes out: a
`DocumentAnswer` for each document in force, or for each recorded text that is asked about; and what
was taken over by mistake and replaced. Whoever shows a recorded text says by this how far it is
proved, and decides nothing by himself. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.candidates import evidence
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import known_day
from qmstool.parsing.yaml.nodes import text_of
from qmstool.register.effect import replacing_of, replacing_release, signing_day
from qmstool.register.status import item_check_code
from qmstool.releases.record import release_path
from qmstool.releases.seal import seal_path
from qmstool.verify.context import OF_RELEASE, UNSEEN_SLUGS
from qmstool.verify.document_types import recorded_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.documents import Document
    from qmstool.manual.front_matter import FrontMatter
    from qmstool.manual.releases import Release, ReleaseItem
    from qmstool.register.effect import Life
    from qmstool.verify.context import VerificationContext
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.links import MissingLink

Proven = Literal["proved", "contradicted", "not-evidenced", "not-asked"]
# The words for it, wherever a recorded text is shown.
PROVEN: Mapping[Proven, Text] = {
    "proved": Text("đã chứng minh", "proved"),
    "contradicted": Text("có điều trái với bản ghi", "contradicted"),
    "not-evidenced": Text("chưa có bằng chứng", "not evidenced"),
    "not-asked": Text(
        "chưa hỏi: không có khóa, chứng thư tin cậy hay mã đối chứng",
        "not asked: no trusted key, certificate or witness",
    ),
}
TAKEN_OVER = Text(
    "tiếp nhận ở đợt {number}, chưa có bằng chứng phê duyệt",
    "taken over in release {number}, approval not evidenced",
)
WITHOUT_EVIDENCE = Text(
    "đợt {number} được ghi nhận khi chưa có bằng chứng phê duyệt",
    "release {number} was recorded with the approval not evidenced",
)
NO_EVIDENCE = Text("đợt {number} chưa kèm bằng chứng", "release {number} has no evidence")
NO_SIGNER = Text("đợt {number} không ghi người ký", "release {number} names no signer")
NO_DAY = Text(
    "đợt {number} không rõ ngày hiệu lực hoặc ngày ghi nhận",
    "release {number} has an unknown date",
)
NO_SIGNING_DAY = Text("đợt {number} không rõ ngày ký", "release {number} names no day of signing")
NO_APPROVAL = Text(
    "đợt {number} không ghi lần phê duyệt của «{role}»",
    "release {number} records no approval by «{role}»",
)
NOT_BY_ROLE = Text(
    "đợt {number} do «{signer}» ký, mà văn bản ghi «{role}» phê duyệt, và bản ghi không nêu ký "
    "thay (capacity)",
    "release {number} was signed by «{signer}», the text names «{role}» as its approver, and the "
    "record does not say in whose place (capacity)",
)
NO_TEXT = Text("chưa có nội dung ở đây để đối chiếu", "its text is not kept here to compare with")
REPLACED = Text(
    "{code}: tiếp nhận nhầm ở đợt {number}, đợt {by} thay: {reason}",
    "{code}: taken over by mistake in release {number}, replaced by release {by}: {reason}",
)
# What takes from every document in force that it is known to be the last: of a record that is gone
# or cannot be read nobody knows which it put in force.
OF_ALL = frozenset(
    {"release-unreadable", "release-missing", "release-vanished", "seal-without-record"}
    | {"witness-differs"}
)


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What is proved of one recorded text.

    `level`: what its approval is evidenced by; `reasons`: why it is not proved, none where it is;
    `proven`: the same in a word. «Not asked» is what a trusted key, a certificate or a witness
    would answer, where nobody gave one and nothing else is missing.
    """

    key: str
    code: str
    title: str
    issue: str
    revision: str
    check_code: str
    release: int
    level: Text
    reasons: tuple[Text, ...]
    proven: Proven

    @property
    def known_code(self) -> str:
        """The code; "" of a document without one: its record has its key there."""
        return "" if self.code == self.key else self.code

    @property
    def proved(self) -> bool:
        """Whether nothing is missing, and nothing speaks against it."""
        return self.proven == "proved"


def answer_documents(
    context: VerificationContext,
    against: Sequence[Discrepancy],
    missing: Sequence[MissingLink],
    levels: Mapping[int, Text],
    *,
    entries: Life | None = None,
    documents: Mapping[str, Document] | None = None,
) -> tuple[DocumentAnswer, ...]:
    """Return the answer for every document in force, or for some recorded texts, in their order.

    `against`: what the questions found; `missing`: links of the argument that are missing, by
    release; `levels`: what the best evidence for each release is worth; `entries`: the texts asked
    about, None for those in force; `documents`: those of the manual that the texts belong to, by
    key, None for the one at hand.
    """
    if entries is None:
        entries = context.register.entries_in_force()
    known = context.manual.documents if documents is None else documents
    told, unseen = _told_and_unseen(context.releases, against)
    of_all = tuple([point.message for point in against if point.slug in OF_ALL])
    against_records = {}
    unseen_of = {}
    for release in {release.number: release for release, _ in entries}.values():
        against_records[release.number] = _AgainstRecord(release, _told_of(release, told))
        unseen_of[release.number] = _AgainstRecord(release, _told_of(release, unseen))
    lacking: dict[int, list[MissingLink]] = {}
    for link in missing:
        lacking.setdefault(link.number, []).append(link)
    answers = []
    for release, item in entries:
        lost = lacking.get(release.number, ())
        document = known.get(item.key)
        own = (
            *_lacking(context, document, release, item),
            *unseen_of[release.number].reasons(item.key),
        )
        of_record = () if _rests_on_nothing(release, item) else tuple(map(_of_release, lost))
        speaking = (*against_records[release.number].reasons(item.key), *of_all)
        is_unasked = not own and all(_could_be_asked(context, link) for link in lost)
        answers.append(
            DocumentAnswer(
                key=item.key,
                code=item.code,
                title=item.title,
                issue=item.issue,
                revision=item.revision,
                check_code=item_check_code(item),
                release=release.number,
                level=levels[release.number],
                # What speaks against it comes first: that is what is to be looked at.
                reasons=tuple(dict.fromkeys((*speaking, *own, *of_record))),
                proven=_proven((*own, *of_record), speaking, is_unasked=is_unasked),
            )
        )
    return tuple(answers)


def _proven(lacking: Sequence[Text], speaking: Sequence[Text], *, is_unasked: bool) -> Proven:
    if speaking:
        return "contradicted"
    if not lacking:
        return "proved"
    return "not-asked" if is_unasked else "not-evidenced"


def _could_be_asked(context: VerificationContext, link: MissingLink) -> bool:
    """Whether something trusted that nobody gave would answer what is missing."""
    return link.unasked or (link.link == "seal" and context.witness is None)


def _rests_on_nothing(release: Release, item: ReleaseItem) -> bool:
    """Whether a text was recorded without any approval, so that no more need be missing."""
    return release.imported or item.taken_over is not None or release.without_evidence


def _lacking(
    context: VerificationContext, document: Document | None, release: Release, item: ReleaseItem
) -> Iterator[Text]:
    """What nobody recorded."""
    number = {"number": str(release.number)}
    # Of what no text was recorded, today's data are all there is.
    heads = recorded_heads(release, item, context.evidence)
    if not heads and document is not None:
        heads = (document.front_matter,)
    if heads and not any(map(_holds_text, heads)):
        yield NO_TEXT
    if release.imported or item.taken_over is not None:
        yield TAKEN_OVER.fill(number)
        return
    if release.without_evidence:
        yield WITHOUT_EVIDENCE.fill(number)
        return
    if not evidence.kinds(release):
        yield NO_EVIDENCE.fill(number)
    if release.signer is None or release.signer.person == UNKNOWN:
        yield NO_SIGNER.fill(number)
    if known_day(release.effective) is None or known_day(release.recorded) is None:
        yield NO_DAY.fill(number)
    elif signing_day(release) is None:
        yield NO_SIGNING_DAY.fill(number)
    yield from _not_approved(context, heads, release)


def _holds_text(head: FrontMatter) -> bool:
    """Whether a text is kept with a head: as words, or as the file that it names."""
    is_file = head.file is not None and head.parent is None
    return is_file or text_of(head.text) != "not-held"


def _not_approved(
    context: VerificationContext, heads: Iterable[FrontMatter], release: Release
) -> Iterator[Text]:
    """Yield which roles a text names that approved nothing: those before its signer, then his own.

    Whoever signs in another's place says so on the paper, and its record as his capacity.
    """
    named = tuple(dict.fromkeys(mark.text for head in heads for mark in head.approvers))
    approved = {approval.role for approval in release.approvals}
    role_name = context.manual.config.role_name
    number = {"number": str(release.number)}
    for role in named[:-1]:
        if role not in approved:
            yield NO_APPROVAL.fill({**number, "role": role_name(role)})
    signer = release.signer
    if signer is None or signer.capacity not in {"", UNKNOWN}:
        return
    for role in named[-1:]:
        if UNKNOWN in {role, signer.role} or role in {*approved, signer.role}:
            continue
        values = {"signer": role_name(signer.role), "role": role_name(role)}
        yield NOT_BY_ROLE.fill({**number, **values})


def _of_release(link: MissingLink) -> Text:
    """A missing link with the release that it is missing for."""
    return OF_RELEASE.fill({"number": str(link.number), "why": link.why})


def _told_of(release: Release, told: Mapping[str, Sequence[Text]]) -> tuple[Text, ...]:
    """What speaks against a record, or against the seal that is to bear it out."""
    paths = (release_path(release.number), seal_path(release.number))
    return tuple([message for path in paths for message in told.get(path, ())])


def _told_and_unseen(
    releases: Iterable[Release], against: Sequence[Discrepancy]
) -> tuple[dict[str, list[Text]], dict[str, list[Text]]]:
    """Return what speaks against something, and what is only missing, by the file it is told of.

    What could not be looked at here is missing. So is, of a record, that the one before it is not
    what it was.
    """
    links = _links_to_told(releases, against)
    speaking: list[Discrepancy] = []
    missing: list[Discrepancy] = []
    for point in against:
        is_missing = point.slug in UNSEEN_SLUGS or point in links
        (missing if is_missing else speaking).append(point)
    return _told_by_path(speaking), _told_by_path(missing)


def _links_to_told(
    releases: Iterable[Release], against: Sequence[Discrepancy]
) -> frozenset[Discrepancy]:
    """The links of the chain to a record of which something else is told: that one was altered."""
    links = {point.location.path: point for point in against if point.slug == "chain-broken"}
    told = {point.location.path for point in against if point.slug != "chain-broken"}
    return frozenset(
        links[release_path(release.number)]
        for release in releases
        if release_path(release.number) in links
        and not told.isdisjoint((release_path(release.number - 1), seal_path(release.number - 1)))
    )


def _told_by_path(against: Iterable[Discrepancy]) -> dict[str, list[Text]]:
    """What speaks against something, by the file that it is told of."""
    told: dict[str, list[Text]] = {}
    for discrepancy in against:
        told.setdefault(discrepancy.location.path, []).append(discrepancy.message)
    return told


class _AgainstRecord:
    """What speaks against the record of a release: of the whole record, or of a document in it.

    The latter begins with the code and a colon; it is looked through once for all documents.
    """

    def __init__(self, release: Release, told: Sequence[Text]) -> None:
        self._told = told
        self._keys: dict[str, set[str]] = {}
        for item in release.items:
            self._keys.setdefault(item.code, set()).add(item.key)
        self._longest = max(map(len, self._keys), default=0)
        self._of: dict[str, list[int]] = {}
        for place, message in enumerate(told):
            named = self._named(message.vi)
            if len(named) <= 1:
                self._of.setdefault(next(iter(named), ""), []).append(place)

    def _named(self, message: str) -> set[str]:
        """The documents whose code a message begins with."""
        named: set[str] = set()
        colon = message.find(": ", 0, self._longest + 2)
        while colon >= 0:
            named |= self._keys.get(message[:colon], set())
            colon = message.find(": ", colon + 1, self._longest + 2)
        return named

    def reasons(self, key: str) -> Iterator[Text]:
        """Yield what speaks against what is recorded of a document, in the order it was told."""
        for place in sorted((*self._of.get("", ()), *self._of.get(key, ()))):
            yield self._told[place]


def replaced_take_overs(releases: Sequence[Release]) -> tuple[Text, ...]:
    """Return what was taken over by mistake, and by which later record it is replaced."""
    replaced = []
    replacing = replacing_of(releases)
    for release in releases:
        for item in release.items:
            by = replacing_release(replacing, release, item)
            if by:
                values = {"code": item.code, "number": str(release.number), "by": str(by.number)}
                replaced.append(REPLACED.fill(values | {"reason": by.reason}))
    return tuple(replaced)
