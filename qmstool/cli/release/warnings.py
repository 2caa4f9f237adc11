"""Warn of what a release prepared or recorded would bring about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.i18n import Text
from qmstool.register.opinions import never_asked, state
from qmstool.tables.registers import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmstool.candidates.candidate import Candidate
    from qmstool.cli.context import HistoryContext
    from qmstool.register.preempted import Cancelled

PREPARED = Text(
    "Chú ý: {codes} còn nằm trong đợt {number}, đến {day} mới có hiệu lực. Nếu hồ sơ này có "
    "hiệu lực trước ngày ấy, đợt {number} "
    "sẽ không có hiệu lực đối với {codes}. Muốn giữ cả hai: ghi nhận xong, lập thêm một hồ "
    "sơ gộp hai nội dung, có hiệu lực từ "
    "{day}.",
    "Note: release {number}, in force only from {day}, holds {codes} too. If this candidate "
    "takes effect before that day, "
    "release {number} never will for {codes}. To keep both: record this one, then prepare "
    "another that joins the two texts, in "
    "force from {day}.",
)
RECORDED = Text(
    "Chú ý: ghi nhận như vậy thì đợt {number} (hiệu lực từ {day}) sẽ không có hiệu lực đối "
    "với {codes}. Văn bản đã ký đúng là "
    "muốn thế: xóa bản ghi vừa ghi, ghi lại với --cancels {number}. Nếu không: lập thêm một "
    "hồ sơ gộp hai nội dung, có hiệu lực "
    "từ {day}.",
    "Note: recorded like this, release {number} (in force from {day}) will never take effect "
    "for {codes}. If the signed "
    "instrument means that: delete this record, and record again with --cancels {number}. If "
    "not: prepare another that joins the "
    "two texts, in force from {day}.",
)


def warn_of_preempted(context: HistoryContext, found: Iterable[Cancelled], message: Text) -> None:
    """Say which scheduled releases would never take effect, and what to do."""
    for each in found:
        values = {
            "number": str(each.release.number),
            "day": each.release.effective,
            "codes": each.codes,
        }
        console.print_note(message.fill(values), context.lang)


def warn_of_missing_opinions(context: HistoryContext, made: Candidate) -> None:
    """Say which units concerned were not asked for their opinion, and whose answer is overdue."""
    found = context.manual.opinions.get(made.key)
    where = f"releases/opinions/{made.key}.yml"
    for unit, names in never_asked(context.manual, made.keys, found, context.today).items():
        codes, name = ", ".join(names), unit_name(context.manual, unit, context.lang)
        text = Text(
            (
                f"{codes}: chưa lấy ý kiến {name}, là nơi nhận hoặc nơi xem xét. Nếu đã hỏi, ghi "
                f"vào {where}."
            ),
            (
                f"{codes}: {name}, which receives or reviews it, was not asked. If it was, "
                f"record that in {where}."
            ),
        )
        console.print_note(text, context.lang)
    for each in found.asked if found else ():
        if state(each, context.today) == "overdue":
            name = unit_name(context.manual, each.unit.text, context.lang)
            text = Text(
                f"{name} quá hạn trả lời từ {each.due}.",
                f"The answer of {name} is overdue since {each.due}.",
            )
            console.print_note(text, context.lang)
