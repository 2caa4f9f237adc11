"""Audit a built site, and make its content security policy."""
