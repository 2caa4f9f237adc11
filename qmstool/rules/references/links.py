"""Family 1, references made with Markdown: links, images, anchors and footnotes that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.manual.documents import TextFile
    from qmstool.parsing.markdown.scanner import Footnote
    from qmstool.references.model import Reference

OWN_DISK = re.compile(r"(?:file:|[a-z]:[\\/])", re.IGNORECASE)
OWN = Text(
    (
        " Đó là tệp trên máy của người viết, người khác không mở được: chép tệp vào sổ tay rồi "
        "dẫn đến đó."
    ),
    (
        " That is a file on the writer's own computer, which nobody else can open: put it into "
        "the manual and link to it there."
    ),
)
UP = re.compile(r"(?:\.{1,2}/)+")
ESCAPED = re.compile(r"[%?\\&]")


def cited(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that passes on what resolving found under a slug."""

    def check(facts: Facts) -> Iterator[Violation]:
        return map(fault, facts.faulty.get(slug, ()))

    return check


def fault(reference: Reference) -> Violation:
    """The fault of a reference as resolving found it."""
    return Violation(reference.location, dict(reference.values), reference.suggestion)


def exact_case(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that passes on links under a slug; where capitals alone are wrong, what belongs there is certain."""

    def check(facts: Facts) -> Iterator[Violation]:
        for reference in facts.faulty.get(slug, ()):
            if slug == "broken-link" and _of_missing_form(facts, reference):
                continue
            path, sharp, fragment = reference.words.partition("#")
            right = _cased(path, reference.file.path, facts.manual.paths)
            yield replace(
                fault(reference),
                fix=_certain(reference, f"{right}{sharp}{fragment}" if right else None),
            )

    return check


def _of_missing_form(facts: Facts, reference: Reference) -> bool:
    """Whether a link leads to the file that its own document names and that is not there: the name is told, once."""
    mark = facts.manual.documents[reference.document].record.get("file")
    return (
        mark is not None
        and mark.text == reference.words
        and mark.source.path == reference.file.path
    )


def unsafe_link(facts: Facts) -> Iterator[Violation]:
    """Links with a scheme that is not allowed; a file on somebody's own disk is the most frequent one."""
    for reference in facts.faulty.get("unsafe-link", ()):
        own = OWN_DISK.match(reference.words.strip())
        why = OWN if own else Text("", "")
        yield replace(
            fault(reference), values={**dict(reference.values), "own_vi": why.vi, "own_en": why.en}
        )


def _cased(path: str, home: str, paths: Iterable[str]) -> str | None:
    """A relative path, seen from a file, in the capitals of the only file that differs from it in nothing else."""
    folder = posixpath.dirname(home)
    full = posixpath.normpath(posixpath.join(folder, path))
    same = [each for each in paths if each.casefold() == full.casefold()]
    up = UP.match(path)
    kept = up[0] if up else ""
    if len(same) != 1 or len(same[0]) != len(full):
        return None
    right = kept + same[0][len(same[0]) - len(path) + len(kept) :]
    return right if posixpath.normpath(posixpath.join(folder, right)) == same[0] else None


def _certain(reference: Reference, right: str | None) -> str | None:
    """What belongs in a link's place, unless the link is written with escapes."""
    written = reference.file.source.text[reference.start : reference.end]
    return right if written == reference.words and not ESCAPED.search(written) else None


def broken_anchor(facts: Facts) -> Iterator[Violation]:
    """Links to a place that a file does not have, save where the file has an anchor twice."""
    for reference in facts.faulty.get("broken-anchor", ()):
        if not facts.lost.doubled.get(reference.file.path):
            path, _, fragment = reference.words.partition("#")
            same = {
                anchor
                for anchor in _anchors(facts, reference, path)
                if anchor.casefold() == fragment.casefold()
            }
            right = f"{path}#{same.pop()}" if len(same) == 1 else None
            yield replace(fault(reference), fix=_certain(reference, right))


def _anchors(facts: Facts, reference: Reference, path: str) -> Iterator[str]:
    """Every address of the file that a link leads to."""
    full = (
        posixpath.normpath(posixpath.join(posixpath.dirname(reference.file.path), path))
        if path
        else reference.file.path
    )
    for document in facts.manual.documents.values():
        for file in document.files:
            if file.path == full:
                yield from (heading.anchor for heading in file.page.headings)
                yield from (each.id for each in file.page.anchors)


def missing_reference(facts: Facts) -> Iterator[Violation]:
    """Footnotes and reference links without their definition."""
    for document in facts.manual.documents.values():
        for file in document.files:
            for each in file.page.missing:
                yield Violation(file.source.locate(each.start, each.end), {"label": each.label})


def footnote_twice(facts: Facts) -> Iterator[Violation]:
    """Footnotes whose label an earlier one of the file has: only the words of the last are shown."""
    for file in _files(facts):
        first: dict[str, Footnote] = {}
        for each in file.page.footnotes:
            earlier = first.setdefault(each.label, each)
            if earlier is not each:
                other = (file.source.locate(earlier.start, earlier.end),)
                yield Violation(
                    file.source.locate(each.start, each.end), {"label": each.label}, None, other
                )


def footnote_uncalled(facts: Facts) -> Iterator[Violation]:
    """Footnotes that nothing calls; in a file that calls one without words, that call was perhaps meant, and it is told."""
    for file in _files(facts):
        if any(each.label.startswith("^") for each in file.page.missing):
            continue
        seen: set[str] = set()
        for each in file.page.footnotes:
            if not each.called and each.label not in seen:
                yield Violation(file.source.locate(each.start, each.end), {"label": each.label})
            seen.add(each.label)


def _files(facts: Facts) -> Iterator[TextFile]:
    return (file for document in facts.manual.documents.values() for file in document.files)


E, W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = (
    Rule(
        "QMS106", "broken-link", E,
        Text("Đường dẫn đến tệp không có", "A link to a file that is not there"),
        Text(
            (
                "Đường dẫn «{target}» không đến được tệp nào của sổ tay. Hãy sửa đường dẫn, hoặc "
                "thêm tệp."
            ),
            "The link «{target}» leads to no file of the manual. Fix it, or add the file.",
        ),
        exact_case("broken-link"),
    ),
    Rule(
        "QMS107", "broken-image", E,
        Text("Không có tệp hình", "An image that is not there"),
        Text(
            (
                "Không có tệp hình «{target}», nên trang sẽ trống ở chỗ này. Hãy chép tệp vào, "
                "hoặc sửa đường dẫn."
            ),
            (
                "There is no image «{target}», so the page would be blank here. Put the file "
                "there, or fix the path."
            ),
        ),
        exact_case("broken-image"),
    ),
    Rule(
        "QMS108", "broken-anchor", E,
        Text("Đường dẫn đến chỗ không có trong tệp", "A link to a place that the file does not have"),
        Text(
            (
                "Có tệp ấy, nhưng trong tệp không có mục nào mang địa chỉ mà «{target}» nêu. Hãy "
                "lấy đúng địa chỉ của mục cần dẫn."
            ),
            "The file is there, but no place in it has the address that «{target}» names. "
            "Take the address of the heading that "
            "is meant.",
        ),
        broken_anchor,
    ),
    Rule(
        "QMS109", "unsafe-link", E,
        Text("Đường dẫn không an toàn", "A link that is not safe"),
        Text(
            (
                "Đường dẫn «{target}» không được phép: chỉ dùng https, http, mailto hoặc đường "
                "dẫn đến tệp của sổ tay.{own_vi}"
            ),
            (
                "The link «{target}» is not allowed: use https, http, mailto, or the path of a "
                "file of the manual.{own_en}"
            ),
        ),
        unsafe_link,
    ),
    Rule(
        "QMS110", "missing-reference", E,
        Text("Chú thích hoặc liên kết chưa có nội dung", "A footnote or link without its definition"),
        Text(
            (
                "«[{label}]» được gọi ở đây, nhưng cuối tệp không có dòng nào nêu nội dung. Hãy "
                "thêm dòng ấy, hoặc bỏ chỗ gọi."
            ),
            (
                "«[{label}]» is called here, but no line of the file says what it is. Add that "
                "line, or take the call out."
            ),
        ),
        missing_reference,
    ),
    Rule(
        "QMS140", "footnote-twice", E,
        Text("Hai chú thích chung một số", "Two footnotes with one number"),
        Text(
            "Chú thích «[^{label}]» đã có nội dung ở trên; trang chỉ hiện nội dung sau cùng, "
            "nội dung kia mất. Hãy cho một trong "
            "hai một số khác, ở cả chỗ gọi.",
            "The footnote «[^{label}]» has its words above already; the page shows the last "
            "ones only, and the others are lost. "
            "Give one of the two another number, also where it is called.",
        ),
        footnote_twice,
    ),
    Rule(
        "QMS141", "footnote-uncalled", W,
        Text("Chú thích không chỗ nào gọi", "A footnote that nothing calls"),
        Text(
            "Không chỗ nào trong tệp gọi chú thích «[^{label}]», nên người đọc không biết nó "
            "nói về câu nào. Hãy ghi «[^{label}]» "
            "sau câu ấy, hoặc xóa chú thích.",
            "Nothing in this file calls the footnote «[^{label}]», so readers cannot tell "
            "which sentence it belongs to. Write "
            "«[^{label}]» after that sentence, or delete the footnote.",
        ),
        footnote_uncalled,
    ),
)
