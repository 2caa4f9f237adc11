"""Make a new rule: declaration and check, both pages, a test, and its place in the list of rules.

`python .ci/new_rule.py FAMILY SLUG [--into MODULE] [--on-request]`, for example
`… prose doubled-blank`. The family is a folder of qmstool/rules; its next free id is taken. The
rule gets a module of its own, or goes into an existing one with --into. With --on-request it is
asked only where a manual names it: for what is true of few manuals.

What it makes works at once: it finds a sample sentence, its pages show it, all tests pass. Then
three files are edited by hand, which it names at the end: the module and the two pages.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qmstool.findings import Violation  # noqa: E402 - the package of this very checkout
from qmstool.rules import ALL  # noqa: E402
from qmstool.rules.base.pages import HEADINGS, read_page  # noqa: E402

RULES = ROOT / "qmstool" / "rules"
LIST = RULES / "__init__.py"
PAGES = ROOT / "docs" / "rules"
TESTS = ROOT / "tests" / "rules"
VIOLATION, READ_PAGE = Violation.__name__, read_page.__name__
# What the sample check of a slug looks for, the sentence it stands in, and the sentence mended.
SAMPLE = "câu mẫu {slug}"
BEFORE, AFTER, GOOD = "Văn phòng viết ", " ở đây.", "Văn phòng viết một câu khác ở đây."
TITLES = {"vi": "Tên quy tắc: nêu cái sai", "en": "The rule's title: it names the fault"}
MESSAGES = {
    "vi": "«{words}»: nói sai ở đâu và sửa thế nào.",
    "en": "«{words}»: say what is wrong and how to fix it.",
}
PARAGRAPHS = {
    "vi": (
        "Cảnh báo.",
        "Viết quy tắc kiểm tra gì.",
        "Viết vì sao điều này quan trọng.",
        "Viết cách sửa.",
    ),
    "en": ("A warning.", "Say what the rule checks.", "Say why it matters.", "Say how to fix it."),
}  # fmt: skip
ON_REQUEST = {
    "vi": ", chỉ hỏi khi ghi tên: `check.ask` trong `qms.yml`, hoặc `check --only {slug}`.",
    "en": ", asked for by name: `check.ask` of `qms.yml`, or `check --only {slug}`.",
}
IMPORTS = {
    VIOLATION: f"from qmstool.findings import {VIOLATION}\n",
    "Severity": "from qmstool.findings import Severity\n",
    "Text": "from qmstool.i18n import Text\n",
    "rule": "from qmstool.rules.base.rule import rule\n",
}

MODULE = '''\
"""Check what «{slug}» names: say in one sentence what goes in and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import {violation}, Severity
from qmstool.i18n import Text
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

{check}

RULES: tuple[Rule, ...] = ({function},)
'''
CHECK = '''
@rule(
    "{id}",
    "{slug}",
    Severity.WARNING,
    Text("{titles[vi]}", "{titles[en]}"),
    Text(
        "{messages[vi]}",
        "{messages[en]}",
    ),{on_request}
)
def {function}(facts: Facts) -> Iterator[{violation}]:
    """Find a sample sentence: put the rule's own search here."""
    sample = "{sample}"
    for document in facts.manual.documents.values():
        for file in document.files:
            start = file.source.text.find(sample, file.body)
            if start >= 0:
                place = file.source.locate(start, start + len(sample))
                yield {violation}(place, {{"words": sample}})
'''
PAGE = """\
# {id} {slug}: {title}

{severity}

## {headings[0]}

{checks}

## {headings[1]}

{reason}

## {headings[2]}

```markdown title="manual/2.1.md"
# 2.1. Đánh giá nội bộ

{bad}
```

→ `manual/2.1.md:3:{column}`

## {headings[3]}

```markdown title="manual/2.1.md"
# 2.1. Đánh giá nội bộ

{good}
```

## {headings[4]}

{fix}
"""
TEST = '''\
"""Test the rule `{slug}`: its page first; cases that no reader of the page needs to see go here."""

from __future__ import annotations

from qmstool.rules import BY_SLUG
from qmstool.rules.base.pages import HEADINGS, {read_page}
from tests.support.manuals import findings_of
from tests.support.rule_examples import example

SLUG = "{slug}"


def test_what_the_page_calls_bad_is_found_and_nothing_else() -> None:
    bad = example({read_page}(BY_SLUG[SLUG], "vi"), HEADINGS["vi"][2])
    assert findings_of(dict(bad.files)) == [f"{{SLUG}} {{place}}" for place in bad.places]
'''


def next_id(family: str) -> str:
    """Return the id after the highest one of a family; ids are never used again."""
    room = f"qmstool.rules.{family}"
    numbers = [int(each.id[3:]) for each in ALL if each.check.__module__.startswith(room)]
    if not numbers:
        raise SystemExit(f"no family «{family}»: it is a folder of qmstool/rules with rules in it")
    # A rule of a file is asked by a check of another room: what counts is the hundred.
    hundred = min(numbers) // 100
    number = max(int(each.id[3:]) for each in ALL if int(each.id[3:]) // 100 == hundred) + 1
    if number // 100 != hundred:
        raise SystemExit(f"family «{family}» has no id left")
    return f"QMS{number:03d}"


def refuse_what_is_there(slug: str, module: str, *, new: bool) -> None:
    """Stop where the slug is none, or slug or module are taken."""
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug):
        raise SystemExit(f"«{slug}»: a slug is made of a–z, 0–9 and single hyphens")
    if slug in {each.slug for each in ALL}:
        raise SystemExit(f"there is a rule «{slug}» already")
    if new and list(RULES.glob(f"*/{module}.py")):
        raise SystemExit(f"there is a module «{module}» already; put the rule into it with --into")


def check_text(rule_id: str, slug: str, *, on_request: bool) -> str:
    """Return the declaration of a rule above its check."""
    return CHECK.format(
        id=rule_id,
        slug=slug,
        function=slug.replace("-", "_"),
        titles=TITLES,
        messages=MESSAGES,
        violation=VIOLATION,
        sample=SAMPLE.format(slug=slug),
        on_request="\n    on_request=True," if on_request else "",
    )


def add_imports(text: str) -> str:
    """Return a module's text with what a rule needs imported; ruff puts the lines in order."""
    imported: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom):
            imported |= {alias.name for alias in node.names}
    missing = [line for name, line in IMPORTS.items() if name not in imported]
    future = "from __future__ import annotations\n"
    return text.replace(future, f"{future}\n{''.join(missing)}", 1)


def add_to_module(path: Path, rule_id: str, slug: str, *, on_request: bool) -> None:
    """Put a rule at the end of an existing module and into its tuple RULES."""
    text = add_imports(path.read_text(encoding="utf-8"))
    begin = text.rindex("\nRULES")
    end = text.rindex(")")
    function = slug.replace("-", "_")
    names = text[begin:end].rstrip().rstrip(",")
    check = check_text(rule_id, slug, on_request=on_request)
    path.write_text(
        f"{text[:begin].rstrip()}\n\n{check}\n{names}, {function},{text[end:]}",
        encoding="utf-8",
        newline="\n",
    )


def make_module(path: Path, rule_id: str, slug: str, *, on_request: bool) -> None:
    """Write a module with one rule, and put it at the end of its family in the list of rules."""
    text = MODULE.format(
        slug=slug,
        violation=VIOLATION,
        check=check_text(rule_id, slug, on_request=on_request),
        function=slug.replace("-", "_"),
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    listed = LIST.read_text(encoding="utf-8")
    family, module = path.parent.name, path.stem
    imports = re.search(rf"from qmstool\.rules\.{family} import \(([^)]*)\)", listed)
    if imports is None:
        raise SystemExit(f"{LIST}: no «from qmstool.rules.{family} import (…)»")
    last = max((listed.index(f"*{name}.RULES,"), name) for name in re.findall(r"\w+", imports[1]))[
        1
    ]
    listed = listed.replace(f"*{last}.RULES,", f"*{last}.RULES,\n    *{module}.RULES,")
    listed = listed[: imports.end(1)] + f"    {module},\n" + listed[imports.end(1) :]
    LIST.write_text(listed, encoding="utf-8", newline="\n")


def make_page(rule_id: str, slug: str, lang: str, *, on_request: bool) -> Path:
    """Write a rule's page in one language, its example run by the tests."""
    severity, checks, reason, fix = PARAGRAPHS[lang]
    if on_request:
        severity = severity.rstrip(".") + ON_REQUEST[lang].format(slug=slug)
    text = PAGE.format(
        id=rule_id,
        slug=slug,
        title=TITLES[lang],
        headings=next(names for name, names in HEADINGS.items() if name == lang),
        severity=severity,
        checks=checks,
        reason=reason,
        fix=fix,
        bad=f"{BEFORE}{SAMPLE.format(slug=slug)}{AFTER}",
        good=GOOD,
        column=len(BEFORE) + 1,
    )
    path = PAGES / f"{slug}.{lang}.md"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def make_test(slug: str) -> Path:
    """Write the rule's test module."""
    path = TESTS / f"test_{slug.replace('-', '_')}.py"
    path.write_text(TEST.format(slug=slug, read_page=READ_PAGE), encoding="utf-8", newline="\n")
    return path


def main() -> None:
    """Read the command line, make everything, and name what is left to write by hand."""
    parser = argparse.ArgumentParser(description="Make a new rule that works at once.")
    parser.add_argument("family", help="a folder of qmstool/rules: input, references, prose …")
    parser.add_argument("slug", help="names the fault, not the cure: «doubled-word»")
    parser.add_argument("--into", metavar="MODULE", help="an existing module of the family")
    parser.add_argument("--on-request", action="store_true", help="asked only where it is named")
    options = parser.parse_args()
    on_request = options.on_request
    module = options.into or options.slug.replace("-", "_")
    refuse_what_is_there(options.slug, module, new=not options.into)
    rule_id = next_id(options.family)
    path = RULES / options.family / f"{module}.py"
    if options.into:
        add_to_module(path, rule_id, options.slug, on_request=on_request)
    else:
        make_module(path, rule_id, options.slug, on_request=on_request)
    pages = [make_page(rule_id, options.slug, lang, on_request=on_request) for lang in HEADINGS]
    test = make_test(options.slug)
    ruff = [sys.executable, "-m", "ruff"]
    made = [str(path), str(LIST), str(test)]
    subprocess.run([*ruff, "check", "--quiet", "--select", "I", "--fix", *made], check=True)
    subprocess.run([*ruff, "format", "--quiet", *made], check=True)
    print(f"{rule_id} {options.slug} is made, and works. Now write, in this order:")
    for edited in (path, *pages):
        print(f"  {edited.relative_to(ROOT).as_posix()}")
    print(f"More cases: {test.relative_to(ROOT).as_posix()}. Then: just docs fast")


if __name__ == "__main__":
    main()
