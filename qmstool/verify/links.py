"""Say which link of the argument is missing, record by record, where nothing speaks against it.

What goes in: how far each record is proved. What comes out: `MissingLink`s. A link that is missing
never lets the history pass as whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass
from qmstool.i18n import Text, join_texts
from qmstool.manual.values import known_day
from qmstool.register.effect import undone_silently
from qmstool.verify.records.sequence import check_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qmstool.manual.releases import Release
    from qmstool.verify.standing import RecordStanding

Link = Literal["seal", "key", "day", "signer", "evidence", "undone"]

NO_SEAL = Text(
    "không có niêm phong, và không có mã đối chứng giữ bên ngoài chứng minh bản ghi",
    "no seal, and no witness kept outside bears the record out",
)
KEY_OF_NOBODY = Text(
    "chưa ai cho biết khóa nào được niêm phong; hãy dùng --trust với danh sách khóa tin cậy",
    "nobody says which key might seal it; give the trusted keys with --trust",
)
KEY_OF_UNPROVED = Text(
    (
        "khóa niêm phong chỉ do đợt {number} cho phép, mà bản ghi đợt {number} chưa được chứng "
        "minh; hãy dùng --trust hoặc --witness"
    ),
    (
        "its key is allowed by release {number} alone, which is not proved itself; use --trust or "
        "--witness"
    ),
)
RECORD_BEFORE = Text(
    "thiếu bản ghi đợt trước, nên không biết khóa nào được niêm phong",
    "the record before it is missing, so nobody knows which key might seal it",
)
DAY_UNKNOWN = Text(
    "không ghi ngày ghi nhận; git thấy bản ghi lần đầu ngày {day}",
    "names no day of recording; git first saw the record on {day}",
)
NO_DAY = Text(
    "không ghi ngày ghi nhận, và không có git để biết ngày",
    "names no day of recording, and there is no git to tell it",
)
SEEN_LATE = Text(
    (
        "ghi nhận ngày {day}, nhưng git thấy bản ghi lần đầu ngày {seen}, khi khóa niêm phong "
        "không còn được tin cậy; hãy dùng --witness với mã đối chứng của đợt này"
    ),
    (
        "recorded on {day}, but git first saw it on {seen}, when its key was no longer trusted; "
        "give its witness code with --witness"
    ),
)
UNDONE = Text(
    "thay cho bản ghi đợt {mended} mà không nói gì về {codes}, nên không biết {codes} còn hiệu lực "
    "hay không; hãy ghi nhận một đợt nói rõ điều ấy",
    "it puts release {mended} right and says nothing of {codes}, so nobody knows whether that is "
    "still in force; record a release that says it",
)
NAMED = 5
"""How many of a row are named, before it is only counted."""
DAY_IMPOSSIBLE = Text("ngày ghi nhận không thể đúng", "the day of recording cannot be right")
RELEASES = Text("Đợt {numbers}: {why}.", "Release {numbers}: {why}.")


@dataclass(frozen=True, slots=True)
class MissingLink:
    """What is missing for one record. `why` is no whole sentence: the release stands before it.

    `unasked`: a trusted key, certificate or witness would answer it, and nobody gave one.
    """

    number: int
    link: Link
    why: Text
    unasked: bool = False


def chain_links(standings: Sequence[RecordStanding], today: date) -> tuple[MissingLink, ...]:
    """Return what is missing of seals, keys and days, by release; and what one undoes silently."""
    impossible = set()
    for against in check_dates([standing.release for standing in standings], today):
        if against.slug.startswith("recorded-"):
            impossible.add(against.location.path)
    links: list[MissingLink] = []
    # Release → the one that its signers go back to, which nothing proves.
    origins: dict[int, int] = {}
    for standing in standings:
        number = standing.release.number
        if standing.allowed_by:
            origins[number] = origins.get(standing.allowed_by, standing.allowed_by)
            if not standing.proved:
                why = KEY_OF_UNPROVED.fill({"number": str(origins[number])})
                links.append(MissingLink(number, "key", why, unasked=True))
        links += _own_links(standing)
        if standing.release.source.path in impossible:
            links.append(MissingLink(number, "day", DAY_IMPOSSIBLE))
        elif known_day(standing.release.recorded) is None:
            links += _day_links(standing)
        elif standing.seen_late and not standing.covered:
            days = {"day": str(standing.day), "seen": str(standing.seen_late)}
            links.append(MissingLink(number, "day", SEEN_LATE.fill(days)))
    links += undone_links([standing.release for standing in standings])
    return tuple(links)


def _own_links(standing: RecordStanding) -> Iterator[MissingLink]:
    number = standing.release.number
    if standing.seal == "none" and not standing.covered:
        yield MissingLink(number, "seal", NO_SEAL)
    elif standing.seal == "unlisted" or (standing.seal == "own-list" and not standing.covered):
        yield MissingLink(number, "key", KEY_OF_NOBODY, unasked=True)
    elif standing.seal == "unjudged" and standing.day:
        yield MissingLink(number, "key", RECORD_BEFORE)


def _day_links(standing: RecordStanding) -> Iterator[MissingLink]:
    """A baseline taken over without a seal claims no day."""
    number = standing.release.number
    if standing.release.imported and standing.seal == "none":
        return
    if standing.day is None:
        yield MissingLink(number, "day", NO_DAY)
    else:
        yield MissingLink(number, "day", DAY_UNKNOWN.fill({"day": standing.day.isoformat()}))


def undone_links(releases: Iterable[Release]) -> Iterator[MissingLink]:
    """Yield where a record puts another right and leaves out what that did to a document."""
    for mending, mended, items in undone_silently(releases):
        codes = name_some([item.code for item in items])
        why = UNDONE.fill({"mended": str(mended.number), "codes": codes})
        yield MissingLink(mending.number, "undone", why)


def name_some(codes: Sequence[str]) -> str:
    """Return codes in a row; of a long row its beginning, and how many there are."""
    row = ", ".join(codes[:NAMED])
    return row if len(codes) <= NAMED else f"{row}, … ({len(codes)})"


def links_text(links: Iterable[MissingLink]) -> Text | None:
    """Return missing links as sentences, releases that lack the same together; None without any."""
    numbers: dict[Text, list[str]] = {}
    for link in links:
        numbers.setdefault(link.why, []).append(str(link.number))
    sentences = []
    for why, releases in numbers.items():
        sentences.append(RELEASES.fill({"numbers": ", ".join(releases), "why": why}))
    return join_sentences(sentences)


def join_sentences(sentences: Iterable[Text | None]) -> Text | None:
    """Return sentences in a row; None where there is none."""
    present = [sentence for sentence in sentences if sentence]
    return join_texts(" ", present) if present else None
