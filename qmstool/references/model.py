"""Define references: the citations and links of a manual with what they lead to."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qmstool.findings import Location
    from qmstool.manual.text_files import TextFile

TargetKind = Literal[
    "document", "section", "clause", "external", "catalogue", "file", "anchor", "outside"
]
ReferenceKind = Literal["code", "name", "number", "link", "image"]
PartKind = Literal["section", "annex", "clause"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to.

    `document`: key. `section`: key of the document and anchor of the section. `clause`: number, and
    its catalogue in `owner`. `external`: id of the register. `catalogue`: id; of a standard named
    without its year, `owner` is its name. `file`: path in the tree (an image or attachment).
    `anchor`: an HTML id of the same file that is no heading. `outside`: an address with a scheme.
    """

    kind: TargetKind
    key: str
    anchor: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ReferredPart:
    """The numbered part that a reference names, whether it is there or not.

    `owner`: key of the document that it is a section or annex of, of the catalogue for a clause.
    """

    kind: PartKind
    owner: str
    number: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One place of running text or one Markdown link that points at something.

    `document`: key of the one it stands in; `start`, `end`: offsets of the words in
    `file.source.text` (for a Markdown link: of its target); `whole_span`: the span of the whole
    construct. `part`: what an announced number names. `violation`: slug of the rule that explains
    why `target` is None, or a doubt beside a target; `values`: the words of its message, which
    nothing else is to be read from. `other_targets`: what a bare clause number means in other
    standards.
    """

    file: TextFile
    document: str
    kind: ReferenceKind
    start: int
    end: int
    words: str
    target: Target | None
    whole_span: tuple[int, int]
    part: ReferredPart | None = None
    violation: str | None = None
    suggestion: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    other_targets: tuple[Target, ...] = ()

    @property
    def location(self) -> Location:
        """The place of the very words."""
        return self.file.source.locate(self.start, self.end)

    @property
    def by_end(self) -> bool:
        """Whether a list names a code by its end alone: «QT VP 09» in «QT VP 01, 09».

        `words` are the whole code then, longer than what is written.
        """
        return self.kind == "code" and self.end - self.start < len(self.words)


@dataclass(frozen=True, slots=True)
class OutsideNumber:
    """A number of a standard, law or document that is not held here: nothing is told of it.

    `owner`: the words that call what it is a part of, "" where none stand beside it.
    """

    file: TextFile
    start: int
    end: int
    words: str
    owner: str

    @property
    def location(self) -> Location:
        """The place of the very words."""
        return self.file.source.locate(self.start, self.end)


class FileReferences:
    """What one file refers to, found or unpacked when somebody asks.

    `take` returns its references in the order of its words, and the numbers in it that are parts of
    what is not held here.
    """

    def __init__(
        self, path: str, take: Callable[[], tuple[Sequence[Reference], Sequence[OutsideNumber]]]
    ) -> None:
        self.path = path
        self._take = take

    @cached_property
    def _taken(self) -> tuple[tuple[Reference, ...], tuple[OutsideNumber, ...]]:
        own, outside = self._take()
        return tuple(own), tuple(outside)

    @property
    def own(self) -> tuple[Reference, ...]:
        """The references of the file, in the order of its words."""
        return self._taken[0]

    @property
    def outside(self) -> tuple[OutsideNumber, ...]:
        """Its numbers that are parts of what is not held here."""
        return self._taken[1]


class References:
    """All references of a manual, in the order of files and of words.

    `outline`: a digest of what may be cited; b"" where nothing is kept.
    """

    def __init__(self, files: Iterable[FileReferences], outline: bytes = b"") -> None:
        self.by_file = {file.path: file for file in files}
        self.outline = outline

    @cached_property
    def all(self) -> tuple[Reference, ...]:
        """Those of all files."""
        return tuple(chain.from_iterable([file.own for file in self.by_file.values()]))

    def of(self, path: str) -> tuple[Reference, ...]:
        """Return those of one file; none of a path that is no text."""
        file = self.by_file.get(path)
        return file.own if file else ()

    @cached_property
    def by_target(self) -> Mapping[tuple[str, str], tuple[Reference, ...]]:
        """References by kind and key of their target; to a section also under its document."""
        groups: dict[tuple[str, str], list[Reference]] = {}
        for reference in self.all:
            target = reference.target
            if target is not None:
                groups.setdefault((target.kind, target.key), []).append(reference)
                if target.kind == "section":
                    groups.setdefault(("document", target.key), []).append(reference)
        return {target: tuple(group) for target, group in groups.items()}
