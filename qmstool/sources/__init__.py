"""One file of a manual, read: decoded text with positions, YAML nodes, Markdown structure, citation shapes."""
