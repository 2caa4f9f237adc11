"""Read the page of each rule, in both languages.

`explain` prints it, SARIF carries it as help, and the tests run its examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.storage.resources import packaged_path

if TYPE_CHECKING:
    from qmstool.i18n import Lang
    from qmstool.rules.base.rule import Rule

HEADINGS: dict[Lang, tuple[str, ...]] = {
    "vi": ("Kiểm tra gì", "Vì sao đánh giá viên quan tâm", "Sai", "Đúng", "Cách sửa"),
    "en": ("What it checks", "Why an auditor cares", "Bad", "Good", "How to fix"),
}


def read_page(rule: Rule, lang: Lang) -> str:
    """Return a rule's page, or its title and message where the package carries none."""
    file = packaged_path("rules") / f"{rule.slug}.{lang}.md"
    if not file.is_file():
        return f"# {rule.id} {rule.slug}\n\n{rule.title.get(lang)}. {rule.message.get(lang)}\n"
    return file.read_text(encoding="utf-8")
