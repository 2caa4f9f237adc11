"""A synthetic Vietnamese manual of any size, the same for the same seed: what every benchmark runs
on.

    python -m benchmarks.corpus FOLDER [DOCUMENTS] [--sentences]

Its text is of random words; with --sentences of sentences of the manual beside this package, mixed.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = (
    "chất lượng tài liệu kiểm soát hồ sơ đánh giá nội bộ quy trình thực hiện phê duyệt ban "
    "hành sửa đổi đơn vị trách nhiệm "
    "công chức khách hàng dịch vụ hành chính yêu cầu cải tiến khắc phục rủi ro cơ hội mục "
    "tiêu chính sách lãnh đạo xem xét kết quả "
    "theo dõi"
)
WORDS = SENTENCE.split()
UNITS = ("BIS", "VP", "KT", "TC", "NV", "PC", "QL", "TT", "KH", "DT")

MANIFEST = """\
schema: 1
organization: {{name: Đơn vị thử tải}}
language: vi
timezone: Asia/Ho_Chi_Minh
standards: [{{catalogue: norm}}]
types:
  manual: {{name: Sổ tay, code: STCL}}
  procedure: {{name: Quy trình, code: "QT {{unit}} {{nnnn}}"}}
units: {{{units}}}
roles: {{giam-doc: {{name: Giám đốc, approves: [manual, procedure]}}}}
citations:
  external: ["{{n}}/{{yyyy}}/{{abc}}"]
  words:
    vi: {{clause: [điều khoản], section: [mục], annex: [phụ lục], to: [đến], and: [và], of: [của]}}
"""


CATALOGUE = """\
schema: 1
standard: NORM
edition: "1"
title: Norm
clauses:
  "4": {vi: Bối cảnh, en: Context}
  "4.1": {vi: Hiểu bối cảnh, en: Understanding}
"""


ROOT = Path(__file__).resolve().parent.parent
# A sentence that begins with a capital, without marks, links or numbers.
_SENTENCE = re.compile(
    r"(?<![^.\n] )[A-ZĐÁÀẢÂẤĂÊÔƠƯ][^.\n|#<>\[\]*`:{}0-9«»()…\"]{40,240}(?=\.(?: |\n|$))",
    re.MULTILINE,
)
# The texts of the manual beside this package, or of the pages of its rules.
TEXTS = ("manual/**/*.md", "procedures/**/*.md", "docs/rules/*.vi.md", "docs/hosting.vi.md")


def make(folder: Path, documents: int, seed: int = 1, *, sentences: bool = False) -> None:
    """Write a manual of that many procedures of about 600 words, 4 links and 4 citations each.

    All of them valid. Their words are random, or come in `sentences` that somebody wrote.
    """
    dice = random.Random(seed)
    say = _speaker(dice) if sentences else lambda count: _words(dice, count)
    codes = [
        f"QT {UNITS[number % len(UNITS)]} {number // len(UNITS):04d}" for number in range(documents)
    ]
    _write(
        folder / "qms.yml",
        MANIFEST.format(units=", ".join(f"{unit}: {{name: Đơn vị {unit}}}" for unit in UNITS)),
    )
    _write(
        folder / "manual/index.md",
        "---\ncode: STCL\ntype: manual\ntitle: Sổ tay\nowner: BIS\n---\n",
    )
    _write(folder / "manual/1/4.1.md", "# 4.1. Bối cảnh\n\nNội dung.\n")
    _write(folder / "clauses/catalogues/norm.yml", CATALOGUE)
    named = "".join(f"      - {code}\n" for code in codes)
    _write(folder / "clauses/mapping/norm.yml", MAPPING.format(named=named))
    for number, code in enumerate(codes):
        _write(folder / _path(number), _document(dice, code, codes, say))


HEAD = """\
---
code: {code}
type: procedure
title: Quy trình {title} {code}
owner: {owner}
approver: giam-doc
review_months: 12
retention: 5 năm
distribution: [{{unit: VP, medium: paper, copies: 1}}]
---

# Quy trình
"""
MAPPING = """\
schema: 1
catalogue: norm
clauses:
  "4.1":
    section: "4.1"
    role: giam-doc
    documents:
{named}"""


def _path(number: int) -> str:
    return f"procedures/{number // 100:03d}/qt-{number:05d}.md"


def _speaker(dice: random.Random) -> Callable[[int], str]:
    """Return what gives about as many words as asked for, in whole sentences of a real manual."""
    found: set[str] = set()
    for pattern in TEXTS:
        for path in ROOT.glob(pattern):
            found.update(_SENTENCE.findall(path.read_text(encoding="utf-8")))
    halves = [sentence.rpartition(", ") for sentence in sorted(found)]
    openings = [before or after for before, _, after in halves]
    endings = [after for before, _, after in halves if before]

    def say(count: int) -> str:
        said = f"{dice.choice(openings)}, {dice.choice(endings)}"
        while said.count(" ") + 1 < count:
            said = f"{said}. {dice.choice(openings)}, {dice.choice(endings)}"
        return said

    return say


def _document(dice: random.Random, code: str, codes: list[str], say: Callable[[int], str]) -> str:
    parts = [HEAD.format(code=code, title=_words(dice, 5), owner=dice.choice(UNITS))]
    for section in range(1, 6):
        other = dice.randrange(len(codes))
        link = f"[{_words(dice, 3)}](../{_path(other).removeprefix('procedures/')}#muc-{dice.randint(1, 5)})"
        parts += [
            f"\n## {section}. {_words(dice, 4)}\n",
            f"\n{say(50)}, theo {dice.choice(codes)}, mục {dice.randint(1, 5)}.\n",
            f"\n- {say(20)}\n- **{_words(dice, 6)}**: {link}\n",
            f"\n{say(36)}.\n",
        ]
    parts.append(
        "\n| Bước | Trách nhiệm |\n|---|---|\n"
        + "".join(f"| {step} | {_words(dice, 8)} |\n" for step in range(1, 5))
    )
    return "".join(parts)


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int, nargs="?", default=10_000)
    parser.add_argument("--sentences", action="store_true")
    options = parser.parse_args()
    make(options.folder, options.documents, sentences=options.sentences)
