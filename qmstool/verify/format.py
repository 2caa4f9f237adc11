"""A verification → text for a terminal, and JSON: question, answer, why, places, the level of each release's evidence. Pure."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text
from qmstool.register.opinions import opinions_behind
from qmstool.releases.record import check_code
from qmstool.tables.opinions import opinions_summary
from qmstool.tables.registers import instrument_text
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual, Release
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.verification import AnsweredQuestion, Verification

SCHEMA = 1
WIDTH = 110
INDENT = " " * 22
HEAD = Text("Kiểm chứng ngày {day}", "Verified on {day}")
LEVELS = Text("Bằng chứng của từng đợt ban hành", "Evidence of each release")
RELEASE = Text("đợt {number}", "release {number}")
OPINIONS = Text("ý kiến: {sum}", "opinions: {sum}")
WITNESS = Text(
    (
        "Mã kiểm tra của đợt mới nhất, hãy chép giữ ở nơi khác để đối chứng: {number} {code}\n  "
        "SHA-256 {digest}"
    ),
    (
        "Check code of the newest release, to be kept elsewhere as a witness: {number} {code}\n  "
        "SHA-256 {digest}"
    ),
)
SUM = Text(
    "{yes} có · {no} không · {open} chưa có bằng chứng",
    "{yes} yes · {no} no · {open} not evidenced",
)


def to_text(found: Verification, manual: Manual, lang: Lang) -> str:
    """Return every answer for people, the places of what does not fit, and the level of each release's evidence."""
    lines = [HEAD.fill({"day": found.day.isoformat()}).get(lang), ""]
    for answer in found.answers:
        lines += [*_answer(answer, lang), ""]
    if manual.releases:
        lines += [
            LEVELS.get(lang),
            *(_release(each, manual, found.day, lang) for each in manual.releases),
            "",
        ]
        code = {
            "number": f"{manual.releases[-1].number:04d}",
            "code": check_code(found.newest),
            "digest": found.newest,
        }
        lines += [WITNESS.fill(code).get(lang), ""]
    counts = [sum(answer.outcome == outcome for answer in found.answers) for outcome in OUTCOMES]
    lines.append(
        SUM.fill(dict(zip(("yes", "no", "open"), map(str, counts), strict=True))).get(lang)
    )
    return "\n".join(lines) + "\n"


def _answer(answer: AnsweredQuestion, lang: Lang) -> Iterator[str]:
    yield f"{OUTCOMES[answer.outcome].get(lang):{len(INDENT) - 2}}  {answer.question.get(lang)}"
    yield textwrap.fill(
        answer.why.get(lang), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
    )
    for doubt in answer.doubts:
        where = doubt.location
        yield f"{INDENT}{where.path}:{where.line}:{where.column}  {doubt.message.get(lang)}"


def _release(each: Release, manual: Manual, day: date, lang: Lang) -> str:
    name = RELEASE.fill({"number": str(each.number)}).get(lang)
    files = [
        told
        for proof in evidence.approval_evidence(each)
        for told in (proof.text("file"), proof.text("reference"))
        if told
    ]
    heard = opinions_behind(manual, each)
    opinions = (
        OPINIONS.fill({"sum": opinions_summary(manual, heard, day).get(lang)}).get(lang)
        if heard
        else ""
    )
    told = (
        name,
        instrument_text(each, lang),
        evidence.level(each).get(lang),
        opinions,
        ", ".join(files),
    )
    return "  " + " · ".join(part for part in told if part)


def to_json(found: Verification, manual: Manual) -> str:
    """Return the same for a program, in both languages; a change of this shape raises `SCHEMA`."""
    data = {
        "schema": SCHEMA,
        "day": found.day.isoformat(),
        "holds": found.holds,
        "newest": found.newest,
        "answers": [
            {
                "key": answer.key,
                "question": _both(answer.question),
                "outcome": answer.outcome,
                "why": _both(answer.why),
                "doubts": [_doubt(doubt) for doubt in answer.doubts],
            }
            for answer in found.answers
        ],
        "releases": [_evidenced(each, manual, found.day) for each in manual.releases],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _evidenced(each: Release, manual: Manual, day: date) -> dict[str, object]:
    names = ("kind", "file", "reference", "digest", "original")
    told = [
        {name: proof.text(name) for name in names if proof.text(name)}
        for proof in each.entry.entries("evidence")
    ]
    heard = opinions_behind(manual, each)
    opinions = {"opinions": _both(opinions_summary(manual, heard, day))} if heard else {}
    return {
        "release": each.number,
        "level": _both(evidence.level(each)),
        "evidence": told,
        **opinions,
    }


def _doubt(doubt: Discrepancy) -> dict[str, object]:
    where = doubt.location
    place = {"path": where.path, "line": where.line, "column": where.column}
    return {"slug": doubt.slug, **place, "message": _both(doubt.message)}


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
