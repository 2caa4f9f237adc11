"""Tell of the tag that keeps signed texts for good (ADR 0010)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.git import repository as git
from qmstool.git.history import History
from qmstool.i18n import Text
from qmstool.releases.record import tag_name
from qmstool.verify.tags import find_keeper, tag_commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.cli.context import HistoryContext

NOWHERE = Text(
    (
        "Không lần lưu nào trong git giữ đủ nội dung đã ký. Hãy lưu lại các tệp ấy, rồi gắn thẻ "
        "{tag} vào lần lưu đó."
    ),
    (
        "No commit holds all the signed texts. Bring these files back in a commit, and put the "
        "tag {tag} on it."
    ),
)
TAG = Text(
    (
        "Khi bản ghi đã vào nhánh chính, chạy hai lệnh sau để giữ mãi nội dung đã ký:\n  {tag}\n "
        " {push}"
    ),
    (
        "Once the record is on the main branch, run these two, so that the signed texts are "
        "never lost:\n  {tag}\n  {push}"
    ),
)


def print_tag_hint(
    context: HistoryContext, texts: Mapping[str, str], frozen: str, number: int
) -> None:
    """Say on which commit the tag of a release belongs.

    `texts`: the blob of each path; `frozen`: the commit of the release's candidate.
    """
    if not texts:
        return
    repository = git.require_history(context.repository_state)
    history = context.history or History((), {})
    commit = find_keeper(repository, history, texts, frozen)
    if commit:
        tag, push = tag_commands(number, commit[:10])
        console.print_note(TAG.fill({"tag": tag, "push": push}), context.lang)
    else:
        console.print_note(NOWHERE.fill({"tag": tag_name(number)}), context.lang)
