"""Write what an editor needs to complete and check a manual: JSON Schemas, files of VS Code."""
