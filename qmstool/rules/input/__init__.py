"""Check that files can be read as they were meant: YAML, encoding, characters, lay-out, suppressions."""
