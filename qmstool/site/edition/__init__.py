"""Gather what all pages of one version need: manual, references, register, day, addresses."""
