"""Rules on allowances: comments that silence a rule have to name one, say why, and still silence something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Text
from qmstool.rules.rule import Facts, Rule
from qmstool.sources.entries import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator


def unknown_rule(facts: Facts) -> Iterator[Fault]:
    """Allowances and `check.off` that name no rule."""
    places = [(each.slug, each.location) for each in facts.allowances]
    places += [(mark.text, mark.location) for mark in facts.manual.config.off]
    for slug, place in places:
        if slug not in facts.slugs:
            yield Fault(place, {"rule": slug}, nearest(slug, facts.slugs))


def allowance_without_reason(facts: Facts) -> Iterator[Fault]:
    """Allowances that do not say why."""
    return (Fault(each.location, {"rule": each.slug}, f"{each.slug}, vì ") for each in facts.allowances if not each.reason)


def unused_allowance(facts: Facts) -> Iterator[Fault]:
    """Allowances for which nothing was found; not told while a file is broken, since what it hides could be found tomorrow."""
    for each in facts.idle if facts.idle and not facts.lost.broken else ():
        yield Fault(each.location, {"rule": each.slug})


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS019", "unknown-rule", W,
        Text("Tắt hoặc bỏ qua một quy tắc không có", "No such rule"),
        Text(
            "Ở đây tắt quy tắc «{rule}», nhưng không có quy tắc nào tên như vậy, nên không tắt được gì. Hãy sửa tên.",
            "This silences the rule «{rule}», but no rule has that name, so nothing is silenced. Fix the name.",
        ),
        unknown_rule,
    ),
    Rule(
        "QMS020", "allowance-without-reason", W,
        Text("Bỏ qua một quy tắc mà không nêu lý do", "A rule silenced without a reason"),
        Text(
            "Ở đây bỏ qua quy tắc «{rule}» mà không nói vì sao, nên quy tắc vẫn được kiểm tra. Hãy ghi thêm «vì …».",
            "This silences the rule «{rule}» without saying why, so the rule still applies. Add «because …».",
        ),
        allowance_without_reason,
    ),
    Rule(
        "QMS025", "unused-allowance", W,
        Text("Chú thích bỏ qua không còn tác dụng", "An allowance that silences nothing"),
        Text(
            "Ở đây bỏ qua quy tắc «{rule}», nhưng chỗ này không còn gì để bỏ qua. Hãy xóa chú thích; để lại thì lỗi thật sau này "
            "cũng bị bỏ qua.",
            "This silences the rule «{rule}», which finds nothing here any more. Take the comment out; left in, it would silence "
            "the next real finding.",
        ),
        unused_allowance, ("others",),
    ),
)
