"""Define the front matter of a controlled document: what its data say, each word with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from qmstool.manual.values import Count, Day
    from qmstool.parsing.yaml.nodes import LocatedText


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody on a distribution list; `medium` is «paper», «electronic», or "" where not said."""

    unit: LocatedText | None
    medium: str
    copies: Count | None


@dataclass(frozen=True, slots=True)
class RegisteredPaper:
    """What the paper of a registered document bears; a number is "unknown" where nobody knows."""

    issue: str
    revision: str
    effective: Day | None


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """What a text says of itself at its head: issue, revision, date, effective or signer.

    `key`: the key under which it stands, as it is written there.
    """

    what: str
    mark: LocatedText
    key: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the data of a document say; None and () are for keys that it does not have.

    `keys`: those that it has, with a value that fits; `type`, `title` and `text` are kept for their
    places: `Document` says what they mean. `approvers`: in their order; the last puts in force.
    """

    keys: frozenset[str]
    type: LocatedText | None
    title: LocatedText | None
    text: LocatedText | None
    owner: LocatedText | None
    authors: tuple[LocatedText, ...]
    reviewers: tuple[LocatedText, ...]
    approvers: tuple[LocatedText, ...]
    review_months: Count | None
    retention: str
    distribution: tuple[Recipient, ...]
    replaces: tuple[LocatedText, ...]
    withdraw: LocatedText | None
    paper: RegisteredPaper | None
    file: LocatedText | None
    parent: LocatedText | None
    records: tuple[LocatedText, ...]
    note: str
    claims: tuple[OwnClaim, ...]

    @property
    def approver(self) -> LocatedText | None:
        """Who puts it in force: the only approver, or the last of several."""
        return self.approvers[-1] if self.approvers else None
