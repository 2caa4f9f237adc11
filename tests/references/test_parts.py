"""What a reference names is a field: a cited document without a code is treated as one with."""

from __future__ import annotations

import pytest

from qmstool.references.model import ReferredPart
from qmstool.references.resolver import resolve
from tests.support.manuals import findings_of
from tests.support.memory import manual

CODED = "---\ncode: QT VP 03\nkey: luu-tru"
UNCODED = "---\ncode: unknown\nkey: luu-tru"
PROCEDURE = """
type: procedure
title: Quy trình lưu trữ hồ sơ
names: [quy trình lưu trữ hồ sơ]
owner: VP
text: {text}
---

# Quy trình lưu trữ hồ sơ

## 5. Nội dung

{body}
"""
PLAIN_HEADING = "**5.2. Cách làm**\n\nVăn phòng giữ hồ sơ."
DOUBLED_ANCHOR = "### 5.1. Cách làm {#x}\n\nVăn phòng giữ.\n\n### 5.3. Thời hạn {#x}\n\nMãi mãi."
CITATION = "Tài liệu được kiểm soát theo mục 5.2 của Quy trình lưu trữ hồ sơ."


def findings_with(head: str, *, body: str = "Văn phòng giữ.", text: str = "held") -> list[str]:
    """What is found where 1.2 cites a procedure of this head by its title."""
    found = findings_of(
        {
            "procedures/luu-tru.md": head + PROCEDURE.format(text=text, body=body),
            "manual/1.2.md": f"# 1.2. Thông tin dạng văn bản\n\n{CITATION}\n",
        }
    )
    # This one stands at the code or key itself.
    return [line for line in found if not line.startswith("unmapped-document ")]


@pytest.mark.parametrize(
    ("body", "text", "slug", "hidden"),
    [
        ("Văn phòng giữ.", "held", "unknown-section", ""),
        (PLAIN_HEADING, "held", "shown-otherwise", "unknown-section"),
        (DOUBLED_ANCHOR, "held", "duplicate-anchor", "unknown-section"),
        ("Văn phòng giữ.", "not-held", "section-not-held", "unknown-section"),
    ],
)
def test_a_cited_document_without_a_code_gets_the_same_findings(
    body: str, text: str, slug: str, hidden: str
) -> None:
    coded = findings_with(CODED, body=body, text=text)
    slugs = {line.split()[0] for line in coded}
    assert slug in slugs
    assert hidden not in slugs
    assert findings_with(UNCODED, body=body, text=text) == coded


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("theo mục 4.1", ReferredPart("section", "st", "4.1")),
        ("theo mục 9.9", ReferredPart("section", "st", "9.9")),
        ("theo QT A 01, mục 5.9", ReferredPart("section", "qt-a-01", "5.9")),
        ("phụ lục 7", ReferredPart("annex", "st", "7")),
        ("điều khoản 4.11", ReferredPart("clause", "small", "4.11")),
        ("theo QT A 01", None),
    ],
)
def test_the_part_that_is_named_there_or_not(body: str, part: ReferredPart | None) -> None:
    reference = resolve(manual(body=body)).of("manual/1/4.1.md")[-1]
    assert reference.part == part
