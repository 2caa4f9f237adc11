"""Manual + references + register → plain Markdown pages, assets and a generated mkdocs.yml; then `mkdocs build` and an audit."""
