"""Learn what a new manual begins with: from options, from the person at the terminal, from files.

An answer that cannot be read is said and asked for again: what was typed before it is not lost.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, TypeVar

from qmstool.cli.confirming import may_ask
from qmstool.frozen import replace
from qmstool.i18n import QmsError, Text
from qmstool.scaffold.beginning import Answers, Words
from qmstool.scaffold.catalogues import standard_key, standard_names
from qmstool.terminal import escape_controls

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from qmstool.i18n import Lang
    from qmstool.importing.result import Taken

_Answer = TypeVar("_Answer")

NO_NAME = Text(
    'Chưa biết tên cơ quan. Hãy thêm --name "Tên cơ quan".',
    'The name of the organization is not known. Add --name "Its name".',
)
ODD_UNIT = Text(
    "Đơn vị «{written}» viết chưa đúng. Viết dạng KÝHIỆU=Tên, như TCHC=Phòng Tổ chức – Hành chính; "
    "ký hiệu chỉ gồm chữ cái, vì nó đứng trong mã tài liệu.",
    "The unit «{written}» is not written rightly. Write KEY=Name, as HR=Human resources; a key is "
    "of letters alone, for it stands in the codes of documents.",
)
ASK_NAME = Text("Tên cơ quan, tổ chức: ", "Name of the organization: ")
ASK_NAME_OR = Text(
    "Tên cơ quan, tổ chức (Enter: {guess}): ", "Name of the organization (Enter: {guess}): "
)
NAME_NEEDED = Text("Cần có tên cơ quan.", "A name is needed.")
ASK_SHORT = Text("Tên viết tắt (Enter: không có): ", "Short name (Enter: none): ")
ASK_STANDARDS = Text(
    "Tiêu chuẩn, cách nhau bằng dấu phẩy (Enter: {default}; có sẵn: {names}): ",
    "Standards, commas between (Enter: {default}; carried: {names}): ",
)
ASK_UNITS = Text(
    "Các đơn vị, dạng KÝHIỆU=Tên; KÝHIỆU=Tên (Enter: ghi sau): ",
    "Units, such as KEY=Name; KEY=Name (Enter: later): ",
)
ASK_URL = Text(
    "Địa chỉ trang web sẽ đăng (Enter: chưa có): ", "Address of the site (Enter: none): "
)


def answers_of(
    options: argparse.Namespace, language: Lang, lang: Lang, taken: Taken | None
) -> tuple[Answers, list[str]]:
    """Return what the options say, what a person at the terminal adds, and what files say."""
    words = Words(language)
    asking = may_ask(options)
    guess = "" if taken is None else taken.organization
    name = (options.name or "").strip() or (_ask_name(guess, lang) if asking else guess.strip())
    if not name:
        raise QmsError(NO_NAME)
    short, url = options.short, options.url
    standards, units = list(options.standard), read_units(options.unit)
    if asking:
        short = short or _ask(ASK_SHORT, lang)
        default = {"default": words.data["standard"], "names": ", ".join(standard_names())}
        standards = standards or _ask_for(ASK_STANDARDS.fill(default), _read_standards, lang)
        units = units or _ask_for(ASK_UNITS, lambda said: read_units(said.split(";")), lang)
        url = url or _ask(ASK_URL, lang)
    standards = [standard for standard in standards if standard] or [words.data["standard"]]
    answers = Answers(
        name=name,
        short=short.strip(),
        language=language,
        timezone=options.timezone or words.data["timezone"],
        units=units,
        url=url.strip(),
        edit_url=options.edit_url.strip(),
    )
    if taken is not None:
        answers = _with_taken(answers, taken)
    return answers, standards


def read_units(written: Sequence[str]) -> dict[str, str]:
    """Return key → name of units, as `KEY=Name`. Raises QmsError for one that is not so."""
    units = {}
    for unit in written:
        if not unit.strip():
            continue
        key, sign, name = (part.strip() for part in unit.partition("="))
        if not sign or not name or not re.fullmatch(r"[^\W\d_]+", key):
            raise QmsError(ODD_UNIT.fill({"written": unit.strip()}))
        units[key] = name
    return units


def _read_standards(said: str) -> list[str]:
    """Return the ids of standards that an answer names: by commas, or ids with blanks between."""
    names = standard_names()
    keys = []
    for part in filter(None, map(str.strip, re.split("[,;]", said))):
        words = part.split()
        keys += words if all(word in names for word in words) else [standard_key(part)]
    return keys


def _with_taken(answers: Answers, taken: Taken) -> Answers:
    """Return the answers with what files say besides: units, codes, roles, people."""
    return replace(
        answers,
        units={**answers.units, **taken.units},
        codes=taken.codes,
        roles={key: (role.name, role.approves) for key, role in taken.roles.items()},
        people=taken.people,
    )


def _ask_name(guess: str, lang: Lang) -> str:
    """Return the name of the organization; an empty answer takes what files say, if they do."""
    question = ASK_NAME_OR.fill({"guess": guess}) if guess else ASK_NAME

    def read(said: str) -> str:
        if not (said or guess):
            raise QmsError(NAME_NEEDED)
        return said or guess

    return _ask_for(question, read, lang).strip()


def _ask_for(question: Text, read: Callable[[str], _Answer], lang: Lang) -> _Answer:
    """Ask until an answer can be read; where nothing more is typed, read an empty one."""
    while True:
        try:
            said = input(escape_controls(question.get(lang))).strip()
        except EOFError:
            return read("")
        try:
            return read(said)
        except QmsError as error:
            sys.stderr.write(f"{escape_controls(error.text.get(lang))}\n")


def _ask(question: Text, lang: Lang) -> str:
    return _ask_for(question, str, lang)
