"""What people do to an exported document in Word, one edit each, and what it does to the text."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """---
code: QT VP 07
type: procedure
title: Mua sắm
owner: VP
---

"""
BODY = """# Mua sắm

Đoạn **đậm** và *nghiêng*, có [liên kết](https://example.org/x), `mã` và chú thích[^a] & dấu &lt;.
Dòng hai của cùng đoạn.

## 1. Mục đích

- một
- hai **nhấn**
    - hai mốt
- ba

1. Lập phiếu.
2. Duyệt phiếu.
3. Lưu phiếu.

> Trích dẫn
> hai dòng.

Đoạn này sẽ chuyển xuống cuối phần.

## 2. Cách làm

| Mã | Tên | Lưu |
|:---|---|---|
| M1 | Phiếu **mới** | 5 năm |
| M2 | a\\|b<br>c | 1 năm |

<table>
<tr><th>A</th><th>B</th></tr>
<tr><td rowspan="2">x &amp; y</td><td>z</td></tr>
<tr><td>w</td></tr>
</table>

Đoạn cuối, giữ trong 5 ngày.

[^a]: Chú thích **quan trọng** một.
"""
AUTHOR, MOMENT = "Trần Thị B", "2026-03-01T02:00:00Z"


class Edit(NamedTuple):
    """An edit: what it does in Word, and words of the text with what stands for them then."""

    do: Callable[[Any], None]
    changes: tuple[tuple[str, str], ...]


def edited(content: bytes, *names: str) -> bytes:
    """Return a Word file with edits made, in their order."""
    document = docx.Document(io.BytesIO(content))
    for name in names:
        EDITS[name].do(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def expected(*names: str) -> str:
    """Return the body of the text with edits made."""
    text = BODY
    for name in names:
        for old, new in EDITS[name].changes:
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
    return text


def paragraph_with(document: Any, words: str) -> Any:
    """Return the first paragraph, in a cell too, that has some words."""
    for paragraph in document.element.body.iter(qn("w:p")):
        if words in "".join(text.text or "" for text in paragraph.iter(qn("w:t"))):
            return paragraph
    raise AssertionError(words)


def put(element: Any, old: str, new: str) -> None:
    """Put words in the place of others within one run."""
    for text in element.iter(qn("w:t")):
        if old in (text.text or ""):
            text.text = text.text.replace(old, new)
            return
    raise AssertionError(old)


def say(paragraph: Any, words: str) -> None:
    """Let a paragraph say some words and nothing else."""
    first, *others = paragraph.iter(qn("w:t"))
    first.text = words
    for text in others:
        text.text = ""


def _words(document: Any) -> None:
    put(paragraph_with(document, "5 ngày"), "5 ngày", "7 ngày làm việc")


def _bold_word(document: Any) -> None:
    put(paragraph_with(document, "nhấn"), "nhấn", "nhấn mạnh")


def _beside_note(document: Any) -> None:
    put(paragraph_with(document, "chú thích"), "chú thích", "ghi chú")


def _paragraph_added(document: Any) -> None:
    end = paragraph_with(document, "Đoạn cuối")
    new = copy.deepcopy(end)
    end.addprevious(new)
    say(new, "1. Đoạn mới * có _dấu_ | [lạ].")


def _paragraph_removed(document: Any) -> None:
    gone = paragraph_with(document, "Trích dẫn")
    gone.getparent().remove(gone)


def _paragraph_moved(document: Any) -> None:
    paragraph_with(document, "Đoạn cuối").addprevious(paragraph_with(document, "chuyển xuống"))


def _heading_renamed(document: Any) -> None:
    put(paragraph_with(document, "Cách làm"), "Cách làm", "Các bước")


def _item_added(document: Any) -> None:
    item = paragraph_with(document, "hai mốt")
    new = copy.deepcopy(item)
    item.addnext(new)
    put(new, "hai mốt", "hai hai")


def _number_added(document: Any) -> None:
    item = paragraph_with(document, "Lưu phiếu")
    new = copy.deepcopy(item)
    item.addnext(new)
    put(new, "Lưu phiếu", "Gửi phiếu")


def _cell_changed(document: Any) -> None:
    put(paragraph_with(document, "5 năm"), "5 năm", "10 năm | hoặc hơn")


def _html_cell_changed(document: Any) -> None:
    put(paragraph_with(document, "x & y"), "x & y", "x & y < z")


def _row_added(document: Any) -> None:
    row = paragraph_with(document, "M2").getparent().getparent()
    new = copy.deepcopy(row)
    row.addnext(new)
    put(new, "M2", "M3")
    put(new, "1 năm", "2 năm")


def _row_removed(document: Any) -> None:
    row = paragraph_with(document, "M1").getparent().getparent()
    row.getparent().remove(row)


def _note_changed(document: Any) -> None:
    put(paragraph_with(document, "quan trọng"), "quan trọng", "rất quan trọng")


def _title_changed(document: Any) -> None:
    put(paragraph_with(document, "Mua sắm"), "Mua sắm", "Mua sắm và thuê")


def _change(kind: str, number: int) -> Any:
    mark = OxmlElement(f"w:{kind}")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("date", MOMENT)):
        mark.set(qn(f"w:{name}"), value)
    return mark


def _tracked(document: Any) -> None:
    paragraph = paragraph_with(document, "Đoạn cuối")
    run = next(paragraph.iter(qn("w:r")))
    kept, gone, new, rest = (copy.deepcopy(run) for _ in range(4))
    put(kept, "Đoạn cuối, giữ trong 5 ngày.", "Đoạn cuối, giữ trong ")
    put(gone, "Đoạn cuối, giữ trong 5 ngày.", "5")
    put(new, "Đoạn cuối, giữ trong 5 ngày.", "30")
    put(rest, "Đoạn cuối, giữ trong 5 ngày.", " ngày.")
    next(gone.iter(qn("w:t"))).tag = qn("w:delText")
    deletion, insertion = _change("del", 901), _change("ins", 902)
    deletion.append(gone)
    insertion.append(new)
    paragraph.replace(run, kept)
    kept.addnext(deletion)
    deletion.addnext(insertion)
    insertion.addnext(rest)


EDITS: dict[str, Edit] = {
    "words": Edit(_words, (("5 ngày", "7 ngày làm việc"),)),
    "a bold word": Edit(_bold_word, (("**nhấn**", "**nhấn mạnh**"),)),
    "words beside a note": Edit(_beside_note, (("chú thích[^a]", "ghi chú[^a]"),)),
    "a paragraph more": Edit(
        _paragraph_added,
        (("Đoạn cuối", "1\\. Đoạn mới \\* có \\_dấu\\_ | \\[lạ\\].\n\nĐoạn cuối"),),
    ),
    "a paragraph less": Edit(_paragraph_removed, (("> Trích dẫn\n> hai dòng.\n\n", ""),)),
    "a paragraph moved": Edit(
        _paragraph_moved,
        (
            ("Đoạn này sẽ chuyển xuống cuối phần.\n\n", ""),
            ("Đoạn cuối", "Đoạn này sẽ chuyển xuống cuối phần.\n\nĐoạn cuối"),
        ),
    ),
    "a heading": Edit(_heading_renamed, (("2. Cách làm", "2. Các bước"),)),
    "an item more": Edit(_item_added, (("    - hai mốt\n", "    - hai mốt\n    - hai hai\n"),)),
    "a number more": Edit(_number_added, (("3. Lưu phiếu.\n", "3. Lưu phiếu.\n4. Gửi phiếu.\n"),)),
    "a cell": Edit(_cell_changed, (("| 5 năm |", "| 10 năm \\| hoặc hơn |"),)),
    "a cell of HTML": Edit(_html_cell_changed, (("x &amp; y", "x &amp; y &lt; z"),)),
    "a row more": Edit(
        _row_added,
        (
            (
                "| M2 | a\\|b<br>c | 1 năm |\n",
                "| M2 | a\\|b<br>c | 1 năm |\n| M3 | a\\|b<br>c | 2 năm |\n",
            ),
        ),
    ),
    "a row less": Edit(_row_removed, (("| M1 | Phiếu **mới** | 5 năm |\n", ""),)),
    "a note": Edit(_note_changed, (("**quan trọng**", "**rất quan trọng**"),)),
    "the title": Edit(_title_changed, (("# Mua sắm", "# Mua sắm và thuê"),)),
    "tracked changes": Edit(_tracked, (("5 ngày", "30 ngày"),)),
}
"""By name; each leaves the words alone that the others look for, but for one that its cell holds."""
