"""Seeded fuzz: the tiny manual, spoilt at random, is checked to the end, and a break planted among it all is still found.

300 cases by default; QMS_FUZZ=5000 for more, QMS_FUZZ_SEED to begin elsewhere. A case is its number: run it alone to see it again.
"""

from __future__ import annotations

import json
import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.fixes import apply_fixes
from qmstool.cli.main import main
from qmstool.findings import Severity
from qmstool.i18n import QmsError
from qmstool.report import FORMATS
from tests.support.machine import time_limit
from tests.support.manuals import check_tree, tiny
from tests.support.memory import MemoryTree
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qmstool.findings import Report

CASES = int(os.environ.get("QMS_FUZZ", "300"))
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261122"))
PLANTED = "manual/1.2.md"
YAML = [
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "&a ",
    "*a ",
    "? ",
    "| ",
    "> ",
    "\t",
    "  ",
    "\n",
    "---\n",
    "# ",
    "!!x ",
    "unknown",
    "1",
    "~",
]
MARKDOWN = [
    *(
        "# ",
        "## 5.2. ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "`",
        "```\n",
        "~~~",
        "**",
        "_",
        "[",
        "](",
        ")",
        "![",
        "<!-- ",
        "-->",
    ),
    *(
        "| a | b |\n",
        "|---|---|\n",
        "[^1]",
        "[^1]: ",
        "{#x}",
        "!!! note\n",
        "??? x\n",
        "<div markdown>",
        "</div>",
        "\\",
        "&amp;",
        ": ",
    ),
    *(
        "QT VP 01",
        "mục 2",
        "điều khoản 2.1",
        "30/2020/NĐ-CP",
        "<!-- qms: allow unknown-code, vì thử -->",
        "\u0301",
        "\ufeff",
        "\r\n",
    ),
]


def bytes_spoilt(random_: random.Random, data: bytes) -> bytes:
    """Some bytes replaced, put in, taken out or doubled."""
    spoilt = bytearray(data)
    for _ in range(random_.randint(1, 12)):
        at = random_.randrange(len(spoilt) + 1)
        piece = bytes(random_.randrange(256) for _ in range(random_.randint(0, 4)))
        spoilt[at : at + random_.randint(0, 6)] = piece
    return bytes(spoilt)


def lines_shuffled(random_: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    first = random_.randrange(len(lines))
    part = lines[first : first + random_.randint(2, 12)]
    random_.shuffle(part)
    return b"\n".join(
        [
            *lines[:first],
            *part,
            *(part if random_.random() < 0.3 else []),
            *lines[first + len(part) :],
        ]
    )


def pieces(random_: random.Random, which: list[str]) -> str:
    return "".join(random_.choice([*which, "chữ ", "x"]) for _ in range(random_.randint(1, 120)))


def yaml_put_in(random_: random.Random, data: bytes) -> bytes:
    at = random_.randrange(len(data) + 1)
    return data[:at] + pieces(random_, YAML).encode() + data[at:]


def markdown_put_in(random_: random.Random, data: bytes) -> bytes:
    at = random_.randrange(len(data) + 1)
    return (
        data[:at]
        + pieces(random_, MARKDOWN).encode()
        + (data[at:] if random_.random() < 0.7 else b"")
    )


WAYS: list[Callable[[random.Random, bytes], bytes]] = [
    bytes_spoilt,
    lines_shuffled,
    yaml_put_in,
    markdown_put_in,
]


def spoilt(case: int, *, spare: frozenset[str] = frozenset()) -> MemoryTree:
    """The manual of a case: one to three of its files spoilt, now and then one put elsewhere or left out."""
    random_ = random.Random(f"{SEED}/{case}")
    files = dict(tiny())
    for path in random_.sample(sorted(set(files) - spare), random_.randint(1, 3)):
        files[path] = random_.choice(WAYS)(random_, files[path])
        if random_.random() < 0.05:
            files[path.swapcase() if random_.random() < 0.5 else f"{path}.md"] = files.pop(path)
    return MemoryTree({**files})


def seen(tree: MemoryTree) -> Report | None:
    """The report, in every form; None where there is no manual to check, which was said."""
    try:
        report = check_tree(tree)
    except QmsError:
        return None
    for name, form in FORMATS.items():
        text = form(report, "vi")
        assert text.encode()
        if name in {"json", "sarif", "gitlab"}:
            json.loads(text)
    for each in report.findings:
        assert 0 < each.location.line <= each.location.end_line
        assert each.location.column > 0
    return report


def test_nothing_ends_in_a_traceback_or_hangs(capsys: pytest.CaptureFixture[str]) -> None:
    started, slowest, found, refused = time.monotonic(), 0.0, 0, 0
    for case in range(CASES):
        began = time.monotonic()
        try:
            with time_limit():
                report = seen(spoilt(case))
        except Exception as error:  # noqa: BLE001 - whatever it is, the case is what helps
            pytest.fail(f"case {case} of seed {SEED}: {error!r}")
        slowest = max(slowest, time.monotonic() - began)
        refused += report is None
        found += len(report.findings) if report else 0
    with capsys.disabled():
        spent = time.monotonic() - started
        pace = f"{CASES} manuals in {spent:.0f} s, slowest {slowest:.2f} s"
        print(f"\nfuzz: {pace}; {found} findings, {refused} refused")  # noqa: T201
    assert refused < CASES / 4
    assert found > CASES


def test_a_planted_break_is_found_among_others(tmp_path: Path) -> None:
    """The page with the break and the two files that make a manual are spared; all else may be in ruins."""
    spare = frozenset({PLANTED, "qms.yml", "manual/index.md"})
    page = tiny()[PLANTED].decode() + "\nXem [bảng kê](khong-co.md).\n"
    for case in range(0, CASES, 5):
        tree = spoilt(case, spare=spare)
        report = seen(MemoryTree({**tree.read_all(tree.list()), PLANTED: page.encode()}))
        assert report is not None
        told = [
            each
            for each in report.findings
            if each.location.path == PLANTED and each.values.get("target") == "khong-co.md"
        ]
        assert [each.slug for each in told] == ["broken-link"], f"case {case} of seed {SEED}"
        assert report.worst == Severity.ERROR
        if case % 50 == 0:
            root = Repo(tmp_path / str(case))
            root.write({**tree.read_all(tree.list()), PLANTED: page})
            assert main(["check", "--root", str(root.folder)]) == 1


def test_what_is_mended_stays_mended() -> None:
    """Mending a spoilt manual never fails, loses no finding but those it mends, and has nothing left to do the second time."""
    for case in range(0, CASES, 5):
        tree = spoilt(case)
        report = seen(tree)
        mended = apply_fixes(report.findings, tree.read) if report else ()
        if mended:
            after = MemoryTree(
                {**tree.read_all(tree.list()), **{each.path: each.after for each in mended}}
            )
            again = seen(after)
            assert again is not None
            assert apply_fixes(again.findings, after.read) == (), f"case {case} of seed {SEED}"
