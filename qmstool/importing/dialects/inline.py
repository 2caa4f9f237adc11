"""Put what other programs write within a line of Markdown into the words of ours.

What goes in: a line outside code. What comes out: the line, what was left out of it, and what leads
to files that are not here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmstool.importing.word.fields import SAFE_LINK

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_EMBED = re.compile(r"!\[\[([^\[\]\n]+)\]\]")
_PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\(<?([^()\s<>]+)>?(?:\s+[\"'][^\"'\n]*[\"'])?\)")
_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]+)\]\(<?([^()\s<>]+)>?(?:\s+[\"'][^\"'\n]*[\"'])?\)")
_SPAN = re.compile(r"(?<![!\\])\[([^\[\]\n]+)\](?=\{:?\s*[.#\w])")
_ONE = r"(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]+))"
_ATTRIBUTES = re.compile(rf"[ \t]*\{{:?\s*{_ONE}(?:\s+{_ONE})*\s*\}}")
_MARKED = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_LOWERED = re.compile(r"(?<=\w)~([^~\s]{1,12})~(?!~)")
_RAISED = re.compile(r"(?<=\w)\^([^\^\s\[\]]{1,12})\^")
_INSERTED = re.compile(r"\^\^(?=\S)([^\^\n]+?)(?<=\S)\^\^")
_NAME = re.compile(r"(?<=\S) +\^[A-Za-z0-9-]+$")
_REMARK = re.compile(r"%%.*?%%")
_TAG = re.compile(r"</?([A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>")
_VALUE = re.compile(r"\b(?:alt|title)\s*=\s*[\"']([^\"'<>]*)[\"']", re.IGNORECASE)
_VALUE_OF_TEMPLATE = re.compile(r"\{\{.*?\}\}")
LONGEST_LINE = 20_000  # letters; a longer line is kept as it is
_KEPT_TAGS = {
    "table", "tr", "th", "td", "br", "sup", "sub", "strong", "em", "del",
}  # fmt: skip
_BARE_ADDRESS = re.compile(r"\([^()\s]*\)")  # what is not counted as words of a text
_SAME_TAGS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}


class Inlines:
    """Rewrites lines; collects what it took out, and what leads elsewhere.

    `values`: what another program would print there; `pictures`, `links`: names of other files.
    """

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self.converted: list[tuple[str, str]] = []
        self.values: list[str] = []
        self.pictures: list[str] = []
        self.links: list[str] = []

    def rewrite(self, line: str) -> str:
        """Return a line in our words; what stands in code is left as it is."""
        if len(line) > LONGEST_LINE:
            return line
        pieces: list[str] = []
        at = 0
        for code in _CODE.finditer(line):
            pieces += [self._rewrite(line[at : code.start()]), code[0]]
            at = code.end()
        made = "".join([*pieces, self._rewrite(line[at:])])
        return made if made.startswith(line[:1]) or not line[:1].strip() else made.lstrip()

    def _rewrite(self, text: str) -> str:
        steps: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
            (_REMARK, self._drop),
            (_EMBED, self._embedded),
            (_PICTURE, self._picture),
            (_WIKI, self._wiki_link),
            (_SPAN, lambda found: found[1]),
            (_ATTRIBUTES, self._drop),
            (_LINK, self._link),
            (_MARKED, lambda found: f"**{found[1]}**"),
            (_INSERTED, lambda found: found[1]),
            (_LOWERED, lambda found: f"<sub>{found[1]}</sub>"),
            (_RAISED, lambda found: f"<sup>{found[1]}</sup>"),
            (_NAME, self._drop),
            (_TAG, self._tag),
        ]
        self.values += _VALUE_OF_TEMPLATE.findall(text)
        for pattern, replacement in steps:
            text = pattern.sub(replacement, text)
        return text

    def _drop(self, found: re.Match[str]) -> str:
        self.left_out.append(found[0])
        return ""

    def _embedded(self, found: re.Match[str]) -> str:
        name = found[1].partition("|")[0].strip()
        self.pictures.append(name)
        return f"\\[{found[1]}\\]"

    def _picture(self, found: re.Match[str]) -> str:
        told, address = found[1].strip(), found[2]
        self.pictures.append(address)
        if not told:
            self.converted.append(("", address))
        self._leave_title_out(found[0][len(found[1]) + 3 :])
        return f"\\[{told or address}\\]"

    def _wiki_link(self, found: re.Match[str]) -> str:
        target, shown = found[1], found[2]
        self.links.append(target)
        if shown:
            self.left_out.append(target)
        return (shown or target).strip()

    def _link(self, found: re.Match[str]) -> str:
        if SAFE_LINK.fullmatch(found[2]):
            return found[0]
        self.links.append(found[2])
        self._leave_title_out(found[0][len(found[1]) + 2 :])
        return found[1]

    def _leave_title_out(self, address: str) -> None:
        """Leave out an address whose words count, because a title stands with it."""
        if not _BARE_ADDRESS.fullmatch(address):
            self.left_out.append(address)

    def _tag(self, found: re.Match[str]) -> str:
        name = found[1].casefold()
        closing = found[0].startswith("</")
        if name in _SAME_TAGS:
            self.converted.append((found[0], ""))
            return f"<{'/' * closing}{_SAME_TAGS[name]}>"
        if name in _KEPT_TAGS:
            return found[0]
        if name == "img":
            told = _VALUE.search(found[0])
            self.pictures.append(found[0])
            # Of a picture the text is counted, its address is not.
            return f"\\[{told[1]}\\]" if told and told[1] else ""
        self.left_out.append(found[0])
        return ""
