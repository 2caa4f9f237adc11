"""Parse a command line; help and complaints are in both languages, argparse knows only English."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from qmstool.i18n import Text
from qmstool.terminal import columns, escape_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.i18n import Lang

HELP = "xem hướng dẫn này rồi thoát / show this help and end"
USAGE = "cách dùng / usage: "
SEE_HELP = Text("Xem cách dùng: {program} -h", "How to use it: {program} -h")
DID_YOU_MEAN = Text("Có phải là «{name}»?", "Did you mean «{name}»?")
CHOICES = Text("Chọn một trong: {names}.", "Choose one of: {names}.")
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
# What argparse says, in English whatever its version → what we say.
ARGPARSE_MESSAGES = (
    (
        r"argument <.+>: invalid choice: '(?P<given>.*?)' \(.*",
        Text("Không có lệnh «{given}».", "There is no command «{given}»."),
    ),
    (
        r"argument [^-].*?: invalid choice: '(?P<given>.*?)' \(.*",
        Text("Ở đây không có «{given}».", "There is no «{given}» here."),
    ),
    (
        r"argument (?P<name>.+?): invalid choice: '(?P<given>.*?)' \(.*",
        Text("{name} không nhận «{given}».", "{name} does not take «{given}»."),
    ),
    (
        r"argument (?P<name>.+?): invalid .+ value: '(?P<given>.*)'",
        Text("{name} không nhận «{given}».", "{name} does not take «{given}»."),
    ),
    (
        r"argument (?P<name>.+?): expected (?:one|at least one) argument",
        Text("Sau {name} phải có một giá trị.", "{name} needs a value after it."),
    ),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
        Text(
            "{name} và {other} không dùng cùng nhau được.", "{name} and {other} do not go together."
        ),
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument .*",
        Text("{name} không nhận giá trị.", "{name} takes no value."),
    ),
    (
        r"unrecognized arguments: (?P<given>.+)",
        Text("Không hiểu «{given}».", "Not understood: «{given}»."),
    ),
    (
        r"the following arguments are required: (?P<names>.+)",
        Text("Còn thiếu: {names}.", "Missing: {names}."),
    ),
    (
        r"one of the arguments (?P<names>.+) is required",
        Text("Còn thiếu một trong: {names}.", "One of these is missing: {names}."),
    ),
    (
        r"ambiguous option: (?P<given>.+) could match (?P<names>.+)",
        Text(
            "«{given}» có thể là {names}; viết rõ hơn.",
            "«{given}» can mean {names}; write more of it.",
        ),
    ),
    # the reasons of our own types: what was given, «tiếng Việt / English»
    (
        r"argument (?P<name>.+?): (?P<given>«.*»): (?P<vi>.+) / (?P<en>.+)",
        Text("{name} {given}: {vi}.", "{name} {given}: {en}."),
    ),
)


# We look for what argparse says, so it speaks English whatever language it knows. Nor does it seek
# a catalogue of words for each of its sentences.
argparse._ = str  # type: ignore[attr-defined] # it has no other way to be told


class BilingualHelp(argparse.HelpFormatter):
    """Help whose first word is in both languages."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line of usage."""
        super().add_usage(usage, actions, groups, USAGE if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse that ends with status 2 and a sentence in both languages."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, add_help=False, formatter_class=BilingualHelp)
        # From Python 3.15 on argparse guesses too, in the midst of words that we look for.
        self.suggest_on_error = False
        self._positionals.title = "cần nêu / arguments"
        self._optionals.title = "tùy chọn / options"
        self.add_argument("-h", "--help", action="help", help=HELP)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read a line; what is not understood is told by the command that did not, not by ours."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the line, what was perhaps meant, and where help is.

        Never returns: status 2.
        """
        see_help = SEE_HELP.fill({"program": self.prog})
        sentences = [_translated(message), *self._suggestions(message), see_help]
        for lang in LANGUAGES:
            line = " ".join(sentence.get(lang) for sentence in sentences)
            sys.stderr.write(f"qmstool: {escape_lines(line)}\n")
        raise SystemExit(2)

    def _suggestions(self, message: str) -> list[Text]:
        """Return the nearest of the names that can stand here, else all where one is chosen."""
        from difflib import get_close_matches

        names, given = self._names(message)
        # A name that another command takes is no slip of the pen: nothing nearer can be meant.
        bare = {name.lstrip("-"): name for name in names}  # the signs before are alike anyway
        near = [] if given in names else get_close_matches(given.lstrip("-"), bare, 1)
        if near:
            return [DID_YOU_MEAN.fill({"name": bare[near[0]]})]
        if names and "choice" in message:
            return [CHOICES.fill({"names": ", ".join(names)})]
        return []

    def _names(self, message: str) -> tuple[list[str], str]:
        """Return what can stand in the place that argparse complains of, and what stands there."""
        if hit := re.match(r"argument (.+?): invalid choice: '(.*?)' \(", message):
            choices: list[str] = []
            for action in self._actions:
                if hit[1] in {action.metavar, action.dest, "/".join(action.option_strings)}:
                    choices += map(str, action.choices or ())
            return choices, hit[2]
        if hit := re.match(r"unrecognized arguments: (-\S+?)(?:[ =]|$)", message):
            return list(_options(self)), hit[1]
        return [], ""


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the options of a parser and of the commands below it."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        yield from action.option_strings
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _options(below)


def _translated(message: str) -> Text:
    """Return what argparse says, in both languages."""
    for pattern, text in ARGPARSE_MESSAGES:
        if hit := re.fullmatch(pattern, message, re.DOTALL):
            return text.fill(hit.groupdict())
    return Text(message, message)
