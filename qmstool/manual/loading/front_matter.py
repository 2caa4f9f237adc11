"""Read the front matter of a controlled document from its record, or from a text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.front_matter import FrontMatter, Paper, Recipient
from qmstool.manual.loading.values import read_count, read_day
from qmstool.manual.schema import DOCUMENT
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.record_reader import read_record

if TYPE_CHECKING:
    from qmstool.parsing.yaml.records import Record


def read_front_matter(record: Record) -> FrontMatter:
    """Read what the data of a document say."""
    paper = record.record("paper")
    return FrontMatter(
        keys=frozenset(field.name for field in DOCUMENT.fields if field.name in record),
        type=record.get("type"),
        title=record.get("title"),
        text=record.get("text"),
        owner=record.get("owner"),
        authors=record.list("authors"),
        reviewers=record.list("reviewers"),
        approver=record.get("approver"),
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
    )


def parse_front_matter(text: str) -> FrontMatter | None:
    """Read the data of a document's text as some version has it; None where it is unreadable."""
    front = composer.find_front_matter(text)
    if front is None:
        return None
    start, end, _ = front
    source = SourceFile("", text.encode())
    node, _ = composer.compose(source, start, end)
    record, _ = read_record(node, DOCUMENT, LocatedText("", source, 0, 0))
    return read_front_matter(record)


def _recipient(record: Record) -> Recipient:
    return Recipient(record.get("unit"), record.text("medium"), read_count(record, "copies"))


def _paper(record: Record) -> Paper:
    return Paper(
        issue=record.text("issue", "unknown"),
        revision=record.text("revision", "unknown"),
        effective=read_day(record, "effective"),
    )
