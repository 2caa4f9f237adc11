"""Read registers out of workbooks and tables, and write their rows into files."""
