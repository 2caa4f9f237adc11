"""Read the inside of paragraphs: text as it is shown, with its fields, signs, notes and pictures.

What goes in: the paragraphs of a part in their order; a field may go over many of them. What comes
out: spans, and the text boxes that hang in a paragraph. Hidden text is set apart, never taken.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.importing.blocks import Doubt, LeftOut, Span
from qmstool.importing.old_letters import read_old_letters
from qmstool.importing.word.drawings import (
    DRAWINGS,
    Kind,
    is_outermost,
    kind_of,
    picture_paths,
    told_of,
)
from qmstool.importing.word.equations import read_equation
from qmstool.importing.word.fields import SAFE_LINK, OpenFields
from qmstool.importing.word.symbols import PRIVATE, is_symbol_font, read_symbol
from qmstool.importing.word.xml import M, O, R, W, is_on, value
from qmstool.unseen import without_unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qmstool.importing.word.drawings import Figure
    from qmstool.importing.word.fonts import Fonts
    from qmstool.importing.word.styles import Styles
    from qmstool.importing.word.xml import Element

_HEX = re.compile(r"[0-9a-fA-F]{1,4}")
UNKNOWN_SIGN = "\N{REPLACEMENT CHARACTER}"
_AS_TEXT = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTE_LETTERS = {"footnoteReference": "f", "endnoteReference": "e"}

HIDDEN = Text("văn bản ẩn", "hidden text")
INSTRUCTION = Text("lệnh bên trong trường của Word", "an instruction inside a field of Word")
ODD_SIGN = Text(
    "Ký hiệu chưa biết (phông {font}, mã {code}), trong bài ghi là «�». Hãy mở tệp gốc xem là dấu "
    "gì rồi sửa.",
    "A sign that is not known (font {font}, code {code}) stands as «�». Look in the original and "
    "put it right.",
)
OLD_LETTERS = Text(
    "Chữ gõ theo phông {font} ({coding}) đã đổi sang Unicode, từ đoạn này trở đi. Hãy đọc lại.",
    "Text typed for the font {font} ({coding}) was turned into Unicode, from here on. Read it.",
)
FORMULA = Text(
    "Công thức được viết thành một dòng: {text}. Hãy so với bản in.",
    "A formula was written as one line: {text}. Compare with paper.",
)
EMBEDDED = Text(
    "Chỗ này nhúng một tệp khác ({kind}): chỉ lấy hình của nó, tệp nhúng còn nguyên trong tệp gốc. "
    "Hãy mở ra và lưu riêng nếu cần.",
    "Another file is embedded here ({kind}): only its picture is taken, the file itself stays in "
    "the original. Open it and save it apart if it is needed.",
)
DRAWING = Text(
    "Hình vẽ của Word chưa chuyển được thành ảnh; chỗ ấy có đánh dấu, chữ trong hình được giữ. Hãy "
    "lưu hình thành tệp .png rồi đặt vào (máy có cài LibreOffice thì qmstool tự vẽ).",
    "A drawing of Word could not be taken as a picture; its place is marked, its words are kept. "
    "Save it as .png and put it there (where LibreOffice is installed, qmstool draws it).",
)
DRAWN = Text(
    "Hình vẽ của Word do LibreOffice vẽ lại thành ảnh; chữ trong hình ở phần mô tả ảnh. Hãy so với "
    "bản in.",
    "A drawing of Word was drawn as a picture by LibreOffice; its words are the picture's text. "
    "Compare with paper.",
)
BARE_LINE = Text(
    "Đường kẻ vẽ tay không có chữ; để ngoài.", "A line drawn without any words; left out."
)


class RunReader:
    """Reads the paragraphs of one part, one after the other."""

    def __init__(
        self,
        styles: Styles,
        fonts: Fonts,
        relations: dict[str, str],
        pictures: Collection[str],
        figures: Mapping[Element, Figure],
    ) -> None:
        """Begin a part.

        `pictures`: paths of those that can be taken; `figures`: those of the part, by paragraph.
        """
        self._styles = styles
        self._fonts = fonts
        self._told_fonts: set[str] = set()
        self._relations = relations
        self._pictures = pictures
        self._figures = figures
        self._figure: Figure | None = None
        self._fields = OpenFields()
        self._spans: list[Span] = []
        self._style_id = ""
        self._place = Text("", "")
        self.boxes: list[Element] = []
        self.left_out: list[LeftOut] = []
        self.doubts: list[Doubt] = []
        self.converted: list[tuple[str, str]] = []
        self.in_contents = False

    def read(self, paragraph: Element, style_id: str, place: Text) -> tuple[Span, ...]:
        """Return the spans of a paragraph; `boxes` then holds its text boxes."""
        self._spans, self.boxes = [], []
        self._style_id, self._place = style_id, place
        self._fonts.join_cut_letters(paragraph, style_id)
        self._figure = self._figures.get(paragraph)
        self.in_contents = self._fields.hold_contents
        for child in paragraph:
            self._read_child(child, "")
        return _joined(self._spans)

    def _read_child(self, child: Element, link: str) -> None:
        if child.tag == W + "r":
            self._read_run(child, link)
        elif child.tag == W + "hyperlink":
            target = self._relations.get(child.get(R + "id") or "", "")
            if not SAFE_LINK.fullmatch(target):
                target = ""
            for inner in child:
                self._read_child(inner, target)
        elif child.tag in {M + "oMath", M + "oMathPara"}:
            shown = read_equation(child)
            kept = "".join(piece.text or "" for piece in child.iter(M + "t", W + "t"))
            self.converted.append((kept, shown))
            self._add(Span(shown))
            self._doubt(FORMULA.fill({"text": shown[:200]}))

    def _read_run(self, run: Element, link: str) -> None:
        properties = run.find(W + "rPr")
        form = self._form(properties, link)
        hidden = self._switch(properties, "vanish")
        for child in run:
            if child.tag == W + "t":
                self._add_text(child.text or "", properties, form, hidden=hidden)
            elif child.tag == W + "sym":
                sign = self._sign(_read_code(value(child, "char")), value(child, "font"))
                self.converted.append(("", sign))
                self._add_text(sign, None, form, hidden=hidden)
            elif not hidden:
                self._read_mark(child, form)

    def _read_mark(self, child: Element, form: Span) -> None:
        """Read what is no text of a run: fields, breaks, hyphens, notes, drawings."""
        name = child.tag.removeprefix(W)
        if name in _AS_TEXT:
            if value(child, "type") not in {"page", "column"}:
                self._add(replace(form, text=_AS_TEXT[name]))
        elif name in _NOTE_LETTERS:
            self._add(Span(note=_NOTE_LETTERS[name] + value(child, "id")))
        elif name == "fldChar":
            self._read_field(child, form)
        elif name == "instrText":
            self._fields.add_instruction(child.text or "")
        elif child.tag in DRAWINGS:
            self._read_drawing(child)
        elif name == "ruby":
            for inner in child.iterfind(f"{W}rubyBase/{W}r"):
                self._read_run(inner, form.link)

    def _read_field(self, mark: Element, form: Span) -> None:
        match value(mark, "fldCharType"):
            case "begin":
                self._fields.begin(mark.find(W + "ffData"))
            case "separate":
                self._fields.show_result()
                self.in_contents = self.in_contents or self._fields.hold_contents
            case "end":
                choice = self._fields.end()
                if choice:
                    self.converted.append(("", choice))
                    self._add(replace(form, text=choice))
            case _:
                pass

    def _add_text(self, text: str, properties: Element | None, form: Span, *, hidden: bool) -> None:
        if self._fields.in_instruction:
            self._leave_out(text, INSTRUCTION)
            return
        font = self._fonts.of(properties, self._style_id)
        coding = self._fonts.coding(font)
        if coding is not None:
            kept, text = text, read_old_letters(text, coding, font)
            self.converted.append((kept, text))
            if text != kept and font not in self._told_fonts:
                self._told_fonts.add(font)
                self._doubt(OLD_LETTERS.fill({"font": font or "?", "coding": coding.value}))
        elif is_symbol_font(font) or any(ord(letter) in PRIVATE for letter in text):
            signs = "".join(self._letter(letter, font) for letter in text)
            self.converted.append((text, signs))
            text = signs
        text = without_unseen(unicodedata.normalize("NFC", text))
        if hidden:
            self._leave_out(text, HIDDEN)
            return
        if text.strip():
            self._fields.note_words()
        self._add(replace(form, text=text))

    def _letter(self, letter: str, font: str) -> str:
        if is_symbol_font(font):
            return self._sign(ord(letter), font)
        if ord(letter) in PRIVATE:
            # In a font of letters such a sign is one of Symbol's, as Word itself shows it.
            return self._sign(ord(letter), "")
        return letter

    def _sign(self, code: int, font: str) -> str:
        known = read_symbol(code, font)
        if known:
            return known
        values = {"font": font or "?", "code": f"{code:04X}"}
        self._doubt(ODD_SIGN.fill(values), weight=0)
        return UNKNOWN_SIGN

    def _form(self, properties: Element | None, link: str) -> Span:
        raised = "" if properties is None else value(properties.find(W + "vertAlign"))
        return Span(
            bold=self._switch(properties, "b"),
            italic=self._switch(properties, "i"),
            struck=self._switch(properties, "strike") or self._switch(properties, "dstrike"),
            raised={"superscript": "sup", "subscript": "sub"}.get(raised, ""),
            link=link or self._fields.link,
        )

    def _switch(self, properties: Element | None, name: str) -> bool:
        """Whether a switch is on for a run: by itself, by its style, by its paragraph's."""
        if properties is not None:
            if properties.find(W + name) is not None:
                return is_on(properties, name)
            style_id = value(properties.find(W + "rStyle"))
            if style_id and self._styles.is_on(style_id, name):
                return True
        return self._styles.is_on(self._style_id or self._styles.default, name)

    def _read_drawing(self, drawing: Element) -> None:
        for embedded in drawing.iter(O + "OLEObject"):
            self._doubt(EMBEDDED.fill({"kind": str(embedded.get("ProgID") or "?")}))
        if self._figure is not None:
            if drawing is self._figure.drawings[0]:
                self._show_figure(self._figure)
            if self._figure.picture:
                return  # its words are told with the picture
        boxes = [box for box in drawing.iter(W + "txbxContent") if is_outermost(box, drawing)]
        self.boxes += boxes
        known = [path for path in picture_paths(drawing, self._relations) if path in self._pictures]
        told = told_of(drawing)
        self._spans += [Span(text=told, picture=path) for path in known]
        if self._figure is None and not known and not boxes:
            if kind_of(drawing, self._relations, self._pictures) is Kind.LINE:
                self._doubt(BARE_LINE, weight=2)
                return
            self._doubt(DRAWING, weight=0)
            self._add(Span(picture="?"))

    def _show_figure(self, figure: Figure) -> None:
        """Put the picture of a figure here, or a mark with the words of its SmartArt and charts."""
        if any(span.text.strip() for span in self._spans):
            self._add(Span("\n"))
        if figure.picture:
            told = ": ".join(filter(None, (figure.told, figure.text)))
            self.converted.append(
                ("; ".join((figure.kept, *(text for _, text in figure.words))), "")
            )
            self._add(Span(text=told, picture=figure.picture))
            self._doubt(DRAWN)
            return
        self._doubt(DRAWING, weight=0)
        self._add(Span(picture="?"))
        for _, words in figure.words:
            self._add(Span(f" {words}"))

    def _leave_out(self, text: str, reason: Text) -> None:
        if text.strip():
            self.left_out.append(LeftOut(text, reason, self._place))

    def _doubt(self, message: Text, weight: int = 1) -> None:
        doubt = Doubt(message, self._place, weight)
        if doubt not in self.doubts[-50:]:
            self.doubts.append(doubt)

    def _add(self, span: Span) -> None:
        if self._fields.in_instruction and span.text.strip():
            return
        self._spans.append(span)


def _read_code(written: str) -> int:
    """Return the code of a sign, up to four hexadecimal digits; 0 for anything else."""
    if not _HEX.fullmatch(written):
        return 0
    return int(written, 16)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Join neighbours of one form: Word cuts words wherever its spelling check stood."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        is_text = not (span.note or span.picture)
        if last is not None and is_text and replace(span, text=last.text) == last:
            joined[-1] = replace(last, text=last.text + span.text)
        elif span.text or span.note or span.picture:
            joined.append(span)
    return tuple(joined)
