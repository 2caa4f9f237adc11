"""Open a manual with its repository and its log for the commands about the past."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.altered_records import altered_records_note
from qmstool.cli.days import settle_days
from qmstool.digest import name_blob
from qmstool.git import log, presence
from qmstool.git import repository as git
from qmstool.git.absence import AbsenceError, no_repository
from qmstool.git.objects import read_blobs
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.manual.values import known_day
from qmstool.register.recorded_texts import NOT_AS_RECORDED, differing_pins, pinned_blobs
from qmstool.register.status import pins_in_force, register
from qmstool.register.versions import document_key, recorded_life
from qmstool.releases.record import release_path
from qmstool.storage.pinned_tree import PinnedTree, commit_tree
from qmstool.storage.read_once import TRIES, ReadOnceTree
from qmstool.storage.tree import MANIFEST, FolderTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qmstool.git.history import History
    from qmstool.git.repository import Repository
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.register.effect import Life
    from qmstool.register.status import Register

COMMITTED_MEANWHILE = Text(
    "Trong lúc lệnh này đang đọc sổ tay, kho git cứ chuyển sang lần lưu khác, nên chưa làm gì để "
    "khỏi lẫn bản trước với bản sau. Hãy đợi việc ấy xong rồi chạy lại.",
    "While this command was reading the manual, the repository went on from commit to commit, so "
    "nothing was made: it would mix what was there before with what is there now. Wait until that "
    "is over, and run it again.",
)
NO_REPOSITORY = Text(
    "Không có kho git: chỉ trả lời theo các đợt đã ghi nhận, không có lịch sử. {why}",
    "No git repository: only the recorded releases can answer, without history. {why}",
)


NOTHING_KNOWN = Text(
    "Ngày {day} ở trước mọi điều đã ghi nhận: sớm nhất là ngày {first}. Kho này không biết lúc ấy "
    "làm theo bản nào.",
    "{day} lies before everything that is recorded: the first day known is {first}. Nobody can "
    "tell from here what was worked by then.",
)


class HistoryContext:
    """A manual with its past: `tree` and `manual` of today, `repository` where there is one.

    A shallow clone is refused with a QmsError. Without a repository only the records can answer,
    which the user is told at once, and so are records that are not as git holds them; who names
    those himself says `tells_altered=False`. A day typed day first is settled in the options.
    """

    def __init__(self, options: argparse.Namespace, *, tells_altered: bool = True) -> None:
        self.repository_state, self.tree = read_at_once(options.root)
        self.repository = None
        if not isinstance(self.repository_state, git.NoRepository):
            self.repository = git.require_history(self.repository_state)
        self.manual: Manual = load(self.tree)
        settle_days(options, self.manual.config)
        self.lang = console.screen_language(options, self.manual.config)
        self.readers = console.reader_language(options, self.manual)
        console.print_unread_texts(self.tree, self.lang)
        self._told: set[str] = set()
        self.today: date = console.today(self.manual.config.zone)
        if self.repository is None:
            why = no_repository(options.root).text.get(self.lang)
            console.print_note(NO_REPOSITORY.fill({"why": why}), self.lang)
        elif tells_altered:
            self._tell_of_altered_records(self.repository)

    @cached_property
    def history(self) -> History | None:
        """The whole log; None where there is none."""
        if self.repository is None or not self.repository.head:
            return None
        return log.read_history(self.repository)

    def texts_of_blobs(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return the bytes of some blobs; without a repository, of those still in the folder.

        Raises AbsenceError where this clone is without one that is not gone.
        """
        wanted = dict.fromkeys(blobs)
        if self.repository:
            pins = {blob: self._paths_of_blobs.get(blob, "") for blob in wanted}
            return presence.read_unless_elsewhere(self.repository.folder, pins)
        digits = {len(blob) for blob in wanted}
        present = self.tree.read_all(self.tree.list()).values()
        return {name_blob(data, size): data for data in present for size in digits}

    @cached_property
    def _paths_of_blobs(self) -> Mapping[str, str]:
        """The path that each recorded or frozen text stands under."""
        recorded = [release.items for release in self.manual.releases]
        frozen = [candidate.items for candidate in self.manual.candidates.values()]
        paths: dict[str, str] = {}
        for items in (*recorded, *frozen):
            for item in items:
                paths |= {pin.blob: pin.path for pin in item.files}
        return paths

    def texts_in_force(self, releases: Iterable[Release], day: date) -> PinnedTree:
        """Return the texts in force on a day; only what is gone is missing in it.

        Raises AbsenceError without a repository, and where this clone is without one of them.
        """
        repository = git.require_history(self.repository_state)
        if self.is_before_all(day):
            releases = ()
        pinned = PinnedTree(repository.folder, pins_in_force(releases, day))
        missing = {pinned.blobs[path]: path for path in pinned.missing()}
        presence.refuse_missing(repository.folder, missing, (), may_be_gone=True)
        return self.proved_tree(pinned.blobs)

    def proved_tree(self, pins: Mapping[str, str]) -> PinnedTree:
        """Return recorded texts by path and blob, less those that are not what was recorded.

        Each of these is told once. Raises AbsenceError without a repository.
        """
        folder = git.require_history(self.repository_state).folder
        proved = dict(pins)
        for path, blob in pins.items():
            if (path, blob) not in self._differing_pins:
                continue
            proved[path] = ""
            if path not in self._told:
                console.print_note(NOT_AS_RECORDED.fill({"path": path}), self.lang)
                self._told.add(path)
        return PinnedTree(folder, proved)

    @cached_property
    def _differing_pins(self) -> frozenset[tuple[str, str]]:
        """The pins of all releases that lead to something else than what was recorded."""
        folder = git.require_history(self.repository_state).folder
        releases = self.manual.releases
        return differing_pins(releases, read_blobs(folder, pinned_blobs(releases)))

    def manual_on(
        self, day: date, releases: Sequence[Release] | None = None
    ) -> tuple[Manual, Register]:
        """Return the manual in force on a day, and every document's status by some releases.

        All releases are meant where none are given. Where nothing was in force, or without a
        repository, it is the manual at hand.
        """
        known = self.manual.releases if releases is None else releases
        if self.is_before_all(day):
            known = ()
        manual = self.manual
        if self.repository:
            pinned = self.texts_in_force(known, day)
            if "qms.yml" in pinned.list():
                manual = load(pinned)
        return manual, register(manual, known, day, tip=self.manual)

    def is_before_all(self, day: date) -> bool:
        """Whether a day lies before everything that this manual records."""
        first = self.first_known_day
        return first is not None and day < first

    @cached_property
    def first_known_day(self) -> date | None:
        """The first day of which a record says anything; None where a record tells no day.

        A baseline taken over without a day is known from its recording on, else from the commit
        that brought its record.
        """
        days = []
        for release in self.manual.releases:
            day = known_day(release.effective)
            if day is None and release.imported:
                day = self.recorded_on(release)
                if day is None:
                    return None
            if day is not None:
                days.append(day)
            claims = [item.taken_over.effective for item in release.items if item.taken_over]
            days += [claimed for claimed in claims if claimed]
        return min(days, default=None)

    def recorded_on(self, release: Release) -> date | None:
        """Return the day on which a release was recorded; None where nobody can tell.

        It is the one that its record names, else that of the commit that brought it.
        """
        return known_day(release.recorded) or self._committed_on(release)

    def _committed_on(self, release: Release) -> date | None:
        """The day on which the record of a release came into the history; None where it did not."""
        life = self.history.life(release_path(release.number)) if self.history else ()
        return life[-1].commit.day if life else None

    def print_unknown_past(self, day: date) -> None:
        """Say so where a day lies before everything that is recorded."""
        if self.is_before_all(day):
            values = {"day": day.isoformat(), "first": str(self.first_known_day)}
            console.print_note(NOTHING_KNOWN.fill(values), self.lang)

    def document_key(self, code: str) -> str:
        """Return the document that a code or key means, withdrawn ones included.

        Raises QmsError with the nearest.
        """
        return document_key(self.manual, code)

    def document_life(self, code: str) -> Life:
        """Return what releases did to a document. Raises QmsError where none ever held it."""
        return recorded_life(self.manual, code)

    def _tell_of_altered_records(self, repository: Repository) -> None:
        """Say so where the records at hand are not those that git's last commit holds."""
        note = altered_records_note(repository, self.tree)
        if note is not None:
            console.print_note(note, self.lang)


def open_tree(root: Path) -> ReadOnceTree:
    """Return the manual in a folder; of a bare repository, that of its newest commit."""
    try:
        state = git.find_repository(root)
    except AbsenceError:
        # The files of a folder are there, whatever git says of its repository.
        if not (root / MANIFEST).is_file():
            raise
        return ReadOnceTree(FolderTree(root))
    return _read(root, state)


def read_at_once(root: Path) -> tuple[git.RepositoryState, ReadOnceTree]:
    """Return the repository of a folder and the manual in it, as they were at one moment.

    Raises AbsenceError where git cannot read the repository, QmsError where somebody goes on to
    another commit, or saves, all the while.
    """
    state = git.find_repository(root)
    for _ in range(TRIES):
        tree = _read(root, state)
        found = git.find_repository(root)
        if git.newest_commit(found) == git.newest_commit(state):
            return state, tree
        state = found
    raise QmsError(COMMITTED_MEANWHILE)


def _read(root: Path, state: git.RepositoryState) -> ReadOnceTree:
    repository = state.repository if isinstance(state, git.ShallowRepository) else state
    if isinstance(repository, git.Repository) and repository.bare and repository.head:
        return ReadOnceTree(commit_tree(root, repository.head))
    return ReadOnceTree(FolderTree(root))
