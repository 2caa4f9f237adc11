"""Record that a unit was asked about a candidate, and what it answered (`record opinion`)."""

from __future__ import annotations

from functools import partial
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
    from collections.abc import Callable

    from qmstool.manual.circulation import OpinionRequest, Opinions
    from qmstool.releases.canonical_yaml import Value

UNIT = Text("Đơn vị được hỏi", "Unit that is asked")
SENT = Text("Ngày gửi, bỏ trống là hôm nay", "Day it was sent, today if left empty")
ANSWERED = Text("Ngày trả lời, bỏ trống là hôm nay", "Day of the answer, today if left empty")
NOBODY_WAITS = Text(
    "Không có yêu cầu nào còn chờ đơn vị ấy trả lời.",
    "No request waits for an answer of that unit.",
)
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
    kept, evidence = writing.read_evidence(options, context)
    opinions = context.manual.opinions.get(options.key)
    with_words: Callable[[str], str]
    if options.answer and not evidence and _meant(options, opinions):
        with_words = partial(_with_answer, options, context, path)
    else:
        question = ("sent", SENT, asking.day_or_today(context.today, context.manual.config))
        asking.ask_missing(options, (question,), context.lang)
        entry = writing.with_evidence(options, _entry(options, context), evidence)
        head = {"candidate": options.key}
        with_words = partial(add_entry, path, key="asked", entry=entry, head=head)
    message = Text(f"Ghi ý kiến về {options.key}", f"Record an opinion on {options.key}")
    status = writing.write_record(options, context, path, with_words, kept, message)
    if opinions is None:
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


def _with_answer(options: argparse.Namespace, context: HistoryContext, path: str, text: str) -> str:
    """Return a text of the record with an answer in the request that waits for it."""
    manual = writing.read_manual(context, path, text)
    request = _meant(options, manual.opinions.get(options.key))
    if request is None:
        raise QmsError(NOBODY_WAITS)
    if request.answer:
        return text
    return add_fields(path, text, "asked", request.unit.location.line, _answer(options))


def _meant(options: argparse.Namespace, opinions: Opinions | None) -> OpinionRequest | None:
    """The request that an answer goes to: that waits for one, or has this one from a run before.

    None for none, or where one is sent anew.
    """
    if opinions is None or options.sent is not None:
        return None
    asked = [each for each in opinions.requests if each.unit.text == options.unit]
    waiting = [each for each in asked if not each.answer]
    said = _answer(options)
    answered = [each for each in asked if _answer_of(each) == said]
    return next(iter(waiting or answered), None)


def _answer_of(request: OpinionRequest) -> dict[str, str]:
    """The answer in a request, as it would be written."""
    written = {
        "answered": written_day(request.answered.day if request.answered else None),
        "answer": request.answer,
        "person": request.person,
        "comment": request.comment,
        "response": request.response,
    }
    return {name: text for name, text in written.items() if text}


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
