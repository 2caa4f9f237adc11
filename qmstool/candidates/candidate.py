"""Prepare candidates: texts frozen with numbers, to be signed («lập hồ sơ trình ký»).

What goes in: a manual as a commit holds it, and what the secretary says besides. What comes out:
the text of a file in `releases/candidates/`; loading it gives a `Candidate`. The draft line may
move on; what is signed and recorded is the candidate. Number and date of the instrument do not
exist yet: the records office gives them after the signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.candidates.drafting import Drafting, Overrides
from qmstool.frozen import dataclass
from qmstool.i18n import QmsError, Text
from qmstool.manual.model import UNKNOWN
from qmstool.releases import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmstool.git.history import History
    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.releases.canonical_yaml import Value
    from qmstool.storage.tree import Tree

NOTHING_TO_SIGN = Text(
    (
        "Không có tài liệu nào mới, sửa đổi hay bãi bỏ để trình ký. Thay đổi phải "
        "được lưu vào git trước."
    ),
    (
        "No document is new, changed or to be withdrawn: nothing to sign. Changes must be "
        "committed first."
    ),
)


@dataclass(frozen=True, slots=True)
class CandidateHeader:
    """What a new candidate is called, the commit that it freezes, when and by what it is made.

    `effective`: the day that the draft decision names, None where it leaves the day open.
    """

    key: str
    title: str
    commit: str
    prepared: date
    tool: str
    effective: date | None = None

    @property
    def compared_on(self) -> date:
        """The day whose manual in force the texts are compared with."""
        return self.effective or self.prepared


def unknown_numbers(candidate: Candidate) -> tuple[str, ...]:
    """Return the codes of documents whose issue or revision nobody knows yet.

    What is signed has to bear them.
    """
    items = [item for item in candidate.items if item.act != "withdraw"]
    return tuple(item.code for item in items if UNKNOWN in {item.issue, item.revision})


def prepare_candidate(
    manual: Manual,
    tree: Tree,
    header: CandidateHeader,
    *,
    overrides: Overrides | None = None,
    history: History | None = None,
    releases: Sequence[Release] | None = None,
) -> str:
    """Return the text of a candidate's file: what is new, changed or to be withdrawn.

    `manual` and `tree` are those of the header's commit; `releases`: those recorded by now, by
    default those of the commit. With the history, summaries and reasons are taken from trailers.
    Raises QmsError where nothing is to be signed, or a document in force has lost its file.
    """
    recorded = manual.releases if releases is None else releases
    drafting = Drafting(
        manual, tree, header.compared_on, overrides or Overrides(), history, recorded
    )
    items = drafting.items()
    if not items:
        raise QmsError(NOTHING_TO_SIGN)
    written: dict[str, Value] = {
        "candidate": header.key,
        "title": header.title,
        "commit": header.commit,
        "prepared": header.prepared.isoformat(),
    }
    if header.effective:
        written["effective"] = header.effective.isoformat()
    return record.release_text(
        {
            **written,
            "tool": header.tool,
            "catalogues": record.catalogue_ids(manual),
            "basis": record.pin_basis(tree),
            "items": items,
        },
        "2",
    )
