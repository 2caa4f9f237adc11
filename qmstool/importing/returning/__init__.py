"""Take a document back that was exported to Word and edited there: only what changed changes."""
