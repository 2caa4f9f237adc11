"""Check that files can be read as they were meant: data, storage, characters, lay-out."""
