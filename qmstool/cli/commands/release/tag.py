"""Set the tags that keep the texts of every recorded release (`release tag`, ADR 0010)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.cli.context import HistoryContext
from qmstool.git import repository as git
from qmstool.git import saving
from qmstool.git.history import History
from qmstool.i18n import Text
from qmstool.releases.record import tag_name
from qmstool.verify.tags import TAGS, find_keeper, frozen_commit, released_files

if TYPE_CHECKING:
    import argparse

MADE = Text("Đã gắn thẻ {tag} vào {commit}.", "Put the tag {tag} on {commit}.")
NOWHERE = Text(
    "Đợt {number}: không lần lưu nào giữ đủ nội dung, nên không gắn thẻ được.",
    "Release {number}: no commit holds all its texts, so it cannot be tagged.",
)
COMPLETE = Text("Mọi đợt đã có thẻ.", "Every release has its tag.")
PUSH = Text("Hãy đưa thẻ lên kho chung: git push origin --tags", "Now run: git push origin --tags")


def add(_: argparse.ArgumentParser) -> None:
    """Add no options: every release without a tag gets one."""


def run(options: argparse.Namespace) -> int:
    """Set the missing tags; status 1 where no commit holds the texts of a release."""
    context = HistoryContext(options)
    repository = git.require_history(context.repository_state)
    history = context.history or History((), {})
    known = git.list_tags(repository, TAGS)
    made = missing = 0
    for release in context.manual.releases:
        name, texts = tag_name(release.number), released_files(release)
        if name in known or not texts:
            continue
        commit = find_keeper(repository, history, texts, frozen_commit(release, context.manual))
        if commit:
            saving.make_tag(repository, name, commit)
            console.print_note(MADE.fill({"tag": name, "commit": commit[:10]}), context.lang)
            made += 1
        else:
            console.print_note(NOWHERE.fill({"number": str(release.number)}), context.lang)
            missing += 1
    if made:
        console.print_note(PUSH, context.lang)
    elif not missing:
        console.print_note(COMPLETE, context.lang)
    return int(bool(missing))
