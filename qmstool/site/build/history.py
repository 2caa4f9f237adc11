"""Read a repository's past as the pages need it: recorded texts, the log, the auditor's answers."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from qmstool.dossier import content
from qmstool.git import log
from qmstool.git.absence import AbsenceError, is_refusal
from qmstool.git.objects import read_blobs
from qmstool.git.repository import Repository, ShallowRepository, find_repository
from qmstool.i18n import QmsError
from qmstool.manual.candidates import candidate_path
from qmstool.manual.loading.loader import load
from qmstool.register.candidates import pending_candidates
from qmstool.register.recorded_texts import differing_pins, pinned_blobs
from qmstool.storage.pinned_tree import commit_tree
from qmstool.tables import trail
from qmstool.tables.circulation_events import circulation_events
from qmstool.tables.events import newest_first
from qmstool.verify.evidence import collect_evidence
from qmstool.verify.verification import verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from qmstool.dossier.content import DossierContent
    from qmstool.git.history import History
    from qmstool.git.repository import RepositoryState
    from qmstool.i18n import Lang
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree
    from qmstool.tables.trail import Event
    from qmstool.verify.verification import Verification


class RepositoryHistory:
    """What the repository of a manual remembers, each read once; `state`: as it was found before.

    Where git keeps nothing, there is nothing, and no error.
    """

    def __init__(
        self, root: Path, tree: Tree, manual: Manual, state: RepositoryState | None = None
    ) -> None:
        self.root = root
        self.tree = tree
        self.manual = manual
        self._given = state

    @cached_property
    def _state(self) -> RepositoryState | None:
        """What repository there is; None where git cannot read it."""
        if self._given is not None:
            return self._given
        try:
            return find_repository(self.root)
        except QmsError:
            return None

    @cached_property
    def repository(self) -> Repository | None:
        """The repository, whole or shallow, if it has a commit."""
        match self._state:
            case Repository() as repository:
                return repository if repository.head else None
            case ShallowRepository(repository):
                return repository if repository.head else None
            case _:
                return None

    @property
    def commit(self) -> str:
        """The newest commit; "" where there is none."""
        return self.repository.head if self.repository else ""

    @cached_property
    def history(self) -> History | None:
        """The whole log; None where there is none, or only a part."""
        if self.repository is None or isinstance(self._state, ShallowRepository):
            return None
        return log.read_history(self.repository)

    @cached_property
    def blobs(self) -> Mapping[str, bytes]:
        """The texts of every recorded version that the repository holds, by git blob."""
        if not self.manual.releases or not self.repository:
            return {}
        return read_blobs(self.root, pinned_blobs(self.manual.releases))

    @cached_property
    def differing_pins(self) -> frozenset[tuple[str, str]]:
        """The pins of all releases that lead to something else than what was recorded."""
        return differing_pins(self.manual.releases, self.blobs)

    def dossiers(self, day: date, lang: Lang) -> tuple[DossierContent, ...]:
        """What lies before the signer, as the commit of each candidate holds it.

        Left out where this copy does not hold that commit, or the candidate cannot all be read, of
        which `check` tells. A candidate's key becomes an address, so it has to be the one that its
        file is named by.
        """
        dossiers = (
            self._dossier(candidate, day, lang)
            for candidate in pending_candidates(self.manual)
            if candidate.is_whole and candidate.source.path == candidate_path(candidate.key)
        )
        return tuple(dossier for dossier in dossiers if dossier is not None)

    def _dossier(self, candidate: Candidate, day: date, lang: Lang) -> DossierContent | None:
        if self.repository is None:
            return None
        try:
            tree = commit_tree(self.root, candidate.commit)
            return content.gather_content(
                candidate,
                load(tree),
                tree,
                partial(read_blobs, self.root),
                now=(self.manual, day),
                lang=lang,
            )
        except QmsError as error:
            if is_refusal(error) or isinstance(error, AbsenceError):
                raise
            return None

    def trail(self, lang: Lang) -> tuple[Event, ...]:
        """What was done to documents, newest first."""
        if self.history is None:
            return ()
        candidates = {
            candidate.key: candidate.keys for candidate in pending_candidates(self.manual)
        }
        events = [
            *trail.commit_events(self.manual, self.history),
            *trail.release_events(self.manual, self.history, lang),
            *circulation_events(self.manual, candidates, lang),
        ]
        return tuple(newest_first(events))

    def verification(self, day: date, today: date | None = None) -> Verification | None:
        """The auditor's questions; None without git, where every answer would only say so."""
        if self.repository is None:
            return None
        evidence = collect_evidence(self.tree, self.manual.releases, self.repository, self.history)
        return verify(self.manual, evidence, day, today=today)
