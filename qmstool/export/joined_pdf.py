"""Join PDFs that Typst made of the parts of one paper: bytes go in, the bytes of one PDF come out.

Bookmarks, the tree of tags, and links from the list of contents lead through the whole. Typst
writes every object plainly, with a table of where each stands; only that form is read. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HEADING_LINK = "qms:heading/"
"""Begins the address of a link to a heading of another part; its number, from 0, follows."""

SHARED = ("Catalog", "Pages", "StructTreeRoot", "Document", "Outlines", "Info", "Metadata")
"""What the whole has once; objects of the parts that say the same become these."""

_REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R\b")
_TREE_KEY = re.compile(rb"(/StructParents?) (\d+)")
_CELL_NAME = re.compile(rb"\(U(\d+x\d+y\d+)\)")
_LINK = re.compile(rb"/A<<(?:/Type/Action)?/S/URI/URI\(%s(\d+)\)>>" % HEADING_LINK.encode())
_PARENS = re.compile(rb"[()\\]")
_BEGIN = b"stream\n"


@dataclass(frozen=True, slots=True)
class _ReadPdf:
    """The objects of a PDF by number, each without its `N 0 obj`, and which of them are shared."""

    objects: dict[int, bytes]
    shared: dict[str, int]

    def one(self, name: str) -> bytes:
        return self.objects[self.shared[name]]

    def listed(self, name: str, key: bytes) -> bytes:
        """Return what stands in the list of a shared object."""
        found = re.search(rb"/%s ?\[([^\]]*)\]" % key, self.one(name))
        return found[1] if found else b""


def join_pdfs(parts: Sequence[bytes]) -> bytes:
    """Return one PDF of several that Typst made; its title and day are those of the first."""
    read = [_read(part) for part in parts]
    numbers = {name: number for number, name in enumerate(SHARED, 1)}
    renumbered = []
    first_free, first_key = len(SHARED) + 1, 0
    keys = []
    for part in read:
        own = {number: first_free + place for place, number in enumerate(sorted(part.objects))}
        own |= {number: numbers[name] for name, number in part.shared.items()}
        renumbered.append(own)
        keys.append(first_key)
        first_free += len(part.objects)
        first_key += _number(part.one("StructTreeRoot"), b"ParentTreeNextKey")
    written: dict[int, bytes] = {}
    targets: list[bytes] = []
    tops: list[list[int]] = []
    for place, (part, own) in enumerate(zip(read, renumbered, strict=True)):
        change = _changing(own, keys[place], place)
        for number, content in part.objects.items():
            if number not in part.shared.values():
                written[own[number]] = change(content)
        bookmarks = list(_bookmarks(part))
        targets += [change(part.objects[number]) for number, _ in bookmarks]
        tops.append([own[number] for number, top in bookmarks if top])
    _chain(written, [top for top in tops if top])
    _lead_links(written, targets)
    whole = _Whole(read, renumbered, keys, [top for own in tops for top in own])
    written |= {numbers[name]: content for name, content in whole.shared().items()}
    return _file(written, numbers)


@dataclass(frozen=True, slots=True)
class _Whole:
    """Makes what the whole has once."""

    parts: list[_ReadPdf]
    numbers: list[dict[int, int]]
    keys: list[int]
    tops: list[int]

    def shared(self) -> dict[str, bytes]:
        first = self.parts[0]
        change = _changing(self.numbers[0], 0, 0)
        made = {name: change(first.one(name)) for name in SHARED if name in first.shared}
        kids = self._all("Pages", b"Kids")
        count = len(_REFERENCE.findall(kids))
        made["Pages"] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
        made["StructTreeRoot"] = self._tags()
        made["Document"] = _put_list(made["Document"], b"K", self._all("Document", b"K"))
        outlines = b"/First %d 0 R/Last %d 0 R" % (self.tops[0], self.tops[-1])
        made["Outlines"] = b"<</Type/Outlines%s/Count %d>>" % (outlines, len(self.tops))
        pages = b"<xmpTPg:NPages>%d<" % count
        made["Metadata"] = re.sub(rb"<xmpTPg:NPages>\d+<", pages, made["Metadata"])
        catalog = made["Catalog"]
        if b"/Outlines" not in catalog:  # the cover has no heading
            outlines_at = b"/Outlines %d 0 R>>" % (SHARED.index("Outlines") + 1)
            catalog = re.sub(rb">>\s*$", lambda _: outlines_at, catalog)
        made["Catalog"] = catalog
        return made

    def _all(self, name: str, key: bytes) -> bytes:
        lists = []
        for place, part in enumerate(self.parts):
            change = _changing(self.numbers[place], self.keys[place], place)
            lists.append(change(part.listed(name, key)))
        return b" ".join(lists)

    def _tags(self) -> bytes:
        nums, names, roles = [], [], set()
        for place, part in enumerate(self.parts):
            root = part.one("StructTreeRoot")
            change = _changing(self.numbers[place], self.keys[place], place)
            pairs = re.findall(rb"(\d+) (\d+ 0 R)", part.listed("StructTreeRoot", b"Nums"))
            nums += [b"%d %s" % (int(key) + self.keys[place], change(to)) for key, to in pairs]
            cells = re.findall(rb"(\(U[^)]*\)) ?(\d+ 0 R)", part.listed("StructTreeRoot", b"Names"))
            names += [change(name) + change(to) for name, to in cells]
            found = re.search(rb"/RoleMap<<([^>]*)>>", root)
            if found:
                roles.update(re.findall(rb"/[^/]+/[^/]+", found[1]))
        key = self.keys[-1] + _number(root, b"ParentTreeNextKey")
        made = b"<</Type/StructTreeRoot/RoleMap<<%s>>" % b"".join(sorted(roles))
        made += b"/K[%d 0 R]" % (SHARED.index("Document") + 1)
        made += b"/ParentTree<</Nums[%s]>>" % b" ".join(nums)
        if names:
            made += b"/IDTree<</Names[%s]>>" % b"".join(sorted(names))
        return made + b"/ParentTreeNextKey %d>>" % key


def _read(content: bytes) -> _ReadPdf:
    """Return the objects of a PDF, found by its table."""
    start = int(content[content.rindex(b"startxref") :].split()[1])
    head = re.compile(rb"xref\s+0 (\d+)\s+").match(content, start)
    if head is None:
        raise ValueError("no plain table of objects")
    table = content[head.end() : head.end() + 20 * int(head[1])]
    places = {}
    for number in range(1, int(head[1])):
        row = table[20 * number : 20 * number + 20]
        if row[17:18] == b"n":
            places[number] = int(row[:10])
    ends = sorted([*places.values(), start])
    following = dict(pairwise(ends))
    objects = {}
    for number, place in places.items():
        own = content[place : following[place]]
        objects[number] = own[own.index(b"obj") + 3 : own.rindex(b"endobj")].strip()
    trailer = content[content.rindex(b"trailer") :]
    catalog = _number(trailer, b"Root")
    shared = {"Catalog": catalog, "Info": _number(trailer, b"Info")}
    for name in ("Pages", "StructTreeRoot", "Outlines", "Metadata"):
        if b"/" + name.encode() in objects[catalog]:
            shared[name] = _number(objects[catalog], name.encode())
    tree = objects[shared["StructTreeRoot"]]
    shared["Document"] = int((re.search(rb"/K ?\[(\d+) 0 R\]", tree) or [b"", b"0"])[1])
    return _ReadPdf(objects, shared)


def _number(content: bytes, key: bytes) -> int:
    found = re.search(rb"/%s (\d+)" % key, content)
    return int(found[1]) if found else 0


def _put_list(content: bytes, key: bytes, listed: bytes) -> bytes:
    made = b"/%s[%s]" % (key, listed)
    return re.sub(rb"/%s ?\[[^\]]*\]" % key, lambda _: made, content, count=1)


def _changing(own: dict[int, int], first_key: int, place: int) -> Callable[[bytes], bytes]:
    """Return what renames objects, keys of the tree of tags and names of cells in some bytes."""

    def change(content: bytes) -> bytes:
        if _BEGIN in content:
            end = content.index(_BEGIN)
            return change(content[:end]) + content[end:]
        return b"".join(_changed(content))

    def _changed(content: bytes) -> Iterator[bytes]:
        for text, is_string in _strings(content):
            if is_string:
                yield _CELL_NAME.sub(rb"(U%d-\1)" % place, text)
                continue
            plain = _REFERENCE.sub(lambda found: b"%d 0 R" % own[int(found[1])], text)
            yield _TREE_KEY.sub(moved_key, plain)

    def moved_key(found: re.Match[bytes]) -> bytes:
        return b"%s %d" % (found[1], int(found[2]) + first_key)

    return change


def _strings(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield bytes in pieces, with whether each is a string: what people wrote is left alone."""
    begin, depth, skipped = 0, 0, -1
    for sign in _PARENS.finditer(content):
        if sign.start() == skipped:
            continue
        if sign[0] == b"\\":
            skipped = sign.end()
        elif sign[0] == b"(":
            if depth == 0:
                yield content[begin : sign.start()], False
                begin = sign.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield content[begin : sign.end()], True
                begin = sign.end()
    yield content[begin:], False


def _string_at(content: bytes, place: int) -> bytes:
    """Return the string that begins at a place."""
    if content[place : place + 1] == b"<":
        return content[place : content.index(b">", place) + 1]
    return next(text for text, is_string in _strings(content[place:]) if is_string)


def _bookmarks(part: _ReadPdf) -> Iterator[tuple[int, bool]]:
    """Yield the bookmarks of a part in order, with whether each stands at the top."""
    if "Outlines" not in part.shared:
        return
    first = _number(part.one("Outlines"), b"First")
    waiting = [(first, True)] if first else []
    while waiting:
        number, top = waiting.pop()
        yield number, top
        content = b"".join(text for text, is_text in _strings(part.objects[number]) if not is_text)
        following, below = _number(content, b"Next"), _number(content, b"First")
        if following:
            waiting.append((following, top))
        if below:
            waiting.append((below, False))


def _chain(written: dict[int, bytes], tops: Sequence[Sequence[int]]) -> None:
    """Let the bookmarks of each part follow on those of the part before."""
    for before, after in pairwise(tops):
        written[before[-1]] = _with_key(written[before[-1]], b"/Next %d 0 R" % after[0])
        written[after[0]] = _with_key(written[after[0]], b"/Prev %d 0 R" % before[-1])


def _with_key(content: bytes, key: bytes) -> bytes:
    return content.replace(b"<<", b"<<" + key, 1)


def _lead_links(written: dict[int, bytes], targets: Sequence[bytes]) -> None:
    """Let links of the list of contents lead where the bookmark of their heading leads."""
    mark = HEADING_LINK.encode()
    for number, content in written.items():
        if mark not in content:
            continue
        link = _LINK.search(content)
        if link:
            bookmark = targets[int(link[1])]
            target = re.search(rb"/Dest ?(\d+ 0 R|\[[^\]]*\])", bookmark)
            to = b""
            if target:
                to = b"/Dest " + target[1]
            led = content[: link.start()] + to + content[link.end() :]
            title = re.search(rb"/Title ?(?=[(<])", bookmark)
            said = _string_at(bookmark, title.end()) if title else b"()"
            written[number] = led.replace(b"(%s%s)" % (mark, link[1]), said)


def _file(written: dict[int, bytes], numbers: dict[str, int]) -> bytes:
    """Return the file of objects, with a name of its own made from all of them."""
    digest = hashlib.sha256()
    for number in sorted(written):
        digest.update(written[number])
    name = base64.b64encode(digest.digest()[:16])
    metadata = written[numbers["Metadata"]]
    for key in (b"InstanceID", b"DocumentID"):
        metadata = re.sub(rb"<xmpMM:%s>[^<]*<" % key, b"<xmpMM:%s>%s<" % (key, name), metadata)
    head, _, body = metadata.partition(_BEGIN)
    length = body.rindex(b"endstream") - 1
    head = re.sub(rb"/Length \d+", b"/Length %d" % length, head)
    written[numbers["Metadata"]] = head + _BEGIN + body
    made = io.BytesIO()
    made.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    places = {}
    for number in sorted(written):
        places[number] = made.tell()
        made.write(b"%d 0 obj\n%s\nendobj\n\n" % (number, written[number]))
    table = made.tell()
    size = max(written) + 1
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        row = b"%010d 00000 n \n" % places[number] if number in places else _NOT_THERE
        made.write(row)
    shared = b"/Root %d 0 R/Info %d 0 R" % (numbers["Catalog"], numbers["Info"])
    made.write(b"trailer\n<</Size %d%s/ID[(%s)(%s)]>>\n" % (size, shared, name, name))
    made.write(b"startxref\n%d\n%%%%EOF" % table)
    return made.getvalue()


_NOT_THERE = b"0000000000 65535 f \n"
