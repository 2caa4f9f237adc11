"""Check what texts refer to: codes, sections, clauses, links, titles."""
