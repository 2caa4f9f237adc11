"""Check how texts spell codes: otherwise than the document itself, or so that they cite nothing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.code_format import correct_spelling
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from qmstool.manual.documents import Document, TextFile
    from qmstool.manual.registers import ExternalDocument
    from qmstool.references.model import Reference
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.misspelled_codes import MisspelledCode

# Codes that are put right by themselves: no line end, markup or unbreakable blank in them.
PLAIN_CODE = regex(r"[^\W_]+(?:[ -][^\W_]+)*")
# So often in one file, other capitals or separators are no slip.
HABITUAL = 3
_SIGNS = regex(r"[\W_]+")
_FIRST_WORD = regex(r"[^\W_]+[\W_]+")
PLAIN_WORDS = regex(r"[\w ./-]+")

LETTER = Text("chữ o, l hoặc i đứng thay con số", "a letter (o, l, i) for a figure")
FOREIGN = Text(
    "có chữ của bảng chữ cái khác trông giống chữ Latinh",
    "a letter of another alphabet that looks like a Latin one",
)
FIGURES = Text("thừa hoặc thiếu chữ số", "a digit too many or too few")
BLANKS = Text("sai khoảng trống hoặc dấu ngăn", "wrong blanks or separators")


@rule(
    "QMS114",
    "code-spelled-otherwise",
    Severity.INFO,
    title=Text("Mã viết khác với mã của tài liệu", "A code spelled otherwise"),
    message=Text(
        "«{words}» là tài liệu {code}. Hãy viết đúng mã ấy để ai tìm cũng thấy.",
        (
            "«{words}» is the document {code}. Write the code as registered, so that every "
            "search finds it."
        ),
    ),
)
def code_spelled_otherwise(facts: Facts) -> Iterator[Violation]:
    """Find codes that texts spell otherwise than their document, and numbers of external ones.

    Other capitals or separators, where a file has them so all along, are its way of writing:
    «Proc-06», «RPG_01_01».
    """
    oddly_coded: dict[str, bool] = {}
    recased = Counter(use.file.path for use in facts.references.all if _is_recased(facts, use))
    for reference in facts.references.all:
        target = reference.target
        if reference.kind != "code" or target is None or reference.by_end:
            continue
        if recased[reference.file.path] >= HABITUAL and _is_recased(facts, reference):
            continue
        if target.kind == "external":
            yield from _other_number(reference, facts.manual.externals[target.key])
        elif target.kind == "document":
            document = facts.manual.documents[target.key]
            if not document.code or reference.words == document.code:
                continue
            if _is_separated_so(reference, document.code):
                continue
            if document.key not in oddly_coded:
                right = correct_spelling(facts.manual, document)
                oddly_coded[document.key] = right is not None
            # Where the document's own code is the odd one, `code-shape` is reported instead.
            if not oddly_coded[document.key]:
                yield _other_code(reference, document)


def _is_recased(facts: Facts, reference: Reference) -> bool:
    """Whether a code differs from its document's in capitals alone."""
    target = reference.target
    if reference.kind != "code" or target is None or target.kind != "document":
        return False
    code = facts.manual.documents[target.key].code
    return reference.words != code and reference.words.casefold() == code.casefold()


def _is_separated_so(reference: Reference, code: str) -> bool:
    """Whether a file parts codes by these signs all along, names of files counted: «RPG_01_01»."""
    words = reference.words
    first = _FIRST_WORD.match(words)
    if first is None or _SIGNS.sub("", words).casefold() != _SIGNS.sub("", code).casefold():
        return False
    return reference.file.source.text.count(first[0]) >= HABITUAL


def _other_number(reference: Reference, external: ExternalDocument) -> Iterator[Violation]:
    number = external.number
    if reference.words.casefold() != number.casefold():
        values = {"words": reference.words, "code": number}
        yield Violation(reference.location, values, number, (external.mark.location,))


def _other_code(reference: Reference, document: Document) -> Violation:
    code = document.code
    plain = _is_plain(PLAIN_CODE, reference.file.source.text, reference.start, reference.end)
    return Violation(
        reference.location,
        {"words": reference.words, "code": code},
        suggestion=code,
        related=(document.mark.location,),
        fix=code if plain else None,
    )


def _is_plain(shape: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether a code can be put right by itself: it has a plain shape and is not set as code."""
    return shape.fullmatch(text, start, end) is not None and text[max(0, start - 1) : start] != "`"


@rule(
    "QMS131",
    "miswritten-code",
    Severity.WARNING,
    title=Text("Mã viết lệch, không thành viện dẫn", "A code miswritten, so that it cites nothing"),
    message=Text(
        (
            "«{words}» đọc như mã {codes_vi} viết lệch ({why_vi}), nên không thành viện dẫn: "
            "chỗ này không được kiểm tra, và trên trang không bấm vào được. Hãy viết đúng mã "
            "đã đăng ký."
        ),
        (
            "«{words}» reads like the code {codes_en} miswritten ({why_en}), so it cites "
            "nothing: this place is not checked, and on the page nobody can follow it. Write "
            "the code as it is registered."
        ),
    ),
)
def miswritten_code(facts: Facts) -> Iterator[Violation]:
    """Find codes with other blanks, digits or look-alike letters than the registered one.

    Fixed by itself is only one whose letters and digits are the same: with fewer digits one may
    have been lost, and «1» was 12.
    """
    for file in facts.text_files:
        for misspelled in facts.misspelled_codes.by_path.get(file.path, ()):
            yield _misspelled(facts, file, misspelled)


def _misspelled(facts: Facts, file: TextFile, misspelled: MisspelledCode) -> Violation:
    start, end, codes = misspelled.start, misspelled.end, misspelled.codes
    why = _why(misspelled)
    words = " ".join(file.page.prose[start:end].replace("\x01", "").split())
    meant = codes[0] if len(codes) == 1 else None
    same_signs = why in {BLANKS, FOREIGN} and not misspelled.digits
    certain = same_signs and _is_plain(PLAIN_WORDS, file.source.text, start, end)
    documents = [facts.manual.document(code) for code in codes]
    return Violation(
        file.source.locate(start, end),
        {
            "words": words,
            **bilingual(why=why, codes=Text(" hoặc ".join(codes), " or ".join(codes))),
        },
        suggestion=meant,
        related=tuple(document.mark.location for document in documents if document is not None),
        fix=meant if certain else None,
    )


def _why(misspelled: MisspelledCode) -> Text:
    if misspelled.letters:
        return LETTER
    if misspelled.foreign:
        return FOREIGN
    return FIGURES if misspelled.digits else BLANKS


RULES: tuple[Rule, ...] = (
    code_spelled_otherwise,
    miswritten_code,
)
