"""Read one Markdown text into headings, links, ids and running text, each at its place."""
