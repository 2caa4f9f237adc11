"""Take a manual over as it stands: the text of a first release file, as `release adopt` makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from qmstool.manual.values import Unknown
from qmstool.releases.adoption import Adoption, adopt

if TYPE_CHECKING:
    from qmstool.manual.values import Day
    from qmstool.storage.tree import Tree


def baseline_text(
    tree: Tree, *, title: str = "Bản tiếp nhận", recorded: Day = Unknown.UNKNOWN
) -> str:
    """Return the text of `releases/0001.yml` that takes over every document of a manual."""
    manual = load(tree)
    adoption = Adoption(1, title, "qmstool 0", recorded=recorded)
    return adopt(manual, tree, manual.documents, adoption)
