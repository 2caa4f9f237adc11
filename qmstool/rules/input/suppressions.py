"""Rules on allowances: comments that silence a rule have to name one, say why, and still silence something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.parsing.suppressions import ALLOW, BECAUSE, meant, reason, tokens
from qmstool.parsing.yaml.records import nearest
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.suppressions import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.suppressions import Suppression

GRAMMAR = {
    f"{name}_{lang}": each[lang]
    for name, each in (("allow", ALLOW), ("because", BECAUSE))
    for lang in each
}
ID = re.compile(r"QMS\d+", re.IGNORECASE)


@rule(
    "QMS019",
    "unknown-rule",
    Severity.WARNING,
    title=Text("Không rõ tắt hay bỏ qua quy tắc nào", "It is not clear which rule is silenced"),
    message=Text("{said_vi}", "{said_en}"),
)
def unknown_rule(facts: Facts) -> Iterator[Fault]:
    """Comments that begin with «qms:» and are not understood, and allowances and `check.off` that name no rule."""
    slugs = tuple(facts.ids.values())
    places = [(each.slug, each.location) for each in facts.allowances if each.slug]
    places += [(mark.text, mark.location) for mark in facts.manual.config.off]
    for name, place in places:
        if slug_of(name, facts.ids) not in slugs:
            told = NO_RULE.fill({"rule": name})
            yield Fault(
                place,
                {"said_vi": told.vi, "said_en": told.en},
                None if ID.fullmatch(name) else nearest(name, slugs),
            )
    for each in facts.allowances:
        if not each.slug:
            told = UNCLEAR.fill(GRAMMAR)
            yield Fault(
                each.location, {"said_vi": told.vi, "said_en": told.en}, _meant(each, facts)
            )


def _meant(comment: Suppression, facts: Facts) -> str | None:
    """How a comment should have been written; None where it names nothing like a rule."""
    slugs = tuple(facts.ids.values())
    for word in tokens(comment.words):
        name = slug_of(word, facts.ids)
        close = name if name in slugs else nearest(name, slugs) if "-" in name else None
        if close is not None:
            return meant(close, reason(comment.words), facts.manual.config.language)
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
def allowance_without_reason(facts: Facts) -> Iterator[Fault]:
    """Allowances that do not say why."""
    because = BECAUSE[facts.manual.config.language]
    for each in facts.allowances:
        if each.slug and not each.reason:
            yield Fault(each.location, {"rule": each.slug}, f"{each.slug}, {because} ")


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
)
def unused_allowance(facts: Facts) -> Iterator[Fault | Unasked]:
    """Allowances for which nothing was found; not told while a file is broken, since what it hides could be found tomorrow."""
    for each in facts.idle:
        if facts.lost.first is not None:
            yield Unasked.of(facts.lost.first)
            return
        yield Fault(each.location, {"rule": each.slug})


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


RULES: tuple[Rule, ...] = (
    unknown_rule,
    allowance_without_reason,
    unused_allowance,
)
