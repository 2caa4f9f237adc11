"""Remember, outside a published site, what a build wrote and what each page was made from.

A site that is published may have come from anybody: committed in a proposal, restored from a store
of files, edited by hand. So the next build takes over only what its memory names, file by file with
its digest (`reuse`). The memory lies with what this user can make again, signed with a secret that
lies elsewhere and that only this user can read; one that was altered, cut short, or brought from
another machine counts for nothing, and everything is made anew.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from typing import TYPE_CHECKING, Any

from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.frozen import dataclass, field
from qmstool.git.names import real_path
from qmstool.i18n import QmsError
from qmstool.site.safety.audit import LinkedPage
from qmstool.site.search.index import PageWords
from qmstool.site.search.writer import SearchedPage
from qmstool.storage import files
from qmstool.storage.user_dirs import cache_folder, own_secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FOLDER = "sites"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was written: the key of what it was made from, what search and audit read of it.

    Its file is among the files of its version.
    """

    key: str
    searched_page: SearchedPage
    linked_page: LinkedPage


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version that was written: its files with their digests, and its pages by address.

    `key`: of what the whole version was made from, "" where it is not to be taken over as a whole;
    `frame`: of what all its pages share; `files`: digests by path in its folder; `pages`: by
    address; `downloads`: what files to take away were made from, by address.
    """

    key: str = ""
    frame: bytes = b""
    files: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    downloads: Mapping[str, str] = field(default_factory=dict)


class SiteMemory:
    """What is remembered of the site in one folder; nothing where this user has no place for it."""

    def __init__(self, target: Path) -> None:
        self.target = os.fsencode(real_path(target.parent) / target.name)
        self.folder = cache_folder()
        self.secret = own_secret()

    @property
    def name(self) -> str:
        """The file of the memory: one for each folder that a site was built into."""
        return f"{_FOLDER}/{blake2b(self.target, digest_size=16).hexdigest()}"

    def recall(self) -> dict[str, KeptVersion]:
        """Return the versions that the last build wrote, by their folder; none without a memory."""
        if self.folder is None or not self.secret:
            return {}
        try:
            data = (self.folder / self.name).read_bytes()
        except OSError:
            return {}
        signature, body = data[:DIGEST_SIZE], data[DIGEST_SIZE:]
        # The signature is looked at before anything is read.
        if self._signature(body) != signature:
            return {}
        packed = marshal.loads(body)  # noqa: S302 - our own words: signed
        return {folder: unpack_version(version) for folder, version in packed.items()}

    def keep(self, versions: Mapping[str, KeptVersion]) -> None:
        """Remember what a build wrote; where the disk does not let us, the next makes it anew."""
        if self.folder is None or not self.secret:
            return
        body = marshal.dumps(
            {folder: pack_version(version) for folder, version in versions.items()}
        )
        with contextlib.suppress(OSError, QmsError):
            files.write(self.folder, self.name, self._signature(body) + body, private=True)

    def _signature(self, body: bytes) -> bytes:
        """Sign a memory for this site and this Python: another would not read it rightly."""
        signed = blake2b(key=self.secret, digest_size=DIGEST_SIZE)
        signed.update(self.target + b"\0" + sys.version.encode() + b"\0")
        signed.update(body)
        return signed.digest()


def pack_version(version: KeptVersion) -> tuple[Any, ...]:
    """Return what is remembered of a version as plain values, for a file or another process."""
    pages = {}
    for address, page in version.pages.items():
        words, linked = page.searched_page.words, page.linked_page
        pages[address] = (
            page.key,
            words.words,
            words.length,
            page.searched_page.texts,
            tuple(sorted(linked.ids)),
            linked.links,
        )
    return version.key, version.frame, version.files, pages, version.downloads


def unpack_version(packed: tuple[Any, ...]) -> KeptVersion:
    """Return what `pack_version` packed."""
    # One that an older tool packed ends before the downloads.
    key, frame, names, rows, *downloads = packed
    pages = {}
    for address, (page_key, words, length, texts, ids, links) in rows.items():
        searched = SearchedPage(PageWords(words, length), texts)
        pages[address] = KeptPage(page_key, searched, LinkedPage(frozenset(ids), links))
    return KeptVersion(key, frame, names, pages, *downloads)
