"""Releases planted in the small manual: what each recorded, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from tests.support.memory import files

if TYPE_CHECKING:
    from qmstool.manual.model import Manual

CODE = "QT A 01"


def item(act: str = "new", code: str = CODE, **keys: object) -> str:
    """An item of a record in YAML, on one line; `keys`: more of it, as YAML."""
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"{{code: {code}, act: {act}, title: x{more}}}"


def record(
    number: int, effective: str, recorded: str, *items: str, **keys: object
) -> tuple[str, str]:
    """The path and the text of a record; `keys`: more of it, as YAML."""
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    text = (
        f"schema: 2\nrelease: {number}\ntitle: Đợt {number}\ninstrument: {{kind: notice}}\n"
        f"signer: {{person: unknown}}\neffective: {effective}\nrecorder: unknown\n"
        f"recorded: {recorded}\nprevious: none\n{more}"
    )
    if "basis" not in keys:
        text += "basis: []\n"
    return f"releases/{number:04d}.yml", text + f"items: [{', '.join(items)}]\n"


def planted(*records: tuple[str, str], **more: str) -> Manual:
    """The small manual with some records and other files."""
    made = load(files(**dict(records), **more))
    told = [
        each.slug for each in made.problems if each.violation.location.path.startswith("releases/")
    ]
    assert told == [], made.problems
    return made
