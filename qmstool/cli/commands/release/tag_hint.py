"""What the command line says of the tag that keeps signed texts for good (ADR 0010)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console as words
from qmstool.git import repository as git
from qmstool.git.commits import History
from qmstool.i18n import Text
from qmstool.releases.record import tag_name
from qmstool.verify.tags import find_keeper, tag_commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.cli.context import Past

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


def keep(past: Past, texts: Mapping[str, str], frozen: str, number: int) -> None:
    """Say on which commit the tag of a release belongs; `texts`: path → blob; `frozen`: the commit of its candidate."""
    commit = (
        find_keeper(git.whole(past.found), past.history or History((), {}), texts, frozen)
        if texts
        else ""
    )
    if commit:
        tag, push = tag_commands(number, commit[:10])
        words.say(TAG.fill({"tag": tag, "push": push}), past.lang)
    elif texts:
        words.say(NOWHERE.fill({"tag": tag_name(number)}), past.lang)
