"""Check files of forms: whether they are there, and the code and revision in their headers."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import NamedTuple
from qmstool.i18n import Text
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.parsing.codes import fold_code, phrase, shape_pattern
from qmstool.parsing.figures import whole_number
from qmstool.parsing.office_headers import UnreadReason
from qmstool.parsing.similar import nearest_name
from qmstool.patterns import regex
from qmstool.rules.base.lost_documents import has_misshapen_code
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.yaml.nodes import LocatedText
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


UNREAD = Text(
    "chưa so mã, lần ban hành và sửa đổi in ở đầu trang, vì tệp {why_vi}: {files}",
    (
        "code, issue and revision in the page header were not compared, since the file {why_en}: "
        "{files}"
    ),
)


class _ReadForm(NamedTuple):
    """A form whose file could be read.

    `file` is the word that names its file, `header` what its page header says, `codes` the codes in
    there that have the shape of its type.
    """

    document: Document
    file: LocatedText
    header: str
    codes: list[str]


def _read_forms(facts: Facts) -> Iterator[_ReadForm]:
    """Yield the forms whose header could be read and whose own code is in shape."""
    for document in facts.manual.documents.values():
        header = facts.headers.get(document.key)
        file = document.front_matter.file
        shape = _code_shape(facts, document)
        if not isinstance(header, str) or file is None or shape is None:
            continue
        if has_misshapen_code(facts.manual, document):
            continue
        code = regex(rf"(?<!\w){shape_pattern(shape)}(?!\w)", re.IGNORECASE)
        codes = code.finditer(header)
        yield _ReadForm(document, file, header, [code[0] for code in codes])


def _code_shape(facts: Facts, document: Document) -> str | None:
    """Return the shape that codes of a document's type have, None where it sets none."""
    kind = facts.manual.config.types.get(document.type)
    return kind.code.text if kind is not None and kind.code else None


@rule(
    "QMS311",
    "form-file-missing",
    Severity.ERROR,
    Text("Không có tệp của biểu mẫu", "A form without its file"),
    Text(
        "Không có tệp «{file}» cạnh tài liệu này, nên không ai tải được. Hãy chép tệp vào "
        "đó, hoặc sửa đường dẫn.",
        "There is no file «{file}» beside this document, so nobody can download it. Put it "
        "there, or fix the path.",
    ),
)
def form_file_missing(facts: Facts) -> Iterator[Violation]:
    """Find forms whose file is not where `file` says; suggest a like-named one that is free."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.file
        folder = posixpath.dirname(document.path)
        if mark is None or resolve_local_path(folder, mark.text) in facts.manual.paths:
            continue
        candidates = _free_files(facts.manual, document)
        similar = nearest_name(posixpath.join(folder, mark.text), candidates)
        suggestion = posixpath.relpath(similar, folder) if similar else None
        yield Violation(mark.location, {"file": mark.text}, suggestion)


def _free_files(manual: Manual, document: Document) -> list[str]:
    """Return the files that are no texts or data and that no other document names."""
    taken: set[str] = set()
    for other in manual.documents.values():
        if other is not document:
            taken.update(other.attachments)
    return [
        path for path in manual.paths if not path.endswith((".md", ".yml")) and path not in taken
    ]


def headers_unread(facts: Facts) -> Iterator[Text]:
    """Say, for each reason, which files were left alone: their headers are not compared."""
    paths: dict[UnreadReason, list[str]] = {}
    for document, mark, why in _unread_files(facts):
        if not why.is_defect and _code_shape(facts, document) is not None:
            path = resolve_local_path(posixpath.dirname(document.path), mark.text)
            paths.setdefault(why, []).append(path)
    for why, files in paths.items():
        values = {"why_vi": why.value.vi, "why_en": why.value.en, "files": ", ".join(files)}
        yield UNREAD.fill(values)


@rule(
    "QMS344",
    "form-file-unreadable",
    Severity.WARNING,
    Text("Tệp của biểu mẫu không mở được", "A form whose file cannot be opened"),
    Text(
        "Tệp «{file}» {why_vi}, nên không ai dùng được. Hãy mở bản gốc trong Word hay "
        "Excel, lưu đúng dạng rồi chép đè lên tệp này.",
        "The file «{file}» {why_en}, so nobody can use it. Open the original in Word "
        "or Excel, save it in that format, and put it in the place of this file.",
    ),
    unseen=headers_unread,
)
def form_file_unreadable(facts: Facts) -> Iterator[Violation]:
    """Find forms whose file is not what its name says, so that nobody can open it."""
    for document, mark, why in _unread_files(facts):
        if why.is_defect:
            reason = why.message(mark.text)
            values = {"file": mark.text, "why_vi": reason.vi, "why_en": reason.en}
            yield Violation(mark.location, values, None, (document.mark.location,))


def _unread_files(facts: Facts) -> Iterator[tuple[Document, LocatedText, UnreadReason]]:
    """Yield the forms whose header could not be read, the word that names the file, and why."""
    for document in facts.manual.documents.values():
        mark = document.front_matter.file
        why = facts.headers.get(document.key)
        if mark is not None and isinstance(why, UnreadReason):
            yield document, mark, why


@rule(
    "QMS314",
    "form-code-differs",
    Severity.WARNING,
    Text("Biểu mẫu in một mã khác", "A form that prints another code"),
    Text(
        "Tệp «{file}» in mã «{said}», nhưng ở đây đăng ký là {code}. Sửa tệp, hoặc gắn đúng tệp.",
        "The file «{file}» prints «{said}», but {code} is registered here. Fix the file, or name "
        "the right one.",
    ),
)
def form_code_differs(facts: Facts) -> Iterator[Violation]:
    """Find forms whose file prints other codes of their shape in its header, and not its own."""
    for document, file, _, codes in _read_forms(facts):
        if codes and document.key not in map(fold_code, codes):
            values = {"file": file.text, "said": codes[0], "code": document.name}
            yield Violation(file.location, values, None, (document.mark.location,))


@rule(
    "QMS332",
    "form-without-code",
    Severity.INFO,
    Text("Biểu mẫu không in mã ở đầu trang", "A form that prints no code"),
    Text(
        "Đầu trang, chân trang và bảng hay dòng đầu tiên của tệp «{file}» không có mã {code}, nên "
        "tờ đã in ra không cho biết là tài liệu nào. Ghi mã và lần ban hành, sửa đổi vào đầu "
        "trang.",
        "Neither header, footer nor the first table or rows of «{file}» bear the code {code}, so a "
        "printed sheet does not say what it is. Put code, issue and revision into the "
        "header.",
    ),
)
def form_without_code(facts: Facts) -> Iterator[Violation]:
    """Find forms whose file prints no code: a filled-in sheet does not say which form it is."""
    for document, file, _, codes in _read_forms(facts):
        if not codes:
            yield Violation(file.location, {"file": file.text, "code": document.name})


@rule(
    "QMS333",
    "form-of-earlier-revision",
    Severity.WARNING,
    Text("Biểu mẫu in lần sửa đổi cũ", "A form that prints an earlier revision"),
    Text(
        "Đầu trang của tệp «{file}» ghi lần {said}, nhưng bản đang có hiệu lực là lần {known}. "
        "Sửa đầu trang của tệp, hoặc gắn đúng tệp.",
        "The header of «{file}» says {said}, but {known} is in force. Fix the header of the "
        "file, or name the right file.",
    ),
    needs=("day",),
)
def form_of_earlier_revision(facts: Facts) -> Iterator[Violation]:
    """Find forms whose file prints an earlier issue or revision than the one in force."""
    if facts.register is None:
        return
    for document, file, header, _ in _read_forms(facts):
        standing = facts.register.statuses.get(document.key)
        if standing is None or not standing.in_force:
            continue
        printed = _printed_numbers(header, facts.prose.lists)
        in_force = (standing.issue, standing.revision)
        if _is_earlier(printed, in_force):
            values = {
                "file": file.text,
                "said": "/".join(filter(None, printed)),
                "known": "/".join(in_force),
            }
            yield Violation(file.location, values, None, (document.mark.location,))


def _is_earlier(printed: tuple[str, str], in_force: tuple[str, str]) -> bool:
    """Whether a printed issue and revision come before others; only digits are compared."""
    ours, theirs = [], []
    for one, other in zip(map(whole_number, printed), map(whole_number, in_force), strict=True):
        if one is not None and other is not None:
            ours.append(one)
            theirs.append(other)
    return ours < theirs


def _printed_numbers(header: str, lists: WordLists) -> tuple[str, str]:
    """Return issue and revision that a header prints, «1/2» or each by itself; "" for neither."""
    words = _any_of(lists["issue_and_revision"])
    both = regex(rf"(?:{words})\W{{0,3}}(\d+)\s*/\s*(\d+)", re.IGNORECASE).search(header)
    if both:
        return both[1], both[2]
    return _printed_number(header, lists["issue"]), _printed_number(header, lists["revision"])


def _printed_number(header: str, words: tuple[str, ...]) -> str:
    number = regex(rf"(?:{_any_of(words)})\W{{0,3}}(\d+)", re.IGNORECASE).search(header)
    return number[1] if number else ""


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(map(phrase, phrases)) or "(?!)"


RULES: tuple[Rule, ...] = (
    form_file_missing,
    form_file_unreadable,
    form_code_differs,
    form_without_code,
    form_of_earlier_revision,
)
