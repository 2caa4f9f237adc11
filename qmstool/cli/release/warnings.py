"""Warn of what a release prepared or recorded would bring about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.i18n import Text
from qmstool.manual.values import known_day, written_day
from qmstool.register.effect import last_acts, unsaid_items, valid_releases
from qmstool.register.opinions import opinion_state, units_never_asked
from qmstool.tables.registers import unit_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from qmstool.cli.context import HistoryContext
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.values import Day
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


BEFORE_SIGNED = Text(
    "Chú ý: ngày ghi nhận {recorded} ở trước ngày ký {signed}. Nếu đồng hồ của máy sai, hãy xóa "
    "bản ghi vừa ghi rồi ghi lại với --recorded.",
    "Note: the day of recording, {recorded}, lies before that of signing, {signed}. If the clock "
    "of this machine is wrong, delete this record and record again with --recorded.",
)
NEVER_ASKED = Text(
    "{codes}: chưa lấy ý kiến {unit}, là nơi nhận hoặc nơi xem xét. Nếu đã hỏi, ghi vào {path}.",
    "{codes}: {unit}, which receives or reviews it, was not asked. If it was, record that in "
    "{path}.",
)
UNDONE = Text(
    "Chú ý: bản ghi đợt {number} không còn tính, mà bản ghi này không nói gì về {codes}: phần ấy "
    "trở lại như trước đợt {number}, hoặc không còn hiệu lực. Nếu văn bản đã ký không muốn thế: "
    "xóa bản ghi vừa ghi, lập hồ sơ gồm đủ {codes} rồi ghi lại.",
    "Note: record {number} no longer counts, and this one says nothing of {codes}: that is again "
    "as it was before release {number}, or no longer in force. If the signed instrument does not "
    "mean that: delete this record, prepare a candidate that holds {codes} too, and record again.",
)
OVERDUE = Text("{unit} quá hạn trả lời từ {day}.", "The answer of {unit} is overdue since {day}.")


def warn_of_early_day(context: HistoryContext, signed: Day, recorded: date) -> None:
    """Tell where a record bears a day before that of its signature, as a wrong clock makes it."""
    day = known_day(signed)
    if day is not None and recorded < day:
        values = {"recorded": str(recorded), "signed": str(day)}
        console.print_note(BEFORE_SIGNED.fill(values), context.lang)


def warn_of_preempted(
    context: HistoryContext, cancelled: Iterable[Cancelled], message: Text
) -> None:
    """Say which scheduled releases would never take effect, and what to do."""
    for lost in cancelled:
        values = {
            "number": str(lost.release.number),
            "day": str(lost.release.effective),
            "codes": lost.codes,
        }
        console.print_note(message.fill(values), context.lang)


def warn_of_undone(context: HistoryContext, candidate: Candidate, mends: Collection[int]) -> None:
    """Say what a record undoes that puts others right and leaves out some of their documents."""
    releases = context.manual.releases
    counting = [release for release in releases if release.number not in mends]
    last = last_acts(valid_releases(counting)) | dict.fromkeys(candidate.keys, sys.maxsize)
    for mended in releases:
        items = unsaid_items(mended, last) if mended.number in mends else ()
        if items:
            codes = ", ".join(item.code for item in items)
            values = {"number": str(mended.number), "codes": codes}
            console.print_note(UNDONE.fill(values), context.lang)


def warn_of_missing_opinions(context: HistoryContext, candidate: Candidate) -> None:
    """Say which units concerned were not asked for their opinion, and whose answer is overdue."""
    manual, lang = context.manual, context.lang
    opinions = manual.opinions.get(candidate.key)
    path = f"releases/opinions/{candidate.key}.yml"
    for unit, codes in units_never_asked(manual, candidate.keys, opinions, context.today).items():
        values = {"codes": ", ".join(codes), "unit": unit_name(manual, unit, lang), "path": path}
        console.print_note(NEVER_ASKED.fill(values), lang)
    if opinions is None:
        return
    for request in opinions.requests:
        if opinion_state(request, context.today) == "overdue":
            unit = unit_name(manual, request.unit.text, lang)
            console.print_note(OVERDUE.fill({"unit": unit, "day": written_day(request.due)}), lang)
