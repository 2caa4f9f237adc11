"""Check links, images, anchors and footnotes of Markdown: each leads to something that is there."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.patterns import regex
from qmstool.rules.base.hiding import about
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.references.broken import violation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmstool.findings import Subject
    from qmstool.parsing.markdown.footnotes import Footnote
    from qmstool.references.model import Reference
    from qmstool.rules.base.facts import Facts

OWN_DISK = regex(r"(?:file:|[a-z]:[\\/])", re.IGNORECASE)
ON_OWN_DISK = Text(
    (
        " Đó là tệp trên máy của người viết, người khác không mở được: chép tệp vào sổ tay rồi "
        "dẫn đến đó."
    ),
    (
        " That is a file on the writer's own computer, which nobody else can open: put it into "
        "the manual and link to it there."
    ),
)
LEADING_DOTS = regex(r"(?:\.{1,2}/)+")
ESCAPED = regex(r"[%?\\&]")
# So many links with one scheme in one file are told each by itself.
FEW = 5
_TAG = regex(r"(?:\[[^\W_](?:[^\W_]|[-_.](?=[^\W_])){0,19}\]){2,}")


def _with_right_case(facts: Facts, reference: Reference) -> Violation:
    """Return the violation of a link, with a fix where nothing but capitals is wrong."""
    path, sharp, fragment = reference.words.partition("#")
    right = _path_in_right_case(path, reference.file.path, facts.manual.paths)
    address = f"{right}{sharp}{fragment}" if right else None
    violation = violation_of(reference, within=reference.document)
    return replace(violation, fix=_if_unescaped(reference, address))


@about
def own_form_file(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a link to the file that its own document's data name: `form-file-missing` reports it."""

    def is_own_file(subject: Subject) -> bool:
        mark = facts.manual.documents[subject.searched_in].front_matter.file
        if (
            mark is None
            or subject.span_in_file is None
            or mark.source.path != subject.span_in_file[0]
        ):
            return False
        return mark.text == subject.name

    return is_own_file


@rule(
    "QMS106",
    "broken-link",
    Severity.ERROR,
    title=Text("Đường dẫn đến tệp không có", "A link to a file that is not there"),
    message=Text(
        (
            "Đường dẫn «{target}» không đến được tệp nào của sổ tay. Hãy sửa đường dẫn, hoặc "
            "thêm tệp."
        ),
        "The link «{target}» leads to no file of the manual. Fix it, or add the file.",
    ),
    hidden_by=(own_form_file,),
)
def broken_link(facts: Facts) -> Iterator[Violation]:
    """Report links to files that are not there."""
    for reference in facts.broken_references.get("broken-link", ()):
        yield _with_right_case(facts, reference)


@rule(
    "QMS107",
    "broken-image",
    Severity.ERROR,
    title=Text("Không có tệp hình", "An image that is not there"),
    message=Text(
        (
            "Không có tệp hình «{target}», nên trang sẽ trống ở chỗ này. Hãy chép tệp vào, "
            "hoặc sửa đường dẫn."
        ),
        (
            "There is no image «{target}», so the page would be blank here. Put the file "
            "there, or fix the path."
        ),
    ),
)
def broken_image(facts: Facts) -> Iterator[Violation]:
    """Report images that are not there."""
    for reference in facts.broken_references.get("broken-image", ()):
        yield _with_right_case(facts, reference)


def _path_in_right_case(path: str, from_path: str, paths: Iterable[str]) -> str | None:
    """Return a relative path in the capitals of the only file that differs in nothing else."""
    folder = posixpath.dirname(from_path)
    full = posixpath.normpath(posixpath.join(folder, path))
    same = [other for other in paths if other.casefold() == full.casefold()]
    if len(same) != 1 or len(same[0]) != len(full):
        return None
    dots = LEADING_DOTS.match(path)
    kept = dots[0] if dots else ""
    right = kept + same[0][len(same[0]) - len(path) + len(kept) :]
    return right if posixpath.normpath(posixpath.join(folder, right)) == same[0] else None


def _if_unescaped(reference: Reference, address: str | None) -> str | None:
    """Return the address that belongs in a link's place, unless it is written with escapes."""
    written = reference.file.source.text[reference.start : reference.end]
    if written != reference.words or ESCAPED.search(written):
        return None
    return address


@about
def doubled_anchor(facts: Facts) -> Callable[[Subject], bool]:
    """Hide a link to a heading of its own file that bears another's id: `duplicate-anchor` does."""
    documents = {file.path: each for each in facts.manual.written_documents for file in each.files}

    def is_doubled(subject: Subject) -> bool:
        path, _, anchor = subject.name.partition("#")
        document = (
            documents.get(subject.span_in_file[0]) if subject.span_in_file and not path else None
        )
        return document is not None and facts.doubtful_sections.are_doubtful(document, anchor)

    return is_doubled


@rule(
    "QMS108",
    "broken-anchor",
    Severity.ERROR,
    title=Text(
        "Đường dẫn đến chỗ không có trong tệp",
        "A link to a place that the file does not have",
    ),
    message=Text(
        (
            "Có tệp ấy, nhưng trong tệp không có mục nào mang địa chỉ mà «{target}» nêu. Hãy "
            "lấy đúng địa chỉ của mục cần dẫn."
        ),
        (
            "The file is there, but no place in it has the address that «{target}» names. "
            "Take the address of the heading that is meant."
        ),
    ),
    hidden_by=(doubled_anchor,),
)
def broken_anchor(facts: Facts) -> Iterator[Violation]:
    """Report links to a place that a file does not have."""
    for reference in facts.broken_references.get("broken-anchor", ()):
        path, _, fragment = reference.words.partition("#")
        same = set()
        for anchor in _anchors(facts, reference.file.path, path):
            if anchor.casefold() == fragment.casefold():
                same.add(anchor)
        address = f"{path}#{same.pop()}" if len(same) == 1 else None
        yield replace(violation_of(reference), fix=_if_unescaped(reference, address))


def _anchors(facts: Facts, from_path: str, path: str) -> Iterator[str]:
    """Yield every anchor of the file that a link leads to."""
    full = from_path
    if path:
        full = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), path))
    for file in facts.text_files:
        if file.path == full:
            yield from (heading.anchor for heading in file.page.headings)
            yield from (anchor.id for anchor in file.page.anchors)


@rule(
    "QMS109",
    "unsafe-link",
    Severity.ERROR,
    title=Text("Đường dẫn không an toàn", "A link that is not safe"),
    message=Text(
        (
            "Đường dẫn «{target}» không được phép: chỉ dùng https, http, mailto hoặc đường "
            "dẫn đến tệp của sổ tay.{own_vi}"
        ),
        (
            "The link «{target}» is not allowed: use https, http, mailto, or the path of a "
            "file of the manual.{own_en}"
        ),
    ),
)
def unsafe_link(facts: Facts) -> Iterator[Violation]:
    """Report links with a scheme that is not allowed, most often to a file on the writer's disk.

    A scheme that one file has in many links is another tool's: it is one thing to mend.
    """
    groups: dict[tuple[str, str], list[Reference]] = {}
    for reference in facts.broken_references.get("unsafe-link", ()):
        scheme = reference.words.strip().partition(":")[0].casefold()
        groups.setdefault((reference.location.path, scheme), []).append(reference)
    for (_, scheme), references in groups.items():
        if len(references) <= FEW:
            yield from map(_unsafe, references)
            continue
        first = _unsafe(references[0])
        written = f"{references[0].words.strip()[: len(scheme)]}:… ({len(references)})"
        related = tuple(each.location for each in references[1:])
        yield replace(first, values={**first.values, "target": written}, related=related)


def _unsafe(reference: Reference) -> Violation:
    own = ON_OWN_DISK if OWN_DISK.match(reference.words.strip()) else Text("", "")
    return replace(violation_of(reference), values={**dict(reference.values), **bilingual(own=own)})


def _is_tag(words: str) -> bool:
    """Whether what looks like a call is a tag in two pairs of brackets: «[KST][VW]»."""
    return _TAG.fullmatch(words) is not None and words == words.upper()


@rule(
    "QMS110",
    "missing-reference",
    Severity.ERROR,
    title=Text(
        "Chú thích hoặc liên kết chưa có nội dung",
        "A footnote or link without its definition",
    ),
    message=Text(
        (
            "«[{label}]» được gọi ở đây, nhưng cuối tệp không có dòng nào nêu nội dung. Hãy "
            "thêm dòng ấy, hoặc bỏ chỗ gọi."
        ),
        (
            "«[{label}]» is called here, but no line of the file says what it is. Add that "
            "line, or take the call out."
        ),
    ),
)
def missing_reference(facts: Facts) -> Iterator[Violation]:
    """Find footnotes and reference links without their definition."""
    for file in facts.text_files:
        for call in file.page.missing_references:
            if _is_tag(file.source.text[call.start : call.end]):
                continue
            yield Violation(file.source.locate(call.start, call.end), {"label": call.label})


@rule(
    "QMS140",
    "footnote-twice",
    Severity.ERROR,
    title=Text("Hai chú thích chung một số", "Two footnotes with one number"),
    message=Text(
        (
            "Chú thích «[^{label}]» đã có nội dung ở trên; trang chỉ hiện nội dung đầu tiên, "
            "nội dung này mất. Hãy cho một trong hai một số khác, ở cả chỗ gọi."
        ),
        (
            "The footnote «[^{label}]» has its words above already; the page shows the first "
            "ones only, and these are lost. Give one of the two another number, also "
            "where it is called."
        ),
    ),
)
def footnote_twice(facts: Facts) -> Iterator[Violation]:
    """Find footnotes whose label an earlier one of the file has: only the first is shown."""
    for file in facts.text_files:
        first_by_label: dict[str, Footnote] = {}
        for footnote in file.page.footnotes:
            first = first_by_label.setdefault(footnote.label.casefold(), footnote)
            if first is not footnote:
                place = file.source.locate(footnote.start, footnote.end)
                earlier = file.source.locate(first.start, first.end)
                yield Violation(place, {"label": footnote.label}, None, (earlier,))


@rule(
    "QMS141",
    "footnote-uncalled",
    Severity.WARNING,
    title=Text("Chú thích không chỗ nào gọi", "A footnote that nothing calls"),
    message=Text(
        (
            "Không chỗ nào trong tệp gọi chú thích «[^{label}]», nên người đọc không biết nó "
            "nói về câu nào. Hãy ghi «[^{label}]» sau câu ấy, hoặc xóa chú thích."
        ),
        (
            "Nothing in this file calls the footnote «[^{label}]», so readers cannot tell "
            "which sentence it belongs to. Write «[^{label}]» after that sentence, or delete "
            "the footnote."
        ),
    ),
)
def footnote_uncalled(facts: Facts) -> Iterator[Violation]:
    """Find footnotes that nothing calls.

    Not in a file that calls a footnote without words: that call may have meant this one.
    """
    for file in facts.text_files:
        if any(call.label.startswith("^") for call in file.page.missing_references):
            continue
        labels: set[str] = set()
        for footnote in file.page.footnotes:
            if not footnote.called and footnote.label not in labels:
                place = file.source.locate(footnote.start, footnote.end)
                yield Violation(place, {"label": footnote.label})
            labels.add(footnote.label)


RULES: tuple[Rule, ...] = (
    broken_link,
    broken_image,
    broken_anchor,
    unsafe_link,
    missing_reference,
    footnote_twice,
    footnote_uncalled,
)
