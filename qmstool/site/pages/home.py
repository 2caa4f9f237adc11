"""Make the pages that lead elsewhere: home for staff, and what this site says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.parsing.yaml.nodes import text_of
from qmstool.site.edition.page_link import PageLink
from qmstool.site.edition.third_parties import third_parties
from qmstool.site.pages.circulation import circulation_tables
from qmstool.site.pages.manual import outline
from qmstool.site.pages.registers import is_form
from qmstool.site.parts.render import LIST_BOOST, SitePage
from qmstool.site.parts.status import coming_number, coming_page
from qmstool.tables.registers import instrument_text, signer_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.site.edition.edition import Edition


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield home, and «about»."""
    yield _home(edition)
    about = {
        "catalogues": tuple(edition.manual.catalogues.values()),
        "releases": tuple(_releases(edition)),
        "counts": _counts(edition),
        "parts": third_parties(with_office=bool(edition.manual.config.downloads)),
    }
    address = edition.addresses.place("about")
    yield SitePage(address, edition.word("about"), "about.md.jinja", about)


def _home(edition: Edition) -> SitePage:
    manual = edition.manual
    forms, guiding = [], []
    for document in manual.documents.values():
        if is_form(edition, document):
            forms.append(edition.document(document.key))
        if _is_guiding(edition, document):
            guiding.append(edition.document(document.key))
    values = {
        "units": tuple(_by_unit(edition)),
        "forms": tuple(forms),
        "guiding": tuple(guiding),
        "outline": outline(edition),
        "map": manual.process_map,
        "counts": _counts(edition),
        "transitions": tuple(manual.transitions.values()),
        "today": edition.is_current,
        "has_manual": manual.main is not None,
        "has_clauses": bool(edition.rows),
        "has_days": bool(edition.context.periods),
        "has_trail": bool(edition.context.trail),
        "releases": len(edition.register.releases),
        "coming": tuple(_coming(edition)),
        "circulated": bool(circulation_tables(edition)),
        "verified": edition.context.verification is not None,
    }
    return SitePage(
        edition.addresses.place("home"),
        manual.main.title if manual.main else manual.config.short,
        "home.md.jinja",
        values,
        hide=("navigation", "toc"),
        boost=LIST_BOOST,
    )


def _is_guiding(edition: Edition, document: Document) -> bool:
    """Whether a document is the only one of its type by its very code: policy, objectives.

    The manual itself is none.
    """
    kind = edition.manual.config.types.get(document.type)
    if kind is None or kind.code is None or document is edition.manual.main:
        return False
    return "{" not in kind.code.text


def _by_unit(edition: Edition) -> Iterator[tuple[str, tuple[PageLink, ...]]]:
    """The documents people work by, grouped by the unit that answers for them.

    Those without an owner come last.
    """
    units = edition.manual.config.units
    groups: dict[str, list[PageLink]] = {}
    for document in edition.manual.documents.values():
        is_main = document is edition.manual.main
        if is_main or is_form(edition, document) or _is_guiding(edition, document):
            continue
        unit = edition.manual.config.owning_unit(text_of(document.front_matter.owner))
        groups.setdefault(unit, []).append(edition.document(document.key))
    for key in (*units, ""):
        if key in groups:
            yield edition.unit(key), tuple(groups[key])


def _coming(edition: Edition) -> Iterator[tuple[PageLink, str]]:
    """What is recorded and not yet in force: the text that will apply, and from when."""
    for key, standing in edition.register.statuses.items():
        number, address = coming_number(standing), coming_page(edition, standing)
        if number is None or not address:
            continue
        release = edition.register.releases.get(number)
        if release:
            item = next(item for item in release.items if item.key == key)
            yield PageLink(item.title, address, item.code), edition.day(release.effective)


def _counts(edition: Edition) -> dict[str, int]:
    """How much there is of everything; counted, never written."""
    manual = edition.manual
    documents = manual.documents.values()
    states = [standing.state for standing in edition.register.statuses.values()]
    return {
        "documents": len(documents),
        "in_force": states.count("effective") + states.count("unevidenced"),
        "imported": states.count("imported"),
        "forms": sum(is_form(edition, document) for document in documents),
        "held": sum(document.held for document in documents),
        "external": len(manual.externals),
        "records": len(manual.records),
        "clauses": sum(len(catalogue.clauses) for catalogue in manual.followed_catalogues),
        "excluded": sum(row.excluded is not None for _, row in edition.coverage_rows),
        "abbreviations": len(manual.abbreviations),
        "processes": len(manual.process_map.processes) if manual.process_map else 0,
        "citations": len(edition.references.all),
    }


def _releases(edition: Edition) -> Iterator[dict[str, object]]:
    """Every release, the newest first."""
    newest_first = sorted(edition.manual.releases, key=lambda release: release.number, reverse=True)
    for release in newest_first:
        yield {
            "number": release.number,
            "title": release.title,
            "imported": release.is_taken_over,
            "effective": edition.day(release.effective),
            "instrument": edition.day(instrument_text(release, edition.lang)),
            "signer": signer_text(edition.manual, release, edition.lang),
            "items": len(release.items),
        }
