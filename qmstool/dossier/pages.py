"""What a dossier says → its printable pages, and a comparison of two versions as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.format import to_html
from qmstool.dossier import text as prose
from qmstool.dossier.comparison import paper, rows
from qmstool.manual.model import UNKNOWN
from qmstool.releases.numbering import NO_NUMBER
from qmstool.tables.change_table import ACTS
from qmstool.tables.registers import NOT_KNOWN, instrument
from qmstool.templating import TemplatePrinter, format_print_dates

if TYPE_CHECKING:
    from markupsafe import Markup

    from qmstool.diff.document import Redline
    from qmstool.dossier.content import Line, Matter
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


def sheets(matter: Matter, lang: Lang) -> dict[str, str]:
    """Return file name → HTML of every page of a dossier.

    `lang` is that of its own words; the draft decision stays in Vietnamese, the language of the
    paper that is signed.
    """
    print_ = _printer(matter.tree, lang)
    made = {
        "1-to-trinh.html": print_("request", matter=matter),
        "2-du-thao-quyet-dinh.html": _printer(matter.tree, "vi")("decision", matter=matter),
    }
    for line in matter.issued:
        if line.document:
            text = prose.html(line.document, matter.tree)
            made[f"3-toan-van-{line.item.key}.html"] = print_(
                "text", matter=matter, line=line, text=text
            )
    made["4-bang-so-sanh.html"] = print_("comparison", matter=matter)
    made["5-noi-nhan.html"] = print_("recipients", matter=matter)
    if matter.opinions or matter.signatures:
        made["6-tong-hop-y-kien.html"] = print_("opinions", matter=matter)
    return made


def redline_page(tree: Tree, title: str, found: Redline, lang: Lang) -> str:
    """Return a comparison of two versions as a page of its own."""
    return _printer(tree, lang)(
        "redline", title=title, redline=paper(to_html(found, lang, level=2), lang)
    )


def _printer(tree: Tree, lang: Lang) -> TemplatePrinter:
    acts = {name: text.get(lang) for name, text in ACTS.items()}
    printer = TemplatePrinter(
        tree,
        lang,
        "dossier",
        {
            "acts": acts,
            "rows": lambda line: _rows(line, lang),
            "instrument": instrument,
            "unknown": UNKNOWN,
        },
    )
    printer.environment.filters |= {
        "day": lambda text: format_print_dates(said(text, lang), lang),
        "said": lambda text: said(text, lang),
    }
    return printer


def _rows(line: Line, lang: Lang) -> list[tuple[Markup, Markup, Markup]]:
    """Section, old and new content of each changed section of a document, each named with the chapter it stands in."""
    chaptered = line.document is not None and len(line.document.files) > 1
    return rows(line.change, lang, chaptered=chaptered) if line.change else []


def said(text: str, lang: Lang) -> str:
    """A value of a record: what is not known says so, what a policy has no number for is a dash."""
    return {UNKNOWN: NOT_KNOWN.get(lang), NO_NUMBER: "–"}.get(text, text)
