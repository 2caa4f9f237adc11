"""`import --update`: what is new in Word, not only changed words, comes back as Markdown has it."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from qmstool.cli.main import main
from qmstool.storage import files
from tests.export.test_pdf import _png
from tests.support.manuals import tiny
from tests.support.word_edits import BODY, HEAD, paragraph_with, put, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATH = "procedures/qt-vp-07.md"
END = "Đoạn cuối, giữ trong 5 ngày.\n"
ADDRESS = "https://example.org/a_b(c)"


def _write(folder: Path, body: str) -> None:
    for path, data in tiny().items():
        files.write(folder, path, data)
    files.write(folder, PATH, HEAD + body)


def _exported(folder: Path, body: str) -> bytes:
    _write(folder, body)
    target = folder / "out.docx"
    arguments = ["export", "docx", "QT VP 07", "--root", str(folder), "--output", str(target)]
    assert main(arguments) == 0
    return target.read_bytes()


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _exported(tmp_path_factory.mktemp("new"), BODY)


def _update(folder: Path, data: bytes, body: str = BODY) -> tuple[str, int]:
    """Take a file back; return what the text is then, and the status."""
    _write(folder / "m", body)
    (folder / "sua.docx").write_bytes(data)
    root = ["--root", str(folder / "m")]
    arguments = ["import", "--update", str(folder / "sua.docx"), *root, "--lang", "en", "--yes"]
    status = main(arguments)
    return (folder / "m" / PATH).read_text("utf-8"), status


def _edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    edit(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _with_note(data: bytes, kind: str) -> bytes:
    """Put a note of Word's own behind the last words; `kind`: «footnote» or «endnote»."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    names = {name: parts.read(name) for name in parts.namelist()}
    text = names["word/document.xml"].decode()
    at = text.index("</w:r>", text.rindex("5 ngày.")) + len("</w:r>")
    call = f'<w:r><w:{kind}Reference w:id="7"/></w:r>'
    names["word/document.xml"] = (text[:at] + call + text[at:]).encode()
    names[f"word/{kind}s.xml"] = (
        f'<w:{kind}s {nsdecls("w")}><w:{kind} w:id="7"><w:p><w:r><w:{kind}Ref/></w:r>'
        f'<w:r><w:t xml:space="preserve"> Ghi chú mới.</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    ).encode()
    own = "officeDocument/2006/relationships"
    base = RELATIONSHIP_TYPE.HYPERLINK.partition(own)[0]
    related = f'<Relationship Id="rId99" Type="{base}{own}/{kind}s" Target="{kind}s.xml"/>'
    override = (
        f'<Override PartName="/word/{kind}s.xml" ContentType="application/vnd.'
        f'openxmlformats-officedocument.wordprocessingml.{kind}s+xml"/>'
    )
    for path, end, more in (
        ("word/_rels/document.xml.rels", "</Relationships>", related),
        (
            "[Content_Types].xml",
            "</Types>",
            override,
        ),
    ):
        names[path] = names[path].decode().replace(end, more + end).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return written.getvalue()


def _table(document: Any) -> None:
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.paragraphs[0].add_run(f"ô {number}").bold = number < 2
    paragraph_with(document, "Đoạn cuối").addprevious(table._tbl)


def _column(document: Any) -> None:
    table = paragraph_with(document, "M1").getparent().getparent().getparent()
    for row in table.iter(qn("w:tr")):
        cell = copy.deepcopy(list(row.iter(qn("w:tc")))[-1])
        row.append(cell)
        say(next(cell.iter(qn("w:p"))), "thêm")


def _heading(document: Any) -> None:
    new = copy.deepcopy(paragraph_with(document, "Cách làm"))
    paragraph_with(document, "Đoạn cuối").addprevious(new)
    say(new, "Hồ sơ")


def _level(document: Any) -> None:
    """One press of Tab below an item."""
    item = paragraph_with(document, "hai mốt")
    new = copy.deepcopy(item)
    item.addnext(new)
    put(new, "hai mốt", "sâu hơn")
    place = new.find(qn("w:pPr")).find(qn("w:numPr")).find(qn("w:ilvl"))
    place.set(qn("w:val"), str(int(place.get(qn("w:val"))) + 1))


def _hyperlink(document: Any) -> Any:
    kind = RELATIONSHIP_TYPE.HYPERLINK
    number = document.part.relate_to(ADDRESS, kind, is_external=True)
    return parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}"/>')


def _link(document: Any) -> None:
    link = _hyperlink(document)
    link.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> trang *này*</w:t></w:r>')
    )
    paragraph_with(document, "Đoạn cuối").append(link)


def _linked_words(document: Any) -> None:
    link, paragraph = _hyperlink(document), paragraph_with(document, "Đoạn cuối")
    run = paragraph.findall(qn("w:r"))[-1]
    run.addprevious(link)
    link.append(run)


def _picture(document: Any) -> None:
    shown = document.add_paragraph()
    shown.add_run().add_picture(io.BytesIO(_png()))
    paragraph_with(document, "Đoạn cuối").addprevious(shown._p)


def _picture_in_a_line(document: Any) -> None:
    line = Paragraph(paragraph_with(document, "Đoạn cuối"), document)
    line.add_run().add_picture(io.BytesIO(_png()))


PLACE = "\\[Picture: take it from the Word file\\]"
OLD_TABLE = BODY[BODY.index("| Mã") : BODY.index("<table>")]
NEW_TABLE = """| Mã | Tên | Lưu | thêm |
| :--- | --- | --- | --- |
| M1 | Phiếu **mới** | 5 năm | thêm |
| M2 | a\\|b<br>c | 1 năm | thêm |

"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (_table, END, f"| ô 0 | ô 1 |\n| --- | --- |\n| ô 2 | ô 3 |\n\n{END}"),
        (_column, OLD_TABLE, NEW_TABLE),
        (_heading, END, f"## 3. Hồ sơ\n\n{END}"),
        (_level, "    - hai mốt\n", "    - hai mốt\n      - sâu hơn\n"),
        (_link, END, END.replace(".\n", ". [trang \\*này\\*](https://example.org/a_b%28c%29)\n")),
        (_picture, END, f"{PLACE}\n\n{END}"),
        (_picture_in_a_line, END, END.replace(".\n", f".{PLACE}\n")),
    ],
)
def test_what_is_new_in_word_is_new_in_the_text(
    edit: Callable[[Any], None], old: str, new: str, word: bytes, tmp_path: Path
) -> None:
    assert BODY.count(old) == 1
    text, status = _update(tmp_path, _edited(word, edit))
    assert text == HEAD + BODY.replace(old, new)
    assert status == 0


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_made_in_word_is_a_footnote(kind: str, word: bytes, tmp_path: Path) -> None:
    text, status = _update(tmp_path, _with_note(word, kind))
    body = BODY.replace(END, END.replace(".\n", ".[^word-1]\n"))
    assert text == f"{HEAD}{body.rstrip()}\n\n[^word-1]: Ghi chú mới.\n"
    assert status == 0


def test_a_second_note_made_in_word_leaves_the_first_its_words(tmp_path: Path) -> None:
    noted = BODY.replace("- ba\n", "- ba[^word-1]\n") + "\n[^word-1]: Ghi chú cũ.\n"
    text, status = _update(tmp_path, _with_note(_exported(tmp_path, noted), "footnote"), noted)
    body = noted.replace(END, END.replace(".\n", ".[^word-2]\n"))
    assert text == f"{HEAD}{body.rstrip()}\n\n[^word-2]: Ghi chú mới.\n"
    assert status == 0


def test_words_beside_a_note_made_in_word_before_are_changed(tmp_path: Path) -> None:
    noted = BODY.replace("- ba\n", "- ba[^word-1] và bốn\n") + "\n[^word-1]: Ghi chú cũ.\n"

    def edit(document: Any) -> None:
        put(paragraph_with(document, "bốn"), "bốn", "năm")

    text, status = _update(tmp_path, _edited(_exported(tmp_path, noted), edit), noted)
    assert text == HEAD + noted.replace("bốn", "năm")
    assert status == 0


@pytest.mark.parametrize("words", ["cuối", "ngày", "mới", "M2", "hai mốt", "Lưu"])
def test_a_link_put_behind_words_that_stay_is_typed_behind_them(
    words: str, word: bytes, tmp_path: Path
) -> None:
    def lay(document: Any) -> None:
        holders = [each for each in document.element.body.iter(qn("w:t")) if words in each.text]
        run = holders[-1].getparent()
        before, _, after = holders[-1].text.rpartition(words)
        link = _hyperlink(document)
        for old in link.findall(qn("w:r")):
            link.remove(old)
        pieces = [copy.deepcopy(run) for _ in range(3)]
        for piece, said in zip(pieces, (before, words, after), strict=True):
            piece.find(qn("w:t")).text = said
            piece.find(qn("w:t")).set(qn("xml:space"), "preserve")
        run.addprevious(pieces[0])
        run.addprevious(link)
        link.append(pieces[1])
        run.addprevious(pieces[2])
        run.getparent().remove(run)

    text, status = _update(tmp_path, _edited(word, lay))
    before, _, after = (HEAD + BODY).rpartition(words)
    assert text == f"{before}[{words}](https://example.org/a_b%28c%29){after}"
    assert status == 0


def test_two_links_in_one_paragraph_and_other_words(word: bytes, tmp_path: Path) -> None:
    """What changed in the paragraph besides is taken with them."""

    def change(document: Any) -> None:
        _linked_words(document)
        paragraph = paragraph_with(document, "Đoạn cuối")
        link = paragraph.find(qn("w:hyperlink"))
        new = copy.deepcopy(link.find(qn("w:r")))
        new.find(qn("w:t")).text = "Nay bổ sung. "
        new.find(qn("w:t")).set(qn("xml:space"), "preserve")
        link.addprevious(new)

    text, status = _update(tmp_path, _edited(word, change))
    linked = "Nay bổ sung. [Đoạn cuối, giữ trong 5 ngày.](https://example.org/a_b%28c%29)\n"
    assert text == HEAD + BODY.replace(END, linked)
    assert status == 0


def test_a_copy_without_marks_and_with_runs_cut_changes_nothing(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As programs of the web save: no bookmark, no keywords, other ids of styles, cut runs."""

    def spoil(document: Any) -> None:
        document.core_properties.keywords = ""
        body = document.element.body
        for mark in [*body.iter(qn("w:bookmarkStart")), *body.iter(qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        for run in list(body.iter(qn("w:r"))):
            texts = run.findall(qn("w:t"))
            if len(texts) == 1 and len(texts[0].text) > 6 and len(run) <= 2:
                rest = copy.deepcopy(run)
                run.addnext(rest)
                rest.find(qn("w:t")).text, texts[0].text = texts[0].text[3:], texts[0].text[:3]
                for each in (run, rest):
                    space = "{http://www.w3.org/XML/1998/namespace}space"
                    each.find(qn("w:t")).set(space, "preserve")
        for style in document.styles.element.iter(qn("w:style")):
            old = style.get(qn("w:styleId"))
            style.set(qn("w:styleId"), f"x{old}")
            for used in body.iter(qn("w:pStyle")):
                if used.get(qn("w:val")) == old:
                    used.set(qn("w:val"), f"x{old}")

    text, status = _update(tmp_path, _edited(word, spoil))
    assert (text, status) == (HEAD + BODY, 0)
    assert "nothing changed" in capsys.readouterr().out
