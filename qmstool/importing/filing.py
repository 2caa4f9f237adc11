"""File what was understood: a page for each document, sections for the manual, rows for registers.

What goes in: drafts, forms and rows. What comes out: a `Taken`; nothing is written here.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.importing import registers
from qmstool.importing.accounting import account
from qmstool.importing.blocks import Doubt, LeftOut, Paragraph
from qmstool.importing.draft import bare_words
from qmstool.importing.front_matter import front_matter
from qmstool.importing.kinds import code_shape, prefix
from qmstool.importing.manual_sections import divide
from qmstool.importing.markdown.writer import Writer
from qmstool.importing.names import Names
from qmstool.importing.naming import slug, split_file_name
from qmstool.importing.pictures import kept_pictures
from qmstool.importing.result import UNSURE, Line, Taken
from qmstool.importing.rows import ABBREVIATIONS, EXTERNAL, Rows
from qmstool.importing.telling import (
    WHOLE,
    account_lines,
    doubt_lines,
    left_out_lines,
    read_lines,
)
from qmstool.parsing.codes import fold_code
from qmstool.releases.canonical_yaml import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.importing.accounting import Account
    from qmstool.importing.blocks import Block
    from qmstool.importing.draft import Draft
    from qmstool.importing.known import Known

UNKNOWN = "unknown"
PROCEDURES, MANUAL_INDEX = "procedures", "manual/index.md"
NOWHERE = Text("", "")
DRAWING = Text("[Hình vẽ: xem tệp gốc]", "[Drawing: see the original file]")
THERE = Text(
    "Mã «{code}» đã có trong sổ tay; tệp ấy để nguyên, không ghi đè.",
    "The code «{code}» is in the manual already; nothing is overwritten.",
)
GUESSED_UNIT = Text(
    "Đơn vị «{key}» lấy từ mã tài liệu; tên đoán là «{name}». Hãy sửa trong qms.yml nếu sai.",
    "The unit «{key}» comes from codes; its name is guessed: «{name}». Mend qms.yml if wrong.",
)
GUESSED_SHAPE = Text(
    "Khuôn mã của loại «{kind}» suy ra từ các mã có: {shape}", "Codes of «{kind}» are like: {shape}"
)
NO_PARENT = Text(
    "Chưa rõ biểu mẫu thuộc tài liệu nào. Hãy ghi `parent` ở đầu tệp.",
    "Which document the form belongs to is not known. Write `parent` at its head.",
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
        self._codes = set(known.codes)
        self._shapes: dict[str, str] = {}
        self._files: dict[str, str | bytes] = {}
        self._lines: list[Line] = []
        self._accounts: dict[str, Account] = {}
        self._drafts: list[Draft] = []
        self._forms: list[str] = []
        self._refused: list[str] = []
        self._sections: tuple[str, ...] | None = None

    def tell(self, line: Line) -> None:
        """Add a line to the report."""
        self._lines.append(line)

    def refuse(self, name: str, reason: Text) -> None:
        """Note that a file was not read, and why."""
        self._refused.append(name)
        self.tell(Line(UNSURE, name, WHOLE, "", reason, 0))

    def learn(self, drafts: Sequence[Draft], form_codes: Iterable[str]) -> None:
        """Learn from all codes what shape they have and which units they carry."""
        kinds: dict[str, list[str]] = {}
        for draft in drafts:
            if draft.code:
                kinds.setdefault(draft.kind, []).append(draft.code)
        for code in form_codes:
            kinds.setdefault("form", []).append(code)
        prefixes = {prefix(code) for codes in kinds.values() for code in codes}
        self._shapes = {kind: code_shape(codes, prefixes) for kind, codes in kinds.items()}
        texts = [bare_words(block) for draft in drafts for block in draft.source.blocks]
        for key in self.names.learn_units(kinds, self._shapes, texts):
            message = GUESSED_UNIT.fill({"key": key, "name": self.names.units[key]})
            self.tell(Line(UNSURE, "", NOWHERE, "qms.yml", message, 1))
        for kind, shape in self._shapes.items() if self._known.may_name else ():
            message = GUESSED_SHAPE.fill({"kind": kind, "shape": shape or "–"})
            self.tell(Line(UNSURE, "", NOWHERE, "qms.yml", message, 2))

    def file_draft(self, draft: Draft) -> None:
        """Write a document, or the manual."""
        key = fold_code(draft.code) if draft.code else slug(draft.title)
        if key in self._codes:
            message = THERE.fill({"code": draft.code or key})
            self.tell(Line(UNSURE, draft.source.name, WHOLE, "", message, 1))
            return
        self._codes.add(key)
        self._drafts.append(draft)
        if draft.kind == "manual":
            self._file_manual(draft)
        else:
            self._file_document(draft, key)
        self._add_registers(draft)

    def _file_document(self, draft: Draft, key: str) -> None:
        path = f"{PROCEDURES}/{key.replace('/', '-')}.md"
        pictures = kept_pictures(draft.source.pictures, f"{PROCEDURES}/pictures", slug(key))
        writer = self._writer(draft, path, pictures)
        writer.lines.append(f"# {' '.join(draft.title.split())}")
        writer.write(_one_level_down(draft.blocks))
        self._finish(draft, key, {path: writer}, pictures)

    def _file_manual(self, draft: Draft) -> None:
        divided = divide(draft.blocks, self._known.lang)
        pictures = kept_pictures(draft.source.pictures, "manual/pictures", "manual")
        index = self._writer(draft, MANUAL_INDEX, pictures)
        index.lines.append(f"# {' '.join(draft.title.split())}")
        index.write(divided.opening)
        writers = {MANUAL_INDEX: index}
        for section in divided.sections:
            writers[section.path] = self._writer(draft, section.path, pictures)
            writers[section.path].write(section.blocks)
        self._sections = tuple(section.number for section in divided.sections)
        self._finish(draft, "", writers, pictures, divided.left_out, divided.doubts)

    def _writer(self, draft: Draft, path: str, pictures: Mapping[str, tuple[str, bytes]]) -> Writer:
        folder = posixpath.dirname(path)
        addresses = {
            source: posixpath.relpath(target, folder) for source, (target, _) in pictures.items()
        }
        return Writer(dict(draft.source.notes), addresses, DRAWING.get(self._known.lang))

    def _finish(
        self,
        draft: Draft,
        key: str,
        writers: Mapping[str, Writer],
        pictures: Mapping[str, tuple[str, bytes]],
        more_left_out: Sequence[LeftOut] = (),
        more_doubts: Sequence[Doubt] = (),
    ) -> None:
        """Keep the files of a draft, tell where its parts went, and count its words."""
        name = draft.source.name
        kind = draft.kind if draft.kind in self._known.types else "procedure"
        front, doubts = front_matter(draft, kind, key, self.names, self._known.manual_code)
        head = f"---\n{dump(front)}---\n\n"  # type: ignore[arg-type]
        bodies: list[str] = []
        targets: dict[Text, str] = {}
        for path, writer in writers.items():
            bodies.append(writer.text())
            self._files[path] = head + bodies[-1]
            for line, place in writer.places:
                targets.setdefault(place, f"{path}:{line + head.count(chr(10))}")
            head = ""  # of a manual, the first file alone has one
        self._keep_pictures(pictures, bodies)
        left_out = (*draft.source.left_out, *draft.left_out, *more_left_out)
        told = (*draft.source.doubts, *draft.doubts, *more_doubts, *doubts)
        self._lines += read_lines(draft, targets)
        self._lines += left_out_lines(name, left_out)
        self._lines += doubt_lines(name, told, targets, next(iter(writers)))
        added = [text for writer in writers.values() for text in writer.added] + _labels(draft)
        if not draft.title_from_text:
            added.append(draft.title)
        raw = [text for _, text in draft.source.raw]
        gone = [piece.text for piece in left_out if piece.counted]
        self._accounts[name] = account(raw, bodies, gone, added, draft.source.converted)
        self._lines += account_lines(name, self._accounts[name])

    def _keep_pictures(
        self, pictures: Mapping[str, tuple[str, bytes]], bodies: Sequence[str]
    ) -> None:
        """Keep the pictures that a text shows; a page header's are none of them."""
        for target, data in pictures.values():
            if any(posixpath.basename(target) in body for body in bodies):
                self._files[target] = data

    def _add_registers(self, draft: Draft) -> None:
        name = draft.source.name
        for table in registers.all_tables(draft.blocks):
            self.rows.add_table(name, table.grid(), table.place)
        self.rows.add(ABBREVIATIONS, registers.abbreviation_lines(draft.blocks), name)
        for entry in self.rows.add(EXTERNAL, registers.laws_in(draft.blocks), name):
            message = LAW.fill({"number": entry.values["number"]})
            self.tell(Line(UNSURE, name, entry.place, EXTERNAL, message, 2))

    def file_form(self, name: str, data: bytes) -> None:
        """Keep a form as the file it is, and write the page that refers to it."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.casefold()
        code, title = split_file_name(stem)
        key = fold_code(code) if code else slug(stem)
        if key in self._codes:
            self.tell(Line(UNSURE, name, WHOLE, "", THERE.fill({"code": code or key}), 1))
            return
        self._codes.add(key)
        self._forms.append(code)
        path = f"{PROCEDURES}/{key.replace('/', '-')}.md"
        title = title or stem
        front: dict[str, object] = {"code": code or UNKNOWN}
        if not code:
            front["key"] = key
        front |= {"type": "form", "title": title, "file": f"forms/{slug(key)}{suffix}"}
        parent = self._parent(code, name)
        if parent:
            front["parent"] = parent
        else:
            self.tell(Line(UNSURE, name, WHOLE, path, NO_PARENT, 1))
        self._files[path] = f"---\n{dump(front)}---\n\n# {title}\n"  # type: ignore[arg-type]
        self._files[f"{PROCEDURES}/{front['file']}"] = data

    def _parent(self, code: str, name: str) -> str:
        """Return the document whose numbers a form's code begins with, or that names the form."""
        drafts = [draft for draft in self._drafts if draft.code and draft.kind != "manual"]
        for draft in drafts:
            if code and _carries(code, draft.code):
                return draft.code
        for draft in drafts:
            if code and any(code in bare_words(block) for block in draft.blocks):
                return draft.code
        folder = PurePosixPath(name).parent.name
        return next((draft.code for draft in drafts if draft.code in folder), "")

    def taken(self) -> Taken:
        """Return everything that was filed."""
        self.rows.settle_records([code for code in self._forms if code], self.names)
        named = (draft.organization for draft in self._drafts if draft.organization)
        return Taken(
            files=self._files,
            rows=self.rows.by_file,
            codes=self._shapes,
            units=self.names.new_units,
            roles=self.names.new_roles,
            people=self.names.new_people,
            organization=next(named, ""),
            sections=self._sections,
            lines=(*self._lines, *self.rows.lines),
            accounts=self._accounts,
            drafts=tuple(self._drafts),
            refused=tuple(self._refused),
        )


def _carries(code: str, other: str) -> bool:
    """Whether a form's code carries those of another one: BM-VP-01.02 carries QT-VP-01."""
    parts, own = (re.findall(r"[^\W\d_]+|\d+", text)[1:] for text in (code, other))
    parts = [part for part in parts if part != prefix(other)]
    return bool(own) and len(parts) > len(own) and parts[: len(own)] == own


def _one_level_down(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with their headings below the title."""
    lowered: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level:
            lowered.append(replace(block, level=block.level + 1))
        else:
            lowered.append(block)
    return lowered


def _labels(draft: Draft) -> list[str]:
    """Return the numbers that Word computes: the text has them, the file's words do not."""
    labels = [block.label for block in registers.all_paragraphs(draft.blocks)]
    for _, blocks in draft.source.notes:
        labels += [block.label for block in registers.all_paragraphs(blocks)]
    return [label for label in labels if label]
