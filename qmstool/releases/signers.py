"""Read `releases/allowed_signers`: who may seal a release, with which key, in which time.

What goes in: the file's bytes. What comes out: one `AllowedSigner` a line.

The format is that of ssh-keygen(1), «ALLOWED SIGNERS»: principals, options, key type, key.
ssh-keygen itself judges a seal by it; this reading is for lists and warnings only.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass
from qmstool.manual.values import Unknown
from qmstool.parsing.public_keys import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.values import Day

# Compiled when first asked for: most checks meet no such file.
_TIME = r'valid-(?P<which>after|before)="?(?P<day>\d{8})'


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """One line.

    `key`: type and body without a comment; `since`, `until`: None for none, unknown where the
    figures are no day of the calendar (the day `until` is out).
    """

    line: int
    principals: tuple[str, ...]
    key: str
    since: Day | None
    until: Day | None


def read_signers(data: bytes) -> Iterator[AllowedSigner]:
    """Yield the signers of a file; lines that are none are passed over, as ssh-keygen does."""
    for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
        text = line.strip()
        key = re.search(KEY, text)
        if not key or text.startswith("#"):
            continue
        principals = tuple(text.split()[0].split(","))
        options = text[: key.start()]
        times = {match["which"]: _day(match["day"]) for match in re.finditer(_TIME, options)}
        yield AllowedSigner(
            number,
            principals,
            f"{key['kind']} {key['body']}",
            times.get("after"),
            times.get("before"),
        )


def _day(digits: str) -> Day:
    """Return the day of eight figures, YYYYMMDD."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return Unknown.UNKNOWN
