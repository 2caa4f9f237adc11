"""Rules on files of forms: whether they are there, and what code and revision they print in their headers."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from qmstool.findings import Fault, Severity
from qmstool.i18n import Text
from qmstool.manual.loading.loader import local_path
from qmstool.parsing.codes import key as fold_code
from qmstool.parsing.codes import pattern, phrase
from qmstool.parsing.office_headers import Unread
from qmstool.parsing.yaml.records import nearest
from qmstool.rules.base.cascades import misshapen
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document
    from qmstool.manual.wordlists import WordLists
    from qmstool.parsing.yaml.nodes import Mark


UNREAD = Text(
    "chưa so mã, lần ban hành và sửa đổi in ở đầu trang, vì tệp {why_vi}: {files}",
    (
        "code, issue and revision in the page header were not compared, since the file {why_en}: "
        "{files}"
    ),
)


class _Form(NamedTuple):
    """A form whose file could be read: where its file is named, what its header says, and the codes of its shape in there."""

    document: Document
    file: Mark
    header: str
    codes: list[str]


def _forms(facts: Facts) -> Iterator[_Form]:
    for document in facts.manual.documents.values():
        kind, mark = facts.manual.config.types.get(document.type), document.entry.get("file")
        header = facts.headers.get(document.key)
        if (
            isinstance(header, str)
            and mark is not None
            and kind is not None
            and kind.code
            and not misshapen(facts.manual, document)
        ):
            said = re.finditer(rf"(?<!\w){pattern(kind.code.text)}(?!\w)", header, re.IGNORECASE)
            yield _Form(document, mark, header, [found[0] for found in said])


def form_file_missing(facts: Facts) -> Iterator[Fault]:
    """Forms whose file is not where `file` says."""
    for document in facts.manual.documents.values():
        mark = document.entry.get("file")
        folder = posixpath.dirname(document.path)
        if mark is not None and local_path(folder, mark.text) not in facts.manual.paths:
            taken = {
                path
                for each in facts.manual.documents.values()
                for path in each.attachments
                if each is not document
            }
            forms = [
                path
                for path in facts.manual.paths
                if not path.endswith((".md", ".yml")) and path not in taken
            ]
            other = nearest(posixpath.join(folder, mark.text), forms)
            yield Fault(
                mark.location,
                {"file": mark.text},
                posixpath.relpath(other, folder) if other else None,
            )


def form_file_unreadable(facts: Facts) -> Iterator[Fault]:
    """Forms whose file is not what its name says, so that nobody can open it."""
    for document, mark, why in _unread(facts):
        if why.flaw:
            told = why.told(mark.text)
            yield Fault(
                mark.location,
                {"file": mark.text, "why_vi": told.vi, "why_en": told.en},
                None,
                (document.mark.location,),
            )


def headers_unread(facts: Facts) -> Iterator[Text]:
    """Forms whose file is left alone here: for each reason, the files whose codes and revisions are not compared."""
    found: dict[Unread, list[str]] = {}
    for document, mark, why in _unread(facts):
        kind = facts.manual.config.types.get(document.type)
        if not why.flaw and kind is not None and kind.code:
            found.setdefault(why, []).append(
                local_path(posixpath.dirname(document.path), mark.text)
            )
    for why, paths in found.items():
        yield UNREAD.fill(
            {"why_vi": why.value.vi, "why_en": why.value.en, "files": ", ".join(paths)}
        )


def _unread(facts: Facts) -> Iterator[tuple[Document, Mark, Unread]]:
    for document in facts.manual.documents.values():
        mark, why = document.entry.get("file"), facts.headers.get(document.key)
        if mark is not None and isinstance(why, Unread):
            yield document, mark, why


def form_code_differs(facts: Facts) -> Iterator[Fault]:
    """Forms whose file names other codes of their shape in its header, and not its own."""
    for document, file, _, codes in _forms(facts):
        if codes and document.key not in map(fold_code, codes):
            yield Fault(
                file.location,
                {"file": file.text, "said": codes[0], "code": document.name},
                None,
                (document.mark.location,),
            )


def form_without_code(facts: Facts) -> Iterator[Fault]:
    """Forms whose file prints no code in its header: a filled-in sheet does not say which form it is."""
    for document, file, _, codes in _forms(facts):
        if not codes:
            yield Fault(file.location, {"file": file.text, "code": document.name})


def form_of_earlier_revision(facts: Facts) -> Iterator[Fault]:
    """Forms whose file prints an earlier issue or revision than the one in force."""
    standings = facts.register.statuses if facts.register else {}
    for document, file, header, _ in _forms(facts):
        standing = standings.get(document.key)
        if standing is None or not standing.in_force:
            continue
        known = (standing.issue, standing.revision)
        said = _numbers(header, facts.prose.lists)
        pairs = [
            (int(one), int(other))
            for one, other in zip(said, known, strict=True)
            if one.isdigit() and other.isdigit()
        ]
        if [one for one, _ in pairs] < [other for _, other in pairs]:
            values = {
                "file": file.text,
                "said": "/".join(filter(None, said)),
                "known": "/".join(known),
            }
            yield Fault(file.location, values, None, (document.mark.location,))


def _numbers(header: str, lists: WordLists) -> tuple[str, str]:
    """Issue and revision that a header prints, «1/2» or each by itself; "" for what it does not."""
    if both := re.search(
        rf"(?:{_any(lists['issue_and_revision'])})\W{{0,3}}(\d+)\s*/\s*(\d+)", header, re.IGNORECASE
    ):
        return both[1], both[2]
    found = [
        re.search(rf"(?:{_any(lists[name])})\W{{0,3}}(\d+)", header, re.IGNORECASE)
        for name in ("issue", "revision")
    ]
    issue, revision = (hit[1] if hit else "" for hit in found)
    return issue, revision


def _any(phrases: tuple[str, ...]) -> str:
    return "|".join(map(phrase, phrases)) or "(?!)"


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS311", "form-file-missing", E,
        Text("Không có tệp của biểu mẫu", "A form without its file"),
        Text(
            (
                "Không có tệp «{file}» cạnh tài liệu này, nên không ai tải được biểu mẫu. Hãy "
                "chép tệp vào đó, hoặc sửa đường dẫn."
            ),
            (
                "There is no file «{file}» beside this document, so nobody can download the "
                "form. Put it there, or fix the path."
            ),
        ),
        form_file_missing,
    ),
    Rule(
        "QMS344", "form-file-unreadable", W,
        Text("Tệp của biểu mẫu không mở được", "A form whose file cannot be opened"),
        Text(
            "Tệp «{file}» {why_vi}, nên không ai điền được biểu mẫu. Hãy mở bản gốc trong "
            "Word hay Excel, lưu đúng dạng rồi chép "
            "đè lên tệp này.",
            "The file «{file}» {why_en}, so nobody can fill in the form. Open the original "
            "in Word or Excel, save it in that "
            "format, and put it in the place of this file.",
        ),
        form_file_unreadable, unseen=headers_unread,
    ),
    Rule(
        "QMS314", "form-code-differs", W,
        Text("Biểu mẫu in một mã khác", "A form that prints another code"),
        Text(
            (
                "Đầu trang của tệp «{file}» ghi mã «{said}», nhưng biểu mẫu đăng ký ở đây là "
                "{code}. Sửa tệp, hoặc gắn đúng tệp."
            ),
            (
                "The header of «{file}» says «{said}», but the form registered here is {code}. "
                "Fix the file, or name the right one."
            ),
        ),
        form_code_differs,
    ),
    Rule(
        "QMS332", "form-without-code", I,
        Text("Biểu mẫu không in mã ở đầu trang", "A form that prints no code"),
        Text(
            "Đầu trang của tệp «{file}» không có mã {code}, nên tờ đã in ra không cho biết "
            "là biểu mẫu nào. Ghi mã và lần ban "
            "hành, sửa đổi vào đầu trang.",
            "The header of «{file}» does not bear the code {code}, so a printed sheet does "
            "not say which form it is. Put code, "
            "issue and revision into the header.",
        ),
        form_without_code,
    ),
    Rule(
        "QMS333", "form-of-earlier-revision", W,
        Text("Biểu mẫu in lần sửa đổi cũ", "A form that prints an earlier revision"),
        Text(
            "Đầu trang của tệp «{file}» ghi lần {said}, nhưng bản đang có hiệu lực là lần "
            "{known}. Sửa đầu trang của tệp, hoặc gắn "
            "đúng tệp.",
            (
                "The header of «{file}» says {said}, but {known} is in force. Fix the header of "
                "the file, or name the right file."
            ),
        ),
        form_of_earlier_revision, ("day",),
    ),
)
