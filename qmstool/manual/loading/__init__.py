"""Load a tree into the `Manual`, with the problems met on the way."""
