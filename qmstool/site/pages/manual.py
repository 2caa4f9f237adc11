"""The manual's own pages: its contents page and one page for each of its section files, read with the standard's clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.site.edition.addresses import is_title
from qmstool.site.edition.edition import PageLink
from qmstool.site.pages.documents import document_values, history_values
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.clauses import clause_answers
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_document, label_section
from qmstool.site.parts.text import cited_links, linked_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.model import Document, Section, TextFile
    from qmstool.site.edition.edition import Edition


@dataclass
class OutlineNode:
    """A section file of the manual in the tree of its numbers: `4` holds `4.1` and `4.2`."""

    file: TextFile
    section: Section | None
    link: PageLink
    children: list[OutlineNode] = field(default_factory=list)

    def walk(self) -> Iterator[OutlineNode]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(edition: Edition) -> tuple[OutlineNode, ...]:
    """The section files as a tree: a file goes under the file whose number opens its own."""
    main = edition.manual.main
    if main is None:
        return ()
    nodes = [_node(edition, main, file) for file in main.files[1:]]
    by_number = {node.link.code: node for node in nodes if node.link.code}
    top: dict[int, OutlineNode] = {}
    for node in nodes:
        parent = by_number.get(node.link.code.rpartition(".")[0]) if "." in node.link.code else None
        if parent is not None and parent is not node:
            parent.children.append(node)
        root = parent or node
        top.setdefault(id(root), root)
    children = {id(child) for node in nodes for child in node.children}
    return tuple(node for node in top.values() if id(node) not in children)


def _node(edition: Edition, main: Document, file: TextFile) -> OutlineNode:
    section = next((each for each in main.sections if each.file is file and is_title(each)), None)
    return OutlineNode(file, section, edition.page(main.key, file.path))


def pages(edition: Edition) -> Iterator[SitePage]:
    """The contents page of the manual, then each of its sections."""
    main = edition.manual.main
    if main is None:
        return
    tree = outline(edition)
    home = edition.addresses.place("manual")
    text = linked_text(edition, main.files[0], home)
    values = {
        **document_values(edition, main),
        **history_values(edition, main),
        "outline": tree,
        "text": text,
    }
    yield SitePage(home, main.title, "manual.md.jinja", values, label_document(edition, main))
    flat = [node for top in tree for node in top.walk()]
    parents = {id(child): node for node in flat for child in node.children}
    for at, node in enumerate(flat):
        before = flat[at - 1].link if at else PageLink(main.title, home)
        after = flat[at + 1].link if at + 1 < len(flat) else None
        yield _section(edition, main, node, parents.get(id(node)), before, after)


def _section(
    edition: Edition,
    main: Document,
    node: OutlineNode,
    parent: OutlineNode | None,
    before: PageLink,
    after: PageLink | None,
) -> SitePage:
    address = edition.addresses.pages[node.file.path]
    told = tuple(clause_answers(edition, node.link.code, address))
    values = {
        **document_values(edition, main),
        "text": linked_text(edition, node.file, address),
        "link": node.link,
        "change": last_change(edition, main, node.file.path),
        "parent": parent.link if parent else None,
        "children": tuple(child.link for child in node.children),
        "answers": told,
        "catalogue": edition.manual.catalogue,
        "cited_by": edition.section_cited_by(main, node.file.path),
        "cites": cited_links(edition, main.key, node.file.path),
        "before": before,
        "after": after,
        "source_path": node.file.path,
    }
    title = f"{node.link.code}. {node.link.words}" if node.link.code else node.link.words
    return SitePage(
        address, title, "section.md.jinja", values, label_section(edition, main, node.link, told)
    )
