"""The pages that lead elsewhere: home for staff, and what this site says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.site.edition.edition import PageLink
from qmstool.site.pages.circulation import circulation_tables
from qmstool.site.pages.manual import outline
from qmstool.site.pages.registers import is_form
from qmstool.site.parts.render import LIST_BOOST, SitePage
from qmstool.site.parts.status import coming_page
from qmstool.tables.registers import instrument, signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document
    from qmstool.site.edition.edition import Edition


def pages(edition: Edition) -> Iterator[SitePage]:
    """Home, and «about»."""
    manual = edition.manual
    documents = tuple(manual.documents.values())
    forms = tuple(edition.document(each.key) for each in documents if is_form(edition, each))
    guiding = tuple(edition.document(each.key) for each in documents if _is_guiding(edition, each))
    values = {
        "units": tuple(_by_unit(edition)),
        "forms": forms,
        "guiding": guiding,
        "outline": outline(edition),
        "map": manual.process_map,
        "counts": _counts(edition),
        "transitions": tuple(manual.transitions.values()),
        "today": edition.is_current,
        "coming": tuple(_coming(edition)),
        "circulated": bool(circulation_tables(edition)),
        "verified": edition.context.verification is not None,
    }
    title = manual.main.title if manual.main else manual.config.short
    yield SitePage(
        edition.addresses.place("home"),
        title,
        "home.md.jinja",
        values,
        hide=("navigation", "toc"),
        boost=LIST_BOOST,
    )
    about = {
        "catalogues": tuple(manual.catalogues.values()),
        "releases": tuple(_releases(edition)),
        "counts": _counts(edition),
    }
    yield SitePage(edition.addresses.place("about"), edition.word("about"), "about.md.jinja", about)


def _is_guiding(edition: Edition, document: Document) -> bool:
    """Whether a document is the only one of its type by its very code: policy, objectives; not the manual itself."""
    kind = edition.manual.config.types.get(document.type)
    single = kind is not None and kind.code is not None and "{" not in kind.code.text
    return single and document is not edition.manual.main


def _by_unit(edition: Edition) -> Iterator[tuple[str, tuple[PageLink, ...]]]:
    """The documents people work by, grouped by the unit that answers for them; those without an owner come last."""
    groups: dict[str, list[PageLink]] = {}
    for document in edition.manual.documents.values():
        if (
            document is not edition.manual.main
            and not is_form(edition, document)
            and not _is_guiding(edition, document)
        ):
            owner = document.entry.text("owner")
            groups.setdefault(owner if owner in edition.manual.config.units else "", []).append(
                edition.document(document.key)
            )
    for key in (*edition.manual.config.units, ""):
        if key in groups:
            yield (edition.unit(key), tuple(groups[key]))


def _coming(edition: Edition) -> Iterator[tuple[PageLink, str]]:
    """What is recorded and not yet in force: the text that will apply, and from when."""
    for key, standing in edition.register.standings.items():
        number = standing.release if standing.state == "scheduled" else standing.coming
        release = edition.register.releases.get(number) if number is not None else None
        address = coming_page(edition, standing)
        if release and address:
            item = next(each for each in release.items if each.key == key)
            yield PageLink(item.title, address, item.code), edition.day(release.effective)


def _counts(edition: Edition) -> dict[str, int]:
    """How much there is of everything; counted, never written."""
    manual, catalogue = edition.manual, edition.manual.catalogue
    return {
        "documents": len(manual.documents),
        "in_force": sum(
            standing.state == "effective" for standing in edition.register.standings.values()
        ),
        "imported": sum(
            standing.state == "imported" for standing in edition.register.standings.values()
        ),
        "forms": sum(is_form(edition, each) for each in manual.documents.values()),
        "held": sum(each.held for each in manual.documents.values()),
        "external": len(manual.externals),
        "records": len(manual.records),
        "clauses": len(catalogue.clauses) if catalogue else 0,
        "excluded": sum(row.excluded is not None for row in edition.rows),
        "abbreviations": len(manual.abbreviations),
        "processes": len(manual.process_map.processes) if manual.process_map else 0,
        "citations": len(edition.references.all),
    }


def _releases(edition: Edition) -> Iterator[dict[str, object]]:
    for release in sorted(edition.manual.releases, key=lambda each: each.number, reverse=True):
        yield {
            "number": release.number,
            "title": release.title,
            "imported": release.imported,
            "effective": edition.day(release.effective),
            "instrument": edition.day(instrument(release, edition.lang)),
            "signer": signer(edition.manual, release, edition.lang),
            "items": len(release.items),
        }
