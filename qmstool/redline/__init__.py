"""Two versions of a text → what differs, by section and by word, and how that is shown."""
