"""A comment that begins with «qms:» → the rules that it silences and why, or the news that it cannot be understood."""

from __future__ import annotations

import re

from qmstool.frozen import dataclass

# The words of the grammar, in the languages of the manuals: all forms are equal.
ALLOW = {"vi": "bỏ qua", "en": "allow"}
BECAUSE = {"vi": "vì", "en": "because"}
AND = {"vi": "và", "en": "and"}


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in words.values())


_NAME = rf"(?!(?:{_any(BECAUSE)}|{_any(AND)})\b)[A-Za-z][\w-]*"
_OURS = re.compile(rf"\s*qms(?:tool)?(?:\s*[:\uff1a]|\s+(?:{_any(ALLOW)})\b)", re.IGNORECASE)
_SAID = re.compile(
    rf"\s*qms\s*:\s*(?:{_any(ALLOW)})\s+(?P<rules>{_NAME}(?:\s*(?:[,;]|\s(?:{_any(AND)})\s)\s*{_NAME})*)"
    rf"(?:\s*[,;]?\s*(?:{_any(BECAUSE)})(?:\s+(?P<reason>\S.*?))?)?\s*[,;]?\s*",
    re.IGNORECASE | re.DOTALL,
)
_EACH = re.compile(_NAME, re.IGNORECASE)
_WHY = re.compile(
    r"\b(?:bởi\s+vì|vì|do|because|since|as|lý\s+do\s*:?|reason\s*:?)\s+(?P<reason>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class SuppressionComment:
    """The names of rules, each with its offsets, and the reason, "" for none.

    Without any name the comment was not understood.
    """

    rules: tuple[tuple[str, int, int], ...]
    reason: str


def parse_comment(text: str, start: int, end: int) -> SuppressionComment | None:
    """Read the words of the comment at `text[start:end]`, its marks left out; None for one that does not speak to the checker."""
    if not _OURS.match(text, start, end):
        return None
    found = _SAID.fullmatch(text, start, end)
    if found is None:
        return SuppressionComment((), "")
    names = tuple((each[0], *each.span()) for each in _EACH.finditer(text, *found.span("rules")))
    return SuppressionComment(names, found["reason"] or "")


def possible_rule_names(words: str) -> list[str]:
    """The words of a comment that could be names of rules, the likeliest first: a name has a hyphen, or a digit."""
    found = _TOKEN.findall(words.partition(":")[2] or words)
    return sorted(found, key=lambda each: not re.search(r"[-\d]", each))


def reason(words: str) -> str:
    """What follows «vì», «because» and the like in the words of a comment."""
    found = _WHY.search(words)
    return " ".join(found["reason"].split()) if found else ""


def format_comment(name: str, why: str, lang: str) -> str:
    """The comment as it should be written, without its marks."""
    return f"qms: {ALLOW[lang]} {name}, {BECAUSE[lang]} {why or '…'}"
