"""File what was understood: a page for each document, sections for the manual, rows for registers.

What goes in: drafts, forms and rows. What comes out: a `Taken`; nothing is written here.
"""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.accounting import account
from qmstool.importing.draft import bare_words
from qmstool.importing.filing.learning import LearntCodes, learn_codes
from qmstool.importing.filing.pages import (
    PROCEDURES,
    UNKNOWN,
    form_page,
    page_path,
    registered_page,
)
from qmstool.importing.filing.texts import (
    divide_draft,
    write_document,
    write_manual,
    write_section,
)
from qmstool.importing.forms import parent_of_form, read_form
from qmstool.importing.front_matter import front_matter
from qmstool.importing.holders import Holders
from qmstool.importing.names import Names
from qmstool.importing.naming import slug
from qmstool.importing.result import UNSURE, Line, Taken
from qmstool.importing.rows import Rows
from qmstool.importing.telling import (
    WHOLE,
    account_lines,
    doubt_lines,
    left_out_lines,
    read_lines,
)
from qmstool.importing.workbooks import registers
from qmstool.importing.workbooks.found_tables import TableKind, word_table
from qmstool.manual.documents import MAIN_FILE
from qmstool.manual.registers import ABBREVIATIONS_FILE, EXTERNALS_FILE
from qmstool.parsing.codes import fold_code
from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qmstool.importing.accounting import Account
    from qmstool.importing.draft import DraftDocument
    from qmstool.importing.filing.texts import WrittenText
    from qmstool.importing.known import Known
    from qmstool.importing.workbooks.registers import ReadRegister

TEXT_REGISTERS = {TableKind.RECORDS, TableKind.ABBREVIATIONS, TableKind.EXTERNAL}
NOWHERE = Text("", "")
THERE = Text(
    "Mã «{code}» đã có, trong sổ tay hoặc ở một tệp khác vừa nhập; tệp này không lấy. Nếu là tài "
    "liệu khác, hãy cho nó mã khác.",
    "The code «{code}» is there already, in the manual or in another file just taken in; this file "
    "is not taken. If it is another document, give it another code.",
)
AGAIN = Text(
    "«{code}» đã có trong sổ tay và tệp này khác lần nhập trước; chỗ khác được hiện ra để chọn.",
    "«{code}» is in the manual, and this file is not as it was taken in; the difference is shown.",
)
GUESSED_UNIT = Text(
    "Đơn vị «{key}» lấy từ mã tài liệu; tên đoán là «{name}». Hãy sửa trong qms.yml nếu sai.",
    "The unit «{key}» comes from codes; its name is guessed: «{name}». Mend qms.yml if wrong.",
)
NAMED_UNIT = Text(
    "Đơn vị «{name}» có trong sổ phân phối; ký hiệu «{key}» là đoán. Nếu sai, sửa trong qms.yml.",
    "The unit «{name}» stands in the register of distribution; its key «{key}» is guessed. Mend "
    "qms.yml if wrong.",
)
GUESSED_SHAPE = Text(
    "Khuôn mã của loại «{kind}» suy ra từ các mã có: {shape}", "Codes of «{kind}» are like: {shape}"
)
NO_PARENT = Text(
    "Chưa rõ biểu mẫu thuộc tài liệu nào. Hãy ghi `parent` ở đầu tệp.",
    "Which document the form belongs to is not known. Write `parent` at its head.",
)
REGISTERED = Text(
    "Danh mục nêu «{code}» mà không có tệp nào của tài liệu ấy; đã đăng ký là chưa giữ nội dung.",
    "The register lists «{code}», and no file of it was given: registered, its text not held.",
)
CITED = Text(
    "Bài viện dẫn «{code}» mà không có tệp nào của tài liệu ấy; đã đăng ký là chưa giữ nội dung. "
    "Hãy ghi tên, hoặc lấy tệp vào.",
    "The text cites «{code}», and no file of it was given: it is registered, its text not held. "
    "Write its title, or take its file in.",
)
LAW = Text(
    "Tài liệu bên ngoài «{number}» ghi vào danh mục, hiệu lực để unknown. Hãy tra lại.",
    "The external document «{number}» is in the register, its status unknown. Look it up.",
)


class Filing:
    """Collects what an import makes."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.names = Names(known)
        self.rows = Rows()
        self.holders = Holders(self.names)
        self._codes = set(known.codes)
        self._learnt = LearntCodes()
        self._files: dict[str, str | bytes] = {}
        self._lines: list[Line] = []
        self._accounts: dict[str, Account] = {}
        self._drafts: list[DraftDocument] = []
        self._forms: list[str] = []
        self._refused: list[str] = []
        self._again: dict[str, str] = {}
        self.digests: list[str] = []
        self._sections: tuple[str, ...] | None = None
        self._registered: list[tuple[str, Text, Mapping[str, str]]] = []

    def tell(self, line: Line) -> None:
        """Add a line to the report."""
        self._lines.append(line)

    def refuse(self, name: str, reason: Text) -> None:
        """Note that a file was not read, and why."""
        self._refused.append(name)
        self.tell(Line(UNSURE, name, WHOLE, "", reason, 0))

    def learn(self, drafts: Sequence[DraftDocument], form_codes: Iterable[str]) -> None:
        """Learn from all codes what shape they have and which units they carry."""
        texts = [bare_words(block) for draft in drafts for block in draft.blocks]
        registered = [values for _, _, values in self._registered]
        self._learnt = learn_codes(self._known, drafts, form_codes, registered, texts)
        self._collect_holders(drafts)
        texts += self.holders.units_written()
        carried = self.names.learn_units(self._learnt.by_type, self._learnt.shapes, texts)
        receiving = self.names.learn_recipients(self.holders.units_written())
        self._tell_learnt(carried, receiving)

    def _tell_learnt(self, carried: Sequence[str], receiving: Sequence[str]) -> None:
        """Tell of the units that codes carry and that copies go to, and of the shapes of codes."""
        for text, keys in ((GUESSED_UNIT, carried), (NAMED_UNIT, receiving)):
            for key in keys:
                message = text.fill({"key": key, "name": self.names.units[key]})
                self.tell(Line(UNSURE, "", NOWHERE, "qms.yml", message, 1))
        for kind, shape in self._learnt.shapes.items() if self._known.may_name else ():
            message = GUESSED_SHAPE.fill({"kind": kind, "shape": shape or "–"})
            self.tell(Line(UNSURE, "", NOWHERE, "qms.yml", message, 2))

    def _collect_holders(self, drafts: Sequence[DraftDocument]) -> None:
        """Collect who holds what from registers of distribution that are tables of a text."""
        for draft in drafts:
            for read in _registers_of(draft, {TableKind.DISTRIBUTION}):
                if {"code", "title"} & set(read.columns):
                    self.holders.add(draft.source.name, read)

    def file_draft(self, draft: DraftDocument) -> None:
        """Write a document, or the manual."""
        key = fold_code(draft.code) if draft.code else slug(draft.title)
        if key in self._known.codes and draft.kind != "manual":
            self._file_again(draft, self._known.codes[key])
            return
        if key in self._codes:
            message = THERE.fill({"code": draft.code or key})
            self.tell(Line(UNSURE, draft.source.name, WHOLE, "", message, 0))
            return
        self._codes.add(key)
        self._drafts.append(draft)
        if draft.kind == "manual":
            self._file_manual(draft)
        else:
            self._file_document(draft, key)
        self._add_registers(draft)

    def _file_again(self, draft: DraftDocument, path: str) -> None:
        """Keep what a document that the manual has would be now; nothing of it is written here."""
        stem = posixpath.basename(path).removesuffix(".md")
        written = write_document(draft, path, stem, self._known.lang)
        self._again[path] = written.writers[path].text()
        message = AGAIN.fill({"code": draft.code or draft.title})
        self.tell(Line(UNSURE, draft.source.name, WHOLE, path, message, 1))

    def file_manual_again(self, draft: DraftDocument) -> bool:
        """Keep what the sections of the manual would be now; return whether it has any of them.

        A section that it has not is a new file.
        """
        sections = divide_draft(draft, self._known).sections
        known = [self._known.sections.get(section.number.casefold(), "") for section in sections]
        if not any(known):
            return False
        for section, path in zip(sections, known, strict=True):
            filed = self._again if path else self._files
            target = path or section.path
            filed[target] = write_section(draft, section, target, self._known.lang)
        message = AGAIN.fill({"code": draft.code or draft.title})
        self.tell(Line(UNSURE, draft.source.name, WHOLE, MAIN_FILE, message, 1))
        return True

    def _file_document(self, draft: DraftDocument, key: str) -> None:
        self._finish(draft, key, write_document(draft, page_path(key), slug(key), self._known.lang))

    def _file_manual(self, draft: DraftDocument) -> None:
        divided = divide_draft(draft, self._known)
        self._sections = tuple(section.number for section in divided.sections)
        self._finish(draft, "", write_manual(draft, divided, self._known.lang))

    def _finish(self, draft: DraftDocument, key: str, written: WrittenText) -> None:
        """Keep the files of a draft, tell where its parts went, and count its words."""
        name = draft.source.name
        kind = self._known.types.known(draft.kind)
        path = next(iter(written.writers))
        code = draft.code or (self._known.manual_code if draft.kind == "manual" else "")
        own = name, registers.recipients(draft.blocks)
        holders = self.holders.of(fold_code(code) if code else key, draft.title, path, own)
        front, doubts = front_matter(draft, kind, key, self.names, code, holders)
        head = f"---\n{dump(front)}---\n\n"  # type: ignore[arg-type]
        bodies: list[str] = []
        targets: dict[Text, str] = {}
        for file, writer in written.writers.items():
            bodies.append(writer.text())
            self._files[file] = head + bodies[-1]
            for line, place in writer.places:
                targets.setdefault(place, f"{file}:{line + head.count(chr(10))}")
            head = ""  # of a manual, the first file alone has one
        self._keep_pictures(written.pictures, bodies)
        left_out = (*draft.source.left_out, *draft.left_out, *written.left_out)
        told = (*draft.source.doubts, *draft.doubts, *written.doubts, *doubts)
        self._lines += read_lines(draft, targets)
        self._lines += left_out_lines(name, left_out)
        self._lines += doubt_lines(name, told, targets, path)
        raw = [text for _, text in draft.source.raw]
        gone = [piece.text for piece in left_out]
        self._accounts[name] = account(
            raw, bodies, gone, written.added(draft), draft.source.converted
        )
        self._lines += account_lines(name, self._accounts[name])

    def _keep_pictures(
        self, pictures: Mapping[str, tuple[str, bytes]], bodies: Sequence[str]
    ) -> None:
        """Keep the pictures that a text shows; a page header's are none of them."""
        for target, data in pictures.values():
            if any(posixpath.basename(target) in body for body in bodies):
                self._files[target] = data

    def _add_registers(self, draft: DraftDocument) -> None:
        name = draft.source.name
        for read in _registers_of(draft, TEXT_REGISTERS):
            self.rows.add_register(name, read)
        notes = (block for _, inside in draft.source.notes for block in inside)
        blocks = [*draft.blocks, *notes]
        self.rows.add(ABBREVIATIONS_FILE, registers.abbreviation_lines(draft.blocks), name)
        for entry in self.rows.add(EXTERNALS_FILE, registers.laws_in(blocks), name):
            message = LAW.fill({"number": entry.values["number"]})
            self.tell(Line(UNSURE, name, entry.place, EXTERNALS_FILE, message, 2))

    def file_form(self, name: str, data: bytes) -> None:
        """Keep a form as the file it is, and write the page that refers to it."""
        form = read_form(name, data, self._drafts, self._known.types)
        if form.key in self._codes:
            message = THERE.fill({"code": form.code or form.key})
            self.tell(Line(UNSURE, name, WHOLE, "", message, 0))
            return
        self._codes.add(form.key)
        self._forms.append(form.code)
        path = page_path(form.key)
        file = f"forms/{slug(form.key)}{PurePosixPath(name).suffix.casefold()}"
        if not form.parent:
            self.tell(Line(UNSURE, name, WHOLE, path, NO_PARENT, 1))
        self._files[path] = form_page(form, file, self.holders.of(form.key, form.title, path))
        self._files[f"{PROCEDURES}/{file}"] = data

    def register(self, name: str, place: Text, values: Mapping[str, str]) -> None:
        """Keep a row of a register of documents until all files are filed."""
        self._registered.append((name, place, values))

    def file_not_held(
        self, name: str, place: Text, values: Mapping[str, str], kind: str, message: Text
    ) -> None:
        """Register a document that is known by its code, and whose text is in none of the files.

        `values`: its code; title, issue, revision and date where they are known.
        """
        key = fold_code(values["code"])
        if key in self._codes or kind not in self._known.types.keys:
            return
        self._codes.add(key)
        path = page_path(key)
        parent = None
        if self._known.types.is_form(kind):
            parent = parent_of_form(values["code"], name, self._drafts) or UNKNOWN
        holders = self.holders.of(key, values.get("title", ""), path)
        self._files[path] = registered_page(values, kind, parent, holders)
        filled = message.fill({"code": values["code"]})
        self.tell(Line(UNSURE, name, place, path, filled, 1))

    def _added_holders(self, key: str, path: str) -> list[dict[str, str]]:
        """Return who holds a document that the manual has, by the registers just read."""
        return self.holders.of(key, "", path)

    def _file_cited(self) -> None:
        """Register what the texts of a manual that begins cite: citations must lead somewhere."""
        for kind, codes in self._learnt.cited.items():
            for code in codes:
                self.file_not_held("", NOWHERE, {"code": code}, kind, CITED)

    def result(self) -> Taken:
        """Return everything that was filed."""
        for name, place, values in self._registered:
            kind, _ = self._known.types.kind_of(values["code"], values["title"], "")
            self.file_not_held(name, place, values, kind, REGISTERED)
        self._file_cited()
        again = {path: self._added_holders(key, path) for key, path in self._known.codes.items()}
        self.rows.settle_records([code for code in self._forms if code], self.names)
        named = (draft.organization for draft in self._drafts if draft.organization)
        return Taken(
            files=self._files,
            rows=self.rows.by_file,
            codes=self._learnt.shapes,
            units=self.names.new_units,
            roles=self.names.new_roles,
            people=self.names.new_people,
            organization=next(named, ""),
            sections=self._sections,
            lines=(*self._lines, *self.rows.lines, *self.holders.settle()),
            accounts=self._accounts,
            drafts=tuple(self._drafts),
            refused_files=tuple(self._refused),
            updated_files=self._again,
            holders={path: holders for path, holders in again.items() if holders},
            digests=tuple(self.digests),
        )


def _registers_of(draft: DraftDocument, kinds: Collection[TableKind]) -> Iterator[ReadRegister]:
    """Give the tables of a text that are registers of some kinds."""
    for block in registers.all_tables(draft.blocks):
        table = word_table(block.grid(), block.place, kinds)
        read = registers.read_register(table) if table is not None else None
        if read is not None:
            yield read
