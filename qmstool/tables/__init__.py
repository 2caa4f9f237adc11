"""Make registers, matrices, change tables and lists: plain tables for command line and site."""
