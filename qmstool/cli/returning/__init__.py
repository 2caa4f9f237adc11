"""Hold what `import --update` does: find the text that was exported, join, show, write."""
