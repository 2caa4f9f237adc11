"""Read a Word file: its parts, its changes, its numbering, its blocks."""
