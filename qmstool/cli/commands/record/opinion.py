"""Record that a unit was asked about a candidate, and what it answered (`record opinion`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.cli.days import parse_day
from qmstool.cli.recording import asking, writing
from qmstool.cli.release.document_options import parse_slug
from qmstool.i18n import QmsError, Text
from qmstool.manual.circulation import OPINIONS_FOLDER
from qmstool.manual.schema.circulation import ANSWERS
from qmstool.manual.values import written_day
from qmstool.parsing.similar import nearest_name
from qmstool.scaffold.entries import add_entry, add_fields

if TYPE_CHECKING:
    import argparse

    from qmstool.manual.circulation import OpinionRequest
    from qmstool.releases.canonical_yaml import Value

UNIT = Text("Đơn vị được hỏi", "Unit that is asked")
SENT = Text("Ngày gửi, bỏ trống là hôm nay", "Day it was sent, today if left empty")
ANSWERED = Text("Ngày trả lời, bỏ trống là hôm nay", "Day of the answer, today if left empty")
CLOSED = Text(
    "Hồ sơ «{key}» đã ghi nhận thành đợt {number}; ý kiến về nó đã là bằng chứng, không sửa nữa.",
    "The candidate «{key}» was recorded as release {number}; the opinions on it are evidence now, "
    "and change no more.",
)
OTHER_KEY = Text(
    "Chưa có hồ sơ trình ký «{key}»; có phải «{near}»? Nếu đúng vậy, hãy xóa {path} và chạy lại "
    "với «{near}».",
    "There is no candidate «{key}» yet; is it «{near}»? If so, delete {path} and run again with "
    "«{near}».",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "key", type=parse_slug, metavar="KEY", help="hồ sơ trình ký nào / which candidate"
    )
    parser.add_argument("--unit", metavar="UNIT", help="đơn vị được hỏi / unit that is asked")
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="CODE",
        help="về tài liệu nào; không nêu: tất cả / on which documents; none named: all",
    )
    parser.add_argument("--sent", type=parse_day, metavar="DAY", help="ngày gửi / day sent")
    parser.add_argument("--by", metavar="WHO", help="người gửi / who sent it")
    parser.add_argument("--letter", metavar="NO", help="số phiếu gửi / number of the letter")
    parser.add_argument(
        "--due", type=parse_day, metavar="DAY", help="hạn trả lời / day the answer is due"
    )
    parser.add_argument(
        "--answered", type=parse_day, metavar="DAY", help="ngày trả lời / day of the answer"
    )
    parser.add_argument("--answer", choices=ANSWERS, help="ý kiến / the answer")
    parser.add_argument("--person", metavar="WHO", help="người trả lời / who answered")
    parser.add_argument("--comment", metavar="…", help="nội dung góp ý / what was commented")
    parser.add_argument("--response", metavar="…", help="tiếp thu, giải trình / what came of it")
    writing.add_writing_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write a new entry, or the answer into the one that waits for it."""
    context = HistoryContext(options)
    release = context.manual.recorded_candidates.get(options.key)
    if release:
        raise QmsError(CLOSED.fill({"key": options.key, "number": str(release.number)}))
    asking.ask_missing(options, (("unit", UNIT, asking.read_words),), context.lang)
    asking.refuse_to_come(options, ("sent", "answered"), context.today)
    asking.refuse_unknown_unit(options.unit, context.manual)
    if options.answer:
        question = ("answered", ANSWERED, asking.day_or_today(context.today, context.manual.config))
        asking.ask_missing(options, (question,), context.lang)
    path = f"{OPINIONS_FOLDER}{options.key}.yml"
    before = writing.read_record(context, path)
    kept, evidence = writing.read_evidence(options, context)
    waiting = _waiting(options, context)
    if waiting and options.answer and not evidence:
        text = add_fields(path, before, "asked", waiting.unit.location.line, _answer(options))
    else:
        question = ("sent", SENT, asking.day_or_today(context.today, context.manual.config))
        asking.ask_missing(options, (question,), context.lang)
        entry = writing.with_evidence(options, _entry(options, context), evidence)
        text = add_entry(path, before, "asked", entry, {"candidate": options.key})
    message = Text(f"Ghi ý kiến về {options.key}", f"Record an opinion on {options.key}")
    status = writing.write_record(options, context, path, before, text, kept, message)
    if not before:
        _doubt_key(options.key, path, context)
    return status


def _doubt_key(key: str, path: str, context: HistoryContext) -> None:
    """Say which candidate is perhaps meant by a key that none has.

    Opinions may be asked before a candidate is written down, so a new key is none that is refused.
    """
    keys = [candidate.key for candidate in context.manual.candidates.values()]
    near = None if key in keys else nearest_name(key, keys)
    if near:
        words = {"key": key, "near": near, "path": path}
        console.print_note(OTHER_KEY.fill(words), context.lang)


def _waiting(options: argparse.Namespace, context: HistoryContext) -> OpinionRequest | None:
    """The request to this unit that has no answer yet; None for none, or where one is sent anew."""
    opinions = context.manual.opinions.get(options.key)
    if opinions is None or options.sent is not None:
        return None
    for request in opinions.requests:
        if request.unit.text == options.unit and not request.answer:
            return request
    return None


def _answer(options: argparse.Namespace) -> dict[str, str]:
    written = {
        "answered": written_day(options.answered),
        "answer": options.answer or "",
        "person": options.person or "",
        "comment": options.comment or "",
        "response": options.response or "",
    }
    return {name: text for name, text in written.items() if text}


def _entry(options: argparse.Namespace, context: HistoryContext) -> dict[str, Value]:
    entry: dict[str, Value] = {"unit": options.unit}
    if options.document:
        for code in options.document:
            context.document_key(code)
        entry["documents"] = options.document
    entry["sent"] = options.sent.isoformat()
    written = {
        "by": options.by or "",
        "reference": options.letter or "",
        "due": written_day(options.due),
    }
    return entry | {name: text for name, text in written.items() if text} | _answer(options)
