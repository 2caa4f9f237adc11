"""Make the manual's own pages: its contents, and one for each section file with its clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmstool.site.edition.addresses import is_title
from qmstool.site.edition.page_link import PageLink
from qmstool.site.pages.documents import document_contact, document_values, history_values
from qmstool.site.parts.changes import last_change
from qmstool.site.parts.clauses import clause_answers
from qmstool.site.parts.identity import page_commit
from qmstool.site.parts.moved import old_anchors
from qmstool.site.parts.propose import proposal
from qmstool.site.parts.render import SitePage
from qmstool.site.parts.search_label import label_document, label_section
from qmstool.site.parts.text import cited_links, linked_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.documents import Document
    from qmstool.manual.text_files import Section, TextFile
    from qmstool.site.edition.edition import Edition


@dataclass
class OutlineNode:
    """A section file of the manual in the tree of its numbers: `4` holds `4.1` and `4.2`."""

    file: TextFile
    section: Section | None
    link: PageLink
    children: list[OutlineNode] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Number and words: «4.1. Bối cảnh»; the words alone where it has no number."""
        return f"{self.link.code}. {self.link.words}" if self.link.code else self.link.words

    def walk(self) -> Iterator[OutlineNode]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(edition: Edition) -> tuple[OutlineNode, ...]:
    """Return the section files as a tree: a file goes under the file whose number opens its own."""
    main = edition.manual.main
    if main is None:
        return ()
    nodes = [_node(edition, main, file) for file in main.files[1:]]
    by_number = {node.link.code: node for node in nodes if node.link.code}
    # Identity tells nodes apart: two files may have one number. A parent that comes later stands
    # where its first child stands.
    top: dict[int, OutlineNode] = {}
    children: set[int] = set()
    for node in nodes:
        before, dot, _ = node.link.code.rpartition(".")
        parent = by_number.get(before) if dot else None
        if parent is not None and parent is not node:
            parent.children.append(node)
            children.add(id(node))
        root = parent or node
        top.setdefault(id(root), root)
    return tuple(node for node in top.values() if id(node) not in children)


def _node(edition: Edition, main: Document, file: TextFile) -> OutlineNode:
    titles = (section for section in file.sections if is_title(section))
    return OutlineNode(file, next(titles, None), edition.page(main.key, file.path))


def pages(edition: Edition) -> Iterator[SitePage]:
    """Yield the contents page of the manual, then each of its sections."""
    main = edition.manual.main
    if main is None:
        return
    tree = outline(edition)
    home = edition.addresses.place("manual")
    values = {
        **document_values(edition, main),
        **history_values(edition, main),
        "outline": tree,
        "text": linked_text(edition, main.files[0], home),
        "commit": page_commit(edition, main, main.path),
        "proposal": proposal(edition, main, main.path, document_contact(edition, main)),
    }
    yield SitePage(home, main.title, "manual.md.jinja", values, label_document(edition, main))
    nodes = [node for top in tree for node in top.walk()]
    parents = {id(child): node for node in nodes for child in node.children}
    links = [PageLink(main.title, home), *(node.link for node in nodes), None]
    for place, node in enumerate(nodes, 1):
        neighbours = links[place - 1], links[place + 1]
        yield _section(edition, main, node, parents.get(id(node)), neighbours)


def _section(
    edition: Edition,
    main: Document,
    node: OutlineNode,
    parent: OutlineNode | None,
    neighbours: tuple[PageLink | None, PageLink | None],
) -> SitePage:
    """The page of one section file; `neighbours`: the page before it and the page after it."""
    path = node.file.path
    address = edition.addresses.pages[path]
    answers = tuple(clause_answers(edition, node.link.code, address))
    values = {
        **document_values(edition, main),
        "text": linked_text(edition, node.file, address),
        "link": node.link,
        "change": last_change(edition, main, path),
        "parent": parent.link if parent else None,
        "children": tuple(child.link for child in node.children),
        "answers": answers,
        "catalogue": edition.manual.catalogue,
        "cited_by": edition.mentions.section_cited_by(main, path),
        "cites": cited_links(edition, main.key, path),
        "before": neighbours[0],
        "after": neighbours[1],
        "source_path": path,
        "commit": page_commit(edition, main, path),
        "old_anchors": old_anchors(edition, main, path),
        "proposal": proposal(edition, main, path, document_contact(edition, main)),
    }
    label = label_section(edition, main, node.link, answers)
    return SitePage(address, node.title, "section.md.jinja", values, label)
