"""Tell by a digest what a manual offers to be cited: where it is the same, so is what is cited.

In: a manual. Out: one digest of everything that resolving the references of a file asks besides the
file's own text: codes, titles, headings and anchors of all documents, the registers, catalogues and
mapping, the paths of files, code shapes and citation words. Not what texts say, nor people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.storage.tree import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.storage.kept_facts import KeptFacts

# Where the data files lie that say what may be cited and how: catalogues, mapping, registers, word
# lists. Those of the package are of the tool.
_CITED = ("clauses/", "procedures/", "templates/words/")
_KIND = "cited data"


Made = TypeVar("Made")


class Outline:
    """What a manual offers to be cited, for whoever looks at one file at a time.

    Nobody asks its `manual` but an index, and of nothing but what `outline_digest` holds.
    """

    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self._made: dict[Callable[[Outline], Any], Any] = {}

    def index(self, make: Callable[[Outline], Made]) -> Made:
        """Return what `make` makes of the codes, titles and numbers of a manual, made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made


def outline_digest(manual: Manual, facts: KeptFacts | None = None) -> bytes:
    """Return a digest of what may be cited, and of the words by which it is.

    `facts`: has what the files of data say of it, as long as none of them changes.
    """
    digest = blake2b(_of_data(manual, facts), digest_size=DIGEST_SIZE)
    _add(digest, sorted(manual.paths))
    for document in manual.written_documents:
        _add(digest, _outline(document))
    return digest.digest()


def _of_data(manual: Manual, facts: KeptFacts | None) -> bytes:
    """Return a digest of what the files of data say of what may be cited."""
    paths = [path for path in manual.sources if path.endswith(".yml")]
    part = facts.digest(paths).hex() if facts else ""
    kept: bytes | None = facts.recall(_KIND, MANIFEST, part=part) if facts else None
    if kept is not None:
        return kept
    config = manual.config
    digest = blake2b(digest_size=DIGEST_SIZE)
    for said in (
        config.standards,
        config.types,
        config.words,
        config.external_shapes,
        config.language,
        config.screen,
        manual.page_language,
    ):
        _add(digest, said)
    for path in paths:
        if path.startswith(_CITED):
            _add(digest, (path, manual.sources[path].text))
    if facts:
        facts.keep(_KIND, MANIFEST, digest.digest(), part=part)
    return digest.digest()


def _add(digest: blake2b, part: object) -> None:
    digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")


def _outline(document: Document) -> tuple[object, ...]:
    """Return how a document may be cited."""
    return (
        document.key,
        document.code,
        document.type,
        document.title,
        document.held,
        document.front_matter.file is not None,
        [mark.text for mark in document.names],
        [(file.path, file.page.outline) for file in document.files],
    )
