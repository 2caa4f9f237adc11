"""Rules on the spelling of codes: one that is known all the same, and one written so that nothing knows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.code_format import spelt
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.misspelled_codes import Miswritten

PLAIN_CODE = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")
PLAIN_WORDS = re.compile(r"[\w ./-]+")

LETTER = Text("chữ o, l hoặc i đứng thay con số", "a letter (o, l, i) for a figure")
FOREIGN = Text(
    "có chữ của bảng chữ cái khác trông giống chữ Latinh",
    "a letter of another alphabet that looks like a Latin one",
)
FIGURES = Text("thừa hoặc thiếu chữ số", "a digit too many or too few")
BLANKS = Text("sai khoảng trống hoặc dấu ngăn", "wrong blanks or separators")


def code_spelled_otherwise(facts: Facts) -> Iterator[Violation]:
    """Codes that text writes with other separators or letters than the document itself; outside numbers with other signs."""
    odd: dict[str, bool] = {}
    for reference in facts.references.all:
        if reference.kind == "code" and reference.target and reference.target.kind == "external":
            external = facts.manual.externals[reference.target.key]
            if reference.words.casefold() != external.number.casefold():
                values = {"words": reference.words, "code": external.number}
                yield Violation(
                    reference.location, values, external.number, (external.mark.location,)
                )
        elif reference.kind == "code" and reference.target and reference.target.kind == "document":
            document = facts.manual.documents[reference.target.key]
            if document.code and reference.words != document.code:
                if document.key not in odd:
                    odd[document.key] = spelt(facts.manual, document) is not None
                if odd[document.key]:
                    continue  # `code-shape` tells that the document's own code is the odd one
                values = {"words": reference.words, "code": document.code}
                plain = _plainly(
                    PLAIN_CODE, reference.file.source.text, reference.start, reference.end
                )
                yield Violation(
                    reference.location,
                    values,
                    document.code,
                    (document.mark.location,),
                    document.code if plain else None,
                )


def _plainly(shape: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether a code can be put right by itself: no line end, markup or unbreakable blank in it, and not set as code."""
    return shape.fullmatch(text, start, end) is not None and text[max(0, start - 1) : start] != "`"


def miswritten_code(facts: Facts) -> Iterator[Violation]:
    """Codes with other blanks, digits or look-alike letters than the registered one, so that they cite nothing.

    Mended by itself is only one whose letters and digits are the same: with fewer digits one may have been lost, and «1» was 12.
    """
    for document in facts.manual.documents.values():
        for file in document.files:
            for each in facts.miswritten.by_path.get(file.path, ()):
                why = _why(each)
                words = " ".join(file.page.prose[each.start : each.end].replace("\x01", "").split())
                values = {"words": words, "why_vi": why.vi, "why_en": why.en}
                values |= {
                    "codes_vi": " hoặc ".join(each.codes),
                    "codes_en": " or ".join(each.codes),
                }
                code = each.codes[0] if len(each.codes) == 1 else None
                certain = (
                    why in {BLANKS, FOREIGN}
                    and not each.digits
                    and _plainly(PLAIN_WORDS, file.source.text, each.start, each.end)
                )
                related = tuple(
                    facts.manual.documents[key].mark.location for key in _keys(facts, each)
                )
                yield Violation(
                    file.source.locate(each.start, each.end),
                    values,
                    code,
                    related,
                    code if certain else None,
                )


def _why(each: Miswritten) -> Text:
    if each.letters:
        return LETTER
    if each.foreign:
        return FOREIGN
    return FIGURES if each.digits else BLANKS


def _keys(facts: Facts, each: Miswritten) -> Iterator[str]:
    return (
        document.key for code in each.codes if (document := facts.manual.document(code)) is not None
    )


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS114", "code-spelled-otherwise", I,
        Text("Mã viết khác với mã của tài liệu", "A code spelled otherwise"),
        Text(
            "«{words}» là tài liệu {code}. Hãy viết đúng mã ấy để ai tìm cũng thấy.",
            (
                "«{words}» is the document {code}. Write the code as registered, so that every "
                "search finds it."
            ),
        ),
        code_spelled_otherwise,
    ),
    Rule(
        "QMS131", "miswritten-code", W,
        Text("Mã viết lệch, không thành viện dẫn", "A code miswritten, so that it cites nothing"),
        Text(
            "«{words}» đọc như mã {codes_vi} viết lệch ({why_vi}), nên không thành viện dẫn: "
            "chỗ này không được kiểm tra, và trên "
            "trang không bấm vào được. Hãy viết đúng mã đã đăng ký.",
            "«{words}» reads like the code {codes_en} miswritten ({why_en}), so it cites "
            "nothing: this place is not checked, and "
            "on the page nobody can follow it. Write the code as it is registered.",
        ),
        miswritten_code,
    ),
)
