"""Answer with the new name of `release import`, and do nothing (`release adopt`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli.commands.release import adopt
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    import argparse

RENAMED = Text(
    "Chưa làm gì cả: lệnh này nay tên là «qmstool release adopt». Hãy chạy lại với tên ấy, các tùy "
    "chọn như cũ.",
    "Nothing was done: this command is now called «qmstool release adopt». Run it again by that "
    "name, with the same options.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command that it is now, so that an old line gets this answer."""
    adopt.add(parser)


def run(_: argparse.Namespace) -> int:
    """Refuse. Raises QmsError with the new name."""
    raise QmsError(RENAMED)
