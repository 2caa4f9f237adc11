"""Say what is to be done about the findings of a rule, without importing any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.storage.resources import packaged_path

if TYPE_CHECKING:
    from qmstool.i18n import Lang

_LAST_HEAD = "\n## "


def remedy(slug: str, lang: Lang) -> str:
    """Return the first paragraph of what a rule's page has last: how to fix it; "" for no page."""
    file = packaged_path("rules") / f"{slug}.{'vi' if lang == 'vi' else 'en'}.md"
    if not file.is_file():
        return ""
    _, _, last = file.read_text(encoding="utf-8").rpartition(_LAST_HEAD)
    return last.partition("\n")[2].strip().partition("\n\n")[0]
