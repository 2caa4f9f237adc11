"""What commands about the past begin with: the manual, its repository and its log; and what a word of the user means."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.git import log
from qmstool.git import repository as git
from qmstool.i18n import Text
from qmstool.manual.loading.loader import load
from qmstool.register.status import pins_in_force, register
from qmstool.register.versions import key_of, recorded_life
from qmstool.releases.record import blob_id
from qmstool.storage.tree import Folder, Pinned, commit, read_blobs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qmstool.git.commits import History
    from qmstool.manual.model import Manual, Release
    from qmstool.register.status import Life, Register
    from qmstool.storage.tree import Tree


class HistoryContext:
    """A manual with its past.

    A shallow clone is refused; where there is no repository, only the records can answer.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.found = git.find(options.root)
        self.repository = (
            None if isinstance(self.found, git.NoRepository) else git.whole(self.found)
        )
        self.tree: Tree = open_tree(options.root)
        self.manual: Manual = load(self.tree)
        self.lang = console.screen_language(options, self.manual.config)
        self.today: date = console.today(self.manual.config.zone)
        if self.repository is None:
            text = Text(
                "Không có kho git: chỉ trả lời theo các đợt đã ghi nhận, không có lịch sử.",
                "No git repository: only the recorded releases can answer, without history.",
            )
            console.print_note(text, self.lang)

    @cached_property
    def history(self) -> History | None:
        """The whole log; None where there is none."""
        return log.read(self.repository) if self.repository and self.repository.head else None

    def blobs(self, wanted: Iterable[str]) -> Mapping[str, bytes]:
        """The texts of some blobs; without a repository, those that still lie in the folder."""
        if self.repository:
            return read_blobs(self.repository.folder, wanted)
        held = self.tree.read_all(self.tree.list()).values()
        return {blob_id(data): data for data in held}

    def in_force(self, releases: Iterable[Release], day: date) -> Pinned:
        """The texts in force on a day. Raises QmsError without a repository."""
        return Pinned(git.whole(self.found).folder, pins_in_force(releases, day))

    def on(self, day: date, releases: Sequence[Release] | None = None) -> tuple[Manual, Register]:
        """The manual in force on a day by some releases (all, if none are said), and how every document stood.

        Where nothing was in force, or without a repository, it is the manual at hand.
        """
        known = self.manual.releases if releases is None else releases
        pinned = self.in_force(known, day) if self.repository else None
        manual = load(pinned) if pinned and "qms.yml" in pinned.list() else self.manual
        return manual, register(manual, known, day)

    def key(self, code: str) -> str:
        """The document that a code or key means, withdrawn ones included.

        Raises QmsError with the nearest.
        """
        return key_of(self.manual, code)

    def life(self, code: str) -> Life:
        """What releases did to a document. Raises QmsError where none ever held it."""
        return recorded_life(self.manual, code)


def open_tree(root: Path) -> Tree:
    """The manual in a folder; of a bare repository, that of its newest commit."""
    found = git.find(root)
    found = found.repository if isinstance(found, git.Shallow) else found
    return (
        commit(root, "HEAD")
        if isinstance(found, git.Repository) and found.bare and found.head
        else Folder(root)
    )
