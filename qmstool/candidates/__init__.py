"""Freeze what is put before a signer, and record what was signed."""
