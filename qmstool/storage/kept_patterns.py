"""Keep what Python's compiler made of regular expressions, for the runs after this one.

In: a folder of this user, and the secret that facts are signed with. What was cut short, altered,
brought from elsewhere or made by another Python is not there, and is made again.
"""

from __future__ import annotations

import contextlib
import marshal
from typing import TYPE_CHECKING

from qmstool import patterns
from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.i18n import QmsError
from qmstool.storage import files
from qmstool.storage.whole_file import read_whole

if TYPE_CHECKING:
    from pathlib import Path

NAME = "patterns"
# A manual has some four hundred. Where there are more, those of earlier manuals are forgotten.
MOST = 1500


class KeptPatterns:
    """The expressions of one user that need not be compiled again."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret
        self._kept: dict[patterns.Expression, patterns.Numbers] = {}

    def recall(self) -> None:
        """Let expressions go by what was kept of them."""
        try:
            data = read_whole(str(self._folder / NAME))
        except OSError:
            return
        signature, body = data[:DIGEST_SIZE], data[DIGEST_SIZE:]
        if self._signature(body) == signature:
            self._kept = marshal.loads(body)  # noqa: S302 - our own words: signed
            patterns.recall(self._kept)

    def save(self) -> None:
        """Keep what this run made of expressions; where the disk does not let us, nothing."""
        fresh = patterns.fresh()
        if fresh.keys() <= self._kept.keys():
            return
        kept = self._kept | fresh
        if len(kept) > MOST:
            kept = {expression: kept[expression] for expression in patterns.used() & kept.keys()}
        body = marshal.dumps(kept)
        with contextlib.suppress(OSError, QmsError):
            files.write(self._folder, NAME, self._signature(body) + body, private=True)
        self._kept = kept

    def _signature(self, body: bytes) -> bytes:
        signed = blake2b(f"patterns {patterns.key()} ".encode(), key=self._secret)
        signed.update(body)
        return signed.digest()[:DIGEST_SIZE]
