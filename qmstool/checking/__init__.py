"""Check a manual: run the rules, keep the report, compare it with another, apply fixes."""
