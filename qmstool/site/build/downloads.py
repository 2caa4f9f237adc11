"""Make the files that readers may take away: each document as PDF and Word, the manual as one PDF.

What goes in: an edition, the files of its version, and what the last build wrote. A file is made
when what it says has changed, else it is taken over as it is: nothing in it is of the build, its
day is that of its release. What comes out: the files in the folder of the site, and of each what it
was made from, for the next build.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from qmstool.digest import blake2b
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.word.document import as_docx
from qmstool.frozen import dataclass, replace
from qmstool.i18n import Text
from qmstool.manual.values import known_day
from qmstool.register.versions import life_blobs
from qmstool.site.build.reuse import take_over, toolchain_digest
from qmstool.site.edition.downloads import (
    PDF,
    WHOLE,
    documents_to_take,
    download_address,
    kinds_wanted,
)
from qmstool.storage import files
from qmstool.tables.change_table import change_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qmstool.export.sheets import Paper
    from qmstool.manual.documents import Document
    from qmstool.site.build.memory import KeptVersion
    from qmstool.site.edition.edition import Edition
    from qmstool.storage.tree import Tree
    from qmstool.tables.registers import Table

PACKAGES = ("typst", "python-docx", "lxml")
TEMPLATES = "templates/word/"
FIRST_DAY = date(1980, 1, 1)  # of a file whose release has no known day
_SIZE = 20
MAKING = Text("  đang dựng {count} tệp PDF, Word để tải về…", "  making {count} files to download…")


def only_template(tree: Tree) -> bytes | None:
    """Return the owner's letterhead for Word, where there is one and not several to choose from."""
    found = [path for path in tree.list() if path.startswith(TEMPLATES) and path.endswith(".docx")]
    return tree.read(found[0]) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class DownloadSource:
    """What files to take away are made from beside the edition.

    `tree`: the files of the version; `template`: the owner's letterhead for Word, None without one;
    `before`: the folder and memory of the last build, None for the first.
    """

    tree: Tree
    template: bytes | None
    before: tuple[Path, KeptVersion] | None

    @property
    def shared(self) -> list[str]:
        """What all its files are made with: the packages that write them, and the letterhead."""
        letterhead = blake2b(self.template or b"", digest_size=_SIZE).hexdigest()
        return [*map(_version, PACKAGES), letterhead]


def write_downloads(
    edition: Edition, source: DownloadSource, site: Path, progress: Callable[[Text], None]
) -> dict[str, str]:
    """Write the files into the folder of a site; return what each was made from, by address.

    Raises QmsError where a package for them is not installed, with the line that installs it.
    """
    wanted = _wanted(edition, source)
    keys = {address: _key(paper, made, source) for address, (paper, made) in wanted.items()}
    taken: frozenset[str] = frozenset()
    if source.before is not None:
        folder, kept = source.before
        same = [address for address, key in keys.items() if kept.downloads.get(address) == key]
        taken = take_over(folder, kept.files, same, site)
    fresh = [address for address in keys if address not in taken]
    if fresh:
        progress(MAKING.fill({"count": str(len(fresh))}))
    for address in fresh:
        paper, made = wanted[address]
        if address.endswith(PDF):
            content = as_pdf(paper.data, paper.pictures, made)
        else:
            content = as_docx(paper, made, template=source.template)
        files.write(site, address, content)
    return keys


def _wanted(edition: Edition, source: DownloadSource) -> dict[str, tuple[Paper, date]]:
    """Return the paper of each file, and the day that it bears, by address."""
    kinds, documents = kinds_wanted(edition), documents_to_take(edition)
    if not kinds or not documents:
        return {}
    # Whether somebody is writing at the next text is no word of this one.
    statuses = edition.register.statuses.items()
    plain = {key: replace(status, changed=None) for key, status in statuses}
    standing = replace(edition.register, statuses=plain)
    writer = SheetWriter(edition.manual, standing, edition.lang)
    changes = _changes(edition, documents)
    days = {document.key: _day(edition, document) for document in documents}
    known = [day for day in days.values() if day]
    newest = max(known, default=FIRST_DAY)
    wanted = {}
    for document in documents:
        paper = writer.documents([document], source.tree, changes, whole=False)
        for kind in kinds:
            wanted[download_address(document.key, kind)] = paper, days[document.key] or newest
    if PDF in kinds and edition.manual.main in documents:
        cover = SheetWriter(edition.manual, replace(standing, day=newest), edition.lang)
        paper = cover.documents(documents, source.tree, changes, whole=True)
        if not known:
            paper.data["cover"]["facts"] = []  # as of no day that anybody knows
        wanted[WHOLE] = paper, newest
    return wanted


def _changes(edition: Edition, documents: tuple[Document, ...]) -> dict[str, Table]:
    """Return the change table of each document that releases hold, as of the edition's day."""
    tables, blobs = {}, edition.context.blobs
    for document in documents:
        life = edition.register.lives.get(document.key, ())
        here = {blob: blobs[blob] for blob in life_blobs(life) if blob in blobs}
        tables[document.key] = change_table(
            edition.manual, life, edition.register.day, edition.lang, blobs=here
        )
    return tables


def _day(edition: Edition, document: Document) -> date | None:
    """Return the day of the record that a text in force rests on; None where nobody knows it."""
    standing = edition.standing(document.key)
    if standing is None:
        return None
    release = edition.register.release_of(standing)
    recorded = known_day(release.recorded) if release else None
    return known_day(standing.effective) or recorded


def _key(paper: Paper, made: date, source: DownloadSource) -> str:
    """Return the digest of everything that a file is made from."""
    digest = blake2b(digest_size=_SIZE)
    shared = [toolchain_digest(), *source.shared, made.isoformat(), paper.data]
    digest.update(json.dumps(shared, ensure_ascii=False, sort_keys=True).encode())
    for name, data in sorted(paper.pictures.items()):
        digest.update(name.encode() + b"\0" + blake2b(data).digest())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
