"""Make a register by its name, for whoever may ask for any of them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.tables import external_and_records, registers
from qmstool.tables.reviews import reviews_table

if TYPE_CHECKING:
    from datetime import date

    from qmstool.i18n import Lang
    from qmstool.manual.model import Manual
    from qmstool.register.status import Register
    from qmstool.tables.registers import Table

REGISTERS = ("internal", "external", "forms", "records", "reviews")


def register_by_name(
    name: str, manual: Manual, register: Register, lang: Lang, *, tip: Manual, today: date
) -> Table:
    """Return one of `REGISTERS` as of the register's day.

    `tip`: the manual at hand, which holds what is recorded by now of external documents and
    reviews, where `manual` is one of the past.
    """
    match name:
        case "internal":
            return registers.internal_register(manual, register, lang)
        case "forms":
            return registers.forms_register(manual, register, lang)
        case "records":
            return external_and_records.records_register(manual, lang)
        case "reviews":
            return reviews_table(manual, register, tip, lang)
        case _:
            day = None if register.day == today else register.day
            return external_and_records.external_register(tip, lang, day=day)
