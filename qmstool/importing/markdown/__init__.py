"""Write what was read as Markdown that reads the same, and never renumbers."""
