"""Find files that texts show, link to or hand out as forms, and that no page carries.

That is: by their kind, or a broken drawing.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.loading.attachments import resolve_local_path
from qmstool.releases.record import RELEASES_FOLDER
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual
from qmstool.storage.file_kinds import ending, is_published
from qmstool.storage.tree import TEXT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.findings import Location
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.file_answers import Citing
    from qmstool.rules.base.rule import Rule


DRAWING = "svg"
BROKEN_DRAWING = Text(
    "bản vẽ .svg bị hỏng hoặc quá nặng", ".svg drawing that is broken or too large"
)


@citing_question
def unpublished_targets(citing: Citing) -> tuple[int, ...]:
    """Find which references of a file lead to one that no page carries, or not as it is."""
    places = []
    for place, reference in enumerate(citing.references):
        target = reference.target
        if target is None or target.kind != "file" or target.key.startswith(RELEASES_FOLDER):
            continue
        if not is_published(target.key) or ending(target.key) == DRAWING:
            places.append(place)
    return tuple(places)


@rule(
    "QMS146",
    "unpublished-file",
    Severity.WARNING,
    title=Text("Tệp mà trang không đăng được", "A file that the site cannot carry"),
    message=Text(
        (
            "Trang không đăng {kind_vi}, nên người đọc không xem được «{target}». Hãy lưu hình "
            "thành PNG, tài liệu thành PDF, Word hay Excel, rồi sửa đường dẫn."
        ),
        (
            "The site carries no {kind_en}, so readers cannot see «{target}». Save a picture as "
            "PNG, a document as PDF, Word or Excel, and change the path."
        ),
    ),
    reads=(unpublished_targets,),
)
def unpublished_file(facts: Facts) -> Iterator[Violation]:
    """Find links, images and forms that lead to a file of the manual which no page can carry."""
    drawings: dict[str, bool] = {}
    for path, words, location in (*_linked(facts), *_filled_in(facts)):
        kind = _kind(path)
        if is_published(path):
            if path not in drawings:
                drawings[path] = ending(path) == DRAWING and _is_broken(facts.read, path)
            if not drawings[path]:
                continue
            kind = BROKEN_DRAWING
        yield Violation(location, {"target": words, **bilingual(kind=kind)})


def _linked(facts: Facts) -> Iterator[tuple[str, str, Location]]:
    """Yield the files that texts show or link to, how they call them, and where."""
    for reference in facts.references_of(unpublished_targets):
        if reference.target is not None:
            yield reference.target.key, reference.words, reference.location


def _filled_in(facts: Facts) -> Iterator[tuple[str, str, Location]]:
    """Yield the files that people fill in likewise: the page of a form offers its file.

    What the manual itself is written in, such as a mapping that is a statement, pages show.
    """
    for document in facts.manual.documents.values():
        mark = document.front_matter.file
        if mark is not None:
            path = resolve_local_path(posixpath.dirname(document.path), mark.text)
            if path in facts.manual.paths and not path.endswith(TEXT_SUFFIXES):
                yield path, mark.text, mark.location


def _is_broken(read: Callable[[str], bytes] | None, path: str) -> bool:
    """Whether a drawing is there and cannot be made anew of what may stand in one."""
    from qmstool.sanitizing.drawings import rebuilt_drawing  # noqa: PLC0415 - few manuals have drawings, and start-up counts

    if read is None:
        return False
    try:
        data = read(path)
    except KeyError:
        return False
    return rebuilt_drawing(data) is None


def _kind(path: str) -> Text:
    last = ending(path)
    if not last:
        return Text("tệp không có đuôi", "file without an ending")
    return Text(f"tệp .{last}", f".{last} file")


RULES: tuple[Rule, ...] = (unpublished_file,)
