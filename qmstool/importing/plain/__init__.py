"""Read text that has no type: typed plainly, or taken out of a PDF."""
