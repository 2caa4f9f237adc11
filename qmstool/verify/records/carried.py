"""Check that the files of a recorded document bear the names by which its texts call them.

What goes in: releases and the texts that they pin. What comes out: discrepancies. A check code
covers the bytes of all files in their order, and no name: where two names are exchanged, each
picture stands in the place of the other, under the code that was signed.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.manual.config import Habits
from qmstool.manual.documents import MAIN_FILE
from qmstool.manual.loading.attachments import find_attachments, resolve_link, resolve_local_path
from qmstool.manual.loading.documents import natural_key
from qmstool.manual.loading.front_matter import parse_front_matter
from qmstool.manual.text_files import SectionWords, TextFile
from qmstool.parsing.markdown.page import read_page
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.composer import find_front_matter
from qmstool.register.recorded_texts import is_as_recorded
from qmstool.verify.discrepancies import Discrepancy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmstool.manual.config import Config
    from qmstool.manual.releases import PinnedFile, Release, ReleaseItem

EXCHANGED = Text(
    "{code}: «{path}» không đứng đúng thứ tự mà nội dung nêu, nên tên tệp có thể đã bị tráo và "
    "trang sẽ hiện tệp khác. Hãy đối chiếu với bản gốc đã ký rồi ghi nhận lại với --mends.",
    "{code}: «{path}» does not stand in the order in which the text names its files: names may "
    "have been exchanged, and the page shows another file. Compare it with the signed original, "
    "and record again with --mends.",
)
UNNAMED = Text(
    "{code}: nội dung không nhắc đến «{path}» mà nhắc đến «{named}», là tệp không được ghi nhận. "
    "Hãy đối chiếu với bản gốc đã ký rồi ghi nhận lại với --mends.",
    "{code}: the text does not name «{path}», but «{named}», which is not recorded. Compare it "
    "with the signed original, and record again with --mends.",
)


def check_carried(
    releases: Iterable[Release],
    blobs: Mapping[str, bytes],
    settings_of: Callable[[Release], Config | None],
) -> Iterator[Discrepancy]:
    """Yield each file of a document that stands under a name which its texts give to another.

    `blobs`: what releases pin; `settings_of`: the settings that a release pins. Of what is not as
    it was recorded, that is told.
    """
    for release in releases:
        for item in release.items:
            if len(item.files) > 1 and is_as_recorded(item, blobs):
                settings = settings_of(release)
                habits = settings.habits if settings else Habits()
                yield from _check_item(item, blobs, habits)


def _check_item(
    item: ReleaseItem, blobs: Mapping[str, bytes], habits: Habits
) -> Iterator[Discrepancy]:
    texts = [pin for pin in item.files if pin.path.endswith(".md")]
    others = [pin for pin in item.files if not pin.path.endswith(".md")]
    paths = frozenset(pin.path for pin in item.files)
    if MAIN_FILE in paths:  # no other document goes on in a second text
        rest = sorted((pin.path for pin in texts if pin.path != MAIN_FILE), key=natural_key)
        yield from _check_order(item, texts, [MAIN_FILE, *rest])
    if not others:
        return
    files = [_text_file(pin.path, blobs[pin.blob]) for pin in texts]
    own = _own_file(files, habits)
    carried = find_attachments(None, tuple(files), paths)
    named = tuple(dict.fromkeys((*carried, *own)))
    yield from _check_order(item, others, [path for path in named if path in paths])
    lost = [path for path in (*_linked(files), *own) if path not in paths]
    for pin in others:
        if pin.path not in named and lost:
            values = {"code": item.code, "path": pin.path, "named": lost[0]}
            yield Discrepancy("pin-misplaced", pin.blob_mark.location, UNNAMED.fill(values))


def _check_order(
    item: ReleaseItem, pins: Sequence[PinnedFile], expected: Sequence[str]
) -> Iterator[Discrepancy]:
    """Yield the first of some pins that comes in the place of another."""
    known = [pin for pin in pins if pin.path in expected]
    for pin, path in zip(known, expected, strict=False):
        if pin.path != path:
            message = EXCHANGED.fill({"code": item.code, "path": pin.path})
            yield Discrepancy("pin-misplaced", pin.blob_mark.location, message)
            return


def _text_file(path: str, data: bytes) -> TextFile:
    source = SourceFile(path, data)
    front = find_front_matter(source.text)
    body = front[2] if front else 0
    page = read_page(source.text, body, source)
    return TextFile(source, page, body, len(source.text), "", SectionWords(()))


def _own_file(files: Iterable[TextFile], habits: Habits) -> tuple[str, ...]:
    """Return the file that a form is, as its head names it."""
    for file in files:
        front_matter = parse_front_matter(file.source.text, habits)
        if front_matter and front_matter.file:
            folder = posixpath.dirname(file.path)
            return (resolve_local_path(folder, front_matter.file.text),)
    return ()


def _linked(files: Iterable[TextFile]) -> Iterator[str]:
    """Yield the files beside them that texts link to or show, other texts left out."""
    for file in files:
        folder = posixpath.dirname(file.path)
        for target in file.page.packed_links.targets:
            path = resolve_link(folder, target)
            if path and not path.endswith(".md"):
                yield path
