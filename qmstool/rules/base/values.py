"""Give the bilingual values of a message the names under which the two languages use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmstool.i18n import Text


def bilingual(**texts: Text) -> dict[str, str]:
    """Return each text under its name with `_vi` and `_en`, as messages name their values."""
    values = {}
    for name, text in texts.items():
        values[f"{name}_vi"] = text.vi
        values[f"{name}_en"] = text.en
    return values
