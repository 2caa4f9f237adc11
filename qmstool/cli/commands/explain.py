"""Print one rule's page, or the list of all rules (`qmstool explain`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.cli import console
from qmstool.i18n import QmsError, Text
from qmstool.parsing.similar import nearest_name
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
        for rule in ALL:
            asked = f" ({BY_NAME.get(lang)})" if rule.on_request else ""
            lines.append(f"{rule.id}  {rule.slug:{width}}  {rule.title.get(lang)}{asked}")
        console.print_answer(options, "\n".join(lines))
        return 0
    found = next(
        (rule for rule in ALL if options.rule.casefold() in {rule.id.casefold(), rule.slug}), None
    )
    if found is None:
        close = nearest_name(options.rule, [name for rule in ALL for name in (rule.id, rule.slug)])
        vi = en = ""
        if close:
            vi, en = f" Có phải là «{close}»?", f" Did you mean «{close}»?"
        raise QmsError(
            Text(
                f"Không có quy tắc «{options.rule}».{vi}", f"There is no rule «{options.rule}».{en}"
            )
        )
    console.print_answer(options, read_page(found, lang))
    return 0
