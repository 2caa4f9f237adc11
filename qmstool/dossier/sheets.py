"""What a dossier says → its printable pages, and a comparison of two versions as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from qmstool.dossier import prose
from qmstool.findings import Text
from qmstool.model import UNKNOWN
from qmstool.printing import Printer, days, first_up
from qmstool.redline.show import columns, to_html
from qmstool.release.numbering import NO_NUMBER
from qmstool.shapes import DOCUMENT
from qmstool.tables.changes import ACTS
from qmstool.tables.registers import NOT_KNOWN, instrument

if TYPE_CHECKING:
    from qmstool.dossier.matter import Line, Matter
    from qmstool.findings import Lang
    from qmstool.redline.compare import Redline, SectionChange
    from qmstool.tree import Tree

TITLED, STAYS = Text("Tên mục", "Title"), Text("(chỉ có tên mục)", "(a title alone)")
MOVED_FROM = Text("(như bản mới)", "(as in the new version)")
MOVED_TO = Text("(lời văn giữ nguyên, mục được chuyển chỗ)", "(the words stay, the section moved)")
_KEY = re.compile(r"(<span class=\"\w+\">(?:<(?:del|ins)>)?)([a-z_]+):")
_MARKS = re.compile(r"\*\*|`|\s*\{#[^{}<>]*\}")
_LINK = re.compile(r"!?\[([^\[\]<>]*)\]\([^()<>]*\)")


def sheets(matter: Matter, lang: Lang) -> dict[str, str]:
    """Return file name → HTML of every page of a dossier.

    `lang` is that of its own words; the draft decision stays in Vietnamese, the language of the paper that is signed.
    """
    print_ = _printer(matter.tree, lang)
    made = {
        "1-to-trinh.html": print_("request", matter=matter),
        "2-du-thao-quyet-dinh.html": _printer(matter.tree, "vi")("decision", matter=matter),
    }
    for line in matter.issued:
        if line.document:
            text = prose.html(line.document, matter.tree)
            made[f"3-toan-van-{line.key}.html"] = print_("text", matter=matter, line=line, text=text)
    made["4-bang-so-sanh.html"] = print_("comparison", matter=matter)
    made["5-noi-nhan.html"] = print_("recipients", matter=matter)
    if matter.opinions or matter.signatures:
        made["6-tong-hop-y-kien.html"] = print_("opinions", matter=matter)
    return made


def redline_page(tree: Tree, title: str, found: Redline, lang: Lang) -> str:
    """Return a comparison of two versions as a page of its own."""
    return _printer(tree, lang)("redline", title=title, redline=_paper(to_html(found, lang, level=2), lang))


def _printer(tree: Tree, lang: Lang) -> Printer:
    acts = {name: text.get(lang) for name, text in ACTS.items()}
    printer = Printer(
        tree, lang, "dossier", {"acts": acts, "rows": lambda line: _rows(line, lang), "instrument": instrument, "unknown": UNKNOWN}
    )
    printer.environment.filters |= {"day": lambda text: days(said(text, lang), lang), "said": lambda text: said(text, lang)}
    return printer


def _rows(line: Line, lang: Lang) -> list[tuple[Markup, Markup, Markup]]:
    """Section, old and new content of each changed section of a document, each named with the chapter it stands in."""
    if line.change is None:
        return []
    chapters = _chapters(line) if line.document and len(line.document.files) > 1 else {}
    made = []
    for section, (name, *sides) in zip(line.change.changed, columns(line.change, lang), strict=True):
        above = chapters.get(section.key, "")
        titled = bool(section.old_title and section.new_title and section.old_title != section.new_title)
        heads = (section.old_title, section.new_title) if titled else ("", "")
        old, new = (_titled(head, lang) + side if head else side for head, side in zip(heads, sides, strict=True))
        if not old and not new:
            old, new = (text.get(lang) if text else "" for text in _silent(section))
        made.append((_paper(f"{escape(above)} – {name}" if above else name, lang), _paper(old, lang), _paper(new, lang)))
    return made


def _titled(title: str, lang: Lang) -> str:
    return f"<p>{TITLED.get(lang)}: {escape(title)}</p>\n"


def _silent(section: SectionChange) -> tuple[Text | None, Text | None]:
    """What stands beside a section without words of its own."""
    match section.kind:
        case "added":
            return None, STAYS
        case "removed":
            return STAYS, None
        case _:
            return MOVED_FROM, MOVED_TO


def _chapters(line: Line) -> dict[str, str]:
    """Key of a section → the title of the chapter above it."""
    found, chapter = {}, ""
    for section in line.change.sections if line.change else ():
        if section.level <= 1:
            chapter = section.title
        else:
            found[section.key] = chapter
    return found


def _paper(html: str, lang: Lang) -> Markup:
    """A comparison without the marks that only writers know; what is cut holds neither `<` nor `>`, so the HTML stays whole."""
    plain = _LINK.sub(r"\1", _MARKS.sub("", html))
    return Markup(_KEY.sub(lambda hit: hit[1] + _key(hit[2], lang) + ":", plain))  # noqa: S704 - escaped by redline.show


def _key(name: str, lang: Lang) -> str:
    """What a key of the front matter is called by people."""
    field = DOCUMENT.field(name)
    return first_up(field.note.get(lang).partition(",")[0]) if field else name


def said(text: str, lang: Lang) -> str:
    """A value of a record: what is not known says so, what a policy has no number for is a dash."""
    return {UNKNOWN: NOT_KNOWN.get(lang), NO_NUMBER: "–"}.get(text, text)
