"""Check recorded releases, what led to them, and candidates for the next one."""
