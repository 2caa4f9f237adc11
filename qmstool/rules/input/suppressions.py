"""Check comments that suppress a rule: each names one, says why, and still suppresses something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.suppressions import ALLOW, BECAUSE, format_comment, possible_rule_names, reason
from qmstool.patterns import regex
from qmstool.rules.base.hiders import while_anything_is_lost
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.suppressions import slug_of
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.suppressions import Suppression

GRAMMAR = {
    **{f"allow_{lang}": word for lang, word in ALLOW.items()},
    **{f"because_{lang}": word for lang, word in BECAUSE.items()},
}

RULE_ID = regex(r"QMS\d+", re.IGNORECASE)

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
    (
        "Không hiểu chú thích này, nên nó không bỏ qua được gì. Hãy viết «qms: {allow_vi} "
        "tên-quy-tắc, {because_vi} lý do»; tên hay số của quy tắc thì lấy từ báo cáo."
    ),
    (
        "This comment is not understood, so it silences nothing. Write «qms: {allow_en} "
        "name-of-rule, {because_en} reason»; the report gives the name or id."
    ),
)


@rule(
    "QMS019",
    "unknown-rule",
    Severity.WARNING,
    title=Text("Không rõ tắt hay bỏ qua quy tắc nào", "It is not clear which rule is silenced"),
    message=Text("{said_vi}", "{said_en}"),
)
def unknown_rule(facts: Facts) -> Iterator[Violation]:
    """Find comments and entries of `check.off` and `ask` that name no rule, or are not clear."""
    slugs = tuple(facts.slugs_by_id.values())
    named = [(comment.slug, comment.location) for comment in facts.suppressions if comment.slug]
    config = facts.manual.config
    named += [(mark.text, mark.location) for mark in (*config.rules_off, *config.rules_asked)]
    for name, place in named:
        if slug_of(name, facts.slugs_by_id) not in slugs:
            similar = None if RULE_ID.fullmatch(name) else nearest_name(name, slugs)
            yield Violation(place, bilingual(said=NO_RULE.fill({"rule": name})), similar)
    for comment in facts.suppressions:
        if not comment.slug:
            values = bilingual(said=UNCLEAR.fill(GRAMMAR))
            yield Violation(comment.location, values, _rewrite(comment, facts))


def _rewrite(comment: Suppression, facts: Facts) -> str | None:
    """Return a comment as it should be written; None where it names nothing like a rule."""
    slugs = tuple(facts.slugs_by_id.values())
    for word in possible_rule_names(comment.words):
        slug: str | None = slug_of(word, facts.slugs_by_id)
        if slug not in slugs:
            slug = nearest_name(slug, slugs) if slug and "-" in slug else None
        if slug is not None:
            return format_comment(slug, reason(comment.words), facts.manual.config.screen)
    return None


@rule(
    "QMS020",
    "allowance-without-reason",
    Severity.WARNING,
    title=Text("Bỏ qua một quy tắc mà không nêu lý do", "A rule silenced without a reason"),
    message=Text(
        (
            "Ở đây bỏ qua quy tắc «{rule}» mà không nói vì sao, nên quy tắc vẫn được kiểm "
            "tra. Hãy ghi thêm «vì …»."
        ),
        (
            "This silences the rule «{rule}» without saying why, so the rule still applies. "
            "Add «because …»."
        ),
    ),
)
def allowance_without_reason(facts: Facts) -> Iterator[Violation]:
    """Find comments that suppress a rule without saying why."""
    because = BECAUSE[facts.manual.config.screen]
    for comment in facts.suppressions:
        if comment.slug and not comment.reason:
            example = f"{comment.slug}, {because} "
            yield Violation(comment.location, {"rule": comment.slug}, example)


@rule(
    "QMS025",
    "unused-allowance",
    Severity.WARNING,
    title=Text("Chú thích bỏ qua không còn tác dụng", "An allowance that silences nothing"),
    message=Text(
        (
            "Ở đây bỏ qua quy tắc «{rule}», nhưng chỗ này không còn gì để bỏ qua. Hãy xóa "
            "chú thích; để lại thì lỗi thật sau này cũng bị bỏ qua."
        ),
        (
            "This silences the rule «{rule}», which finds nothing here any more. Take the "
            "comment out; left in, it would silence the next real finding."
        ),
    ),
    needs=("others",),
    # What a broken file hides might be found again once it can be read.
    hidden_by=(while_anything_is_lost,),
)
def unused_allowance(facts: Facts) -> Iterator[Violation]:
    """Find comments that suppressed nothing."""
    for comment in facts.unused_suppressions:
        yield Violation(comment.location, {"rule": comment.slug})


RULES: tuple[Rule, ...] = (
    unknown_rule,
    allowance_without_reason,
    unused_allowance,
)
