"""Read Markdown as other programs know it: what ours has not is put in its words or told."""
