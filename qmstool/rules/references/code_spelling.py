"""Check how texts spell codes: otherwise than the document itself, or so that they cite nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.parsing.file_names import is_within_name
from qmstool.patterns import regex
from qmstool.rules.base.code_format import correct_spelling
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.misspelled_codes import misspelled_codes
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from qmstool.manual.documents import Document
    from qmstool.manual.registers import ExternalDocument
    from qmstool.manual.text_files import TextFile
    from qmstool.references.model import Reference
    from qmstool.references.outline import Outline
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing
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


def _codes(outline: Outline) -> Mapping[tuple[str, str], str]:
    """Return the codes of documents and the numbers of external ones, by what cites them."""
    manual = outline.manual
    codes = {("document", key): each.code for key, each in manual.documents.items()}
    return codes | {("external", key): each.number for key, each in manual.externals.items()}


@citing_question
def spelled_otherwise(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file spell a code or number otherwise than it is registered."""
    codes = citing.outline.index(_codes)
    places: list[int] = []
    beginnings: dict[str, int] = {}
    recased = 0
    for place, reference in enumerate(citing.references):
        target = reference.target
        if reference.kind != "code" or target is None:
            continue
        code = codes.get((target.kind, target.key), "")
        if code and reference.words != code:
            places.append(place)
            is_recased = reference.words.casefold() == code.casefold()
            recased += is_recased and target.kind == "document"
    return tuple(
        [
            place
            for place in places
            if _is_slip(citing.references[place], codes, beginnings, is_habit=recased >= HABITUAL)
        ]
    )


def _is_slip(
    reference: Reference,
    codes: Mapping[tuple[str, str], str],
    beginnings: dict[str, int],
    *,
    is_habit: bool,
) -> bool:
    """Whether a code is spelled as its file does not spell codes all along.

    `beginnings`: how often the file has the first words of codes, as far as they were counted.
    """
    target = reference.target
    if reference.by_end or target is None:
        return False
    if is_within_name(reference.file.source.text, reference.end):
        return False
    code = codes[target.kind, target.key]
    is_recased = reference.words.casefold() == code.casefold()
    if target.kind == "external":
        return not is_recased
    return not (is_habit and is_recased) and not _is_separated_so(reference, code, beginnings)


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
    reads=(spelled_otherwise,),
)
def code_spelled_otherwise(facts: Facts) -> Iterator[Violation]:
    """Find codes that texts spell otherwise than their document, and numbers of external ones.

    Other capitals or separators, where a file has them so all along, are its way of writing:
    «Proc-06», «RPG_01_01».
    """
    oddly_coded: dict[str, bool] = {}
    for reference in facts.references_of(spelled_otherwise):
        target = reference.target
        if target is None:
            continue
        if target.kind == "external":
            yield _other_number(reference, facts.manual.externals[target.key])
            continue
        document = facts.manual.documents[target.key]
        if document.key not in oddly_coded:
            right = correct_spelling(facts.manual, document)
            oddly_coded[document.key] = right is not None
        # Where the document's own code is the odd one, `code-shape` is reported instead.
        if not oddly_coded[document.key]:
            yield _other_code(reference, document)


def _is_separated_so(reference: Reference, code: str, beginnings: dict[str, int]) -> bool:
    """Whether a file parts codes by these signs all along, names of files counted: «RPG_01_01»."""
    words = reference.words
    first = _FIRST_WORD.match(words)
    if first is None or _SIGNS.sub("", words).casefold() != _SIGNS.sub("", code).casefold():
        return False
    if first[0] not in beginnings:
        beginnings[first[0]] = reference.file.source.text.count(first[0])
    return beginnings[first[0]] >= HABITUAL


def _other_number(reference: Reference, external: ExternalDocument) -> Violation:
    values = {"words": reference.words, "code": external.number}
    return Violation(reference.location, values, external.number, (external.mark.location,))


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
    reads=(misspelled_codes,),
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
