"""Read a comment that begins with «qms:»: the rules that it suppresses, and why."""

from __future__ import annotations

import re

from qmstool.frozen import dataclass
from qmstool.patterns import regex

# The words of the grammar in the languages of manuals; all are equal.
ALLOW = {"vi": "bỏ qua", "en": "allow"}
BECAUSE = {"vi": "vì", "en": "because"}
AND = {"vi": "và", "en": "and"}


def _any(words: dict[str, str]) -> str:
    """Return the pattern for a word of the grammar in any language."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words.values())


_NAME = rf"(?!(?:{_any(BECAUSE)}|{_any(AND)})\b)[A-Za-z][\w-]*"
_OURS = regex(rf"\s*qms(?:tool)?(?:\s*[:\uff1a]|\s+(?:{_any(ALLOW)})\b)", re.IGNORECASE)
_COMMENT = regex(
    rf"\s*qms\s*:\s*(?:{_any(ALLOW)})"
    rf"\s+(?P<rules>{_NAME}(?:\s*(?:[,;]|\s(?:{_any(AND)})\s)\s*{_NAME})*)"
    rf"(?:\s*[,;]?\s*(?:{_any(BECAUSE)})(?:\s+(?P<reason>\S.*?))?)?\s*[,;]?\s*",
    re.IGNORECASE | re.DOTALL,
)
_RULE = regex(_NAME, re.IGNORECASE)
_WHY = regex(
    r"\b(?:bởi\s+vì|vì|do|because|since|as|lý\s+do\s*:?|reason\s*:?)\s+(?P<reason>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = regex(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class SuppressionComment:
    """The names of rules, each with its offsets, and the reason, "" for none.

    Without any name the comment was not understood.
    """

    rules: tuple[tuple[str, int, int], ...]
    reason: str


def parse_comment(text: str, start: int, end: int) -> SuppressionComment | None:
    """Read the words of the comment at `text[start:end]`, its marks left out.

    None for a comment that does not speak to the checker.
    """
    if not _OURS.match(text, start, end):
        return None
    comment = _COMMENT.fullmatch(text, start, end)
    if comment is None:
        return SuppressionComment((), "")
    names = _RULE.finditer(text, *comment.span("rules"))
    rules = tuple((name[0], *name.span()) for name in names)
    return SuppressionComment(rules, comment["reason"] or "")


def possible_rule_names(words: str) -> list[str]:
    """Return the words of a comment that could be names of rules, the likeliest first.

    A name has a hyphen or a digit.
    """
    names = _TOKEN.findall(words.partition(":")[2] or words)
    return sorted(names, key=lambda name: not re.search(r"[-\d]", name))


def reason(words: str) -> str:
    """Return what follows «vì», «because» and the like in the words of a comment."""
    why = _WHY.search(words)
    return " ".join(why["reason"].split()) if why else ""


def format_comment(name: str, why: str, lang: str) -> str:
    """Return the comment as it should be written, without its marks."""
    return f"qms: {ALLOW[lang]} {name}, {BECAUSE[lang]} {why or '…'}"
