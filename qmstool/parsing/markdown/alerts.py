"""Name the kinds of alert in words: what stands over one on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.i18n import Lang

ALERTS: Mapping[str, Text] = {
    "note": Text("Ghi chú", "Note"),
    "tip": Text("Gợi ý", "Tip"),
    "important": Text("Quan trọng", "Important"),
    "warning": Text("Cảnh báo", "Warning"),
    "caution": Text("Thận trọng", "Caution"),
}


def alert_titles(lang: Lang) -> dict[str, str]:
    """Return the words over alerts in a language, by kind."""
    return {kind: words.get(lang) for kind, words in ALERTS.items()}
