"""Hundreds of edits in one process: what is told with kept facts is what is told without any.

Edits of all kinds follow each other: of texts, headings and data, of `qms.yml`, mapping, registers
and word lists; documents come, move, are registered and go; bad examples of rules are laid over the
manual; bytes are broken. After each, the manual is checked twice: by the facts kept through all
edits before, read back from disk, and afresh.
"""

from __future__ import annotations

import os
import random
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pytest

from qmstool.checking.runner import check
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.pages import HEADINGS, read_page
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.tree import TEXT_SUFFIXES
from tests.support.manuals import DAY, tiny
from tests.support.memory import MemoryTree
from tests.support.rule_examples import example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qmstool.findings import Report

EDITS = int(os.environ.get("QMS_EDITS", "250"))
SEEDS = range(4)
# So many edits in a row lie over each other; then the manual is whole again.
IN_A_ROW = 10
WORDS_FILE = "templates/words/vi.yml"
SENTENCES = (
    "Phòng KSNK đánh giá nội bộ hằng năm , theo QT VP 01, mục 2.",
    "Văn phòng đánh giá nội bộ hằng quý (xem mục 9.9 của QT VP 02.",
    "Xem [quy trình](qt-vp-02.md#muc-1) và [tài liệu kia](khong-co.md).",
    "Kiểm soát nhiễm khuẩn (KSNK) được rà soát định kỳ.",
    "Các bước như sau:",
    "theo quy trình kiểm soat tài liệu, điều khoản 1.2 và 9.9",
    "Nghị định số 30/2020/NĐ-CP; QT XX 99; QT VP O1; ISO 9001: 2015",
    "- một mục của\n- mục mục thứ hai..",
    "| Hồ sơ | Thời gian lưu |\n|---|---|\n| Báo cáo đánh giá | 3 năm |",
    "## 3. Mục mới\n\nHòa thuận, hoà bình; qui trình và quy trình (TODO).",
    "<!-- qms:allow doubled-word: thử một lần -->",
    "Theo STCL, mục 1.2.1 và mục 2.2; phần 2 của QT VP 01; luật về số 7; biểu mẫu kèm theo.",
    "Xem [mẫu](bieu-mau.docx), quy trình theo dõi STC, Văn bản kiểm soát tài liệu này, mục 2.",
    "Nếu cần thiết, trưởng phòng hoặc giám đốc phê duyệt kịp thời. Hình 7.",
    "---\n\nGiữa hai vạch: một câu.\n\n---",
    '!!! note "Ghi chú cũ"\n\n    Khung kiểu cũ.\n\n*[KSNK]: kiểm soát nhiễm khuẩn',
)
MANIFEST_EDITS = (
    ("VP: {name: Văn phòng}", "VP: {name: Văn phòng}\n  KSNK: {name: Khoa kiểm soát nhiễm khuẩn}"),
    ("giam-doc: {name: Giám đốc,", "giam-doc: {name: Trưởng phòng,"),
    ("section: [mục]", "section: [mục, phần]"),
    ("type: procedure", "type: manual"),
    ("off: []", "off: [doubled-word, stray-punctuation]"),
    ('code: "QT {unit} {nn}"', 'code: "QT {unit} {nnn}"'),
    ("name: Quy trình,", "name: Văn bản,"),
    ("language: vi", "language: en"),
    ("standards:\n  - catalogue: tiny-1", "standards: []"),
    ("timezone: Asia/Ho_Chi_Minh", "timezone: America/New_York"),
    ("language: vi", "front_matter: {doc_id: code}\nfront_matter_unread: [owner]\nlanguage: vi"),
    ("form_of: procedure", "filled_in: true"),
)
LISTS = (
    "schema: 1\nweak: [đúng bản]\n",
    "schema: 1\nslips: [{said: hiệu lực, meant: hiệu nghiệm}]\n",
    "schema: 1\nvariants: [{said: [danh mục, danh sách]}]\n",
    "schema: 1\nweak: {\n",
    "schema: 1\nsection: [phần]\nheaded: [Phần]\n",
    "schema: 1\nnot_citing: [theo]\nannex: [mục]\n",
)
TEMPLATES = ("{{ x }}", "{% if %}", "{{ title | khong_co }}")
LOOKS = ("site_name: A\ntheme: {logo: templates/l.png}\n", "plugins: []\n", "extra_css: [a.css]\n")


MAPPING_EDITS = (
    ("QT VP 01", "QT VP 02"),
    ("QT VP 01", "QT VP 77"),
    ('section: "1.2"', 'section: "1.1"'),
    ('covers: ["1.2.1"]', "covers: []"),
    ('"2.1":', '"1.2.1":'),
)
TITLE_EDITS = (
    ("title: Quy trình", "title: Văn bản"),
    ("## 2. ", "## 4. "),
    ("text: held", "text: not-held"),
    ("owner: VP", "owner: VP\ntext: not-held"),
    ("names: [", "names: [theo dõi STC, "),
    ("code: QT VP 02", "code: QT VP 12"),
    ("type: procedure", "type: form"),
)
CATALOGUE_EDITS = (('"1.2.1":', '"1.2.2":'), ("cited_as: [", "cited_as: [Quy phạm, "))


@cache
def whole() -> dict[str, bytes]:
    """The tiny manual with every sentence in one of its texts; do not change the answer."""
    files = dict(tiny())
    texts = ["procedures/qt-vp-01.md", "procedures/qt-vp-02.md", "manual/1.1.md", "manual/2.1.md"]
    for number, sentence in enumerate(SENTENCES):
        files[texts[number % len(texts)]] += f"\n{sentence}\n".encode()
    return files


class Edits:
    """A manual under edit; every edit of `choices` changes `files`."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.files = dict(whole())
        self.choices: tuple[Callable[[], None], ...] = (
            *[self.add_sentence] * 5,
            *[self.lay_example] * 4,
            self.cut_line,
            self.double_line,
            self.restore,
            self.restore,
            self.add_document,
            self.move,
            self.remove,
            self.change_manifest,
            self.change_lists,
            *[self.change_mapping] * 2,
            self.change_catalogue,
            *[self.retitle] * 2,
            self.register,
            self.abbreviate,
            self.change_bytes,
            self.attach,
            self.swap,
            self.change_looks,
            self.change_template,
        )

    def any_of(self, *endings: str) -> str:
        return self.dice.choice([path for path in sorted(self.files) if path.endswith(endings)])

    def add_sentence(self) -> None:
        path = self.any_of(".md")
        lines = self.files[path].split(b"\n")
        at = self.dice.randrange(len(lines) // 2, len(lines) + 1)
        lines[at:at] = [b"", self.dice.choice(SENTENCES).encode(), b""]
        self.files[path] = b"\n".join(lines)

    def lay_example(self) -> None:
        """Lay the bad example of a rule over the manual: files of all kinds."""
        rule = self.dice.choice(ALL)
        self.files |= MemoryTree(
            dict(example(read_page(rule, "vi"), HEADINGS["vi"][2]).files)
        ).files

    def cut_line(self) -> None:
        path = self.any_of(".md", ".yml")
        lines = self.files[path].split(b"\n")
        del lines[self.dice.randrange(len(lines))]
        self.files[path] = b"\n".join(lines)

    def double_line(self) -> None:
        path = self.any_of(".md", ".yml")
        lines = self.files[path].split(b"\n")
        at = self.dice.randrange(len(lines))
        lines.insert(at, lines[at])
        self.files[path] = b"\n".join(lines)

    def restore(self) -> None:
        path = self.any_of("")
        if path in whole():
            self.files[path] = whole()[path]
        else:
            del self.files[path]

    def add_document(self) -> None:
        number = self.dice.randrange(3, 9)
        text = tiny()["procedures/qt-vp-01.md"].replace(b"QT VP 01", b"QT VP 0%d" % number)
        name = self.dice.choice([b"theo doi", "quy trình đánh giá nội bộ".encode(), b"STC"])
        text = text.replace("quy trình kiểm soát tài liệu".encode(), name)
        self.files[f"procedures/moi/qt-vp-0{number}.md"] = text

    def move(self) -> None:
        path = self.any_of(".md")
        if path != "manual/index.md":
            folder = self.dice.choice(["", "a/", "b/"])
            name = path.rpartition("/")[2]
            top = path.partition("/")[0]
            self.files[f"{top}/{folder}{name}"] = self.files.pop(path)

    def remove(self) -> None:
        path = self.any_of(".md", ".yml")
        if path != "qms.yml":
            del self.files[path]

    def change_manifest(self) -> None:
        old, new = self.dice.choice(MANIFEST_EDITS)
        self.files["qms.yml"] = self.files["qms.yml"].replace(old.encode(), new.encode())

    def change_lists(self) -> None:
        self.files[WORDS_FILE] = self.dice.choice(LISTS).encode()

    def change_mapping(self) -> None:
        path = "clauses/mapping/tiny-1.yml"
        old, new = self.dice.choice(MAPPING_EDITS)
        mapping = self.files.get(path, tiny()[path])
        self.files[path] = mapping.replace(old.encode(), new.encode())

    def change_catalogue(self) -> None:
        path = "clauses/catalogues/tiny-1.yml"
        old, new = self.dice.choice(CATALOGUE_EDITS)
        catalogue = self.files.get(path, tiny()[path])
        self.files[path] = catalogue.replace(old.encode(), new.encode())

    def retitle(self) -> None:
        path = self.any_of(".md")
        text = self.files[path].decode("utf-8", "replace")
        old, new = self.dice.choice(TITLE_EDITS)
        self.files[path] = text.replace(old, new).encode()

    def register(self) -> None:
        path, number = "procedures/external.yml", self.dice.randrange(100)
        entry = (
            f"  luat-{number}:\n    number: {number}/2020/QH\n    type: Luật\n    issuer: Quốc hội\n"
            f"    title: Luật số {number}\n    status: in_force\n    names: [luật về số {number}]\n"
        )
        self.files[path] = self.files.get(path, tiny()[path]) + entry.encode()

    def abbreviate(self) -> None:
        short = self.dice.choice(["KSNK", "TCHC", "VP"])
        entry = f"schema: 1\nabbreviations:\n  {short}: {{expansion: kiểm soát nhiễm khuẩn}}\n"
        self.files["manual/abbreviations.yml"] = entry.encode()

    def change_bytes(self) -> None:
        path = self.any_of(".md", ".yml")
        data = self.files[path]
        self.files[path] = self.dice.choice(
            (
                b"\xef\xbb\xbf" + data,
                data.replace(b"\n", b"\r\n"),
                unicodedata.normalize("NFD", data.decode("utf-8", "replace")).encode(),
                data[: self.dice.randrange(len(data) + 1)],
                data.replace(b"\xc3", b"\xff", 1),
            )
        )

    def attach(self) -> None:
        path = "procedures/bieu-mau.docx"
        if path in self.files:
            del self.files[path]
        else:
            self.files[path] = self.dice.choice([b"a", b"b"])

    def swap(self) -> None:
        """Let two files change places: each has bytes that were read, under another path."""
        one, other = self.any_of(".md", ".yml"), self.any_of(".md", ".yml")
        self.files[one], self.files[other] = self.files[other], self.files[one]

    def change_looks(self) -> None:
        self.files["mkdocs.yml"] = self.dice.choice(LOOKS).encode()
        self.files["templates/l.png"] = self.dice.choice((b"", b"a", b"b"))

    def change_template(self) -> None:
        self.files["templates/site/pages/home.md.j2"] = self.dice.choice(TEMPLATES).encode()


def report_of(files: dict[str, bytes], store: Path | None) -> Report | str:
    """The report on some files, by the facts of a store if there is one; or why there is none."""
    tree = MemoryTree(dict(files))
    facts = None
    if store is not None:
        texts = {path: data for path, data in files.items() if path.endswith(TEXT_SUFFIXES)}
        facts = KeptFacts(store, bytes(32), b"tool", texts)
    try:
        manual = load(tree, facts)
        references = resolve(manual, facts)
        return check(manual, references, root=".", day=DAY, read=tree.read, kept_facts=facts)
    except QmsError as error:
        return error.text.en
    finally:
        if facts is not None:
            facts.save()


@pytest.mark.parametrize("seed", SEEDS)
def test_kept_facts_change_no_report(seed: int, tmp_path: Path) -> None:
    edits = Edits(seed)
    different: set[str] = set()
    for number in range(EDITS):
        if number % IN_A_ROW == 0:
            edits.files = dict(whole())
        edit = edits.dice.choice(edits.choices)
        edit()
        fresh, kept = report_of(edits.files, None), report_of(edits.files, tmp_path)
        assert kept == fresh, (number, edit.__name__)
        different.add(repr(fresh))
    assert len(different) > EDITS / 2
