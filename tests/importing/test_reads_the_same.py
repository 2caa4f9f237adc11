"""What was written reads on the page as it read in Word: rendered, its text is the source's."""

from __future__ import annotations

import html
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qmstool.i18n import Text
from qmstool.importing.blocks import SourceParagraph, Span
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.word.reader import read_word
from qmstool.rendering import Renderer
from tests.support.word_files import cell, make_docx, paragraph, run, table

PLACE = Text("đây", "here")
SIGNS = st.text(alphabet="ab1Ắ *_`~[](){}<>#+-=|\\!&;:.^$\"'/%@", min_size=1, max_size=24)


def shown(markdown: str) -> str:
    """Return the text of a rendered page, blanks as one."""
    page = Renderer("vi").render(markdown).html
    text = html.unescape(re.sub(r"<[^<>]*>", "", page))
    return " ".join(text.split())


def written(*spans: Span) -> str:
    writer = Writer({}, {}, "")
    writer.write(
        [
            SourceParagraph((Span("Đầu."),), PLACE),
            SourceParagraph(spans, PLACE),
            SourceParagraph((Span("Cuối."),), PLACE),
        ]
    )
    return writer.text()


@settings(max_examples=300, deadline=None)
@given(SIGNS)
@example("__c__ `d` ~~e~~ [^1] {#id} {.c}")
@example("6. sáu")
@example("| a | b |")
@example("a {: .b }")
@example("&lt; &amp; &#60;")
def test_a_paragraph_reads_the_same(text: str) -> None:
    bare = re.sub(r"^[-–•●*+]\s+", "", text.strip())
    page = shown(written(Span(text)))
    assert page in {" ".join(f"Đầu. {text} Cuối.".split()), " ".join(f"Đầu. {bare} Cuối.".split())}


@settings(max_examples=120, deadline=None)
@given(SIGNS, SIGNS, SIGNS)
def test_emphasis_reads_the_same(before: str, text: str, after: str) -> None:
    page = shown(written(Span("x" + before), Span(text, bold=True), Span(after + "x")))
    assert page == " ".join(f"Đầu. x{before}{text}{after}x Cuối.".split())


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(SIGNS, min_size=2, max_size=2), min_size=2, max_size=3))
def test_a_table_reads_the_same(rows: list[list[str]]) -> None:
    data = make_docx(table(*[[cell(paragraph(run(words))) for words in row] for row in rows]))
    writer = Writer({}, {}, "")
    writer.write(read_word(data, "a.docx").blocks)
    page = Renderer("vi").render(writer.text()).html
    cells = re.findall(r"<t[hd][^<>]*>(.*?)</t[hd]>", page, re.DOTALL)
    texts = [" ".join(html.unescape(re.sub(r"<[^<>]*>", "", words)).split()) for words in cells]
    assert texts == [" ".join(words.split()) for row in rows for words in row]
