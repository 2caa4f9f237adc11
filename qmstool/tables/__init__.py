"""Registers, matrices, change tables and lists as plain tables that the command line, the site and exporters share."""
