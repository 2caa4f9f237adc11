"""Render a dossier's printable pages, and a comparison of two versions as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.diff.format import section_title, to_html
from qmstool.dossier.comparison import comparison_rows, for_paper
from qmstool.dossier.text import document_html
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.releases.numbering import NO_NUMBER
from qmstool.tables.change_table import ACTS
from qmstool.tables.registers import NOT_KNOWN, instrument_text
from qmstool.templating import TemplatePrinter, format_print_dates

if TYPE_CHECKING:
    from markupsafe import Markup

    from qmstool.diff.document import Redline
    from qmstool.dossier.content import DossierContent, DossierItem
    from qmstool.i18n import Lang
    from qmstool.storage.tree import Tree


# How the folder of a dossier is called.
FOLDER = Text("ho-so-{key}", "dossier-{key}")
FILES = (
    Text("to-trinh", "request"),
    Text("du-thao-quyet-dinh", "draft-decision"),
    Text("toan-van", "text"),
    Text("bang-so-sanh", "comparison"),
    Text("noi-nhan", "recipients"),
    Text("tong-hop-y-kien", "opinions"),
)


def dossier_pages(content: DossierContent, lang: Lang) -> dict[str, str]:
    """Return file name → HTML of every page of a dossier.

    `lang` is that of its own words. In the form of Vietnamese administration the draft decision
    stays in Vietnamese, the language of the paper that is signed; a plain one is in `lang`, and so
    are the names of its files.
    """
    printer = _printer(content.tree, lang)
    plain = content.manual.config.plain_dossier
    names = [name.get(lang if plain else "vi") for name in FILES]
    if plain:
        decision = printer("decision-plain", matter=content)
    else:
        decision = _printer(content.tree, "vi")("decision", matter=content)
    pages = {
        f"1-{names[0]}.html": printer("request", matter=content, plain=plain),
        f"2-{names[1]}.html": decision,
    }
    for line in content.issued:
        if line.document:
            text = document_html(line.document, content.tree, lang)
            page = printer("text", matter=content, line=line, text=text)
            pages[f"3-{names[2]}-{line.item.key}.html"] = page
    pages[f"4-{names[3]}.html"] = printer("comparison", matter=content)
    pages[f"5-{names[4]}.html"] = printer("recipients", matter=content)
    if content.opinions or content.signatures:
        pages[f"6-{names[5]}.html"] = printer("opinions", matter=content)
    return pages


def redline_page(tree: Tree, title: str, redline: Redline, lang: Lang) -> str:
    """Return a comparison of two versions as a page of its own."""
    html = for_paper(to_html(redline, lang), lang)
    return _printer(tree, lang)("redline", title=title, redline=html)


def _printer(tree: Tree, lang: Lang) -> TemplatePrinter:
    facts = {
        "acts": {name: text.get(lang) for name, text in ACTS.items()},
        "rows": lambda line: _rows(line, lang),
        "instrument": instrument_text,
        "titles": lambda sections: "; ".join(section_title(each, lang) for each in sections),
        "unknown": UNKNOWN,
    }
    printer = TemplatePrinter(tree, lang, "dossier", facts)
    printer.environment.filters |= {
        "day": lambda day: format_print_dates(record_value(written_day(day), lang), lang),
        "said": lambda text: record_value(text, lang),
    }
    return printer


def _rows(line: DossierItem, lang: Lang) -> list[tuple[Markup, Markup, Markup]]:
    """Section, old and new content of each changed section of a document.

    Where it consists of several files, each section is named with the chapter it stands in.
    """
    if not line.change:
        return []
    chaptered = line.document is not None and len(line.document.files) > 1
    return comparison_rows(line.change, lang, chaptered=chaptered)


def record_value(text: str, lang: Lang) -> str:
    """Return a value of a record in words; what a policy has no number for is a dash."""
    if text == UNKNOWN:
        return NOT_KNOWN.get(lang)
    return "–" if text == NO_NUMBER else text
