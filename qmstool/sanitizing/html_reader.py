"""Read HTML as a browser does where Python's own reader stumbles, each sign of it once."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser


class HtmlReader(HTMLParser):
    """A reader of HTML for which no text is too odd.

    Python's own stops with an AssertionError at `<![` before a word that it does not know, takes
    `<![CDATA[…]]>` for one piece where a browser ends it at the first `>`, and reads the rest of a
    text anew for each mark that nothing closes.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_html_declaration(self, i: int) -> int:
        """Return where a declaration ends that begins at `i`; -1 where nothing closes it."""
        if not self.rawdata.startswith("<![", i):
            return super().parse_html_declaration(i)
        end = self.rawdata.find(">", i)
        if end >= 0:
            self.unknown_decl(self.rawdata[i + 3 : end])
        return end + 1 if end >= 0 else -1

    def close(self) -> None:
        """Read what is left: a mark that nothing closes goes to the end, as in a browser."""
        rest, self.rawdata = self.rawdata, ""
        if rest.startswith("<") and rest != "<" and not self.cdata_elem:
            self.handle_unfinished(rest)
        elif rest:
            self.handle_data(rest if self.cdata_elem else unescape(rest))

    def handle_unfinished(self, rest: str) -> None:
        """Take a mark that nothing closes, with all that follows it; a browser shows none of it."""
