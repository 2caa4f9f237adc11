"""Find files that texts show or link to, and that no page carries: by kind, or a broken drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.releases.record import RELEASES_FOLDER
from qmstool.rules.base.file_answers import citing_question
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual
from qmstool.storage.file_kinds import ending, is_published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    """Find links and images that lead to a file of the manual which no page can carry."""
    drawings: dict[str, bool] = {}
    for reference in facts.references_of(unpublished_targets):
        if reference.target is not None:
            path = reference.target.key
            kind = _kind(path)
            if is_published(path):
                if path not in drawings:
                    drawings[path] = _is_broken(facts.read, path)
                if not drawings[path]:
                    continue
                kind = BROKEN_DRAWING
            values = {"target": reference.words, **bilingual(kind=kind)}
            yield Violation(reference.location, values)


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
