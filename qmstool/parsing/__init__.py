"""Read one file of a manual: decoded text with places, YAML, Markdown, codes and citations."""
