"""Write a document, or some of its blocks, as HTML."""

from qmstool.parsing.markdown.html.context import HtmlOptions
from qmstool.parsing.markdown.html.writer import BlocksWriter, blocks_html, html, inlines_html

__all__ = ["BlocksWriter", "HtmlOptions", "blocks_html", "html", "inlines_html"]
