"""Ask for what a command needs and was not told: on a terminal; elsewhere say what is missing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from qmstool.cli.days import read_day
from qmstool.i18n import QmsError, Text
from qmstool.parsing.similar import not_found_error
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.config import Config
    from qmstool.manual.model import Manual

TO_COME = Text(
    "--{option} {day}: ngày ấy còn ở phía trước. Chỉ ghi nhận việc đã làm; hãy xem lại ngày.",
    "--{option} {day}: that day is still to come. Only what was done is recorded; check the day.",
)
MISSING = Text("Còn thiếu: {options}.", "Missing: {options}.")


def ask_missing(
    options: argparse.Namespace,
    questions: Sequence[tuple[str, Text, Callable[[str], object]]],
    lang: Lang,
) -> None:
    """Fill in the options that are not given: name, question, and how an answer is read.

    Raises QmsError that names them all where nobody can be asked. An answer that cannot be read is
    asked for again.
    """
    missing = [question for question in questions if getattr(options, question[0]) is None]
    if missing and not sys.stdin.isatty():
        names = [f"--{name.replace('_', '-')} ({text.get(lang)})" for name, text, _ in missing]
        vi = ", ".join(names)
        raise QmsError(MISSING.fill({"options": vi}))
    for name, text, read in missing:
        setattr(options, name, _ask(text.get(lang), read))


def refuse_to_come(options: argparse.Namespace, names: Sequence[str], today: date) -> None:
    """Raise QmsError where one of these days is still to come."""
    for name in names:
        day = getattr(options, name)
        if day is not None and day > today:
            values = {"option": name.replace("_", "-"), "day": day.isoformat()}
            raise QmsError(TO_COME.fill(values))


def refuse_unknown_unit(key: str, manual: Manual) -> None:
    """Raise QmsError, with the nearest, where a manual has no such unit."""
    units = manual.config.units
    if key not in units:
        raise not_found_error(key, Text("đơn vị", "unit"), units)


def _ask(question: str, read: Callable[[str], object]) -> object:
    while True:
        try:
            return read(input(f"{escape_controls(question)}: ").strip())
        except EOFError as error:
            raise QmsError(Text("Chưa ghi gì.", "Nothing was written.")) from error
        except argparse.ArgumentTypeError as error:
            sys.stderr.write(f"{error}\n")


def read_words(text: str) -> str:
    """Return an answer in words. Raises ArgumentTypeError for an empty one."""
    if not text:
        raise argparse.ArgumentTypeError("cần một câu trả lời / an answer is needed")
    return text


def day_or_today(today: date, config: Config) -> Callable[[str], date]:
    """Return how an answer is read as a day of what was done: an empty one means today."""

    def read(text: str) -> date:
        if not text:
            return today
        try:
            day = read_day(text, config)
        except QmsError as error:
            both = f"{error.text.vi} / {error.text.en}"
            raise argparse.ArgumentTypeError(both) from error
        if day > today:
            raise argparse.ArgumentTypeError("ngày ấy còn ở phía trước / that day is still to come")
        return day

    return read
