"""Read the front matter of a controlled document from its record, or from a text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.front_matter import FrontMatter, OwnClaim, Recipient, RegisteredPaper
from qmstool.manual.loading.values import read_count, read_day
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.manual.schema.releases import CLAIMS
from qmstool.parsing.codes import fold_code
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.schema import UNKNOWN

if TYPE_CHECKING:
    from qmstool.manual.config import Habits
    from qmstool.parsing.yaml.records import Record


_KEYS = tuple(field.name for field in DOCUMENT.fields)


def read_front_matter(record: Record) -> FrontMatter:
    """Read what the data of a document say."""
    paper = record.record("paper")
    return FrontMatter(
        keys=frozenset(filter(record.__contains__, _KEYS)),
        type=record.get("type"),
        title=record.get("title"),
        text=record.get("text"),
        owner=record.get("owner"),
        authors=record.list("authors"),
        reviewers=record.list("reviewers"),
        approvers=record.one_or_more("approver"),
        review_months=read_count(record, "review_months"),
        retention=record.text("retention"),
        distribution=tuple(_recipient(entry) for entry in record.entries("distribution")),
        replaces=record.list("replaces"),
        withdraw=record.get("withdraw"),
        paper=_paper(paper) if paper else None,
        file=record.get("file"),
        parent=record.get("parent"),
        records=record.list("records"),
        note=record.text("note"),
        claims=tuple(mark for what in CLAIMS if (mark := _claim(record, what))),
    )


def _claim(record: Record, what: str) -> OwnClaim | None:
    """Return what the text claims of itself under a key, and the key as it stands there."""
    mark = record.get(what)
    if mark is None or mark.text == UNKNOWN:
        return None
    key = record.keys[what]
    return OwnClaim(what, mark, key.source.text[key.start : key.end])


def parse_front_matter(text: str, habits: Habits) -> FrontMatter | None:
    """Read the data of a document's text as some version has it; None where it is unreadable."""
    record = _parse_head(text, habits)
    return read_front_matter(record) if record is not None else None


def parse_key(text: str, habits: Habits) -> str:
    """Read which document the head of a text says that it is of; "" where it says none."""
    record = _parse_head(text, habits)
    if record is None:
        return ""
    said = (record.text("code"), record.text("key"))
    return next((fold_code(word) for word in said if word not in {"", UNKNOWN}), "")


def _parse_head(text: str, habits: Habits) -> Record | None:
    # Most checks read few heads.
    from qmstool.manual.loading.foreign import in_our_words  # noqa: PLC0415
    from qmstool.parsing.yaml.record_reader import read_record  # noqa: PLC0415

    front = composer.find_front_matter(text)
    if front is None:
        return None
    start, end, _ = front
    source = SourceFile("", text.encode())
    node, _ = composer.compose(source, start, end)
    node, _ = in_our_words(node, habits)
    record, _ = read_record(node, DOCUMENT, LocatedText("", source, 0, 0))
    return record


def _recipient(record: Record) -> Recipient:
    return Recipient(record.get("unit"), record.text("medium"), read_count(record, "copies"))


def _paper(record: Record) -> RegisteredPaper:
    return RegisteredPaper(
        issue=record.text("issue", "unknown"),
        revision=record.text("revision", "unknown"),
        effective=read_day(record, "effective"),
    )
