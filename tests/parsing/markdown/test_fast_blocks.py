"""Blocks that are told by one pattern: the rules, asked instead, say the same of them."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

from qmstool.parsing.markdown import scanner as markdown
from qmstool.parsing.markdown.fast_blocks import simple
from qmstool.parsing.markdown.grammar import RULES
from qmstool.parsing.markdown.scanner import scan
from tests.support.markdown_documents import Author

if TYPE_CHECKING:
    import pytest

    from qmstool.parsing.markdown.blocks import BlockReader
    from qmstool.parsing.markdown.tree import Node

PLAIN = """\
# 1. Phạm vi

Sổ tay áp dụng cho mọi đơn vị.
Xem **QT BIS 01**, [mục 2](../a.md#muc-2).

- một việc
- *hai* việc
- ba

1. trước
2. sau

| Bước | Ai |
|---|:-:|
| 1 | `x` |
| 2 |  |

## 1.1. Mục con {#con}

thuật ngữ

* cuối
"""
EDITS = (
    "#", "##", "- ", "* ", "**", "***", "* * *", "+ ", "1. ", "|", "||", "---", "===", ":", ": ", "> ", "!", "!!! note", "??? x", "[^1]: ", "[a]: b",
    "*[a]: b", "_", "__ ", "`", "\\", "<b>", "<div>", "{#x}", "    ", "  ", " ", "\n", "\n\n", "\n\n\n", "\t", "\u00a0", "\u2028", "\x02", "x",
)  # fmt: skip


def edited(random: Random) -> str:
    """A plain document after a few slips of the keyboard."""
    text = PLAIN
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(text) + 1)
        if random.random() < 0.6:
            at = text.rfind("\n", 0, at) + 1
        text = text[:at] + random.choice(EDITS) + text[at + random.choice((0, 0, 0, 1, 2, 5)) :]
    return text


def test_the_rules_say_the_same_of_simple_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """QMS_FUZZ asks for more documents."""
    count = int(os.environ.get("QMS_FUZZ") or 1000)
    texts = [edited(Random(seed)) for seed in range(count)] + [
        Author(Random(seed)).document() for seed in range(count // 4)
    ]
    taken = []

    def counted(reader: BlockReader, parent: Node, start: int, end: int) -> bool:
        taken.append(simple(reader, parent, start, end))
        return taken[-1]

    monkeypatch.setattr(markdown, "RULES", RULES._replace(simple=counted))
    pages = [scan(text) for text in texts]
    monkeypatch.setattr(markdown, "RULES", RULES._replace(simple=lambda *_: False))
    assert [text for text, page in zip(texts, pages, strict=True) if scan(text) != page] == []
    assert taken.count(True) > len(texts)
    assert taken.count(False) > len(texts)
