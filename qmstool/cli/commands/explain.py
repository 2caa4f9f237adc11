"""Print one rule's page, or the list of all rules (`qmstool explain`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.i18n import Text
from qmstool.parsing.similar import not_found_error
from qmstool.rules import ALL
from qmstool.rules.base.pages import read_page

if TYPE_CHECKING:
    import argparse

BY_NAME = Text("chỉ hỏi khi ghi tên", "asked only by name")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("rule", nargs="?", help="mã hoặc tên quy tắc / id or name of a rule")


def run(options: argparse.Namespace) -> int:
    """Print the page of a rule, or the list."""
    lang = console.screen_language(options)
    if options.rule is None:
        width = max(len(rule.slug) for rule in ALL)
        lines = []
        for rule in sorted(ALL, key=lambda rule: rule.id):
            asked = f" ({BY_NAME.get(lang)})" if rule.on_request else ""
            lines.append(f"{rule.id}  {rule.slug:{width}}  {rule.title.get(lang)}{asked}")
        console.print_answer(options, "\n".join(lines))
        return 0
    found = next(
        (rule for rule in ALL if options.rule.casefold() in {rule.id.casefold(), rule.slug}), None
    )
    if found is None:
        names = [name for rule in ALL for name in (rule.id, rule.slug)]
        raise not_found_error(options.rule, Text("quy tắc", "rule"), names)
    console.print_answer(options, read_page(found, lang))
    return 0
