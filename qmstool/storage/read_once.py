"""Read the files of a manual as they lay there at one moment, whoever saves them meanwhile.

What is made of a manual is made of one version of it: a page of before beside a register of after
would tell what nobody ever wrote.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from qmstool.git.names import plain_name
from qmstool.i18n import QmsError, Text
from qmstool.storage.tree import TEXT_SUFFIXES, FolderTree, Tree, belongs_to_manual

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qmstool.storage.beside import Beside
    from qmstool.storage.tree import Stamp
    from qmstool.storage.whole_file import Refusal

# Whoever saves all texts at once, or pulls, has done so before these are over.
TRIES, PAUSE = 20, 0.1  # seconds
SAVED_MEANWHILE = Text(
    "Có người vừa lưu «{path}» trong lúc lệnh này đang đọc sổ tay, nên chưa làm gì để khỏi lẫn bản "
    "trước với bản sau. Hãy chạy lại.",
    "Somebody saved «{path}» while this command was reading the manual, so nothing was made: it "
    "would mix what was there before with what is there now. Run it again.",
)


class ReadOnceTree:
    """A tree whose texts are read once, together, and stay as they were though somebody saves.

    Its other files are read when they are asked for, and are then to be what they were. Raises
    QmsError where one is not, or where texts are saved all the while.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._unlisted: dict[str, bytes | None] = {}
        self._read_texts()
        self._refused = dict(tree.refused())
        if isinstance(tree, FolderTree):
            self._settle(tree)
        self._beside = tree.beside()

    def _read_texts(self) -> None:
        self.paths = self.tree.list()
        self._listed = frozenset(self.paths)
        self.texts = self.tree.read_all(path for path in self.paths if _is_text(path))

    def _settle(self, tree: FolderTree) -> None:
        """Read the texts anew until none was saved, and none came or went, while they were read."""
        for _ in range(TRIES):
            before = tree.stamps()
            # A list knows nothing of what was refused only as it was read.
            self._refused = dict(tree.refused())
            tree.list()
            after = tree.stamps()
            if before == after:
                return
            time.sleep(PAUSE)
            self._read_texts()
        _refuse_changed(before, after)

    def require_unsaved(self) -> None:
        """Refuse where a file was saved, came or went since all were read.

        For what git is asked of the files, and answers of those that lie there by then. Raises
        QmsError.
        """
        if isinstance(self.tree, FolderTree):
            before = self.tree.stamps()
            self.tree.list()
            _refuse_changed(before, self.tree.stamps())

    def beside(self) -> tuple[Beside, ...]:
        """What lies beside the manual's folders and may belong into one."""
        return self._beside

    def refused(self) -> Mapping[str, Refusal]:
        """What may not be read, by path, and why."""
        return self._refused

    def list(self) -> tuple[str, ...]:
        """Every file's path, sorted."""
        return self.paths

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises KeyError where there is none."""
        text = self.texts.get(path)
        return self.read_other_files([path])[path] if text is None else text

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Many files at once; what is not there is left out."""
        wanted = tuple(paths)
        others = self.read_other_files([path for path in wanted if path not in self.texts])
        read = {}
        for path in wanted:
            if path in self.texts:
                read[path] = self.texts[path]
            elif path in others:
                read[path] = others[path]
        return read

    def read_other_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Read files that are no texts: those of the list, and what lies beside the manual."""
        wanted = tuple(paths)
        listed = [path for path in wanted if path in self._listed and not _is_text(path)]
        read = self.tree.read_all(listed)
        if isinstance(self.tree, FolderTree):
            for path in listed:
                if self.tree.stamp(path) != self.tree.stamp_listed(path):
                    raise QmsError(SAVED_MEANWHILE.fill({"path": path}))
        beside = [path for path in wanted if not belongs_to_manual(path)]
        new = [path for path in beside if path not in self._unlisted]
        found = self.tree.read_all(new)
        self._unlisted |= {path: found.get(path) for path in new}
        kept = {path: self._unlisted[path] for path in beside}
        return read | {path: data for path, data in kept.items() if data is not None}


def _refuse_changed(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> None:
    """Refuse where files are not as they were seen before, and name the first."""
    changed = sorted(path for path, _ in before.items() ^ after.items())
    if changed:
        raise QmsError(SAVED_MEANWHILE.fill({"path": plain_name(changed[0])}))


def _is_text(path: str) -> bool:
    """Whether a file is read as a text."""
    return path.endswith(TEXT_SUFFIXES)
