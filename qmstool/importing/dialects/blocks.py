"""Put the lines of another dialect of Markdown into those of ours.

What goes in: the lines of a text whose front matter is off. What comes out: lines of GitHub's
dialect, with what was left out and what has to be told. Known: notes of MkDocs (`!!! note`,
`??? note`, `=== "Tab"`), Docusaurus and pandoc (`:::note`, `::: {.x}`), Obsidian (`> [!x] Title`),
contents (`[TOC]`), includes, remarks, commands of templates.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.i18n import Text
from qmstool.importing.accounting import markdown_words, words
from qmstool.importing.blocks import Doubt, LeftOut
from qmstool.importing.dialects.inline import Inlines
from qmstool.parsing.markdown.modernizing import alert_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
_CONTENTS = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|\\tableofcontents|<!--\s*toc\s*-->)\s*", re.IGNORECASE
)
_ADMONITION = re.compile(
    r"(\s*)(?:!!!|\?\?\?\+?)\s+([\w-]+)(?:\s+(?:[\w-]+\s+)*\"([^\"\n]*)\")?\s*"
)
_TAB = re.compile(r"(\s*)===[!+]?\s+\"([^\"\n]*)\"\s*")
_CALLOUT = re.compile(r"((?:>\s?)+)\[!([\w-]+)\](?:\|[\w-]+)?[+-]?[ \t]*(.*)")
_OPENING = re.compile(
    r"\s*:{3,}\s*(?:\{(?P<attributes>[^{}\n]*)\}|(?P<kind>[\w-]+))"
    r"(?:\[(?P<bracketed>[^\[\]\n]*)\]|\{[^{}\n]*\})?\s*(?P<title>[^:\n]*?)\s*:*\s*"
)
_CLOSING = re.compile(r"\s*:{3,}\s*")
_TITLE = re.compile(r"title=[\"']([^\"'\n]*)[\"']")
_KIND = re.compile(r"\.(?:callout-)?([\w-]+)")
_INCLUDE = re.compile(
    r"\s*(?:--8<--.*|\{%-?\s*include\b.*|\{!.*!\}|!!!include\(.*\)!!!|\\(?:input|include)\{.*\})\s*"
)
_PROGRAM = re.compile(
    r"\s*(?:\{%.*%\}|\{\{[<%].*[>%]\}\}|import\s.+\sfrom\s+['\"].*|export\s.*[={].*)\s*"
)
_PAGE_BREAK = re.compile(r"\s*\\(?:newpage|pagebreak|clearpage)\s*")
_REMARK = re.compile(r"\s*\[//\]:\s*#.*")
_ABBREVIATION = re.compile(r"\*\[([^\[\]\n]+)\]:\s*(.+)")
_ATTRIBUTES_ALONE = re.compile(r"\s*\{:?\s*[.#\w][^{}\n]*\}\s*")
_ALERTS = {"note", "tip", "important", "warning", "caution"}
_NOTES = _ALERTS | {
    "info", "danger", "success", "hint", "abstract", "bug", "example", "failure", "question",
    "quote", "todo", "summary", "cite", "error", "attention", "check", "done", "help", "faq",
    "tldr", "missing", "fail", "details",
}  # fmt: skip
LONGEST_LINE = 500  # that begins or ends something; longer ones are text

TOC = Text("mục lục tự động", "table of contents")
LAYOUT = Text("lệnh trình bày của chương trình khác", "a command of layout of another program")
REMARK = Text("lời ghi chú ẩn trong tệp", "a remark that no page shows")
KIND = Text("loại khung ghi chú", "the kind of a note")
INCLUDED = Text(
    "Chỗ này chèn nội dung của tệp khác, chưa lấy: {text}. Hãy chép nội dung ấy vào.",
    "Here another file's content is put in, which was not taken: {text}. Copy it in.",
)
VALUE = Text(
    "Chỗ này in một giá trị do chương trình khác tính: {text}. Hãy gõ giá trị vào.",
    "Here a value is printed that another program computes: {text}. Type the value.",
)


class Lines:
    """Rewrites the lines of a text."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        """Begin; `first`: the number of the first line in its file."""
        self._lines = lines
        self._first = first
        self._number = 0
        self._depths: list[bool] = []  # of `:::` that are open, whether each is a note
        self.inlines = Inlines()
        self.left_out: list[LeftOut] = []
        self.doubts: list[Doubt] = []
        self.converted: list[tuple[str, str]] = []

    def rewritten(self) -> list[tuple[int, str]]:
        """Return the lines in our words, each with the number that it has in its file."""
        made: list[tuple[int, str]] = []
        while self._number < len(self._lines):
            number = self._first + self._number
            lines = self._next()
            depth = sum(self._depths)  # of the notes that are open
            made += [(number, _within_notes(line, depth)) for line in lines]
        return made

    def _next(self) -> list[str]:
        line = self._lines[self._number]
        fence = _FENCE.match(line)
        if fence:
            return self._code(fence[1])
        self._number += 1
        for pattern, read in (
            (_CONTENTS, self._contents),
            (_REMARK, self._remark),
            (_INCLUDE, self._include),
            (_PROGRAM, self._layout),
            (_PAGE_BREAK, self._layout),
            (_CLOSING, self._close),
            (_OPENING, self._open),
            (_ADMONITION, self._admonition),
            (_TAB, self._tab),
            (_CALLOUT, self._callout),
        ):
            found = pattern.fullmatch(line) if len(line) < LONGEST_LINE else None
            if found:
                return read(found)
        if "<!--" in line:
            return self._hidden(line)
        if len(line) < LONGEST_LINE and _ATTRIBUTES_ALONE.fullmatch(line):
            return self._leave_out(line, LAYOUT)
        return [self._inline(line)]

    def _inline(self, line: str) -> str:
        abbreviation = _ABBREVIATION.fullmatch(line)
        if abbreviation:
            line = f"{abbreviation[1]}: {abbreviation[2]}"
        made = self.inlines.rewrite(line)
        for text in self.inlines.left_out:
            self._leave_out(text, LAYOUT)
        for value in self.inlines.values:
            self._doubt(VALUE, value, 1)
        self.inlines.left_out.clear()
        self.inlines.values.clear()
        return made

    def _hidden(self, line: str) -> list[str]:
        """Leave a remark out, which may go over many lines."""
        before, _, remark = line.partition("<!--")
        while "-->" not in remark and self._number < len(self._lines):
            remark += "\n" + self._lines[self._number]
            self._number += 1
        remark, _, after = remark.partition("-->")
        self._leave_out(remark, REMARK)
        rest = before + after
        return [self._inline(rest)] if rest.strip() else []

    def _code(self, fence: str) -> list[str]:
        """Return the lines of a block of code as they are."""
        start = self._number
        self._number += 1
        while self._number < len(self._lines):
            line = self._lines[self._number].lstrip(" >")
            self._number += 1
            if line.startswith(fence) and not line.strip(fence[0] + " "):
                break
        return list(self._lines[start : self._number])

    def _contents(self, found: re.Match[str]) -> list[str]:
        return self._leave_out(found[0], TOC)

    def _remark(self, found: re.Match[str]) -> list[str]:
        return self._leave_out(found[0], REMARK)

    def _layout(self, found: re.Match[str]) -> list[str]:
        return self._leave_out(found[0], LAYOUT)

    def _include(self, found: re.Match[str]) -> list[str]:
        self._doubt(INCLUDED, found[0].strip(), 0)
        return self._leave_out(found[0], LAYOUT)

    def _open(self, found: re.Match[str]) -> list[str]:
        attributes = found["attributes"] or ""
        kind = found["kind"] or next(iter(_KIND.findall(attributes)), "")
        titles = _TITLE.findall(attributes)
        title = found["bracketed"] or found["title"] or next(iter(titles), "")
        is_note = kind.casefold() in _NOTES
        self._depths.append(is_note)
        if not is_note:
            self._leave_out(found[0].replace(title, ""), LAYOUT)
            return _title_lines(title)
        self._leave_out(found[0].replace(title, "", 1), KIND)
        return self._head(kind, title)

    def _close(self, _found: re.Match[str]) -> list[str]:
        if self._depths:
            self._depths.pop()
        return [""]

    def _admonition(self, found: re.Match[str]) -> list[str]:
        indent, kind, title = found.groups()
        self._leave_out(kind, KIND)
        inside = [*self._head(kind, title or ""), *self._indented(indent)]
        return ["", *(f"> {line}".rstrip() for line in inside), ""]

    def _tab(self, found: re.Match[str]) -> list[str]:
        return ["", f"**{found[2]}**", "", *self._indented(found[1]), ""]

    def _callout(self, found: re.Match[str]) -> list[str]:
        marks, kind, title = found.groups()
        if kind.casefold() in _ALERTS and not title:
            return [found[0]]
        self._leave_out(kind, KIND)
        return [f"{marks}{line}".rstrip() for line in self._head(kind, self._inline(title))]

    def _head(self, kind: str, title: str) -> list[str]:
        """Return the first lines of a note: its kind, and its title in bold."""
        alert = alert_kind(kind.casefold()).upper()
        self.converted.append(("", alert))
        return [f"[!{alert}]", *_title_lines(title)]

    def _indented(self, indent: str) -> list[str]:
        """Return the lines below that stand four blanks or a tab further in, rewritten."""
        inside: list[str] = []
        while self._number < len(self._lines):
            line = self._lines[self._number]
            bare = line.expandtabs(4)
            deep = len(bare) - len(bare.lstrip()) >= len(indent.expandtabs(4)) + 4
            if line.strip() and not deep:
                break
            inside.append(bare[len(indent.expandtabs(4)) + 4 :] if line.strip() else "")
            self._number += 1
        while inside and not inside[-1]:
            inside.pop()
        within = Lines(inside, self._first + self._number - len(inside))
        made = [line for _, line in within.rewritten()]
        self.left_out += within.left_out
        self.doubts += within.doubts
        self.converted += within.converted + within.inlines.converted
        self.inlines.links += within.inlines.links
        self.inlines.pictures += within.inlines.pictures
        return made

    def _place(self) -> Text:
        number = self._first + self._number - 1
        return Text(f"dòng {number}", f"line {number}")

    def _leave_out(self, text: str, reason: Text) -> list[str]:
        self.left_out.append(LeftOut(text.strip(), reason, self._place()))
        # Of an address, which a link hides, the words do not count in a text, but do here.
        hidden = Counter(words(text)) - Counter(markdown_words(text))
        if hidden:
            self.converted.append(("", " ".join(hidden.elements())))
        return []

    def _doubt(self, message: Text, text: str, weight: int) -> None:
        self.doubts.append(Doubt(message.fill({"text": text[:200]}), self._place(), weight))


def _title_lines(title: str) -> list[str]:
    """Return the lines of a title in bold, [] for none."""
    if not title:
        return []
    return [f"**{title}**", ""]


def _within_notes(line: str, depth: int) -> str:
    """Return a line as it stands in so many notes, one within the other."""
    if not depth:
        return line
    return f"{'> ' * depth}{line}".rstrip()
