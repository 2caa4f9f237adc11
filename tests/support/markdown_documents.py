"""Nasty Markdown documents out of a seed, for comparing the scanner with the renderer.

Each restriction of the grammar carries its reason: what the renderer does there is a fault of its
own or too odd to follow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

WORDS = (
    "quy trình", "mục 5.2", "QT BIS 01", "biểu mẫu", "đơn vị", "Sở", "chất lượng", "a", "bc", "x_y_z", "2 * 3", "1.", "R&D", "&nbsp;",
    "&copy;", "ISO 9001:2015", "5 < 6", "a > b", "#", "!", "kết thúc.", "(xem)", "snake_case", "C++", "|", "\\|", "{x}", "~", "=", "-", "+", ":",
)  # fmt: skip
TARGETS = (
    "a.md",
    "../b.md#c",
    "#muc-5-2",
    "https://x.vn/y?a=1&b=2",
    "d_e_f.png",
    "g(h).md",
    "i%20j.md",
    "mailto:a@b.vn",
    "",
)
LABELS = ("một", "hai ba", "Bốn", "5", "không có")
NOTES = ("1", "ghi", "thiếu")
# The renderer moves what follows a block of HTML on its line to the end of the text.
ENTITY_IN_TAIL = re.compile(r"^ {0,3}<!--.*", re.MULTILINE)
# Whether a bracket is the label of the one before it depends on what else is in the element.
BRACKETS = re.compile(r"\](\s)\[")
FENCES = re.compile("```|~~~")
# Of a hash before an attribute list the renderer thinks it closes the heading, even where words
# follow.
HASHES = re.compile(r"#+ \{")
KINDS = ("note", "warning inline", "tip")
MARGIN = "    "
TOP = 3


class Author:
    """Writes one document."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.in_link = False

    def document(self) -> str:
        parts = self.blocks(self.random.randint(2, 7), TOP)
        for label in LABELS[:4]:
            if self.chance(0.4):
                parts.insert(self.random.randrange(len(parts) + 1), self.definition(label))
        for note in NOTES[:2]:
            if self.chance(0.4):
                parts.append(self.footnote(note))
        text = ENTITY_IN_TAIL.sub(without_entities, "\n".join(parts) + "\n")
        text = HASHES.sub("{", BRACKETS.sub(r"],\1[", text))
        return re.sub("^(?:    )+", tabs, text, flags=re.MULTILINE) if self.chance(0.15) else text

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def definition(self, label: str) -> str:
        target = self.pick("r.md", "<s.md>", "https://t.vn/")
        title = self.pick("", ' "T"', " 'T t'", " (T)", '\n    "T"')
        return f"[{label}]: {target}{title}\n"

    def footnote(self, name: str) -> str:
        more = "".join(f"\n{indent(block)}" for block in self.blocks(self.random.randint(0, 2), 1))
        # The renderer puts an arrow at the end, which then is no place for an attribute list or a
        # delimiter.
        return f"[^{name}]: {self.line(2)}.\n{more}\n    hết.\n"

    # Running text.

    def word(self) -> str:
        return self.random.choice(WORDS)

    def words(self, most: int = 4) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(1, most)))

    def target(self) -> str:
        target = self.random.choice(TARGETS)
        title = self.pick("", "", "", ' "T"', " 'T \"t\"'", ' "T (t)"')
        if "(" not in target and self.chance(0.15):
            return f"<{target}>{title}"
        return target + title

    def phrase(self, depth: int = 2) -> str:
        if depth == 0:
            return self.words(2)
        choice = self.random.randrange(22)
        if (
            choice == 0 and not self.in_link
        ):  # a link within a link becomes one where an item has blocks below its text, else not
            self.in_link = True
            link = f"[{self.phrase(depth - 1)}]({self.target()})"
            self.in_link = False
            return link
        inner = self.phrase(depth - 1)
        if choice == 1:
            return f"![{self.words(2)}]({self.target()})"
        if choice == 2:
            return f"[{inner}][{self.random.choice(LABELS)}]"
        if choice == 3:
            return f"[{self.random.choice(LABELS)}]{self.pick('[]', '')}"
        if choice == 4:
            return f"![{self.words(1)}][{self.random.choice(LABELS)}]"
        if choice == 5:
            return f"[^{self.random.choice(NOTES)}]"
        if choice == 6:
            return f"**{inner}**"
        if choice == 7:
            return f"*{inner}*"
        if choice == 8:
            return f"_{inner}_"
        if choice == 9:
            return f"`{self.code()}`"
        if choice == 10:
            return f"`` {self.code()} ` ``"
        if choice == 11:
            return f"<{self.pick('https://u.vn/a_b_c', 'http://v.vn', 'a.b@c.vn')}>"
        if choice == 12:
            return f'<a href="{self.pick("w.md", "#x")}">{inner}</a>'
        if choice == 13:
            # A comment within an element that is opened and closed around it is no block; so no
            # element stays open.
            return self.pick(
                '<img src="y.png" alt="Y">',
                "<br>",
                '<span id="z">Z</span>',
                "</span>",
                '<a name="n1"></a>',
                "<kbd>K</kbd>",
            )
        if choice == 14:
            return f"<!-- {self.words(2)} {self.pick('', '[k](l)')} -->"
        if choice == 15:
            return "\\" + self.pick("*", "[", "]", "`", "_", "(", "\\", "<", "!", "#", "{", "a")
        if choice == 16:
            return f"[{inner}]"
        if choice == 17:
            return f"~~{inner}~~"
        return self.words(3)

    def code(self) -> str:
        return self.pick(
            "x", "[a](b)", "*c*", "a | b", "<div>", "<!-- c -->", "\\", "[^1]", "QT BIS 01", "f(x)"
        )

    def line(self, depth: int = 2) -> str:
        return " ".join(self.phrase(depth) for _ in range(self.random.randint(1, 4)))

    def lines(self, most: int = 3) -> str:
        return self.pick("\n", "\n", "  \n", "\n  ").join(
            self.line() for _ in range(self.random.randint(1, most))
        )

    # Blocks.

    def blocks(self, count: int, depth: int) -> list[str]:
        return [self.block(depth) + self.pick("\n", "\n", "\n", "\n\n", "") for _ in range(count)]

    def block(self, depth: int) -> str:
        choices: list[Callable[[int], str]] = [
            self.paragraph,
            self.paragraph,
            self.heading,
            self.setext,
            self.rule,
            self.table,
            self.fence,
            self.code_block,
            self.comment,
        ]
        choices += [self.html, self.abbreviation]
        if depth:
            choices += [
                self.items,
                self.items,
                self.admonition,
                self.details,
                self.quote,
                self.definitions_list,
                self.markdown_html,
            ]
        text = self.random.choice(choices)(depth)
        # In a block that begins with indented code, a fence is none to the renderer; hence the
        # empty line.
        return "\n" + text if FENCES.search(text) else text

    def paragraph(self, _depth: int) -> str:
        return self.lines()

    def heading(self, _depth: int) -> str:
        closing = self.pick("", "", "", " ##", " #")
        return f"{'#' * self.random.randint(1, 6)}{self.pick(' ', ' ', '', '  ')}{self.title()}{closing}{self.explicit_id()}"

    def title(self) -> str:
        return f"{self.pick('', '5. ', '5.2. ', 'II. ', '2015 ')}{self.line(2)}"

    def explicit_id(self) -> str:
        return self.pick("", "", " {#muc-dich}", " {: #a_b .c }", " { #d }", " {.e}", "{#g}")

    def setext(self, _depth: int) -> str:
        return f"{self.title()}{self.explicit_id()}\n{self.pick('=', '-', '---', '=====', '-- ')}"

    def rule(self, _depth: int) -> str:
        return self.pick("---", "* * *", "___", " - - -")

    def table(self, _depth: int) -> str:
        width = self.random.randint(1, 3)
        edge = self.pick("|", "")

        def row(cells: list[str]) -> str:
            return f"{edge} {' | '.join(cells)} {edge}".strip()

        rows = [
            row([self.phrase(1) for _ in range(width)]),
            row([self.pick("---", ":--", "--:", ":-:") for _ in range(width)]),
        ]
        rows += [
            row([self.phrase(1) for _ in range(width + self.random.choice((-1, 0, 0, 0, 1)))])
            for _ in range(self.random.randint(0, 3))
        ]
        return "\n".join(rows)

    def fence(self, _depth: int) -> str:
        fence = self.pick("```", "~~~", "````")
        info = self.pick("", "python", " yaml", ' py title="T"', " {.c .d}", 'text linenums="1"')
        lines = [
            self.pick("[a](b)", "# c", "    d", "", "- e", "<div>", "| f |", "``")
            for _ in range(self.random.randint(0, 4))
        ]
        before = [self.lines()] if self.chance(0.2) else []
        return "\n".join([*before, fence + info, *lines, self.pick(fence, fence, fence, "")])

    def code_block(self, _depth: int) -> str:
        lines = [
            self.pick("[a](b)", "# c", "    d", "- e", "x = 1", "<div>", "```")
            for _ in range(self.random.randint(1, 3))
        ]
        return indent("\n".join(lines)) + "\n"  # a fence just after it would be no fence

    def comment(self, _depth: int) -> str:
        return self.pick(
            "<!-- c -->",
            "<!-- [a](b) -->",
            "<!--\n# d\n\n[e](f)\n-->",
            "<!-- qms: allow weak-obligation, because r -->",
            "  <!-- g -->",
        )

    def html(self, depth: int) -> str:
        if depth == TOP and self.chance(0.2):  # elsewhere the renderer reads Markdown in them
            return self.pick(
                "<script>\nif (a < b) { '[s](t)' }\n</script>", "<pre>\n[w](x)\n\n# y\n</pre>"
            )
        return self.pick(
            '<div id="h1">\n<a href="h.md">[i](j)</a>\n</div>',
            '<p>k <img src="l.png"> <b>m</b></p>',
            "<table><tr><td>n *o*</td></tr></table>",
            "<hr>",
            '<ul>\n<li><a href="p.md">q</a>\n\n<li>r\n</ul>',
            "<details><summary>u</summary>v</details>",
            "<br>",
            '<a id="z1"></a>',
            '<img src="aa.png" alt="B">',
        )

    def abbreviation(self, depth: int) -> str:
        if (
            depth < TOP
        ):  # where it is none, its asterisk makes the renderer lose letters of emphasis that follows
            return self.lines(1)
        return self.pick("\n*[QT]: Quy trình\n", "\n*[ISO]:\n  Tổ chức\n")

    def markdown_html(self, depth: int) -> str:
        # Of an unclosed element within a `markdown` element the renderer shows nothing, nor of what
        # is around it.
        inner = "\n".join(self.blocks(self.random.randint(1, 3), depth - 1)).replace("<div>", "<b>")
        return self.pick(
            f"<div markdown>\n{inner}\n</div>",
            f'<div class="k" markdown="1">\n\n{inner}\n\n</div>',
            f'<section markdown="block" id="s1">\n{inner}\n</section>',
            f"<div markdown>\n\n<p markdown>{self.line(1)}</p>\n\n{inner}\n\n</div>",
            f"<details markdown>\n<summary>{self.words(1)}</summary>\n\n{inner}\n\n</details>",
            f'<p markdown="span">{self.line(1)}</p>',
        )

    def items(self, depth: int) -> str:
        numbered = self.chance(0.4)
        items = []
        for number in range(self.random.randint(1, 4)):
            marker = f"{number + 1}." if numbered else self.pick("-", "-", "*", "+")
            first = self.block(depth - 1) if self.chance(0.2) else ""
            if not first or first.startswith("\n"):
                first = self.lines(2)
            item = f"{self.pick('', '', ' ')}{marker}{self.pick(' ', ' ', '   ')}{first}"
            for more in self.blocks(self.random.choice((0, 0, 1, 2)), depth - 1):
                # An element that is indented, but not as far as the item's content, is not read as
                # Markdown.
                margin = MARGIN if " markdown" in more else self.pick(MARGIN, MARGIN, MARGIN, "  ")
                item += f"\n{self.pick('', chr(10))}{indent(more, margin)}"
            items.append(item)
        return self.pick("\n", "\n", "\n\n").join(items)

    def admonition(self, depth: int) -> str:
        title = self.pick("", "", ' "Tiêu đề [a](b)"', ' ""', ' "*c*"')
        return (
            f"!!! {self.random.choice(KINDS)}{title}\n{self.pick('', chr(10))}{self.inside(depth)}"
        )

    def details(self, depth: int) -> str:
        head = self.pick("note", 'tip "Tên `t` [u](v)"', '"Chỉ tên"', "warning")
        return f"???{self.pick('', '+')} {head}\n{self.pick('', chr(10))}{self.inside(depth)}"

    def inside(self, depth: int) -> str:
        return indent("\n".join(self.blocks(self.random.randint(1, 3), depth - 1)))

    def quote(self, depth: int) -> str:
        inner = "\n".join(self.blocks(self.random.randint(1, 3), depth - 1)).rstrip(
            "\n"
        )  # an empty end belongs to the paragraph
        lazy = self.pick("> ", "> ", ">")
        return "\n".join((lazy + line).rstrip() for line in inner.split("\n"))

    def definitions_list(self, depth: int) -> str:
        gap = self.pick("", "\n")
        items = [
            f"{self.line(1)}\n{gap}: {self.pick('', '  ')}{self.lines(2)}"
            for _ in range(self.random.randint(1, 2))
        ]
        if self.chance(0.4):
            items.append(indent(self.block(depth - 1)))
        return "\n\n".join(items)


def tabs(margin: re.Match[str]) -> str:
    return "\t" * (len(margin[0]) // len(MARGIN))


def without_entities(line: re.Match[str]) -> str:
    return re.sub(r"&\w+;", "e", line[0])


def indent(text: str, margin: str = MARGIN) -> str:
    """Indent the lines of a text that hold something."""
    return "\n".join(margin + line if line else line for line in text.split("\n"))
