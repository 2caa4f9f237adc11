"""Open a candidate as it was frozen: read without problems, with every text that it froze at hand.

What goes in: its key. What comes out: the candidate and its file's bytes, or a QmsError that says
why it cannot be recorded, or not yet be signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.candidates.candidate import unknown_numbers
from qmstool.i18n import QmsError, Text
from qmstool.manual.candidates import candidate_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree

# Of many documents without numbers, so many are named.
MOST_NAMED = 10
UNKNOWN_NUMBERS = Text(
    "Chưa rõ lần ban hành, lần sửa đổi của {names}. Hãy nêu, như: --number {first}",
    "Issue and revision of {names} are unknown. Say them, as in: --number {first}",
)
MISSHAPEN = Text(
    "«{path}» không đúng mẫu hồ sơ trình ký. Hãy lập lại hồ sơ.",
    "«{path}» does not fit the form of a candidate. Prepare it anew.",
)


def open_candidate(
    manual: Manual,
    tree: Tree,
    key: str,
    blobs: Callable[[Iterable[str]], Mapping[str, bytes]],
) -> tuple[Candidate, bytes]:
    """Return a candidate and the bytes of its file; `blobs` reads texts.

    Raises QmsError for one that cannot be recorded.
    """
    path = candidate_path(key)
    candidate = manual.candidates.get(path)
    if candidate is None:
        raise QmsError(
            Text(f"Không có hồ sơ trình ký «{path}».", f"There is no candidate «{path}».")
        )
    refuse_misshapen(candidate, path)
    _refuse_lost_texts(candidate, path, blobs)
    return candidate, tree.read(path)


def refuse_misshapen(candidate: Candidate, path: str) -> None:
    """Refuse a candidate that cannot all be read, or that bears the key of another file.

    Raises QmsError.
    """
    if not candidate.is_whole or candidate_path(candidate.key) != path:
        raise QmsError(MISSHAPEN.fill({"path": path}))


def _refuse_lost_texts(
    candidate: Candidate, path: str, blobs: Callable[[Iterable[str]], Mapping[str, bytes]]
) -> None:
    wanted = set(frozen_files(candidate).values())
    if len(blobs(wanted)) != len(wanted):
        raise QmsError(
            Text(
                (
                    f"Kho không còn đủ nội dung đã chốt trong «{path}». Hãy tìm trong một bản "
                    "sao khác của kho."
                ),
                (
                    f"The repository has lost texts that «{path}» froze. Look for them in "
                    "another clone."
                ),
            )
        )


def frozen_files(candidate: Candidate) -> dict[str, str]:
    """Return path → blob of every file that a candidate froze."""
    return {pin.path: pin.blob for item in candidate.items for pin in item.files}


def refuse_unknown_numbers(candidate: Candidate) -> None:
    """Where a number follows an unknown one, a person has to say it. Raises QmsError with how."""
    names = unknown_numbers(candidate)
    if names:
        more = len(names) - MOST_NAMED
        told = ", ".join(names[:MOST_NAMED]) + (f", … (+{more})" if more > 0 else "")
        values = {"names": told, "first": shell.quote(f"{names[0]}=1/1")}
        raise QmsError(UNKNOWN_NUMBERS.fill(values))
