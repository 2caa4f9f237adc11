"""Write what editors and other tools need to complete and to check a manual while it is typed: VS Code files, JSON Schemas."""
