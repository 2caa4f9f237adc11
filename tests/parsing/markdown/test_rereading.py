"""An edit that takes out the old dialect is certain where the page stays as it was."""

from __future__ import annotations

import pytest

from qmstool.parsing.markdown.modernizing import modern_edits
from qmstool.parsing.markdown.reader import read
from qmstool.parsing.markdown.rereading import certain_edits

TITLES = {"note": "Ghi chú"}


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    một\n\n    hai\n",
        '!!! danger "Chú **ý**"\n    - a\n    - b\n\n        mã\n',
        '!!! note "GHI CHÚ"\n    | a |\n    |---|\n    | b |\n',
        '!!! note "QT[^1]"\n    **QT**[^1]\n\n*[QT]: Quy trình\n\n[^1]: Lời\n',
        "!!! note\n    ```\n    mã\n",
        "!!! note\n    <div>\n    a\n",
        "??? note\n    <div>\n    a\n",
        '???+ "A & *b*"\n    ??? c\n        d\n\n    !!! tip\n        e\nf\n',
        "> ??? note\n>     a\n",
        "a\n!!! note\n    b\nc\n",
    ],
)
def test_what_reads_the_same_is_certain(text: str) -> None:
    document = read(text)
    assert certain_edits(document, TITLES) == modern_edits(document, TITLES) != ()


@pytest.mark.parametrize(
    "text",
    [
        # GitHub draws no alert there.
        "- a\n\n    !!! note\n        b\n",
        "> !!! note\n>     b\n",
        "!!! note\n    a\n\n    !!! tip\n        b\n",
        "!!! note\n    ??? a\n        !!! tip\n            b\n",
        "> ??? note\n>     !!! tip\n>         a\n",
        "[^1]: a\n\n    !!! note\n        b\n\nc[^1]\n",
        "!!! note\n",
        '!!! note "Ghi chú"\n\nsau\n',
        # HTML calls no footnote.
        '??? note "A[^1]"\n    b\n\n[^1]: c\n',
        # What follows would be swallowed.
        "??? note\n    ```\n    mã\n",
        "??? note\n    <!-- a\n",
        "!!! note\n    a\n\n    ??? tip\n        b\n    c\n",
        # The marks in the title make no bold line.
        '!!! note "a **"\n    b\n',
    ],
)
def test_what_would_read_otherwise_is_not(text: str) -> None:
    assert certain_edits(read(text), TITLES) == ()


def test_one_that_is_not_certain_leaves_the_others() -> None:
    text = "!!! note\n    a\n\n??? tip\n    ```\n    mã\n\n!!! tip\n    b\n"
    edits = certain_edits(read(text), TITLES)
    assert [each.words for each in edits] == ["> [!NOTE]\n> a", "> [!TIP]\n> b"]
