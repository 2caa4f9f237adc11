"""Rules on allowances: comments that silence a rule have to name one, say why, and still silence something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.suppressions import ALLOW, BECAUSE, format_comment, possible_rule_names, reason
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.base.suppressions import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.suppressions import Allowed

GRAMMAR = {
    f"{name}_{lang}": each[lang]
    for name, each in (("allow", ALLOW), ("because", BECAUSE))
    for lang in each
}
ID = re.compile(r"QMS\d+", re.IGNORECASE)


def unknown_rule(facts: Facts) -> Iterator[Violation]:
    """Comments that begin with «qms:» and are not understood, and allowances and `check.off` that name no rule."""
    slugs = tuple(facts.ids.values())
    places = [(each.slug, each.location) for each in facts.allowances if each.slug]
    places += [(mark.text, mark.location) for mark in facts.manual.config.off]
    for name, place in places:
        if slug_of(name, facts.ids) not in slugs:
            told = NO_RULE.fill({"rule": name})
            yield Violation(
                place,
                {"said_vi": told.vi, "said_en": told.en},
                None if ID.fullmatch(name) else nearest_name(name, slugs),
            )
    for each in facts.allowances:
        if not each.slug:
            told = UNCLEAR.fill(GRAMMAR)
            yield Violation(
                each.location, {"said_vi": told.vi, "said_en": told.en}, _meant(each, facts)
            )


def _meant(comment: Allowed, facts: Facts) -> str | None:
    """How a comment should have been written; None where it names nothing like a rule."""
    slugs = tuple(facts.ids.values())
    for word in possible_rule_names(comment.words):
        name = slug_of(word, facts.ids)
        close = name if name in slugs else nearest_name(name, slugs) if "-" in name else None
        if close is not None:
            return format_comment(close, reason(comment.words), facts.manual.config.language)
    return None


def allowance_without_reason(facts: Facts) -> Iterator[Violation]:
    """Allowances that do not say why."""
    because = BECAUSE[facts.manual.config.language]
    for each in facts.allowances:
        if each.slug and not each.reason:
            yield Violation(each.location, {"rule": each.slug}, f"{each.slug}, {because} ")


def unused_allowance(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Allowances for which nothing was found; not told while a file is broken, since what it hides could be found tomorrow."""
    for each in facts.idle:
        if facts.lost.first is not None:
            yield NotChecked.of(facts.lost.first)
            return
        yield Violation(each.location, {"rule": each.slug})


NO_RULE = Text(
    (
        "Ở đây tắt quy tắc «{rule}», nhưng không có quy tắc nào tên như vậy, nên không tắt được "
        "gì. Hãy sửa tên."
    ),
    (
        "This silences the rule «{rule}», but no rule has that name, so nothing is silenced. Fix "
        "the name."
    ),
)
UNCLEAR = Text(
    "Không hiểu chú thích này, nên nó không bỏ qua được gì. Hãy viết «qms: {allow_vi} "
    "tên-quy-tắc, {because_vi} lý do»; tên hay số "
    "của quy tắc thì lấy từ báo cáo.",
    "This comment is not understood, so it silences nothing. Write «qms: {allow_en} "
    "name-of-rule, {because_en} reason»; the "
    "report gives the name or id.",
)
E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS019", "unknown-rule", W,
        Text("Không rõ tắt hay bỏ qua quy tắc nào", "It is not clear which rule is silenced"),
        Text("{said_vi}", "{said_en}"),
        unknown_rule,
    ),
    Rule(
        "QMS020", "allowance-without-reason", W,
        Text("Bỏ qua một quy tắc mà không nêu lý do", "A rule silenced without a reason"),
        Text(
            (
                "Ở đây bỏ qua quy tắc «{rule}» mà không nói vì sao, nên quy tắc vẫn được kiểm "
                "tra. Hãy ghi thêm «vì …»."
            ),
            (
                "This silences the rule «{rule}» without saying why, so the rule still applies. "
                "Add «because …»."
            ),
        ),
        allowance_without_reason,
    ),
    Rule(
        "QMS025", "unused-allowance", W,
        Text("Chú thích bỏ qua không còn tác dụng", "An allowance that silences nothing"),
        Text(
            "Ở đây bỏ qua quy tắc «{rule}», nhưng chỗ này không còn gì để bỏ qua. Hãy xóa "
            "chú thích; để lại thì lỗi thật sau này "
            "cũng bị bỏ qua.",
            "This silences the rule «{rule}», which finds nothing here any more. Take the "
            "comment out; left in, it would silence "
            "the next real finding.",
        ),
        unused_allowance, ("others",),
    ),
)
